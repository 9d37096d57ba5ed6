"""What travels names what it reads, leaves the folders of this machine here, and is not taken for what it is not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from cityfolio.clusters.parcels import HandedTree, NotSent, answers_read, answers_sent, packed, unpacked
from cityfolio.files import FolderTree
from cityfolio.tables.aside import Ended, limit_problem
from cityfolio.tables.workers import Making, Task
from tables.making import a_job

JOB, OTHER = a_job("trees.csv"), a_job("parks.csv")
TASKS = [Task(JOB, partial(bytes, 3)), Task(OTHER, partial(bytes, 1))]


def test_a_parcel_names_every_file_that_may_be_read_and_every_one_that_is_made(tmp_path: Path) -> None:
    tree = FolderTree(tmp_path / "home")
    parcel = packed([Task(JOB, partial(print, tree, OTHER, Making(tmp_path / "made" / "trees.json")))])

    assert parcel.reads == {"trees.csv": JOB, "parks.csv": OTHER}
    assert parcel.makes == {"trees.json": tmp_path / "made" / "trees.json"}
    assert parcel.tree is tree
    assert str(tmp_path).encode() not in parcel.body


def test_what_a_parcel_names_is_what_the_other_machine_has(tmp_path: Path) -> None:
    parcel = packed([Task(JOB, partial(print, FolderTree(Path("home")), Making(Path("home/trees.json"))))])
    there = HandedTree({"trees.csv": tmp_path / "trees.csv"})
    (task,) = unpacked(parcel.body, there, tmp_path)

    assert isinstance(task.work, partial)
    assert task.work.args == (there, Making(tmp_path / "trees.json"))


def test_a_file_that_was_not_sent_is_no_fault_of_the_city(tmp_path: Path) -> None:
    (tmp_path / "trees.csv").write_bytes(b"oak")
    tree = HandedTree({"trees.csv": tmp_path / "trees.csv", "gone.csv": tmp_path / "gone.csv"})

    assert tree.read("trees.csv") == b"oak"
    assert [node.path for node in tree.nodes()] == ["gone.csv", "trees.csv"]
    for path in ("parks.csv", "gone.csv"):
        with pytest.raises(NotSent, match=path):
            tree.open(path)


def test_answers_come_back_as_they_were_sent() -> None:
    ended = Ended(limit_problem(OTHER, "it took long", "Wait."))
    done, limited = answers_read(answers_sent([b"oak\nelm", ended]), TASKS)

    assert done == b"oak\nelm"
    assert isinstance(limited, Ended)
    assert limited.problem == ended.problem


@pytest.mark.parametrize("body", [b"", b"[]\n", b"[]", answers_sent([b"oak", b"elm"])[:-1], answers_sent([b"oak"]),
                                  answers_sent([b"oak", b"elm"]) + b"ash"])
def test_what_is_no_answer_is_not_taken_for_one(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        answers_read(body, TASKS)
