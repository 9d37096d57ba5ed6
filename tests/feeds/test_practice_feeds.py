"""What programs read of standards and of what can be seen by group, and the evidence in one file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import orjson
import pytest
from jsonschema import Draft202012Validator

from cityfolio.feeds import practice_json
from cityfolio.feeds.equity_json import equity_file
from cityfolio.feeds.evidence_tables import named_checks, tables_of
from cityfolio.feeds.evidence_zip import evidence_packs
from cityfolio.feeds.facts_csv import facts_files
from cityfolio.feeds.openapi_schemas import SCHEMAS
from cityfolio.feeds.practice_json import practice_files
from cityfolio.model.catalog import Catalog
from cityfolio.pages.words import Words
from pages.assessments import a_check, a_check_answer, an_answer, an_assessed_catalog, an_assessment
from pages.catalogs import a_full_catalog
from pages.factories import a_build, a_catalog as a_plain_catalog, a_dataset
from pages.measures import a_measured_catalog


def files(catalog: Catalog) -> dict[str, bytes]:
    """Every output about practice by its address."""
    outputs = (*practice_files(catalog, a_build()), *evidence_packs(catalog, a_build(), Words()))
    return {each.url: each.body for each in outputs if isinstance(each.body, bytes)}


@pytest.fixture(scope="module")
def full() -> dict[str, bytes]:
    return files(an_assessed_catalog())


@pytest.fixture(scope="module")
def charter(full: dict[str, bytes]) -> Any:
    return orjson.loads(full["/practice/charter/index.json"])


def criterion(charter: Any, name: str) -> Any:
    return next(each for each in charter["criteria"] if each["id"] == name)


def test_every_file_of_practice_is_there(full: dict[str, bytes]) -> None:
    assert set(full) == {
        "/practice/index.json", "/practice/practice.json", "/practice/charter/index.json",
        "/practice/charter/evidence/index.json", "/practice/charter/evidence/datasets.csv",
        "/practice/charter/evidence/guides.csv", "/practice/charter/evidence/site.csv", "/practice/charter/evidence.zip"}


def test_a_city_that_names_no_standard_has_none_of_them() -> None:
    assert files(a_full_catalog()) == {}


@pytest.mark.parametrize(("url", "form"), [
    ("/practice/index.json", "Practice"), ("/practice/practice.json", "Answers"), ("/practice/charter/index.json", "Answered"),
    ("/practice/charter/evidence/index.json", "Evidence")])
def test_each_has_the_form_that_is_promised(full: dict[str, bytes], url: str, form: str) -> None:
    schema = {**SCHEMAS[form], "components": {"schemas": SCHEMAS}}

    assert [each.message for each in Draft202012Validator(schema).iter_errors(orjson.loads(full[url]))] == []


def test_everything_is_called_a_self_assessment(full: dict[str, bytes], charter: Any) -> None:
    assert charter["self_assessment"] is True
    assert orjson.loads(full["/practice/index.json"])["self_assessment"] is True


def test_each_answer_names_its_query_and_the_rows_it_rests_on(charter: Any) -> None:
    evidence = criterion(charter, "inventory")["evidence"][0]

    assert evidence["query"] == "datasets where status == 'published': share of has_dictionary == true, at least 80%"
    assert (evidence["holds"], evidence["counted"], evidence["of"]) == (True, 2, 2)
    assert (evidence["good"], evidence["short"]) == (["crimes", "late-one"], [])
    assert evidence["rows"] == "https://data.example.gov/practice/charter/evidence/datasets.csv"


def test_an_attestation_is_evidence_with_whether_it_counts(charter: Any) -> None:
    given = criterion(charter, "training")["evidence"][-1]["attestation"]

    assert (given["is_valid"], given["by"], given["expires"]) == (False, "Chief data officer", "2025-06-01")


def test_the_way_to_the_next_level_is_named_by_its_criteria(charter: Any) -> None:
    assert (charter["level"], charter["next_level"], charter["next"]) == ("starting", "building", ["dictionaries", "meetings"])


def test_what_changed_is_named_by_criterion(charter: Any) -> None:
    assert charter["changed"]["since"] == "2025-01-31"
    assert (charter["changed"]["better"], charter["changed"]["worse"]) == (["inventory"], ["dictionaries"])
    assert charter["past"][0]["answers"] == {"inventory": "not-met", "dictionaries": "met"}


def test_a_list_too_long_for_an_answer_is_in_its_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice_json, "MOST_IDS", 1)
    catalog = an_assessed_catalog(an_assessment(an_answer(checks=(a_check_answer(("crimes", "late-one")),))))

    evidence = orjson.loads(files(catalog)["/practice/charter/index.json"])["criteria"][0]["evidence"][0]

    assert "good" not in evidence
    assert evidence["counted"] == 2
    assert evidence["rows"].endswith("/datasets.csv")


def test_every_row_has_its_answer_to_each_check() -> None:
    checks = (a_check_answer(("crimes",), ("late-one",)), a_check_answer(("late-one",)))
    catalog = an_assessed_catalog(an_assessment(an_answer("one", checks=checks)))

    rows = list(csv.DictReader(io.StringIO(files(catalog)["/practice/charter/evidence/datasets.csv"].decode())))

    assert {row["id"]: (row["one 1"], row["one 2"]) for row in rows if row["one 1"] or row["one 2"]} == {
        "crimes": ("counts", ""), "late-one": ("falls short", "counts")}
    assert len(rows) == len(catalog.datasets)


def test_a_check_of_a_table_that_is_not_there_has_no_table() -> None:
    made = an_assessment(an_answer(checks=(a_check_answer(check=a_check(table="uses")),)))

    assert tables_of(made, {}) == {}
    assert list(named_checks(made)) == ["inventory"]


def test_the_facts_in_the_pack_are_those_that_are_published(full: dict[str, bytes]) -> None:
    published = {each.url: each.body for each in facts_files(an_assessed_catalog(), a_build())}

    assert pack(full).read("charter-evidence/facts/datasets.csv") == published["/inventory/inventory.csv"]


def pack(full: dict[str, bytes]) -> ZipFile:
    return ZipFile(io.BytesIO(full["/practice/charter/evidence.zip"]))


def test_the_pack_holds_the_text_the_answers_the_attestations_the_rows_and_the_facts(full: dict[str, bytes]) -> None:
    assert pack(full).namelist() == [f"charter-evidence/{name}" for name in (
        "README.md", "answers.json", "attestations.json", "evidence/datasets.csv", "evidence/guides.csv", "evidence/site.csv",
        "facts/datasets.csv", "facts/guides.csv", "facts/site.csv", "standard.json")]


def test_the_pack_is_the_same_in_every_build(full: dict[str, bytes]) -> None:
    assert files(an_assessed_catalog()) == full
    assert {each.date_time for each in pack(full).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_text_says_everything_that_the_page_says(full: dict[str, bytes]) -> None:
    text = pack(full).read("charter-evidence/README.md").decode()

    assert text.startswith("# Evidence for the self-assessment: Data charter\n")
    assert "Nobody else has checked or certified these answers." in text
    assert "### Dictionaries\n\n**Not met**" in text
    assert "**Falling short: 16**\n\n- Crimes\n- Late one\n- gone-00" in text
    assert "> The board meets each quarter.\n\nChief data officer, 2025-04-01 – 2026-04-01. Counts." in text
    assert "- <https://example.gov/minutes>" in text
    assert "1. Dictionaries\n2. Meetings" in text


def test_a_long_list_in_the_text_says_where_the_rest_is() -> None:
    many = tuple(f"row-{at}" for at in range(53))
    catalog = an_assessed_catalog(an_assessment(an_answer(checks=(a_check_answer(many),))))

    assert "3 more: see evidence/datasets.csv" in pack(files(catalog)).read("charter-evidence/README.md").decode()


def test_what_a_city_wrote_is_no_markup_in_the_text() -> None:
    catalog = an_assessed_catalog(an_assessment(an_answer(record={"title": "<b>*Bold*</b>\n# x"})))

    assert "### \\<b>\\*Bold\\*\\</b> \\# x" in pack(files(catalog)).read("charter-evidence/README.md").decode()


def test_what_can_be_seen_by_group_has_the_form_that_is_promised() -> None:
    (made,) = equity_file(a_measured_catalog(), a_build())
    assert isinstance(made.body, bytes)
    schema, said = {**SCHEMAS["Equity"], "components": {"schemas": SCHEMAS}}, orjson.loads(made.body)

    assert [each.message for each in Draft202012Validator(schema).iter_errors(said)] == []
    assert said["measures"][0]["by"] == [{"column": "council_district", "kind": "group", "groups": 4, "held_back": 0}]
    assert said["measures"][1]["lacks"] == "by-hand"


def test_where_there_is_nothing_to_tell_there_is_no_such_file() -> None:
    assert list(equity_file(a_plain_catalog(a_dataset(files=())), a_build())) == []


def test_facts_that_are_not_there_are_not_pointed_to() -> None:
    catalog = an_assessed_catalog(an_assessment(an_answer(checks=(a_check_answer(),))))
    bare = replace(catalog, practice=replace(catalog.practice, facts={}))

    assert "rows" not in orjson.loads(files(bare)["/practice/charter/index.json"])["criteria"][0]["evidence"][0]
