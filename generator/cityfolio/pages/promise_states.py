"""How a commitment or a request stands, as readers meet it: a word, a shape of its own, and a tone; never the color alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup

from cityfolio.model.practice import Asker, CommitmentRecord, CommitmentState, RequestState
from cityfolio.pages.words import Words
from cityfolio.practice.commitment_days import is_overdue

Tone = Literal["good", "warn", "bad", "muted"]
PromiseState = Literal["promised", "under-way", "kept", "broken", "dropped", "overdue", "open", "planned", "answered",
                       "refused", "withdrawn", "late"]

TONES: Mapping[PromiseState, Tone] = MappingProxyType({
    "promised": "muted", "under-way": "muted", "kept": "good", "broken": "bad", "dropped": "muted", "overdue": "bad",
    "open": "muted", "planned": "muted", "answered": "good", "refused": "warn", "withdrawn": "muted", "late": "bad",
})
_CHECK, _BANG, _RING = '<path d="M2 8.5l4 4L14 3.5"/>', '<path d="M8 2v8M8 12v2.5"/>', '<circle cx="8" cy="8" r="6"/>'
_BAR = '<path d="M3 8h10"/>'
SHAPES: Mapping[PromiseState, str] = MappingProxyType({
    "promised": _RING, "open": _RING,
    "under-way": f'{_RING}<path fill="currentColor" stroke="none" d="M8 2a6 6 0 0 1 0 12z"/>',     # a half-full ring
    "kept": _CHECK, "answered": _CHECK,
    "broken": '<path d="M3 3l10 10M13 3L3 13"/>',                                                     # a cross
    "refused": '<circle cx="8" cy="8" r="6"/><path d="M4 12l8-8"/>',                                # a ring struck through
    "planned": '<path d="M8 2v12M2 8h12"/>',                                                           # a plus
    "dropped": _BAR, "withdrawn": _BAR, "overdue": _BANG, "late": _BANG,
})


def promise_mark(state: PromiseState, text: Markup) -> Markup:
    """A state as its shape and some words, in its color."""
    return Markup('<span class="status" data-tone="{}"><svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" '
                  'fill="none" stroke="currentColor" stroke-width="2">{}</svg><span>{}</span></span>').format(
                      TONES[state], Markup(SHAPES[state]), text)


def commitment_state(record: CommitmentRecord, today: date) -> PromiseState:
    """How a commitment stands on a day: overdue when it was due before and is not settled."""
    return "overdue" if is_overdue(record, today) else record.state


def commitment_words(words: Words) -> Mapping[CommitmentState | Literal["overdue"], Markup]:
    """The word of each state of a commitment."""
    _ = words.gettext
    return {"promised": _("Promised"), "under-way": _("Under way"), "kept": _("Kept"), "broken": _("Broken"),
            "dropped": _("Dropped"), "overdue": _("Overdue")}


def request_words(words: Words) -> Mapping[RequestState, Markup]:
    """The word of each state of a request."""
    return {"open": words.pgettext("request", "Open"), "planned": words.pgettext("request", "Planned"),
            "answered": words.pgettext("request", "Answered"), "refused": words.pgettext("request", "Refused"),
            "withdrawn": words.pgettext("request", "Withdrawn")}


def asker_words(words: Words) -> Mapping[Asker, Markup]:
    """What kind of person or body asked, within a sentence."""
    _ = words.gettext
    return {"resident": _("a resident"), "business": _("a business"), "journalist": _("a journalist"),
            "researcher": _("a researcher"), "nonprofit": _("a nonprofit"), "government": _("another government"),
            "not-told": Markup("")}
