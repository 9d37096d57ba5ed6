"""Going back, and files of others, on a branch: with its history and without."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from cityfolio.publish.deploying.target import Target
from deploy.servers_git import Repository
from deploy.small_sites import SMALL, a_site, at, brought_back, deployed, shown

# `test_git.py` has both kinds of branches each time.
BRANCHES = [pytest.param("", id="history"), pytest.param("?history=orphan", id="no history", marks=pytest.mark.campaign)]


@pytest.fixture(scope="module", params=BRANCHES)
def deployed_thrice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with three deploys on a branch, of which two former ones are kept, and what its address says beside."""
    folder, more = tmp_path_factory.mktemp("thrice"), str(request.param)
    subprocess.run(["git", "init", "-q", "--bare", folder / "pages.git"], check=True)
    for number, letter in enumerate("ABC"):
        site = a_site(folder / letter, {**SMALL, "index.html": letter})
        deployed(site, at(f"git+file://{folder}/pages.git{more}#gh-pages"), number, keep=2)
    return folder / "pages.git", more


@pytest.fixture
def three(deployed_thrice: tuple[Path, str], tmp_path: Path) -> Target:
    """A copy of it."""
    repository, more = deployed_thrice
    shutil.copytree(repository, tmp_path / "pages.git")
    return at(f"git+file://{tmp_path}/pages.git{more}#gh-pages")


def back(target: Target, seconds: int) -> str:
    """Go back, without a name, and see what is shown."""
    brought_back(target, next(each.name for each in target.generations() if each.leads_back), seconds)
    return shown(target, "index.html")


def test_two_steps_back_lead_to_the_first_of_three_sites(three: Target):
    assert (back(three, 3), back(three, 4)) == ("B", "A")


def test_from_the_first_nothing_leads_back(three: Target):
    back(three, 3)
    back(three, 4)

    assert not any(each.leads_back for each in three.generations())


def test_what_somebody_else_has_committed_is_strange(tmp_path: Path, three: Target):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "-b", "gh-pages", tmp_path / "pages.git", clone], check=True)
    (clone / "about.html").write_text("By hand")
    (clone / "parks").write_text("By hand")
    subprocess.run(["git", "-C", clone, "add", "."], check=True)
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@localhost")
    subprocess.run(["git", "-C", clone, *who, "commit", "-qm", "Mine"], check=True)
    subprocess.run(["git", "-C", clone, "push", "-q"], check=True)

    with three.session("somebody who asks", 2) as session:
        found = set(session.strange({"about.html": "", "parks/index.html": "", "index.html": "", "new.html": ""}))

    assert found == {"about.html", "parks"}


@pytest.fixture(params=BRANCHES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """A branch that is not there yet."""
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "pages.git"], check=True)
    return at(f"git+file://{tmp_path}/pages.git{request.param}#gh-pages")


def deploys(target: Target, folder: Path, when: Mapping[str, int]) -> None:
    """A deploy of a site for each name, which shows its first letter, at a second each."""
    for name, seconds in when.items():
        deployed(a_site(folder / name, {**SMALL, "index.html": name[0]}), target, seconds, keep=3)


def uncounted(repository: Path) -> None:
    """Let the last commit say what a version said that did not count its deploys."""
    git = ("git", "-C", repository, "-c", "user.name=Ana", "-c", "user.email=ana@localhost")
    said = subprocess.run([*git, "log", "-1", "--format=%B", "gh-pages"], check=True, capture_output=True, text=True).stdout
    message = re.sub(r',"number":\d+', "", said)
    made = subprocess.run([*git, "commit-tree", "gh-pages^{tree}", "-m", message], check=True, capture_output=True, text=True)
    subprocess.run([*git, "update-ref", "refs/heads/gh-pages", made.stdout.strip()], check=True)


def test_several_deploys_in_one_second_keep_their_order(empty: Target, tmp_path: Path):
    deploys(empty, tmp_path, dict.fromkeys("CABD", 0))

    assert [back(empty, 0) for _ in range(2)] == ["B", "A"]


def test_the_one_before_is_so_by_commits_and_not_by_the_clock(empty: Target, tmp_path: Path):
    deploys(empty, tmp_path, {"A": 300, "B": 200, "C": 100, "D": 0})

    assert [back(empty, 0) for _ in range(2)] == ["C", "B"]


def test_the_same_site_deployed_twice_in_a_second_stands_where_it_was_last(empty: Target, tmp_path: Path):
    deploys(empty, tmp_path, {"A1": 0, "B": 0, "A2": 0, "C": 0})

    assert back(empty, 0) == "A"


def test_what_is_kept_no_more_is_the_oldest_by_number_and_not_by_the_clock(tmp_path: Path):
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "pages.git"], check=True)
    target = at(f"git+file://{tmp_path}/pages.git?history=orphan#gh-pages")

    deploys(target, tmp_path, {"A": 900, "B": 800, "C": 700, "D": 600, "E": 500})

    assert [back(target, 0) for _ in range(2)] == ["D", "C"]


def test_a_branch_of_a_version_that_did_not_count_is_gone_back_on(tmp_path: Path):
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "pages.git"], check=True)
    target = at(f"git+file://{tmp_path}/pages.git?history=orphan#gh-pages")
    deploys(target, tmp_path, {"A": 900})
    uncounted(tmp_path / "pages.git")

    deploys(target, tmp_path, {"B": 0, "C": 1})

    assert [back(target, 2) for _ in range(2)] == ["B", "A"]


@pytest.mark.parametrize("next_one", [{}, {"C": 2}], ids=["right after", "after another deploy"])
def test_what_somebody_else_commits_hides_no_deploy(empty: Target, tmp_path: Path, next_one: Mapping[str, int]):
    deploys(empty, tmp_path, {"A": 0, "B": 1})
    Repository(tmp_path / "pages.git").write("beside.txt", "By hand")

    deploys(empty, tmp_path, next_one)

    assert back(empty, 3) == "B"


def test_a_site_that_is_put_right_takes_no_place_of_a_former_one(empty: Target, tmp_path: Path):
    deploys(empty, tmp_path, {"A": 0, "B": 1})
    Repository(tmp_path / "pages.git").write("index.html", "By hand")

    deployed(a_site(tmp_path / "again", {**SMALL, "index.html": "B"}), empty, 2, keep=1)

    assert back(empty, 3) == "A"
