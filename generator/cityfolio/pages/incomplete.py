"""Sums of which some is missing, because rows have no value in the column that is summed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from markupsafe import Markup

from cityfolio.model.answers import Answer, Group, Others
from cityfolio.model.questions import Measure
from cityfolio.pages.words import Words

MOST_NAMED = 3
_Measured = Group | Others


def measured_value(group: _Measured, measure: Measure) -> str | None:
    """The value of a group. That the sum of nothing is 0 must not look like something that was measured."""
    return group.value if group.filled or measure == "count" else None


def is_partial(group: _Measured, measure: Measure) -> bool:
    """Whether a sum is of some rows of its group alone."""
    return measure == "sum" and 0 < group.filled < group.rows


def with_rows(value: Markup, group: _Measured, measure: Measure, words: Words) -> Markup:
    """A value; where it is a sum of which some is missing, with the number of rows that it is of."""
    if not is_partial(group, measure):
        return value
    return words.ngettext("%(value)s (%(filled)s of %(count)s row)", "%(value)s (%(filled)s of %(count)s rows)", group.rows,
                          value=value, filled=words.number(group.filled))


def incomplete_words(answer: Answer, name: Callable[[_Measured], Markup], words: Words) -> Markup:
    """Which sums lack some, and of how many rows; "" where none does."""
    if answer.asked.measure != "sum":
        return Markup("")
    every = (*answer.groups, *((answer.others,) if answer.others else ()))
    found = [group for group in every if group.filled < group.rows]
    groups = Markup("; ").join(_named(group, name(group), words) for group in found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    if more > 0:
        return words.ngettext(
            "Incomplete sums, because rows lack a value: %(groups)s; and %(count)s more.",
            "Incomplete sums, because rows lack a value: %(groups)s; and %(count)s more.", more, groups=groups)
    return words.gettext("Incomplete sums, because rows lack a value: %(groups)s.", groups=groups) if groups else Markup("")


def extremes(groups: Sequence[Group], measure: Measure) -> tuple[Group, Group, bool]:
    """The greatest and the least of some groups that have a value, and whether all of them were compared.

    What a sum lacks may take it further from zero. So a sum above zero of which some is missing can be the greatest, and is not
    called the least for that; below zero it is the other way round. Where most lack some, all are compared as they are.
    """
    whole = [group for group in groups if not is_partial(group, measure)]
    if len(whole) <= len(groups) / 2:
        whole = list(groups)
    parts = [group for group in groups if is_partial(group, measure)]
    most = max((*whole, *(group for group in parts if _number(group) > 0)), key=_number)
    least = min((*whole, *(group for group in parts if _number(group) < 0)), key=_number)
    return most, least, len(whole) == len(groups)


def _number(group: Group) -> Decimal:
    return Decimal(group.value or "0")


def _named(group: _Measured, name: Markup, words: Words) -> Markup:
    return words.ngettext("%(key)s (%(empty)s of %(count)s row)", "%(key)s (%(empty)s of %(count)s rows)", group.rows,
                          key=name, empty=words.number(group.rows - group.filled))
