"""What residents ask of the portal."""
from harness import Measurement, ROOT, Row, run_lines

SERVICES, QUERIES = 500, 4000


class Search(Measurement):
    """One thread over 500 services in four languages, typed as people type."""

    rows = (Row("portal.search", "queries/s"), Row("portal.search_ms", "ms (p99)"))
    targets = ("portal_search",)

    def ours(self):
        lines = run_lines("portal_search", str(SERVICES), str(QUERIES), folder=ROOT)
        return lines["search"], lines["search_p99_ms"]


MEASUREMENTS = [Search]
