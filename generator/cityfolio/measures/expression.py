"""Expressions over the columns of a row, such as `status == 'CLOSED' and days_open <= 3`, parsed without Python's own parser.

    or    = and { "or" and }
    and   = not { "and" not }
    not   = "not" not | test
    test  = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum | ["not"] "in" "(" literal { "," literal } ")"
                | "is" ["not"] "null" ]
    sum   = product { ("+" | "-") product }
    product = sign { ("*" | "/") sign }
    sign  = "-" sign | number | 'text' | "true" | "false" | "null" | column | function "(" or { "," or } ")" | "(" or ")"
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal as OneOf, TypeAlias

from cityfolio.frozen import Frozen
from cityfolio.measures.tokens import KEYWORDS, ExpressionError, Fault, Token, tokens

__all__ = ["ExpressionError", "Fault", "columns_of", "parse"]

MOST_DEPTH = 40
Comparing = OneOf["==", "!=", "<", "<=", ">", ">="]
Reckoning = OneOf["+", "-", "*", "/"]
COMPARING: dict[str, Comparing] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
RECKONING: dict[str, Reckoning] = {"+": "+", "-": "-", "*": "*", "/": "/"}


class Span(Frozen):
    """Where something stands in the text of an expression."""

    at: int = 0
    width: int = 1


NOWHERE = Span()                  # where no text was read; two expressions that say the same are equal wherever they stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A value as it is written: a number, a text, true or false, or null (None)."""

    value: Decimal | str | bool | None
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The value of a row in a column."""

    name: str
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function of some values."""

    name: str
    arguments: tuple[Node, ...]
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """Two numbers reckoned together."""

    operator: Reckoning
    left: Node
    right: Node
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two values stand to each other; unknown where one is missing."""

    operator: Comparing
    left: Node
    right: Node
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Whether a value is one of a list; unknown where it is missing."""

    item: Node
    options: tuple[Literal, ...]
    is_negated: bool = False
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NullTest:
    """Whether a value is missing. Never unknown."""

    item: Node
    is_negated: bool = False
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The contrary of a condition; unknown where it is unknown."""

    condition: Node
    where: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """Conditions joined by `and`, or by `or`."""

    operator: OneOf["and", "or"]
    parts: tuple[Node, ...]
    where: Span = field(default=NOWHERE, compare=False)


Node: TypeAlias = Literal | Column | Call | Arithmetic | Comparison | Membership | NullTest | Not | Logic


def parse(text: str) -> Node:
    """Read an expression. Raises ExpressionError with what is wrong and where."""
    return _Parser(tokens(text)).whole()


def children(node: Node) -> tuple[Node, ...]:
    """What an expression is made of, one step down."""
    match node:
        case Call(arguments=parts) | Logic(parts=parts):
            return parts
        case Arithmetic(left=left, right=right) | Comparison(left=left, right=right):
            return left, right
        case Membership(item=item, options=options):
            return item, *options
        case NullTest(item=item) | Not(condition=item):
            return (item,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """An expression and everything in it, from left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def columns_of(expression: Node | str) -> tuple[str, ...]:
    """The columns that an expression reads, each once, in the order they are named. Raises ExpressionError for a bad text."""
    node = parse(expression) if isinstance(expression, str) else expression
    return tuple(dict.fromkeys(each.name for each in walk(node) if isinstance(each, Column)))


class _Parser:
    """Reads words from the first to the last; each method one rule of the grammar."""

    def __init__(self, words: tuple[Token, ...]) -> None:
        self.words = words
        self.next = 0
        self.depth = 0

    @property
    def word(self) -> Token:
        return self.words[self.next]

    def take(self) -> Token:
        word = self.word
        self.next += word.kind != "end"
        return word

    def met(self, *texts: str) -> Token | None:
        """The next word, taken, if it is one of these signs or keywords."""
        return self.take() if self.word.kind in ("sign", "name") and self.word.text in texts else None

    def expect(self, sign: str, why: str) -> Token:
        found = self.met(sign)
        if found is None:
            raise self.word.error(f"{_shown(self.word)} stands where {why} should", f"Write {sign} there.")
        return found

    def span(self, first: Token | Span) -> Span:
        last = self.words[max(self.next - 1, 0)]
        return Span(first.at, last.at + last.width - first.at)

    def whole(self) -> Node:
        first = self.word
        if first.kind == "end":
            raise first.error("the expression is empty", "Write a condition, such as status == 'CLOSED'.")
        node = self.either()
        last = self.take()
        if last.kind != "end":
            raise last.error(f"{_shown(last)} stands where the expression should end", _joining(last))
        return node

    def either(self) -> Node:
        return self.joined("or", self.all)

    def all(self) -> Node:
        return self.joined("and", self.negated)

    def joined(self, word: OneOf["and", "or"], part: Callable[[], Node]) -> Node:
        first = self.word
        parts = [part()]
        while self.met(word):
            parts.append(part())
        return Logic(operator=word, parts=tuple(parts), where=self.span(first)) if len(parts) > 1 else parts[0]

    def negated(self) -> Node:
        first = self.met("not")
        if first is None:
            return self.test()
        return Not(condition=self.deeper(self.negated), where=self.span(first))

    def deeper(self, rule: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.word.error(f"the expression is nested more than {MOST_DEPTH} deep", "Take parentheses away.")
        node = rule()
        self.depth -= 1
        return node

    def test(self) -> Node:
        first = self.word
        left = self.sum()
        if found := self.met(*COMPARING):
            right = self.sum()
            if again := self.met(*COMPARING):
                raise again.error("a comparison has two sides", "Write both and join them: a < b and b < c.")
            return Comparison(operator=COMPARING[found.text], left=left, right=right, where=self.span(first))
        if self.met("is"):
            is_negated = self.met("not") is not None
            if self.met("null") is None:
                raise self.word.error(f"{_shown(self.word)} stands where null should",
                                      "Write == to compare; is null and is not null ask whether there is a value.")
            return NullTest(item=left, is_negated=is_negated, where=self.span(first))
        if self.word.text == "not" and self.word.kind == "name" and self.words[self.next + 1].text == "in":
            self.take()
            self.take()
            return self.membership(left, first, is_negated=True)
        return self.membership(left, first, is_negated=False) if self.met("in") else left

    def membership(self, item: Node, first: Token, *, is_negated: bool) -> Node:
        self.expect("(", "a list in parentheses")
        options = [self.option()]
        while self.met(","):
            options.append(self.option())
        self.expect(")", "the end of the list")
        return Membership(item=item, options=tuple(options), is_negated=is_negated, where=self.span(first))

    def option(self) -> Literal:
        word = self.word
        node = self.sign()
        if not isinstance(node, Literal):
            raise word.error(f"{_shown(word)} stands where a value should", "A list holds values: in ('A', 'B').")
        return node

    def sum(self) -> Node:
        return self.reckoned(("+", "-"), self.product)

    def product(self) -> Node:
        return self.reckoned(("*", "/"), self.sign)

    def reckoned(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        first = self.word
        left = part()
        while found := self.met(*signs):
            right = part()
            left = Arithmetic(operator=RECKONING[found.text], left=left, right=right, where=self.span(first))
        return left

    def sign(self) -> Node:
        first = self.met("-")
        if first is None:
            return self.value()
        node = self.deeper(self.sign)
        if isinstance(node, Literal) and isinstance(node.value, Decimal):
            return Literal(value=-node.value, where=self.span(first))
        return Arithmetic(operator="-", left=Literal(value=Decimal(0)), right=node, where=self.span(first))

    def value(self) -> Node:
        word = self.take()
        where = Span(word.at, word.width)
        if word.kind == "number":
            return Literal(value=Decimal(word.text), where=where)
        if word.kind == "text":
            return Literal(value=word.text, where=where)
        if word.kind == "column":
            return Column(name=word.text, where=where)
        if word.kind == "sign" and word.text == "(":
            node = self.deeper(self.either)
            self.expect(")", "the closing parenthesis")
            return node
        if word.kind != "name":
            raise word.error(f"{_shown(word)} stands where a value should", "Write a column, a number or a 'text'.")
        return self.named(word, where)

    def named(self, word: Token, where: Span) -> Node:
        constants = {"true": True, "false": False, "null": None}
        if word.text in constants:
            return Literal(value=constants[word.text], where=where)
        if word.text in KEYWORDS:
            raise word.error(f"{_shown(word)} stands where a value should",
                             f"A column that is named so stands in backticks: `{word.text}`.")
        if self.met("(") is None:
            return Column(name=word.text, where=where)
        arguments = [self.deeper(self.either)] if self.word.text != ")" or self.word.kind != "sign" else []
        while self.met(","):
            arguments.append(self.deeper(self.either))
        self.expect(")", f"the closing parenthesis of {word.text}()")
        return Call(name=word.text, arguments=tuple(arguments), where=self.span(word))


def _shown(word: Token) -> str:
    return {"end": "the end", "text": f"'{word.text}'", "column": f"`{word.text}`"}.get(word.kind, f'"{word.text}"')


def _joining(word: Token) -> str:
    lower = word.text.lower()
    if word.kind == "name" and lower in KEYWORDS and word.text != lower:
        return f"Write it in small letters: {lower}."
    if word.kind == "name" and lower in ("like", "between"):
        return "Write contains(a, 'x') or starts_with(a, 'x'); for a range a >= 1 and a <= 5."
    return "Join two conditions with and, or or."
