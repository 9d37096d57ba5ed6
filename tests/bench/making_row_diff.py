"""Tables of requests to be compared: one, the same with one row in a hundred changed, and that in other words and order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

KINDS, STREETS = ("POTHOLE", "GRAFFITI", "STREETLIGHT", "TREE", "NOISE"), ("Main", "Oak", "Elm", "Pine", "Cedar")
HEADER = "id,kind,received_at,street,district,days_open\n"
OTHER_NAMES = "request_id,category,received_at,address,district,days_open\n"
AT_ONCE = 50_000
SPREAD = 2_654_435_761        # Knuth's multiplier for numbers of 32 bits: the rows' values follow no pattern that helps
STEP = 7_368_787              # a prime, so that steps of it meet every row once


def write_pair(rows: int, folder: Path) -> tuple[Path, Path, Path]:
    """Write the table, the changed one, and the changed one with other names and in another order."""
    before, after, renamed = (folder / f"rows-{rows}-{name}.csv" for name in ("before", "after", "renamed"))
    if not renamed.is_file():
        _write(before, HEADER, (_line(row, changed=False) for row in range(rows)))
        _write(after, HEADER, (_line(row, changed=True) for row in range(rows)))
        _write(renamed, OTHER_NAMES, (_line(number * STEP % rows, changed=True) for number in range(rows)))
    return before, after, renamed


def _write(path: Path, header: str, lines: Iterator[str]) -> None:
    with path.open("w", newline="") as file:
        file.write(header)
        file.writelines(lines)


def _line(row: int, *, changed: bool) -> str:
    some = row * SPREAD & 0xFFFF_FFFF
    days = some % 97 + (changed and row % 100 == 7)
    return (f"SR-{row:08},{KINDS[some % 5]},2026-{some % 12 + 1:02}-{some % 28 + 1:02}T{some % 24:02}:{some % 60:02}:00,"
            f"{some % 9999} {STREETS[some % 3]} Street,{some % 7 + 1},{days}\n")
