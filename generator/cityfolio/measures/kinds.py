"""What is wrong with an expression over some columns, found before any row is read: unknown names, values of the wrong kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal as OneOf

from cityfolio.frozen import Frozen
from cityfolio.measures.expression import (
    Arithmetic,
    Call,
    Column,
    Comparison,
    Literal,
    Logic,
    Membership,
    Node,
    Not,
    NullTest,
    Span,
    parse,
)
from cityfolio.measures.tokens import ExpressionError, Fault
from cityfolio.model.records import ColumnType
from cityfolio.problems import closest, did_you_mean
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.types import parse as parse_cell

Kind = OneOf["number", "text", "condition", "date", "moment", "time", "shape"]
KINDS: Mapping[ColumnType, Kind] = {
    "string": "text", "any": "text", "integer": "number", "number": "number", "year": "number", "boolean": "condition",
    "date": "date", "datetime": "moment", "time": "time", "geometry": "shape",
}
WORDS: Mapping[Kind, str] = {"number": "numbers", "text": "texts", "condition": "true or false", "date": "dates",
                             "moment": "dates with times", "time": "times", "shape": "shapes"}
DATED: tuple[Kind, ...] = ("date", "moment")
ORDERED: tuple[Kind, ...] = ("number", "date", "moment", "time")
EXAMPLES: Mapping[Kind, str] = {"date": "'2026-06-30'", "moment": "'2026-06-30' or '2026-06-30T14:05'", "time": "'14:05'"}
WRITTEN: Mapping[Kind, tuple[ColumnType, ...]] = {"date": ("date",), "moment": ("date", "datetime"), "time": ("time",)}


class Function(Frozen):
    """What a function takes and gives."""

    takes: tuple[tuple[Kind, ...], ...]
    gives: Kind
    shown: str


FUNCTIONS: Mapping[str, Function] = {
    "business_days": Function((DATED, DATED), "number", "business_days(received_at, closed_at)"),
    "days": Function((DATED, DATED), "number", "days(received_at, closed_at)"),
    "hours": Function((("moment",), ("moment",)), "number", "hours(received_at, closed_at)"),
    "minutes": Function((("moment",), ("moment",)), "number", "minutes(received_at, closed_at)"),
    "year": Function((DATED,), "number", "year(closed_at)"),
    "month": Function((DATED,), "number", "month(closed_at)"),
    "weekday": Function((DATED,), "number", "weekday(closed_at)"),   # 1 is Monday, as ISO 8601 counts
    "lower": Function((("text",),), "text", "lower(status)"),
    "contains": Function((("text",), ("text",)), "condition", "contains(status, 'open')"),
    "starts_with": Function((("text",), ("text",)), "condition", "starts_with(status, 'open')"),
}


def faults(expression: str, columns: Mapping[str, ExportColumn]) -> list[Fault]:
    """What is wrong with a condition on rows of a file with these columns, in the order of its text; nothing where it is sound.

    An expression without faults can be evaluated over any rows of these columns.
    """
    try:
        node = parse(expression)
    except ExpressionError as error:
        return [error.fault]
    look = _Look(columns)
    kind = look.kind(node)
    if kind not in (None, "condition"):
        assert kind is not None
        look.say(node.where, f"this gives {WORDS[kind]}, and a condition is needed", "Compare it: days_open <= 3.")
    return sorted(look.found, key=lambda fault: (fault.at, fault.width))


def literal_of(text: str, kind: Kind) -> ColumnType | None:
    """As what a text is read where it stands beside values of a kind, such as a date; None where it is not one."""
    return next((each for each in WRITTEN.get(kind, ()) if parse_cell(text, each) is not None), None)


@dataclass(slots=True)
class _Look:
    """Goes through an expression from its leaves. A kind of None is one that a fault has been told of already."""

    columns: Mapping[str, ExportColumn]
    found: list[Fault] = field(default_factory=list)

    def say(self, where: Span, says: str, fix: str) -> None:
        self.found.append(Fault(where.at, where.width, says, fix))

    def kind(self, node: Node) -> Kind | None:
        match node:
            case Literal():
                return self.literal(node)
            case Column():
                return self.column(node)
            case Call():
                return self.call(node)
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison():
                return self.comparison(node)
            case Membership():
                return self.membership(node)
            case NullTest(item=item):
                self.kind(item)
                return "condition"
            case Not(condition=condition):
                return self.conditions([condition])
            case Logic(parts=parts):
                return self.conditions(parts)

    def literal(self, node: Literal) -> Kind | None:
        if node.value is None:
            self.say(node.where, "null equals nothing", "Write is null, or is not null.")
            return None
        return "condition" if isinstance(node.value, bool) else "number" if isinstance(node.value, Decimal) else "text"

    def column(self, node: Column) -> Kind | None:
        column = self.columns.get(node.name)
        if column is not None:
            return KINDS[column.type]
        fix = did_you_mean(node.name, self.columns)
        if node.name.isupper() or closest(node.name, self.columns) is None:
            fix += f" A text stands in quotation marks: '{node.name}'."
        self.say(node.where, f'there is no column "{node.name}"', fix)
        return None

    def call(self, node: Call) -> Kind | None:
        function = FUNCTIONS.get(node.name)
        if function is None:
            self.say(Span(node.where.at, len(node.name)), f'there is no function "{node.name}"',
                     did_you_mean(node.name, FUNCTIONS))
            return None
        if len(node.arguments) != len(function.takes):
            self.say(node.where, f"{node.name} takes {_count(len(function.takes))}, and {len(node.arguments)} "
                     f"{'is' if len(node.arguments) == 1 else 'are'} given", f"Write {function.shown}.")
            return function.gives
        for argument, kinds in zip(node.arguments, function.takes, strict=True):
            self.argument(argument, kinds, function)
        if node.name in ("contains", "starts_with") and not isinstance(node.arguments[1], Literal):
            self.say(node.arguments[1].where, f"{node.name} looks for a text that is the same for every row",
                     f"Write {function.shown}.")
        return function.gives

    def argument(self, node: Node, kinds: tuple[Kind, ...], function: Function) -> None:
        if isinstance(node, Literal) and isinstance(node.value, str) and "text" not in kinds:
            self.fitted(node, kinds[-1])
            return
        kind = self.kind(node)
        if kind is not None and kind not in kinds:
            fix = f"Write {function.shown}."
            if kind == "date" and kinds == ("moment",):
                fix = "Dates have no time of the day: use days or business_days."
            self.say(node.where, f"this gives {WORDS[kind]}, and {WORDS[kinds[0]]} are needed", fix)

    def fitted(self, node: Literal, kind: Kind) -> None:
        """A text beside values of a kind."""
        assert isinstance(node.value, str)
        if literal_of(node.value, kind) is None:
            self.say(node.where, f'"{node.value}" is not one of {WORDS[kind]}', f"Write {EXAMPLES[kind]}.")

    def arithmetic(self, node: Arithmetic) -> Kind:
        for side in (node.left, node.right):
            kind = self.kind(side)
            if kind not in (None, "number"):
                assert kind is not None
                fix = ("Write days(a, b), business_days(a, b), hours(a, b) or minutes(a, b)." if kind in DATED
                       else "Take the quotation marks away from a number." if isinstance(side, Literal)
                       else "Name a column of numbers.")
                self.say(side.where, f"this gives {WORDS[kind]}, and nothing can be reckoned with them", fix)
        if node.operator == "/" and isinstance(node.right, Literal) and node.right.value == 0:
            self.say(node.right.where, "nothing can be divided by 0", "Divide by another number.")
        return "number"

    def conditions(self, nodes: list[Node] | tuple[Node, ...]) -> Kind:
        for node in nodes:
            kind = self.kind(node)
            if kind not in (None, "condition"):
                assert kind is not None
                self.say(node.where, f"this gives {WORDS[kind]}, and a condition is needed", "Compare it: days_open <= 3.")
        return "condition"

    def comparison(self, node: Comparison) -> Kind:
        self.pair(node.left, node.right, node.operator)
        return "condition"

    def membership(self, node: Membership) -> Kind:
        for option in node.options:
            before = len(self.found)
            self.pair(node.item, option, "==")
            if len(self.found) > before and self.found[-1].at < option.where.at:
                break   # it is the item that is wrong, which is told once
        return "condition"

    def pair(self, left: Node, right: Node, operator: str) -> None:
        kinds = self.kind(left), self.kind(right)
        if None in kinds:
            return
        texts = [(side, other) for side, other in ((left, kinds[1]), (right, kinds[0]))
                 if isinstance(side, Literal) and isinstance(side.value, str) and other in WRITTEN]
        if texts:
            side, other = texts[0]
            assert other is not None
            self.fitted(side, other)
            return
        self.alike(left, right, kinds, operator)

    def alike(self, left: Node, right: Node, kinds: tuple[Kind | None, Kind | None], operator: str) -> None:
        first, second = kinds
        assert first is not None
        assert second is not None
        if first != second and not (first in DATED and second in DATED):
            self.say(right.where, f"{WORDS[first]} are compared with {WORDS[second]}", _as(left, right, first, second))
        elif first == "shape":
            self.say(left.where, "shapes cannot be compared", "Ask whether there is one: is not null.")
        elif first not in ORDERED and operator not in ("==", "!="):
            self.say(right.where, f"{WORDS[first]} have no order", "Write == or !=.")
        elif first == "text":
            for column, text in ((left, right), (right, left)):
                self.listed(column, text)

    def listed(self, column: Node, text: Node) -> None:
        """A text that a column can never hold."""
        if not isinstance(column, Column) or not isinstance(text, Literal):
            return
        values = self.columns[column.name].record.values
        if values and text.value not in values:
            self.say(text.where, f'"{text.value}" is not among the values that the dictionary lists for `{column.name}`',
                     did_you_mean(str(text.value), values, limit=20))


def _count(number: int) -> str:
    return "one value" if number == 1 else f"{number} values"


def _as(left: Node, right: Node, first: Kind, second: Kind) -> str:
    for node, kind, other in ((left, first, second), (right, second, first)):
        if isinstance(node, Literal) and kind == "number" and other == "text":
            return f"Write it as a text: '{node.value}'."
        if isinstance(node, Literal) and kind == "text" and other == "number":
            return f"Write it without quotation marks: {node.value}."
        if isinstance(node, Literal) and other in EXAMPLES:
            return f"Write {EXAMPLES[other]}."
        if isinstance(node, Literal) and other == "condition":
            return "Write true or false."
    return "Compare values of one kind."
