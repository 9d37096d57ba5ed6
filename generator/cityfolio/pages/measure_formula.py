"""How a measure comes out of its rows, in words: expressions read aloud with a dictionary's names for columns and codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from markupsafe import Markup

from cityfolio.frozen import Frozen, field
from cityfolio.measures.expression import (
    Arithmetic,
    Call,
    Column,
    Comparing,
    Comparison,
    Literal,
    Logic,
    Membership,
    Node,
    Not,
    NullTest,
    parse,
)
from cityfolio.model.performance import ComputeRecord, Grain
from cityfolio.model.records import ColumnRecord
from cityfolio.pages.markdown import told
from cityfolio.pages.words import Words

MIRRORED: Mapping[Comparing, Comparing] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
MOMENTS = ("date", "datetime", "time", "year")


class Reader(Frozen, kw_only=True):
    """Reads expressions aloud, with the names that a dictionary gives to columns."""

    words: Words
    columns: Mapping[str, ColumnRecord] = field(default_factory=dict)

    def condition(self, text: str) -> Markup:
        """What has to hold of a row, in words."""
        return self._holds(parse(text))

    def column(self, name: str) -> Markup:
        """A column by its title, else by its name in code type."""
        record = self.columns.get(name)
        return Markup("“{}”").format(told(record.title)) if record and record.title else Markup("<code>{}</code>").format(name)

    def _holds(self, node: Node) -> Markup:
        _ = self.words.gettext
        match node:
            case Logic(operator=operator, parts=parts):
                told = [self._inside(each, node) for each in parts]
                return self.words.joined(told, either=operator != "and")
            case Not(condition=condition):
                return _("it is not so that %(condition)s", condition=self._inside(condition, node))
            case NullTest(item=item, is_negated=is_filled):
                return _("%(value)s is filled in", value=self._value(item)) if is_filled else _(
                    "%(value)s is empty", value=self._value(item))
            case Membership():
                return self._among(node)
            case Comparison():
                return self._compared(node)
            case Call(name="contains", arguments=(text, part)):
                return _("%(text)s contains %(part)s", text=self._value(text), part=self._value(part))
            case Call(name="starts_with", arguments=(text, part)):
                return _("%(text)s begins with %(part)s", text=self._value(text), part=self._value(part))
        return _("%(value)s is true", value=self._value(node))

    def _inside(self, node: Node, outer: Node) -> Markup:
        """A part of a condition; in parentheses where the words alone would not tell what belongs together."""
        is_plain = not isinstance(node, Logic | Not)
        return self._holds(node) if is_plain and not isinstance(outer, Not) else Markup("({})").format(self._holds(node))

    def _among(self, node: Membership) -> Markup:
        values = [self._meaning(node.item, each) for each in node.options]
        places = {"value": self._value(node.item), "values": self.words.sentence_list(values)}
        if node.is_negated:
            return self.words.gettext("%(value)s is none of %(values)s", **places)
        return self.words.gettext("%(value)s is one of %(values)s", **places)

    def _compared(self, node: Comparison) -> Markup:
        _ = self.words.gettext
        left, right, operator = node.left, node.right, node.operator
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, operator = right, left, MIRRORED[operator]
        places = {"value": self._value(left), "other": self._meaning(left, right)}
        in_time = self._is_moment(left) or self._is_moment(right)
        match operator:
            case "==":
                return _("%(value)s is %(other)s", **places)
            case "!=":
                return _("%(value)s is not %(other)s", **places)
            case "<":
                return _("%(value)s is before %(other)s", **places) if in_time else _("%(value)s is under %(other)s", **places)
            case "<=":
                return _("%(value)s is not after %(other)s", **places) if in_time else _(
                    "%(value)s is at most %(other)s", **places)
            case ">":
                return _("%(value)s is after %(other)s", **places) if in_time else _("%(value)s is over %(other)s", **places)
        return _("%(value)s is not before %(other)s", **places) if in_time else _("%(value)s is at least %(other)s", **places)

    def _is_moment(self, node: Node) -> bool:
        record = self.columns.get(node.name) if isinstance(node, Column) else None
        return record is not None and record.type in MOMENTS

    def _meaning(self, beside: Node, node: Node) -> Markup:
        """A value as the dictionary of the column beside it explains it."""
        if isinstance(node, Literal) and isinstance(beside, Column) and beside.name in self.columns:
            text = _plain(node)
            meant = self.columns[beside.name].values.get(text)
            if meant:
                return Markup.escape(told(meant))
            if self._is_moment(beside) and isinstance(node.value, str):
                return self.words.moment(node.value)
        return self._value(node)

    def _value(self, node: Node) -> Markup:
        _ = self.words.gettext
        match node:
            case Column(name=name):
                return self.column(name)
            case Literal(value=None):
                return _("nothing")
            case Literal(value=bool() as truth):
                return _("true") if truth else _("false")
            case Literal(value=Decimal()):
                return Markup.escape(self.words.figure(_plain(node)))
            case Literal(value=text):
                return Markup("“{}”").format(text)
            case Arithmetic(operator=operator, left=left, right=right):
                sign = {"+": "+", "-": "−", "*": "×", "/": "÷"}[operator]
                return Markup("({} {} {})").format(self._value(left), sign, self._value(right))
            case Call():
                return self._called(node)
        return Markup("({})").format(self._holds(node))

    def _called(self, call: Call) -> Markup:
        _, told = self.words.gettext, [self._value(each) for each in call.arguments]
        if len(told) == 2:
            places = {"start": told[0], "end": told[1]}
            spans = {"business_days": _("the working days from %(start)s to %(end)s", **places),
                     "days": _("the days from %(start)s to %(end)s", **places),
                     "hours": _("the hours from %(start)s to %(end)s", **places),
                     "minutes": _("the minutes from %(start)s to %(end)s", **places)}
            if call.name in spans:
                return spans[call.name]
        elif len(told) == 1:
            parts = {"year": _("the year of %(value)s", value=told[0]), "month": _("the month of %(value)s", value=told[0]),
                     "weekday": _("the day of the week of %(value)s", value=told[0]),
                     "lower": _("%(value)s in small letters", value=told[0])}
            if call.name in parts:
                return parts[call.name]
        return Markup("{}({})").format(call.name, Markup(", ").join(told))


def formula_words(compute: ComputeRecord, rows: Markup, grain: Grain, reader: Reader) -> Markup:
    """The whole formula as a sentence. `rows` names the dataset, perhaps with a link."""
    _ = reader.words.gettext
    among = _("the rows of %(dataset)s", dataset=rows) if not compute.where else _(
        "those rows of %(dataset)s in which %(condition)s", dataset=rows, condition=reader.condition(compute.where))
    return _("%(what)s. Rows are put into %(periods)s by %(date)s.", what=_measured(compute, among, reader),
             periods=grain_words(grain, reader.words), date=reader.column(compute.date or ""))


def _measured(compute: ComputeRecord, among: Markup, reader: Reader) -> Markup:
    _ = reader.words.gettext
    if compute.ratio is not None:
        good = reader.condition(compute.ratio.good or "true")
        if compute.ratio.weight:
            return _("Among %(rows)s, the share of %(column)s that belongs to those in which %(condition)s", rows=among,
                     column=reader.column(compute.ratio.weight), condition=good)
        return _("Among %(rows)s, the share in which %(condition)s", rows=among, condition=good)
    if compute.percentile is not None:
        return _("Among %(rows)s, the value of %(column)s that %(share)s%% of them do not pass", rows=among,
                 column=reader.column(compute.percentile.of or ""), share=compute.percentile.at)
    if compute.rate is not None:
        return _rate(compute, among, reader)
    if compute.count is not None and compute.count != "rows":
        return _("Among %(rows)s, how many different values %(column)s has", rows=among, column=reader.column(compute.count))
    kinds = {"sum": _("the sum of %(column)s"), "mean": _("the mean of %(column)s"), "median": _("the median of %(column)s")}
    for kind, message in kinds.items():
        column = getattr(compute, kind)
        if column is not None:
            return _("Among %(rows)s, %(what)s", rows=among, what=message % {"column": reader.column(column)})
    return _("How many there are of %(rows)s", rows=among)


def _rate(compute: ComputeRecord, among: Markup, reader: Reader) -> Markup:
    _, rate = reader.words.gettext, compute.rate
    assert rate is not None
    places = {"rows": among, "per": reader.words.number(rate.per or 1),
              "people": Markup("<code>{}</code>").format(rate.population.value if rate.population else "")}
    if rate.of:
        return _("Among %(rows)s, the sum of %(column)s for each %(per)s of %(people)s", **places,
                 column=reader.column(rate.of))
    return _("How many there are of %(rows)s for each %(per)s of %(people)s", **places)


def terms(compute: ComputeRecord, reader: Reader) -> Iterator[Markup]:
    """What else belongs to the formula, a sentence each."""
    _ = reader.words.gettext
    texts = [text for text in (compute.where, compute.ratio.good if compute.ratio else None) if text]
    if any("business_days" in text for text in texts):
        if compute.calendar:
            yield _("Working days are all days but Saturdays, Sundays and the holidays of the calendar %(name)s.",
                    name=Markup("<code>{}</code>").format(compute.calendar))
        else:
            yield _("Working days are all days but Saturdays and Sundays.")
    if compute.rate and compute.rate.population and compute.rate.population.dataset:
        yield _("How many people there are comes from the dataset %(name)s.",
                name=Markup("<code>{}</code>").format(compute.rate.population.dataset))
    if compute.min_n is not None:
        yield _("A value that fewer than %(count)s rows stand behind is not shown, nor what would give it away.",
                count=compute.min_n)


def grain_words(grain: Grain, words: Words) -> Markup:
    """Periods of a kind: "months"."""
    _ = words.gettext
    return {"day": _("days"), "week": _("weeks"), "month": _("months"), "quarter": _("quarters"), "year": _("years"),
            "fiscal-year": _("fiscal years")}[grain]


def _plain(literal: Literal) -> str:
    value = literal.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else value or ""
