"""Deploys to a folder that a web server shows."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from cityfolio.deploying.apart import keep_apart
from cityfolio.publish.deploying.check_target import verify_target
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.target import Refused, Target
from cityfolio.publish.deploying.targets.folder import FolderTarget
from deploy.small_sites import FIRST, SMALL, a_site, at, brought_back, deployed, listed, shown

STYLE = "assets/site.0123456789ab.css"
NEXT_STYLE = "assets/site.ba9876543210.css"
UNSTYLED = {path: body for path, body in SMALL.items() if path != STYLE}
NEXT = {**UNSTYLED, NEXT_STYLE: "h1 { color: blue }", "index.html": "<h1>New</h1>"}
A_DAY = 24 * 60 * 60


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A folder that is not there yet."""
    return at(str(tmp_path / "www"))


def test_a_first_deploy_makes_the_folder(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)

    assert listed(target) == {*SMALL, "manifest.json"}


def test_the_same_site_again_changes_nothing(tmp_path: Path, target: Target):
    site = a_site(tmp_path / "site")
    deployed(site, target)
    before = os.stat(tmp_path / "www").st_ino

    found = deployed(site, target, 1)

    assert (found.done.unchanged, found.done.generation, os.stat(tmp_path / "www").st_ino) == (len(SMALL), "", before)


def test_what_did_not_change_is_the_same_file(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    before = os.stat(tmp_path / "www" / "catalog.json").st_ino

    deployed(a_site(tmp_path / "next", NEXT), target, 1)

    assert os.stat(tmp_path / "www" / "catalog.json").st_ino == before
    assert shown(target, "index.html") == "<h1>New</h1>"


def test_assets_of_the_former_site_stay_for_a_day(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    deployed(a_site(tmp_path / "next", NEXT), target, 1)

    deployed(a_site(tmp_path / "third", {**NEXT, "index.html": "<h1>Third</h1>"}), target, A_DAY)
    one_second_early = STYLE in listed(target)
    deployed(a_site(tmp_path / "fourth", {**NEXT, "index.html": "<h1>Fourth</h1>"}), target, A_DAY + 1)

    assert (one_second_early, STYLE in listed(target)) == (True, False)


def test_a_file_that_somebody_else_put_there_stays(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    (tmp_path / "www" / ".well-known").mkdir()
    (tmp_path / "www" / ".well-known" / "token").write_text("of the certificate")

    deployed(a_site(tmp_path / "next", NEXT), target, 1)

    assert (tmp_path / "www" / ".well-known" / "token").read_text() == "of the certificate"


def test_a_former_site_comes_back_whole(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    deployed(a_site(tmp_path / "next", NEXT), target, 1)

    found = brought_back(target, target.generations()[0].name, 2)

    assert (found.problems, found.done.bytes, shown(target, "index.html")) == ((), 0, SMALL["index.html"])
    assert verify_target(target, Orders(now=FIRST)) == (len(SMALL), ())


def test_no_more_former_sites_are_kept_than_were_asked_for(tmp_path: Path, target: Target):
    for number in range(5):
        deployed(a_site(tmp_path / str(number), {**SMALL, "index.html": str(number)}), target, number, keep=2)

    assert len(target.generations()) == 2


def test_without_former_sites_none_is_left_beside(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target, keep=0)
    deployed(a_site(tmp_path / "next", NEXT), target, 1, keep=0)

    assert target.generations() == ()
    assert {path.name for path in (tmp_path / ".www.cityfolio").iterdir()} <= {"current.json", "lock", "generations"}


def test_a_file_that_is_purged_cannot_come_back(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    deployed(a_site(tmp_path / "next", {path: body for path, body in SMALL.items() if not path.endswith("csv")}), target, 1)
    assert isinstance(target, FolderTarget)

    number = target.purge("data/trees/street trees.csv")
    found = brought_back(target, target.generations()[0].name, 2)

    assert (number, [each.code for each in found.problems]) == (1, ["deploy-refused"])
    assert "data/trees/street trees.csv" not in listed(target)


def test_one_deploy_at_a_time_has_the_folder(tmp_path: Path, target: Target):
    with target.session("the first", 1):
        found = deployed(a_site(tmp_path / "site"), target)

    assert [each.code for each in found.problems] == ["deploy-locked"]


def test_a_dry_run_makes_nothing(tmp_path: Path):
    target = FolderTarget(tmp_path / "www", only_reads=True)

    found = deployed(a_site(tmp_path / "site"), target, is_dry=True)

    assert (sum(found.done.uploaded.values()), list(tmp_path.iterdir())) == (len(SMALL), [tmp_path / "site"])


def test_what_a_deploy_that_died_left_aside_is_cleared(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    (tmp_path / ".www.cityfolio" / "new").mkdir()
    (tmp_path / ".www.cityfolio" / "new" / "index.html").write_text("half")

    deployed(a_site(tmp_path / "next", NEXT), target, 1)

    assert not (tmp_path / ".www.cityfolio" / "new").exists()


def test_a_former_site_that_had_changed_places_when_a_deploy_died_is_kept(tmp_path: Path, target: Target):
    deployed(a_site(tmp_path / "site"), target)
    a_site(tmp_path / "next", NEXT)
    (tmp_path / "www").rename(tmp_path / ".www.cityfolio" / "new")
    (tmp_path / "next").rename(tmp_path / "www")

    deployed(a_site(tmp_path / "third", {**NEXT, "index.html": "<h1>Third</h1>"}), target, 1)

    assert SMALL["index.html"] in [(tmp_path / ".www.cityfolio" / "generations" / each.name / "index.html").read_text()
                                   for each in target.generations()]


def test_a_file_that_was_changed_on_the_host_is_found_and_mended(tmp_path: Path, target: Target):
    site = a_site(tmp_path / "site")
    deployed(site, target)
    (tmp_path / "www" / "index.html").write_text("<h1>Hone</h1>")
    _, problems = verify_target(target, Orders(now=FIRST))

    deployed(site, target, 1, doubts=True)

    assert [each.code for each in problems] == ["deploy-unlike"]
    assert shown(target, "index.html") == SMALL["index.html"]


def test_a_full_disk_is_told_with_what_helps(tmp_path: Path, target: Target):
    site = a_site(tmp_path / "site")

    with patch("cityfolio.folders.sync_folder", side_effect=OSError(28, "No space left on device")):
        found = deployed(site, target)

    assert [("No space left" in each.says, each.fix[:15]) for each in found.problems] == [(True, "Free some space")]


@pytest.mark.parametrize("scheme", ["folder", "FOLDER", "Folder"])
def test_the_scheme_of_a_folder_may_be_written_in_any_case(tmp_path: Path, scheme: str):
    assert at(f"{scheme}:{tmp_path}/www").name == f"{tmp_path}/www"


@pytest.mark.parametrize("address", ["~/www", "folder:~/www", "~city/www", "zip:~/site.zip"])
def test_a_home_folder_that_no_shell_has_written_out_is_refused(address: str):
    with pytest.raises(Refused, match="begins with ~"):
        at(address)


def test_links_that_lead_around_in_a_circle_are_refused(tmp_path: Path):
    (tmp_path / "loop").symlink_to("loop")

    with pytest.raises(Refused, match="in a circle"):
        at(f"{tmp_path}/loop")
    with pytest.raises(Refused, match="in a circle"):
        keep_apart(f"{tmp_path}/loop", tmp_path, {})


def test_the_folder_that_this_runs_in_is_refused_however_the_scheme_is_written(tmp_path: Path):
    with pytest.raises(Refused, match="this runs in"):
        keep_apart(f"FOLDER:{tmp_path}", tmp_path, {})
