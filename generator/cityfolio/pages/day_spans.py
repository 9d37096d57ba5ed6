"""Days within sentences, and spans of time in words: "1 May 2026 to 31 May 2026", "del 1 al 31 de mayo de 2026"."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from cityfolio.pages.words import Words

DAY = len("2026-05-01")


def within(text: str, words: Words) -> Markup:
    """A year, month, day or moment as it stands within a sentence, where some languages put an article before a day."""
    said = words.moment(text)
    is_day = len(text) >= DAY and said != Markup.escape(text)
    return words.pgettext("within a sentence", "%(day)s", day=said) if is_day else said


def ends(start: str, end: str, words: Words) -> tuple[Markup, Markup]:
    """The two ends of a span as a sentence says them: years, months, days or moments."""
    low, high = within(start, words), within(end, words)
    if len(start) == len(end) == DAY and low != high:
        first = _first(date.fromisoformat(start), date.fromisoformat(end), words)
        return words.pgettext("within a sentence", "%(day)s", day=first), high
    return low, high


def span(start: str, end: str, words: Words) -> Markup:
    """From one year, month, day or moment to another."""
    low, high = ends(start, end, words)
    if words.is_spanish and start == end and len(start) in (4, 7):     # "en 2024", and not "de 2024 a 2024"
        return words.gettext("in %(period)s", period=low)
    return words.gettext("%(start)s to %(end)s", start=low, end=high)


def days(first: date, last: date, words: Words) -> tuple[Markup, Markup]:
    """The two days that a span begins and ends with, as a sentence says them, for programs too."""
    start = Markup('<time datetime="{}">{}</time>').format(first.isoformat(), _first(first, last, words))
    return (words.pgettext("within a sentence", "%(day)s", day=start),
            words.pgettext("within a sentence", "%(day)s", day=words.time(last)))


def _first(first: date, last: date, words: Words) -> Markup:
    """The first day of a span. Spanish does not say the month and the year that the last day says."""
    if not words.is_spanish or first.year != last.year:
        return words.day(first)
    return Markup(str(first.day)) if first.month == last.month else words.month_day(first.month, first.day)
