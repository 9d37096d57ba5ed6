import pytest

from cityfolio.model.standard import AmongRecord
from cityfolio.pages import routes
from cityfolio.pages.pages import site_of
from cityfolio.pages.passing_routes import is_view
from cityfolio.pages.standard_rows import Rows, evidence_link, is_page, page_of_row
from cityfolio.pages.standard_words import stance_of
from pages.assessments import an_answer, an_assessed_catalog
from pages.drawing import the_theme
from pages.factories import a_build


@pytest.fixture(scope="module")
def site():
    return site_of(an_assessed_catalog(), a_build(), the_theme())


@pytest.mark.parametrize(("table", "row", "facts", "page"), [
    ("datasets", "crimes", {}, "/data/crimes/"), ("datasets", "gone", {}, ""),
    ("files", "crimes/file", {"dataset": "crimes"}, "/data/crimes/"), ("columns", "gone/x/y", {"dataset": "gone"}, ""),
    ("publishers", "public-works", {}, "/publishers/public-works/"),
    ("goals", "streets-are-smooth", {}, "/goals/streets-are-smooth/"),
    ("measures", "calls-for-help", {}, "/measures/calls-for-help/"), ("measures", "gone", {}, ""),
    ("rules", "gone", {}, ""), ("guides", "gone", {}, ""), ("commitments", "any", {}, "/commitments/"),
    ("requests", "any", {}, "/request/"), ("uses", "any", {}, "/uses/"), ("site", "site", {}, "/about/"),
])
def test_a_row_of_facts_leads_to_the_page_that_tells_of_it_where_there_is_one(site, table, row, facts, page):
    assert page_of_row(row, table, facts, site) == page


@pytest.mark.parametrize(("path", "is_there"), [
    ("/", True), ("/about/", True), ("/search/", True), ("/equity/", True), ("/goals/", True),
    ("/policy/", False), ("/commitments/", False),
    ("/data/crimes/", True), ("/data/gone/", False), ("/data/crimes", False), ("/data/crimes/changes/", False),
    ("/topics/streets/", True), ("/topics/gone/", False), ("/measures/calls-for-help/", True), ("/measures/gone/", False),
    ("/policy/gone/", False), ("/elsewhere/crimes/", False),
])
def test_a_path_is_linked_only_where_this_site_surely_has_it(site, path, is_there):
    assert is_page(path, site) is is_there


@pytest.mark.parametrize(("text", "href"), [
    ("https://example.gov/minutes", "https://example.gov/minutes"), ("javascript:alert(1)", ""), ("a letter", ""),
    ("/data/crimes/#columns", "../../data/crimes/"), ("/nowhere/", ""),
])
def test_evidence_that_leads_nowhere_safe_is_shown_as_it_is(site, text, href):
    link = evidence_link(text, site, "/practice/charter/")

    assert (link.text, link.href) == (text, href)


def test_a_row_of_a_file_is_named_with_its_dataset(site):
    row = site.catalog.practice.facts["files"].rows[0]
    link = Rows(site, "/practice/charter/", 10).link(row["id"], "files")

    assert (link.text, link.note) == (row["title"], site.datasets[row["dataset"]].title)


def test_a_whole_of_too_few_parts_does_not_wait_for_anything_else():
    answer = an_answer(answer="not-met", waits_for=("a",), record={"among": AmongRecord(least=1, criteria=("b",))})

    assert stance_of(answer) == "not-met"


def test_the_rows_that_a_standard_asks_come_and_go_with_what_it_asks():
    assert is_view(routes.evidence_table_url("charter", "datasets"))
    assert not is_view(routes.evidence_url("charter", "zip"))
