"""The feed of changes of status and the calendar of what is due: dated by facts, with names that stay."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, strategies as st

from cityfolio.feeds.icalendar import LONGEST_LINE, Event, folded, icalendar
from cityfolio.feeds.measure_atom import measure_feed
from cityfolio.feeds.measure_calendar import measure_calendar
from cityfolio.model.measured import Computation, Measure
from cityfolio.model.performance import ActionRecord, FollowUpRecord, GoalRecord, ReviewRecord
from cityfolio.model.site import InPieces
from cityfolio.pages.words import Words
from cityfolio.tables.exports import pieces
from pages.factories import a_build, a_catalog
from pages.measures import a_full_measure, a_goal, a_measure, a_measure_record, a_measured_catalog, a_target

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(*measures: Measure, **build: Any) -> ElementTree.Element | None:
    """The feed of some measures; None where there is none."""
    made = list(measure_feed(replace(a_catalog(), measures=measures), a_build(**build), Words()))
    return ElementTree.fromstring(made[0].body) if made else None   # it is our own


def entries(*measures: Measure, **build: Any) -> list[tuple[str, str, str]]:
    """Title, day and identifier of each entry."""
    feed = feed_of(*measures, **build)
    assert feed is not None
    return [tuple((each.findtext(f"{ATOM}{name}") or "") for name in ("title", "updated", "id"))   # type: ignore[misc]
            for each in feed.iter(f"{ATOM}entry")]


def calendar_of(*measures: Measure, goal: GoalRecord | None = None, **build: Any) -> list[dict[str, str]]:
    """The events of a calendar: each line's name, without parameters, and its value, unfolded and unescaped."""
    goals = (a_goal("Streets are smooth", *measures, **({"record": goal} if goal else {})),)
    made = list(measure_calendar(replace(a_catalog(), measures=measures, goals=goals), a_build(**build), Words()))
    return events_in(made[0].body.decode()) if made else []   # type: ignore[union-attr]


def events_in(text: str) -> list[dict[str, str]]:
    """The events of a calendar as it is written."""
    lines = text.replace("\r\n ", "").split("\r\n")
    bodies = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    return [{name.partition(";")[0]: re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
             for name, _, value in (line.partition(":") for line in body.split("\nEND:VEVENT")[0].split("\n"))}
            for body in bodies]


def test_an_entry_is_of_the_first_day_after_the_period_in_which_the_status_changed() -> None:
    assert entries(a_measure("One"))[0] == (
        "One: Near", "2025-05-01T00:00:00Z", "https://data.example.gov/measures/one/#status-2025-04")


def test_the_feed_is_the_same_whenever_it_is_built() -> None:
    later = replace(a_build(), now=a_build().now.replace(year=2031))
    catalog = replace(a_catalog(), measures=(a_full_measure(),))

    assert list(measure_feed(catalog, a_build(), Words())) == list(measure_feed(catalog, later, Words()))


def test_an_entry_says_from_where_to_where_and_the_value() -> None:
    feed = feed_of(a_measure("One"))

    assert feed is not None
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "April 2025: from Off track to Near (74%)"


def test_where_nothing_moved_the_feed_is_dated_by_the_newest_period() -> None:
    computed = replace(a_measure("One").computed, standings=())
    feed = feed_of(a_measure("One", computed=computed))

    assert feed is not None
    assert feed.findtext(f"{ATOM}updated") == "2025-11-01T00:00:00Z"
    assert feed.find(f"{ATOM}entry") is None


def test_without_any_period_there_is_no_feed() -> None:
    assert feed_of(a_measure("One", computed=Computation())) is None


def test_what_is_due_is_in_the_calendar_on_its_day() -> None:
    record = a_measure_record(
        targets=(a_target("85", "2026-06"),), actions=(ActionRecord(title="Second crew", due=date(2026, 3, 1)),),
        reviews=(ReviewRecord(date=date(2026, 1, 5), follow_ups=(FollowUpRecord(what="Bring costs", due=date(2026, 2, 1)),)),))
    found = calendar_of(a_measure("Potholes", record=record), goal=GoalRecord(next_report=date(2026, 8, 15)))

    assert [(each["DTSTART"], each["SUMMARY"]) for each in found if each["CATEGORIES"] != "DATA"] == [
        ("20260201", "Follow-up due: Bring costs"), ("20260301", "Action due: Second crew"),
        ("20260630", "Target due: 85%, Potholes"), ("20260815", "Report on the goal: Streets are smooth")]


def test_the_data_behind_a_measure_is_due_as_its_dataset_promises() -> None:
    catalog = a_measured_catalog()
    made = next(iter(measure_calendar(catalog, a_build(), Words()))).body.decode()   # type: ignore[union-attr]
    found = [each for each in events_in(made) if each["UID"].startswith("data-service-requests-311@")]
    dataset = next(each for each in catalog.datasets if each.id == "service-requests-311")

    assert dataset.freshness.due is not None
    assert [each["DTSTART"] for each in found] == [f"{dataset.freshness.due:%Y%m%d}"]


@pytest.mark.parametrize("done", [{"state": "done"}, {"state": "dropped"}, {"done_on": date(2026, 1, 1)}], ids=str)
def test_what_is_done_or_dropped_is_not_due(done: Any) -> None:
    record = a_measure_record(targets=(), actions=(ActionRecord(title="Second crew", due=date(2026, 3, 1), **done),))

    assert [each for each in calendar_of(a_measure("One", record=record)) if each["CATEGORIES"] == "ACTION"] == []


def test_an_event_keeps_its_name_when_it_is_put_off() -> None:
    first, second = (calendar_of(a_measure("One", record=a_measure_record(
        targets=(), actions=(ActionRecord(title="Second crew", due=day),)))) for day in (date(2026, 3, 1), date(2026, 9, 1)))

    assert {each["UID"] for each in first} == {each["UID"] for each in second}


def test_no_two_events_have_one_name() -> None:
    twice = (ActionRecord(title="Crew", due=date(2026, 3, 1)), ActionRecord(title="Crew", due=date(2026, 4, 1)))
    names = [each["UID"] for each in calendar_of(a_measure("One", record=a_measure_record(actions=twice)))]

    assert len(names) == len(set(names))


def test_an_event_is_stamped_by_what_somebody_wrote_down_and_not_by_the_clock() -> None:
    found = calendar_of(a_measure("One", record=a_measure_record(targets=(a_target(set_on=date(2024, 7, 1)),))))

    assert [each["DTSTAMP"] for each in found if each["CATEGORIES"] == "TARGET"] == ["20240701T000000Z"]


def test_without_anything_due_there_is_no_calendar() -> None:
    assert calendar_of(a_measure("One", record=a_measure_record(targets=()), dataset=None)) == []


def test_texts_are_escaped_as_the_standard_wants() -> None:
    day = date(2026, 3, 1)
    body = icalendar("A; B", [Event(uid="a@b", day=day, known_since=day, title="C, D\\E", description="F\nG")])
    assert isinstance(body, bytes)
    text = body.decode()

    assert "SUMMARY:C\\, D\\\\E\r\nDESCRIPTION:F\\nG\r\n" in text
    assert "NAME:A\\; B\r\n" in text


def test_a_long_calendar_lies_in_pieces_of_whole_events(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2026, 3, 1 + number) for number in range(9)]
    events = [Event(uid=f"{day}@b", day=day, known_since=day, title="C") for day in days]
    held = icalendar("A", events)
    monkeypatch.setattr(pieces, "LARGE_BYTES", 0)
    monkeypatch.setattr(pieces, "PIECE_BYTES", 400)
    laid = icalendar("A", events)

    assert isinstance(laid, InPieces)
    assert b"".join(laid.read()) == held
    assert len(list(laid.read())) > 1
    assert all(each.count(b"BEGIN:VEVENT") == each.count(b"END:VEVENT") for each in laid.read())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=400))
def test_lines_are_folded_where_they_are_too_long_and_unfold_to_themselves(line: str) -> None:
    parts = list(folded(line))

    assert all(len(part.encode()) <= LONGEST_LINE for part in parts)
    assert "".join([parts[0], *(part.removeprefix(" ") for part in parts[1:])]) == line
