#!/usr/bin/env python3
"""Figures of the release build, each beside a reference measured in the same run. ./do bench calls this.

bench.py [NAME...] [--json] [--rounds N]
NAME is a figure ("http.home") or the part of figures' names before the dot ("http"); none means all. Ours and
the reference take turns; value and reference are medians of the rounds. A ratio above 1 is better than the
reference. With --json, standard output is one array and nothing else.
"""
import argparse
import json
import sys

import figures
from harness import Failure, measure


def is_wanted(row, names):
    return not names or row.name in names or row.name.partition(".")[0] in names


def print_row(row):
    reference = f"{row['reference']} {row['reference_value']:g}" if row["reference"] else "-"
    ratio = f"{row['ratio']:.2f}" if row["ratio"] is not None else "-"
    print(f"{row['name']:<38} {row['value']:>10g} {row['unit']:<9} {reference:<52} {ratio:>6}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./do bench", description=__doc__, add_help=True,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()

    names = set(arguments.names)
    chosen = [measurement for measurement in figures.all_measurements()
              if any(is_wanted(row, names) for row in measurement.rows)]
    if not chosen:
        parser.error("no such figure; there are: " + " ".join(
            row.name for measurement in figures.all_measurements() for row in measurement.rows))
    if not arguments.json:
        print(f"{'figure':<38} {'value':>10} {'unit':<9} {'reference':<52} {'ratio':>6}")
    results, failures = [], 0
    for measurement in chosen:
        try:
            rows = [row for row, kind in zip(measure(measurement, arguments.rounds), measurement.rows)
                    if is_wanted(kind, names)]
        except Failure as failure:
            print(f"{measurement.rows[0].name}: {failure}", file=sys.stderr)
            failures += 1
            continue
        results += rows
        if not arguments.json:
            for row in rows:
                print_row(row)
    if arguments.json:
        print(json.dumps(results, indent=1))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
