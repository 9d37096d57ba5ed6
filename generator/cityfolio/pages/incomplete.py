"""Sums of which some is missing, because rows have no value in the column that is summed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from cityfolio.model.answers import Answer, Group
from cityfolio.model.questions import Measure
from cityfolio.pages.words import Words

MOST_NAMED = 3


def measured_value(group: Group) -> str | None:
    """The value of a group. That the sum of nothing is 0 must not look like something that was measured."""
    return None if group.rows and not group.filled else group.value


def is_partial(group: Group, measure: Measure) -> bool:
    """Whether a sum is of some rows of its group alone."""
    return measure == "sum" and 0 < group.filled < group.rows


def with_rows(value: Markup, group: Group, measure: Measure, words: Words) -> Markup:
    """A value; where it is a sum of which some is missing, with the number of rows that it is of."""
    if not is_partial(group, measure):
        return value
    return words.ngettext("%(value)s (%(filled)s of %(count)s row)", "%(value)s (%(filled)s of %(count)s rows)", group.rows,
                          value=value, filled=words.number(group.filled))


def incomplete_words(answer: Answer, name: Callable[[Group], Markup], words: Words) -> Markup:
    """Which sums lack some, and of how many rows; "" where none does."""
    if answer.asked.measure != "sum":
        return Markup("")
    found = [group for group in answer.groups if group.filled < group.rows]
    groups = Markup("; ").join(_named(group, name(group), words) for group in found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    if more > 0:
        return words.ngettext(
            "Incomplete sums, because rows lack a value: %(groups)s; and %(count)s more.",
            "Incomplete sums, because rows lack a value: %(groups)s; and %(count)s more.", more, groups=groups)
    return words.gettext("Incomplete sums, because rows lack a value: %(groups)s.", groups=groups) if groups else Markup("")


def whole_ones(groups: Sequence[Group], measure: Measure) -> Sequence[Group]:
    """The groups to compare with each other: those that lack nothing, unless most lack some."""
    whole = [group for group in groups if not is_partial(group, measure)]
    return whole if len(whole) > len(groups) / 2 else groups


def _named(group: Group, name: Markup, words: Words) -> Markup:
    return words.ngettext("%(key)s (%(empty)s of %(count)s row)", "%(key)s (%(empty)s of %(count)s rows)", group.rows,
                          key=name, empty=words.number(group.rows - group.filled))
