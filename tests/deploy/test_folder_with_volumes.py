"""Volumes that are mounted in a folder which is deployed to: nothing on them is moved, copied or removed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.targets.folder import FolderTarget
from cityfolio.publish.deploying.targets.mounted import GONE, remove_folder, volumes_in
from deploy.small_sites import SMALL, a_site, at, deployed

DEVICE = "cityfolio.publish.deploying.targets.mounted._device"


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """A folder with the small site and a folder of somebody else in it."""
    deployed(a_site(tmp_path / "site"), at(str(tmp_path / "www")))
    (tmp_path / "www" / "up loads").mkdir()
    (tmp_path / "www" / "up loads" / "a.txt").write_text("By hand")
    return tmp_path / "www"


@pytest.fixture
def mounted(tmp_path: Path, www: Path) -> Iterator[Path]:
    """A folder from elsewhere, mounted in the site."""
    there, share = www / "up loads", tmp_path / "share"
    share.mkdir()
    (share / "photo.jpg").write_text("Of the city")
    if os.geteuid() or subprocess.run(["mount", "--bind", share, there], capture_output=True, check=False).returncode:
        pytest.skip("whoever runs this may not mount")
    yield share
    for place in (path for path in tmp_path.rglob("up loads") if volumes_in(path)):
        subprocess.run(["umount", place], check=True)


def another_device(name: str):
    """As where a folder of some name is on another device."""
    return patch(DEVICE, lambda folder: 2 if folder.name == name else 1)


def names(folder: Path) -> set[str]:
    """All that is in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_folder_on_another_device_is_named_and_nothing_is_changed(tmp_path: Path, www: Path):
    before = names(tmp_path / ".www.cityfolio")
    site = a_site(tmp_path / "next", about="About")

    with another_device("up loads"):
        result = deployed(site, FolderTarget(www), 1)

    assert f"a volume is mounted at {www / 'up loads'}" in result.problems[0].says
    assert ((www / "about.html").exists(), names(tmp_path / ".www.cityfolio")) == (False, before)


def test_a_dry_run_names_it_too(tmp_path: Path, www: Path):
    site = a_site(tmp_path / "next", about="About")

    with another_device("up loads"):
        result = deployed(site, FolderTarget(www, only_reads=True), 1, is_dry=True)

    assert "a volume is mounted at" in result.problems[0].says


def test_a_volume_that_is_mounted_while_a_deploy_is_at_work_ends_it_before_the_switch(tmp_path: Path, www: Path):
    site = a_site(tmp_path / "next", about="About")

    with patch("cityfolio.folders.sync_folder", side_effect=lambda _: another_device("up loads").start()):
        result = deployed(site, FolderTarget(www), 1)
    patch.stopall()

    assert "a volume is mounted at" in result.problems[0].says
    assert not (www / "about.html").exists()


@pytest.mark.usefixtures("mounted")
def test_a_part_of_the_same_device_that_is_mounted_is_found(www: Path):
    assert volumes_in(www) == (www / "up loads",)


def test_what_is_on_a_mounted_volume_stays(tmp_path: Path, www: Path, mounted: Path):
    result = deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert [each.code for each in result.problems] == ["deploy-refused"]
    assert (mounted / "photo.jpg").read_text() == "Of the city"


def test_a_former_site_that_took_a_volume_along_is_not_removed(tmp_path: Path, www: Path, mounted: Path):
    deployed(a_site(tmp_path / "next", SMALL), FolderTarget(www), 1)
    place = tmp_path / ".www.cityfolio" / "generations" / "20261126T131500Z-00000000"
    place.parent.mkdir(exist_ok=True)
    www.rename(place)

    with pytest.raises(Refused, match="a volume is mounted at"):
        FolderTarget(www).purge("index.html")

    assert (mounted / "photo.jpg").exists()


def test_a_folder_with_a_volume_in_it_is_not_removed_at_all(www: Path):
    with another_device("up loads"), pytest.raises(Refused):
        remove_folder(www)

    assert (www / "index.html").exists()


@pytest.mark.parametrize("goes", ["www", "www/up loads"])
def test_a_folder_that_another_deploy_removes_meanwhile_holds_no_volume(tmp_path: Path, www: Path, goes: str):
    listed = os.scandir

    def remove_and_list(folder: Path):
        if folder == www.parent / goes:
            folder.rename(tmp_path / "elsewhere")
        return listed(folder)

    with patch("cityfolio.publish.deploying.targets.mounted.os.scandir", remove_and_list):
        assert volumes_in(www) == ()


def test_a_folder_that_is_gone_before_it_is_looked_at_holds_no_volume(www: Path):
    with patch(DEVICE, return_value=GONE):
        assert volumes_in(www) == ()
