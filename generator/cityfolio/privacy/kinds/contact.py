"""How a person is reached: addresses of e-mail and telephones."""

from __future__ import annotations

import re
from collections import Counter

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.checksums import NANP, is_phone, is_toll_free
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import ALL, FEW, MOST, SOME
from cityfolio.privacy.mail import EMAIL, SEPARATORS, is_free_mail, is_official
from cityfolio.privacy.people import is_known_part
from cityfolio.privacy.words import word_set

# No office is called by such a number: it moves about, or someone is to be called back there.
MOVING = word_set("mobile mob cell cellphone celular movil handy portable callback cb ani daytime evening")
NO_TELEPHONE = word_set("""
    type status valid verified preference opt ext extension model tower towers coverage provider carrier count
""")
TEN = re.compile(r"[2-9]\d{9}(?:\.0)?", re.ASCII)
CALLED = re.compile(r"(?:\d{3}-)?[+(]?\d[\d ().+-]{5,18}(?: ?(?:x|ext\.?) ?\d{1,6})?", re.ASCII | re.IGNORECASE)
HAVE_MAIL = known.PEOPLE | {"user"}   # a user's name is a program's affair, the address is a person's
DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)
OWN_PAGE = re.compile(r"\blinkedin\.com/(?:in|pub)/", re.IGNORECASE)
IN_NUMBER = 10                # digits, where none begins with a plus sign
MANY, EACH = 20, 10           # rows, and rows with one address, from which it is that of many
OFFICES = 0.5                 # the share of telephones with one exchange from which they are those of one switchboard


def email(column: Column) -> PersonalFinding | None:
    """Addresses of e-mail that are not a government's or a role's."""
    cells = column.cells
    if cells.is_digits:
        return None
    at = cells.holding("@")
    if not len(at) or cells.share(EMAIL.search) < SOME:
        return None
    which = cells.where(_is_private_email if not _is_public(column) else _is_own_email, at)
    if cells.filled >= MANY and cells.distinct <= cells.filled / EACH and not any(map(_is_free, cells.sample)):
        return None   # one address in so many rows is an office's, whatever it is called
    if len(which) < 0.1 * len(at) or (column.header.side == "public" and column.header.who not in HAVE_MAIL):
        return None
    return column.finding("email", which, "are e-mail addresses, and not those of an office")


def own_page(column: Column) -> PersonalFinding | None:
    """Pages that people have of themselves on LinkedIn; those of firms stand under another path there."""
    cells = column.cells
    if ".com/" not in cells.joined.lower() or cells.share(OWN_PAGE.search) < SOME:
        return None
    return column.finding("name", cells.where(OWN_PAGE.search), "are pages of people, which say who they are")


def _is_public(column: Column) -> bool:
    return not column.is_of_a_person and column.around.is_of_places


def _is_free(text: str) -> bool:
    return any(is_free_mail(found[2]) for found in EMAIL.finditer(text))


def _is_private_email(text: str) -> bool:
    return any(not is_official(found[1], found[2]) for found in EMAIL.finditer(text))


def _is_own_email(text: str) -> bool:
    """Whether an address is one that a person has, among those of firms."""
    return any(is_free_mail(found[2]) or any(is_known_part(part) for part in SEPARATORS.split(found[1]))
               for found in EMAIL.finditer(text) if not is_official(found[1], found[2]))


def phone(column: Column) -> PersonalFinding | None:
    """Telephones of people; those of offices, facilities and firms are there to be called."""
    header, cells = column.header, column.cells
    says = header.says("phone") and not header.has(NO_TELEPHONE)
    if header.side == "public" or not _hold_telephones(column, says=says):
        return None
    if not column.is_of_a_person and not header.has(MOVING) and _are_of_offices(column):
        return None
    form = _is_called if says else _is_telephone
    return column.finding("phone", cells.where(form), "can be telephone numbers" + (", and the name says so" if says else ""))


def _hold_telephones(column: Column, *, says: bool) -> bool:
    header, cells = column.header, column.cells
    if says:
        return cells.share(_is_called) >= SOME
    if header.is_identifier and not header.is_plain or header.has(known.FIGURES, known.LATITUDES, known.LONGITUDES):
        return False
    if not (cells.reaches(digits=IN_NUMBER) or "+" in cells.joined):
        return False
    if cells.share(lambda text: _is_telephone(text) and not text.isdigit() and not TEN.fullmatch(text)) >= MOST:
        return True
    is_open = header.is_plain or header.is_strange or header.side == "private"
    return is_open and cells.distinct >= FEW and column.is_spread and cells.share(_is_telephone) >= ALL


def _is_telephone(text: str) -> bool:
    plain = text.removesuffix(".0")
    return is_phone(plain) and not DECIMAL.fullmatch(plain)


def _is_called(text: str) -> bool:
    plain = text.removesuffix(".0")
    if plain.isdigit():
        return len(plain) in (7, 10, 11) and plain[0] != "0"
    return (is_phone(plain) or bool(CALLED.fullmatch(plain))) and not DECIMAL.fullmatch(plain)


def _are_of_offices(column: Column) -> bool:
    cells = column.cells
    is_of_place = column.around.is_of_places and column.who not in known.PEOPLE
    if is_of_place or cells.share(is_toll_free) > 0.2:
        return True
    if cells.filled >= FEW and not column.is_spread:
        return True   # many rows give the same number
    found = [match for text in cells.sample if (match := NANP.fullmatch(text))]
    exchanges = Counter(match[1] + match[2] for match in found)
    return len(found) >= 4 and exchanges.most_common(1)[0][1] >= OFFICES * len(found)
