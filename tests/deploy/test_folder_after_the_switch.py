"""What is kept of the former site when the disk refuses something right after the switch."""

from __future__ import annotations

import errno
from pathlib import Path
from unittest.mock import patch

from deploy.small_sites import a_site, at, deployed, shown


def test_a_former_site_can_be_brought_back_also_when_nothing_could_be_noted_after_the_switch(tmp_path: Path):
    target = at(str(tmp_path / "www"))
    former = deployed(a_site(tmp_path / "former"), target).done.generation

    with patch("cityfolio.folders.sync_entry", side_effect=OSError(28, "No space left on device")):
        result = deployed(a_site(tmp_path / "site", about="About"), target, seconds=1)

    assert [problem.code for problem in result.problems] == ["deploy-refused"]
    assert shown(target, "about.html") == "About"
    assert [each.name for each in target.generations()] == [former]


def test_a_site_of_which_nothing_could_be_noted_after_the_switch_is_known_by_its_name_all_the_same(tmp_path: Path):
    target = at(str(tmp_path / "www"))
    deployed(a_site(tmp_path / "former"), target)
    with patch("cityfolio.folders.sync_entry", side_effect=OSError(28, "No space left on device")):
        deployed(a_site(tmp_path / "site", about="About"), target, seconds=1)

    deployed(a_site(tmp_path / "next", about="More"), target, seconds=2)

    assert [each.name[:16] for each in target.generations()] == ["20261126T131501Z", "20261126T131500Z"]


def test_a_deploy_that_ended_before_the_switch_leaves_no_name_behind(tmp_path: Path):
    target = at(str(tmp_path / "www"))
    deployed(a_site(tmp_path / "former"), target)
    with patch("cityfolio.folders.swap_folders", side_effect=OSError(28, "No space left on device")):
        deployed(a_site(tmp_path / "site", about="About"), target, seconds=1)

    names = {path.name for path in (tmp_path / ".www.cityfolio").iterdir()}

    assert (target.generations(), names) == ((), {"current.json"})


def test_where_files_had_to_be_moved_one_by_one_no_empty_former_site_is_offered(tmp_path: Path):
    target = at(str(tmp_path / "www"))
    deployed(a_site(tmp_path / "former"), target)

    with patch("cityfolio.folders._exchange", side_effect=OSError(errno.EXDEV, "Invalid cross-device link")):
        result = deployed(a_site(tmp_path / "site", about="About"), target, seconds=1)

    assert (result.problems, shown(target, "about.html"), target.generations()) == ((), "About", ())
