"""Steps of processes, durable on SQLite and on PostgreSQL, beside the databases' plain libraries that change the
same rows. Rows of PostgreSQL end in "_postgres"."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from harness import BUILD, Failure, Measurement, ROOT, Row, lines_of, run_lines
from servers import Node, Postgres

BARE = {False: "plain sqlite3, the same rows, 32 threads in turn", True: "plain libpq, the same rows, 32 connections"}
STEPS_OF_THREE_JOBS = 4  # the start, and each completion
INSTANCES, ROUNDS, TIMERS = 2000, 300, 10_000
FULL = int(os.environ.get("SCHALTER_BENCH_HISTORY", 10_000_000))  # fewer for trying out
SMALL = 10_000
QUIET_SECONDS = 2
STEPS_IN_HISTORY = 5000


class OnDatabase(Measurement):
    """Has `self.fresh()`, the address of a new, empty database."""

    has_postgres = False

    def row(self, name, unit, reference="", more_is_better=False):
        return Row(name + ("_postgres" if self.has_postgres else ""), unit, reference, more_is_better)

    def __init__(self, has_postgres):
        self.has_postgres = has_postgres
        self.postgres = None
        self.folder = None

    def __enter__(self):
        # On the disk, where a temporary folder need not be.
        self.folder = tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="runtime-bench-")
        self.made = 0
        try:
            if self.has_postgres:
                self.postgres = Postgres()
            self.prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.end()
        if self.postgres:
            self.postgres.remove()
        self.folder.cleanup()

    def prepare(self):
        pass

    def end(self):
        pass

    def fresh(self):
        if self.postgres:
            return self.postgres.fresh()
        self.made += 1
        return f"sqlite:{self.folder.name}/{self.made}.db"

    def drop(self, url):
        if self.postgres:
            self.postgres.drop(url)
        else:
            for file in pathlib.Path(self.folder.name).glob(pathlib.Path(url).name + "*"):
                file.unlink()

    def bare(self):
        """Durable commits of a start's rows per second, as few as will do."""
        return self.steps("10000", "steps")["start_bare"]

    def steps(self, *arguments):
        if not self.has_postgres:
            return run_lines("runtime_steps", *arguments, folder=ROOT)
        url = self.fresh()
        try:
            return run_lines("runtime_steps", "--database", url, *arguments, folder=ROOT)
        finally:
            self.drop(url)


class Steps(OnDatabase):
    targets = ("runtime_steps",)

    def __init__(self, has_postgres):
        super().__init__(has_postgres)
        self.rows = (
            self.row("runtime.start_to_user_task", "steps/s", BARE[has_postgres], more_is_better=True),
            self.row("runtime.complete_user_task", "steps/s", BARE[has_postgres], more_is_better=True),
            self.row("runtime.rows_per_step", "rows"),
            self.row("runtime.history_bytes", "bytes"),
            self.row("runtime.history_bytes_fresh", "bytes"),
            self.row("runtime.join_16_errors", "of 16,000"),
            self.row("runtime.join_16_lost", "of 1,000"),
        )

    def ours(self):
        self.lines = self.steps()
        return tuple(self.lines[name] for name in ("start_to_user_task", "complete_user_task", "rows_per_step",
                                                   "history_bytes", "fresh_history_bytes",
                                                   "join_errors", "join_lost"))

    def reference(self):
        # The program measures both, one after the other: only its steps tell which rows they write.
        if not hasattr(self, "lines"):
            self.ours()
        return self.lines["start_bare"], self.lines["complete_bare"], *[None] * 5


class OnNodes(OnDatabase):
    """Portals that serve a database with the models, each a program of its own."""

    targets = ("schalter", "worker_load", "runtime_fill", "runtime_steps")
    nodes = 1

    def prepare(self):
        self.running = []
        self.begin(self.fresh(), self.nodes)

    def begin(self, url, nodes):
        first = Node(url)
        first.migrate()
        run_lines("runtime_fill", url, "models", folder=ROOT)
        self.access = first.add_client()
        for node in [first, *(Node(url) for _ in range(nodes - 1))]:
            self.running.append(node)
            node.start()

    def end(self):
        for node in self.running:
            node.stop()

    def load(self, *arguments, nodes=None):
        addresses = ",".join(node.url for node in self.running[:nodes])
        return run_lines("worker_load", addresses, *self.access, *arguments, folder=ROOT)


class StraightThrough(OnNodes):
    def __init__(self, has_postgres):
        super().__init__(has_postgres)
        bare = f"{BARE[has_postgres]}, {STEPS_OF_THREE_JOBS} commits of a start's rows each"
        self.rows = (self.row("runtime.straight_through", "inst/s", bare, more_is_better=True),)

    def ours(self):
        return (self.load("straight", str(INSTANCES))["straight_through"],)

    def reference(self):
        return (self.bare() / STEPS_OF_THREE_JOBS,)


class Idle(OnNodes):
    def __init__(self, has_postgres):
        super().__init__(has_postgres)
        self.rows = (self.row("runtime.latency_idle_p50", "ms"), self.row("runtime.latency_idle_ms", "ms (p99)"))

    def ours(self):
        lines = self.load("idle", str(ROUNDS))
        return lines["idle_p50_ms"], lines["idle_p99_ms"]


class Nodes(OnNodes):
    rows = (Row("runtime.scale_nodes", "inst/s", "ours, one program instead of two on the same PostgreSQL"),)
    nodes = 2

    def __init__(self):
        super().__init__(has_postgres=True)

    def ours(self):
        return (self.load("straight", str(INSTANCES))["straight_through"],)

    def reference(self):
        return (self.load("straight", str(INSTANCES), nodes=1)["straight_through"],)


class Storm(OnNodes):
    """Ten thousand timers that became due while the program was down. Requests go on meanwhile."""

    def __init__(self, has_postgres):
        super().__init__(has_postgres)
        self.rows = (
            self.row("runtime.timer_storm", "x quiet"),  # the p99 of requests, the worse of page and API
            self.row("runtime.timer_storm_seconds", "s"),
        )

    def prepare(self):
        self.running = []

    def ours(self):
        url = self.fresh()
        node = Node(url)
        node.migrate()
        run_lines("runtime_fill", url, "models", folder=ROOT)
        access = node.add_client()
        self.running = [node]
        # Both times the program has just started, with connections and statements still to make.
        quiet, _ = self.started(node, access, lambda seconds: seconds > QUIET_SECONDS)
        run_lines("runtime_fill", url, "timers", str(TIMERS), folder=ROOT)
        storm, seconds = self.started(node, access, lambda _: self.left(url)["timers"] == 0)
        found = self.left(url)
        # And the two that were asked for.
        if found["completed"] != TIMERS or found["trail"] != 2 * TIMERS + 2:
            raise Failure(f"{TIMERS} timers did not fire once each: {found}")
        self.drop(url)
        print(f"  storm {storm}, quiet {quiet}", file=sys.stderr)
        return max(storm[name] / quiet[name] for name in ("page_p99_ms", "api_p99_ms")), seconds

    def started(self, node, access, is_over):
        node.start()
        began = time.monotonic()
        found = self.probe(node, access, lambda: is_over(time.monotonic() - began))
        seconds = time.monotonic() - began
        node.stop()
        return found, seconds

    def left(self, url):
        return run_lines("runtime_fill", url, "timers_left", folder=ROOT)

    @staticmethod
    def probe(node, access, is_over):
        command = [BUILD / "worker_load", node.url, *access, "probe"]
        asking = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while not is_over():
            if asking.poll() is not None:
                raise Failure("worker_load ended too early")
            time.sleep(1)  # looking costs time of the processor, too
        output, _ = asking.communicate("")
        if asking.returncode:
            raise Failure("worker_load failed")
        return lines_of(output)


class History(OnDatabase):
    """The same steps beside few and beside very many finished instances; both databases are filled once."""

    targets = ("runtime_fill",)

    def __init__(self, has_postgres):
        super().__init__(has_postgres)
        self.rows = (self.row("runtime.history_cost", "steps/s", f"ours, with {SMALL:,} finished instances "
                              f"instead of {FULL:,}", more_is_better=True),)

    def prepare(self):
        self.full, self.small = self.filled(FULL), self.filled(SMALL)

    def filled(self, instances):
        began = time.monotonic()
        url = self.fresh()
        admin = url.replace("schalter@", "postgres@")  # which row-level security does not slow down
        run_lines("runtime_fill", url, "models", folder=ROOT)
        run_lines("runtime_fill", admin, "history", str(instances), folder=ROOT)
        print(f"  filled in {time.monotonic() - began:.0f} s", file=sys.stderr)
        return url

    def ours(self):
        return (self.rate(self.full),)

    def reference(self):
        return (self.rate(self.small),)

    @staticmethod
    def rate(url):
        return run_lines("runtime_fill", url, "rate", str(STEPS_IN_HISTORY), folder=ROOT)["rate"]


def on_both(kind):
    return [lambda: kind(False), lambda: kind(True)]


MEASUREMENTS = [*on_both(Steps), *on_both(StraightThrough), Nodes, *on_both(Idle), *on_both(Storm), *on_both(History)]
