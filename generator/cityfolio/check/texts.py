"""Rules for the Markdown that a city writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import Document
from cityfolio.model.catalog import Build
from cityfolio.model.keys import ListOf, MapOf, Markdown, Record, keys_of
from cityfolio.problems import Problem

# Inline links and reference definitions, as CommonMark 0.31 writes them (6.3 and 4.7), in the forms that people use.
TARGET = re.compile(r"\]\(\s{0,9}<?([^)>\s]{1,2000})|^ {0,3}\[[^\]\n]{1,500}\]:[ \t]{0,9}<?([^>\s]{1,2000})", re.MULTILINE)
LINKED = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


@rule("link-unusable")
def links_in_texts_lead_somewhere(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A link in a text has a full address that is safe to follow; others are shown as plain words."""
    rooms = (loaded.publishers, loaded.topics, loaded.licenses, loaded.columns, loaded.datasets)
    sourced = [each for room in rooms for each in room.values()] + ([loaded.site] if loaded.site else [])
    for each in sourced:
        for keys, text in _texts(each.record, ()):
            yield from _unusable(each.document, keys, text)


def _unusable(document: Document, keys: tuple[str | int, ...], text: str) -> Iterator[Problem]:
    for match in TARGET.finditer(text):
        target = (match[1] or match[2]).strip()
        if not LINKED.match(target):
            yield Problem(
                code="link-unusable",
                where=document.at(*keys),
                says=f'the link to "{target}" has no full web address, so only its words are shown',
                fix="Write [words](https://example.gov/page), with the words first.",
            )


def _texts(record: Any, above: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:  # Any: a record type
    for name, key in keys_of(type(record)).items():
        value = getattr(record, name)
        kind = key.kind
        if not value:
            continue
        if isinstance(kind, Markdown):
            yield (*above, name), value
        elif isinstance(kind, Record):
            yield from _texts(value, (*above, name))
        elif isinstance(kind, ListOf) and isinstance(kind.kind, Record):
            for place, each in enumerate(value):
                yield from _texts(each, (*above, name, place))
        elif isinstance(kind, MapOf) and isinstance(kind.kind, Record):
            for each_name, each in value.items():
                yield from _texts(each, (*above, name, each_name))
