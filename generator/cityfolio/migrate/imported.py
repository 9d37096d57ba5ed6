"""A catalog made from another system's, before it is written anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.files import Tree
from cityfolio.migrate.report import Report
from cityfolio.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A catalog made from another one, not yet written."""

    files: Mapping[str, str] = field(default_factory=dict)     # path in the catalog -> text
    copies: Mapping[str, str] = field(default_factory=dict)    # path in the catalog -> path at the source
    copied_from: Tree | None = None                            # where the copies are; None: the source that was named
    report: Report
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True         # False: the source has records that did not come over, though they should have
