"""Messages of declarations: what forms say of keys, what facts mean. They are heard, so that none is listed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from gettext import NullTranslations

from cityfolio.frozen import Frozen
from cityfolio.pages.edit import EDITABLE
from cityfolio.pages.edit_fields import form_fields
from cityfolio.pages.standard_words import fact_words
from cityfolio.pages.words import Words
from cityfolio.practice.fact_columns import FACT_COLUMNS

Heard = tuple[str | None, str]      # its context, and a message


class Declared(Frozen):
    """A message of a declaration, and the module that asks for it."""

    message: str
    context: str | None
    path: str


class _Listening(NullTranslations):
    """A language that has no words, and remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: dict[Heard, None] = {}

    def gettext(self, message: str) -> str:
        self.heard[None, message] = None
        return message

    def pgettext(self, context: str, message: str) -> str:
        self.heard[context, message] = None
        return message


def declared() -> Iterator[Declared]:
    """Every message that forms and tables of facts ask for, each once for each of the two."""
    for ask, path in ((_forms, "cityfolio/pages/edit_fields.py"), (_facts, "cityfolio/practice/fact_columns.py")):
        yield from (Declared(message=message, context=context, path=path) for context, message in _heard(ask))


def _heard(ask: Callable[[Words], None]) -> tuple[Heard, ...]:
    listening = _Listening()
    ask(Words(translations=listening))
    return tuple(listening.heard)


def _forms(words: Words) -> None:
    for each in EDITABLE:
        form_fields(each.record, words)


def _facts(words: Words) -> None:
    for columns in FACT_COLUMNS.values():
        for column in columns.values():
            fact_words(column.says, words)
