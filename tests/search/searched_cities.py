"""Two real catalogs as the search sees them: the demonstration city, and Philadelphia's, brought over by the importer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from cities import a_bench
from cityfolio.files import FolderTree, MemoryTree, Tree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.model.catalog import Build
from cityfolio.pages.pages import site_of
from cityfolio.search import speech_of
from cityfolio.search.documents import Document
from cityfolio.search.index import index_files
from cityfolio.search.kinds import documents_of
from cityfolio.search.terms import Speech
from cityfolio.tables.published import read_tables
from demonstration.built_site import Demonstration
from pages.drawing import the_theme
from unmeasured import unmeasured

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedCity:
    """A city's documents, and how its residents speak."""

    documents: tuple[Document, ...]
    speech: Speech

    @property
    def datasets(self) -> tuple[Document, ...]:
        """The datasets alone."""
        return tuple(document for document in self.documents if document.kind == "dataset")

    def index(self, *, synonyms: bool = True) -> dict[str, bytes]:
        """The files of its index, with or without what residents call things."""
        return index_files(self.documents, self.speech if synonyms else replace(self.speech, said={}))


@cache
def the_demonstration(built: Demonstration | None = None) -> SearchedCity:
    """The city of catalog/, with what its data files hold: as its build kept it, where it was built."""
    return searched(FolderTree(ROOT / "catalog"), built)


@cache
def philadelphia(inputs: Path) -> SearchedCity:
    """OpenDataPhilly, from the folder of real catalogs. Its records describe no columns."""
    imported = import_jkan(FolderTree(inputs / "jkan-opendataphilly"), name="OpenDataPhilly", today=TODAY)
    return searched(MemoryTree(imported.files))


def searched(tree: Tree, built: Demonstration | None = None) -> SearchedCity:
    """A catalog as the search sees it."""
    with unmeasured():
        bench = built.bench if built else a_bench(tree)
        loaded, build = load(tree), Build(now=MIDNIGHT, base_url="https://data.example.gov")
        catalog = link(loaded, read_tables(loaded, bench), build)
        return SearchedCity(documents=documents_of(site_of(catalog, build, the_theme())), speech=speech_of(catalog))


def titles(city: SearchedCity) -> Mapping[str, str]:
    """Each dataset's title by its id."""
    return {document.id: document.title for document in city.datasets}
