"""The example city in a language that is written from right to left: its interface in Arabic letters around the English words.

No translation is needed to see what a page does with such words: each message stands between two Arabic ones, so that lines
run from right to left, and what is English in it from left to right.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from cityfolio.build import Result, Workshop, prepare
from cityfolio.cache import NoCache
from cityfolio.folders import scratch_folder, themes_root
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.pages import pages, site_of
from cityfolio.pages.templates import load_theme
from cityfolio.pages.words import Words
from cityfolio.publish.sinks import MemorySink
from cityfolio.search import search
from cityfolio.theming.gallery import drawn_gallery, example
from cityfolio.theming.showing import gallery_page

BEFORE, AFTER = "مدينة", "بيانات"
BUILD = Build(now=datetime(2026, 6, 30, tzinfo=UTC), revision="", base_url="", for_folder=True)


class Arabic(NullTranslations):
    """Every message between two Arabic words."""

    def gettext(self, message: str) -> str:
        """A message."""
        return f"{BEFORE} {message} {AFTER}" if message.strip() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A message that depends on a count."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """A message that is told from another one by its context."""
        return self.gettext(message)


@cache
def example_catalog() -> Catalog:
    """The example city, measured and linked."""
    with scratch_folder() as scratch:
        prepared = prepare(load(example()), BUILD, Workshop(tree=example(), sink=MemorySink()), (), scratch)
    assert not isinstance(prepared, Result)
    return prepared.catalog


def drawn_in_arabic(name: str = "civic") -> tuple[Output, ...]:
    """Every page of it in Arabic letters, and the gallery."""
    return drawn_as(name, Words(Arabic(), "ar"))


def drawn_as(name: str, words: Words | None = None) -> tuple[Output, ...]:
    """Every page of it as a theme has it, and the gallery."""
    theme, problems = load_theme(name, (themes_root(),), words=words)
    assert theme is not None, problems
    site = site_of(example_catalog(), BUILD, theme)
    return (*pages(example_catalog(), BUILD, theme), drawn_gallery(gallery_page(site), site))


def searched_in_arabic() -> tuple[Output, ...]:
    """Every page of it as a server has it, with what the search fetches."""
    theme, _ = load_theme("civic", (themes_root(),), words=Words(Arabic(), "ar"))
    assert theme is not None
    build = replace(BUILD, for_folder=False)
    return (*pages(example_catalog(), build, theme), *search(site_of(example_catalog(), build, theme), NoCache()))


def write(outputs: tuple[Output, ...], folder: Path) -> Path:
    """Write pages into a folder."""
    for output in outputs:
        assert isinstance(output.body, bytes)
        path = folder / (output.url.lstrip("/") + ("index.html" if output.url.endswith("/") else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.body)
    return folder
