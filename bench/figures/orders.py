"""Orders submitted, durable on SQLite, beside bare commits of as many rows of the same size."""
from harness import Measurement, ROOT, Row, run_lines


class Submit(Measurement):
    rows = (Row("order.submit", "orders/s", "plain sqlite3, the same rows, 16 threads in turn"),)
    targets = ("order_submits", "raw_commits")

    def ours(self):
        lines = run_lines("order_submits", folder=ROOT)
        self.written = int(lines["order.rows"]), int(lines["order.bytes"])
        return (lines["order.submit"],)

    def reference(self):
        if not hasattr(self, "written"):
            self.ours()
        rows, size = self.written
        lines = run_lines("raw_commits", "--threads", "16", "--bytes", str(size), str(rows))
        return (lines[f"raw_commits.{rows}_rows"],)


MEASUREMENTS = [Submit]
