"""Where a measure stands, as readers meet it: a word, a shape of its own, and a tone; never the color alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import STATUSES, Status
from cityfolio.pages.words import Words

Tone = Literal["good", "warn", "bad", "muted"]

TONES: Mapping[Status, Tone] = MappingProxyType({
    "achieved": "good", "on-track": "good", "inside": "good", "near": "warn", "off-track": "bad", "worse-than-baseline": "bad",
    "outside": "bad", "stale": "warn", "suppressed": "muted", "no-data": "muted", "watch": "muted",
})
_FILLED = ' fill="currentColor" stroke="none"'
# Each is told from every other by its outline alone, in gray and on paper.
SHAPES: Mapping[Status, str] = MappingProxyType({
    "achieved": f'<path{_FILLED} d="M8 .5l2.3 4.9 5.2.7-3.8 3.7 1 5.4L8 12.6l-4.7 2.6 1-5.4L.5 6.1l5.2-.7z"/>',   # a star
    "on-track": '<path d="M2 8.5l4 4L14 3.5"/>',                                                               # a check mark
    "inside": f'<path d="M2 2v12M14 2v12"/><circle{_FILLED} cx="8" cy="8" r="3"/>',              # a dot between two limits
    "near": f'<circle cx="8" cy="8" r="6"/><path{_FILLED} d="M8 2a6 6 0 0 1 0 12z"/>',                    # a half-full ring
    "off-track": f'<path{_FILLED} d="M1 2.5h14L8 15z"/>',                                       # a triangle that points down
    "worse-than-baseline": '<path d="M2 2l6 5 6-5M2 9l6 5 6-5"/>',                                   # two arrowheads down
    "outside": f'<path d="M2 2v12M8 2v12"/><circle{_FILLED} cx="13" cy="8" r="3"/>',                # a dot beside two limits
    "stale": '<circle cx="8" cy="8" r="6.5"/><path d="M8 4v4.5l3 2"/>',                                             # a clock
    "suppressed": '<path d="M3 8h10v6H3zM5 8V5a3 3 0 0 1 6 0v3"/>',                                               # a padlock
    "no-data": '<path d="M3 8h10"/>',                                                                               # a dash
    "watch": f'<path d="M1 8c4-6 10-6 14 0-4 6-10 6-14 0z"/><circle{_FILLED} cx="8" cy="8" r="2"/>',                # an eye
})


class StandingView(Frozen, kw_only=True):
    """A status as shown: its name for programs, its word, its tone, and its shape beside its word."""

    name: Status
    word: Markup
    tone: Tone
    mark: Markup


class StandingCount(Frozen, kw_only=True):
    """How many measures have a status."""

    view: StandingView
    count: int
    text: Markup         # "3 on track", with its shape


@lru_cache(maxsize=64)
def standing_view(status: Status, words: Words) -> StandingView:
    """A status with everything that a page shows of it."""
    word, tone = status_words(words)[status], TONES[status]
    return StandingView(name=status, word=word, tone=tone, mark=_marked(tone, status, word))


def standing_mark(status: Status, words: Words) -> Markup:
    """The shape of a status and its word, in its color."""
    return standing_view(status, words).mark


def standing_shape(status: Status) -> Markup:
    """The shape of a status alone, in the color of the text; its word must stand beside it."""
    return Markup('<svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" '
                  f'stroke-width="2">{SHAPES[status]}</svg>')


def counted_standings(statuses: Iterable[Status], words: Words) -> tuple[StandingCount, ...]:
    """How many there are of each status that occurs, in the order of the house. Never a mean: it would hide the worst."""
    counts = Counter(statuses)
    return tuple(StandingCount(view=standing_view(each, words), count=counts[each], text=_counted(each, counts[each], words))
                 for each in STATUSES if counts[each])


def _counted(status: Status, count: int, words: Words) -> Markup:
    text = words.gettext("%(status)s: %(count)s", count=words.number(count), status=status_words(words)[status])
    return _marked(TONES[status], status, text)


def _marked(tone: Tone, status: Status, text: Markup) -> Markup:
    return Markup('<span class="status" data-tone="{}">{}<span>{}</span></span>').format(tone, standing_shape(status), text)


@lru_cache(maxsize=8)
def status_words(words: Words) -> Mapping[Status, Markup]:
    """The word of each status."""
    _ = words.gettext
    return MappingProxyType({
        "achieved": _("Achieved"), "on-track": _("On track"), "inside": _("Inside the range"), "near": _("Near"),
        "off-track": _("Off track"), "worse-than-baseline": _("Worse than the baseline"), "outside": _("Outside the range"),
        "stale": _("Stale"), "suppressed": _("Suppressed"), "no-data": _("No data"), "watch": _("Watched, without a target"),
    })


@lru_cache(maxsize=8)
def status_meanings(words: Words) -> Mapping[Status, Markup]:
    """What each status says, in a sentence."""
    _ = words.gettext
    return MappingProxyType({
        "no-data": _("There is no value for the newest period."),
        "stale": _("The newest value is older than the city promised to keep it. No color is shown, whatever it was."),
        "suppressed": _("The value is not shown, because so few rows stand behind it that it could tell of a person."),
        "watch": _("The value is followed and has no target."),
        "achieved": _("The target in force has been reached."),
        "on-track": _("The value is where it is expected to be by now, or better."),
        "near": _("The value falls short of what is expected by now, within the tolerance."),
        "worse-than-baseline": _("The value is worse than where it started."),
        "off-track": _("The value falls short of what is expected by now by more than the tolerance."),
        "inside": _("The value lies in the range that the city wants."),
        "outside": _("The value lies outside the range by more than the tolerance."),
    })
