"""What a city writes about a change of its data: `changes/DATE-ID.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cityfolio.model.keys import Choice, ListOf, Reference, Text, key

NoteKind = Literal["correction", "method", "structure", "schedule", "withdrawal", "addition", "other"]
NOTE_KINDS: tuple[NoteKind, ...] = ("correction", "method", "structure", "schedule", "withdrawal", "addition", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """What stands between the `---` lines of `changes/DATE-ID.md`: what changed and why, for those who rely on the data.

    Its day is the DATE of its name. The text below says more, as Markdown.
    """

    title: str | None = key("What changed, in one sentence.", Text(200),
                            example="Trees felled in 2024 were counted twice and are now counted once", needed="warning",
                            code="title-missing")
    kind: NoteKind = key("What kind of change it is.", Choice(NOTE_KINDS), example="correction", default="other")
    reason: str | None = key("Why.", Text(1_000), example="Two offices reported the same trees.")
    datasets: tuple[str, ...] = key("Datasets it is about, also those that are gone.", ListOf(Text(100)), example="[trees]")
    measures: tuple[str, ...] = key("Measures it is about, also those that are gone.", ListOf(Text(100)),
                                    example="[trees-planted]")
    columns: tuple[str, ...] = key("Columns it is about.", ListOf(Text(200)), example="[height]")
    accepts: tuple[str, ...] = key("Breaking changes that it explains, as `cityfolio diff` calls them; all of its datasets and "
                                   "measures when left out.", ListOf(Text(100)), example="[column-removed]")
    by: str | None = key("Who answers for it.", Reference("publishers"), example="parks")
