"""What holds of the rows that a question asks about, read column by column.

    where:
      status: Closed
      district: ["1", "2"]
      received_at: {from: 2025, to: 2025-06}
      note: {contains: tree}
      closed_at: {empty: false}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cityfolio.load.values import Reading
from cityfolio.load.yaml import Group, Items, Scalar, Value
from cityfolio.model import keys as k
from cityfolio.model.questions import Condition
from cityfolio.problems import did_you_mean

WORDS = ("from", "to", "contains", "empty")
MOST_VALUES = 50
LONGEST = 400
_FORMS = ("Write a value, a list of values, {from: , to: }, {contains: }, {empty: true} or {empty: false}.")


def read_conditions(kind: k.Conditions, name: str, value: Value, reading: Reading) -> Mapping[str, Condition] | None:
    """The condition of each column. Whether there is such a column is known only when the files are read."""
    if not isinstance(value, Group):
        reading.note("value-kind", value, f'"{name}" should be a group of columns and values',
                     f"For example: {name}: {{status: Closed}}")
        return None
    if len(value.entries) > kind.most:
        reading.note("list-length", value, f'"{name}" has {len(value.entries)} columns here; {kind.most} fit',
                     "Keep those that matter most.")
        return None
    read = {column: _condition(column, below, reading) for column, below in value.entries.items()}
    return {column: condition for column, condition in read.items() if condition is not None}


def _condition(column: str, value: Value, reading: Reading) -> Condition | None:
    if isinstance(value, Scalar):
        value = Items((value,), value.line, value.column, value.width)
    if isinstance(value, Items):
        return _any_of(column, value, reading)
    wrong = [word for word in value.entries if word not in WORDS]
    for word in wrong:
        reading.note("key-unknown", value.keys[word], f'"{word}" says nothing about a value', did_you_mean(word, WORDS))
    given = {word: read for word, below in value.entries.items()
             if word not in wrong and (read := _text(word, below, reading)) is not None}
    if wrong or len(given) < len(value.entries):
        return None
    return _of_words(column, value, given, reading)


def _any_of(column: str, value: Items, reading: Reading) -> Condition | None:
    texts = [_text(column, item, reading) for item in value.items]
    if not texts or len(texts) > MOST_VALUES:
        reading.note("list-length", value, f'"{column}" has {len(texts)} values here; 1 to {MOST_VALUES} fit', _FORMS)
        return None
    known = tuple(dict.fromkeys(text for text in texts if text is not None))
    return Condition(test="is", values=known) if len(known) == len(set(texts)) else None


def _text(name: str, value: Value, reading: Reading) -> str | None:
    """A text as it stands in a cell. Nothing is no value; that a cell is empty is said with `empty`."""
    if isinstance(value, Scalar) and value.text and len(value.text) <= LONGEST:
        return value.text
    given = "a text of up to 400 characters" if isinstance(value, Scalar) and value.text else "one value"
    reading.note("value-kind", value, f'"{name}" should be {given} here', _FORMS)
    return None


def _of_words(column: str, value: Group, given: Mapping[str, str], reading: Reading) -> Condition | None:
    forms = FORMS.get(frozenset(given))
    if forms is None:
        reading.note("value-kind", value, f'"{column}" should say one thing about its values', _FORMS)
        return None
    if "empty" in given and given["empty"] not in ("true", "false"):
        reading.note("boolean-invalid", value.entries["empty"], f'empty: "{given["empty"]}" is neither true nor false',
                     "Write true or false.")
        return None
    return forms(given)


def _between(given: Mapping[str, str]) -> Condition:
    return Condition(test="between", low=given.get("from", ""), high=given.get("to", ""))


FORMS: Mapping[frozenset[str], Callable[[Mapping[str, str]], Condition]] = {
    frozenset(("from", "to")): _between, frozenset(("from",)): _between, frozenset(("to",)): _between,
    frozenset(("contains",)): lambda given: Condition(test="contains", text=given["contains"]),
    frozenset(("empty",)): lambda given: Condition(test="empty" if given["empty"] == "true" else "filled"),
}
