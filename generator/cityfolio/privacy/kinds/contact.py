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

MOVING = frozenset(("mobile", "cell", "cellphone", "celular", "movil", "handy", "portable"))
NO_TELEPHONE = word_set("""
    type status valid verified preference opt ext extension model tower towers coverage provider carrier count
""")
TEN = re.compile(r"[2-9]\d{9}(?:\.0)?", re.ASCII)
CALLED = re.compile(r"(?:\d{3}-)?[+(]?\d[\d ().+-]{5,18}(?: ?(?:x|ext\.?) ?\d{1,6})?", re.ASCII | re.IGNORECASE)
HAVE_MAIL = known.PEOPLE | {"user"}   # a user's name is a program's affair, the address is a person's
DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)
OFFICES = 0.5                 # the share of telephones with one exchange from which they are those of one switchboard


def email(column: Column) -> PersonalFinding | None:
    """Addresses of e-mail that are not a government's or a role's."""
    cells = column.cells
    if cells.is_digits:
        return None
    at = cells.like("@")
    if not len(at) or cells.share(EMAIL.fullmatch) < SOME:
        return None
    which = cells.where(_is_private_email if not _is_public(column) else _is_own_email, at)
    if len(which) < 0.1 * len(at) or (column.header.side == "public" and column.header.who not in HAVE_MAIL):
        return None
    return column.finding("email", which, "are e-mail addresses, and not those of an office")


def _is_public(column: Column) -> bool:
    return column.header.side != "private" and column.around.is_of_places


def _is_private_email(text: str) -> bool:
    found = EMAIL.fullmatch(text)
    return bool(found) and found is not None and not is_official(found[1], found[2])


def _is_own_email(text: str) -> bool:
    """Whether an address is one that a person has, among those of firms."""
    found = EMAIL.fullmatch(text)
    if not found or is_official(found[1], found[2]):
        return False
    return is_free_mail(found[2]) or any(is_known_part(part) for part in SEPARATORS.split(found[1]))


def phone(column: Column) -> PersonalFinding | None:
    """Telephones of people; those of offices, facilities and firms are there to be called."""
    header, cells = column.header, column.cells
    says = header.says("phone") and not header.has(NO_TELEPHONE)
    if header.side == "public" or not _hold_telephones(column, says=says):
        return None
    if header.side != "private" and not header.has(MOVING) and _are_of_offices(column):
        return None
    form = _is_called if says else _is_telephone
    return column.finding("phone", cells.where(form), "can be telephone numbers" + (", and the name says so" if says else ""))


def _hold_telephones(column: Column, *, says: bool) -> bool:
    header, cells = column.header, column.cells
    if says:
        return cells.share(_is_called) >= SOME
    if header.is_identifier and not header.is_plain or header.has(known.FIGURES, known.LATITUDES, known.LONGITUDES):
        return False
    if cells.share(lambda text: _is_telephone(text) and not text.isdigit() and not TEN.fullmatch(text)) >= MOST:
        return True
    is_open = header.is_plain or header.side == "private"
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
    if column.around.is_of_places or cells.share(is_toll_free) > 0.2:
        return True
    if cells.filled >= FEW and not column.is_spread:
        return True   # many rows give the same number
    found = [match for text in cells.sample if (match := NANP.fullmatch(text))]
    exchanges = Counter(match[1] + match[2] for match in found)
    return len(found) >= 4 and exchanges.most_common(1)[0][1] >= OFFICES * len(found)
