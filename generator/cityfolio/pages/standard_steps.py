"""The way to the next level: a smallest set of criteria, each with why it is in it; and what each level asks."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.assessment import AreaStanding, Assessment
from cityfolio.model.standard import LevelRecord
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.shell import Link
from cityfolio.pages.standard_criteria import Marked, Telling, area_anchor, wholes_of
from cityfolio.pages.standard_words import level_words, marked, needed_words, percent_words, result_words
from cityfolio.pages.words import Words
from cityfolio.practice.levels import needed


class StepView(Frozen, kw_only=True):
    """A criterion to be met, and why."""

    link: Link
    why: tuple[Markup, ...]
    now: tuple[Markup, ...]       # how far it is, and what is to be shown


class StepsView(Frozen, kw_only=True):
    """The way to the next level."""

    title: Markup
    said: Markup
    steps: tuple[StepView, ...]


class LevelView(Frozen, kw_only=True):
    """What a level asks, and whether it is the one that was reached."""

    title: Markup
    says: Markup
    mark: Markup                  # "" for one that is neither reached nor next
    asks: tuple[Markup, ...]
    criteria: tuple[Marked, ...]  # that it asks for by name


def steps_view(telling: Telling) -> StepsView | None:
    """The way to the next level; None for a standard without levels."""
    made, words = telling.assessment, telling.site.words
    if not made.record.levels:
        return None
    if made.next_level is None:
        return StepsView(title=words.gettext("Next steps"), said=words.gettext("There is no level above this one."), steps=())
    level = level_words(made.next_level, words)
    if made.next_steps:
        said = words.ngettext(
            "One step leads to the level “%(level)s”. No criterion can be left out of it.",
            "These %(count)s steps lead to the level “%(level)s”. No smaller number of criteria does: all ways were compared.",
            len(made.next_steps), level=level)
    else:
        said = words.gettext("No set of these criteria leads to the level “%(level)s”.", level=level)
    return StepsView(title=words.gettext("Next steps: the shortest way to “%(level)s”", level=level), said=said,
                     steps=tuple(StepView(link=telling.link(each), why=tuple(_why(each, made.next_level, telling)),
                                          now=tuple(_now(each, telling)))
                                 for each in made.next_steps))


def _now(step: str, telling: Telling) -> Iterator[Markup]:
    """How far each check of a step is that does not hold, and what would have to be attested."""
    words, answer = telling.site.words, telling.assessment.answers[step]
    for each in answer.checks:
        if not each.holds:
            yield words.gettext("So far: %(result)s. It takes %(needed)s.", needed=needed_words(each.check, words),
                                result=result_words(each, words) if each.of else words.gettext("none"))
    if answer.record.attest and not any(each.is_valid for each in answer.attestations):
        if answer.record.either and answer.checks:
            yield words.gettext("Or this is shown: %(attest)s", attest=told(answer.record.attest))
        else:
            yield words.gettext("What has to be shown: %(attest)s", attest=told(answer.record.attest))


def _why(step: str, level: LevelRecord, telling: Telling) -> Iterator[Markup]:
    """The reasons for a step; where there is no other, that more criteria have to be met in all."""
    made, words = telling.assessment, telling.site.words
    found = [*_named(step, level, telling), *_awaited(step, telling), *_of_area(step, level, telling)]
    if not found and _missing(made.met, made.of, level.share):
        found = [words.gettext("More criteria have to be met in all")]
    yield from found


def _named(step: str, level: LevelRecord, telling: Telling) -> Iterator[Markup]:
    """That the level, or something that it asks for, names the step."""
    _, title = telling.site.words.gettext, level_words(level, telling.site.words)
    if step in level.criteria:
        yield _("“%(level)s” asks for it by name", level=title)
    for whole in wholes_of(telling.assessment).get(step, ()):
        if not telling.assessment.answers[whole].is_met:
            yield _("It is a part of %(criterion)s", criterion=_linked(telling.link(whole)))


def _awaited(step: str, telling: Telling) -> Iterator[Markup]:
    """Which criteria wait for the step."""
    answers = telling.assessment.answers
    waiting = [_linked(telling.link(each)) for each, answer in answers.items()
               if step in answer.record.after and not answer.is_met]
    if waiting:
        yield telling.site.words.gettext("It has to be met before %(criteria)s",
                                         criteria=telling.site.words.all_of(waiting))


def _of_area(step: str, level: LevelRecord, telling: Telling) -> Iterator[Markup]:
    """How many the area of the step lacks."""
    made, words = telling.assessment, telling.site.words
    area = next((each for each in made.areas if step in made.answers and each.id == made.answers[step].area), None)
    lacking = _missing(area.met, area.of, level.each_area) if area else 0
    if area and lacking:
        link = Markup('<a href="#{}">{}</a>').format(area_anchor(area.id), told(area.record.title or area.id))
        yield words.ngettext("%(area)s lacks %(count)s criterion for this level",
                             "%(area)s lacks %(count)s criteria for this level", lacking, area=link)


def _missing(met: int, of: int, share: float) -> int:
    return max(0, needed(share, of) - met)


def _linked(link: Link) -> Markup:
    return Markup('<a href="{}">{}</a>').format(link.href, told(link.text))


def levels_view(telling: Telling) -> tuple[LevelView, ...]:
    """Every level, the lowest first."""
    return tuple(_level(each, telling) for each in telling.assessment.record.levels)


def _level(level: LevelRecord, telling: Telling) -> LevelView:
    made, words = telling.assessment, telling.site.words
    mark = Markup("")
    if made.level and level.id == made.level.id:
        mark = marked("data", words.gettext("Reached"))
    elif made.next_level and level.id == made.next_level.id:
        mark = marked("not-met", words.gettext("Next"))
    return LevelView(title=level_words(level, words), says=rendered(level.says, 4) if level.says else Markup(""), mark=mark,
                     asks=tuple(_asks(level, telling)), criteria=tuple(telling.named(each) for each in level.criteria))


def _asks(level: LevelRecord, telling: Telling) -> Iterator[Markup]:
    made, words = telling.assessment, telling.site.words
    if level.share == 1:
        yield words.gettext("All %(of)s criteria: %(met)s are met.", of=made.of, met=made.met)
    elif level.share:
        yield words.gettext("At least %(share)s of all criteria, which is %(needed)s of %(of)s: %(met)s are met.",
                            share=percent_words(level.share, words), needed=needed(level.share, made.of), of=made.of,
                            met=made.met)
    if level.each_area:
        short = [_short(each, level, words) for each in made.areas if _missing(each.met, each.of, level.each_area)]
        said = words.gettext("At least %(share)s of the criteria of each area.", share=percent_words(level.each_area, words))
        yield said if not short else words.gettext("%(said)s Too few are met in %(areas)s.", said=said,
                                                   areas=words.all_of(short))
    if level.criteria:
        yield words.gettext("Each of these criteria:")


def _short(area: AreaStanding, level: LevelRecord, words: Words) -> Markup:
    return words.gettext("%(area)s (%(met)s, where %(needed)s are needed)", area=told(area.record.title or area.id),
                         met=area.met, needed=needed(level.each_area, area.of))


def level_of(level_id: str | None, made: Assessment, words: Words) -> Markup:
    """A level that was reached earlier, by its id."""
    found = next((each for each in made.record.levels if each.id == level_id), None)
    return level_words(found, words) if found or level_id is None else Markup.escape(level_id)
