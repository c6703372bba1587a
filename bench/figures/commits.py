"""Durable transactions on SQLite through kit/sql, beside plain sqlite3."""
from harness import Measurement, Row, run_lines


class Commits(Measurement):
    rows = (Row("sql.commits", "tx/s", "plain sqlite3, 64 threads taking turns"),)
    targets = ("sql_commits", "raw_commits")

    def ours(self):
        return (run_lines("sql_commits")["sql.commits_64_threads"],)

    def reference(self):
        return (run_lines("raw_commits", "1")["raw_commits.1_rows"],)


MEASUREMENTS = [Commits]
