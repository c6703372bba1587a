"""Decision tables, beside npm's dmn-eval-js; larger models, beside our own small ones."""
import json
import pathlib
import tempfile

import models
from harness import Measurement, Row, peer_lines, run_lines

PEER = "npm dmn-eval-js, one thread"


def write_cases(folder, made):
    """A file of cases as dmn_speed and the peer read it; `made` is {figure: (model, decision, inputs)}."""
    cases = {}
    for name, (model, decision, inputs) in made.items():
        path = pathlib.Path(folder) / f"{name}.dmn"
        path.write_text(model, encoding="utf-8")
        cases[name] = {"file": str(path), "decision": decision, "inputs": inputs}
    path = pathlib.Path(folder) / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return path


class Models(Measurement):
    targets = ("dmn_speed",)

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.cases = write_cases(self.folder.name, self.made)
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def ours(self):
        lines = run_lines("dmn_speed", self.cases)
        self.lines = lines
        return tuple(lines[row.name] for row in self.rows)


class Tables(Models):
    rows = (Row("dmn.table_10x5", "eval/s", PEER), Row("dmn.table_100_last", "eval/s", PEER))
    made = {"dmn.table_10x5": models.table(rules=10, inputs=5), "dmn.table_100_last": models.table(rules=100, inputs=3)}

    def reference(self):
        lines = peer_lines("dmn_eval.mjs", self.cases)
        return tuple(lines[row.name] for row in self.rows)


class Large(Models):
    """Ours against ours: what a thousand rules cost more than ten."""

    rows = (Row("dmn.table_1000", "eval/s", "ours, the same table with 10 rules"),)
    made = {"dmn.table_1000": models.table(rules=1000, inputs=3), "ten": models.table(rules=10, inputs=3)}

    def reference(self):
        if not hasattr(self, "lines"):
            self.ours()
        return (self.lines["ten"],)


class Linked(Models):
    rows = (Row("dmn.drg_20", "eval/s"),)
    made = {"dmn.drg_20": models.linked(decisions=20)}


MEASUREMENTS = [Tables, Large, Linked]
