"""From nothing to ready on data that is there, and the memory of a program that waits."""
import time

from harness import Measurement, Row
from servers import Nginx, Portal, Program, resident_mib


class Start(Measurement):
    """Ready means the "listening on" line; nginx with one file is ready when it accepts a connection."""

    rows = (Row("start.ready_ms", "ms", "nginx with one file", more_is_better=False),
            Row("memory.idle_mib", "MiB", "nginx with one file", more_is_better=False))

    def __enter__(self):
        self.portal, self.nginx = Portal(), Nginx()
        try:
            self.portal.start()  # makes the data
            self.portal.stop()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.portal.remove()
        self.nginx.remove()

    def ours(self):
        began = time.monotonic()
        program = Program(self.portal.serve_command())
        program.wait_for(Portal.LISTENING)
        duration = time.monotonic() - began
        memory = resident_mib(program.process.pid)
        program.stop()
        return duration * 1000, memory

    def reference(self):
        began = time.monotonic()
        self.nginx.start()
        duration = time.monotonic() - began
        memory = resident_mib(self.nginx.process.pid)
        self.nginx.stop()
        return duration * 1000, memory


MEASUREMENTS = [Start]
