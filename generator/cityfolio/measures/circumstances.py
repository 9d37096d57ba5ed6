"""What an expression means beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an expression means beside its text: in whose clock, and which days are holidays."""

    timezone: str | None = None
    holidays: tuple[date, ...] = ()
