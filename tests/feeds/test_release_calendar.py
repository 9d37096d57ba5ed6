"""`/calendar/calendar.ics`: events whose names stay, dated by days that somebody wrote down."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cityfolio.cache import Cache
from cityfolio.feeds.release_calendar import release_calendar
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.site import Drawn, Entry, Manifest, Output
from cityfolio.pages.calendar_days import days_for_calendars, has_days_for_calendars
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.words import Words
from feeds.test_measure_feeds import events_in
from pages.factories import a_build, a_catalog, a_dataset
from pages.promises import a_commitment, a_plan, a_rule, promised


def events(*datasets: Dataset, known: Any = None, **build: Any) -> list[dict[str, str]]:
    """The events of the calendar of some datasets and of what a city wrote."""
    return events_of(promised(a_catalog(*datasets), **(known or {})), **build)


def events_of(catalog: Catalog, **build: Any) -> list[dict[str, str]]:
    """The events of a catalog's calendar."""
    made = list(release_calendar(catalog, a_build(**build), Words()))
    return events_in(made[0].body.decode()) if made else []   # type: ignore[union-attr]


def test_an_event_is_a_whole_day_with_its_page_and_who_does_it() -> None:
    assert events(a_plan(on=date(2026, 3, 31), publisher="Parks")) == [{
        "UID": "calendar-release-benches@data.example.gov", "DTSTAMP": "20260331T000000Z", "DTSTART": "20260331",
        "SUMMARY": "Data to be released: Benches", "DESCRIPTION": "Parks", "CATEGORIES": "RELEASE",
        "URL": "https://data.example.gov/data/benches/", "TRANSP": "TRANSPARENT"}]


def test_an_event_that_is_put_off_keeps_its_name() -> None:
    before, after = events(a_plan(on=date(2026, 3, 31))), events(a_plan(on=date(2026, 9, 30)))

    assert (before[0]["UID"], before[0]["DTSTART"]) == (after[0]["UID"], "20260331")


def test_no_two_events_share_a_name() -> None:
    known = {"commitments": [a_commitment("Trees")], "rules": [a_rule("Trees", review_by=date(2026, 1, 1)),
                                                               a_rule("Board", held=date(2026, 1, 1))]}
    found = events(a_dataset("Trees", frequency="monthly"), a_plan("Elms"), known=known)

    assert (len(found), len({each["UID"] for each in found})) == (5, 5)


def test_the_calendar_is_the_same_whenever_it_is_built() -> None:
    catalog = promised(a_catalog(a_plan(), a_dataset("Trees", frequency="monthly")), commitments=[a_commitment()])

    assert events_of(catalog) == events_of(catalog, now=replace(a_build(), now=a_build().now.replace(year=2031)).now)


def test_data_that_is_renewed_every_day_fills_no_calendar() -> None:
    assert events(a_dataset("Trees", frequency="daily")) == []


def test_without_an_address_events_are_named_by_the_site() -> None:
    found = events(a_plan(), base_url="")

    assert (found[0]["UID"], "URL" in found[0]) == ("calendar-release-benches@Example%20City%20open%20data", False)


@pytest.mark.parametrize("frequency", ["yearly", "daily", None])
def test_there_is_a_calendar_where_there_are_entries_for_one(frequency: str | None) -> None:
    catalog = a_catalog(a_dataset(frequency=frequency))

    assert has_days_for_calendars(catalog) == bool(days_for_calendars(catalog))


def made_again(folder: Path, *datasets: Dataset) -> list[Output]:
    """The calendar of some datasets, known where it was made of the same days before."""
    catalog = a_catalog(*datasets)
    known = KnownParts(catalog, a_build(), Cache(folder), "the program")
    found = list(release_calendar(known.catalog, known.build, Words(), known))
    known.keep(Manifest(entries={"calendar/calendar.ics": Entry(path="calendar/calendar.ics", bytes=1, sha256="a")}),
               frozenset())
    return found


def test_a_calendar_is_known_while_its_days_are_the_same_whatever_else_is_said_of_datasets(tmp_path: Path) -> None:
    def made(title: str, **changed: Any) -> list[Output]:
        return made_again(tmp_path, a_dataset(title, frequency="monthly", **changed))

    first, other_words, other_title = made("Trees"), made("Trees", description="In parks."), made("Elms")

    assert [isinstance(each.body, Drawn) for each in (*first, *other_words, *other_title)] == [False, True, False]


def test_a_day_among_very_many_is_not_overlooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[release_calendar.__module__], "AT_ONCE", 1)
    dates = [date(2026, 3, 31), date(2026, 3, 31), date(2026, 4, 1)]
    made = [made_again(tmp_path, a_plan("Elms"), a_plan("Trees", on=on)) for on in dates]

    assert [isinstance(each.body, Drawn) for [each] in made] == [False, True, False]


def test_a_calendar_of_which_no_digest_can_be_told_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[release_calendar.__module__], "digest_of", lambda *days: "")
    made = [made_again(tmp_path, a_plan("Elms")) for _ in range(2)]

    assert [isinstance(each.body, Drawn) for [each] in made] == [False, False]
