"""Clusters for tests: a stand-in that works on this machine at once, and a catalog worth giving to others."""

from __future__ import annotations

import csv
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from bench.making_catalogs import write_catalog
from cityfolio.clusters.cluster import Cluster, Reach
from cityfolio.clusters.sameness import fingerprint
from tables.readers.making_sheets import by_openpyxl

SETTINGS = "exports: [json]\n"


class AtOnce(Executor):
    """Does what is submitted in this very process, before it answers; Dask's executor answers first."""

    def __init__(self) -> None:
        self.batches = 0

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Do it."""
        self.batches += 1
        future = Future[Any]()
        try:
            future.set_result(work(*args, **named))
        except Exception as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)
        return future


class Never(Executor):
    """Takes everything and does nothing, as a scheduler without workers."""

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Take it."""
        return Future()


def a_cluster(**changed: Any) -> Cluster:
    """A cluster of one thread, which reaches nothing unless it is said."""
    given = {"executor": AtOnce(), "threads": lambda: 1, "reach": Reach(), "same": fingerprint(), "here": 1}
    return Cluster(**{**given, **changed})


def a_large_catalog(folder: Path, count: int, one_in: int) -> Path:
    """A catalog of so many datasets, one in a few with a workbook in place of its CSV file; each as JSON too."""
    write_catalog(count, folder, settings=SETTINGS)
    for place in sorted((folder / "datasets").iterdir())[::one_in]:
        table = place / "rows.csv"
        with table.open(encoding="utf-8", newline="") as stream:
            (place / "rows.xlsx").write_bytes(by_openpyxl(list(csv.reader(stream))))
        table.unlink()
        document = place / "dataset.yaml"
        document.write_text(document.read_text("utf-8").replace("path: rows.csv", "path: rows.xlsx"), encoding="utf-8")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
