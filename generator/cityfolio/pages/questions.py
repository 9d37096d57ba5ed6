"""What this data shows: the questions that a department wrote, each with its answer, a comparison, and the rows behind it."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.answers import Answer, AnsweredQuestion, Asked
from cityfolio.model.catalog import Dataset, File
from cityfolio.pages.asking import explorer_link
from cityfolio.pages.conditions import conditions_words, measure_words
from cityfolio.pages.figures import figure, unit_beside
from cityfolio.pages.incomplete import measured_value
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words


class QuestionView(Frozen, kw_only=True):
    """A question on a page."""

    question: str
    number: Markup                # the answer
    unit: str
    compared: Markup              # the same of other rows; "" without a comparison
    source: Markup                # how it was computed, and from how many rows, with a link to them


def questions(dataset: Dataset, site: Site) -> tuple[QuestionView, ...]:
    """The questions of a dataset, in the department's order."""
    return tuple(_view(each, dataset, site) for each in dataset.answers.questions)


def unit_of(unit: str | None, asked: Asked, file: File) -> str:
    """What an answer counts: as the department says, else the unit of the column that is measured."""
    if unit is not None or asked.of is None:
        return unit or ""
    return next((column.record.unit or "" for column in file.columns if column.name == asked.of), "")


def rows_words(answer: Answer, file: File, words: Words) -> Markup:
    """How many rows an answer is from; those that have a value, where some lack it."""
    total = answer.total
    if total.filled < total.rows:
        rows = words.ngettext("%(filled)s of %(count)s row", "%(filled)s of %(count)s rows", total.rows,
                              filled=words.number(total.filled))
    else:
        rows = words.ngettext("%(count)s row", "%(count)s rows", total.rows)
    return words.gettext("%(rows)s of the sample", rows=rows) if file.shows_sample else rows


def source_words(answer: Answer, file: File, href: str, words: Words) -> Markup:
    """How an answer was computed, with a link to its rows: "Median of days_open, from 12 rows where status is Closed"."""
    rows = rows_words(answer, file, words)
    linked = Markup('<a href="{}">{}</a>').format(href, rows) if href else rows
    measure, where = measure_words(answer.asked, words), conditions_words(answer.asked, file, words)
    if where:
        return words.gettext("%(measure)s, from %(rows)s where %(conditions)s", measure=measure, rows=linked, conditions=where)
    return words.gettext("%(measure)s, from %(rows)s", measure=measure, rows=linked)


def _view(answered: AnsweredQuestion, dataset: Dataset, site: Site) -> QuestionView:
    record, answer, words = answered.record, answered.answer, site.words
    file = dataset.files[answered.place]
    href = explorer_link(dataset, answered.place, answer.asked, site)
    value = measured_value(answer.total, answer.asked.measure)
    number = figure(value, answer.asked.measure, record.decimals, words)
    return QuestionView(
        question=record.question or "", number=number,
        unit=unit_beside(number, unit_of(record.unit, answer.asked, file)) if value is not None else "",
        compared=_compared(answered, dataset, site), source=source_words(answer, file, href, words),
    )


def _compared(answered: AnsweredQuestion, dataset: Dataset, site: Site) -> Markup:
    record, answer = answered.record, answered.compared
    if answer is None or record.compare is None:
        return Markup("")
    value = figure(measured_value(answer.total, answer.asked.measure), answer.asked.measure, record.decimals, site.words)
    href = explorer_link(dataset, answered.place, answer.asked, site)
    linked = Markup('<a href="{}">{}</a>').format(href, value) if href else value
    return site.words.gettext("By comparison: %(value)s %(rows)s", value=linked, rows=record.compare.says or "")
