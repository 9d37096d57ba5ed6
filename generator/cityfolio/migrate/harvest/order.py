"""What a harvest is asked for, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cityfolio.frozen import Frozen, field
from cityfolio.migrate.harvest.report import Outcome
from cityfolio.migrate.imported import Missed
from cityfolio.model.records import SourceRecord
from cityfolio.problems import Problem


class Order(Frozen, kw_only=True):
    """What is to be done: bring in this source, on this day."""

    id: str
    source: SourceRecord
    today: date
    settles: bool = False         # conflicts end here: the catalog keeps its own, and they do not come up again
    may_shrink: bool = False      # the source may list far less than the last time
    may_retire: bool = True       # False: pages of the list are of different days, so a dataset may have slipped between them

    @property
    def title(self) -> str:
        """What the source is called."""
        return self.source.title or self.id


class Harvest(Frozen, kw_only=True):
    """What to write and to remove, in this order, and what is to be said of it."""

    writes: Mapping[str, str | bytes] = field(default_factory=dict)    # path in the catalog -> its new content
    removes: tuple[str, ...] = ()                                      # below sources/: never what people wrote
    outcomes: tuple[Outcome, ...] = ()
    missed: tuple[Missed, ...] = ()                                    # records of the source that could not come over
    problems: tuple[Problem, ...] = ()
