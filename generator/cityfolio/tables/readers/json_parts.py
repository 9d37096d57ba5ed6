"""The lists and objects that a JSON file as a whole consists of, taken apart without reading them whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cityfolio.tables.readers.json_faults import TRAILING, Fault, twice
from cityfolio.tables.readers.json_stream import JsonText
from cityfolio.tables.table import Place, Unreadable

START = Place(line=1, column=1)
LIST_OF_OBJECTS = 'Write a list with an object for each row: [{"species": "oak"}, {"species": "elm"}].'
PAIR = 'Write "name": value.'


# Any, here and below: a value of JSON may be of any kind.
def items(text: JsonText) -> Iterator[Any]:
    """The values of a list that was opened, one at a time, to its end."""
    if text.space() == "]":
        text.at += 1
        return
    while True:
        yield text.value()
        if ends(text, "]"):
            return


def objects(text: JsonText) -> Iterator[dict[str, Any]]:
    """The objects of a list that was opened; anything else in it is refused."""
    for value in items(text):
        if not isinstance(value, dict):
            raise refused(text, "this item of the list is not an object, so its values have no names", LIST_OF_OBJECTS)
        yield value


def members_of(text: JsonText) -> Iterator[str]:
    """The names of the object that begins here, each when its value comes next. Who asks for names reads the values."""
    text.at += 1
    seen: set[str] = set()
    if text.space() == "}":
        text.at += 1
        return
    while True:
        if text.space() != '"':
            raise missing(text, "a name in double quotation marks was expected here")
        name = text.value()
        if name in seen:
            raise text.refusal(twice(text.start, text.at, name))
        seen.add(name)
        if text.space() != ":":
            raise missing(text, "a colon is missing after a name")
        text.at += 1
        text.space()
        yield name
        if ends(text, "}"):
            return


def ends(text: JsonText, closing: str) -> bool:
    """Whether a list or object ends here; if not, the comma before the next value is passed over."""
    following = text.space()
    if following not in (",", closing):
        says = "a comma is missing before this" if following else f"the file ends, and a comma or {closing} was expected"
        raise text.refusal(Fault(text.at, text.at + 1, says, "Export the file again if it was cut short."))
    text.at += 1
    if following == "," and text.space() == closing:
        raise text.refusal(Fault(text.at, text.at + 1, *TRAILING))
    return following == closing


def pass_over(values: Iterable[object]) -> None:
    """Read to the end for the sake of what stands behind."""
    for _ in values:
        pass


def missing(text: JsonText, says: str) -> Unreadable:
    """The refusal of what stands here in place of a name or a colon."""
    return text.refusal(Fault(text.at, text.at + 1, says, PAIR))


def refused(text: JsonText, says: str, fix: str) -> Unreadable:
    """The refusal of the value just read, which is sound and no part of a table."""
    return text.refusal(Fault(text.start, text.at, says, fix), "table-shape")


def refuse_scalar(text: JsonText, opening: str) -> Unreadable:
    """The refusal of a file that is empty, or is no list and no object."""
    if not opening:
        return text.job.refusal(START, "table-syntax", "the file is empty", LIST_OF_OBJECTS)
    text.value()
    return refused(text, "the file is a single value, and no table", LIST_OF_OBJECTS)


def refuse_rest(text: JsonText, fix: str) -> None:
    """Refuse anything that follows the end."""
    if text.space():
        raise text.refusal(Fault(text.at, text.at + 1, "something follows the end of the list or object", fix))
