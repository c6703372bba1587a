"""Steps of processes, durable on SQLite, beside plain sqlite3 that changes the same rows."""
from harness import Measurement, ROOT, Row, run_lines

BARE = "plain sqlite3, the same rows, 32 threads in turn"


class Program(Measurement):
    targets = ("runtime_steps",)
    names = ()
    references = ()

    def ours(self):
        self.lines = run_lines("runtime_steps", folder=ROOT)
        return tuple(self.lines[name] for name in self.names)

    def reference(self):
        # The program measures both, one after the other: only its steps tell which rows they write.
        if not hasattr(self, "lines"):
            self.ours()
        return tuple(self.lines[name] for name in self.references) if self.references else None


class Steps(Program):
    rows = (Row("runtime.start_to_user_task", "steps/s", BARE), Row("runtime.complete_user_task", "steps/s", BARE))
    names = ("start_to_user_task", "complete_user_task")
    references = ("start_bare", "complete_bare")


class Alone(Program):
    rows = (
        Row("runtime.rows_per_step", "rows", more_is_better=False),
        Row("runtime.history_bytes", "bytes", more_is_better=False),
        Row("runtime.join_16_errors", "of 16,000", more_is_better=False),
        Row("runtime.join_16_lost", "of 1,000", more_is_better=False),
        Row("runtime.latency_idle_p50", "ms", more_is_better=False),
        Row("runtime.latency_idle_ms", "ms (p99)", more_is_better=False),
    )
    names = ("rows_per_step", "history_bytes", "join_errors", "join_lost", "idle_p50_ms", "idle_p99_ms")


MEASUREMENTS = [Steps, Alone]
