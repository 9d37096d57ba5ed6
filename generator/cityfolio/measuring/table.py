"""Every measure in one line: as a table for people, as JSON for programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

from cityfolio.measures.linked import linked
from cityfolio.measuring.reckoning import Reckoned
from cityfolio.model.measured import Measure
from cityfolio.pages.measure_answer import trend_names
from cityfolio.pages.measure_figures import figures_of
from cityfolio.pages.standings import counted_standings, status_words
from cityfolio.pages.words import Words

WORDS = Words()
COLUMNS = ("Measure", "Period", "Value", "Expected", "Gap", "Status", "Trend")
NUMBERS = COLUMNS[2:5]
GAP_DECIMALS = 2
WIDE = 200                        # where no terminal says how wide a line may be


def measures_of(reckoned: Reckoned) -> tuple[Measure, ...]:
    """The measures in the order of pages; none where nothing could be measured."""
    found = reckoned.figures.by_id
    return tuple(each for each in linked(reckoned.loaded, found).measures if each.id in found)


def as_json(measures: tuple[Measure, ...]) -> dict[str, list[dict[str, object]]]:
    """For programs. A number that decimals cannot write is as near as a double comes to it."""
    return {"measures": list(map(_described, measures))}


def as_text(measures: tuple[Measure, ...], width: int | None) -> str:
    """For a person at a terminal, or without a width for a file."""
    # Imported here, because every command would wait for it.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="right" if name in NUMBERS else "left", no_wrap=name in NUMBERS[:1],
                         overflow="fold")
    for each in measures:
        table.add_row(*map(Text, _cells(each)))
    written = io.StringIO()
    console = Console(file=written, width=width or WIDE, color_system=None, legacy_windows=False)
    console.print(table)
    counts = "; ".join(each.text.striptags() for each in counted_standings((each.status for each in measures), WORDS))
    lines = [line.rstrip() for line in written.getvalue().splitlines()]
    return "\n".join([*lines, counts]).strip("\n")


def _cells(measure: Measure) -> Iterator[str]:
    standing, figures = measure.computed.standing, figures_of(measure, WORDS)
    yield measure.id
    yield standing.period
    yield figures.value(standing.value).striptags() if standing.value is not None else ""
    yield figures.value(standing.expected).striptags() if standing.expected is not None else ""
    yield f"{float(standing.gap):+.{GAP_DECIMALS}f}" if standing.gap is not None else ""
    yield status_words(WORDS)[standing.status].striptags()
    yield trend_names(WORDS)[measure.computed.trend.word].striptags()


def _described(measure: Measure) -> dict[str, object]:
    standing = measure.computed.standing
    return {"id": measure.id, "period": standing.period or None, "value": _number(standing.value),
            "expected": _number(standing.expected), "gap": _number(standing.gap), "status": standing.status,
            "trend": measure.computed.trend.word}


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
