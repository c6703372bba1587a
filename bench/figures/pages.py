"""Public pages with 64 connections, beside nginx that serves the same bytes from a file."""
import re
import shutil
import subprocess

from harness import Failure, Measurement, Row
from servers import Nginx, Portal, SERVICE, fetch

CONNECTIONS, SECONDS = 64, 3
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def wrk(url, seconds=SECONDS):
    """(requests per second, 99th percentile in milliseconds)"""
    if not shutil.which("wrk"):
        raise Failure("wrk is missing: ./do setup")
    text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", url],
                          capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    if not rate or not late or "Non-2xx" in text or "Socket errors" in text:
        raise Failure(f"wrk on {url} failed:\n{text}")
    return float(rate[1]), float(late[1]) * UNITS[late[2]]


class PublicPage(Measurement):
    reference_name = "nginx, the same bytes from a file"

    def __init__(self, name, path):
        self.path = path
        self.rows = (Row(name, "req/s", self.reference_name),
                     Row(f"{name}_p99_ms", "ms", self.reference_name, more_is_better=False))

    def __enter__(self):
        self.portal = Portal()
        self.nginx = None
        try:
            self.portal.start()
            self.url = self.portal.url + self.path
            self.nginx = Nginx(fetch(self.url))
            self.nginx.start()
            for url in (self.url, self.nginx.url):
                wrk(url, seconds=1)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.portal.remove()
        if self.nginx:
            self.nginx.remove()

    def ours(self):
        return wrk(self.url)

    def reference(self):
        return wrk(self.nginx.url)


MEASUREMENTS = [
    lambda: PublicPage("http.home", "/"),
    lambda: PublicPage("http.service_page", f"/leistungen/{SERVICE}"),
]
