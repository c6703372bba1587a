"""What every figure is made of: rows, and a measurement that fills them in turn with its reference."""
import dataclasses
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
BUILD = ROOT / "build" / "release"
PEERS = BENCH / "peers"


class Failure(Exception):
    """The figure cannot be measured; the text says why."""


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    unit: str
    reference: str = ""
    more_is_better: bool = True


class Measurement:
    """Fills its rows. `ours` and `reference` each return one number per row; they take turns. None stands in
    for a row without a reference."""

    rows = ()
    targets = ()  # of the build, besides the program itself

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def ours(self):
        raise NotImplementedError

    def reference(self):
        return None  # no reference


def build(targets):
    if not targets:
        return
    command = ["cmake", "--build", BUILD, "--target", *targets]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Failure(f"cannot build {' '.join(targets)}:\n{done.stdout[-2000:]}")


def lines_of(output):
    return {words[0]: float(words[1]) for words in map(str.split, output.splitlines()) if len(words) >= 2}


def run_lines(program, *arguments, folder=BUILD):
    """Runs one of our measuring programs; {name: value} of its lines `name value unit`."""
    done = subprocess.run([BUILD / program, *arguments], stdout=subprocess.PIPE, text=True, cwd=folder)
    if done.returncode:
        raise Failure(f"{program} ended with code {done.returncode}")
    return lines_of(done.stdout)


def peer_lines(script, *arguments):
    """The same of another's engine, run by Node; installed from npm at the first call."""
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEERS, check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run(["node", PEERS / script, *arguments], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Failure(f"{script} ended with code {done.returncode}")
    return lines_of(done.stdout)


def measure(measurement, rounds):
    """A dictionary per row, as contracts for --json have it."""
    build(measurement.targets)
    ours, theirs = [], []
    with measurement:
        for number in range(rounds):
            turns = [(ours, measurement.ours), (theirs, measurement.reference)]
            # Whoever goes second finds a warmer machine: take turns in that, too.
            for values, take in turns if number % 2 == 0 else reversed(turns):
                values.append(take())
            print(f"{measurement.rows[0].name}: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return [result(row, [values[index] for values in ours],
                   [values[index] for values in theirs if values is not None and values[index] is not None])
            for index, row in enumerate(measurement.rows)]


def rounded(value):
    return float(f"{value:.4g}")


def result(row, ours, theirs):
    value = statistics.median(ours)
    reference_value = statistics.median(theirs) if theirs else None
    ratio = None
    if reference_value and value:
        ratio = value / reference_value if row.more_is_better else reference_value / value
    return {"name": row.name, "value": rounded(value), "unit": row.unit, "reference": row.reference or None,
            "reference_value": rounded(reference_value) if theirs else None,
            "ratio": rounded(ratio) if ratio else None}
