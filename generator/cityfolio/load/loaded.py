"""What loading gives: each record with the document it came from, and what was wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from cityfolio.files import Node
from cityfolio.frozen import Frozen, field
from cityfolio.lately import found_lately
from cityfolio.load.yaml import Document
from cityfolio.model.changes import NoteRecord
from cityfolio.model.health import CheckedLinks, Used
from cityfolio.model.performance import CalendarRecord, GoalRecord, MeasureRecord, PriorityRecord
from cityfolio.model.practice import (
    AssessmentRecord,
    AttestationRecord,
    CommitmentRecord,
    GuideRecord,
    RequestRecord,
    RuleRecord,
    UseRecord,
)
from cityfolio.model.practised import Body, bodies_of
from cityfolio.model.records import (
    ColumnRecord,
    DatasetRecord,
    LicenseRecord,
    PublisherRecord,
    SiteRecord,
    TopicRecord,
)
from cityfolio.model.standard import StandardRecord
from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.problems import Problem

R = TypeVar("R")


class Sourced(Frozen, Generic[R]):
    """A record and where it is written."""

    id: str
    record: R
    document: Document
    body: str = ""         # Markdown below front matter, in rooms whose files are Markdown
    body_line: int = 1     # where it begins
    further: tuple[Body, ...] = ()     # the same text in further languages, each from a file of its own
    says_all: bool = False     # whether in its file nothing is empty, and nothing was refused: what it lacks was not written

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Its text in every language in which it was written, that of its own file first."""
        return bodies_of(Body(self.body, self.document.path, self.body_line), self.further)


class Loaded(Frozen, kw_only=True):
    """A catalog folder, read. Records that could not be read at all are absent, and `problems` says why."""

    site: Sourced[SiteRecord] | None
    synonyms: Sourced[SynonymsRecord] | None = None
    publishers: Mapping[str, Sourced[PublisherRecord]] = field(default_factory=dict)
    topics: Mapping[str, Sourced[TopicRecord]] = field(default_factory=dict)
    licenses: Mapping[str, Sourced[LicenseRecord]] = field(default_factory=dict)
    columns: Mapping[str, Sourced[ColumnRecord]] = field(default_factory=dict)
    datasets: Mapping[str, Sourced[DatasetRecord]] = field(default_factory=dict)
    priorities: Mapping[str, Sourced[PriorityRecord]] = field(default_factory=dict)
    goals: Mapping[str, Sourced[GoalRecord]] = field(default_factory=dict)
    measures: Mapping[str, Sourced[MeasureRecord]] = field(default_factory=dict)
    calendars: Mapping[str, Sourced[CalendarRecord]] = field(default_factory=dict)
    commitments: Mapping[str, Sourced[CommitmentRecord]] = field(default_factory=dict)
    requests: Mapping[str, Sourced[RequestRecord]] = field(default_factory=dict)
    uses: Mapping[str, Sourced[UseRecord]] = field(default_factory=dict)
    policy: Mapping[str, Sourced[RuleRecord]] = field(default_factory=dict)
    guides: Mapping[str, Sourced[GuideRecord]] = field(default_factory=dict)
    changes: Mapping[str, Sourced[NoteRecord]] = field(default_factory=dict)         # notes about changes, by DATE-ID
    standards: Mapping[str, Sourced[StandardRecord]] = field(default_factory=dict)   # the city's own
    attestations: Mapping[str, Sourced[AttestationRecord]] = field(default_factory=dict)
    assessments: Mapping[str, Sourced[AssessmentRecord]] = field(default_factory=dict)
    usage: tuple[Used, ...] = ()             # usage.csv, by dataset, then month
    checked_links: CheckedLinks | None = None    # the newest of links/
    nodes: Mapping[str, Node] = field(default_factory=dict)  # every name in the catalog folder
    drafts: frozenset[str] = frozenset()  # of datasets; their records say "published", so that they are checked
    unread: frozenset[str] = frozenset()  # "publishers/x": it is there and was refused, so a reference to it is no second fault
    problems: tuple[Problem, ...] = ()

    @property
    def published(self) -> tuple[Sourced[DatasetRecord], ...]:
        """The datasets that can be had."""
        return _published(self.datasets)

    @property
    def listed(self) -> tuple[Sourced[DatasetRecord], ...]:
        """The datasets that feeds for other catalogs list: all but the retired."""
        return _listed(self.datasets)

    def names(self, room: str) -> tuple[str, ...]:
        """Every id of a room that a reference may lead to, those of records that were not read too."""
        unread = (each.removeprefix(f"{room}/") for each in self.unread if each.startswith(f"{room}/"))
        return tuple(sorted({*getattr(self, room), *unread}))

    def knows(self, room: str, identifier: str) -> bool:
        """Whether a reference to this id leads to something, or to something already reported."""
        return identifier in getattr(self, room) or f"{room}/{identifier}" in self.unread


@found_lately
def _published(datasets: Mapping[str, Sourced[DatasetRecord]]) -> tuple[Sourced[DatasetRecord], ...]:
    return tuple(each for each in datasets.values() if each.record.status == "published")


@found_lately
def _listed(datasets: Mapping[str, Sourced[DatasetRecord]]) -> tuple[Sourced[DatasetRecord], ...]:
    return tuple(each for each in datasets.values() if each.record.status != "retired")
