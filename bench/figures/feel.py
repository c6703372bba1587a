"""FEEL expressions, beside npm's feelin, which parses at each call."""
from harness import BENCH, Measurement, Row, peer_lines, run_lines

EXPRESSIONS = BENCH / "expressions.json"
NAMES = ("feel.compare", "feel.for_1000", "feel.string", "feel.unary_tests")
FORMS = ("", "_compiled")


class Expressions(Measurement):
    rows = tuple(Row(name + form, "eval/s", "npm feelin, one thread") for name in NAMES for form in FORMS)
    targets = ("feel_speed",)

    def ours(self):
        lines = run_lines("feel_speed", EXPRESSIONS)
        return tuple(lines[row.name] for row in self.rows)

    def reference(self):
        lines = peer_lines("feelin.mjs", EXPRESSIONS)
        return tuple(lines[name] for name in NAMES for _ in FORMS)


MEASUREMENTS = [Expressions]
