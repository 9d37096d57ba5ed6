"""A folder on a real SSH server: with rsync, with commands, with SFTP alone, and with a server that cannot link."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.files import sha256
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.check_target import verify_target
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.sources import uploads
from cityfolio.publish.deploying.target import Generation, Locked, Refused
from cityfolio.publish.deploying.targets import remote_files, rsync, sftp, ssh_lock
from cityfolio.publish.deploying.targets.ssh_connection import Connection, place
from deploy.servers_ssh import FILES_ONLY, HAS_RSYNC, SshHost, an_ssh_host
from deploy.small_sites import FIRST, SMALL, a_site, around, at, brought_back, deployed, listed, shown

asyncssh = pytest.importorskip("asyncssh")
OURS = {*SMALL, "manifest.json"}
CSV = "data/trees/street trees.csv"
SEVERAL = {**SMALL, **{f"{number}.html": f"{number}" for number in range(20)}}
POOR = "Subsystem sftp internal-sftp -P hardlink,copy-data"


@pytest.fixture(scope="module")
def full_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with an_ssh_host(tmp_path_factory.mktemp("ssh") / "with commands") as host:
        yield host


@pytest.fixture(scope="module")
def plain_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with an_ssh_host(tmp_path_factory.mktemp("ssh") / "files only", FILES_ONLY) as host:
        yield host


@pytest.fixture(scope="module")
def poor_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshHost]:
    with an_ssh_host(tmp_path_factory.mktemp("ssh") / "poor", POOR, f"{FILES_ONLY} -P hardlink,copy-data") as host:
        yield host


HOSTS = {"rsync": "full_host", "commands": "full_host", "files only": "plain_host", "no links": "poor_host"}


@pytest.fixture(params=HOSTS)
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new folder on a host, whose name has a space."""
    kind = request.param
    if kind == "rsync" and not HAS_RSYNC:
        pytest.skip("rsync is not installed")
    monkeypatch.setattr(sftp, "SMALL_FILES", 0)
    host = request.getfixturevalue(HOSTS[kind])
    return host.address(host.folder / f"{tmp_path.name} site", "" if kind == "rsync" else "&rsync=no")


quickly = pytest.mark.parametrize("address", ["files only"], indirect=True)     # where it is the same everywhere
sent_either_way = pytest.mark.parametrize("address", ["rsync", "files only"], indirect=True)


def test_a_site_is_deployed_changed_brought_back_and_verified(address: str, tmp_path: Path):
    target, folder = at(address), _folder(address)
    one = a_site(tmp_path / "one", {**SMALL, "gone.html": "Gone", "again.html": "<h1>Home</h1>"})
    two = a_site(tmp_path / "two", index="<h1>New home</h1>", about="About")

    first = deployed(one, target)
    second = deployed(two, target, seconds=1)
    seen = (shown(target, "index.html"), listed(target))
    back = brought_back(target, target.generations()[0].name, 2)

    assert (first.problems, second.problems, back.problems) == ((), (), ())
    assert second.done.uploaded == {"pages": 2}
    assert seen == ("<h1>New home</h1>", {*OURS, "about.html"})
    assert listed(target) == {*OURS, "gone.html", "again.html"}
    assert shown(target, "gone.html") == "Gone"
    assert verify_target(target, Orders(now=FIRST)) == (7, ())
    assert sorted(os.listdir(folder / ".cityfolio")) == ["generations", "incoming"]
    assert os.listdir(folder / ".cityfolio" / "incoming") == []


@sent_either_way
def test_everybody_may_read_what_was_put_whatever_the_hosts_umask(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    deployed(a_site(tmp_path / "two", about="About"), at(address), seconds=1)

    found = [_folder(address), *(_folder(address) / "current").resolve().rglob("*")]
    assert {stat.S_IMODE(each.stat().st_mode) for each in found if each.is_dir()} == {0o755}
    assert {stat.S_IMODE(each.stat().st_mode) for each in found if each.is_file()} == {0o644}


@quickly
def test_the_site_is_shown_by_a_link_that_can_be_moved_with_its_folder(address: str, tmp_path: Path):
    result = deployed(a_site(tmp_path / "one"), at(address))

    assert os.readlink(_folder(address) / "current") == f"releases/{result.done.generation}"


@pytest.mark.parametrize("address", ["rsync", "commands", "files only"], indirect=True)
def test_what_did_not_change_is_one_file_with_two_names(address: str, tmp_path: Path):
    deployed(a_site(tmp_path / "one"), at(address))
    deployed(a_site(tmp_path / "two", about="About"), at(address), seconds=1)

    assert (_folder(address) / "current/index.html").stat().st_nlink == 2


def test_a_small_change_is_sent_without_rsync(full_host: SshHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    address = full_host.address(full_host.folder / "small")
    monkeypatch.setattr(rsync, "send", lambda *_: pytest.fail("rsync was called"))

    result = deployed(a_site(tmp_path / "one"), at(address))

    assert result.problems == ()


@quickly
def test_a_site_that_is_to_be_kept_no_longer_is_removed(address: str, tmp_path: Path):
    target = at(address)

    for seconds in range(4):
        deployed(a_site(tmp_path / f"{seconds}", index=f"<h1>{seconds}</h1>"), target, seconds, keep=1)

    assert [each.name[:16] for each in target.generations()] == ["20261126T131502Z"]
    assert len(os.listdir(_folder(address) / "releases")) == 2


@quickly
def test_a_second_deploy_at_once_is_told_whose_the_first_is(address: str, tmp_path: Path):
    target = at(address)

    with target.session("Ana on build-7", 2):
        result = deployed(a_site(tmp_path / "site"), target)

    assert [problem.code for problem in result.problems] == ["deploy-locked"]
    assert "Ana on build-7, since 2026-11-26T13:15:00" in result.problems[0].says


@quickly
def test_a_lock_that_nobody_touches_is_taken_over(address: str, tmp_path: Path):
    target, lock = at(address), _folder(address) / ".cityfolio/lock"
    deployed(a_site(tmp_path / "one"), target)
    lock.write_bytes(b'{"owner": "one that died"}')
    long_ago = lock.stat().st_mtime - ssh_lock.DEAD_SECONDS - 5
    os.utime(lock, (long_ago, long_ago))

    result = deployed(a_site(tmp_path / "two", about="About"), target, seconds=1)

    assert result.problems == ()
    assert not lock.exists()


def test_a_lock_is_broken_when_that_is_asked_for(full_host: SshHost, tmp_path: Path):
    address = full_host.address(full_host.folder / "broken")
    target = at(address)
    deployed(a_site(tmp_path / "one"), target)
    (_folder(address) / ".cityfolio/lock").write_bytes(b"")

    refused = deployed(a_site(tmp_path / "two", about="About"), target, seconds=1)
    breaking = sftp.target(address, Around(now=around().now, breaks_lock=True))
    result = deployed(a_site(tmp_path / "three", about="About"), breaking, seconds=2)

    assert "it does not say whose" in refused.problems[0].says
    assert result.problems == ()


@quickly
def test_a_deploy_whose_lock_was_taken_over_shows_nothing(address: str, tmp_path: Path):
    target = at(address)
    deployed(a_site(tmp_path / "one"), target)
    site = a_site(tmp_path / "two", index="Never seen")

    with target.session("slow", 2) as session:
        (_folder(address) / ".cityfolio/lock").write_bytes(b'{"owner": "another"}')
        _put_all(session, site)
        with pytest.raises(Locked, match="silent for too long"):
            session.commit(site.body, _generation(1))

    assert shown_on_disk(address, "index.html") == "<h1>Home</h1>"


@sent_either_way
def test_a_deploy_that_was_interrupted_is_not_seen_and_its_files_are_not_sent_again(address: str, tmp_path: Path):
    target, site = at(address), a_site(tmp_path / "two", large="x" * 100_000)
    deployed(a_site(tmp_path / "one"), target)

    with pytest.raises(KeyboardInterrupt), target.session("interrupted", 2) as session:
        _interrupted(session, site)
    before = listed(target)
    result = deployed(site, target, seconds=1)

    assert before == OURS
    assert result.problems == ()
    assert listed(target) == {*OURS, "large.html"}


def test_what_an_interrupted_deploy_has_sent_is_compared_where_the_host_can(full_host: SshHost, tmp_path: Path):
    address = full_host.address(full_host.folder / "resumed", "&rsync=no")
    deployed(a_site(tmp_path / "one", {"index.html": "One"}), at(address))
    (_folder(address) / ".cityfolio/incoming" / sha256(b"<h1>Home</h1>")).write_text("lost by a fall")

    deployed(a_site(tmp_path / "site"), at(address), seconds=1)

    assert shown_on_disk(address, "index.html") == "<h1>Home</h1>"


@quickly
def test_small_files_are_on_their_way_together(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    site, together, write = a_site(tmp_path / "site", SEVERAL), asyncio.Barrier(len(SEVERAL)), remote_files.write

    async def waiting_for_the_others(files, path: str, pieces) -> None:
        await asyncio.wait_for(together.wait(), 20)
        await write(files, path, pieces)

    with at(address).session("a test", 1) as session:
        session.begin(site.body, _generation(1))
        monkeypatch.setattr(remote_files, "write", waiting_for_the_others)
        for upload in uploads(site, tuple(site.manifest.entries.values())):
            session.put(upload)
        monkeypatch.undo()
        session.commit(site.body, _generation(1))

    assert shown_on_disk(address, "7.html") == "7"


@quickly
def test_a_file_that_fails_on_its_way_stops_the_deploy_and_is_sent_by_the_next(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
):
    target, site, write = at(address), a_site(tmp_path / "two", SEVERAL), remote_files.write
    deployed(a_site(tmp_path / "one"), target)

    async def failing(files, path: str, pieces) -> None:
        if path.endswith(sha256(b"7")):
            raise asyncssh.SFTPFailure("the disk is full")
        await write(files, path, pieces)

    with monkeypatch.context() as patched:
        patched.setattr(remote_files, "write", failing)
        failed = deployed(site, target, seconds=1)
    before = listed(target)
    after = deployed(site, target, seconds=2)

    assert [problem.says for problem in failed.problems] == ["city-web says: the disk is full"]
    assert before == OURS
    assert (after.problems, shown_on_disk(address, "7.html")) == ((), "7")


@quickly
def test_what_did_not_change_costs_no_request_to_remove_what_is_not_there(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
):
    deployed(a_site(tmp_path / "one", SEVERAL), at(address))
    discard, discarded = remote_files.discard, list[str]()

    async def noted(files, path: str) -> None:
        discarded.append(path)
        await discard(files, path)

    monkeypatch.setattr(remote_files, "discard", noted)
    deployed(a_site(tmp_path / "two", {**SEVERAL, "index.html": "New"}), at(address), seconds=1)

    assert not [path for path in discarded if "/new/" in path]


@sent_either_way
def test_a_file_that_is_purged_is_in_no_former_site_and_cannot_come_back(address: str, tmp_path: Path):
    target, folder = at(address), _folder(address)
    deployed(a_site(tmp_path / "one"), target)
    deployed(a_site(tmp_path / "two", {**SMALL, CSV: "id\n1\n"}), target, seconds=1, keep=5)
    deployed(a_site(tmp_path / "three", {path: body for path, body in SMALL.items() if path != CSV}), target, seconds=2, keep=5)

    number = target.purge(CSV)      # type: ignore[attr-defined]
    back = brought_back(target, target.generations()[0].name, 3)

    assert number == 2
    assert not list(folder.rglob("*.csv"))
    assert ["1 files of that generation are not kept any more" in problem.says for problem in back.problems] == [True]


@quickly
def test_a_purge_leaves_what_visitors_see_and_what_no_deploy_has_put_there(address: str, tmp_path: Path):
    target, folder = at(address), _folder(address)
    deployed(a_site(tmp_path / "one"), target)
    deployed(a_site(tmp_path / "two", index="<h1>New</h1>"), target, seconds=1)
    foreign = folder / "releases" / target.generations()[0].name / "own.txt"
    foreign.write_text("of somebody else")

    numbers = [target.purge(path) for path in (CSV, "own.txt", "index.html")]      # type: ignore[attr-defined]

    assert numbers == [0, 0, 1]
    assert (foreign.read_text(), shown_on_disk(address, "index.html")) == ("of somebody else", "<h1>New</h1>")
    assert listed(target) == OURS


@quickly
def test_a_purge_takes_away_what_a_deploy_that_was_cut_short_has_sent(address: str, tmp_path: Path):
    target, site = at(address), a_site(tmp_path / "two", {**SMALL, CSV: "names of people"})
    deployed(a_site(tmp_path / "one", {**SMALL, CSV: "names of people"}), target)
    deployed(a_site(tmp_path / "without", {"index.html": "Without"}), target, seconds=1, allowed=frozenset({"smaller"}))
    with pytest.raises(KeyboardInterrupt), target.session("interrupted", 2) as session:
        _interrupted(session, site)

    target.purge(CSV)      # type: ignore[attr-defined]

    assert not (_folder(address) / ".cityfolio/incoming" / sha256(b"names of people")).exists()


@quickly
def test_a_purge_waits_for_no_deploy_and_disturbs_none(address: str, tmp_path: Path):
    target = at(address)
    deployed(a_site(tmp_path / "one"), target)

    with target.session("Ana", 2), pytest.raises(Locked, match="Ana"):
        target.purge("index.html")      # type: ignore[attr-defined]

    assert shown_on_disk(address, "index.html") == "<h1>Home</h1>"


@pytest.mark.parametrize("reached", ["memory", "release"], ids=["before the link", "with the release in place"])
def test_a_deploy_that_died_right_before_the_link_leaves_no_generation(plain_host: SshHost, tmp_path: Path, reached: str):
    address = plain_host.address(plain_host.folder / f"died {reached}")
    target, folder = at(address), _folder(address)
    deployed(a_site(tmp_path / "one"), target)
    name = _generation(1).name
    (folder / ".cityfolio/switching").write_text(name)
    (folder / f".cityfolio/generations/{name}.json").write_text("{}")
    (folder / "releases" / name).mkdir()

    deployed(a_site(tmp_path / "two", about="About"), target, seconds=2)

    assert not (folder / "releases" / name).exists()
    assert len(target.generations()) == 1


def test_a_dry_run_writes_nothing(full_host: SshHost, tmp_path: Path):
    address = full_host.address(full_host.folder / "dry")
    target = sftp.target(address, Around(now=around().now, only_reads=True))

    result = deployed(a_site(tmp_path / "site"), target, is_dry=True)

    assert result.done.uploaded == {"assets": 1, "data": 1, "pages": 2, "feeds": 1}
    assert not _folder(address).exists()


def test_the_digests_of_a_host_with_commands_are_its_own(full_host: SshHost, tmp_path: Path):
    address = full_host.address(full_host.folder / "doubted")
    site = a_site(tmp_path / "site")
    deployed(site, at(address))
    (_folder(address) / "current/index.html").write_text("<h1>Else</h1>")

    result = deployed(site, at(address), seconds=1, doubts=True)

    assert result.done.uploaded == {"pages": 1}
    assert shown_on_disk(address, "index.html") == "<h1>Home</h1>"


def test_a_real_folder_in_the_place_of_the_link_is_left_alone(plain_host: SshHost, tmp_path: Path):
    (plain_host.folder / "taken/current").mkdir(parents=True)

    result = deployed(a_site(tmp_path / "site"), at(plain_host.address(plain_host.folder / "taken")))

    assert "is there and is no link" in result.problems[0].says


@sent_either_way
def test_a_page_may_take_the_place_of_a_folder_and_a_folder_that_of_a_page(address: str, tmp_path: Path):
    target = at(address)

    deployed(a_site(tmp_path / "one", {**SMALL, "a/b": "A file in a folder", "c": "A file"}), target)
    result = deployed(a_site(tmp_path / "two", {**SMALL, "a": "A file", "c/d": "A file in a folder"}), target, seconds=1)

    assert result.problems == ()
    assert listed(target) == {*OURS, "a", "c/d"}


def test_a_host_whose_key_is_not_known_is_refused(full_host: SshHost, tmp_path: Path):
    settings = _settings(full_host, tmp_path, f"{full_host.home}/known_hosts", "/dev/null")

    result = deployed(a_site(tmp_path / "site"), at(f"sftp://city-web{full_host.folder}/unknown?config={settings}"))

    assert "is not in known_hosts" in result.problems[0].says
    assert "fingerprint" in result.problems[0].fix
    assert not (full_host.folder / "unknown").exists()


def test_a_key_that_the_host_does_not_accept_is_told_without_a_word_of_it(full_host: SshHost, tmp_path: Path):
    settings = _settings(full_host, tmp_path, "client_key", "other_key")

    result = deployed(a_site(tmp_path / "site"), at(f"sftp://city-web{full_host.folder}/denied?config={settings}"))

    assert "accepts no key" in result.problems[0].says
    assert "authorized_keys" in result.problems[0].fix
    assert "other_key" not in f"{result.problems}"


def test_a_host_that_does_not_answer_is_named(tmp_path: Path):
    result = deployed(a_site(tmp_path / "site"), at("sftp://127.0.0.1:1/srv/site"))

    assert "127.0.0.1 cannot be reached" in result.problems[0].says


def test_a_connection_that_is_lost_is_told_and_leaves_the_former_site(plain_host: SshHost, tmp_path: Path):
    address = plain_host.address(plain_host.folder / "lost")
    target, site = at(address), a_site(tmp_path / "two", index="Never seen")
    deployed(a_site(tmp_path / "one"), target)

    with target.session("unlucky", 2) as session:
        session.releases.connection.loop.call_soon_threadsafe(session.releases.connection.ssh.abort)
        with pytest.raises(Refused, match="was lost"):
            session.begin(site.body, _generation(1))

    assert shown_on_disk(address, "index.html") == "<h1>Home</h1>"


def test_a_folder_that_may_not_be_written_to_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch):
    refusal = Connection(place("sftp://host/srv/site")).refusal(asyncssh.SFTPPermissionDenied("Permission denied"))

    assert refusal.says == "host does not allow it: Permission denied"
    assert refusal.fix == "Let the user write to /srv/site."


@pytest.mark.parametrize(("address", "says"), [
    ("sftp://me:hunter2@host/srv/site", "holds a password"),
    ("sftp://host", "not followed by a host and a folder"),
    ("sftp:///srv/site", "not followed by a host and a folder"),
    ("sftp://host/srv/../etc", "not followed by a host and a folder"),
    ("sftp://host/~/-rf", "not followed by a host and a folder"),
    ("sftp://host:ssh/srv/site", "port"),
    ("sftp://host/srv/site?strict=no", "is not known here"),
], ids=["a password", "no folder", "no host", "two dots", "an option", "a port", "another setting"])
def test_an_address_that_cannot_be_meant_is_refused(address: str, says: str):
    with pytest.raises(Refused, match=says) as refusal:
        at(address)

    assert "hunter2" not in f"{refusal.value} {refusal.value.fix}"


@pytest.mark.parametrize(("address", "name", "folder"), [
    ("sftp://me@host:2222/srv/my%20site/", "sftp://me@host:2222/srv/my site", "/srv/my site"),
    ("sftp://host/~/site", "sftp://host/~/site", "site"),
    ("sftp://[::1]/srv/site?rsync=no", "sftp://[::1]/srv/site", "/srv/site"),
], ids=["a user, a port and a space", "the home", "IPv6"])
def test_a_target_bears_the_name_of_its_address(address: str, name: str, folder: str):
    assert (at(address).name, place(address).folder) == (name, folder)


def test_rsync_is_told_to_ask_nobody_and_to_take_no_unknown_key(tmp_path: Path):
    there = place("sftp://me@[::1]:2222/srv/my%20site?config=/home/me/a%20config")

    command = rsync.command(there, tmp_path, "/srv/my site/tree", "../x")

    ssh = "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -F '/home/me/a config' -p 2222"
    assert command[-6:] == ["--link-dest=../x", "--rsh", ssh, "--", f"{tmp_path}/", "me@[::1]:/srv/my site/tree/"]


def test_without_the_optional_package_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "asyncssh", None)

    with pytest.raises(Refused, match="optional package") as refusal, at("sftp://host/srv/site").session("a test", 1):
        pass

    assert refusal.value.fix == "Install it: pip install 'cityfolio[deploy]'"


def _folder(address: str) -> Path:
    return Path(place(address).folder)


def shown_on_disk(address: str, path: str) -> str:
    return (_folder(address) / "current" / path).read_text()


def _generation(seconds: int) -> Generation:
    return Generation(name=f"20261126T13150{seconds}Z-00000000", manifest_sha256="0" * 64)


def _put_all(session: sftp.SftpSession, site) -> None:
    session.begin(site.body, _generation(1))
    for upload in uploads(site, tuple(site.manifest.entries.values())):
        session.put(upload)


def _interrupted(session: sftp.SftpSession, site) -> None:
    _put_all(session, site)
    raise KeyboardInterrupt


def _settings(host: SshHost, folder: Path, former: str, new: str) -> Path:
    path = folder / "ssh_config"
    path.write_text(host.settings.read_text().replace(former, new))
    return path
