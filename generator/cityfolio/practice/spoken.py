"""A standard whose texts lie in a file for each language, as one whose texts are in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from cityfolio.frozen import replace
from cityfolio.load.languages import SOURCE, base_of
from cityfolio.model.said import Said
from cityfolio.model.standard import AreaRecord, CriterionRecord, LevelRecord, StandardRecord

R = TypeVar("R", StandardRecord, AreaRecord, CriterionRecord, LevelRecord)


def spoken(standard: StandardRecord, told: Mapping[str, StandardRecord], languages: tuple[str, ...]) -> StandardRecord:
    """A standard in English with its texts in the languages of a site as well, the first one's first.

    `told` are the texts by language, as standards with the same ids. What one of them lacks stays as it is.
    """
    areas = {name: _said(area, _of((each, record.areas.get(name)) for each, record in told.items()), languages)
             for name, area in standard.areas.items()}
    criteria = {name: _said(criterion, _of((each, record.criteria.get(name)) for each, record in told.items()), languages)
                for name, criterion in standard.criteria.items()}
    levels = tuple(_said(level, _of((each, _level(record, level.id)) for each, record in told.items()), languages)
                   for level in standard.levels)
    return replace(_said(standard, told, languages), areas=areas, criteria=criteria, levels=levels)


def _level(standard: StandardRecord, level_id: str | None) -> LevelRecord | None:
    return next((each for each in standard.levels if each.id == level_id), None)


def _of(found: Iterable[tuple[str, R | None]]) -> dict[str, R]:
    return {language: record for language, record in found if record is not None}


def _said(record: R, told: Mapping[str, R], languages: tuple[str, ...]) -> R:
    """A record whose own texts are in every language that they were found in."""
    texts = {each.name: text for each in fields(record) if isinstance(text := getattr(record, each.name), Said)}
    said: dict[str, Any] = {      # Any: which keys are texts is found out above
        name: _text(text, {language: getattr(each, name) for language, each in told.items()}, languages)
        for name, text in texts.items()}
    return replace(record, **said)


def _text(text: Said, told: Mapping[str, str | None], languages: tuple[str, ...]) -> Said:
    # By the languages' names in the site, es-MX, because it is asked by them what is missing.
    in_english = {each: str(text) for each in languages if base_of(each) == SOURCE} or {SOURCE: str(text)}
    further = {language: str(each) for language, each in told.items() if each is not None}
    return Said(str(text), SOURCE, {**in_english, **further}).in_language(languages[0], languages[0])
