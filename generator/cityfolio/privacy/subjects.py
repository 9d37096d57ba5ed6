"""Whose a column is that does not say so itself: the telephone and the address beside `complainant` are the complainant's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cityfolio.frozen import Frozen
from cityfolio.model.privacy import Personal
from cityfolio.privacy import words as known
from cityfolio.privacy.cells import Cells
from cityfolio.privacy.header import Header
from cityfolio.privacy.people import is_known_name
from cityfolio.privacy.words import word_set

PERSON = "someone by name"      # no word of a header, of which `person` is one
# What an entry in an address book is made of, beside what the search looks for.
OF_AN_ENTRY = word_set("""
    address addr adr street rue calle city town state zip zipcode zip4 postal postcode code st apt unit line country county
    ciudad estado home work cell mobile main primary alt alternate secondary day evening best number num no nbr
""")
REACHED: tuple[Personal, ...] = ("phone", "email", "birth-date")
SAID = known.SPEAK["phone"] | known.SPEAK["email"] | known.SPEAK["address"] | known.SPEAK["birth-date"] | word_set("e 1 2 3")
COMMON = 0.4                  # of the different texts of a column `name` are common names: it holds names of people


class Subject(Frozen, kw_only=True):
    """Whose a column is by the one before that names someone; "" where none does."""

    who: str = ""
    is_reached: bool = False      # whether a telephone, an address of e-mail or a day of birth stands in the same entry


NOBODY = Subject()


def subjects(columns: Sequence[tuple[Header, Cells]]) -> tuple[Subject, ...]:
    """For each column whose it is. Entries of an address book are written together: name, street, city, telephone."""
    entries = tuple(_entries(columns))
    reached = {entry for (header, _), (entry, _) in zip(columns, entries, strict=True)
               if any(header.says(kind) for kind in REACHED)}
    return tuple(Subject(who=who, is_reached=entry in reached) if who else NOBODY
                 for entry, who in entries)


def _entries(columns: Sequence[tuple[Header, Cells]]) -> Iterator[tuple[int, str]]:
    """For each column the number of its entry, and who that is about."""
    entry, who = 0, ""
    for header, cells in columns:
        goes_on = _continues(header) and header.who not in known.PEOPLE
        named = "" if goes_on and not _is_name(header) else _named(header, cells)
        if not goes_on and named != who or _is_name(header):
            entry, who = entry + (named != who), named
        yield entry, who


def _named(header: Header, cells: Cells) -> str:
    if _is_name(header) and not header.who:
        return PERSON if header.names_part or cells.share(is_known_name) >= COMMON else ""
    return header.who


def _is_name(header: Header) -> bool:
    """Whether a column is called `name` alone, or as a part of one."""
    return bool(header.meant) and header.meant <= known.NAMES or header.names_part


def _continues(header: Header) -> bool:
    """Whether a column only goes on with an entry, and names nobody itself."""
    left = header.meant - OF_AN_ENTRY - known.NAMES
    says = header.says("address") or any(header.says(kind) for kind in REACHED)
    return bool(header.meant) and (says or header.has(OF_AN_ENTRY)) and not left - SAID
