"""A standard answered: each criterion with its answer and evidence, the level reached, the shortest way to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from cityfolio.frozen import Frozen, field
from cityfolio.model.practice import AttestationRecord
from cityfolio.model.standard import AreaRecord, CheckRecord, CriterionRecord, LevelRecord, StandardRecord

Answer = Literal["met", "not-met", "attested"]


class CheckAnswer(Frozen, kw_only=True):
    """What the catalog answered to one check."""

    check: CheckRecord
    query: str                    # "datasets where status == 'published': share of has_dictionary == true, at least 80%"
    holds: bool
    counted: int                  # rows that count, or different values
    of: int                       # rows asked
    good: tuple[str, ...]         # ids of the rows that count, in their order
    short: tuple[str, ...]        # ids of the rows asked that do not count


class Attestation(Frozen, kw_only=True):
    """What the city says of itself."""

    id: str
    record: AttestationRecord
    is_valid: bool                # False: it has expired, or is dated in the future
    source_path: str


class CriterionAnswer(Frozen, kw_only=True):
    """One criterion with its answer. "attested" is met too, in part or whole by the city's own word."""

    id: str
    record: CriterionRecord
    area: str
    answer: Answer
    checks: tuple[CheckAnswer, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    parts: tuple[str, ...] = ()   # of `among`: those that are met
    waits_for: tuple[str, ...] = ()    # of `after`: those not met; what it asks may hold, and it is not met all the same
    was: Answer | None = None     # in the last assessment that was written down

    @property
    def is_met(self) -> bool:
        """Whether it is met, by rows or by word."""
        return self.answer != "not-met"


class AreaStanding(Frozen, kw_only=True):
    """How one area stands."""

    id: str
    record: AreaRecord
    met: int
    of: int                       # parts of other criteria do not count
    level: LevelRecord | None     # the highest level whose share of all criteria this area reaches by itself


class PastAssessment(Frozen, kw_only=True):
    """One that was written down."""

    on: date
    level: str | None             # id
    answers: Mapping[str, Answer]
    source_path: str


class Assessment(Frozen, kw_only=True):
    """A standard answered from the catalog on the day of the build. Always a self-assessment."""

    id: str                       # of the standard
    record: StandardRecord
    source_path: str              # in the catalog; "" for one that comes with Cityfolio
    answers: Mapping[str, CriterionAnswer]
    areas: tuple[AreaStanding, ...]
    met: int
    of: int
    level: LevelRecord | None     # reached
    next_level: LevelRecord | None
    next_steps: tuple[str, ...] = ()   # a smallest set of criteria to meet for the next level, in an order that can be gone
    past: tuple[PastAssessment, ...] = ()   # the newest first


class FactRow(Mapping[str, object]):
    """A row of a table of facts. Where its columns stand is known once for all rows, of which a large catalog has many."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[object, ...]) -> None:
        self._places, self._values = places, values

    @property
    def told(self) -> tuple[object, ...]:
        """What stands in its columns, in their order."""
        return self._values

    def __getitem__(self, name: str) -> object:
        return self._values[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class FactsTable(Frozen, kw_only=True):
    """A table of facts about the catalog, which the checks of standards ask and readers can have as CSV."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)   # name -> what it says
    rows: tuple[Mapping[str, object], ...] = ()                # each has "id"; values are text, int, float, bool, date or None
