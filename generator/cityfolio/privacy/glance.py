"""A glance at a column of little text, which tells of nearly every one that no rule can find anything personal in it.

However a column is called, each rule needs something of its cells: so many digits in one line, letters beside a digit, a sign,
a word, a name that people have. What the name of a column opens beside that is the same for all columns of that name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from string import digits

from cityfolio.frozen import Frozen
from cityfolio.privacy import words as known
from cityfolio.privacy.cells import LONGEST, SAMPLE, Holds
from cityfolio.privacy.few_cells import BLANK, MOST_CHARACTERS, READ_OTHERWISE
from cityfolio.privacy.header import Header
from cityfolio.privacy.kinds.life import BORN, DAY, DAYS, LICENSED, MIXED, MOST_DAYS
from cityfolio.privacy.kinds.numbers import ACCOUNTS, DRIVERS, IN_FOREIGN, IN_IBAN, IN_NATIONAL, LICENSES
from cityfolio.privacy.kinds.person import LEAST
from cityfolio.privacy.kinds.whereabouts import SERVED, STREETS
from cityfolio.privacy.people import is_known_name
from cityfolio.privacy.prose import COUNTRY, MARKS, may_tell

IN_DAY, SHORTEST_DAY = 3, 6   # digits, and characters: of 1/Jan/99, and of 1/1/99
IN_PLACE = 5                  # digits of a coordinate that is exact, or of one that is projected
SHORTEST_PLATE, LONGEST_PLATE = 4, 10
SHORTEST_ID, SHORTEST_IBAN = 9, 14
IBAN_BEGINS = re.compile(r"^\s*[A-Za-z]{2}[0-9]{2}", re.MULTILINE)
BESIDE_LINES = bytes(byte for byte in range(256) if chr(byte) not in f"{digits}\n")


class Openings(Frozen, kw_only=True):
    """For what cells a name leaves a rule open, be the rest of the table what it may."""

    any: bool                     # whatever they are: the name says what they hold
    names: bool                   # letters
    names_among_people: bool      # letters, where another column holds what only people have
    plates: bool                  # letters and digits, in short texts
    addresses: bool               # letters, or what stands for a blank, and digits
    days: bool
    places: bool


def may_hold(name: str, texts: Collection[str], *, are_moments: bool = False, among_people: bool = False) -> bool:
    """Whether a rule may find something in a column with these different texts.

    `are_moments`: they are dates or times as ISO 8601 writes them. `among_people`: another column may hold what only people
    have.
    """
    opens = _openings(name)
    if opens.any:
        return True
    if are_moments:
        return opens.days or opens.plates or opens.addresses
    joined, longest = "\n".join(texts), max(map(len, texts), default=0)
    if len(joined) > MOST_CHARACTERS or len(texts) > SAMPLE or longest >= LONGEST or any(mark in joined for mark in MARKS):
        return True
    are_names = opens.names or (among_people and opens.names_among_people)
    if joined.isascii():
        has_letters = _has_letters(joined)
        return _may_be_numbers(opens, texts, joined, longest) or (has_letters and (are_names or _may_tell(texts, joined)))
    # Beyond ASCII are digits that rules take for those they know, and letters that Arrow and Python do not take alike.
    return are_names or any(map(str.isdigit, joined)) or bool(READ_OTHERWISE.search(joined)) or _may_tell(texts, joined)


def _has_letters(joined: str) -> bool:
    return joined.lower() != joined.upper()      # in ASCII nothing else has a case


def _may_be_numbers(opens: Openings, texts: Collection[str], joined: str, longest: int) -> bool:
    """Whether a rule may find digits in texts in ASCII, alone or beside letters."""
    if longest < SHORTEST_PLATE:
        return False
    digits_alone = joined.encode().translate(None, BESIDE_LINES)
    most = max(map(len, digits_alone.split(b"\n")))
    if most >= IN_NATIONAL or (opens.places and most >= IN_PLACE):
        return True
    if opens.days and most >= IN_DAY and longest >= SHORTEST_DAY and _share(texts, DAY.fullmatch, MOST_DAYS):
        return True
    if not most or not (_has_letters(joined) or "_" in joined):
        return False
    if opens.addresses or (opens.plates and _share(texts, _is_short, MIXED)) or (most >= IN_FOREIGN and longest >= SHORTEST_ID):
        return True
    return most >= IN_IBAN and bool(COUNTRY.search(joined) or (longest >= SHORTEST_IBAN and IBAN_BEGINS.search(joined)))


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST_PLATE


def _may_tell(texts: Collection[str], joined: str) -> bool:
    """Whether texts speak of people, or name so many as it takes to be names of people, whatever the column is called."""
    return may_tell(texts, joined) or ".com/" in joined.lower() or _share(texts, _is_known_name, LEAST)


def _share(texts: Collection[str], holds: Holds, least: float) -> bool:
    """Whether something may hold for such a share of the texts that are values."""
    plain = list(map(str.strip, texts))
    count = len(list(filter(holds, plain)))
    return bool(count) and count >= least * sum(1 for text in plain if text.lower() not in BLANK)


def _is_known_name(text: str) -> bool:
    return not text[:1].islower() and _known_name(text)


@lru_cache(maxsize=10_000)
def _known_name(text: str) -> bool:
    """Whether a text is a name. The tables of a city share most of what is written with a capital."""
    return is_known_name(text)


@lru_cache(maxsize=10_000)
def _openings(name: str) -> Openings:
    header = Header.of(name)
    meant, is_plain, is_persons = header.meant, header.is_plain, header.who in known.PEOPLE
    says = any(header.says(kind) for kind in ("national-id", "bank-account", "phone", "birth-date", "plate"))
    is_bare = not meant - known.LATITUDES - known.LONGITUDES - known.POINTS
    is_household = is_persons or is_plain or header.says("address") or meant - known.SPEAK["address"] <= STREETS or \
        header.has(known.HOME, known.POINTS, SERVED)
    return Openings(
        any=says or header.has(BORN, DRIVERS, LICENSES, ACCOUNTS),
        names=header.names_part or header.who in known.PRIVATE or meant <= known.FIRST_LAST or header.has(known.NAMES),
        names_among_people=is_plain,
        plates=is_plain or meant <= LICENSED,
        addresses=is_household and not header.is_prose,
        days=is_plain or header.is_strange or meant <= DAYS,
        places=header.has(known.LATITUDES, known.LONGITUDES, known.POINTS)
        and (is_bare or is_persons or header.has(known.HOME)),
    )
