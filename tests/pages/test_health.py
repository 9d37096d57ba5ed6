"""The pages that say how well the catalog is kept, and what a dataset's page says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cityfolio.model.catalog import Catalog
from cityfolio.model.health import CheckedLink, CheckedLinks, HealthCheck, PastHealth, Used
from cityfolio.model.practice import AcknowledgedRecord, GuideRecord, ReleaseReviewRecord, RequestRecord, UseRecord
from cityfolio.model.practised import Filed, Practice
from cityfolio.pages import routes
from cityfolio.pages.health_words import check_words, reason
from cityfolio.pages.words import Words
from cityfolio.practice.health import CHECKS
from cityfolio.problems import Location, Problem
from pages.drawing import draw_site
from pages.factories import a_build, a_catalog, a_dataset, a_repository
from pages.reader import ReadPage

TREES, BIKES = "datasets/trees/dataset.yaml", "datasets/bikes/dataset.yaml"


def a_check(identifier: str = "title", state: str = "passed", **given: object) -> HealthCheck:
    """A check as health gives it."""
    return HealthCheck(id=identifier, area=CHECKS[identifier], state=state, **given)  # type: ignore[arg-type]


def at(path: str, line: int | None = None) -> tuple[Location, ...]:
    """One place."""
    return (Location(path=path, line=line),)


def a_kept_catalog(**practice: object) -> Catalog:
    """Two datasets of one publisher: one without a license, late and with a broken link, one of which less is known."""
    health = {
        "trees": (a_check("title"), a_check("license", "failed", where=at(TREES, 1)),
                  a_check("on-time", "failed", where=at(TREES, 8), facts={"days": "12"}),
                  a_check("links", "failed", count=1, of=2, where=at(TREES, 9),
                          facts={"url": "https://example.gov/x", "says": "404 Not Found"})),
        "bikes": (a_check("title"), a_check("license"), a_check("on-time", "unknown", where=at(BIKES, 1))),
    }
    made = a_catalog(a_dataset("Trees"), a_dataset("Bikes"), repository=a_repository())
    return replace(made, practice=Practice(**{"health": health, **practice}))  # type: ignore[arg-type]


def page(url: str, **practice: object) -> ReadPage:
    """A page of that catalog."""
    return draw_site(catalog=a_kept_catalog(**practice)).page(url)


def test_the_answer_comes_first_and_each_figure_leads_to_those_at_fault() -> None:
    health = page("/health/")

    assert [each.text for each in health.main.all("ul")[0].all("li")] == [
        "Published: 2 datasets.", "0 of 1 of those whose schedule and last change are known are on time.",
        "1 of 2 pass every check of documentation.", "0 of 1 of those whose addresses were checked have links that all work."]
    assert [each.address for each in health.main.all("ul")[0].all("a")] == [
        "../data/", "on-time/", "#area-documentation", "links/"]


def test_every_check_has_its_counts_and_what_it_asks() -> None:
    lines = {line[0]: line for line in page("/health/").table()}

    assert lines["License"] == ["License", "A license is named, its own or the one of the site.", "1 of 2", "1", ""]
    assert lines["On time"][2:] == ["0 of 1", "1", "1"]
    assert lines["Amounts with a unit"][2:] == ["not asked", "0", ""]


def test_how_many_are_not_known_leads_to_these_datasets() -> None:
    rows = page("/health/").main.all("tr")
    on_time = next(row for row in rows if row.text.startswith("On time"))

    assert on_time.all("td")[-1].link("1").address == "on-time/"


def test_every_publisher_is_told_by_area() -> None:
    lines = page("/health/").table(1)

    assert lines[0] == ["Publisher", "Datasets", "Documentation", "Freshness", "Rows", "Cells", "Links", "Documents",
                        "Problems"]
    assert lines[1] == ["Customer Service Center", "2", "3 of 4", "0 of 1", "not asked", "not asked", "0 of 1", "not asked",
                        "not asked"]


def test_a_check_lists_the_datasets_at_fault_with_reason_and_line_and_then_those_it_cannot_tell_of() -> None:
    section = page("/health/on-time/").section("What there is to mend")

    assert [each.text for each in section.all("ul")[1].all("li")] == [
        "Trees late by 12 days datasets/trees/dataset.yaml:8",
        "Bikes Not known: the schedule or the day of the last change is not known datasets/bikes/dataset.yaml:1"]
    assert section.link("datasets/trees/dataset.yaml:8").address == (
        "https://code.example.gov/city/data/edit/main/catalog/datasets/trees/dataset.yaml#L8")


def test_a_check_without_a_fault_says_so() -> None:
    assert "Nothing." in page("/health/title/").section("What there is to mend").text


def test_every_check_has_a_page_of_its_own_always() -> None:
    assert draw_site(catalog=a_catalog()).urls() >= {routes.health_url(each) for each in CHECKS}


def test_long_lists_have_pages() -> None:
    datasets = [a_dataset(f"Dataset {number}") for number in range(301)]
    health = {each.id: (a_check("license", "failed"),) for each in datasets}
    site = draw_site(catalog=replace(a_catalog(*datasets), practice=Practice(health=health)))
    shown = [site.page(f"/health/license/{part}").section("What there is to mend").all("li") for part in ("", "2/")]

    assert [len(lines) - 2 for lines in shown] == [250, 51]   # two are the numbers of the pages
    assert site.page("/health/license/").link("2").address == "2/"
    assert site.page("/health/license/2/").link("1").address == "../../../health/license/"


def test_a_publisher_sees_what_there_is_to_mend_dataset_by_dataset() -> None:
    found = page("/health/publishers/customer-service-center/")

    assert found.headings(3) == ["Bikes", "Trees"]
    assert "License no license is named datasets/trees/dataset.yaml:1" in found.main.text
    assert "1 of 2 addresses does not work: https://example.gov/x (404 Not Found)" in found.main.text


def test_data_without_a_publisher_is_not_forgotten() -> None:
    made = a_catalog(a_dataset("Trees", publisher=None))
    site = draw_site(catalog=replace(made, practice=Practice(health={"trees": (a_check("publisher", "failed"),)})))

    assert site.page("/health/publishers/_/").heading(1) == "Health of data without a publisher"


def test_how_it_was_before_is_told_in_a_sentence_and_a_table() -> None:
    history = (PastHealth(day=date(2025, 9, 30), commit="a", passed={"parks": 1, "": 1}, of={"parks": 3, "": 1}),
               PastHealth(day=date(2025, 10, 31), commit="b", passed={"parks": 3, "": 1}, of={"parks": 3, "": 1}))
    section = page("/health/", past_health=history).section("Over time")

    assert "On 30 September 2025 50% of the checks of documentation passed, on 31 October 2025 100%." in section.text
    assert [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in section.all("tr")][1:] == [
        ["31 October 2025", "4 of 4", "100%"], ["30 September 2025", "2 of 4", "50%"]]


def test_months_that_were_not_read_are_said_to_be_left_out() -> None:
    history = (PastHealth(day=date(2025, 9, 30), commit="a", passed={"": 1}, of={"": 3}),)
    section = page("/health/", past_health=history, past_left_out=11).section("Over time")

    assert section.text == (
        "Over time 11 earlier months are left out: more than 20,000 versions of files would have to be read.")


def test_reasons_of_several_kinds_are_counted_apart_and_lead_to_the_first_of_each() -> None:
    health = {"trees": (a_check("license", "failed"),),
              "bikes": (a_check("license", "failed", facts={"given": "<None>"}),)}
    links = page("/health/license/", health=health).section("What there is to mend").all("ul")[0].all("a")

    assert [(each.text, each.address) for each in links] == [
        ("1 dataset: it is given as “<None>”, which is no license", "#kind-1"),
        ("1 dataset: no license is named", "#kind-2")]
    assert page("/health/", health=health).link("1 dataset: no license is named").address == "license/#kind-2"


def test_where_nobody_can_tell_what_is_on_time_that_is_said() -> None:
    health = {"trees": (a_check("on-time", "unknown"),),
              "bikes": (a_check("on-time", "unknown", facts={"frequency": "daily"}),)}
    drawn = page("/health/", health=health)

    assert ("Whether data are on time cannot be told: no schedule or no last change is known of 2 datasets."
            in drawn.main.text)
    assert drawn.link("1 dataset: nothing says how often it is renewed").address == "on-time/#kind-2"


def test_one_day_is_no_history() -> None:
    history = (PastHealth(day=date(2025, 9, 30), commit="a", passed={"": 1}, of={"": 3}),)

    assert "Over time" not in page("/health/", past_health=history).headings(2)


def test_links_are_said_to_be_checked_on_their_day() -> None:
    links = CheckedLinks(on=date(2025, 11, 1), source_path="links/2025-11-01.csv",
                         links={url: CheckedLink(url=url, is_well=not says, status=None, says=says) for url, says in (
                             ("https://example.gov/a", "404 Not Found"), ("https://example.gov/b", ""))})

    site = draw_site(catalog=a_kept_catalog(links=links))

    assert "Links were checked on 1 November 2025. Of 2 addresses, 1 does not work." in site.page("/health/").main.text
    assert site.page("/health/").link("1 does not work").address == "links/#broken"
    assert [each.text for each in site.page("/health/links/").section("Every address that does not work").all("li")] == [
        "https://example.gov/a 404 Not Found"]
    assert "Links were not checked yet." in page("/health/").main.text


def test_open_problems_are_counted_by_kind_and_listed_where_the_count_leads() -> None:
    problems = tuple(Problem(code="license-missing", where=Location(path=TREES, line=line), says=f"fault {line}")
                     for line in range(1, 13))
    site = draw_site(catalog=a_kept_catalog(problems=problems))
    section = site.page("/health/problems/").section("Every open problem")

    assert site.page("/health/").table(2)[1] == ["license-missing", "A dataset has no license.", "Warning", "12"]
    assert site.page("/health/").section("Open problems").link("12").address == "problems/#problem-license-missing"
    assert (len(section.all("li")), section.one("summary").text) == (12, "2 more")


def test_a_dataset_says_how_it_is_kept() -> None:
    section = page("/data/trees/").section("How this data is kept")

    assert "Checks that pass: Documentation 1 of 2; Freshness 0 of 1; Links 0 of 1." in section.text
    assert "On time late by 12 days datasets/trees/dataset.yaml:8" in section.text
    assert section.link("Documentation").address == "../../health/#area-documentation"


def test_what_was_weighed_before_a_release_is_shown_with_what_may_be_published_all_the_same() -> None:
    review = ReleaseReviewRecord(
        benefit="Everyone sees it.", risk="Nobody.", level="low", reviewer="Privacy office", on=date(2024, 1, 2),
        expires=date(2025, 1, 2),
        acknowledged=(AcknowledgedRecord(column="phone", kind="phone", reason="Numbers of offices."),))
    dataset = a_dataset("Trees", release_review=review, system_of_record="TreeKeeper", sensitivity="public", value="high")
    section = draw_site(dataset).page("/data/trees/").section("How this data is kept")

    assert dict(zip([each.text for each in section.all("dt")], [each.text for each in section.all("dd")], strict=True)) == {
        "System of record": "TreeKeeper", "Sensitivity": "Public", "Value": "High", "What residents gain": "Everyone sees it.",
        "Whom it could harm": "Nobody.", "Risk that is left": "Low", "Weighed by": "Privacy office",
        "Weighed on": "2 January 2024", "To be weighed again by": "2 January 2025, which is past",
        "phone looks like: phone": "Numbers of offices."}


def test_a_dataset_leads_to_what_became_of_it() -> None:
    def filed(record: object) -> tuple[Filed[object], ...]:
        return (Filed(id="a", title="A title", record=record, source_path="a.yaml"),)

    section = page("/data/trees/", uses=filed(UseRecord(datasets=("trees",))), guides=filed(GuideRecord(datasets=("trees",))),
                   requests=filed(RequestRecord(datasets=("trees",)))).section("How this data is kept")

    assert [each.address for each in section.all("a") if each.text == "A title"] == [
        "../../uses/#use-a", "../../guides/a/", "../../request/"]


def test_how_often_a_dataset_is_used_is_told_by_month_the_newest_first() -> None:
    usage = tuple(Used(month=month, dataset=name, views=views, downloads=1)
                  for name in ("bikes", "trees") for month, views in (("2025-09", 5), ("2025-10", 1_200)))
    section = page("/data/trees/", usage=usage).section("How this data is kept")

    assert "From September 2025 to October 2025: 1,205 views and 2 downloads." in section.text
    assert [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in section.all("tr")] == [
        ["Month", "Views", "Downloads"], ["October 2025", "1,200", "1"], ["September 2025", "5", "1"]]


def test_a_dataset_of_which_nothing_is_known_has_no_such_section() -> None:
    assert "How this data is kept" not in draw_site(a_dataset("Trees")).page("/data/trees/").headings(2)


def test_the_line_of_freshness_carries_the_day_it_is_due_and_the_words_for_later() -> None:
    status = next(each for each in page("/data/trees/").all("span") if each.get("class") == "status")

    assert (status.get("data-due"), status.get("data-late-one"), status.get("data-late-many")) == (
        "2025-11-22", "Late by 1 day: updated 21 November 2025, due daily",
        "Late by {n} days: updated 21 November 2025, due daily")


def test_rows_of_lists_carry_the_day_too() -> None:
    rows = next(each for each in page("/data/").all("ul") if each.get("class") == "rows")

    assert [each.get("data-due") for each in rows.all("p") if each.get("class") == "meta"] == ["2025-11-22", "2025-11-22"]
    assert (rows.get("data-late-one"), rows.get("data-late-many")) == ("Late by 1 day", "Late by {n} days")


def test_a_site_that_is_pinned_to_its_day_does_not_age() -> None:
    site = draw_site(catalog=a_catalog(a_dataset("Trees"), as_of=a_build().today))

    assert b"data-due" not in b"".join(output.body for output in site.html() if isinstance(output.body, bytes))


@pytest.mark.parametrize("identifier", CHECKS)
def test_every_check_has_words_for_what_it_asks_and_why_it_fails(identifier: str) -> None:
    words = Words()

    assert all((check_words(words)[identifier].title, check_words(words)[identifier].asks, check_words(words)[identifier].mend,
                reason(a_check(identifier, "failed", facts={"url": "a", "says": "b"}), words)))


@pytest.mark.parametrize(
    ("check", "says"),
    [(a_check("primary-key", "failed", count=1, of=2, facts={"names": "id"}),
      "1 of 2 files: id would tell rows apart and is not declared as the key"),
     (a_check("dictionary", "failed"), "there is no dictionary"),
     (a_check("dictionary", "failed", count=1, of=9, facts={"names": "a, b", "more": "6"}),
      "8 of 9 columns have no meaning: a, b and 6 more"),
     (a_check("types", "failed", count=1, of=2), "1 of 2 columns has no declared type"),
     (a_check("license", "failed", facts={"given": "None"}), "it is given as “None”, which is no license"),
     (a_check("modified", "failed", facts={"frequency": "daily"}), "it says how often (daily) and not when"),
     (a_check("distinct-rows", "failed", facts={"rows": "3"}), "3 rows stand there more than once"),
     (a_check("machine-readable", "failed", facts={"formats": "PDF"}), "published as PDF alone"),
     (a_check("accessible", "failed", of=1, facts={"path": "plan.pdf", "says": "it has no title"}),
      "plan.pdf: it has no title")],
    ids=lambda value: value.id if isinstance(value, HealthCheck) else "")
def test_a_reason_says_what_is_at_fault_and_how_much(check: HealthCheck, says: str) -> None:
    assert reason(check, Words()) == says
