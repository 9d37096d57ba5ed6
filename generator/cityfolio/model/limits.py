"""What a city writes of how much its data files may ask for."""

from __future__ import annotations

from cityfolio.model.keys import Integer, Keyed, key


class LimitsRecord(Keyed, kw_only=True):
    """How much one data file may ask for while it is read, so that a file made to do harm is refused. Defaults fit a city."""

    cells: int | None = key("Rows times columns of a spreadsheet.", Integer(), example="50000000")
    expanded_bytes: int | None = key("Bytes of everything in an archive.", Integer(), example="4000000000")
    entries: int | None = key("Files in an archive.", Integer(), example="5000")
    ratio: int | None = key("Expanded bytes for each byte of an archive.", Integer(), example="500")
    memory_bytes: int | None = key("Memory for one file.", Integer(), example="2000000000")
    seconds: int | None = key("Time for one file, beside a second for every half megabyte of it.", Integer(), example="600")
    fetch_bytes: int | None = key("Bytes of a file kept elsewhere, where `--fetch` reads it.", Integer(), example="20000000000")
