"""How the answers to a standard are said: a word, a shape of its own and a tone; and what the catalog was asked, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup, escape

from cityfolio.measures.expression import columns_of
from cityfolio.model.assessment import CheckAnswer, CriterionAnswer
from cityfolio.model.standard import CheckRecord, FactTable, LevelRecord
from cityfolio.pages.kind_words import coded
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_formula import Reader
from cityfolio.pages.standings import Tone
from cityfolio.pages.words import Words
from cityfolio.practice.levels import exact

Stance = Literal["data", "word", "waits", "not-met"]

TONES: Mapping[Stance, Tone] = MappingProxyType({"data": "good", "word": "good", "waits": "muted", "not-met": "warn"})
_FILLED = ' fill="currentColor" stroke="none"'
# Each is told from every other by its outline alone, in gray and on paper.
SHAPES: Mapping[Stance, str] = MappingProxyType({
    "data": '<path d="M2 8.5l4 4L14 3.5"/>',                                                                  # a check mark
    "word": '<path d="M2 2h12v8H8l-4 4v-4H2z"/><path d="M5 6h6"/>',                                           # a speech bubble
    "waits": f'<path d="M3 1.5h10M3 14.5h10M4 2c0 4 8 8 8 12M12 2c0 4-8 8-8 12"/><circle{_FILLED} cx="8" cy="12" r="1"/>',
    "not-met": '<circle cx="8" cy="8" r="6"/>',                                                              # an empty ring
})


def stance_of(answer: CriterionAnswer) -> Stance:
    """How a criterion stands. It waits where what it asks is there, and only another criterion is missing."""
    if answer.is_met:
        return "word" if answer.answer == "attested" else "data"
    return "waits" if answer.waits_for and _holds_itself(answer) else "not-met"


def _holds_itself(answer: CriterionAnswer) -> bool:
    record = answer.record
    if record.among and len(answer.parts) < (record.among.least or 0):
        return False
    shown = bool(record.checks) and all(each.holds for each in answer.checks)
    said = bool(record.attest) and any(each.is_valid for each in answer.attestations)
    if record.either:
        return shown or said
    return (shown or not record.checks) and (said or not record.attest)


@lru_cache(maxsize=8)
def stance_words(words: Words) -> Mapping[Stance, Markup]:
    """The words of each answer."""
    _ = words.gettext
    return MappingProxyType({"data": _("Met, from the data"), "word": _("Met, by the city’s word"),
                             "waits": _("Waits for another criterion"), "not-met": _("Not met")})


def stance_mark(stance: Stance, words: Words) -> Markup:
    """The shape of an answer and its words, in its tone."""
    return marked(stance, stance_words(words)[stance])


def marked(stance: Stance, text: Markup) -> Markup:
    """A text with the shape and the tone of an answer."""
    return Markup('<span class="status" data-tone="{}"><svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" '
                  'fill="none" stroke="currentColor" stroke-width="2">{}</svg><span>{}</span></span>').format(
        TONES[stance], Markup(SHAPES[stance]), text)


def level_words(level: LevelRecord | None, words: Words) -> Markup:
    """A level by its name."""
    return Markup.escape(told(level.title or level.id or "")) if level else words.gettext("None yet")


@lru_cache(maxsize=8)
def table_words(words: Words) -> Mapping[FactTable, Markup]:
    """What the rows of each table of facts are."""
    _ = words.gettext
    return MappingProxyType({
        "datasets": _("datasets"), "files": _("files"), "columns": _("columns"), "publishers": _("publishers"),
        "goals": _("goals"), "measures": _("measures"), "commitments": _("commitments"), "requests": _("requests for data"),
        "uses": _("uses of data"), "rules": _("rules and meetings"), "guides": _("guides"), "site": _("facts about the site"),
    })


def fact_words(says: str, words: Words) -> Markup:
    """What a fact means, as the declaration of its column says it."""
    return coded(escape(str(words.gettext(says))))


def check_words(check: CheckRecord, words: Words) -> Markup:
    """What a check asks, in a sentence or two."""
    _, reader = words.gettext, Reader(words=words)
    rows = table_words(words)[check.table or "datasets"]
    asked = _("Of the %(rows)s for which %(condition)s", rows=rows, condition=reader.condition(check.where)) if (
        check.where) else _("Of all %(rows)s", rows=rows)
    good = reader.condition(check.good) if check.good else Markup("")
    needed = needed_words(check, words)
    if check.different:
        places = {"asked": asked, "needed": needed, "column": reader.column(check.different)}
        if good:
            return _("%(asked)s, take those for which %(condition)s: the number of different values of %(column)s must be "
                     "%(needed)s.", condition=good, **places)
        return _("%(asked)s, the number of different values of %(column)s must be %(needed)s.", **places)
    if good:
        return _("%(asked)s, it must be so for %(needed)s that %(condition)s.", asked=asked, needed=needed, condition=good)
    return _("%(asked)s, there must be %(needed)s.", asked=asked, needed=needed)


def needed_words(check: CheckRecord, words: Words) -> Markup:
    """How many have to count: "at least 80%"."""
    return words.all_of(tuple(_needed(check, words)))


def _needed(check: CheckRecord, words: Words) -> Iterator[Markup]:
    _ = words.gettext
    if check.share is not None:
        share = percent_words(check.share, words)
        if check.share == 1 and not check.over:
            yield share
        else:
            yield _("more than %(share)s", share=share) if check.over else _("at least %(share)s", share=share)
    if check.least is not None:
        yield _("at least %(count)s", count=words.number(check.least))
    if check.most is not None:
        yield _("at most %(count)s", count=words.number(check.most)) if check.most else _("none")


def percent_words(share: float, words: Words) -> Markup:
    """A share as a standard has it: 0.125 is 12.5%."""
    percent = exact(share) * 100
    text = str(int(percent)) if percent.denominator == 1 else f"{float(percent):g}"
    return words.gettext("%(share)s%%", share=text)


def result_words(answer: CheckAnswer, words: Words) -> Markup:
    """What the catalog answered, in numbers."""
    if answer.check.different:
        return words.ngettext("%(count)s different value", "%(count)s different values", answer.counted)
    if not answer.check.good and answer.check.share is None:
        return Markup.escape(words.number(answer.counted)) if answer.counted else words.gettext("There is none")
    if not answer.of:
        return words.gettext("There is none to be asked")
    places = {"counted": words.number(answer.counted), "of": words.number(answer.of)}
    if answer.check.share is None:
        return words.gettext("%(counted)s of %(of)s", **places)
    return words.gettext("%(counted)s of %(of)s, %(share)s", share=words.percent(answer.counted, answer.of), **places)


def shortfall_words(answer: CheckAnswer, words: Words) -> Markup:
    """What the rows that do not count are called; "" where nobody asks for them, since none has to count or enough do."""
    if not answer.short or answer.check.most is not None:
        return Markup("")
    count = words.number(len(answer.short))
    if answer.check.share is not None:
        return words.gettext("Falling short: %(count)s", count=count)
    return Markup("") if answer.holds else words.gettext("Not counted: %(count)s", count=count)


def counted_words(answer: CheckAnswer, words: Words) -> Markup:
    """What the rows that count are called."""
    return words.gettext("Counted: %(count)s", count=words.number(len(answer.good)))


def columns_asked(check: CheckRecord) -> tuple[str, ...]:
    """The columns of facts that a check asks, in the order in which they are met."""
    found = [name for text in (check.where, check.good) if text for name in columns_of(text)]
    return tuple(dict.fromkeys([*found, *((check.different,) if check.different else ())]))


def met_words(met: int, of: int, words: Words) -> Markup:
    """How many criteria are met: "12 of 40"."""
    return words.gettext("%(met)s of %(of)s", met=words.number(met), of=words.number(of))


def share_bar(met: int, of: int) -> Markup:
    """A plain bar of a share, which stands beside its numbers and says nothing that they do not."""
    width = 100 * met / of if of else 0
    return Markup('<svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
                  '<rect width="{:.4g}" height="8"/></svg>').format(width)
