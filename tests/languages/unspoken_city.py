"""A city that has everything, each text in English alone, on a site that speaks Spanish too; and what of it is not marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from html.parser import HTMLParser

from cities import a_city, loaded, with_files
from cityfolio.model.said import Said
from languages.spanish_city import EVERYTHING, SITE
from languages.spoken_cities import Seen, built

# The words of the city are Spanish ones that are said to be English: only what is put before each is looked for.
IN_BOTH = SITE.replace("languages: [es]", "languages: [en, es]")
MARKER = re.compile(r"zq\d+")


def texts_in(value: object) -> Iterator[str]:
    """Every text with a language in some records."""
    if isinstance(value, Said):
        yield str(value).strip()
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)


def marked(files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """The files of a city with a word of its own before each text."""
    found = sorted({text for text in texts_in(loaded(files)) if re.search(r"[^\W\d]", text)}, key=len, reverse=True)
    numbers = {text: number for number, text in enumerate(found)}
    texts = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")
    return {path: texts.sub(lambda match: f"zq{numbers[match[0]]} {match[0]}", body) if isinstance(body, str) else body
            for path, body in files.items()}


@cache
def unspoken() -> dict[str, bytes]:
    """Its site by path."""
    return built(marked(with_files(a_city(), {**EVERYTHING, "site.yaml": IN_BOTH})))[0]


class Unmarked(HTMLParser):
    """The texts of the city in a page in Spanish that do not say that they are in English, each with what it stands in."""

    HIDDEN = ("script", "style", "title", "option")     # where no markup is allowed

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = []     # name, class, whether what is in it is to be marked
        self.found: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whether what is in the tag says its language."""
        given = dict(attrs)
        asks = self.open[-1][2] if self.open else True
        if tag not in Seen.EMPTY:
            language = given.get("lang")
            self.open.append((tag, given.get("class") or "",
                              tag not in self.HIDDEN and (asks if language is None else not language.startswith("en"))))

    def handle_endtag(self, tag: str) -> None:
        """Leave it, and what was never ended within."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self.open and self.open[-1][2] and MARKER.search(data):
            inside = " ".join(f"{tag}.{kind}" if kind else tag for tag, kind, _ in self.open[-3:])
            self.found.append(f"{inside}: {' '.join(data.split())}")
