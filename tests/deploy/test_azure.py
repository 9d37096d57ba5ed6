"""Deploys to Azure Blob Storage, as its emulator Azurite speaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.check_target import verify_target
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.target import Target
from deploy.servers_azure import ACCOUNT, AZURITE, CONTAINER, Blobs, some_blobs
from deploy.small_sites import FIRST, SMALL, a_site, brought_back, deployed, listed, shown

pytestmark = pytest.mark.skipif(AZURITE is None, reason="Azurite is not installed: npm install azurite")
pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")
NEXT = {**{path: body for path, body in SMALL.items() if not path.endswith("csv")}, "index.html": "<h1>New</h1>"}
At = Callable[[str], Target]


@pytest.fixture(scope="module")
def blobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blobs]:
    """Azurite."""
    with some_blobs(tmp_path_factory.mktemp("blobs")) as begun:
        yield begun


@pytest.fixture
def place(blobs: Blobs) -> At:
    """A target in the container, by the name of a folder."""
    around = Around(now=lambda: FIRST, environment=blobs.environment, endpoint=blobs.endpoint)
    return lambda name: target_at(f"az://{ACCOUNT}/{CONTAINER}/{name}", around)


def test_a_site_is_deployed_changed_brought_back_and_verified(place: At, tmp_path: Path):
    target = place("whole way")
    first = deployed(a_site(tmp_path / "site"), target)
    second = deployed(a_site(tmp_path / "next", NEXT), target, 1)
    without = listed(target)

    back = brought_back(target, target.generations()[0].name, 2)

    assert (first.problems, second.problems, back.problems) == ((), (), ())
    assert (second.done.uploaded, without, back.done.bytes) == ({"pages": 1}, {*NEXT, "manifest.json"}, 0)
    assert shown(target, "index.html") == SMALL["index.html"]
    assert verify_target(target, Orders(now=FIRST)) == (len(SMALL), ())


def test_where_the_host_knows_no_digest_the_one_that_was_put_is_asked_for(place: At, tmp_path: Path):
    site, target = a_site(tmp_path / "site"), place("doubted")
    deployed(site, target)

    found = deployed(site, target, 1, doubts=True)

    assert (found.problems, found.done.bytes, found.done.unchanged) == ((), 0, len(SMALL))


def test_a_second_deploy_at_the_same_time_is_told(place: At, tmp_path: Path):
    target = place("locked")
    with target.session("Dana", 1):
        found = deployed(a_site(tmp_path / "site"), target)

    assert [each.code for each in found.problems] == ["deploy-locked"]
