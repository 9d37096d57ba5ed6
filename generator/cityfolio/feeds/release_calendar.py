"""`/calendar/calendar.ics`: releases, reviews, meetings, reports, commitments and updates, for the calendars of readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import partial
from operator import attrgetter
from urllib.parse import quote, urlsplit

from cityfolio.feeds.icalendar import Event, icalendar
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.digests import digest_of
from cityfolio.model.site import Output
from cityfolio.pages.calendar_days import CalendarDay, days_for_calendars, sentence
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import words_only
from cityfolio.pages.routes import CALENDAR_FEED
from cityfolio.pages.trees import absolute
from cityfolio.pages.words import Words

AT_ONCE = 1_000
_ALL = attrgetter(*(each.name for each in fields(CalendarDay)))


def release_calendar(catalog: Catalog, build: Build, words: Words, known: KnownParts | None = None) -> Iterator[Output]:
    """The calendar, where anything has a day: RFC 5545 wants at least one event in one."""
    known, days = known or KnownParts(catalog, build), days_for_calendars(catalog)
    # Whatever else changed of datasets: it is made of the days, and of what all files of the site share.
    yield from known.together("calendar", (), partial(_calendar, days, (catalog, words), build), _digests(days))


def _digests(days: Sequence[CalendarDay]) -> list[str] | None:
    """Digests of some days at a time: of very many, what is told of them takes much room."""
    digests = [digest_of(*map(_ALL, days[at:at + AT_ONCE])) for at in range(0, len(days), AT_ONCE)]
    return digests if all(digests) else None


def _calendar(days: Sequence[CalendarDay], told: tuple[Catalog, Words], build: Build) -> Iterator[Output]:
    catalog, words = told
    if days:
        events = (_event(each, told, build) for each in days)
        name = words_only(words.gettext("Data calendar - %(site)s", site=catalog.site.name))
        yield Output(url=CALENDAR_FEED, body=icalendar(name, events), media_type="text/calendar", kind="feed",
                     source="datasets/")


def _event(entry: CalendarDay, told: tuple[Catalog, Words], build: Build) -> Event:
    catalog, words = told
    return Event(uid=_uid(entry, catalog, build), day=entry.day, known_since=entry.since or entry.day,
                 title=words_only(sentence(entry, words)), description=entry.who, category=entry.kind.upper(),
                 url=absolute(entry.page, build) if build.base_url else "")


def _uid(entry: CalendarDay, catalog: Catalog, build: Build) -> str:
    """What names it for ever: the kind and the id, and not the day, which may be put off. "calendar-" tells it from goals'."""
    site = urlsplit(build.base_url)
    where = f"{site.netloc}{site.path}" if build.base_url else quote(catalog.site.name, safe="")
    return f"calendar-{entry.kind}-{entry.of}@{where}"
