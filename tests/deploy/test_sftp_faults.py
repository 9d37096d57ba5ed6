"""A connection that dies at any request, and several deploys at once: visitors have the old site or the new one, whole."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from campaigns import in_part
from cityfolio.files import digest_of
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.sources import Site
from cityfolio.publish.deploying.targets import sftp
from cityfolio.publish.deploying.targets.ssh_connection import place
from deploy.servers_git import a_repository
from deploy.servers_ssh import FILES_ONLY, SshHost, an_ssh_host
from deploy.small_sites import SMALL, a_site, around, at, deployed

asyncssh = pytest.importorskip("asyncssh")
NEXT = {**SMALL, "index.html": "<h1>New home</h1>", "about.html": "About", "assets/site.ba9876543210.css": "h1 {}"}
BROKEN = range(0, 120, 17)     # a few of the requests of a deploy


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with an_ssh_host(tmp_path_factory.mktemp("ssh") / "files only", FILES_ONLY) as host:
        yield host


@pytest.mark.parametrize("request_number", in_part(BROKEN, 4))
def test_a_connection_that_dies_leaves_one_site_whole_and_the_next_deploy_ends(
    host: SshHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request_number: int,
):
    _dies_at(request_number, host, tmp_path, monkeypatch)


@pytest.mark.torture
def test_a_connection_that_dies_at_any_request_leaves_one_site_whole(
    host: SshHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
):
    reached = [_dies_at(number, host, tmp_path / f"{number}", monkeypatch) for number in range(200)]

    assert reached.count(True) > 60


@pytest.mark.torture
@pytest.mark.parametrize("kind", ["sftp", "git"])
def test_of_four_deploys_at_once_each_is_done_or_says_why_not(host: SshHost, tmp_path: Path, kind: str):
    repository = a_repository(tmp_path / "host.git")
    addresses = {"sftp": host.address(host.folder / "crowded"), "git": f"{repository.address}#gh-pages"}
    sites = [a_site(tmp_path / f"{number}", index=f"<h1>{number}</h1>") for number in range(4)]
    rounds = [_at_once(sites, addresses[kind], seconds) for seconds in range(0, 500, 10)]

    assert {code for codes, _ in rounds for code in codes} <= {"deploy-locked"}
    assert max(len(codes) for codes, _ in rounds) < 4
    assert {body for _, body in rounds} <= {site.body for site in sites}


def _at_once(sites: list[Site], address: str, seconds: int) -> tuple[list[str], bytes]:
    """What the deploys that were refused were told, and the manifest that is seen then."""
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda number: deployed(sites[number], at(address), seconds + number), range(4)))
    with at(address).session("a reader", 1) as session:
        return [problem.code for result in results for problem in result.problems], b"".join(session.read("manifest.json"))


def _dies_at(number: int, host: SshHost, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Deploy twice, the second time with a connection that dies, then once more. Whether it died at all."""
    address = host.address(host.folder / f"{folder.name} {number}")
    one, two = a_site(folder / "one"), a_site(folder / "two", NEXT)
    deployed(one, at(address))
    with _dying(number, monkeypatch) as asked:
        result = deployed(two, at(address), seconds=1)
    seen = _whole(address, one) or _whole(address, two)
    breaking = sftp.target(address, Around(now=around().now, breaks_lock=True))
    after = deployed(two, breaking, seconds=2)
    has_died = next(asked) > number

    assert seen
    assert has_died or result.problems == ()
    assert after.problems == ()
    assert _whole(address, two)
    return has_died


@contextmanager
def _dying(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Iterator[int]]:
    """From the request with that number on, the connection is dead."""
    asked, handler = count(), asyncssh.sftp.SFTPClientHandler
    make_request = handler._make_request

    async def dying(self: Any, *given: Any) -> Any:
        if next(asked) >= number:
            raise asyncssh.SFTPConnectionLost("dead")
        return await make_request(self, *given)

    with monkeypatch.context() as patched:
        patched.setattr(handler, "_make_request", dying)
        yield asked


def _whole(address: str, site: Site) -> bool:
    current = Path(place(address).folder) / "current"
    return all((current / path).is_file() and digest_of(current / path) == entry.sha256
               for path, entry in site.manifest.entries.items()) and (current / "manifest.json").read_bytes() == site.body
