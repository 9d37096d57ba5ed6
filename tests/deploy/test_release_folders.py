"""What lies on a host beside the site that is seen: former sites in their order, closed to visitors, and files of others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

from campaigns import in_part
from cityfolio.files import digest_of, sha256
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.target import Target
from cityfolio.publish.deploying.targets.remote_strangers import Strangers
from cityfolio.publish.deploying.targets.ssh_connection import place
from deploy.servers_ssh import FILES_ONLY, SshHost, an_ssh_host
from deploy.small_sites import SMALL, a_site, at, brought_back, deployed, shown

pytest.importorskip("asyncssh")
SETTINGS = {"commands": (), "files only": (FILES_ONLY,)}
FIRST = "files only"     # what every host can; the others under torture


@pytest.fixture(scope="module", params=[FIRST, *in_part([each for each in SETTINGS if each != FIRST], 0)])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with an_ssh_host(tmp_path_factory.mktemp("ssh") / "host", *SETTINGS[request.param]) as found:
        yield found


@pytest.fixture
def address(host: SshHost, tmp_path: Path) -> str:
    """A new folder on the host."""
    return host.address(host.folder / tmp_path.name, "&rsync=no")


def folder(address: str) -> Path:
    """The folder at an address, on this machine."""
    return Path(place(address).folder)


def strange(address: str, **wanted: str) -> set[str]:
    """What lies in the way of pages with these contents."""
    with at(address).session("somebody who asks", 2) as session:
        releases = session.releases
        looking = Strangers(releases.files, releases.home.current).among(
            {f"{name}.html": sha256(body.encode()) for name, body in wanted.items()}, frozenset(session.manifest().entries))
        return set(releases.connection.do(looking))


def back(target: Target, seconds: int) -> str:
    """Go back, without a name, and see what is shown."""
    brought_back(target, next(each.name for each in target.generations() if each.leads_back), seconds)
    return shown(target, "index.html")


def test_two_steps_back_lead_to_the_first_of_three_sites_and_a_name_leads_forward(address: str, tmp_path: Path):
    target = at(address)
    for letter, seconds in (("A", 0), ("B", 1), ("C", 1)):
        deployed(a_site(tmp_path / letter, {**SMALL, "index.html": letter}), target, seconds)

    seen = (back(target, 2), back(target, 3), [each.leads_back for each in target.generations()])
    newest = next(each for each in target.generations() if each.manifest_sha256 == digest_of(tmp_path / "C" / MANIFEST_PATH))
    brought_back(target, newest.name, 4)

    assert seen == ("B", "A", [False, False])
    assert shown(target, "index.html") == "C"
    assert len(os.listdir(folder(address) / "releases")) == 3


def test_former_sites_and_what_is_known_of_them_are_closed_to_visitors(address: str, tmp_path: Path):
    former = deployed(a_site(tmp_path / "one"), at(address)).done.generation
    deployed(a_site(tmp_path / "two", about="About"), at(address), 1)

    found = [S_IMODE(each.stat().st_mode) for each in (folder(address) / ".cityfolio", folder(address) / "releases" / former,
                                                        folder(address) / "current", folder(address) / "releases")]
    assert found == [0o700, 0o700, 0o755, 0o755]


def test_a_site_that_is_brought_back_is_open_to_visitors(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    deployed(a_site(tmp_path / "two", about="About"), at(address), 1)

    back(at(address), 2)

    assert S_IMODE((folder(address) / "current").stat().st_mode) == 0o755
    assert S_IMODE((folder(address) / "current" / "index.html").stat().st_mode) == 0o644


def test_the_site_keeps_its_mode_and_empty_folders_by_hand(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    (folder(address) / "current" / "uploads" / "inbox").mkdir(parents=True)
    (folder(address) / "current").chmod(0o750)

    deployed(a_site(tmp_path / "two", about="About"), at(address), 1)

    assert S_IMODE((folder(address) / "current").stat().st_mode) == 0o750
    assert (folder(address) / "current" / "uploads" / "inbox").is_dir()


def test_what_no_deploy_has_put_there_is_strange(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    current = folder(address) / "current"
    (current / "about.html").write_text("By hand")
    (current / "same.html").write_text("Same")
    (current / "parks").symlink_to("elsewhere")
    (current / "news.html" / "more").mkdir(parents=True)
    (current / "news.html" / "more" / "a.txt").write_text("By hand")

    found = strange(address, about="About", same="Same", index="Home", news="News", new="New",
                    **{"parks/index": "Parks", "far/away/index": "Far"})

    assert found == {"about.html", "parks", "news.html/more/a.txt"}
