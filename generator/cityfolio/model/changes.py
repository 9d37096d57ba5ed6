"""What a city writes about a change of its data: `changes/DATE-ID.md`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cityfolio.model.keys import Choice, Integer, Keyed, ListOf, MapOf, Prose, Reference, Text, key
from cityfolio.model.review import WEIGHTS

NoteKind = Literal["correction", "method", "structure", "schedule", "withdrawal", "addition", "other"]
NOTE_KINDS: tuple[NoteKind, ...] = ("correction", "method", "structure", "schedule", "withdrawal", "addition", "other")


class NoteRecord(Keyed, kw_only=True):
    """What stands between the `---` lines of `changes/DATE-ID.md`: what changed and why, for those who rely on the data.

    Its day is the DATE of its name. The text below says more, as Markdown.
    """

    title: str | None = key("What changed, in one sentence.", Prose(200),
                            example="Trees felled in 2024 were counted twice and are now counted once", needed="warning",
                            code="title-missing")
    kind: NoteKind = key("What kind of change it is.", Choice(NOTE_KINDS), example="correction", default="other")
    reason: str | None = key("Why.", Prose(1_000), example="Two offices reported the same trees.")
    datasets: tuple[str, ...] = key("Datasets it is about, also those that are gone.", ListOf(Text(100)), example="[trees]")
    measures: tuple[str, ...] = key("Measures it is about, also those that are gone.", ListOf(Text(100)),
                                    example="[trees-planted]")
    columns: tuple[str, ...] = key("Columns it is about.", ListOf(Text(200)), example="[height]")
    accepts: tuple[str, ...] = key("Breaking changes that it explains, as `cityfolio diff` calls them; all of its datasets and "
                                   "measures when left out.", ListOf(Text(100)), example="[column-removed]")
    by: str | None = key("Who answers for it.", Reference("publishers"), example="parks")


class ReviewPolicyRecord(Keyed, kw_only=True):
    """What `cityfolio diff` asks of a change, and how much each kind of change weighs in this city."""

    note_for: tuple[str, ...] = key("Weights of changes that need a note in `changes/`; `[]` for none.",
                                    ListOf(Choice(WEIGHTS)), example="[breaking, notable]", default=("breaking",))
    weights: Mapping[str, str] = key("How much a kind of change weighs here, where not as `cityfolio diff` has it. "
                                     "docs/reference/diff.md lists the kinds.", MapOf(Choice(WEIGHTS)),
                                     example="{column-added: notable}")


class VersionsRecord(Keyed, kw_only=True):
    """Which former files stay to be had: those that were published, under an address with the day from which on they were."""

    keep: int = key("How many versions of a file, the newest; 0 for none.", Integer(), example="12", default=12)
    largest_bytes: int = key("Files of more bytes are not kept.", Integer(), example="1000000", default=1_000_000)
