"""What deploys that died leave beside a folder: nothing of it is lost to a purge, offered as a site, or left for ever."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest

from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.targets.folder import FolderTarget
from deploy.small_sites import SMALL, a_site, deployed, shown

HOME = "cityfolio.publish.deploying.targets.folder_home.FolderHome"


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    """A folder with the small site."""
    target = FolderTarget(tmp_path / "www")
    deployed(a_site(tmp_path / "site"), target)
    return target


def dies(where: str, tmp_path: Path, seconds: int, **orders: object) -> None:
    """A deploy that ends at a call, and clears nothing after it."""
    site = a_site(tmp_path / f"site {seconds}", about=f"{seconds}")
    with patch(where, side_effect=KeyboardInterrupt), patch(f"{HOME}.leave"), suppress(KeyboardInterrupt):
        deployed(site, FolderTarget(tmp_path / "www"), seconds, **orders)


def kept(tmp_path: Path) -> set[str]:
    """The names of all that is kept beside."""
    return {path.name for path in (tmp_path / ".www.cityfolio" / "generations").iterdir()} - {".htaccess"}


def test_a_purge_reaches_a_former_site_that_a_dead_deploy_had_not_put_in_its_place(tmp_path: Path, target: FolderTarget):
    dies(f"{HOME}.keep", tmp_path, 1)

    number = target.purge("index.html")

    left = [path for path in (tmp_path / ".www.cityfolio").rglob("index.html") if path.parent.name != "trees"]
    assert (number, left) == (1, [])


def test_a_purge_puts_back_a_folder_that_was_being_exchanged_in_two_steps(tmp_path: Path, target: FolderTarget):
    (tmp_path / "www").rename(tmp_path / ".www.cityfolio" / "old")

    number = target.purge("index.html")

    assert (number, shown(target, "index.html")) == (0, SMALL["index.html"])


def test_a_site_whose_removal_was_cut_short_is_not_offered_and_goes_with_the_next_deploy(tmp_path: Path, target: FolderTarget):
    deployed(a_site(tmp_path / "next", about="About"), target, 1, keep=1)
    dies("cityfolio.folders.os.rmdir", tmp_path, 2, keep=1)

    offered = [each.name[:16] for each in target.generations()]
    deployed(a_site(tmp_path / "last", about="Last"), target, 3, keep=1)

    assert offered == ["20261126T131501Z"]
    assert {name[:16] for name in kept(tmp_path)} == {"20261126T131502Z"}
    assert not (tmp_path / ".www.cityfolio" / "gone").exists()


def test_a_former_site_that_no_record_names_is_purged_and_goes_with_the_next_deploy(tmp_path: Path, target: FolderTarget):
    deployed(a_site(tmp_path / "next", about="About"), target, 1)
    for record in (tmp_path / ".www.cityfolio" / "generations").glob("*.json"):
        record.unlink()

    with patch(f"{HOME}._unknown", return_value=()):
        number = target.purge("index.html")
    deployed(a_site(tmp_path / "last", about="Last"), target, 2)

    assert (number, {name[:16] for name in kept(tmp_path)}) == (1, {"20261126T131501Z"})


def test_what_somebody_else_put_beside_former_sites_stays(tmp_path: Path, target: FolderTarget):
    (tmp_path / ".www.cityfolio" / "generations" / "by hand").mkdir(parents=True)

    deployed(a_site(tmp_path / "next", about="About"), target, 1)

    assert "by hand" in kept(tmp_path)


def test_a_file_that_cannot_be_removed_is_told(tmp_path: Path, target: FolderTarget):
    deployed(a_site(tmp_path / "next", about="About"), target, 1)

    with patch("pathlib.Path.unlink", side_effect=PermissionError(1, "Operation not permitted")), pytest.raises(Refused):
        target.purge("index.html")


def test_a_purge_follows_no_link_out_of_a_former_site(tmp_path: Path, target: FolderTarget):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("By hand")
    (tmp_path / "www" / "latest").symlink_to(tmp_path / "elsewhere")
    deployed(a_site(tmp_path / "next", about="About"), target, 1)

    assert target.purge("latest/a.txt") == 0
    assert (tmp_path / "elsewhere" / "a.txt").exists()


@pytest.mark.parametrize("path", ["manifest.json", "./manifest.json"])
def test_the_manifest_cannot_be_purged(tmp_path: Path, target: FolderTarget, path: str):
    deployed(a_site(tmp_path / "next", about="About"), target, 1)

    with pytest.raises(Refused, match="none can be brought back"):
        target.purge(path)


def test_nothing_is_purged_beside_a_folder_that_was_never_deployed_to(tmp_path: Path):
    assert FolderTarget(tmp_path / "nowhere").purge("index.html") == 0
