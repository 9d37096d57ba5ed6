"""Cities that speak Spanish, alone or beside English, built into memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html.parser import HTMLParser

from cities import MEASURED, SITE, a_build, a_city, loaded, with_files
from cityfolio.build import Result, Workshop, build_site
from cityfolio.codes import CODES
from cityfolio.files import MemoryTree
from cityfolio.model.catalog import Build
from cityfolio.publish.sinks import MemorySink

# What is no word of a sentence: addresses, places that scripts fill, keys of files, codes of problems, what is called so.
CALLED = ("csv on the web", "what works cities", "code for america", "creative commons zero 1.0 (public domain dedication)",
          *CODES)
NAMES = re.compile(rf"{'|'.join(map(re.escape, CALLED))}|%\([a-z]+\)s|\S*[/_{{}}:]\S*")
# Words that stand in most English sentences and in no Spanish one.
ENGLISH = {"the", "and", "of", "with", "is", "are", "this", "that", "which", "for", "from", "was", "were", "has", "have", "not",
           "what", "where", "when", "how", "its", "by", "or", "all", "every", "download", "updated", "search", "topic",
           "measure", "goal", "publisher", "late", "page"}
BOTH = {"site.yaml": f"{SITE}languages: [en, es]\n"}
ALONE = {"site.yaml": ("name: Ciudad Ejemplo\nlicense: cc0-1.0\nlanguages: [es]\ntwins: all\n"
                       "contact: {name: Equipo de datos, email: datos@example.gov}\n")}
TREES_IN_SPANISH = """\
title: Árboles de las calles
summary: Todos los árboles que plantó la ciudad.
publisher: parks
topics: [nature]
frequency: yearly
keywords: [sombra]
modified: 2026-01-01
files:
  - {path: trees.csv, title: Árboles}
columns:
  species: {title: Qué árbol es}
  height: {title: Altura, type: number, unit: pies, minimum: 0}
"""
REPAIRS_IN_SPANISH = """\
title: Reparación de baches
summary: Todos los baches que reparó la ciudad.
publisher: parks
topics: [nature]
frequency: monthly
keywords: [bache]
modified: 2026-06-15
files:
  - {path: repairs.csv, title: Reparaciones}
columns:
  closed: {title: Cuándo se reparó, type: date}
  kind: {title: Qué se reparó, values: {POTHOLE: Bache, SIGN: Señal}}
  days: {title: Días hábiles hasta entonces, type: integer, unit: días, minimum: 0}
  district: {title: Dónde, type: integer}
"""
IN_SPANISH: Mapping[str, str | bytes] = {
    **MEASURED, **ALONE,
    "publishers/parks.yaml": "title: Parques y Recreación\n", "topics/nature.yaml": "title: Naturaleza\n",
    "datasets/trees/dataset.yaml": TREES_IN_SPANISH,
    "datasets/trees/trees.csv": "species,height\nroble,12.5\narce,\nolmo,8\n",
    "datasets/repairs/dataset.yaml": REPAIRS_IN_SPANISH,
    "priorities/well-run.yaml": "title: Una ciudad bien administrada\n",
    "goals/smooth-streets.yaml": "title: Las calles se reparan a tiempo\npriority: well-run\nowner: parks\n",
    "calendars/city.yaml": "title: Días festivos\nholidays: {2026-05-25: Día de los Caídos}\n",
    "measures/on-time/measure.yaml": str(MEASURED["measures/on-time/measure.yaml"])
    .replace("Potholes repaired within 3 working days", "Baches reparados en 3 días hábiles")
    .replace("City council", "Concejo municipal").replace("City manager", "Gerencia municipal"),
}


def built(files: Mapping[str, str | bytes], told: Build | None = None) -> tuple[dict[str, bytes], Result]:
    """The site of a city by path, and what came of the build."""
    sink = MemorySink()
    languages = loaded(files).site.record.languages      # type: ignore[union-attr]  # every city here has its site.yaml
    result = build_site(loaded(files), told or a_build(languages=languages), Workshop(tree=MemoryTree(files), sink=sink))
    return sink.site, result


@cache
def in_both() -> dict[str, bytes]:
    """A measured city in English and Spanish."""
    return built(with_files(a_city(), {**MEASURED, **BOTH}))[0]


@cache
def in_english() -> dict[str, bytes]:
    """The same city in English alone."""
    return built(with_files(a_city(), MEASURED))[0]


@cache
def in_spanish() -> dict[str, bytes]:
    """A city that speaks Spanish and nothing else."""
    return built(with_files(a_city(), IN_SPANISH))[0]


class Seen(HTMLParser):
    """What a reader meets in a page: its texts, names of controls and pictures; not code, nor other languages."""

    NAMING = ("title", "aria-label", "alt", "placeholder")
    HIDDEN = ("script", "style", "code", "pre")
    EMPTY = frozenset({"meta", "link", "br", "hr", "img", "input", "path", "rect", "circle", "line", "col", "wbr"})

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[bool] = []
        self.names: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says, and whether what is in it is to be read."""
        given = dict(attrs)
        is_other = tag != "html" and not (given.get("lang") or "es").startswith("es")
        if tag not in self.EMPTY:
            self.open.append(tag in self.HIDDEN or is_other)
            self.names.append(tag)
        if not any(self.open):
            said = {name: value for name, value in given.items() if name in self.NAMING or name.startswith("data-say")}
            self.texts += [value for value in said.values() if value]

    def handle_endtag(self, tag: str) -> None:
        """Leave it, and what was never ended within."""
        while self.names and self.open.pop() is not None and self.names.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if data.strip() and not any(self.open):
            self.texts.append(data.strip())


def words_seen(page: bytes) -> set[str]:
    """The words of a page, in lower case."""
    return words_in(Seen(page).texts)


def words_in(texts: Iterable[str]) -> set[str]:
    """The words of some texts, in lower case."""
    plain = (NAMES.sub(" ", text.lower()) for text in texts)
    return {word for text in plain for word in re.findall(r"(?<!\w)[^\W\d_]+(?!\w)", text)}
