"""Which columns of a table look as if they held personal data, by their names, their cells and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy.cells import Cells, SeenColumn
from cityfolio.privacy.context import surroundings
from cityfolio.privacy.header import Header
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.contact import email, own_page, phone
from cityfolio.privacy.kinds.life import birth_date, plate
from cityfolio.privacy.kinds.numbers import bank_account, national_id, payment_card
from cityfolio.privacy.kinds.person import name
from cityfolio.privacy.kinds.text import free_text
from cityfolio.privacy.kinds.whereabouts import address, home_place
from cityfolio.privacy.subjects import subjects

__all__ = ["SeenColumn", "personal_findings"]

Rule = Callable[[Column], PersonalFinding | None]
# What only people have: where a table holds it, the rest may be theirs too, whatever else stands there.
PROOFS: tuple[Rule, ...] = (bank_account, national_id, payment_card)
RULES: tuple[Rule, ...] = (*PROOFS, email, phone, birth_date, plate, home_place, address, own_page, name)


def personal_findings(columns: Sequence[SeenColumn], *, title: str = "") -> tuple[PersonalFinding, ...]:
    """Go through the columns of one table, and say what of them looks personal.

    For each column that is the clearest kind that its cells are as a whole, and each other kind that is inside some of them.
    """
    pairs = [(Header.of(column.name), Cells(column)) for column in columns]
    around = surroundings(pairs, title)
    judged = [Column(header=header, cells=cells, around=around, subject=subject)
              for (header, cells), subject in zip(pairs, subjects(pairs), strict=True)]
    if any(finding for column in judged for rule in PROOFS if column.cells.filled and (finding := rule(column))):
        judged = [replace(column, around=replace(around, holds_people=True)) for column in judged]
    return tuple(finding for column in judged for finding in _found(column))


def _found(column: Column) -> Iterator[PersonalFinding]:
    if not column.cells.filled:
        return
    clearest = next((finding for rule in RULES if (finding := rule(column))), None)
    if clearest:
        yield clearest
    yield from free_text(column, besides=clearest.kind if clearest else None)
