"""Names of people."""

from __future__ import annotations

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import FEW, MOST, SOME
from cityfolio.privacy.people import is_full_name, is_known_name, is_known_part, is_name_part
from cityfolio.privacy.words import word_set

ABOUT = known.STATES - frozenset(("last", "first"))
# Only people have these; a lake, a facility or a family of plants has an `l_name`, `f_name`, `family_name`.
PLAIN_PARTS = word_set("""
    first last middle firstname lastname middlename surname surnames forename forenames givenname nickname maiden apellido
    apellidos prenom prenoms vorname nachname cognome voornaam achternaam sobrenome imie nazwisko
""")
KNOWN = 0.1                   # of the different texts are common names, where the name of the column could mean other things
SURE = 0.4                    # of the different texts are common names: whatever the column is called


def name(column: Column) -> PersonalFinding | None:
    """Names of people, by the name of the column and by names that are common; not those of firms, places and species."""
    header, cells = column.header, column.cells
    if cells.is_digits:
        return None
    if header.has(known.RENOWNED, known.ELECTED):
        return None
    if header.names_part and not header.has(ABOUT - {"suffix", "prefix", "title", "no", "num"}):
        if column.around.is_tally and header.has(frozenset(("first", "firstname", "given"))) and column.around.people <= 2:
            return None   # how many children were given a name
        if _is_sure(column) and cells.share(_is_any_name) >= MOST:
            return column.finding("name", cells.where(_is_any_name), "can be names of people, as the name of the column says")
        return None
    if len(header.meant) == 1 and header.meant <= known.FIRST_LAST:
        known_parts = cells.where(is_known_part)
        is_name = cells.share(is_known_part) >= SURE and cells.distinct >= FEW
        return column.finding("name", known_parts, "are common names of people") if is_name else None
    if not _may_be_of_people(column):
        return None
    least = _least(column)
    full, sure = cells.share(is_full_name), cells.share(is_known_name)
    # "Walk In" and "Web Form" have the form of names too, but there are few of them.
    is_private = (header.who in known.PRIVATE or _is_of_person(column)) and full >= MOST \
        and (sure >= KNOWN or (cells.distinct >= FEW and column.is_spread))
    if (sure >= least and full >= 1.5 * least) or is_private:
        return column.finding("name", cells.where(is_full_name), "have the form of a person's name"
                              + (", and the name of the column says whose" if header.who in known.PEOPLE else ""))
    return None


def _is_of_person(column: Column) -> bool:
    """Whether a column that is called `name` alone stands in a table of people."""
    header, around = column.header, column.around
    return bool(header.meant) and header.meant <= known.NAMES and around.is_of_people and not around.is_of_animals


def _is_sure(column: Column) -> bool:
    known_share = column.cells.share(lambda text: is_known_part(text) or is_known_name(text))
    return column.header.has(PLAIN_PARTS) or known_share >= KNOWN


def _is_any_name(text: str) -> bool:
    return is_name_part(text) or is_full_name(text)


def _may_be_of_people(column: Column) -> bool:
    header = column.header
    if header.who in known.THINGS or (column.around.is_of_places and header.who not in known.PEOPLE):
        return False
    if header.who in known.PEOPLE:
        after = header.words[max(at for at, word in enumerate(header.words) if word == header.who) + 1:]
        return not set(after) & (ABOUT | known.SPEAK["phone"] | known.SPEAK["address"] | known.SPEAK["email"])
    if header.has(known.NAMES):
        return not header.has(known.FIGURES)
    return header.is_plain or not header.has(known.IDENTIFIERS, known.FIGURES, known.STATES, known.PROSE)


def _least(column: Column) -> float:
    header = column.header
    if header.who in known.PEOPLE:
        return 0.15
    if header.has(known.NAMES) or header.is_plain:
        return SURE if column.cells.distinct >= FEW else MOST + SOME / 2
    return MOST + SOME / 2
