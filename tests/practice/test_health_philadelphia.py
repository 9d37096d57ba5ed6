"""A live catalog of 468 datasets: its health tells what is counted here from the source's own files, with nothing of ours."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
import yaml

from cityfolio.check.registry import check
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.model.catalog import Build
from cityfolio.pages.health_counts import at_fault, by_check
from cityfolio.practice.practised import practised
from cityfolio.tables.published import Tables
from pages.drawing import draw_site

EMPTY = {"", "null", "~"}
PERIOD = re.compile(r"R\d*/")


@pytest.fixture(scope="module")
def source(inputs):
    """Each record by its file name, read by the plainest means."""
    found = {}
    for path in sorted((inputs / "jkan-opendataphilly" / "_datasets").glob("*.md")):
        text = re.match(r"---\n(.*?)^---", path.read_text(), re.DOTALL | re.MULTILINE)[1]
        found[path.stem] = yaml.load(text.replace("\t", " "), yaml.BaseLoader)
    return found


@pytest.fixture(scope="module")
def catalog(inputs):
    made = import_jkan(FolderTree(inputs / "jkan-opendataphilly"), name="OpenDataPhilly", today=date(2026, 11, 23))
    loaded = load(MemoryTree(made.files))
    build = Build(now=datetime(2026, 11, 23, tzinfo=UTC))
    return practised(link(loaded, Tables(), build), loaded, build, check(loaded, build))


@pytest.fixture(scope="module")
def site(catalog):
    return draw_site(catalog=catalog, build=Build(now=datetime(2026, 11, 23, tzinfo=UTC)))


@pytest.fixture(scope="module")
def failed(catalog):
    return {identifier: count.of - count.passed for identifier, count in by_check(catalog).items()}


def lacking(source, *keys):
    """How many records say nothing under any of some keys."""
    return sum(all(said(each.get(key)) == "" for key in keys) for each in source.values())


def said(value):
    text = " ".join(str(each).strip() for each in value) if isinstance(value, list) else str(value or "").strip()
    return "" if text in EMPTY else text


def test_days_of_the_last_change_are_missing_as_often_as_in_the_source(source, failed):
    given = Counter("period" if PERIOD.match(said(each.get("modified"))) else "day" if said(each.get("modified")) else "empty"
                    for each in source.values())

    assert (given["empty"], given["period"], failed["modified"]) == (374, 32, 406)


def test_those_that_hold_a_period_instead_say_so(source, catalog):
    periods = {stem.replace("_", "-") for stem, each in source.items() if PERIOD.match(said(each.get("modified")))}
    told = {dataset.id for dataset, found in at_fault(catalog)["modified"] if "frequency" in found.facts}

    assert told == periods


def test_schedules_are_missing_as_often_as_in_the_source(source, failed):
    assert failed["frequency"] == len(source) - sum(bool(PERIOD.match(said(each.get("modified")))) for each in source.values())


def test_licenses_are_missing_as_often_as_in_the_source(source, failed):
    given = Counter(said(each.get("license")) for each in source.values())

    assert (given[""], given["License Not Specified"], failed["license"]) == (38, 110, 148)


@pytest.mark.parametrize(
    ("check", "keys", "count"),
    [("title", ("title",), 1), ("description", ("notes",), 19), ("publisher", ("organization",), 0),
     ("topics", ("category",), 0), ("keywords", ("tags",), 2),
     ("contact", ("maintainer", "maintainer_email", "maintainer_phone", "maintainer_link"), 73),
     ("spatial", ("area_of_interest",), 279)])
def test_what_records_do_not_say_is_missing_as_often_as_in_the_source(source, failed, check, keys, count):
    assert (failed[check], lacking(source, *keys)) == (count, count)


def test_times_that_cannot_be_read_for_certain_are_missing_too_and_kept_as_notes(source, catalog, failed):
    given = {stem.replace("_", "-"): said(each.get("time_period")) for stem, each in source.items()}
    unread = [dataset.id for dataset, _ in at_fault(catalog)["temporal"] if given[dataset.id]]
    kept = [each for each in unread if given[each] in catalog_notes(catalog)[each]]

    assert (failed["temporal"], lacking(source, "time_period"), unread) == (423, 409, kept)


@pytest.mark.parametrize(("check", "expected"), [
    ("modified", ["374 datasets: the day of the last change is not known", "32 datasets: it says how often and not when"]),
    ("license", ["110 datasets: it is given as “License Not Specified”, which is no license",
                 "38 datasets: no license is named"])])
def test_what_is_missing_and_what_says_nothing_are_counted_apart_where_readers_see_it(site, check, expected):
    listed = site.page(f"/health/{check}/").section("What there is to mend").all("ul")[0].all("a")

    assert [each.text for each in listed] == expected
    assert [each.text for each in site.page("/health/").main.all("a") if each.text in expected] == expected


def catalog_notes(catalog):
    return {each.id: list(each.record.notes.values()) for each in catalog.datasets}


def test_the_page_says_the_same_numbers(site):
    lines = {line[0]: line for line in site.page("/health/").table()}

    assert [lines[name][2:4] for name in ("Title", "Day of the last change", "License")] == [
        ["467 of 468", "1"], ["62 of 468", "406"], ["320 of 468", "148"]]
