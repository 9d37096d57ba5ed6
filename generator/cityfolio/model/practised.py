"""Everything a site shows of how the city keeps its data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from cityfolio.frozen import Frozen, field
from cityfolio.model.assessment import Assessment, FactsTable
from cityfolio.model.health import CheckedLinks, HealthCheck, PastHealth, Used
from cityfolio.model.practice import CommitmentRecord, GuideRecord, RequestRecord, RuleRecord, UseRecord
from cityfolio.model.said import foreign_language
from cityfolio.problems import Problem

R = TypeVar("R")

COUNTED = ("datasets", "published", "publishers", "topics", "goals", "measures")   # what a guide may have counted


class Body(Frozen):
    """A text as it stands in a file."""

    text: str
    path: str                     # in the catalog
    line: int                     # where it begins
    language: str = ""            # "": that of the record's own file


def bodies_of(own: Body, further: tuple[Body, ...]) -> tuple[Body, ...]:
    """The texts of a file and of those beside it. Where its own text is missing, that of a further language stands for it."""
    return further if foreign_language(own.text) else (own, *further)


class Filed(Frozen, Generic[R], kw_only=True):
    """A record of its own file: a commitment, a request, a use, a rule, a guide."""

    id: str
    title: str
    record: R
    source_path: str
    body: str = ""                # Markdown below the front matter, of rules and guides
    body_line: int = 1            # where it begins in the file
    further: tuple[Body, ...] = ()    # the same text in further languages, each from a file of its own

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Its text in every language in which it was written, that of its own file first."""
        return bodies_of(Body(self.body, self.source_path, self.body_line), self.further)

    def path_in(self, language: str) -> str:
        """The file that holds its text in a language; its own where there is none."""
        return next((each.path for each in self.further if each.language == language), self.source_path)


class Practice(Frozen, kw_only=True):
    """What is known of the city's practice. Datasets' own part (release, review, sensitivity) is in their records."""

    commitments: tuple[Filed[CommitmentRecord], ...] = ()      # the newest promise first
    requests: tuple[Filed[RequestRecord], ...] = ()            # the newest first
    uses: tuple[Filed[UseRecord], ...] = ()                    # the newest first
    rules: tuple[Filed[RuleRecord], ...] = ()                  # in the city's order; meetings last, the newest first
    guides: tuple[Filed[GuideRecord], ...] = ()                # in the city's order
    usage: tuple[Used, ...] = ()                               # by dataset, then month
    links: CheckedLinks | None = None
    health: Mapping[str, tuple[HealthCheck, ...]] = field(default_factory=dict)   # by dataset
    past_health: tuple[PastHealth, ...] = ()                   # the oldest first
    past_left_out: int = 0                                     # months before it that were not read
    problems: tuple[Problem, ...] = ()                         # that were open when health was looked at
    document_faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)   # of attached documents, by catalog path
    facts: Mapping[str, FactsTable] = field(default_factory=dict)                 # by name
    assessments: tuple[Assessment, ...] = ()                   # in order of their standards' titles
