"""What a build knows: references resolved, backlinks made. Every page is drawn from one `Catalog`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from cityfolio.frozen import Frozen, field as member
from cityfolio.model.answers import Answers
from cityfolio.model.formats import format_of
from cityfolio.model.frequency import Freshness
from cityfolio.model.health import PastHealth
from cityfolio.model.history import Changes, History
from cityfolio.model.measured import Goal, Measure, Priority
from cityfolio.model.outlines import Outlines
from cityfolio.model.performance import CalendarRecord
from cityfolio.model.practised import Practice
from cityfolio.model.profile import TableProfile
from cityfolio.model.records import (
    ColumnRecord,
    Contact,
    DatasetRecord,
    FileRecord,
    PublisherRecord,
    SiteRecord,
    Status,
)
from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.model.twins import EVERY


class Build(Frozen, kw_only=True):
    """What a build is told from outside. No stage reads the clock, the environment, the network or the working directory."""

    now: datetime                 # with its zone
    revision: str = ""            # commit of the catalog, "" when it has none
    revised: datetime | None = None   # the moment of that commit
    base_url: str = ""            # where the site will be published, without a final "/"; "" when not known
    languages: tuple[str, ...] = ("en",)   # of what is drawn now; the site's others follow
    tree: str = ""                # the folder below which pages of this language lie, such as "/es"; "" for the first
    for_folder: bool = False      # links end in index.html, so that they work from file://
    committed: Mapping[str, date] = member(default_factory=dict)   # catalog path -> day of its last commit
    past_health: tuple[PastHealth, ...] = ()   # how documentation stood, read from the repository's history
    past_left_out: int = 0                     # months before these that were not read, because there are too many versions
    history: History = member(default_factory=History)   # what changed of the data, read from the repository's history

    @property
    def revised_utc(self) -> str:
        """The moment of the catalog's commit, as texts that sort by it: 2026-11-26T13:15:00Z."""
        return self.revised.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.revised else ""

    @property
    def today(self) -> date:
        """The day that freshness is counted from."""
        return self.now.date()


class License(Frozen, kw_only=True):
    """Terms of use, built in or the city's own."""

    id: str
    title: str
    url: str | None = None
    spdx: str | None = None
    description: str | None = None


class Column(Frozen, kw_only=True, gc=False):
    """A column of one file: what the dictionary says of it and what the rows show (through the file's profile)."""

    name: str
    record: ColumnRecord          # shared columns already filled in
    described: bool               # False: it is in the file and not in the dictionary


class Export(Frozen, kw_only=True, gc=False):
    """A file that is made of another one: the same rows in another format, or a whole dataset in one archive."""

    name: str                     # unique in its dataset; last part of its address
    format: str                   # as readers know it
    bytes: int
    sha256: str
    plugin: str = ""              # the name of the one that made it; "": Cityfolio, whose pages rely on how it is made
    own_type: str = ""            # what a plugin says that it is to programs
    own_ending: str = ""          # of its name, as a plugin has it: "datastore.json"

    @property
    def ending(self) -> str:
        """How its name ends, without the point."""
        return self.own_ending or self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """What it is to programs."""
        return self.own_type or format_of(self.name).media_type


class RowsFile(Frozen, kw_only=True, gc=False):
    """The rows of a file as Parquet, laid out so that a browser can read them in parts."""

    url: str                      # site path
    bytes: int
    sha256: str
    footer: int                   # bytes at its end that say where everything is
    sorted_by: str = ""           # the first column that never falls from one row to the next
    offsets: tuple[tuple[str, str], ...] = ()   # of columns of moments with one offset: name, and "Z" or "-04:00"


class FirstRows(Frozen, kw_only=True, gc=False):
    """The beginning of a table of which no more is told."""

    columns: Sequence[Column]   # in file order
    profile: TableProfile         # of which the header, the types and the first rows count, and no figure


class File(Frozen, kw_only=True, gc=False):
    """Something to download, or an address to go to.

    `source_path` is the catalog file whose bytes are published (a `path` or a `sample`), None for an address alone.
    With neither `source_path` nor `url` it is listed without a link, and `record.missing` says why.
    """

    id: str                       # unique in its dataset; last part of its address
    title: str
    format: str                   # "CSV", "GeoJSON", ... in upper case as readers know them
    record: FileRecord
    url: str | None = None        # where the whole file is, when it is kept elsewhere
    source_path: str | None = None
    name: str = ""                # last part of the address of what is published here; sheets of one workbook share it
    bytes: int | None = None      # of what is published here
    sha256: str | None = None
    profile: TableProfile | None = None
    first_rows: FirstRows | None = None   # of a table that has no profile, because the settings ask for no more
    is_fetched: bool = False      # the profile, and what is made of the rows, are of the whole file at `url`
    columns: Sequence[Column] = ()   # those that are published, in file order
    left_out: tuple[str, ...] = ()     # sensitive columns that the published copy lacks
    exports: tuple[Export, ...] = ()   # the same rows in other formats
    page: str = ""                # last part of the address of the page that shows its rows; "" when it is not read as a table
    places: tuple[str, ...] = ()  # where rows are on the map: a column of shapes, or those of latitude and longitude
    rows: RowsFile | None = None  # None: nothing is there that a browser could read in parts

    @property
    def is_sample(self) -> bool:
        """Whether what is published here is only some rows of what is at `url`."""
        return self.record.sample is not None

    @property
    def shows_sample(self) -> bool:
        """Whether the profile, and what is made of the rows, are of only some rows of what is at `url`."""
        return self.is_sample and not self.is_fetched


class PublisherRef(Frozen, kw_only=True, gc=False):
    """A publisher as datasets point to it."""

    id: str
    title: str
    has_title: bool
    record: PublisherRecord


class TopicRef(Frozen, kw_only=True, gc=False):
    """A topic as datasets point to it."""

    id: str
    title: str
    description: str | None = None


class Dataset(Frozen, kw_only=True, gc=False):
    """One dataset with everything it points to."""

    id: str
    title: str                    # the id stands in when the record has none
    has_title: bool
    record: DatasetRecord
    status: Status
    publisher: PublisherRef | None
    topics: tuple[TopicRef, ...]
    license: License | None
    contact: Contact | None       # its own, else the publisher's, else the site's
    files: tuple[File, ...]
    updated: date | None          # `modified`, else the last commit that touched its files
    freshness: Freshness
    related: tuple[str, ...]      # ids
    archive: Export | None = None # everything that is published here in one file, with the dictionary
    source_path: str              # its YAML in the catalog
    answers: Answers = member(default_factory=Answers)   # to the questions and charts of its record
    twins: frozenset[str] = EVERY # kinds of files that are written beside it


class Publisher(Frozen, kw_only=True):
    """A publisher with what it publishes."""

    id: str
    title: str
    has_title: bool
    record: PublisherRecord
    datasets: tuple[Dataset, ...]
    source_path: str


class Topic(Frozen, kw_only=True):
    """A topic with its datasets."""

    id: str
    title: str
    description: str | None
    datasets: tuple[Dataset, ...]
    source_path: str


class Forward(Frozen, kw_only=True):
    """An address that was published once and now leads elsewhere. Both are site paths that start and end with "/"."""

    old: str
    new: str
    title: str
    source_path: str
    is_alone: bool = False        # nothing that lies below the new address is to be had below the old one

    @property
    def is_ours(self) -> bool:
        """Whether the old address was one of this site, and not a page of another portal."""
        return self.old.endswith("/") and self.old.split("/")[1] == self.new.split("/")[1]

    @property
    def takes_along(self) -> bool:
        """Whether what lies below the new address lay below the old one."""
        return self.is_ours and not self.is_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything a page can show. Datasets, publishers and topics are in the order of their titles."""

    site: SiteRecord
    datasets: tuple[Dataset, ...]
    publishers: tuple[Publisher, ...]
    topics: tuple[Topic, ...]
    priorities: tuple[Priority, ...] = ()  # in the city's order
    goals: tuple[Goal, ...] = ()           # by priority
    measures: tuple[Measure, ...] = ()     # by goal
    calendars: Mapping[str, CalendarRecord] = field(default_factory=dict)   # of days off, by id
    outlines: Mapping[tuple[str, str], Outlines] = field(default_factory=dict)   # of areas, by where their names are
    forwards: tuple[Forward, ...] = ()
    synonyms: SynonymsRecord = field(default_factory=SynonymsRecord)   # the city's own
    practice: Practice = field(default_factory=Practice)               # how the city keeps its data
    changes: Changes = field(default_factory=Changes)                  # what changed, as far as it is told
    published: tuple[Dataset, ...] = field(init=False, repr=False, compare=False)      # those that can be had now

    def __post_init__(self) -> None:
        # Once, and not for each of the many that ask.
        object.__setattr__(self, "published", tuple(each for each in self.datasets if each.status == "published"))
