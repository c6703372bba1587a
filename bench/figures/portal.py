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


class FormPage(Measurement):
    """One page of a form after the other, through the whole portal."""

    rows = (Row("portal.form_page", "pages/s"), Row("portal.form_page_ms", "ms (p99)"))
    targets = ("portal_pages",)

    def ours(self):
        lines = run_lines("portal_pages", "20", "20", folder=ROOT)
        return lines["form_page"], lines["form_page_p99_ms"]


class Submit(Measurement):
    """The last button of a form: as order.submit, beside plain commits of the same rows."""

    rows = (Row("portal.submit", "orders/s", "plain sqlite3, the same rows into the same tables, 16 threads in turn"),)
    targets = ("order_submits",)

    def ours(self):
        lines = run_lines("order_submits", folder=ROOT)
        self.bare = lines["order.bare"]
        return (lines["order.submit"],)

    def reference(self):
        if not hasattr(self, "bare"):
            self.ours()
        return (self.bare,)


class MyCases(Measurement):
    """The account's list of orders with a million of others in the database, beside the same with a thousand."""

    rows = (Row("portal.my_cases_ms", "ms (p99)", "with 1,000 orders in the database", more_is_better=False),)
    targets = ("portal_pages",)

    def ours(self):
        lines = run_lines("portal_pages", "1000", "1000000", folder=ROOT)
        self.few = lines["my_cases_few_p99_ms"]
        return (lines["my_cases_many_p99_ms"],)

    def reference(self):
        if not hasattr(self, "few"):
            self.ours()
        return (self.few,)


MEASUREMENTS = [Search, FormPage, Submit, MyCases]
