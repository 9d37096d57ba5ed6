"""Going back, and files of others, on a branch: with its history and without."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cityfolio.publish.deploying.target import Target
from deploy.small_sites import SMALL, a_site, at, brought_back, deployed, shown


@pytest.fixture(params=["", "?history=orphan"], ids=["history", "no history"])
def three(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """A branch with three deploys, of which two former ones are kept."""
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "pages.git"], check=True)
    target = at(f"git+file://{tmp_path}/pages.git{request.param}#gh-pages")
    for number, letter in enumerate("ABC"):
        deployed(a_site(tmp_path / letter, {**SMALL, "index.html": letter}), target, number, keep=2)
    return target


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
