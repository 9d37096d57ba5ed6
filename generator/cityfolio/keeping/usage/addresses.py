"""Which dataset an address of the site belongs to, and whether what is there is a page or a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.usage import former_ids
from cityfolio.model.records import DatasetRecord
from cityfolio.model.site import VIEWS
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.names import stem_of

DATA = "data"
INDEX = "index.html"
# These endings are only of data; what ends in .json or .geojson may also describe a dataset to programs.
ALWAYS_DATA = frozenset({"zip", *(each.ending for each in FORMATS.values())}) - {"json", "geojson"}
OF_PLUGIN = re.compile(r"(?P<stem>.+?)(?:\.[a-z][a-z0-9]*){1,2}")
READ_BY_PAGES = (".parquet", ".pmtiles")   # the explorer and the map read these, in parts or whole


class Place(NamedTuple):
    """What an address leads to."""

    dataset: str
    kind: Literal["page", "file", "moved"]    # "moved": a page that only leads on to the dataset's page
    is_read_by_pages: bool = False


class Addresses(Frozen, kw_only=True):
    """The addresses of the datasets of a catalog, below the site's own path."""

    site_path: str                   # with "/" at both ends
    ids: Mapping[str, str]           # the id of today by every id it had
    stems: Mapping[str, frozenset[str]]
    files: Mapping[str, frozenset[str]]
    moved: Mapping[str, str]         # datasets by paths that now lead on to them
    added: frozenset[str] = frozenset()    # datasets whose tables a plugin offers in further formats

    @classmethod
    def of(cls, loaded: Loaded, site_path: str) -> Addresses:
        """Those of a catalog."""
        former = {old: new for old, new in former_ids(loaded.datasets).items() if old not in loaded.datasets}
        moved = {_bare(path): each.id for each in loaded.datasets.values() for path in each.record.formerly
                 if path.startswith("/")}
        return cls(
            site_path=f"/{site_path.strip('/')}/".replace("//", "/"),
            ids={**former, **{each: each for each in loaded.datasets}},
            files={each.id: frozenset(_names(each)) for each in loaded.datasets.values()},
            stems={each.id: frozenset(_stems(each)) for each in loaded.datasets.values()}, moved=moved,
            added=frozenset(each.id for each in loaded.datasets.values() if _asks_a_plugin(each, loaded)))

    def place(self, path: str) -> Place | None:
        """What is at a path; None for what belongs to no dataset, such as a style or the home page."""
        if not path.startswith(self.site_path):
            return None
        below = path[len(self.site_path):]
        if self.moved and (dataset := self.moved.get(_bare(below))):
            return Place(dataset, "moved")
        room, _, rest = below.partition("/")
        identifier, slash, rest = rest.partition("/")
        dataset = self.ids.get(identifier, "")
        if room != DATA or not slash or not dataset or identifier in VIEWS:
            return None
        return self._within(dataset, rest, is_former=identifier != dataset)

    def is_reading(self, referrer: str) -> bool:
        """Whether a request came from a page that reads tables by itself: of a file, of SQL, or one in a frame."""
        path = referrer.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
        below = f"/{path}".removeprefix(self.site_path).removesuffix(INDEX)
        return below.startswith(("sql/", "embed/")) or (below.startswith(f"{DATA}/") and below.count("/") == 3
                                                        and below.endswith("/"))

    def is_within(self, referrer: str) -> bool:
        """Whether a request came from a page of datasets of this site, as far as its path tells."""
        path = referrer.partition("://")[2].partition("/")[2]
        return f"/{path}".startswith((f"{self.site_path}{DATA}/", f"{self.site_path}sql/", f"{self.site_path}embed/"))

    def _within(self, dataset: str, rest: str, *, is_former: bool) -> Place | None:
        rest = rest.removesuffix(INDEX) if rest.rpartition("/")[2] == INDEX else rest
        if not rest:
            return Place(dataset, "moved" if is_former else "page")
        if rest.endswith("/"):
            return Place(dataset, "page") if rest.count("/") == 1 else None
        if "/" in rest or not self._is_file(dataset, rest):
            return None
        return Place(dataset, "file", rest.endswith(READ_BY_PAGES))

    def _is_file(self, dataset: str, name: str) -> bool:
        if name in self.files[dataset]:
            return True
        ending = name.rpartition(".")[2].lower()
        if ending in ALWAYS_DATA or (ending in FORMATS and _stem(name) in self.stems[dataset]):
            return True
        # The endings are the plugin's own, and it is not asked here.
        found = OF_PLUGIN.fullmatch(name) if dataset in self.added else None
        return found is not None and found["stem"].partition("-from-")[0] in self.stems[dataset]


def _asks_a_plugin(dataset: Sourced[DatasetRecord], loaded: Loaded) -> bool:
    of_site = loaded.site.record.exports if loaded.site else ()
    return any("/" in word for file in dataset.record.files for word in file.exports or of_site)


def _bare(path: str) -> str:
    return path.strip("/").removesuffix(INDEX).rstrip("/")


def _names(dataset: Sourced[DatasetRecord]) -> list[str]:
    return [name.replace("/", "-") for file in dataset.record.files for name in (file.path or "", *file.formerly) if name]


def _stems(dataset: Sourced[DatasetRecord]) -> list[str]:
    return [stem_of(name.replace("/", "-"), sheet) for file in dataset.record.files
            for name in (file.path or "", *file.formerly) if name for sheet in (None, file.sheet)]


def _stem(name: str) -> str:
    # trees-from-xlsx.json, where trees.json is another file: its name was free for no other.
    return stem_of(name).partition("-from-")[0] if "-from-" in name else stem_of(name)
