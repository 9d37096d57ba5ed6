"""What an expression means beside its text."""

from __future__ import annotations

from datetime import date

from cityfolio.frozen import Frozen


class Circumstances(Frozen):
    """What an expression means beside its text: in whose clock, and which days are holidays."""

    timezone: str | None = None
    holidays: tuple[date, ...] = ()
