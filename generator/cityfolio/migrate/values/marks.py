"""Characters that nobody sees and that change what others look like, and words that were withheld."""

from __future__ import annotations

import re

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.yaml.text import carried

# Unicode Bidirectional Algorithm (UAX 9), 2: embeddings, overrides and isolates. Between words of other people's catalogs they
# are accidents or a disguise; the two marks for a single place, which right-to-left scripts need, stay.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Project Open Data's way to publish a record without its secrets: https://resources.data.gov/redactions/
WITHHELD = re.compile(r"\s*\[\[\s*REDACTED[^\]]*\]\]\s*", re.IGNORECASE)


def without_marks(text: str, ledger: Ledger, field: str) -> str:
    """A text without marks that turn the direction of what follows, and without control characters."""
    kept = DIRECTION.sub("", carried(text))
    if kept != text:
        ledger.note("mended", field, "invisible marks and control characters removed", text, kept)
    return kept


def is_withheld(text: str) -> bool:
    """Whether a text says nothing but that it was withheld, as `[[REDACTED-EX B6]]` does."""
    return WITHHELD.fullmatch(text) is not None
