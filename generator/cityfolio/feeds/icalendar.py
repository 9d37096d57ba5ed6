"""Calendars as RFC 5545 writes them: events of whole days, nothing that repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from cityfolio.frozen import Frozen
from cityfolio.model.site import InPieces
from cityfolio.tables.exports.pieces import body_of

LONGEST_LINE = 75             # octets, without the line's end (RFC 5545, 3.1)
LINE_END = "\r\n"
MADE_BY = "-//Cityfolio//Goals and measures//EN"


class Event(Frozen, kw_only=True):
    """Something on a day."""

    uid: str            # never changes, and no other event anywhere has it
    day: date
    known_since: date   # what DTSTAMP says: a day that somebody wrote down, never that of a build
    title: str
    description: str = ""
    category: str = ""
    url: str = ""       # full; "" for none


def icalendar(name: str, events: Iterable[Event]) -> bytes | InPieces:
    """A calendar. The standard wants at least one event in it."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MADE_BY}", "CALSCALE:GREGORIAN", f"NAME:{_text(name)}",
            f"X-WR-CALNAME:{_text(name)}"]
    return body_of(map(_written, chain([head], map(_event, events), [["END:VCALENDAR"]])))


def _written(lines: Iterable[str]) -> bytes:
    return "".join(part + LINE_END for line in lines for part in folded(line)).encode()


def folded(line: str) -> Iterator[str]:
    """A line in parts that are short enough. Each but the first begins with a space; no letter is cut."""
    if line.isascii():
        yield line[:LONGEST_LINE]
        yield from (f" {line[at:at + LONGEST_LINE - 1]}" for at in range(LONGEST_LINE, len(line), LONGEST_LINE - 1))
        return
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_day(event.known_since)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.category:
        yield f"CATEGORIES:{_text(event.category)}"
    if event.url:
        yield f"URL:{event.url}"
    # A day on which something is due is no time that anybody is busy in.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11). Control characters have no place in it."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")
    if escaped.isascii() and escaped.isprintable():
        return escaped
    return "".join(letter for letter in escaped if letter >= " " and letter != "\x7f")
