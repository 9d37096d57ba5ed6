"""Goals and measures as documents: found by what they say, by whom they are of, and by the data behind them."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Dataset
from cityfolio.model.measured import Goal, Measure
from cityfolio.pages import routes
from cityfolio.pages.goal_parts import datasets_of
from cityfolio.pages.markdown import excerpt, words_only
from cityfolio.pages.measure_answer import answer_words
from cityfolio.pages.shell import Site
from cityfolio.pages.standings import status_words
from cityfolio.search.documents import Document
from cityfolio.search.plain_words import plain


def goals(site: Site) -> Iterator[Document]:
    """Every goal, by its own words and the titles of its measures."""
    topics = {each.id: each.title for each in site.catalog.topics}
    for goal in site.catalog.goals:
        record = goal.record
        named = (goal.priority.title if goal.priority else "", *(topics.get(each, "") for each in record.topics))
        yield Document(
            id=goal.id, kind="goal", title=goal.title, url=routes.goal_url(goal.id), text=_sentence(goal, site),
            about=goal.owner.title if goal.owner else "",
            fields={"about": _said(*named), "description": _said(plain(record.description or ""), plain(record.why or "")),
                    "keywords": tuple(each.title for each in goal.measures)})


def measures(site: Site) -> Iterator[Document]:
    """Every measure, by its own words, its goal, and the words of the data that it is computed from."""
    for measure in site.catalog.measures:
        record, behind = measure.record, [site.datasets[each] for each in datasets_of(measure) if each in site.datasets]
        named = (measure.owner.title if measure.owner else "", *(each.title for each in behind), *_topics(behind))
        yield Document(
            id=measure.id, kind="measure", title=measure.title, url=routes.measure_url(measure.id),
            text=words_only(answer_words(measure, site.words)), about=measure.goal.title if measure.goal else "",
            detail=words_only(status_words(site.words)[measure.status]),
            fields={"about": _said(*named), "description": _said(plain(record.description or ""), plain(record.why or "")),
                    "keywords": _said(*(word for each in behind for word in each.record.keywords))})


def _sentence(goal: Goal, site: Site) -> str:
    """What a result shows of a goal: its description, else what its headline says."""
    if goal.record.description:
        return excerpt(goal.record.description)
    return words_only(answer_words(goal.headline, site.words)) if goal.headline else ""


def _topics(datasets: list[Dataset]) -> Iterator[str]:
    for dataset in datasets:
        yield from (topic.title for topic in dataset.topics)


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in texts if each))


def words_of_goal(goal: Goal) -> str:
    """The words by which a goal is found, each once and in lower case, for other programs."""
    return _words(goal.title, goal.priority.title if goal.priority else "", goal.owner.title if goal.owner else "",
                  plain(goal.record.description or ""), *(each.title for each in goal.measures))


def words_of_measure(measure: Measure) -> str:
    """The words by which a measure is found, each once and in lower case, for other programs."""
    return _words(measure.title, measure.goal.title if measure.goal else "", measure.owner.title if measure.owner else "",
                  measure.dataset.title if measure.dataset else "", plain(measure.record.description or ""))


def _words(*texts: str) -> str:
    return " ".join(dict.fromkeys(" ".join(texts).casefold().split()))
