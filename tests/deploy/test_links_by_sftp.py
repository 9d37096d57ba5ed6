"""Links that somebody else made inside a site on a host are never followed, and what cannot be kept is not lost unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.target import Target
from cityfolio.publish.deploying.targets import sftp
from cityfolio.publish.deploying.targets.ssh_connection import place
from deploy.servers_ssh import FILES_ONLY, SshHost, an_ssh_host
from deploy.small_sites import SMALL, a_site, around, at, brought_back, deployed, listed

pytest.importorskip("asyncssh")
NO_LINKS = "-P hardlink,copy-data"
HOSTS = {"commands": (), "files only": (FILES_ONLY,),
         "no second names": (f"Subsystem sftp internal-sftp {NO_LINKS}", f"{FILES_ONLY} {NO_LINKS}")}
CSV = "data/trees/street trees.csv"
PAGE = "data/trees/index.html"
NEW_PAGE = {**SMALL, PAGE: "<h1>New</h1>"}
NEW_FOLDER = {**NEW_PAGE, CSV: "id,kind\n2,Elm\n"}
FOREIGN = frozenset({"foreign"})


@pytest.fixture(scope="module", params=["files only", pytest.param("commands", marks=pytest.mark.campaign)])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with an_ssh_host(tmp_path_factory.mktemp("ssh") / "host", *HOSTS[request.param]) as found:
        yield found


@pytest.fixture
def address(host: SshHost, tmp_path: Path) -> str:
    """A new folder on the host."""
    return host.address(host.folder / tmp_path.name)


files_only = pytest.mark.parametrize("host", ["files only"], indirect=True)
with_commands = pytest.mark.parametrize("host", ["commands"], indirect=True)
on_every_host = pytest.mark.parametrize("host", HOSTS, indirect=True)


def current(address: str) -> Path:
    """The site that is seen, on this machine."""
    return Path(place(address).folder) / "current"


def reading(address: str) -> Target:
    """The target of somebody who writes nothing, as in a dry run."""
    return sftp.target(address, Around(now=around().now, only_reads=True))


def moved_away(address: str, outside: Path) -> Path:
    """The folder of a site, moved outside, with a link in its place."""
    (current(address) / "data").rename(outside)
    (current(address) / "data").symlink_to(outside)
    return outside


def bodies(folder: Path) -> dict[str, str]:
    """The content of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_link_in_the_place_of_a_folder_of_the_site_is_refused_by_name(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    outside = moved_away(address, tmp_path / "outside")
    before = bodies(outside)

    dry = deployed(a_site(tmp_path / "two", NEW_PAGE), reading(address), 1, is_dry=True)
    result = deployed(a_site(tmp_path / "three", NEW_PAGE), at(address), 1)

    assert [[each.code for each in found.problems] for found in (dry, result)] == [["deploy-foreign"]] * 2
    assert "among them data" in result.problems[0].says
    assert bodies(outside) == before
    assert os.listdir(Path(place(address).folder) / ".cityfolio/incoming") == []


def test_a_link_that_may_be_replaced_gives_way_itself_and_what_it_led_to_stays(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    outside = moved_away(address, tmp_path / "outside")
    before = bodies(outside)

    result = deployed(a_site(tmp_path / "two", NEW_FOLDER), at(address), 1, allowed=FOREIGN)

    assert result.problems == ()
    assert bodies(outside) == before
    assert not (current(address) / "data").is_symlink()
    assert bodies(current(address)).items() >= {PAGE: NEW_FOLDER[PAGE], CSV: NEW_FOLDER[CSV]}.items()


def test_a_link_is_replaced_by_a_whole_folder_or_not_at_all(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    outside = moved_away(address, tmp_path / "outside")
    before = bodies(outside)

    refused = deployed(a_site(tmp_path / "two", NEW_PAGE), at(address), 1, allowed=FOREIGN)
    doubting = deployed(a_site(tmp_path / "three", NEW_PAGE), at(address), 2, allowed=FOREIGN, doubts=True)

    assert ["--doubt" in each.fix for each in refused.problems] == [True]
    assert doubting.problems == ()
    assert bodies(current(address) / "data").keys() == {"trees/index.html", "trees/street trees.csv"}
    assert bodies(outside) == before


def test_a_link_in_a_site_by_hand_is_refused_by_the_first_deploy(address: str, tmp_path: Path):
    by_hand, outside = Path(place(address).folder) / "releases/hand", tmp_path / "outside"
    by_hand.mkdir(parents=True)
    (outside / "trees").mkdir(parents=True)
    (outside / "trees/index.html").write_text("By hand")
    (by_hand / "data").symlink_to(outside)
    current(address).symlink_to("releases/hand")

    refused = deployed(a_site(tmp_path / "one"), at(address))
    allowed = deployed(a_site(tmp_path / "two"), at(address), 1, allowed=FOREIGN)

    assert [each.code for each in refused.problems] == ["deploy-foreign"]
    assert "among them data" in refused.problems[0].says
    assert allowed.problems == ()
    assert bodies(outside) == {"trees/index.html": "By hand"}
    assert bodies(by_hand / "data") == {"trees/index.html": "By hand"}


def test_a_file_that_goes_stays_where_only_a_link_leads_to_it(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    outside = moved_away(address, tmp_path / "outside")
    (outside / "empty").mkdir()
    before = bodies(outside)

    smaller = {path: body for path, body in SMALL.items() if not path.startswith("data/")}
    result = deployed(a_site(tmp_path / "two", smaller), at(address), 1, allowed=frozenset({"smaller"}))

    assert result.problems == ()
    assert bodies(outside) == before
    assert (current(address) / "data").is_symlink()


def test_a_purge_removes_nothing_through_a_link(address: str, tmp_path: Path):
    target = at(address)
    deployed(a_site(tmp_path / "one"), target)
    deployed(a_site(tmp_path / "two", NEW_FOLDER), target, 1)
    former = Path(place(address).folder) / "releases" / target.generations()[0].name
    (former / "data").rename(tmp_path / "outside")
    (former / "data").symlink_to(tmp_path / "outside")

    removed = target.purge(CSV)      # type: ignore[attr-defined]

    assert removed == 0
    assert (tmp_path / "outside/trees/street trees.csv").is_file()


@on_every_host
def test_links_by_names_of_files_on_their_way_are_not_written_through(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    outside = tmp_path / "outside.txt"
    outside.write_text("of somebody else")
    for path in ("manifest.json", "index.html", "about.html"):
        (current(address) / f"{path}.part").symlink_to(outside)

    result = deployed(a_site(tmp_path / "two", about="About"), at(address), 1)

    assert result.problems == ()
    assert outside.read_text() == "of somebody else"
    assert os.readlink(current(address) / "index.html.part") == str(outside)


@on_every_host
def test_links_of_others_are_carried_over(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    (current(address) / "open-data").symlink_to("data")
    (current(address) / "by hand").mkdir()
    (current(address) / "by hand" / "nowhere").symlink_to("/nowhere/at all")

    result = deployed(a_site(tmp_path / "two", about="About"), at(address), 1)

    assert result.problems == ()
    assert os.readlink(current(address) / "open-data") == "data"
    assert os.readlink(current(address) / "by hand" / "nowhere") == "/nowhere/at all"


@files_only
def test_what_files_alone_cannot_carry_over_is_refused_by_name(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    os.mkfifo(current(address) / "pipe")

    dry = deployed(a_site(tmp_path / "two", about="About"), reading(address), 1, is_dry=True)
    result = deployed(a_site(tmp_path / "three", about="About"), at(address), 1)
    (current(address) / "pipe").unlink()
    after = deployed(a_site(tmp_path / "four", about="About"), at(address), 2)

    assert [[each.code for each in found.problems] for found in (dry, result, after)] == [["deploy-refused"]] * 2 + [[]]
    assert "current/pipe is neither a file nor a link" in result.problems[0].says


@with_commands
def test_a_command_carries_over_what_files_alone_cannot(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    os.mkfifo(current(address) / "pipe")

    dry = deployed(a_site(tmp_path / "two", about="About"), reading(address), 1, is_dry=True)
    result = deployed(a_site(tmp_path / "three", about="About"), at(address), 1)

    assert (dry.problems, result.problems) == ((), ())
    assert (current(address) / "pipe").is_fifo()


def test_a_folder_by_hand_in_the_place_of_a_file_is_refused_or_gives_way(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    (current(address) / "index.html").unlink()
    (current(address) / "index.html").mkdir()

    dry = deployed(a_site(tmp_path / "two", index="New"), reading(address), 1, is_dry=True)
    allowed = deployed(a_site(tmp_path / "three", index="New"), at(address), 1, allowed=FOREIGN)

    assert [each.code for each in dry.problems] == ["deploy-foreign"]
    assert allowed.problems == ()
    assert (current(address) / "index.html").read_text() == "New"
    assert "index.html" in listed(at(address))


def test_a_name_that_is_no_utf8_is_carried_over_and_the_site_can_be_brought_back(address: str, tmp_path: Path):
    target = at(address)
    deployed(a_site(tmp_path / "one"), target)
    name = os.fsdecode(b"caf\xe9.txt")
    (current(address) / name).write_text("of somebody else")

    second = deployed(a_site(tmp_path / "two", about="About"), target, 1)
    back = brought_back(target, target.generations()[0].name, 2)

    assert (second.problems, back.problems) == ((), ())
    assert (current(address) / name).read_text() == "of somebody else"


def test_a_file_in_the_way_whose_name_is_no_utf8_is_named(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    (current(address) / "about.html").mkdir()
    (current(address) / "about.html" / os.fsdecode(b"caf\xe9.txt")).write_text("of somebody else")

    result = deployed(a_site(tmp_path / "two", about="About"), reading(address), 1, is_dry=True)

    assert [each.code for each in result.problems] == ["deploy-foreign"]
    assert r"among them about.html/caf\xe9.txt" in result.problems[0].says


@files_only
@pytest.mark.parametrize("path", ["", "/releases", "/.cityfolio", "/.cityfolio/incoming"])
def test_a_file_where_the_host_needs_a_folder_is_named_also_by_a_dry_run(address: str, tmp_path: Path, path: str):
    taken = Path(f"{place(address).folder}{path}")
    taken.parent.mkdir(parents=True, exist_ok=True)
    taken.write_text("By hand")

    dry = deployed(a_site(tmp_path / "one"), reading(address), is_dry=True)
    result = deployed(a_site(tmp_path / "two"), at(address))

    assert [each.says for each in (*dry.problems, *result.problems)] == [
        f"{taken} is there and is no folder, and a folder is needed there"] * 2


@files_only
def test_a_host_that_does_not_say_why_it_failed_is_not_quoted(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    (Path(place(address).folder) / ".cityfolio/manifest.json.part").mkdir()

    result = deployed(a_site(tmp_path / "two", about="About"), at(address), 1)

    assert [each.says for each in result.problems] == ["city-web could not do what was asked, and does not say why"]
    assert "disk" in result.problems[0].fix
