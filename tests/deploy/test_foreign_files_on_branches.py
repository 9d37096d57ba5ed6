"""What others have committed to a branch gives way to a site only where that was asked for: files, links, repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns import in_part
from cityfolio.publish.deploying.target import Target
from deploy.servers_git import Repository, a_repository
from deploy.small_sites import SMALL, a_site, at, deployed

FILE, LINK, REPOSITORY = "100644", "120000", "160000"
# One of each mode and of each place; the other pairs are much alike.
IN_THE_WAY = pytest.mark.parametrize(("mode", "path"), [
    (FILE, "index.html/readme.txt"), (LINK, "data"), (REPOSITORY, "index.html"), (FILE, "manifest.json"), *in_part([
        (FILE, "index.html"), (FILE, "data"), (LINK, "index.html"), (LINK, "index.html/readme.txt"), (REPOSITORY, "data"),
        (REPOSITORY, "index.html/module"), (LINK, "manifest.json"), (FILE, "manifest.json/readme.txt"),
        (FILE, ".nojekyll/readme.txt")], 1),
])


@pytest.fixture
def host(tmp_path: Path) -> Repository:
    return a_repository(tmp_path / "host.git")


@pytest.fixture
def target(host: Repository) -> Target:
    return at(f"{host.address}#gh-pages")


@IN_THE_WAY
def test_the_first_deploy_leaves_what_lies_in_its_way(host: Repository, target: Target, tmp_path: Path, mode: str, path: str):
    host.write(path, "By hand", mode=mode)
    before = host.git("for-each-ref")

    results = [deployed(a_site(tmp_path / "site"), target, is_dry=is_dry) for is_dry in (True, False)]

    assert [[problem.code for problem in result.problems] for result in results] == [["deploy-foreign"]] * 2
    assert path in results[0].problems[0].says
    assert host.git("for-each-ref") == before


@pytest.mark.parametrize(("mode", "path"), [
    (LINK, "new.html"), (FILE, "new.html/readme.txt"), (REPOSITORY, "data"), *in_part([
        (REPOSITORY, "new.html"), (LINK, "index.html"), (FILE, "data"), (LINK, "data"), (LINK, "data/trees/index.html")], 1),
])
def test_a_later_deploy_leaves_what_was_committed_there(host: Repository, target: Target, tmp_path: Path, mode: str, path: str):
    deployed(a_site(tmp_path / "one"), target)
    host.write(path, "By hand", mode=mode)
    before = host.git("for-each-ref")

    results = [deployed(a_site(tmp_path / "two", new="New"), target, 1, is_dry=is_dry) for is_dry in (True, False)]

    assert [[problem.code for problem in result.problems] for result in results] == [["deploy-foreign"]] * 2
    assert path in results[0].problems[0].says
    assert host.git("for-each-ref") == before


@IN_THE_WAY
def test_it_is_replaced_where_that_is_meant(host: Repository, target: Target, tmp_path: Path, mode: str, path: str):
    host.write(path, "By hand", mode=mode)

    result = deployed(a_site(tmp_path / "site"), target, allowed=frozenset({"foreign"}))

    assert result.problems == ()
    assert host.paths() == {*SMALL, "manifest.json", ".nojekyll"}


@pytest.mark.parametrize("mode", [FILE, LINK, REPOSITORY])
def test_what_lies_beside_the_site_stays_as_it_is(host: Repository, target: Target, tmp_path: Path, mode: str):
    host.write("beside/mine", "By hand", mode=mode)

    deployed(a_site(tmp_path / "one"), target)
    result = deployed(a_site(tmp_path / "two", new="New"), target, 1)

    assert result.problems == ()
    assert host.git("ls-tree", "gh-pages", "beside/mine").startswith(mode)
