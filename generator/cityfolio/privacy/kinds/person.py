"""Names of people."""

from __future__ import annotations

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import FEW, MOST, SOME
from cityfolio.privacy.people import is_full_name, is_known_name, is_known_part, is_name_part, is_turned_name
from cityfolio.privacy.words import word_set

TOWARDS = frozenset(("to", "for", "from"))
CANDIDATES = frozenset(("candidate", "candidates", "nominee"))
ABOUT = known.STATES - frozenset(("last", "first"))
OTHERWISE = ABOUT | known.SPEAK["phone"] | known.SPEAK["address"] | known.SPEAK["email"]
# Only people have these; a lake, a facility or a family of plants has an `l_name`, `f_name`, `family_name`.
PLAIN_PARTS = word_set("""
    first last middle firstname lastname middlename surname surnames forename forenames givenname nickname maiden apellido
    apellidos prenom prenoms vorname nachname cognome voornaam achternaam sobrenome imie nazwisko
""")
KNOWN = 0.1                   # of the different texts are common names, where the name of the column could mean other things
NEARLY = 0.9                  # of the different texts have the form of a name, and hardly two are alike
SPREAD = 0.3                  # of them are common names
TURNED = 0.8                  # of the different texts have a comma after the surname, as lists of people do
LEAST_TURNED = 0.2            # of them are common names
LEAST = 0.15                  # of them are common names, where the name of the column says that they are people's
SURE = 0.4                    # of the different texts are common names: whatever the column is called


def name(column: Column) -> PersonalFinding | None:
    """Names of people, by the name of the column and by names that are common; not those of firms, places and species."""
    header, cells = column.header, column.cells
    if not cells.has_letters or cells.is_digits:
        return None
    if _are_known_to_all(column):
        return None
    if header.names_part and not header.has(ABOUT - {"suffix", "prefix", "title", "no", "num"}):
        if column.around.is_tally and header.has(frozenset(("first", "firstname", "given"))) and column.around.people <= 2:
            return None   # how many children were given a name
        if _is_sure(column) and cells.share(_is_any_name) >= MOST:
            return column.finding("name", cells.where(_is_any_name), "can be names of people, as the name of the column says")
        return None
    if len(header.meant) == 1 and header.meant <= known.FIRST_LAST:
        is_name = cells.share(is_known_part) >= (SURE if not column.around.splits_names else KNOWN) and cells.distinct >= FEW
        return column.finding("name", cells.where(is_known_part), "are common names of people") if is_name else None
    if _are_single(column):
        return column.finding("name", cells.where(is_name_part), "can be names of people, as what stands around says")
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


def _are_known_to_all(column: Column) -> bool:
    """Whether they are names of people who stand for office, or are known for what they did."""
    header, around = column.header, column.around
    is_elected = header.has(known.ELECTED) and not (around.is_of_hiring and header.meant & CANDIDATES)
    return is_elected or (header.has(known.RENOWNED) and not around.is_register)


def _are_single(column: Column) -> bool:
    """Whether they are given names or surnames alone, in a table of people or under the name of a person."""
    header, cells, around = column.header, column.cells, column.around
    is_named = header.has(known.NAMES) and not header.has(ABOUT) \
        and (header.who in known.PRIVATE or (around.splits_names and not header.who))
    is_plain = header.is_plain and around.holds_people and column.is_spread and cells.distinct >= 2 * FEW
    if not (is_named or is_plain):
        return False
    least = KNOWN if is_named else SURE
    are_single = cells.share(is_full_name) < SOME and cells.share(is_name_part) >= NEARLY
    return are_single and cells.share(is_known_part) >= least


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
    if header.words[-1:] and header.words[-1] in TOWARDS and not header.has(known.FACILITIES):
        return True   # "Released To"
    if header.who in known.THINGS or (column.around.is_of_places and header.who not in known.PEOPLE):
        return False
    if header.who in known.PEOPLE:
        after = header.words[max(at for at, word in enumerate(header.words) if word == header.who) + 1:]
        return header.has(known.NAMES) or not set(after) & OTHERWISE
    if header.has(known.NAMES):
        return not header.has(known.FIGURES)
    return header.is_plain or not header.has(known.IDENTIFIERS, known.FIGURES, known.STATES, known.PROSE)


def _least(column: Column) -> float:
    header = column.header
    if header.who in known.PEOPLE:
        return LEAST
    if column.is_spread and column.cells.distinct >= FEW and column.cells.share(is_turned_name) >= TURNED:
        return LEAST_TURNED
    is_spread = column.is_spread and column.cells.distinct >= 2 * FEW
    if is_spread and column.cells.share(is_full_name) >= NEARLY:
        return SPREAD
    if header.has(known.NAMES) or header.is_plain:
        return SURE if column.cells.distinct >= FEW else MOST + SOME / 2
    return MOST + SOME / 2
