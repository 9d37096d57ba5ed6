"""Rules for the Markdown that a city writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from cityfolio.check.registry import rule
from cityfolio.load.figures_asked import in_code
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.catalog import Build
from cityfolio.model.keys import Kind, ListOf, MapOf, Markdown, Record, keys_of
from cityfolio.problems import Location, Problem

# Inline links and reference definitions, as CommonMark 0.31 writes them (6.3 and 4.7), in the forms that people use.
TARGET = re.compile(r"\]\(\s{0,9}<?([^)>\s]{1,2000})|^ {0,3}\[[^\]\n]{1,500}\]:[ \t]{0,9}<?([^>\s]{1,2000})", re.MULTILINE)
LINKED = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
LINKED_ON_SITE = re.compile(rf"{LINKED.pattern}|/(?![/\\])", re.IGNORECASE)   # in texts with a page of their own


@rule("link-unusable", of_each=True)
def links_in_texts_lead_somewhere(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A link in a text has a full address that is safe to follow; others are shown as plain words.

    Texts with a page of their own, rules and guides, may also link to a path of the site, such as /data/trees/.
    """
    rooms = (loaded.publishers, loaded.topics, loaded.licenses, loaded.columns, loaded.datasets, loaded.uses)
    sourced = [each for room in rooms for each in room.values()] + ([loaded.site] if loaded.site else [])
    for each in sourced:
        for keys, text in _texts(each.record, ()) if any(map(_unlinked, filter(_may_link, _words(each.record)))) else ():
            yield from (_unusable(target, each.document.at(*keys)) for target in _unlinked(text))
    bodies: list[Sourced[Any]] = [*loaded.policy.values(), *loaded.guides.values()]   # Any: a record type
    for body in bodies:
        yield from (_unusable(target, where) for target, where in targets_in_body(body) if not LINKED_ON_SITE.match(target))


def targets_in_body(each: Sourced[Any]) -> Iterator[tuple[str, Location]]:   # Any: a record type
    """Where the text of a Markdown file leads to, and where that is written. What stands in code leads nowhere."""
    for body in each.bodies:
        text, is_code = body.text, in_code(body.text)
        for target, at in _targets(text):
            if not is_code(at):
                begins = text.rfind("\n", 0, at) + 1
                yield target, Location(path=body.path, line=body.line + text.count("\n", 0, at), column=at - begins + 1,
                                       width=len(target), excerpt=text[begins:].partition("\n")[0])


def _may_link(text: str) -> bool:
    """Whether a text may have a link of either form. Most have none, which is seen sooner so."""
    return "](" in text or "]:" in text


def _targets(text: str) -> Iterator[tuple[str, int]]:
    for match in TARGET.finditer(text) if _may_link(text) else ():
        yield (match[1] or match[2]).strip(), match.start(1) if match[1] else match.start(2)


def _unlinked(text: str) -> list[str]:
    """Where links of a text lead that has no page of its own, and cannot."""
    return [target for target, _ in _targets(text) if not LINKED.match(target)]


def _unusable(target: str, where: Location) -> Problem:
    return Problem(
        code="link-unusable",
        where=where,
        says=f'the link to "{target}" has no full web address, so only its words are shown',
        fix="Write [words](https://example.gov/page), with the words first.",
    )


def _texts(record: Any, above: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:  # Any: a record type
    for name, kind, value in _with_texts(record):
        if isinstance(kind, Markdown):
            yield (*above, name), value
        elif isinstance(kind, Record):
            yield from _texts(value, (*above, name))
        else:
            for place, each in value.items() if isinstance(kind, MapOf) else enumerate(value):
                yield from _texts(each, (*above, name, place))


def _with_texts(record: Any) -> Iterator[tuple[str, Kind, Any]]:     # Any: a record type, and what a key of it holds
    """The keys of a record that hold texts and are there: their names, kinds and values."""
    declared: type = type(record)
    for name, kind in _kinds_with_texts(declared):
        if value := getattr(record, name):
            yield name, kind, value


def _words(record: Any) -> list[str]:     # Any: a record type
    """The texts of a record, without the keys that lead to them."""
    found: list[str] = []
    declared: type = type(record)
    for name, kind in _kinds_with_texts(declared):
        value = getattr(record, name)
        if not value:
            continue
        if isinstance(kind, Markdown):
            found.append(value)
        else:
            below = (value,) if isinstance(kind, Record) else value.values() if isinstance(kind, MapOf) else value
            for each in below:
                found += _words(each)
    return found


@cache
def _kinds_with_texts(record: type) -> tuple[tuple[str, Kind], ...]:
    """The keys of a record that hold texts, at whatever depth: of the dozens that it has these are few."""
    return tuple((name, key.kind) for name, key in keys_of(record).items() if _holds_texts(key.kind))


def _holds_texts(kind: Kind) -> bool:
    inner = kind.kind if isinstance(kind, (ListOf, MapOf)) else kind
    if isinstance(inner, Record):
        return bool(_kinds_with_texts(inner.type))
    return inner is kind and isinstance(kind, Markdown)
