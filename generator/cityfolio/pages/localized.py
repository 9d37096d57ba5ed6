"""A catalog as the pages of one language show it: every text that a city wrote in several is the one of that language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar
from unicodedata import normalize

from cityfolio.frozen import replace
from cityfolio.model.catalog import Catalog
from cityfolio.model.profile import TableProfile
from cityfolio.model.said import Said

T = TypeVar("T")
# What holds no text of the city's, and much else.
_WITHOUT_TEXTS = (str, bytes, int, float, TableProfile)


def in_language(catalog: Catalog, language: str) -> Catalog:
    """The catalog in one of its languages, in the order of the titles there. What reads the same there stays the very same."""
    turned = _Turning(language, catalog.site.languages[0]).turned(catalog)
    if turned is catalog:
        return catalog
    assessed = sorted(turned.practice.assessments, key=lambda each: (_letters(each.record.title or each.id), each.id))
    return replace(turned, datasets=_by_title(turned.datasets), publishers=_by_title(turned.publishers),
                   topics=_by_title(turned.topics), practice=replace(turned.practice, assessments=tuple(assessed)))


def _by_title(listed: Iterable[Any]) -> tuple[Any, ...]:     # Any: what has a title and an id
    return tuple(sorted(listed, key=lambda each: (_letters(each.title), each.id)))


def _letters(title: str) -> str:
    return normalize("NFKD", title).casefold()


@dataclass(slots=True)
class _Turning:
    """What was turned so far: what stands in several places stays one."""

    language: str
    first: str
    # By identity, together with the thing itself, which must live as long as its number is remembered.
    known: dict[int, tuple[object, object]] = field(default_factory=dict)

    def turned(self, value: T) -> T:
        """A value with its texts in the language; the very same where it has none that differ."""
        if value is None or (isinstance(value, _WITHOUT_TEXTS) and not isinstance(value, Said)):
            return value
        known = self.known.get(id(value))
        if known is None:
            known = self.known[id(value)] = (value, self._made(value))
        return known[1]     # type: ignore[return-value]  # of the type that went in

    def _made(self, value: Any) -> Any:     # Any: each is of the type that went in
        if isinstance(value, Said):
            return value.in_language(self.language, self.first)
        if isinstance(value, tuple):
            return self._sequence(value)
        if isinstance(value, Mapping):
            made = {key: self.turned(each) for key, each in value.items()}
            return made if any(made[key] is not each for key, each in value.items()) else value
        if is_dataclass(value) and not isinstance(value, type):
            now = {each.name: (before, self.turned(before)) for each in fields(value)
                   if each.init for before in (getattr(value, each.name),)}
            changed = {name: after for name, (before, after) in now.items() if after is not before}
            return replace(value, **changed) if changed else value
        return value

    def _sequence(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        """Its members. Of words that a city lists for each language apart, those of this one, if there are any."""
        told = [each for each in value if isinstance(each, Said)]
        if any(self.language in each.texts for each in told) and not all(self.language in each.texts for each in told):
            every = {language: text for each in told for language, text in each.texts.items()}
            value = tuple(Said(each, each.language, {**every, **each.texts}) if isinstance(each, Said) else each
                          for each in value if not isinstance(each, Said) or self.language in each.texts)
        made = tuple(map(self.turned, value))
        return made if len(made) != len(value) or any(a is not b for a, b in zip(made, value, strict=True)) else value
