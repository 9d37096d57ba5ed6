"""Texts that a city writes in more than one language."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Self

NOTHING: Mapping[str, str] = MappingProxyType({})


class LaidText(ABC):
    """A text that lies aside, in UTF-8."""

    @abstractmethod
    def read(self) -> bytes:
        """Bring it."""


class Said(str):
    """A text with the language it is in, and the same in others by their codes.

    It is the text in the site's first language wherever nothing else is asked for: what reads plain
    texts can read it.
    """

    __slots__ = ("foreign", "language", "texts")

    language: str                 # of this text
    texts: Mapping[str, str]      # in every language that the city wrote it in
    foreign: bool                 # whether the pages that show it are in another language

    def __new__(cls, text: str, language: str, texts: Mapping[str, str] = NOTHING, *, foreign: bool = False) -> Self:
        """Make one. Without `texts` it is in its own language alone."""
        made = super().__new__(cls, text)
        made.language, made.texts, made.foreign = language, texts or {language: str(text)}, foreign
        return made

    def __reduce__(self) -> tuple[Any, ...]:   # Any: what pickle wants
        """Travel to another process as it is."""
        return _made, (str(self), self.language, dict(self.texts), self.foreign)

    def __eq__(self, other: object) -> bool:
        """Texts in several languages are the same where all of them are; for a plain text its own words count."""
        if isinstance(other, Said):
            return str.__eq__(self, other) and dict(self.texts) == dict(other.texts) and self.foreign == other.foreign
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __ne__(self, other: object) -> bool:
        """The opposite."""
        return not self == other

    __hash__ = str.__hash__

    def in_language(self, language: str, first: str) -> Said:
        """The text as the pages of a language show it: in that language, else in the site's first, else in any."""
        texts = self.texts
        found = next((each for each in (language, language.partition("-")[0], first) if each in texts), next(iter(texts)))
        return Said(texts[found], found, texts, foreign=found.partition("-")[0] != language.partition("-")[0])


def mapped(text: str, change: Callable[[str], str]) -> str:
    """A text with something done to it, in every language that it was written in."""
    if not isinstance(text, Said):
        return change(text)
    return Said(change(str(text)), text.language, {each: change(other) for each, other in text.texts.items()},
                foreign=text.foreign)


def like(text: str, other: str) -> str:
    """A text that was made of another one, in the language of that one."""
    return Said(text, other.language, foreign=other.foreign) if isinstance(other, Said) else text


def _made(text: str, language: str, texts: Mapping[str, str], foreign: bool) -> Said:
    return Said(text, language, texts, foreign=foreign)


def foreign_language(text: object) -> str:
    """The language of a text that is shown in another one than the page's, for its `lang`; "" for any other."""
    return text.language if isinstance(text, Said) and text.foreign else ""
