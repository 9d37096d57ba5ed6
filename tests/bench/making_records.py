"""Catalogs of made-up records, of any size and always the same: what the search is measured with.

A record has a title of 3 to 8 words, a summary of 10 to 30, a description of 30 to 80, 3 to 8 keywords, a publisher, a topic,
formats, a day of its last update, and, three in ten, columns. Those of a topic have words in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import orjson
from numpy.random import PCG64, Generator

from bench.making_words import SAID_OFTEN, Numbers, ranks, word
from cityfolio.search.documents import Document
from cityfolio.search.kinds import MOST_COLUMNS

TOPICS = ("Streets", "Safety", "Health", "Housing", "Parks", "Environment", "Budget", "Elections", "Transit", "Schools",
          "Business", "Planning", "Water", "Culture")
FORMATS = ("CSV", "GeoJSON", "XLSX", "SHP", "JSON", "API", "PDF", "HTML", "KML", "Parquet")
PUBLISHERS_PER_ROOT = 0.4      # publishers grow as a power of the records: 25 for 1,000, 120 for 100,000
FIRST_DAY, DAYS = date(2010, 1, 1), 5_800
WORDS_OF_A_TOPIC = 400
OF_THE_TOPIC = 0.35            # of the words that say something, how many are the topic's own
DATED, DESCRIBED = 0.2, 0.3    # how many have a year in their title, and how many a dictionary
LONGEST = 150                  # words of a record, drawn at once
name_of = lru_cache(maxsize=200_000)(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One made-up record."""

    id: str
    title: str
    summary: str
    description: str
    keywords: tuple[str, ...]
    publisher: str
    topic: str
    formats: tuple[str, ...]
    updated: str
    columns: tuple[tuple[str, str], ...]     # name, title


class Maker:
    """Makes records, one after another."""

    def __init__(self, count: int, seed: int) -> None:
        self.chance = Generator(PCG64(seed))
        publishers = range(round(1.2 * count**PUBLISHERS_PER_ROOT))
        self.publishers = [self.phrase(ranks(3, self.chance, telling=True)) for _ in publishers]
        self.own_words = [ranks(WORDS_OF_A_TOPIC, self.chance, telling=True) for _ in TOPICS]

    def pick(self, most: int, fall: float = 1.0) -> int:
        """One of so many, the first the likeliest when `fall` is above 1."""
        return int(most * self.chance.random() ** fall)

    def phrase(self, numbers: Sequence[int] | Numbers) -> str:
        """Words with a capital first."""
        return " ".join(name_of(int(each)) for each in numbers).capitalize()

    def sentence(self, words: Iterator[int], count: int) -> str:
        """The next so many words as a sentence."""
        return f"{self.phrase([next(words) for _ in range(count)])}."

    def words(self, topic: int, *, telling: bool) -> Iterator[int]:
        """The ranks of as many words as a record may want, all of which say something, or as they come in prose."""
        drawn = ranks(LONGEST, self.chance, telling=telling)
        is_own = (self.chance.random(LONGEST) < OF_THE_TOPIC) & (drawn >= len(SAID_OFTEN))
        own = self.own_words[topic][(WORDS_OF_A_TOPIC * self.chance.random(LONGEST) ** 2).astype(np.int64)]
        return iter(np.where(is_own, own, drawn).tolist())

    def record(self, number: int) -> Record:
        """The next record."""
        topic = self.pick(len(TOPICS), 1.3)
        words, prose = self.words(topic, telling=True), self.words(topic, telling=False)
        year = f" {2005 + self.pick(20)}" if self.chance.random() < DATED else ""
        title = self.phrase([next(words) for _ in range(3 + self.pick(6) - bool(year))]) + year
        return Record(
            id=f"{title.lower().replace(' ', '-')}-{number}", title=title, summary=self.sentence(prose, 10 + self.pick(21)),
            description=self.sentence(prose, 30 + self.pick(51)),
            keywords=tuple(name_of(next(words)) for _ in range(3 + self.pick(6))),
            publisher=self.publishers[self.pick(len(self.publishers), 2.0)], topic=TOPICS[topic],
            formats=tuple(dict.fromkeys(FORMATS[self.pick(len(FORMATS), 1.8)] for _ in range(1 + self.pick(4)))),
            updated=(FIRST_DAY + timedelta(days=DAYS - 1 - self.pick(DAYS, 2.0))).isoformat(), columns=self.columns(words),
        )

    def columns(self, words: Iterator[int]) -> tuple[tuple[str, str], ...]:
        """The columns of a record that has a dictionary, none of another."""
        if self.chance.random() >= DESCRIBED:
            return ()
        named = [[next(words) for _ in range(1 + self.pick(2))] for _ in range(4 + self.pick(12))]
        return tuple({"_".join(map(name_of, each)): self.phrase(each) for each in named}.items())


def records(count: int, seed: int = 1) -> Iterator[Record]:
    """So many records."""
    maker = Maker(count, seed)
    return (maker.record(number) for number in range(count))


def write_records(count: int, path: Path) -> None:
    """Write so many records, as JSON, one a line."""
    with path.open("wb") as stream:
        stream.writelines(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records(count))


def read_records(path: Path) -> Iterator[Record]:
    """The records that were written."""
    with path.open("rb") as stream:
        for line in stream:
            given = orjson.loads(line)
            given |= {name: tuple(given[name]) for name in ("keywords", "formats")}
            yield Record(**given | {"columns": tuple(map(tuple, given["columns"]))})


def documents(made: Sequence[Record]) -> Iterator[Document]:
    """Records as the search has them: datasets, then their columns, unless these are too many."""
    for record in made:
        yield Document(
            id=record.id, kind="dataset", title=record.title, url=f"/data/{record.id}/", text=record.summary,
            about=record.publisher, detail=", ".join(record.formats), updated=record.updated, facets=_facets(record),
            fields={"keywords": record.keywords, "description": (record.description,), "about": (record.topic, *record.formats),
                    "columns": tuple(text for name, title in record.columns for text in (name.replace("_", " "), title))},
        )
    if sum(len(record.columns) for record in made) <= MOST_COLUMNS:
        for record in made:
            yield from _columns(record)


def _facets(record: Record) -> dict[str, tuple[tuple[str, str], ...]]:
    freshness = "late" if record.updated < "2023" else "on-time"
    values = {"topic": (record.topic,), "publisher": (record.publisher,), "format": record.formats, "freshness": (freshness,),
              "status": ("published",)}
    return {name: tuple((value.lower().replace(" ", "-"), value) for value in each) for name, each in values.items()}


def _columns(record: Record) -> Iterator[Document]:
    for name, title in record.columns:
        yield Document(id=f"{record.id}/{name}", kind="column", title=title, url=f"/data/{record.id}/#column-{name}",
                       about=record.title, detail=name, parent=record.id, fields={"title": (name.replace("_", " "),)})
