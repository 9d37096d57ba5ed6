"""Whether the name of a column makes one ask for personal data, as a first dictionary asks it."""

from __future__ import annotations

from cityfolio.privacy.header import words_of
from cityfolio.privacy.suspicion import suspicion

__all__ = ["suspicion", "words_of"]
