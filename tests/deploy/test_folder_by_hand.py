"""What somebody else keeps in a folder that is deployed to stays as it is, and former sites beside are shown to nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from stat import S_IMODE
from unittest.mock import patch

import pytest

from cityfolio.files import link_file, open_file, sha256
from cityfolio.publish.deploying.targets.folder import FolderTarget
from deploy.small_sites import SMALL, a_site, at, brought_back, deployed, listed

OTHERS = os.getgroups() if hasattr(os, "getgroups") else []
ANOTHER_GROUP = next((group for group in OTHERS if group != os.getegid()), 4_321 if os.geteuid() == 0 else None)


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """A folder with the small site."""
    deployed(a_site(tmp_path / "site"), at(str(tmp_path / "www")))
    return tmp_path / "www"


def strange(www: Path, **wanted: str) -> set[str]:
    """What lies in the way of pages with these contents and is of no deploy."""
    with FolderTarget(www).session("somebody who asks", 2) as session:
        return set(session.strange({f"{name}.html": sha256(body.encode()) for name, body in wanted.items()}))


def mode(path: Path) -> int:
    """The bits of a mode."""
    return S_IMODE(path.stat().st_mode)


def test_a_file_that_no_deploy_has_put_there_is_strange(www: Path):
    (www / "about.html").write_text("By hand")

    assert strange(www, about="About") == {"about.html"}


def test_a_file_of_the_site_is_not_strange_however_it_was_changed(www: Path):
    (www / "index.html").write_text("By hand")

    assert strange(www, index="Home") == set()


def test_a_file_with_the_very_content_that_is_wanted_is_not_strange(www: Path):
    (www / "about.html").write_text("About")

    assert strange(www, about="About") == set()


def test_a_file_of_a_former_site_is_strange_when_it_was_put_there_again_by_hand(tmp_path: Path, www: Path):
    deployed(a_site(tmp_path / "with", about="About"), FolderTarget(www), 1)
    deployed(a_site(tmp_path / "without"), FolderTarget(www), 2)
    (www / "about.html").write_text("By hand")

    assert strange(www, about="About") == {"about.html"}


def test_an_asset_that_only_stays_is_not_strange(tmp_path: Path, www: Path):
    style = "assets/site.0123456789ab.css"
    deployed(a_site(tmp_path / "next", {path: body for path, body in SMALL.items() if path != style}), FolderTarget(www), 1)

    with FolderTarget(www).session("somebody who asks", 2) as session:
        assert set(session.strange({style: ""})) == set()


def test_a_packed_form_that_no_deploy_made_is_strange(www: Path):
    (www / "catalog.json.gz").write_bytes(b"packed")

    with FolderTarget(www).session("somebody who asks", 2) as session:
        assert set(session.strange({"catalog.json.gz": ""})) == {"catalog.json.gz"}


def test_all_that_lies_in_a_folder_in_the_place_of_a_page_is_strange(www: Path):
    (www / "about.html" / "more").mkdir(parents=True)
    (www / "about.html" / "more" / "a.txt").write_text("By hand")

    assert strange(www, about="About") == {"about.html/more/a.txt"}


@pytest.mark.parametrize("make", [lambda path: path.write_text("By hand"), lambda path: path.symlink_to("elsewhere")],
                         ids=["a file", "a link"])
def test_what_is_no_folder_is_strange_where_the_site_has_one(www: Path, make):
    make(www / "parks")

    assert strange(www, **{"parks/index": "Parks"}) == {"parks"}


def test_in_a_folder_that_is_not_there_nothing_is_strange(tmp_path: Path):
    target = FolderTarget(tmp_path / "www", only_reads=True)

    with target.session("somebody who asks", 2) as session:
        assert set(session.strange({"index.html": ""})) == set()


def test_a_later_deploy_replaces_no_strange_file_unless_that_is_allowed(tmp_path: Path, www: Path):
    site = a_site(tmp_path / "next", about="About")
    (www / "about.html").write_text("By hand")

    result = deployed(site, FolderTarget(www), 1)
    before = (www / "about.html").read_text()
    allowed = deployed(site, FolderTarget(www), 2, allowed=frozenset({"foreign"}))

    assert [(each.code, "about.html" in each.says) for each in result.problems] == [("deploy-foreign", True)]
    assert (before, allowed.problems, (www / "about.html").read_text()) == ("By hand", (), "About")


def test_a_site_that_is_brought_back_replaces_no_strange_file_either(tmp_path: Path, www: Path):
    deployed(a_site(tmp_path / "with", about="About"), FolderTarget(www), 1)
    deployed(a_site(tmp_path / "without"), FolderTarget(www), 2)
    (www / "about.html").write_text("By hand")

    result = brought_back(FolderTarget(www), FolderTarget(www).generations()[0].name, 3)

    assert [each.code for each in result.problems] == ["deploy-foreign"]
    assert (www / "about.html").read_text() == "By hand"


def test_what_was_to_give_way_gives_way(tmp_path: Path, www: Path):
    (www / "parks").write_text("By hand")
    (www / "about.html" / "empty").mkdir(parents=True)

    result = deployed(a_site(tmp_path / "next", {**SMALL, "parks/index.html": "Parks"}, about="About"), FolderTarget(www), 1,
                      allowed=frozenset({"foreign"}))

    assert result.problems == ()
    assert (www / "parks" / "index.html").read_text() == "Parks"
    assert (www / "about.html").read_text() == "About"


def test_the_folder_keeps_its_mode(tmp_path: Path, www: Path):
    www.chmod(0o2750)

    deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert mode(www) == 0o2750


@pytest.mark.skipif(ANOTHER_GROUP is None, reason="whoever runs this is in one group")
def test_the_folder_keeps_its_group_and_gives_it_to_new_folders(tmp_path: Path, www: Path):
    os.chown(www, -1, ANOTHER_GROUP or 0)
    www.chmod(0o2775)

    deployed(a_site(tmp_path / "next", {**SMALL, "parks/index.html": "Parks"}), FolderTarget(www), 1)

    found = [(each.stat().st_gid, mode(each)) for each in (www, www / "parks", www / "parks" / "index.html")]
    assert found == [(ANOTHER_GROUP, 0o2775), (ANOTHER_GROUP, 0o2775), (ANOTHER_GROUP, 0o644)]


def test_a_file_by_hand_keeps_its_mode_and_its_times(tmp_path: Path, www: Path):
    (www / "private.txt").write_text("By hand")
    (www / "private.txt").chmod(0o640)
    os.utime(www / "private.txt", (1, 1))

    deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert (mode(www / "private.txt"), (www / "private.txt").stat().st_mtime) == (0o640, 1)


def test_a_file_by_hand_keeps_its_mode_and_its_times_also_where_it_must_be_copied(tmp_path: Path, www: Path):
    (www / "private.txt").write_text("By hand")
    (www / "private.txt").chmod(0o640)
    os.utime(www / "private.txt", (1, 1))

    with patch("cityfolio.files.link_file", return_value=False):
        deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert (mode(www / "private.txt"), (www / "private.txt").stat().st_mtime) == (0o640, 1)


@pytest.mark.parametrize("link", [link_file, lambda *_: False], ids=["where files can be linked", "where they are copied"])
def test_a_link_by_hand_stays_a_link(tmp_path: Path, www: Path, link: Callable[[Path, Path], bool]):
    (www / "latest").symlink_to("data/trees")

    with patch("cityfolio.files.link_file", link):
        deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert os.readlink(www / "latest") == "data/trees"


def test_empty_folders_by_hand_stay_with_their_mode(tmp_path: Path, www: Path):
    (www / "uploads" / "inbox").mkdir(parents=True)
    (www / "uploads").chmod(0o2770)

    deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert (www / "uploads" / "inbox").is_dir()
    assert mode(www / "uploads") == 0o2770


def test_a_folder_of_which_all_pages_are_gone_goes_too(tmp_path: Path, www: Path):
    deployed(a_site(tmp_path / "with", {**SMALL, "parks/north/index.html": "North"}), FolderTarget(www), 1)

    deployed(a_site(tmp_path / "without"), FolderTarget(www), 2)

    assert not (www / "parks").exists()


def test_what_is_neither_file_nor_link_is_named_and_nothing_is_changed(tmp_path: Path, www: Path):
    os.mkfifo(www / "pipe")

    with patch("cityfolio.files.link_file", return_value=False):
        result = deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert "pipe is neither a file nor a link" in result.problems[0].says
    assert listed(FolderTarget(www)) == {*SMALL, "manifest.json"}


def test_a_file_of_somebody_else_that_may_not_be_read_is_named_and_nothing_is_changed(tmp_path: Path, www: Path):
    (www / "theirs.txt").write_text("By hand")

    with patch("cityfolio.files.link_file", return_value=False), _unreadable("theirs.txt"):
        result = deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert "theirs.txt belongs to somebody else" in result.problems[0].says
    assert (www / "theirs.txt").read_text() == "By hand"


def test_a_mode_without_rights_for_its_owner_does_not_stop_later_deploys(tmp_path: Path, www: Path):
    (www / "fixed").mkdir()
    (www / "fixed" / "a.txt").write_text("By hand")
    (www / "fixed").chmod(0o555)

    for number in range(4):
        result = deployed(a_site(tmp_path / f"{number}", about=f"{number}"), FolderTarget(www), number, keep=1)

    assert (result.problems, (www / "fixed" / "a.txt").read_text()) == ((), "By hand")


def test_nobody_but_the_one_who_deploys_may_look_at_former_sites(tmp_path: Path, www: Path):
    deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert mode(tmp_path / ".www.cityfolio") == 0o700
    assert (tmp_path / ".www.cityfolio" / "generations" / ".htaccess").read_text() == "Require all denied\n"


@pytest.mark.parametrize(("found", "closed"), [(0o755, 0o700), (0o775, 0o770), (0o2770, 0o2770)], ids=oct)
@pytest.mark.usefixtures("www")
def test_former_sites_that_lie_open_are_closed_to_all_but_those_who_may_write(tmp_path: Path, found: int, closed: int):
    (tmp_path / ".www.cityfolio").chmod(found)

    deployed(a_site(tmp_path / "next", about="About"), FolderTarget(tmp_path / "www"), 1)

    assert mode(tmp_path / ".www.cityfolio") == closed


def test_former_sites_can_be_brought_back_from_behind_closed_doors(tmp_path: Path, www: Path):
    deployed(a_site(tmp_path / "next", index="New"), FolderTarget(www), 1)

    result = brought_back(FolderTarget(www), FolderTarget(www).generations()[0].name, 2)

    assert (result.problems, (www / "index.html").read_text()) == ((), SMALL["index.html"])


def test_rights_that_the_disk_refuses_to_note_end_the_deploy_before_the_switch(tmp_path: Path, www: Path):
    www.chmod(0o750)

    with patch("cityfolio.publish.deploying.targets.carried.os.chmod", side_effect=OSError(5, "Input/output error")):
        result = deployed(a_site(tmp_path / "next", about="About"), FolderTarget(www), 1)

    assert "Input/output error" in result.problems[0].says
    assert listed(FolderTarget(www)) == {*SMALL, "manifest.json"}


def _unreadable(name: str) -> AbstractContextManager[object]:
    def opened(path: Path):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path)

    return patch("cityfolio.publish.deploying.targets.carried.files.open_file", side_effect=opened)
