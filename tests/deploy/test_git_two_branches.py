"""Two branches of one repository that hold a single commit each: neither takes or offers the former sites of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.publish.deploying.target import Refused, Target
from deploy.servers_git import Repository, a_repository
from deploy.small_sites import SMALL, a_site, at, brought_back, deployed, shown

OLD_FORM = "refs/cityfolio/generations/20261126T131459Z-0a1b2c3d"


@pytest.fixture
def host(tmp_path: Path) -> Repository:
    return a_repository(tmp_path / "host.git")


def orphan(host: Repository, branch: str) -> Target:
    """The target of a branch without history."""
    return at(f"{host.address}?history=orphan#{branch}")


def one_after_another(target: Target, folder: Path, letters: str, seconds: int = 0, keep: int = 2) -> None:
    """A deploy a second of sites that show a letter each."""
    for number, letter in enumerate(letters, seconds):
        deployed(a_site(folder / f"{letter}{number}", {**SMALL, "index.html": letter}), target, number, keep=keep)


def leads_back_to(target: Target) -> str:
    """Go back, without a name, and see what is shown."""
    brought_back(target, next(each.name for each in target.generations() if each.leads_back), 90)
    return shown(target, "index.html")


@pytest.mark.parametrize(("one", "other"), [
    ("live", "test"), ("city/live", "city%2Flive"), pytest.param("city/live", "city/test", marks=pytest.mark.campaign)],
    ids=["two names", "one that looks as if it were quoted", "in a folder"])
def test_going_back_leads_to_a_site_of_the_same_branch(host: Repository, tmp_path: Path, one: str, other: str):
    live = orphan(host, one)
    one_after_another(live, tmp_path, "AB")
    one_after_another(orphan(host, other), tmp_path, "CDCD", seconds=10)

    assert leads_back_to(live) == "A"


def test_a_site_of_another_branch_is_not_brought_back_by_its_name(host: Repository, tmp_path: Path):
    live, test = orphan(host, "live"), orphan(host, "test")
    one_after_another(live, tmp_path, "AB")
    one_after_another(test, tmp_path, "CD", seconds=10)

    with pytest.raises(Refused, match="is not kept any more"):
        live.manifest_of(test.generations()[0].name)


def test_each_branch_keeps_as_many_as_it_is_told(host: Repository, tmp_path: Path):
    live, test = orphan(host, "live"), orphan(host, "test")
    one_after_another(live, tmp_path, "ABC")

    one_after_another(test, tmp_path, "DEDEF", seconds=10, keep=1)

    assert (len(live.generations()), len(test.generations())) == (2, 1)


def test_a_branch_that_keeps_none_leaves_those_of_the_other(host: Repository, tmp_path: Path):
    live, test = orphan(host, "live"), orphan(host, "test")
    one_after_another(live, tmp_path, "ABC")

    one_after_another(test, tmp_path, "DE", seconds=10, keep=0)

    assert (len(live.generations()), test.generations()) == (2, ())


def test_a_former_site_that_names_no_branch_is_neither_offered_nor_removed(host: Repository, tmp_path: Path):
    live = orphan(host, "live")
    one_after_another(live, tmp_path, "A")
    host.git("update-ref", OLD_FORM, "refs/heads/live")

    one_after_another(live, tmp_path, "BC", seconds=10, keep=0)

    assert live.generations() == ()
    assert host.git("for-each-ref", "--format=%(refname)", "refs/cityfolio") == OLD_FORM


def test_a_branch_that_begins_to_hold_a_single_commit_can_go_back_to_the_last_of_its_history(host: Repository, tmp_path: Path):
    one_after_another(at(f"{host.address}#live"), tmp_path, "AB")

    one_after_another(orphan(host, "live"), tmp_path, "C", seconds=10)

    assert leads_back_to(orphan(host, "live")) == "B"
