"""A catalog made from another system's, before it is written anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.frozen import Frozen, field
from cityfolio.migrate.report import Report
from cityfolio.problems import Problem


class Missed(Frozen, kw_only=True):
    """A record that stands in the source's list and could not come over, though it may be a dataset."""

    place: str                    # where it stands at the source
    names: tuple[str, ...] = ()   # what it calls itself: identifiers, names, titles; none where it cannot be told from others
    why: str = ""                 # it could not come over


class Imported(Frozen, kw_only=True):
    """A catalog made from another one, not yet written."""

    files: Mapping[str, str] = field(default_factory=dict)     # path in the catalog -> text
    copies: Mapping[str, str] = field(default_factory=dict)    # path in the catalog -> path at the source
    report: Report
    problems: tuple[Problem, ...] = ()
    missed: tuple[Missed, ...] = ()
    is_whole: bool = True         # False: the list came in part, so it does not say what the source has no longer
