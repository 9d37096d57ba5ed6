"""What was asked, in words: the measure, and what holds of the rows."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.model.answers import Asked, Filter
from cityfolio.model.catalog import Column, File
from cityfolio.model.records import ColumnType
from cityfolio.pages.day_spans import within
from cityfolio.pages.markdown import told
from cityfolio.pages.values import MOMENTS
from cityfolio.pages.words import Words


def measure_words(asked: Asked, words: Words) -> Markup:
    """The measure and its column: "Median of days_open"."""
    _, column = words.gettext, code(asked.of or "")
    return {
        "count": lambda: _("Number of rows"),
        "sum": lambda: _("Sum of %(column)s", column=column),
        "mean": lambda: _("Mean of %(column)s", column=column),
        "median": lambda: _("Median of %(column)s", column=column),
        "min": lambda: _("Least %(column)s", column=column),
        "max": lambda: _("Greatest %(column)s", column=column),
    }[asked.measure]()


def conditions_words(asked: Asked, file: File, words: Words) -> Markup:
    """What holds of the rows, as what follows "where"; "" where all rows are asked."""
    return words.all_of([_condition(each, file, words) for each in asked.filters])


def column_of(file: File, name: str | None) -> Column | None:
    """A column of a file by its name."""
    return next((each for each in file.columns if each.name == name), None)


def value_words(value: str, name: str, file: File, words: Words) -> Markup:
    """What a value of a column stands for; where the dictionary does not say, the value itself, a date in words."""
    column, kind = column_of(file, name), _kind(file, name)
    said = column.record.values.get(value) if column else None
    if said:
        return Markup.escape(told(said))
    if kind == "boolean":
        return words.gettext("Yes") if value == "true" else words.gettext("No")
    return words.moment(value) if kind in MOMENTS else Markup.escape(value)


def code(name: str) -> Markup:
    """A column's name."""
    return Markup("<code>{}</code>").format(name)


def _kind(file: File, name: str) -> ColumnType:
    return file.profile.types.get(name, "any") if file.profile else "any"


def _condition(given: Filter, file: File, words: Words) -> Markup:
    _, condition, column, kind = words.gettext, given.condition, code(given.column), _kind(file, given.column)
    low, high = (within(end, words) if kind in MOMENTS else Markup.escape(words.figure(end))
                 for end in (condition.low, condition.high))
    if condition.test == "is":
        values = _any_of([value_words(each, given.column, file, words) for each in condition.values], words)
        return _("%(column)s is %(values)s", column=column, values=values)
    if condition.test == "contains":
        return _("%(column)s contains “%(text)s”", column=column, text=condition.text)
    if condition.test == "empty":
        return _("%(column)s is empty", column=column)
    if condition.test == "filled":
        return _("%(column)s is filled in", column=column)
    if not condition.low:
        return _("%(column)s is up to %(high)s", column=column, high=high)
    if not condition.high:
        return _("%(column)s is from %(low)s on", column=column, low=low)
    return _("%(column)s is from %(low)s to %(high)s", column=column, low=low, high=high)


def _any_of(values: list[Markup], words: Words) -> Markup:
    marked = [words.gettext("“%(value)s”", value=each) for each in values]
    if len(marked) == 1:
        return marked[0]
    return words.gettext("%(values)s or %(last)s", values=words.sentence_list(marked[:-1]), last=marked[-1])
