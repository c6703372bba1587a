"""Process instances in memory, beside npm's bpmn-engine; a large model beside a small one."""
import pathlib
import tempfile

import models
from harness import Measurement, Row, peer_lines, run_lines

PEER = "npm bpmn-engine, parsed once"
COMPARED = {
    "bpmn.three_scripts": models.three_scripts,
    "bpmn.xor_user_task": models.xor_user_task,
    "bpmn.fork_join_4": lambda for_peer=False: models.fork_join(4, for_peer),
}
ALONE = {"bpmn.multi_instance_100": models.multi_instance(100), "bpmn.message_race": models.message_race()}
FORMS = ("", "_encoded")


class Models(Measurement):
    targets = ("bpmn_speed",)

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        made = {name: make() for name, make in COMPARED.items()}
        made |= {name + ".peer": make(for_peer=True) for name, make in COMPARED.items()}
        made |= ALONE
        made |= {f"chain_{length}": models.chain_of_user_tasks(length) for length in (10, 1000)}
        made["loop"] = models.loop_of_user_task()
        for name, model in made.items():
            (folder / f"{name}.bpmn").write_text(model, encoding="utf-8")
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def lines(self):
        return run_lines("bpmn_speed", self.folder.name)


class Compared(Models):
    rows = tuple(Row(name + form, "inst/s", PEER) for name in COMPARED for form in FORMS)

    def ours(self):
        lines = self.lines()
        return tuple(lines[row.name] for row in self.rows)

    def reference(self):
        lines = peer_lines("bpmn_engine.mjs", self.folder.name)
        return tuple(lines[name] for name in COMPARED for _ in FORMS)


class Alone(Models):
    rows = (*(Row(name + form, "inst/s") for name in ALONE for form in FORMS),
            Row("bpmn.state_bytes", "bytes", more_is_better=False))

    def ours(self):
        lines = self.lines()
        return tuple(lines[row.name] for row in self.rows)


class Large(Models):
    rows = (Row("bpmn.large_model", "steps/s", "ours, a chain of 10 instead of 1,000 tasks"),)

    def ours(self):
        self.last = self.lines()
        return (self.last["chain_1000"],)

    def reference(self):
        if not hasattr(self, "last"):
            self.ours()
        return (self.last["chain_10"],)


class LongLife(Models):
    rows = (Row("bpmn.long_life", "steps/s", "ours, an instance that has just begun instead of 10,000 steps old"),)

    def ours(self):
        self.last = self.lines()
        return (self.last["life_10000"],)

    def reference(self):
        if not hasattr(self, "last"):
            self.ours()
        return (self.last["life_0"],)


MEASUREMENTS = [Compared, Alone, Large, LongLife]
