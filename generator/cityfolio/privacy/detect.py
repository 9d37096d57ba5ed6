"""Which columns of a table look as if they held personal data, by their names, their cells and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from cityfolio.frozen import replace
from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy.cells import Cells
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

if TYPE_CHECKING:   # Arrow is loaded where columns are its
    from cityfolio.privacy.seen import SeenColumn

Rule = Callable[[Column], PersonalFinding | None]
# What only people have: where a table holds it, the rest may be theirs too, whatever else stands there.
PROOFS: tuple[Rule, ...] = (bank_account, national_id, payment_card)
OTHERS: tuple[Rule, ...] = (email, phone, birth_date, plate, home_place, address, own_page, name)


def personal_findings(columns: Sequence[SeenColumn], *, title: str = "") -> tuple[PersonalFinding, ...]:
    """Go through the columns of one table, held by Arrow, and say what of them looks personal."""
    from cityfolio.privacy.many_cells import cells_of

    return findings_in([(column.name, cells_of(column)) for column in columns], title=title)


def findings_in(columns: Sequence[tuple[str, Cells]], *, title: str = "", judged: Collection[int] | None = None,
                ) -> tuple[PersonalFinding, ...]:
    """Go through the columns of one table, each with its name, and say what of them looks personal.

    `judged` are the numbers of those in which a rule may find something; the others tell what stands around them. For each
    column that is the clearest kind that its cells are as a whole, and each other kind that is inside some of them.
    """
    pairs = [(Header.of(name), cells) for name, cells in columns]
    around = surroundings(pairs, title)
    given = [Column(header=header, cells=cells, around=around, subject=subject)
             for at, ((header, cells), subject) in enumerate(zip(pairs, subjects(pairs), strict=True))
             if cells.filled and (judged is None or at in judged)]
    if not any(rule(column) for column in given for rule in PROOFS):
        return tuple(finding for column in given for finding in _found(column, OTHERS))
    among_people = replace(around, holds_people=True)
    given = [replace(column, around=among_people) for column in given]
    return tuple(finding for column in given for finding in _found(column, PROOFS + OTHERS))


def _found(column: Column, rules: tuple[Rule, ...]) -> Iterator[PersonalFinding]:
    clearest = next((finding for rule in rules if (finding := rule(column))), None)
    if clearest:
        yield clearest
    yield from free_text(column, besides=clearest.kind if clearest else None)
