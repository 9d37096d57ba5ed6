"""The words of an expression, each with its place, so that a fault can be shown where it is."""

from __future__ import annotations

import re
from typing import Literal

from cityfolio.frozen import Frozen

MOST_CHARACTERS = 2_000
MOST_TOKENS = 400
TokenKind = Literal["number", "text", "name", "column", "sign", "end"]
KEYWORDS = ("and", "or", "not", "in", "is", "null", "true", "false")
FORMS = re.compile(r"""
    (?P<space>\s+)
  | (?P<number>(?!\d{4}-\d\d-\d\d)\d+(?:\.\d+)?(?![\w.]))
  | (?P<text>'(?:[^']|'')*')
  | (?P<column>`[^`]+`)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<sign><=|>=|==|!=|<(?!>)|[>+\-*/(),])
""", re.VERBOSE | re.ASCII)
# What other languages write, and what is written here.
STRAIGHT = "Write a text in straight single quotation marks, such as 'POTHOLE'."
STRANGERS = (
    ("<>", "Write != where two values differ."), ("&&", "Write and."), ("||", "Write or."),
    ("=<", "Write <= where one value is at most another."), ("=>", "Write >= where one value is at least another."),
    ("=", "Write == where two values are equal."), ("!", "Write not."), ('"', STRAIGHT),
    ("'", "A text ends with a single quotation mark; write two of them for one inside of it."),
    ("[", "A list stands in parentheses: in ('A', 'B')."),
    ("`", "A column's name in backticks ends with a backtick."),
    *((mark, STRAIGHT) for mark in "\u2018\u2019\u201c\u201d"),
)


class Fault(Frozen):
    """What is wrong with an expression, where in its text (counted from 0), and what would be right."""

    at: int
    width: int
    says: str
    fix: str


class ExpressionError(Exception):
    """An expression cannot be understood. It carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.says)
        self.fault = fault


class Token(Frozen):
    """One word or sign."""

    kind: TokenKind
    text: str                     # of a text or a column in marks: what stands inside of them
    at: int
    width: int

    def error(self, says: str, fix: str = "") -> ExpressionError:
        """What is wrong here, to be raised."""
        return ExpressionError(Fault(self.at, self.width, says, fix))


def tokens(text: str) -> tuple[Token, ...]:
    """The words of an expression, with one of the kind "end" behind them. Raises ExpressionError."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(Fault(MOST_CHARACTERS, 1, f"the expression is longer than {MOST_CHARACTERS:,} characters",
                                    "Add a column to the data that says the same."))
    found, at = list[Token](), 0
    while at < len(text):
        match = FORMS.match(text, at)
        if match is None:
            raise _stranger(text, at)
        if match.lastgroup != "space":
            found.append(_token(match))
        if len(found) > MOST_TOKENS:
            raise found[-1].error(f"the expression has more than {MOST_TOKENS} words and signs",
                                  "Add a column to the data that says the same.")
        at = match.end()
    return (*found, Token("end", "", len(text), 1))


def _token(match: re.Match[str]) -> Token:
    text, at, width = match[0], match.start(), len(match[0])
    match match.lastgroup:
        case "text":
            return Token("text", text[1:-1].replace("''", "'"), at, width)
        case "column":
            return Token("column", text[1:-1], at, width)
        case "number":
            return Token("number", text, at, width)
        case "name":
            return Token("name", text, at, width)
        case _:
            return Token("sign", text, at, width)


def _stranger(text: str, at: int) -> ExpressionError:
    number = re.match(r"\d[\d.:\-]*\w*", text[at:], re.ASCII)
    if number:
        return ExpressionError(Fault(at, len(number[0]), f'"{number[0]}" is not a number',
                                     "Write digits, with a point before decimals: 2.5. Dates are texts: '2026-01-01'."))
    for sign, fix in STRANGERS:
        if text.startswith(sign, at):
            return ExpressionError(Fault(at, len(sign), f"{sign} means nothing here", fix))
    return ExpressionError(Fault(at, 1, f"{text[at]} means nothing here", "A column whose name holds other letters than a to z "
                                 "stands in backticks: `in days`."))
