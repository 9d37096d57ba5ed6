"""The names of columns, checked the same in every format."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.problems import Problem
from cityfolio.tables.table import LIMIT_COLUMNS, Place, TableJob, Unreadable


def refuse_names(names: Sequence[str], places: Sequence[Place], job: TableJob) -> None:
    """Refuse columns without a name, or with that of another, all at once; and more of them than can be read."""
    if len(names) > LIMIT_COLUMNS:
        raise job.refusal(places[0], "file-large", f"the file has {len(names):,} columns, more than the {LIMIT_COLUMNS:,} that "
                          "can be read", "Turn columns into rows: one row for each thing and kind.")
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, (name, place) in enumerate(zip(names, places, strict=True), start=1):
        if not name.strip():
            problems.append(Problem(code="column-unnamed", where=job.location(place), says=f"column {number} has no name",
                                    fix="Give it a name, or remove the column if it is empty."))
        elif name in seen:
            problems.append(Problem(code="column-repeated", where=job.location(place),
                                    says=f"columns {seen[name]} and {number} are both named "
                                         f"{f'`{name[:80]}`' if job.may_show(name) else 'the same'}",
                                    fix="Give each column a name of its own."))
        seen.setdefault(name, number)
    if problems:
        raise Unreadable(*problems)
