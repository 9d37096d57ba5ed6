"""Texts that people wrote, with personal data somewhere in them."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from cityfolio.model.privacy import Personal, PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import LIKE_PARCELS, SOME
from cityfolio.privacy.prose import CANDIDATE, kinds_in

IN_WORDS: dict[Personal, str] = {
    "national-id": "Social Security numbers", "payment-card": "payment card numbers", "bank-account": "bank accounts",
    "email": "e-mail addresses", "phone": "telephone numbers", "birth-date": "dates of birth",
}
CHECKED: tuple[Personal, ...] = ("national-id", "payment-card", "bank-account", "birth-date")
DIGITS = re.compile(r"[\d .-]+", re.ASCII)
REPEATED = 3                  # texts with one telephone number from which it is an office's


def free_text(column: Column) -> PersonalFinding | None:
    """E-mail addresses, telephones, Social Security and card numbers inside longer texts."""
    cells = column.cells
    if cells.is_digits:
        return None
    candidates = cells.like(CANDIDATE)
    if not len(candidates):
        return None
    texts = cells.whole(candidates)
    is_numbers = cells.share(DIGITS.fullmatch) >= SOME
    found = [() if is_numbers and DIGITS.fullmatch(text) else tuple(kinds_in(text)) for text in texts]
    calls = Counter(value for each in found for kind, value in set(each) if kind in ("phone", "email"))
    kept = [{kind for kind, value in each if _counts(column, kind, calls[value])} for each in found]
    which = candidates[[at for at, kinds in enumerate(kept) if kinds]] if any(kept) else np.array([], dtype=np.int64)
    if not len(which):
        return None
    said = [IN_WORDS[kind] for kind in IN_WORDS if any(kind in kinds for kinds in kept)]
    return column.finding("free-text", which, f"hold {' and '.join(said)}")


def _counts(column: Column, kind: Personal, times: int) -> bool:
    header = column.header
    if kind in CHECKED:
        return not (kind == "national-id" and header.has(LIKE_PARCELS))
    if header.says(kind) or header.side == "public":
        return False
    if header.has(known.IDENTIFIERS) and not header.is_prose:
        return False
    # The number to call for more is the same in many texts.
    return times < REPEATED and (header.is_prose or not column.around.is_of_places) and not column.around.is_of_places
