#!/usr/bin/env python3
"""Makes the demo canton's CSV files from lists of municipalities and postal localities.

make_demo_canton.py MUNICIPALITIES.csv LOCALITIES.csv OUTPUT_DIRECTORY
The README.md in examples/aargau names the sources, and says what is a fact and what is made up.
"""
import csv
import pathlib
import re
import sys

FORMER = {  # BFS number: name, year of the merger; the successor comes from the list
    4042: ("Turgi", 2024), 4122: ("Villnachern", 2026), 4133: ("Burg (AG)", 2023),
    4094: ("Bözen", 2022), 4096: ("Effingen", 2022), 4097: ("Elfingen", 2022), 4167: ("Hornussen", 2022),
    4166: ("Herznach", 2023), 4179: ("Ueken", 2023),
    4301: ("Baldingen", 2022), 4302: ("Böbikon", 2022), 4308: ("Kaiserstuhl", 2022), 4315: ("Rekingen (AG)", 2022),
    4316: ("Rietheim", 2022), 4317: ("Rümikon", 2022), 4322: ("Wislikofen", 2022), 4323: ("Bad Zurzach", 2022),
}
EARLIER = [(4114, "Schinznach-Bad", 4095, 2020)]  # before the list begins
NOT_TAKING_PART = 24  # the smallest ones
COLOURS = ["#1d5f8a", "#7a2e3a", "#2f6b4f", "#5b3f8c", "#8a4b12", "#0f6070"]
HOURS = ["Mo 08:00-11:30,14:00-18:30; Tu-Th 08:00-11:30,14:00-16:30; Fr 08:00-14:00",
         "Mo-We 08:30-11:30,14:00-16:00; Th 08:30-11:30,14:00-18:00; Fr 07:30-14:00",
         "Mo 08:00-11:30,13:30-18:00; Tu-Fr 08:00-11:30"]


def slug(name):
    for letter, plain in {"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e"}.items():
        name = name.lower().replace(letter, plain)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main(municipalities, localities, output):
    municipalities = list(csv.DictReader(open(municipalities)))
    localities = list(csv.DictReader(open(localities)))
    known = {int(row["bfs_nr"]) for row in municipalities}
    smallest = sorted(municipalities, key=lambda row: (int(row["population"]), row["bfs_nr"]))[:NOT_TAKING_PART]
    outside = {row["bfs_nr"] for row in smallest}

    rows, former = [], []
    for row in municipalities:
        number, name = int(row["bfs_nr"]), row["name"]
        # The locality named like the municipality, else the one where most of it lies.
        own = [line for line in localities if int(line["bfs_nr"]) == number]
        bare = re.sub(r" \(AG\)$", "", name)
        alike = [line for line in own if re.sub(r" AG$", "", line["ortschaft"]) == bare]
        seat = min(alike, key=lambda line: line["plz"]) if alike else max(own, key=lambda line: float(line["adressenanteil_pct"]))
        rows.append([number, slug(name), name, row["bezirk"], "AG", row["population"],
                     "no" if row["bfs_nr"] in outside else "yes", "Einwohnerdienste", "Gemeindehaus", seat["plz"],
                     seat["ortschaft"], f"+41 00 000 {number // 100} {number % 100:02}",
                     f"einwohnerdienste@{slug(name)}.example", HOURS[number % 3], "de", COLOURS[number % 6],
                     row["lat"], row["lon"]])
        for old in filter(None, row["predecessor_bfs"].split()):
            former.append([int(old), FORMER[int(old)][0], number, FORMER[int(old)][1]])
    former += [list(line) for line in EARLIER]

    output = pathlib.Path(output)
    write(output / "municipalities.csv",
          ["bfs_number", "slug", "name", "district", "canton", "population", "participates", "office", "street",
           "postal_code", "town", "phone", "email", "opening_hours", "languages", "colour", "latitude", "longitude"], rows)
    write(output / "localities.csv", ["postal_code", "name", "bfs_number", "share"],
          sorted({(line["plz"], line["ortschaft"], int(line["bfs_nr"]), round(float(line["adressenanteil_pct"]) * 1000))
                  for line in localities if int(line["bfs_nr"]) in known}))
    write(output / "former.csv", ["bfs_number", "name", "successor", "year"], sorted(former))
    # Most that take part offer the service; every twentieth has not switched it on yet.
    write(output / "offers.csv", ["service_id", "bfs_number"],
          [["hauptwohnsitzbescheinigung", row[0]] for row in rows if row[6] == "yes" and row[0] % 20 != 7])


main(*sys.argv[1:])
