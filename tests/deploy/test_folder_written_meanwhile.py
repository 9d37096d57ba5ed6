"""What somebody else writes into a folder while a deploy is at work is there when the deploy has ended."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from cityfolio import folders
from cityfolio.files import link_file
from cityfolio.publish.deploying.run import Deployed
from cityfolio.publish.deploying.targets.folder import FolderTarget
from deploy.small_sites import SMALL, a_site, deployed

LINKS = pytest.mark.parametrize("link", [link_file, lambda *_: False],
                                ids=["where files can be linked", "where they are copied"])
Link = Callable[[Path, Path], bool]


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """A folder with the small site, and a file of somebody else."""
    deployed(a_site(tmp_path / "site"), FolderTarget(tmp_path / "www"))
    (tmp_path / "www" / "theirs.txt").write_text("First")
    return tmp_path / "www"


def deployed_while(www: Path, write: Callable[[Path], object], link: Link = link_file, **orders: object) -> Deployed:
    """A deploy of a new page, right before whose switch something is done in the folder."""
    swap = folders.swap_folders

    def swapped(new: Path, current: Path, old: Path) -> Path | None:
        write(current)
        return swap(new, current, old)

    site = a_site(www.with_name("next"), about="About", catalog="New")
    with patch("cityfolio.folders.swap_folders", swapped), patch("cityfolio.files.link_file", link):
        return deployed(site, FolderTarget(www), 1, **orders)


def replace_theirs(folder: Path) -> None:
    """Write a file of somebody else anew, under its name in one step."""
    (folder / "anew").write_text("Second")
    os.utime(folder / "anew", (1, 1))
    (folder / "anew").rename(folder / "theirs.txt")


@LINKS
@pytest.mark.parametrize("keep", [0, 2])
def test_a_file_that_is_written_meanwhile_is_there_afterwards(www: Path, link: Link, keep: int):
    result = deployed_while(www, lambda folder: (folder / "parks.txt").write_text("By hand"), link, keep=keep)

    assert (result.problems, (www / "parks.txt").read_text()) == ((), "By hand")


@LINKS
def test_a_file_in_a_new_folder_is_there_afterwards_with_the_mode_of_the_folder(www: Path, link: Link):
    def write(folder: Path) -> None:
        (folder / "up" / "loads").mkdir(parents=True)
        (folder / "up").chmod(0o2750)
        (folder / "up" / "loads" / "a.txt").write_text("By hand")

    deployed_while(www, write, link)

    assert ((www / "up" / "loads" / "a.txt").read_text(), os.stat(www / "up").st_mode & 0o7777) == ("By hand", 0o2750)


@LINKS
def test_a_file_that_is_replaced_meanwhile_is_the_new_one_afterwards(www: Path, link: Link):
    deployed_while(www, replace_theirs, link)

    assert (www / "theirs.txt").read_text() == "Second"


@LINKS
def test_a_link_that_is_made_meanwhile_is_there_afterwards(www: Path, link: Link):
    deployed_while(www, lambda folder: (folder / "latest").symlink_to("data"), link)

    assert os.readlink(www / "latest") == "data"


def test_the_file_that_the_new_site_brings_is_not_replaced_by_one_that_was_written_meanwhile(www: Path):
    deployed_while(www, lambda folder: (folder / "about.html").write_text("By hand"))

    assert (www / "about.html").read_text() == "About"


def test_a_page_that_goes_does_not_come_back(www: Path):
    deployed(a_site(www.with_name("more"), {**SMALL, "old.html": "Old"}), FolderTarget(www))

    deployed_while(www, lambda folder: (folder / "parks.txt").write_text("By hand"))

    assert not (www / "old.html").exists()


def test_a_file_that_is_gone_meanwhile_ends_no_deploy(www: Path):
    below = list(folders.names_below(www))

    with patch("cityfolio.folders.names_below", lambda folder: iter(sorted({*below, "gone.tmp"}))):
        result = deployed_while(www, lambda folder: None)

    assert result.problems == ()


def test_what_cannot_be_carried_after_the_switch_is_kept_with_the_former_site(tmp_path: Path, www: Path):
    with patch("cityfolio.publish.deploying.targets.folder.carry_again", side_effect=OSError(28, "No space left on device")):
        result = deployed_while(www, lambda folder: (folder / "parks.txt").write_text("By hand"), keep=0)

    assert [each.code for each in result.problems] == ["deploy-refused"]
    assert [path.read_text() for path in (tmp_path / ".www.cityfolio").rglob("parks.txt")] == ["By hand"]
