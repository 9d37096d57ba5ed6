"""Tasks given to others come back as if they were done here; what does not come back, or comes back altered, is done here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from operator import methodcaller, truediv
from pathlib import Path
from typing import Any

import pytest

from cities import TREES, a_city
from cityfolio.cache import NoCache
from cityfolio.clusters import cluster as module
from cityfolio.clusters.cluster import Reach
from cityfolio.clusters.sameness import fingerprint
from cityfolio.clusters.storage import Storage
from cityfolio.files import FolderTree, MemoryTree, sha256
from cityfolio.model.site import Made
from cityfolio.tables.aside import Ended
from cityfolio.tables.fetched import FetchedTree
from cityfolio.tables.limits import LIMITS
from cityfolio.tables.made import Wanted, made
from cityfolio.tables.profiles import profile_all
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import PART, SHARED, Task, worked
from clusters.making_clusters import AtOnce, Never, a_cluster
from tables.making import a_job
from tables.readers.making_sheets import by_openpyxl

CSV = b"species,height\noak,12.5\nelm,8\n"
XLSX = by_openpyxl([["species", "height"], ["oak", 12.5], ["elm", 8]])
FILES = {"trees.csv": CSV, "trees.xlsx": XLSX, "more.csv": CSV.replace(b"elm", b"ash")}
JOBS = [replace(a_job(name), size_bytes=len(body), sha256=sha256(body)) for name, body in FILES.items()]
PLAIN, RISKY = a_job("trees.csv"), a_job("trees.xlsx")


def bytes_of(size: int, job: TableJob = PLAIN) -> Task:
    """Work that any process can do, on any machine."""
    return Task(job, partial(bytes, size))


def in_storage(folder: Path) -> Reach:
    """A storage, and nothing else that all machines reach."""
    return Reach(storage=Storage(folder.as_uri()))


@pytest.mark.parametrize("batch_weight", [1, 1 << 20], ids=["a batch each", "one batch"])
def test_what_comes_of_work_is_in_the_order_of_the_work(batch_weight: int) -> None:
    cluster = a_cluster(batch_weight=batch_weight)
    tasks = [bytes_of(3), bytes_of(0, RISKY), bytes_of(5), bytes_of(1)]

    assert worked(tasks, cluster) == [bytes(3), b"", bytes(5), bytes(1)]
    assert cluster.executor.batches == (4 if batch_weight == 1 else 1)
    assert cluster.note() == ""


def test_no_work_is_given_to_nobody() -> None:
    cluster = a_cluster()

    assert worked([], cluster) == []
    assert cluster.executor.batches == 0


@pytest.mark.parametrize("reaches", ["nothing", "a storage", "the catalog"])
def test_files_are_read_there_as_they_are_here(reaches: str, tmp_path: Path) -> None:
    for name, body in FILES.items():
        (tmp_path / name).write_bytes(body)
    tree = FolderTree(tmp_path)
    reach = {"nothing": Reach(), "a storage": in_storage(tmp_path / "shared"), "the catalog": Reach(folder=tmp_path)}[reaches]
    cluster = a_cluster(reach=reach)

    assert profile_all(JOBS, tree, NoCache(), cluster) == profile_all(JOBS, tree, NoCache(), 1)
    assert cluster.note() == ""


def test_files_that_were_fetched_are_sent_also_where_the_catalog_is_seen(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "trees.csv").write_bytes(CSV)
    (tmp_path / "fetched").write_bytes(XLSX)
    tree = FetchedTree(FolderTree(tmp_path / "catalog"), {"trees.xlsx": tmp_path / "fetched"})
    cluster = a_cluster(reach=Reach(folder=tmp_path / "catalog"))

    assert profile_all(JOBS[:2], tree, NoCache(), cluster) == profile_all(JOBS[:2], tree, NoCache(), 1)
    assert cluster.note() == ""


@pytest.mark.parametrize("reach", [lambda _: Reach(), in_storage], ids=["by message", "through a storage"])
def test_a_file_that_is_made_there_comes_here(reach: Callable[[Path], Reach], tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    cluster = a_cluster(reach=reach(tmp_path / "shared"))
    wanted = [Wanted(job=PLAIN, depends_on=(word,), write=methodcaller("write", word.encode())) for word in ("oak", "elm")]
    found = made(wanted, tmp_path / "scratch", NoCache(), cluster)

    assert [Path(each.path).read_bytes() for each in found if isinstance(each, Made)] == [b"oak", b"elm"]
    assert cluster.note() == ""


def test_a_file_that_meets_a_limit_there_is_told_as_it_is_here() -> None:
    job = replace(RISKY, limits=replace(LIMITS, memory_bytes=64 << 20))
    cluster = a_cluster()
    (there,), (here,) = worked([bytes_of(400 << 20, job)], cluster), worked([bytes_of(400 << 20, job)], 1)

    assert isinstance(there, Ended)
    assert isinstance(here, Ended)
    assert there.problem == here.problem
    assert cluster.note() == ""


def test_a_bug_is_raised_here_and_not_made_pretty() -> None:
    with pytest.raises(ZeroDivisionError):
        worked([Task(PLAIN, partial(truediv, 1, 0))], a_cluster())


class Leaving(AtOnce):
    """Lets go of everything, as a scheduler that ends."""

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Take it, and let go of it."""
        future = Future[Any]()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_a_scheduler_that_ends_is_survived() -> None:
    cluster = a_cluster(executor=Leaving())

    assert worked([bytes_of(3)], cluster) == [bytes(3)]
    assert cluster.note() == "1 of the tasks were done on this machine and not by the cluster: its scheduler let go of it."


class Altering(AtOnce):
    """Does something to every file in the storage once a batch is done."""

    def __init__(self, folder: Path, change: Callable[[Path], Any]) -> None:
        super().__init__()
        self.folder, self.change = folder, change

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Do the batch, and then that."""
        future = super().submit(work, *args, **named)
        for path in self.folder.iterdir():
            self.change(path)
        return future


@pytest.mark.parametrize(("change", "says"), [
    (methodcaller("write_bytes", b"[]"), "is not what was put there"), (Path.unlink, "is not there any more"),
], ids=["altered", "lost"])
def test_a_result_that_is_not_what_was_put_into_the_storage_is_noticed_and_made_here(
    change: Callable[[Path], Any], says: str, tmp_path: Path,
) -> None:
    cluster = a_cluster(executor=Altering(tmp_path, change), reach=in_storage(tmp_path))

    assert worked([bytes_of(3), bytes_of(4)], cluster) == [bytes(3), bytes(4)]
    assert cluster.note().startswith("2 of the tasks were done on this machine and not by the cluster: Altered: ")
    assert says in cluster.note()


def test_an_altered_file_is_not_kept_either(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    altering = Altering(tmp_path / "shared", lambda path: path.write_bytes(path.read_bytes().replace(b"oak", b"elm")))
    cluster = a_cluster(executor=altering, reach=in_storage(tmp_path / "shared"))
    wanted = [Wanted(job=PLAIN, depends_on=(), write=methodcaller("write", b"oak"))]
    found, = made(wanted, tmp_path / "scratch", NoCache(), cluster)

    assert isinstance(found, Made)
    assert Path(found.path).read_bytes() == b"oak"
    assert "is not what was put there" in cluster.note()


def test_a_worker_that_came_later_with_other_versions_does_nothing() -> None:
    cluster = a_cluster(same={**fingerprint(), "pyarrow": "0.1"})

    assert worked([bytes_of(3)], cluster) == [bytes(3)]
    assert "the worker has pyarrow" in cluster.note()


def test_a_shared_folder_with_another_file_there_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "trees.csv").write_bytes(CSV + b"ash,3\n")
    tree = MemoryTree(a_city(**{"trees.csv": CSV, "dataset.yaml": TREES}))
    cluster = a_cluster(reach=Reach(folder=tmp_path))
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "trees.csv").write_bytes(CSV)
    here = FolderTree(tmp_path / "here")

    assert profile_all(JOBS[:1], here, NoCache(), cluster) == profile_all(JOBS[:1], tree, NoCache(), 1)
    assert "trees.csv is another file there" in cluster.note()


def test_a_file_that_cannot_be_read_is_told_as_it_is_here(tmp_path: Path) -> None:
    job = replace(JOBS[0], path="gone.csv", sha256="")
    cluster, tree = a_cluster(), FolderTree(tmp_path)

    assert profile_all([job], tree, NoCache(), cluster) == profile_all([job], tree, NoCache(), 1)
    assert "gone.csv could not be read: No such file or directory" in cluster.note()


def test_a_large_file_does_not_go_by_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MESSAGE_BYTES", 20)
    cluster, tree = a_cluster(), MemoryTree(FILES)

    assert profile_all(JOBS[:1], tree, NoCache(), cluster) == profile_all(JOBS[:1], tree, NoCache(), 1)
    assert cluster.executor.batches == 0
    assert "name one with --dask-storage" in cluster.note()


PARTS = [b"oak", b"elm", b"ash"]
READ = methodcaller("read", PART)     # an errand that any process can do, on any machine


@pytest.mark.parametrize("reach", [lambda _: Reach(), in_storage], ids=["by message", "through a storage"])
def test_what_comes_of_an_errand_is_brought_in_order(reach: Callable[[Path], Reach], tmp_path: Path) -> None:
    cluster = a_cluster(reach=reach(tmp_path))

    assert list(cluster.brought(READ, b"tree", iter(PARTS))) == PARTS
    assert list(cluster.brought(methodcaller("read", SHARED), b"tree", iter(PARTS[:1]))) == [b"tree"]
    assert cluster.note() == ""


def test_an_errand_that_fails_there_is_for_whoever_asked() -> None:
    cluster = a_cluster()

    assert list(cluster.brought(methodcaller("read", "more.csv"), b"", PARTS)) == [b""] * 3
    assert cluster.note().startswith("3 of the tasks were done on this machine and not by the cluster: BatchFailed: it ended")


def test_of_an_errand_no_more_is_on_its_way_than_workers_will_soon_do() -> None:
    cluster, asked = a_cluster(), list[int]()
    parts = (asked.append(at) or b"oak" for at in range(9))
    next(cluster.brought(READ, b"", parts))

    assert asked == [0, 1]


@pytest.mark.parametrize("executor", [Leaving, Never], ids=["a scheduler that ends", "no worker"])
def test_an_errand_that_nobody_does_is_for_whoever_asked(executor: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.001)
    cluster = a_cluster(executor=executor(), threads=lambda: 0)

    assert list(cluster.brought(READ, b"", PARTS)) == [b""] * 3
    assert cluster.done_here == 3


def test_what_an_errand_needs_does_not_go_by_message_where_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MESSAGE_BYTES", 6)
    cluster = a_cluster()

    assert list(cluster.brought(READ, b"the ", [b"elm", b"my"])) == [b"", b"my"]
    assert "name one with --dask-storage" in cluster.note()


def test_a_storage_that_cannot_be_written_is_survived(tmp_path: Path) -> None:
    (tmp_path / "shared").write_bytes(b"a file")
    cluster = a_cluster(reach=in_storage(tmp_path / "shared"))

    assert list(cluster.brought(READ, b"", [b"elm"])) == [b""]
    assert "FileExistsError" in cluster.note()


@pytest.mark.parametrize("threads", [[1, 0], [0, 0]], ids=["gone at work", "never there"])
def test_where_no_worker_is_left_the_work_is_done_here(threads: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.001)
    asked = iter(threads)
    cluster = a_cluster(executor=Never(), threads=lambda: next(asked, 0))

    assert worked([bytes_of(3), bytes_of(4)], cluster) == [bytes(3), bytes(4)]
    assert cluster.note() == "2 of the tasks were done on this machine and not by the cluster: no worker is left."
