"""Texts that people wrote, with personal data somewhere in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cityfolio.model.privacy import Personal, PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import LIKE_PARCELS, SOME
from cityfolio.privacy.prose import candidates_of, kinds_in, may_match

IN_WORDS: dict[Personal, str] = {
    "national-id": "Social Security numbers", "payment-card": "payment card numbers", "bank-account": "bank accounts",
    "email": "e-mail addresses", "phone": "telephone numbers", "birth-date": "dates of birth",
    "name": "names of people",
}
CHECKED: tuple[Personal, ...] = ("national-id", "payment-card", "bank-account", "birth-date")
REACHED: tuple[Personal, ...] = ("email", "phone")
DIGITS = re.compile(r"[\d .-]+", re.ASCII)
SPOKEN_OF = 0.02              # of the texts, and two: so many may name someone that all know
# Whoever writes so speaks of a person, also where a table is of places.
OF_PEOPLE = re.compile(r"\b(?:call me|text me|me at|my|his|her|caller|resident|tenant|neighbou?r|cell|wife|husband|mother"
                       r"|father|spouse|patron|voicemail|spoke|reached)\b", re.IGNORECASE)
REPEATED = 3                  # texts with one telephone number from which it is an office's
SLIPS = 0.01                  # of telephones, or two: they lost a digit, and have the form of a Social Security number


def free_text(column: Column, besides: Personal | None = None) -> Iterator[PersonalFinding]:
    """What is inside longer texts: each kind that check digits or words tell for itself, e-mail and telephones together.

    `besides` is what the column is known to hold already. What else is met in its cells is another matter, because whoever
    acknowledges the one has not thought of the other.
    """
    cells = column.cells
    # The digits of an IBAN stand in groups as those of a card do.
    known_kinds = (besides, "payment-card") if besides == "bank-account" else (besides,)
    sought = tuple(kind for kind in IN_WORDS if kind not in known_kinds)
    likely = () if cells.is_digits else may_match(cells)
    candidates = cells.like(candidates_of(sought), likely) if likely is None or len(likely) else ()
    if not len(candidates):
        return
    is_numbers = besides is None and cells.share(DIGITS.fullmatch) >= SOME
    found = [() if is_numbers and DIGITS.fullmatch(text) else tuple(kinds_in(text, sought)) for text in cells.whole(candidates)]
    calls = Counter(value for each in found for kind, value in set(each) if kind not in CHECKED)
    speaks = [column.header.is_prose and bool(each and OF_PEOPLE.search(text))
              for each, text in zip(found, cells.whole(candidates), strict=True)]
    kept = [{kind for kind, value in each if _counts(column, kind, besides, calls[value], speaks=speaks_of)}
            for each, speaks_of in zip(found, speaks, strict=True)]
    least = max(2, SLIPS * cells.distinct) if column.header.says("phone") or besides == "phone" else 0
    for kinds in (*((kind,) for kind in CHECKED), REACHED, ("name",)):
        which = [at for at, held in zip(candidates, kept, strict=True) if held.intersection(kinds)]
        if len(which) > (max(2, SPOKEN_OF * cells.distinct) if kinds == ("name",) else least):
            said = [IN_WORDS[kind] for kind in kinds if any(kind in held for held in kept)]
            yield column.finding("free-text" if kinds == REACHED else kinds[0], which, f"hold {' and '.join(said)}")


def _counts(column: Column, kind: Personal, besides: Personal | None, times: int, *, speaks: bool) -> bool:
    header = column.header
    if kind in CHECKED:
        return kind != "national-id" or header.is_prose or not header.has(LIKE_PARCELS - {"phone"})
    if header.side == "public" or (header.says(kind) and besides is None):
        return False
    if header.has(known.IDENTIFIERS) and not header.is_prose:
        return False
    if kind == "name" and not (header.is_prose or header.is_plain or header.is_strange):
        return False
    # The number to call for more is the same in many texts.
    return times < REPEATED and (speaks or not column.around.is_of_places)
