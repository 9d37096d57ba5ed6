"""What a plugin is: a name, the version of these types that it was written for, and functions by the hook that calls them.

Every hook is a Protocol with one `__call__`, so that its signature is what docs/reference/plugins.md prints. All are pure
functions of what they are given, but for targets, which speak to other machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Protocol

from cityfolio.codes import Severity
from cityfolio.frozen import Frozen, field as member
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Manifest
from cityfolio.problems import Location
from cityfolio.tables.exports.schema import ExportColumn, ExportTable
from cityfolio.tables.table import Reading, TableJob

API = 1     # raised when a plugin that was written for the former one could break

Fits = Callable[[tuple[ExportColumn, ...]], bool]     # fits(columns) says whether a table is one that something is made for


def every_table(columns: tuple[ExportColumn, ...]) -> bool:
    """Whether a table is one that something is made for: each is."""
    return True


class Finding(Frozen, kw_only=True):
    """Something that a rule of a plugin found. An error stops the build, a warning does under `--strict`."""

    severity: Severity
    where: Location               # `document.at("key")` of a record, or `Location(path="datasets/trees/dataset.yaml")`
    says: str
    fix: str = ""


class PluginFile(Frozen, kw_only=True):
    """A file that a plugin adds to the site."""

    url: str                      # site path: "/transit/stops.json"
    body: bytes
    media_type: str


class PluginPage(Frozen, kw_only=True):
    """A page that a plugin adds to the site, drawn by the theme as a guide is."""

    url: str                      # site path that begins and ends with "/": "/transit/"
    title: str                    # its h1
    text: str                     # Markdown; links to pages of the site are site paths
    description: str = ""         # for search engines, below the title, and in results of the search
    updated: date | None = None
    is_found: bool = True         # by the search, among pages


class PluginExport(Frozen, kw_only=True):
    """A further format that tables are offered in, where `exports:` asks for it as `PLUGIN/ID`: "gtfs/gpx"."""

    id: str                       # lower-case letters, digits, hyphens
    ending: str                   # of the names of its files: "gpx", or of two parts: "datastore.json"
    label: str                    # the format as readers know it: "GPX"
    media_type: str               # "application/gpx+xml"
    write: Writer
    fits: Fits = every_table      # `fits(columns)` says whether it is for a table; the others have no such file


class PluginKind(Frozen, kw_only=True):
    """A further kind of things that the search finds, with a heading of its own among the results."""

    id: str                       # lower-case letters, digits, hyphens: "route"
    titles: Mapping[str, str]     # the heading by language; English has to be there: {"en": "Routes", "es": "Rutas"}
    things: Things | None = None  # None: all of its things are rows


class PluginRows(Frozen, kw_only=True):
    """Rows of tables as things of a kind."""

    kind: str                     # the id of one of the plugin's `kinds`
    things: RowThings
    fits: Fits = every_table      # `fits(columns)` says whether there are any in a table; the others are not read


class Findable(Frozen, kw_only=True):
    """Something that the search finds."""

    id: str                       # unique in its kind; of rows, in its table
    title: str                    # its words count most
    url: str = ""                 # site path of a page: "/transit/#9"; of rows also "" for theirs, or just a query for it
    text: str = ""                # the sentence that a result shows
    about: str = ""               # the line below; of rows, where it is "", the dataset's title
    words: tuple[str, ...] = ()   # further words that it is found by
    weight: float = 1.0           # above 0 up to 1: what its words count for, of what they would elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A built site that is to be told to another machine."""

    address: str                          # as it was given: "ckan-mirror:https://ckan.example.gov"
    manifest: Manifest                    # every file of the site, with its digest
    read: Callable[[str], bytes]          # the bytes of a file, by its path in the manifest
    environment: Mapping[str, str] = field(repr=False)   # keys and tokens are looked for here
    now: datetime                         # with its zone
    is_dry: bool                          # say what would be sent, and change nothing


class Sent(Frozen, kw_only=True):
    """What was sent, or would be, in names that the people of the other machine know."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


class Amend(Protocol):
    """Changes what is known of the catalog, before anything is drawn from it."""

    def __call__(self, catalog: Catalog, build: Build) -> Catalog:
        """Give the catalog as it is to be shown: `dataclasses.replace` makes one with other values."""


class Rule(Protocol):
    """Looks for mistakes, as `cityfolio check` does."""

    def __call__(self, loaded: Loaded, build: Build) -> Iterable[Finding]:
        """Give what is wrong with the files of the catalog."""


class Feed(Protocol):
    """Makes files for programs."""

    def __call__(self, catalog: Catalog, build: Build) -> Iterable[PluginFile]:
        """Give each file with its address. Of a site in several languages the first is told of, once."""


class Pages(Protocol):
    """Makes pages."""

    def __call__(self, catalog: Catalog, build: Build) -> Iterable[PluginPage]:
        """Give each page. On a site in several languages this is called for each: `build.languages[0]` says which."""


class Writer(Protocol):
    """Writes tables in a further format. Installed plugins alone can have one: it is called in processes of its own."""

    def __call__(self, table: ExportTable, stream: BinaryIO) -> None:
        """Write the table, from what the city publishes of it. Raise `Unfit` for one that the format cannot hold."""


class Things(Protocol):
    """Gives the search further things to find, each with its kind."""

    def __call__(self, catalog: Catalog, build: Build) -> Iterable[Findable]:
        """Give each thing. On a site in several languages this is called for each: `build.languages[0]` says which."""


class RowThings(Protocol):
    """Gives the search rows of tables to find. Installed plugins alone can have one: it is called in processes of its own."""

    def __call__(self, table: ExportTable) -> Iterable[Findable]:
        """Give each thing, once for all languages; what it is of is published, and `table.about` says whose."""


class Filter(Protocol):
    """A filter for the templates that a city keeps in `theme/templates/`: `{{ value|name }}`."""

    def __call__(self, value: Any, *args: Any, **kwargs: Any) -> object:  # Any: whatever a template hands over
        """Give what is to be written of the value that stands before the `|`. Text is escaped; `markupsafe.Markup` is not."""


class Target(Protocol):
    """Tells another machine of a built site, under `cityfolio deploy NAME:ADDRESS`."""

    def __call__(self, sending: Sending) -> Sent:
        """Send what differs. Raise `cityfolio.plugins.Refused` where the other machine does not do what was asked."""


class Reader(Protocol):
    """Opens data files of a format as tables. Installed plugins alone can have one: it is called in processes of its own."""

    def __call__(self, stream: Any, job: TableJob) -> Reading:  # Any: a BinaryIO, which may be of the reader's own making
        """Open a file, which is closed for you. Raise `job.refusal(...)` for one that is not what it should be."""


HOOKS: Mapping[str, type] = {
    "amend": Amend, "rules": Rule, "feeds": Feed, "pages": Pages, "exports": Writer, "kinds": Things, "rows": RowThings,
    "filters": Filter, "targets": Target, "readers": Reader,
}


class Plugin(Frozen, kw_only=True):
    """What a plugin gives. A package names one under the entry points `cityfolio.plugins`; a file calls it `plugin`."""

    name: str                                             # lower-case letters, digits, hyphens
    api: int                                              # the version that it was written for, as a number: 1
    amend: Amend | None = None
    rules: tuple[Rule, ...] = ()
    feeds: tuple[Feed, ...] = ()
    pages: tuple[Pages, ...] = ()
    exports: tuple[PluginExport, ...] = ()
    kinds: tuple[PluginKind, ...] = ()
    rows: tuple[PluginRows, ...] = ()
    filters: Mapping[str, Filter] = member(default_factory=dict)      # by the name that templates use
    targets: Mapping[str, Target] = member(default_factory=dict)      # by what stands before the colon of an address
    readers: Mapping[str, Reader] = member(default_factory=dict)      # by the format as `format:` of a file says it: "GTFS"
