"""Each check of health: what passes, what is at fault, and which line would mend it."""

import re
from pathlib import Path

import pytest

from cities import TREES, a_city
from cityfolio.practice.health import CHECKS
from practice.health_city import checks, found_links, kept, states

REFERENCE = (Path(__file__).parents[2] / "docs/reference/health.md").read_text(encoding="utf-8")
FULL = TREES.replace("columns:", """\
spatial: Example City
temporal: {start: 2020-01-01}
each_row_is: One tree
known_limits: None are known.
columns:""").replace("  - path: trees.csv", "  - path: trees.csv\n    primary_key: [species]").replace(
    "species: {title: What kind of tree it is}", "species: {title: What kind of tree it is, type: string}").replace(
    "minimum: 0}", "minimum: 0, required: false}")


def with_record(text):
    return a_city(datasets__trees__dataset_yaml=None, **{"datasets__trees__dataset.yaml": text})


def without(*lines):
    return with_record("\n".join(line for line in FULL.splitlines() if not line.startswith(lines)) + "\n")


def test_every_check_is_in_the_reference_and_no_other():
    assert set(re.findall(r"^\| `([a-z-]+)` \|", REFERENCE, re.MULTILINE)) == CHECKS.keys()


def test_a_dataset_that_is_kept_well_passes_every_check():
    assert set(states(with_record(FULL)).values()) == {"passed"}


@pytest.mark.parametrize(
    ("line", "check"),
    [("title:", "title"), ("summary:", "description"), ("publisher:", "publisher"), ("keywords:", "keywords"),
     ("topics:", "topics"), ("frequency:", "frequency"), ("modified:", "modified"), ("each_row_is:", "each-row-is"),
     ("known_limits:", "known-limits"), ("spatial:", "spatial"), ("temporal:", "temporal")])
def test_what_a_record_does_not_say_is_at_fault_in_its_file(line, check):
    found = checks(without(line))[check]

    assert (found.state, found.where[0].path, found.where[0].line) == ("failed", "datasets/trees/dataset.yaml", 1)


@pytest.mark.parametrize("empty", ["keywords: []", "keywords: ['']", "keywords:"], ids=["no items", "an empty one", "nothing"])
def test_a_list_of_nothing_says_nothing(empty):
    text = FULL.replace("keywords: [shade, canopy]", empty)

    assert states(with_record(text))["keywords"] == "failed"


@pytest.mark.parametrize(("site", "publisher", "whose"), [("", "", None), ("contact: {email: a@example.gov}\n", "", "site"), (
    "contact: {email: a@example.gov}\n", "contact: {phone: 1}\n", "publisher")], ids=["nobody", "the site", "the publisher"])
def test_whoever_is_nearest_answers(site, publisher, whose):
    files = a_city(**{"site.yaml": f"name: A\nlicense: cc0-1.0\n{site}",
                      "publishers__parks.yaml": f"title: Parks\n{publisher}"})

    assert checks(files)["contact"].facts.get("from") == whose


def test_the_license_of_the_site_holds_and_is_told_apart():
    assert checks(a_city())["license"].facts == {
        "from": "site", "given": "Creative Commons Zero 1.0 (public domain dedication)"}


def test_a_license_that_says_there_is_none_is_none():
    files = a_city(**{"licenses__unspecified.yaml": "title: License Not Specified\n",
                      "datasets__trees__dataset.yaml": TREES + "license: unspecified\n"})
    found = checks(files)["license"]

    assert (found.state, found.facts, found.where[0].line) == ("failed", {"given": "License Not Specified"}, 13)


def test_the_repository_knows_when_rows_that_are_kept_in_it_changed():
    text = FULL.replace("modified: 2026-01-01\n", "")
    known = kept(with_record(text), committed={"datasets/trees/trees.csv": kept(a_city()).datasets[0].updated})

    assert {each.id: each.state for each in known.practice.health["trees"]}["modified"] == "passed"


def test_documents_alone_have_no_rows_to_tell_of():
    text = "title: A plan\nfiles:\n  - {url: https://example.gov/plan.pdf}\n"
    found = states(with_record(text))

    assert ("each-row-is" in found, "dictionary" in found, found["machine-readable"]) == (False, False, "failed")


def test_what_is_not_published_is_asked_for_a_reason_and_little_else():
    text = "title: Trees\nsummary: All.\npublisher: parks\nstatus: retired\nreason: Replaced.\n"
    found = states({path: body for path, body in with_record(text).items() if path != "datasets/trees/trees.csv"})

    assert found == {"title": "passed", "description": "passed", "publisher": "passed", "contact": "passed", "reason": "passed",
                     "problems": "passed"}


def test_a_column_without_a_meaning_is_counted_and_found():
    found = checks(with_record(FULL.replace("title: How tall it is, ", "")))["dictionary"]

    assert (found.state, found.count, found.of, found.facts["names"]) == ("failed", 1, 2, "height")
    assert "height" in found.where[0].excerpt


def test_a_table_without_a_dictionary_has_no_meaning_in_any_column():
    text = FULL.partition("columns:")[0]

    assert (checks(with_record(text))["dictionary"].count, checks(with_record(text))["dictionary"].of) == (0, 2)


def test_rows_that_are_kept_elsewhere_have_a_dictionary_or_none():
    elsewhere = "title: A\nfiles:\n  - {url: https://example.gov/rows.csv}\n"

    assert states(with_record(elsewhere))["dictionary"] == "failed"
    assert states(with_record(f"{elsewhere}columns:\n  a: {{title: What it is}}\n"))["dictionary"] == "passed"


def test_an_amount_without_a_unit_is_at_fault():
    found = checks(with_record(FULL.replace("unit: feet, ", "")))["units"]

    assert (found.state, found.count, found.of) == ("failed", 0, 1)


@pytest.mark.parametrize("name", ["tree_id", "OBJECTID", "zipCode", "year", "council_district", "lat", "X", "permit_no"])
def test_numbers_that_measure_nothing_need_no_unit(name):
    text = FULL.replace("height:", f"{name}:").replace("unit: feet, ", "")
    files = {**with_record(text), "datasets/trees/trees.csv": f"species,{name}\noak,1\nelm,2\n"}

    assert "units" not in checks(files)


def test_a_column_named_as_a_shared_one_should_be_it():
    files = {**with_record(FULL), "columns/species.yaml": "title: The species\n"}

    assert (states(files)["shared-columns"], checks(with_record(FULL)).get("shared-columns")) == ("failed", None)


def test_a_missed_update_is_late_by_days():
    found = checks(with_record(FULL.replace("frequency: yearly", "frequency: monthly")))["on-time"]

    assert (found.state, found.facts) == ("failed", {"days": "149", "due": "2026-02-01"})


@pytest.mark.parametrize(("every", "state"), [("never", None), ("irregular", None), ("yearly", "passed")])
def test_what_promises_nothing_is_not_asked_to_be_on_time(every, state):
    assert states(with_record(FULL.replace("frequency: yearly", f"frequency: {every}"))).get("on-time") == state


def test_without_a_schedule_nobody_can_tell():
    assert states(without("frequency:"))["on-time"] == "unknown"


def test_warnings_about_rows_are_faults_of_rows_and_not_further_problems():
    files = {**with_record(FULL), "datasets/trees/trees.csv": "species;height\noak;1\nelm;2\n"}
    found = checks(files)

    assert (found["valid-rows"].state, found["valid-rows"].facts["codes"], found["problems"].state) == (
        "failed", "csv-delimiter", "passed")


def test_a_row_that_stands_there_twice_is_at_fault():
    files = {**with_record(FULL.replace("\n    primary_key: [species]", "")),
             "datasets/trees/trees.csv": "species,height\noak,1\noak,1\n"}

    assert checks(files)["distinct-rows"].facts == {"rows": "1"}


def test_a_key_that_could_be_declared_should_be():
    found = checks(with_record(FULL.replace("\n    primary_key: [species]", "")))["primary-key"]

    assert (found.state, found.facts) == ("failed", {"names": "species"})


def test_an_empty_column_is_at_fault():
    files = {**with_record(FULL), "datasets/trees/trees.csv": "species,height\noak,\nelm,\n"}

    assert (checks(files)["empty-columns"].state, checks(files)["empty-columns"].count) == ("failed", 1)


def test_gaps_are_explained_by_saying_that_a_column_may_be_empty():
    assert (states(with_record(FULL.replace(", required: false", "")))["gaps-explained"],
            states(with_record(FULL))["gaps-explained"]) == ("failed", "passed")


def test_links_are_unknown_until_they_are_checked():
    text = FULL + "landing_page: https://example.gov/a\n"

    assert states(with_record(text))["links"] == "unknown"
    assert states(with_record(text), links=found_links(b=""))["links"] == "unknown"


def test_a_broken_link_is_found_on_its_line():
    text = FULL + "description: See [this](https://example.gov/b_(1)) and https://example.gov/a.\n"
    found = checks(with_record(text), links=found_links(**{"a": "", "b_(1)": "404 Not Found"}))["links"]

    assert (found.state, found.count, found.of, found.where[0].line) == ("failed", 1, 2, 18)
    assert found.facts == {"url": "https://example.gov/b_(1)", "says": "404 Not Found"}


def test_what_keeps_people_from_reading_an_attached_document_is_told():
    files = {**with_record(FULL.replace("columns:", "  - {path: plan.pdf}\ncolumns:")), "datasets/trees/plan.pdf": b"%PDF-1.7"}
    text = files["datasets/trees/dataset.yaml"]
    files["datasets/trees/dataset.yaml"] = text.replace("    primary_key: [species]\n",
                                                        "    primary_key: [species]\n  - {path: plan.pdf}\n", 1).replace(
        "  - {path: plan.pdf}\ncolumns:", "columns:")
    path = "datasets/trees/plan.pdf"

    assert states(files)["accessible"] == "unknown"
    assert states(files, faults={path: ()})["accessible"] == "passed"
    assert checks(files, faults={path: ("it has no title",)})["accessible"].facts == {
        "path": "plan.pdf", "says": "it has no title"}


def test_a_problem_that_its_own_check_does_not_see_is_an_open_one():
    named = with_record(FULL.replace("keywords:", "contact: {name: The parks desk}\nkeywords:"))
    files = {**named, "site.yaml": "name: A\nlicense: cc0-1.0\n", "publishers/parks.yaml": "title: Parks\n"}
    found = checks(files)

    assert (found["contact"].state, found["problems"].state) == ("passed", "failed")
    assert "contact-missing" in found["problems"].facts["codes"]


def test_what_is_not_asked_of_a_planned_dataset_is_no_open_problem_of_it():
    planned = "title: Trees\nsummary: All.\npublisher: parks\nstatus: planned\nreason: So.\n"
    found = kept(with_record(planned))

    assert "modified-missing" in {each.code for each in found.practice.problems}
    assert "modified-missing" not in found.practice.health["trees"][-1].facts.get("codes", "")


def test_advice_that_no_check_tells_of_is_an_open_problem():
    files = a_city(**{"site.yaml": "name: A\nlicense: cc0-1.0\ncontact: {email: a@example.gov}\n"})
    found = checks(files)["problems"]

    assert (found.state, found.facts) == ("failed", {"codes": "contact-name-missing", "problems": "1"})
