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

pytestmark = pytest.mark.skipif(AZURITE is None, reason="Azurite is not installed: make azurite")
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


def signed(blobs: Blobs, letters: str) -> Target:
    """A target that is reached by a shared access signature with these permissions."""
    environment = {"AZURE_STORAGE_SAS_TOKEN": blobs.signature(letters)}
    around = Around(now=lambda: FIRST, environment=environment, endpoint=blobs.endpoint)
    return target_at(f"az://{ACCOUNT}/{CONTAINER}/signed", around)


def test_the_permissions_that_are_asked_for_are_enough(blobs: Blobs, tmp_path: Path):
    target = signed(blobs, "rcwdl")
    first = deployed(a_site(tmp_path / "site"), target)
    second = deployed(a_site(tmp_path / "next", NEXT), target, 1)

    back = brought_back(target, target.generations()[0].name, 2)

    assert (first.problems, second.problems, back.problems) == ((), (), ())
    assert target.purge("index.html") == 1     # type: ignore[attr-defined]


def test_a_permission_that_a_signature_lacks_is_named_and_no_signature_is_told(blobs: Blobs, tmp_path: Path):
    found = deployed(a_site(tmp_path / "site"), signed(blobs, "rl"))

    assert found.problems[0].fix.startswith("The shared access signature lacks c, w, d in sp. Grant the role Storage Blob Data")
    assert blobs.signature("rl").rpartition("sig=")[2] not in str(found)


def test_a_key_of_another_account_is_told_without_being_shown(blobs: Blobs, tmp_path: Path):
    key = "YW5vdGhlci1zZWNyZXQtdGhhdC1ub2JvZHktbWF5LXNlZQ=="
    around = Around(now=lambda: FIRST, environment={"AZURE_STORAGE_ACCOUNT_KEY": key}, endpoint=blobs.endpoint)

    found = deployed(a_site(tmp_path / "site"), target_at(f"az://{ACCOUNT}/{CONTAINER}/wrong", around))

    assert found.problems[0].fix.endswith("Looked for: set: AZURE_STORAGE_ACCOUNT_KEY")
    assert key not in str(found)


def test_a_container_that_does_not_exist_is_told(blobs: Blobs, tmp_path: Path):
    around = Around(now=lambda: FIRST, environment=blobs.environment, endpoint=blobs.endpoint)

    found = deployed(a_site(tmp_path / "site"), target_at(f"az://{ACCOUNT}/nowhere", around))

    assert [(each.says, each.fix) for each in found.problems] == [
        ("there is no container nowhere", "Make the container nowhere first, or mend its name.")]
