"""Computes every measure of a catalog once, reading included, and says what of it took how long: `FOLDER [CACHE]`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import process_time

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.measures.measured import measured
from cityfolio.model.catalog import Build
from cityfolio.tables.published import Bench, read_tables


def peak_mib() -> int:
    """The most memory that this process held."""
    return getrusage(RUSAGE_SELF).ru_maxrss >> 10


def main(folder: Path, cache: Keep) -> None:
    """Load, profile, compute."""
    tree = FolderTree(folder)
    loaded = load(tree)
    with TemporaryDirectory() as scratch:
        bench = Bench(tree=tree, cache=cache, workers=1, scratch=Path(scratch))
        marks = [process_time()]
        tables = read_tables(loaded, bench)
        marks.append(process_time())
        profiling = peak_mib()
        found = measured(loaded, tables, Build(now=datetime(2026, 1, 15, tzinfo=UTC)), bench)
        marks.append(process_time())
    values = sum(each.value is not None for one in found.by_id.values() for some in (one.overall.observations, *(
        series.observations for groups in one.groups.values() for series in groups)) for each in some)
    print(f"started {marks[0]:.2f}, profiled {marks[1] - marks[0]:.2f}, measured {marks[2] - marks[1]:.2f} CPU s; peak "
          f"{profiling} MiB profiled, {peak_mib()} MiB measured; {len(found.by_id)} measures, {values:,} values, "
          f"{len(found.problems)} problems")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Cache(Path(sys.argv[2])) if len(sys.argv) > 2 else NoCache())
