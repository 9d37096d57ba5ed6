"""What changed in the answers to a standard since they were last written down, and how it stood each time."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.assessment import Answer, Assessment, CriterionAnswer
from cityfolio.pages.repository import view_url
from cityfolio.pages.shell import Link
from cityfolio.pages.standard_criteria import Telling, in_order, said_answer, wholes_of
from cityfolio.pages.standard_steps import level_of
from cityfolio.pages.standard_words import met_words, stance_mark, stance_of


class Changed(Frozen):
    """Criteria whose answers are not what they were: those met now, those no longer met, those met by other evidence."""

    better: tuple[CriterionAnswer, ...] = ()
    worse: tuple[CriterionAnswer, ...] = ()
    otherwise: tuple[CriterionAnswer, ...] = ()
    new: tuple[CriterionAnswer, ...] = ()     # that were not asked then


class ChangeLine(Frozen, kw_only=True):
    """A criterion with what its answer was and is."""

    link: Link
    before: Markup                # "" where it was not asked
    after: Markup


class ChangeGroup(Frozen, kw_only=True):
    """Changes of one kind."""

    title: Markup
    lines: tuple[ChangeLine, ...]


class PastLine(Frozen, kw_only=True):
    """An assessment that was written down."""

    day: Markup
    level: Markup
    met: Markup
    file: str                     # "" where no repository is named


class ChangesSince(Frozen, kw_only=True):
    """What changed since the last assessment."""

    title: Markup
    groups: tuple[ChangeGroup, ...]
    past: tuple[PastLine, ...]


def changed(made: Assessment) -> Changed:
    """What changed since the last assessment; nothing where none was written down."""
    if not made.past:
        return Changed()
    answers = in_order(made)
    asked = [each for each in answers if each.was is not None]
    return Changed(
        better=tuple(each for each in asked if each.is_met and each.was == "not-met"),
        worse=tuple(each for each in asked if not each.is_met and each.was != "not-met"),
        otherwise=tuple(each for each in asked if each.is_met and each.was not in ("not-met", each.answer)),
        new=tuple(each for each in answers if each.was is None))


def changes_since(telling: Telling) -> ChangesSince | None:
    """What changed, criterion by criterion; None where no assessment was written down."""
    made, words = telling.assessment, telling.site.words
    if not made.past:
        return None
    found, _ = changed(made), words.gettext
    named = ((_("Met now"), found.better), (_("No longer met"), found.worse), (_("Met by other evidence"), found.otherwise),
             (_("Not asked before"), found.new))
    return ChangesSince(
        title=_("What changed since %(day)s", day=words.day(made.past[0].on)),
        groups=tuple(ChangeGroup(title=title, lines=tuple(_line(each, telling) for each in answers))
                     for title, answers in named if answers),
        past=tuple(_past(at, telling) for at in range(len(made.past))))


def _line(answer: CriterionAnswer, telling: Telling) -> ChangeLine:
    return ChangeLine(link=telling.link(answer.id), before=said_answer(answer.was, telling) if answer.was else Markup(""),
                      after=stance_mark(stance_of(answer), telling.site.words))


def _past(at: int, telling: Telling) -> PastLine:
    made, words = telling.assessment, telling.site.words
    past = made.past[at]
    met, of = counted(past.answers, made)
    return PastLine(day=words.time(past.on), level=level_of(past.level, made, words), met=met_words(met, of, words),
                    file=view_url(telling.site.catalog.site.repository, past.source_path))


def counted(answers: Mapping[str, Answer], made: Assessment) -> tuple[int, int]:
    """How many criteria of an earlier assessment were met, and of how many. Parts of others do not count, as now."""
    parts = wholes_of(made)
    whole = {each: answer for each, answer in answers.items() if each not in parts}
    return sum(answer != "not-met" for answer in whole.values()), len(whole)
