"""Orders submitted, durable on SQLite, beside bare commits of the very same rows."""
from harness import Measurement, ROOT, Row, run_lines

THREADS = "16"


class Submit(Measurement):
    rows = (
        Row("order.submit", "orders/s", "plain sqlite3, the same rows into the same tables, 16 threads in turn"),
        Row("order.submit_unkeyed", "orders/s", "plain sqlite3, as many rows without keys or indexes"),
    )
    targets = ("order_submits", "raw_commits")

    def ours(self):
        lines = run_lines("order_submits", folder=ROOT)
        self.bare, self.written = lines["order.bare"], int(lines["order.rows"])
        self.bytes = int(lines["order.bytes"])
        return lines["order.submit"], lines["order.submit"]

    def reference(self):
        # Only orders tell which rows they write: the program measures both, one after the other.
        if not hasattr(self, "bare"):
            self.ours()
        lines = run_lines("raw_commits", "--threads", THREADS, "--bytes", str(self.bytes), str(self.written))
        return self.bare, lines[f"raw_commits.{self.written}_rows"]


MEASUREMENTS = [Submit]
