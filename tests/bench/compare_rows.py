"""Compares two CSV files, by key where one is given: `python compare_rows.py cityfolio|duckdb BEFORE AFTER [KEY]`."""

from __future__ import annotations

import sys
from pathlib import Path


def by_cityfolio(before: Path, after: Path, key: tuple[str, ...]) -> str:
    """All that is told of two tables."""
    from cityfolio.files import FolderTree
    from cityfolio.model.records import FileRecord
    from cityfolio.tables.row_diff.compare import Side, compare_tables
    from cityfolio.tables.table import TableJob

    one, other = (Side(tree=FolderTree(path.parent), job=TableJob(path=path.name, size_bytes=path.stat().st_size,
                                                                  file=FileRecord(path=path.name))) for path in (before, after))
    found = compare_tables(one, other, key)
    return f"{found.added} {found.removed} {found.changed} {dict(found.changed_in)} {dict(found.renamed)}"


def by_duckdb(before: Path, after: Path, key: tuple[str, ...]) -> str:
    """The three counts alone, for columns of the same names."""
    import duckdb

    database = duckdb.connect()
    database.execute("set memory_limit = '500MB'")
    database.execute(f"set temp_directory = '{before.parent}'")
    same = " and ".join(f"a.{name} = b.{name}" for name in key)
    query = (f"select count(*) filter (a.{key[0]} is null), count(*) filter (b.{key[0]} is null), "
             f"count(*) filter (a.{key[0]} is not null and b.{key[0]} is not null and a <> b) "
             f"from read_csv('{before}', all_varchar = true) a full join read_csv('{after}', all_varchar = true) b on {same}")
    return str(database.execute(query).fetchall())


if __name__ == "__main__":
    compare = {"cityfolio": by_cityfolio, "duckdb": by_duckdb}[sys.argv[1]]
    print(compare(Path(sys.argv[2]), Path(sys.argv[3]), tuple(sys.argv[4:])), file=sys.stderr)
