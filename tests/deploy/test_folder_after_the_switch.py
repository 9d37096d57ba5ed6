"""What is kept of the former site when the disk refuses something right after the switch."""

from __future__ import annotations

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
