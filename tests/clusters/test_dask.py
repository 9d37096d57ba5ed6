"""A cluster of two Dask workers on this machine builds the same site, byte for byte, also when one of them is killed.

They read tables, make downloads and draw pages.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from cityfolio.clusters import connecting
from cityfolio.clusters.cluster import Cluster
from cityfolio.clusters.remote import Batch
from cityfolio.pages import drawn_ahead
from cityfolio.tables.workers import SHARED
from clusters.local_cluster import a_local_cluster
from clusters.making_clusters import a_large_catalog, files_in

DATASETS, OF_AN_ERRAND = 12, 4

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by a signal that Windows does not have"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers."""
    with a_local_cluster(2) as address:
        yield address


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of 12 datasets, three of them with workbooks."""
    return a_large_catalog(tmp_path_factory.mktemp("large") / "catalog", DATASETS, one_in=4)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have few datasets be worth drawing elsewhere."""
    monkeypatch.setattr(drawn_ahead, "LEAST", 2 * OF_AN_ERRAND)
    monkeypatch.setattr(drawn_ahead, "FEWEST_SENT", OF_AN_ERRAND)


@pytest.fixture(scope="module")
def plain(catalog: Path) -> dict[str, bytes]:
    """The site as this machine builds it alone."""
    return built(catalog, "--no-cache")[0]


def built(catalog: Path, *more: str) -> tuple[dict[str, bytes], str]:
    """The site as the command leaves it, and what the command said."""
    output = catalog.parent / "site"
    ran = CliRunner().invoke(main, ["build", "--catalog", str(catalog), "--output", str(output), *more])
    assert ran.exit_code == 0, ran.output
    return files_in(output), ran.output


def is_errand(batch: Batch) -> bool:
    """Whether pages are to be drawn."""
    return SHARED in batch.inputs


class Noting(Executor):
    """Gives work on, and notes it."""

    def __init__(self, executor: Any) -> None:
        self.executor = executor
        self.given: list[Batch] = []

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Give it on."""
        self.given += args
        future: Future[Any] = self.executor.submit(work, *args, **named)
        return future


class Killing(Noting):
    """Gives work on, and kills the first worker that is seen at the kind that is meant."""

    def __init__(self, executor: Any, is_meant: Callable[[Batch], bool]) -> None:
        super().__init__(executor)
        self.killed, self.is_meant = 0, is_meant

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Give it on."""
        future = super().submit(work, *args, **named)
        client = self.executor._client
        processes = client.run(os.getpid) if self.is_meant(*args) and not self.killed else {}
        while processes and not self.killed and not future.done():
            busy = [worker for worker, tasks in client.processing().items() if tasks and worker in processes]
            if busy:
                self.killed = processes[busy[0]]
                os.kill(self.killed, signal.SIGKILL)
            sleep(0.01)
        return future


def watched(monkeypatch: pytest.MonkeyPatch, executor: Callable[[Any], Any] = lambda given: given) -> list[Cluster]:
    """The clusters that builds come to work with from now on."""
    found: list[Cluster] = []

    def noted(**given: Any) -> Cluster:
        found.append(Cluster(**{**given, "executor": executor(given["executor"])}))
        return found[-1]

    monkeypatch.setattr(connecting, "Cluster", noted)
    return found


def test_a_cluster_of_two_workers_that_see_no_folder_of_ours_builds_the_same_site(
    cluster: str, catalog: Path, plain: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    found = watched(monkeypatch, Noting)
    monkeypatch.setattr(connecting, "seen", str)      # each worker answers with the path, which is no digest
    # The cache folder is the storage where all machines share it.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    site, said = built(catalog, "--dask", cluster)

    assert site == plain
    assert "not by the cluster" not in said
    assert [(each.reach.folder, each.reach.storage is None) for each in found] == [(None, False)]
    assert sum(map(is_errand, found[0].executor.given)) == DATASETS / OF_AN_ERRAND
    assert not list((tmp_path / "cityfolio").glob("cluster-*"))


@pytest.mark.parametrize("is_meant", [lambda batch: not is_errand(batch), is_errand], ids=["reading tables", "drawing pages"])
def test_a_worker_that_is_killed_in_the_middle_is_survived(
    is_meant: Callable[[Batch], bool], cluster: str, catalog: Path, plain: dict[str, bytes], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    found = watched(monkeypatch, partial(Killing, is_meant=is_meant))
    site, _ = built(catalog, "--no-cache", "--dask", cluster, "--dask-storage", tmp_path.as_uri())

    assert site == plain
    assert found[0].executor.killed
