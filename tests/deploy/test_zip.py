"""A site as one archive: the same bytes for the same site, whatever was in it before."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from cityfolio.publish.deploying.target import Refused
from deploy.small_sites import SMALL, a_site, at, deployed, listed, shown


def test_an_archive_holds_every_file_of_the_site_and_its_manifest(tmp_path: Path):
    target = at(f"zip:{tmp_path}/site.zip")

    result = deployed(a_site(tmp_path / "site"), target)

    assert result.problems == ()
    assert listed(target) == {*SMALL, "manifest.json"}
    assert shown(target, "data/trees/street trees.csv") == "id,kind\n1,Oak\n"


def test_the_scheme_may_be_written_in_any_case(tmp_path: Path):
    assert at(f"ZIP:{tmp_path}/site.zip").name == f"zip:{tmp_path}/site.zip"


def test_two_archives_of_one_site_are_the_same_bytes(tmp_path: Path):
    site = a_site(tmp_path / "site")

    deployed(site, at(f"zip:{tmp_path}/one.zip"))
    deployed(site, at(f"zip:{tmp_path}/other.zip"), seconds=90_000)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_an_archive_that_is_brought_up_to_date_is_the_same_as_a_new_one(tmp_path: Path):
    former = a_site(tmp_path / "former", {**SMALL, "assets/site.ba9876543210.css": "h1 {}", "gone.html": "Gone"})
    site = a_site(tmp_path / "site", about="About")

    deployed(former, at(f"zip:{tmp_path}/one.zip"))
    result = deployed(site, at(f"zip:{tmp_path}/one.zip"), seconds=1)
    deployed(site, at(f"zip:{tmp_path}/other.zip"))

    assert result.done.uploaded == {"pages": 1}
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_members_bear_no_moment_and_stand_in_order(tmp_path: Path):
    deployed(a_site(tmp_path / "site"), at(f"zip:{tmp_path}/site.zip"))

    with ZipFile(tmp_path / "site.zip") as archive:
        members = archive.infolist()
    assert [each.filename for each in members] == sorted([*SMALL, "manifest.json"])
    assert {(each.date_time, each.external_attr >> 16) for each in members} == {((1980, 1, 1, 0, 0, 0), 0o100644)}


def test_a_site_that_is_in_the_archive_already_is_not_written_again(tmp_path: Path):
    site = a_site(tmp_path / "site")
    deployed(site, at(f"zip:{tmp_path}/site.zip"))
    before = (tmp_path / "site.zip").stat()

    deployed(site, at(f"zip:{tmp_path}/site.zip"), seconds=1)

    assert (tmp_path / "site.zip").stat().st_ino == before.st_ino


def test_a_file_that_was_moved_is_found_in_the_archive(tmp_path: Path):
    target = at(f"zip:{tmp_path}/site.zip")
    deployed(a_site(tmp_path / "site", about="About"), target)

    with target.session("a test", 1) as session:
        digest = next(entry.sha256 for path, entry in session.manifest().entries.items() if path == "about.html")
        found = session.put_back("us.html", digest), session.put_back("us.html", "0" * 64)

    assert found == (True, False)


def test_a_second_deploy_at_once_is_told_so(tmp_path: Path):
    target = at(f"zip:{tmp_path}/site.zip")

    with target.session("one", 1):
        result = deployed(a_site(tmp_path / "site"), target)

    assert [problem.code for problem in result.problems] == ["deploy-locked"]
    assert "another deploy is writing" in result.problems[0].says


@pytest.mark.parametrize("content", [b"not a zip", b""], ids=["text", "empty"])
def test_a_file_that_is_no_archive_is_left_alone(tmp_path: Path, content: bytes):
    (tmp_path / "letter.zip").write_bytes(content)

    result = deployed(a_site(tmp_path / "site"), at(f"zip:{tmp_path}/letter.zip"))

    assert [problem.code for problem in result.problems] == ["deploy-refused"]
    assert (tmp_path / "letter.zip").read_bytes() == content


def test_an_archive_of_something_else_is_left_alone(tmp_path: Path):
    with ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("beach.jpg", b"sand")

    result = deployed(a_site(tmp_path / "site"), at(f"zip:{tmp_path}/photos.zip"))

    assert "no deploy has made" in result.problems[0].says


def test_damage_is_told_and_not_carried_into_the_next_archive(tmp_path: Path):
    path = tmp_path / "site.zip"
    deployed(a_site(tmp_path / "site"), at(f"zip:{path}"))
    body = bytearray(path.read_bytes())
    body[body.index(b"street trees.csv") + len("street trees.csv") + 2] ^= 255
    path.write_bytes(body)

    result = deployed(a_site(tmp_path / "next", about="About"), at(f"zip:{path}"), seconds=1)

    assert "is damaged" in result.problems[0].says
    assert path.read_bytes() == body


def test_nothing_is_left_beside_an_archive_that_could_not_be_written(tmp_path: Path):
    site = a_site(tmp_path / "site")
    target = at(f"zip:{tmp_path}/site.zip")

    with pytest.raises(Refused, match="neither in the archive nor was it put there"), target.session("a test", 1) as session:
        session.commit(site.body, None)

    assert sorted(each.name for each in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize(("address", "says"), [
    ("zip:", "not followed by the name of a file"),
    ("zip:out/", "not followed by the name of a file"),
], ids=["nothing", "a folder"])
def test_an_address_without_a_file_is_refused(address: str, says: str):
    with pytest.raises(Refused, match=says):
        at(address)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path):
    result = deployed(a_site(tmp_path / "site"), at(f"zip:{tmp_path}/absent/site.zip"))

    assert "absent is not a folder" in result.problems[0].says


def test_an_archive_has_no_generations(tmp_path: Path):
    target = at(f"zip:{tmp_path}/site.zip")

    assert target.generations() == ()
    with pytest.raises(Refused, match="keeps no former states"):
        target.manifest_of("20261126T131500Z-1a2b3c4d")
