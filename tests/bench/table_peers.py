"""What other libraries do with the same files, each in a process of its own: `python table_peers.py NAME FILE`.

None of them makes as much of a file as a profile is: they count, and tell ranges and means.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

CHUNK_ROWS = 500_000


def pandas_in_chunks(path: Path) -> None:
    """Filled cells, ranges and sums, a chunk at a time."""
    import pandas as pd

    for chunk in pd.read_csv(path, chunksize=CHUNK_ROWS):
        chunk.count()
        chunk.describe()


def pandas_describe(folder: Path) -> None:
    """Each file of a folder read and described."""
    import pandas as pd

    for path in sorted(folder.glob("*.csv")):
        pd.read_csv(path).describe(include="all")


def duckdb_summary(path: Path) -> None:
    """What DuckDB calls a summary, and a Parquet file."""
    duckdb = importlib.import_module("duckdb")
    duckdb.sql(f"SUMMARIZE SELECT * FROM read_csv('{path}')").fetchall()
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{path}')) TO '{path}.peer.parquet' (FORMAT parquet)")


def calamine(path: Path) -> None:
    """Every cell of a workbook."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def openpyxl(path: Path) -> None:
    """Every cell of a workbook, a row at a time."""
    load = importlib.import_module("openpyxl").load_workbook
    for _ in load(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def pandas_csv(path: Path) -> None:
    """A CSV file as text."""
    import pandas as pd

    pd.read_csv(path, dtype=str, keep_default_na=False)


def json_load(path: Path) -> None:
    """JSON as Python's own reader takes it."""
    json.loads(path.read_bytes())


def json_lines(path: Path) -> None:
    """JSON Lines as Python's own reader takes them."""
    for line in path.read_bytes().splitlines():
        json.loads(line)


def pyarrow_parquet(path: Path) -> None:
    """Parquet as lists of Python's values."""
    import pyarrow.parquet as pq

    pq.read_table(path).to_pydict()


PEERS: dict[str, Callable[[Path], None]] = {
    each.__name__: each for each in (pandas_in_chunks, pandas_describe, duckdb_summary, calamine, openpyxl, pandas_csv,
                                     json_load, json_lines, pyarrow_parquet)
}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]))
