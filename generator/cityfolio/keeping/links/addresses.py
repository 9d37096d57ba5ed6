"""Every address elsewhere that a catalog names, with each file and line where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from urllib.parse import urlsplit

from cityfolio.keeping.links.servers import without_password
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.values import is_url
from cityfolio.load.yaml import Document, Group, Items, Scalar, Value
from cityfolio.problems import Location

SCHEMES = ("https", "http")
# An address inside words: up to a blank, or a mark that ends it in Markdown and HTML.
IN_WORDS = re.compile(r"https?://[^\s<>\"`\\|]+", re.IGNORECASE)
CODE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|(?P<marks>`+)(?!`)[^\n]*?(?P=marks)",
                  re.DOTALL | re.MULTILINE)
AFTER = ".,;:!?*_'’”"                # may stand behind an address in a sentence
PAIRS = {")": "(", "]": "["}
# Keys whose values look like addresses and lead nowhere: patterns of cells, names that the site had, tiles to be filled in.
NOT_LINKS = frozenset({"pattern", "formerly", "base_url", "namespace"})

Places = Mapping[str, tuple[Location, ...]]


def addresses(loaded: Loaded) -> Places:
    """The places of each address, both in order. Those of the site itself are checked by every build, so they are left out."""
    own = (loaded.site.record.base_url or "").rstrip("/") if loaded.site else ""
    places: dict[str, dict[Location, None]] = defaultdict(dict)
    for each in _sourced(loaded):
        for url, where in (*_in_value(each.document, each.document.root), *_in_body(each)):
            if is_url(url, SCHEMES) and not _is_within(url, own):
                places[without_password(url)][where] = None
    return {url: tuple(sorted(found, key=lambda where: (where.path, where.line or 0, where.column or 0)))
            for url, found in sorted(places.items())}


def _sourced(loaded: Loaded) -> Iterator[Sourced[object]]:
    for each in fields(loaded):
        room = getattr(loaded, each.name)
        if isinstance(room, Sourced):
            yield room
        elif isinstance(room, Mapping):
            yield from (found for found in room.values() if isinstance(found, Sourced))


def _is_within(url: str, own: str) -> bool:
    return bool(own) and (url == own or url.startswith((f"{own}/", f"{own}?", f"{own}#")))


def _in_value(document: Document, value: Value) -> Iterator[tuple[str, Location]]:
    if isinstance(value, Scalar):
        text = (value.text or "").strip()
        if is_url(text, SCHEMES):
            yield text, document.location(value)
        elif "://" in text:
            yield from _in_words(document, value, text)
    elif isinstance(value, Items):
        for item in value.items:
            yield from _in_value(document, item)
    else:
        yield from _in_group(document, value)


def _in_group(document: Document, group: Group) -> Iterator[tuple[str, Location]]:
    for key, below in group.entries.items():
        if key not in NOT_LINKS:
            yield from _in_value(document, below)


def _in_words(document: Document, value: Scalar, text: str) -> Iterator[tuple[str, Location]]:
    return _placed(document.path, document.lines, _links(text), (value.line, value.column))


def _in_body(each: Sourced[object]) -> Iterator[tuple[str, Location]]:
    for body in each.bodies:
        lines = ("",) * (body.line - 1) + tuple(body.text.split("\n"))
        yield from _placed(body.path, lines, _links(body.text), (body.line, 1))


def _placed(path: str, lines: tuple[str, ...], urls: Iterable[str], start: tuple[int, int]) -> Iterator[tuple[str, Location]]:
    """Each address with its place: the next one behind the place before, as they come in this order."""
    line, column = start
    for url in urls:
        line, column = _next(lines, url, line, column)
        text = lines[line - 1] if line <= len(lines) else ""
        yield url, Location(path=path, line=line, column=column, width=len(url), excerpt=text[:200] or None)
        column += len(url)


def _next(lines: tuple[str, ...], url: str, line: int, column: int) -> tuple[int, int]:
    for number in range(line, len(lines) + 1):
        at = lines[number - 1].find(url, column - 1 if number == line else 0)
        if at >= 0:
            return number, at + 1
    return line, column   # as it is written, a line break or a mark of YAML stands in the middle of it


def _links(text: str) -> Iterator[str]:
    """The addresses in Markdown that readers can follow: not those in code, nor those with gaps to be filled in."""
    for match in IN_WORDS.finditer(CODE.sub(" ", text)):
        url = _ended(match[0])
        if _is_split(url) and not set("{}") & set(url):
            yield url


def _is_split(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _ended(url: str) -> str:
    """Without what stands behind it in a sentence, and without a bracket that was opened before it."""
    for at, letter in enumerate(url):
        if letter in PAIRS and url[:at].count(PAIRS[letter]) <= url[:at].count(letter):
            url = url[:at]
            break
    return url.rstrip(AFTER)
