"""Catalogs of any number of made-up datasets, always the same for one seed, each with a table of 100 rows of its own.

A dataset has a title, a summary, a description of three or four paragraphs in Markdown with a list, emphasis and a link, 8 to
12 columns, all of them described, a publisher, one or two topics, keywords, a license and a promise to be updated. Nothing is
wrong with any of them: `check --strict` finds no problem. Words come from `making_words`, cells from pools of texts that are
made once, because 10,000 tables of 1,000 cells have to be written in seconds.

Run as `python making_catalogs.py COUNT FOLDER`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.random import PCG64, Generator

from bench.making_words import SAID_OFTEN, ranks, word

ROWS = 100
TODAY = date(2026, 6, 30)
TOPICS = ("Streets", "Safety", "Health", "Housing", "Parks", "Environment", "Budget", "Elections", "Transit", "Schools",
          "Business", "Planning", "Water", "Culture")
SIDES, PLACES = ("North", "East", "South", "West"), ("Hill", "Ford", "Lake", "Mill", "Wood")
AREAS = tuple(f"{side} {place}" for side in SIDES for place in PLACES)
STATES = ("open", "closed", "planned", "paused")
KINDS = ("count", "amount", "share", "day", "area", "state", "flag", "note")
TYPES = {"count": "integer", "amount": "number", "share": "number", "day": "date", "flag": "boolean"}
DRAWN_AT_ONCE = 20_000       # words: then as many more


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One made-up column: its name, the words about it, and of what kind its cells are."""

    name: str
    title: str
    about: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeDataset:
    """One made-up dataset."""

    id: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    keywords: tuple[str, ...]
    publisher: str
    topics: tuple[str, ...]
    frequency: str
    modified: date
    columns: tuple[Made, ...]


class CatalogMaker:
    """Makes datasets, one after another, and their rows."""

    def __init__(self, count: int, seed: int) -> None:
        self.chance = Random(seed)
        self._numbers = Generator(PCG64(seed))
        self._prose, self._telling = self._words(telling=False), self._words(telling=True)
        self.publishers = tuple(f"publisher-{at}" for at in range(round(1.2 * count**0.4) + 1))
        self._pools = _pools(self.chance)

    def _words(self, *, telling: bool) -> Iterator[str]:
        known = lru_cache(maxsize=200_000)(word)
        while True:
            for rank in ranks(DRAWN_AT_ONCE, self._numbers, telling=telling).tolist():
                yield known(rank)

    def phrase(self, count: int) -> str:
        """So many words that say something."""
        return " ".join(next(self._telling) for _ in range(count)).capitalize()

    def sentence(self, least: int, most: int) -> str:
        """A sentence of so many words."""
        return " ".join(next(self._prose) for _ in range(self.chance.randint(least, most))).capitalize() + "."

    def paragraphs(self) -> tuple[str, ...]:
        """A description in Markdown."""
        said = [" ".join(self.sentence(8, 18) for _ in range(3)) for _ in range(self.chance.randint(2, 3))]
        listed = "\n".join(f"- **{self.phrase(2)}:** {self.sentence(5, 10)}" for _ in range(3))
        linked = f"{self.sentence(6, 12)} *{self.phrase(3)}* is told [elsewhere](https://example.gov/{next(self._telling)})."
        return (*said, listed, linked)

    def dataset(self, number: int) -> MadeDataset:
        """The next dataset."""
        title = self.phrase(self.chance.randint(3, 6))
        return MadeDataset(
            id=f"{title.lower().replace(' ', '-')}-{number}", title=title, summary=self.sentence(12, 24),
            paragraphs=self.paragraphs(), keywords=tuple(dict.fromkeys(next(self._telling) for _ in range(4))),
            publisher=self.chance.choice(self.publishers),
            topics=tuple(dict.fromkeys(self.chance.choice(TOPICS).lower() for _ in range(self.chance.randint(1, 2)))),
            frequency=self.chance.choice(("yearly", "quarterly")), modified=TODAY - timedelta(days=self.chance.randint(1, 60)),
            columns=tuple(self.columns()),
        )

    def columns(self) -> Iterator[Made]:
        """A key and 7 to 11 more."""
        yield Made(name="row_number", title="Running number", about=self.sentence(5, 10), kind="key")
        for at in range(self.chance.randint(7, 11)):
            kind = KINDS[at % len(KINDS)]
            yield Made(name=f"{kind}_{at}", title=self.phrase(3), about=self.sentence(6, 14), kind=kind)

    def rows(self, dataset: MadeDataset) -> Iterator[tuple[str, ...]]:
        """The rows of a dataset's table."""
        cells = (pool if len(pool := self._pools[column.kind]) == ROWS else self.chance.choices(pool, k=ROWS)
                 for column in dataset.columns)
        return zip(*cells, strict=True)


def _pools(chance: Random) -> dict[str, list[str]]:
    """Cells by kind: of numbers some hundreds, of days those of three years, of notes some missing."""
    notes = [" ".join(chance.choices(SAID_OFTEN, k=chance.randint(2, 6))) for _ in range(500)]
    return {
        "key": [str(at + 1) for at in range(ROWS)],
        "count": [str(int(each)) for each in np.random.default_rng(1).poisson(40, 500)],
        "amount": [f"{chance.lognormvariate(4, 1):.2f}" for _ in range(1_000)],
        "share": [f"{chance.random():.3f}" for _ in range(500)],
        "day": [(TODAY - timedelta(days=at + 1)).isoformat() for at in range(1_000)],
        "area": list(AREAS), "state": list(STATES), "flag": ["true", "false"], "note": [*notes, *[""] * 50],
    }


def document(made: MadeDataset) -> str:
    """The dataset.yaml of a dataset."""
    description = "\n\n".join(made.paragraphs).replace("\n", "\n  ").replace("\n  \n", "\n\n")
    columns = "\n".join(_column(column) for column in made.columns)
    return (
        f'title: "{made.title}"\nsummary: "{made.summary}"\ndescription: |\n  {description}\n'
        f"publisher: {made.publisher}\ntopics: [{', '.join(made.topics)}]\n"
        f'keywords: [{", ".join(f"{chr(34)}{each}{chr(34)}" for each in made.keywords)}]\n'
        f"license: cc0-1.0\nfrequency: {made.frequency}\nmodified: {made.modified}\neach_row_is: One thing that was counted\n"
        f"files:\n  - path: rows.csv\n    title: All rows\ncolumns:\n{columns}\n"
    )


def _column(column: Made) -> str:
    kind = f"    type: {TYPES[column.kind]}\n" if column.kind in TYPES else "    type: integer\n    unique: true\n" \
        if column.kind == "key" else "    type: string\n"
    return f'  {column.name}:\n    title: "{column.title}"\n    description: "{column.about}"\n{kind}'.rstrip("\n")


def write_catalog(count: int, folder: Path, seed: int = 1, settings: str = "") -> Path:
    """Write a catalog of so many datasets, with `settings` more in its site.yaml."""
    maker = CatalogMaker(count, seed)
    for name in ("publishers", "topics", "datasets"):
        (folder / name).mkdir(parents=True)
    (folder / "site.yaml").write_text(
        "name: Example City\nlicense: cc0-1.0\ncontact: {name: Data team, email: data@example.gov}\n"
        f"base_url: https://data.example.gov\nas_of: {TODAY}\nspatial: Example City\n{settings}")
    for publisher in maker.publishers:
        (folder / "publishers" / f"{publisher}.yaml").write_text(f'title: "Department of {maker.phrase(2)}"\n')
    for topic in TOPICS:
        (folder / "topics" / f"{topic.lower()}.yaml").write_text(f"title: {topic}\n")
    for number in range(count):
        made = maker.dataset(number)
        place = folder / "datasets" / made.id
        place.mkdir()
        (place / "dataset.yaml").write_text(document(made))
        header = ",".join(column.name for column in made.columns)
        (place / "rows.csv").write_text("\n".join([header, *map(",".join, maker.rows(made)), ""]))
    return folder


if __name__ == "__main__":
    write_catalog(int(sys.argv[1]), Path(sys.argv[2]))
