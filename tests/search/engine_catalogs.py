"""The catalogs that tests/browser/js/engine*.test.mjs ask: each is an index, with its documents as JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from unittest.mock import patch

from asking import write_index
from cityfolio.search import index, records, shards
from cityfolio.search.documents import Document
from cityfolio.search.index import index_files
from cityfolio.search.terms import Speech
from search.making_documents import a_document, a_part, facets

SAID = {("solid", "waste"): (("trash",), ("garbage",)), ("potholes",): (("street", "repairs"),)}
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")


def a_city() -> tuple[Document, ...]:
    """Datasets and columns, of which each answers one kind of question."""
    return (
        a_document("Street trees", text="Every tree of the city", about="Parks and Recreation", updated="2026-03-01",
                   keywords=("urban forest",), description="Planted by the department", columns=("species", "planted on"),
                   values=("oak", "maple"),
                   facets=facets(topic="nature", publisher="parks-and-recreation", format=["csv", "json"])),
        a_document("Bicycle lanes", text="Lanes and paths", about="Streets Department", updated="2026-01-01",
                   facets=facets(topic=["streets", "nature"], publisher="streets-department", format="csv")),
        a_document("Crime incidents", text="What the police recorded", about="Police Department", updated="2025-01-01",
                   columns=("ward", "offense type"), values=("Theft of a bicycle",),
                   facets=facets(topic="safety", publisher="police-department", format="json")),
        a_document("Crime", text="A few figures", updated="2024-01-01", facets=facets(topic="safety", format="pdf")),
        a_document("Incidents of fire and crime", text="Calls to the fire department",
                   keywords=("crime", "incidents", "crimes"), description="crime incidents crime incidents",
                   updated="2024-02-01", facets=facets(topic="safety")),
        a_document("Solid waste tonnage", text="By month", facets=facets(topic="streets", format="csv")),
        a_document("Potholes", text="Reported and mended", facets=facets(topic="streets")),
        a_document("Streetlight outages", text="Lights that are out", facets=facets(topic="streets")),
        a_document("Street light poles", text="Where they stand", facets=facets(topic="streets")),
        a_document("Écoles élémentaires", text="Naïve list", facets=facets(topic="schools")),
        a_document("People by household", text="Children in each household", facets=facets(topic="people")),
        a_document("Who is who", text="Offices", facets=facets(topic="people")),
        a_document("Tree of heaven", text="A tree", description="heaven of tree", facets=facets(topic="nature")),
        a_document("木の葉の数", id="leaves", text="公園の木", facets=facets(topic="nature")),
        a_part("species", text="Kind of tree"), a_part("planted_on", text="Day of planting"),
        a_part("ward", parent="crime-incidents", text="Ward"),
        a_part("offense_type", parent="crime-incidents", text="Theft, arson"),
    )


def awkward() -> tuple[Document, ...]:
    """Documents that break what is not careful."""
    ids = ("a/b", "it's", 'a"b', "naïve 木", "__proto__", "constructor", "{}", "$&", "a\0b", "<b>", "toString")
    return (*(a_document(f"Thing {key}", id=key, text="__proto__ constructor toString hasOwnProperty") for key in ids),
            a_document(" ".join(f"word{at}" for at in range(500)), id="long"),
            *(a_document("Twins", id=f"twin-{at}") for at in range(12)))


def a_large_city() -> tuple[Document, ...]:
    """Some hundreds of datasets of made-up words, with facets by chance."""
    chance = Random(4)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(900)]
    return tuple(_by_chance(at, words, chance) for at in range(400))


def _by_chance(at: int, words: Sequence[str], chance: Random) -> Document:
    topics, formats = (chance.sample(names, chance.randint(0, 3)) for names in (("a", "b", "c", "d"), ("csv", "json", "pdf")))
    return a_document(
        " ".join([*chance.sample(words, 2), chance.choice(["common", "usual"])]), id=f"d{at}",
        text=" ".join(chance.sample(words, 8)), updated=f"20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-11",
        description=" ".join(chance.sample(words, 20)),
        facets=facets(topic=topics, format=formats, publisher=chance.choice(["x", "y", "z"])),
    )


def budgets() -> tuple[Document, ...]:
    """One dataset with the title that is asked for, and more that say its word more often."""
    years = (a_document(f"Budget {year}", keywords="budget", text="The city's budget", description="budget budget")
             for year in range(2010, 2024))
    return (a_document("Budget"), *years, *(a_document(f"Zoning {ward}") for ward in range(30)))


def shorts() -> tuple[Document, ...]:
    """Words too short for anybody to mistype."""
    return (a_document("Red ox"),)


CATALOGS: Mapping[str, Callable[[], tuple[Document, ...]]] = {
    "city": a_city, "awkward": awkward, "large": a_large_city, "nothing": tuple, "short": shorts, "budgets": budgets,
    "untitled": lambda: (a_document("", id="untitled", keywords="trees"), a_document("Trees")),
}


def write_catalogs(folder: Path) -> None:
    """Write every catalog as it happens, as a folder of packs, and as a folder with as many shards as can be."""
    for name, documents in CATALOGS.items():
        write_index(index_files(documents(), Speech(said=SAID)), folder / name)
        with patch.object(index, "ONE_FILE_BYTES", 0):
            write_index(index_files(documents(), Speech(said=SAID)), folder / f"{name}-in-packs")
        with (patch.object(index, "ONE_FILE_BYTES", 0), patch.object(shards, "SHARD_BYTES", 300),
              patch.object(shards, "SPELLING_WORDS", 40), patch.object(records, "MOST_LISTED", 3)):
            write_index(index_files(documents(), Speech(said=SAID)), folder / f"{name}-in-shards")
        (folder / f"{name}.json").write_text(json.dumps([asdict(document) for document in documents()]), encoding="utf-8")
