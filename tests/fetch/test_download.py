"""One file from a real server: whole or not at all, never twice, and never more than is allowed."""

from __future__ import annotations

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from threading import Event

import aiohttp
import pytest

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.fetch import answers
from cityfolio.fetch.addresses import Wish, name_of
from cityfolio.fetch.answers import Failed
from cityfolio.fetch.download import download
from cityfolio.files import sha256
from cityfolio.problems import Location
from cityfolio.tables.fetched import FetchedFile
from cityfolio.tables.limits import Limits
from fetch.loopback import Answers, Reply, versioned, web

BODY = b"species,height\n" + b"oak,12.5\n" * 50_000
LONG = BODY * 20                  # more than a client holds unread, so that some of it has come when it is cut
QUICK = Limits(seconds=1)


def fetch(url: str, folder: Path, cache: Keep | None = None, limits: Limits = QUICK) -> FetchedFile:
    """The file at an address, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    wish = Wish(key=("trees", 0), url=url, name=name_of(url), where=Location(path=""))
    return download(wish, folder, cache or NoCache(), limits)


def failure(url: str, folder: Path, limits: Limits = QUICK) -> str:
    """Why the file at an address cannot be had."""
    with pytest.raises(Failed) as failed:
        fetch(url, folder, limits=limits)
    assert list(folder.iterdir()) == []
    return f"{failed.value.says} | {failed.value.fix}"


def test_a_file_is_fetched_byte_for_byte(tmp_path: Path) -> None:
    with web(Reply(body=BODY)) as server:
        found = fetch(f"{server.root}/trees.csv?year=2026", tmp_path)

    assert found.path.read_bytes() == BODY
    assert (found.bytes, found.sha256, found.name) == (len(BODY), sha256(BODY), "trees.csv")


def test_a_large_file_passes_through_little_memory(tmp_path: Path) -> None:
    piece, count = bytes(1 << 20), 96
    with web(lambda path, headers: Reply(body=(piece for _ in range(count)))) as server:
        fetch(f"{server.root}/first.csv", tmp_path)
        tracemalloc.start()
        found = fetch(f"{server.root}/trees.csv", tmp_path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert found.bytes == count << 20
    assert peak < 16 << 20


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(status=404), "the server answered 404: there is no such file"),
        (Reply(status=403), "the server answered 403"),
        (Reply(status=503), "the server answered 503"),
        (Reply(status=204), "the server answered 204"),
        (Reply(is_late=True), "the server said nothing for 1 seconds"),
        (Reply(body=BODY, cut_after=100), "the connection was cut before the whole file had come"),
        (Reply(body=b"<!doctype html>", headers={"Content-Type": "text/html; charset=utf-8"}),
         "the server answered with a web page"),
        (Reply(body=b"x", headers={"Content-Encoding": "br"}), "the server sent it packed as br, which was not asked for"),
        (Reply(body=b"not packed at all", headers={"Content-Encoding": "gzip"}), "what the server packed cannot be unpacked"),
        (Reply(body=gzip.compress(BODY)[:-9], headers={"Content-Encoding": "gzip"}), "the connection was cut before"),
        (Reply(status=302, headers={"Location": "ftp://127.0.0.1/trees.csv"}), "it redirects to ftp://127.0.0.1/trees.csv"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "it redirects to file:///etc/passwd"),
        (Reply(status=302, headers={"Location": "http://localhost/trees.csv"}), "it redirects to localhost, an address inside"),
        (Reply(status=302, headers={"Location": "http://169.254.169.254/"}), "it redirects to 169.254.169.254, an address"),
        (Reply(status=302, headers={"Location": "http://[::1"}), "it redirects"),
        (Reply(status=301, headers={"Location": "/again.csv"}), "it redirects more than 10 times"),
    ],
    ids=["absent", "forbidden", "broken", "no content", "late", "cut", "a page", "odd packing", "not packed", "packed and cut",
         "to ftp", "to a file", "into the machine", "into the network", "to nonsense", "in a ring"],
)
def test_what_cannot_be_had_whole_is_not_had(reply: Reply, says: str, tmp_path: Path) -> None:
    with web(reply) as server:
        assert failure(f"{server.root}/trees.csv", tmp_path).startswith(says)


def test_a_server_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    with web(Reply()) as server:
        pass

    assert failure(f"{server.root}/trees.csv", tmp_path).startswith("the server could not be reached: ")


def test_a_server_that_stops_in_the_middle_is_given_up(tmp_path: Path) -> None:
    ends = Event()

    def body() -> Iterator[bytes]:
        yield BODY
        ends.wait(30)

    with web(Reply(body=body())) as server:
        told = failure(f"{server.root}/trees.csv", tmp_path)
        ends.set()

    assert "said nothing for 1 seconds" in told


def test_a_server_that_trickles_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LEAST_BYTES_A_SECOND", 1 << 40)
    monkeypatch.setattr(answers, "monotonic", count(step=10).__next__)
    with web(Reply(body=BODY)) as server:
        assert "bytes in 10 seconds, and was given up" in failure(f"{server.root}/trees.csv", tmp_path)


@pytest.mark.parametrize("body", [BODY, [BODY]], ids=["that says its size", "that does not"])
def test_a_file_over_the_limit_is_refused(body: bytes | list[bytes], tmp_path: Path) -> None:
    with web(Reply(body=body)) as server:
        told = failure(f"{server.root}/trees.csv", tmp_path, Limits(fetch_bytes=1_000))

    assert "limit" in told
    assert "write `limits: {fetch_bytes: " in told


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    bomb = Reply(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    with web(bomb) as server:
        assert "more than 1,000,000 bytes" in failure(f"{server.root}/trees.csv", tmp_path, Limits(fetch_bytes=1_000_000))


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(gzip.compress(BODY), "gzip"), (gzip.compress(BODY), "x-gzip"), (zlib.compress(BODY), "deflate"),
     (gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]), "gzip"), (BODY, "identity")],
    ids=["gzip", "x-gzip", "deflate", "in two parts", "not"],
)
def test_what_a_server_packed_is_unpacked(packed: bytes, encoding: str, tmp_path: Path) -> None:
    with web(Reply(body=packed, headers={"Content-Encoding": encoding})) as server:
        assert fetch(f"{server.root}/trees.csv", tmp_path).path.read_bytes() == BODY


@pytest.mark.parametrize("body", [gzip.compress(BODY), gzip.compress(gzip.compress(BODY))],
                         ids=["said to be text", "packed once more"])
def test_a_packed_file_stays_the_file_it_is(body: bytes, tmp_path: Path) -> None:
    with web(Reply(body=body, headers={"Content-Encoding": "gzip"})) as server:
        found = fetch(f"{server.root}/trees.csv.gz", tmp_path)

    assert gzip.decompress(found.path.read_bytes()) == BODY


def test_a_redirect_is_followed_on_the_same_server(tmp_path: Path) -> None:
    moved = Reply(status=302, headers={"Location": "/new/trees.csv"})
    with web(lambda path, headers: moved if path == "/trees.csv" else Reply(body=BODY)) as server:
        found = fetch(f"{server.root}/trees.csv", tmp_path)

    assert (found.sha256, server.paths) == (sha256(BODY), ["/trees.csv", "/new/trees.csv"])


def test_a_file_that_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    with web(versioned(BODY)) as server:
        fetch(f"{server.root}/trees.csv", tmp_path / "one", cache)
        again = fetch(f"{server.root}/trees.csv", tmp_path / "two", cache)

    assert again.path.read_bytes() == BODY
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"1"']


@pytest.mark.parametrize("said", [{"ETag": '"1"'}, {"Last-Modified": "Tue, 30 Jun 2026 00:00:00 GMT"}, {"ETag": 'W/"1"'}],
                         ids=["its version", "its time", "its weak version"])
def test_a_server_without_conditions_is_not_heard_to_the_end(said: dict[str, str], tmp_path: Path) -> None:
    cache, bodies = Cache(tmp_path / "cache"), iter([[BODY], [b"!" * len(BODY)]])
    with web(lambda path, headers: Reply(body=next(bodies), headers={**said, "Content-Length": str(len(BODY))})) as server:
        fetch(f"{server.root}/trees.csv", tmp_path / "one", cache)
        again = fetch(f"{server.root}/trees.csv", tmp_path / "two", cache)

    assert again.path.read_bytes() == BODY


def test_a_file_that_has_changed_is_fetched_anew(tmp_path: Path) -> None:
    cache, versions = Cache(tmp_path / "cache"), iter([versioned(BODY), versioned(b"species\n", '"2"')])

    def one_after_another(path: str, headers: Mapping[str, str]) -> Reply:
        return next(versions)(path, headers)

    with web(one_after_another) as server:
        fetch(f"{server.root}/trees.csv", tmp_path / "one", cache)
        again = fetch(f"{server.root}/trees.csv", tmp_path / "two", cache)

    assert again.path.read_bytes() == b"species\n"


def test_a_file_of_no_version_is_fetched_every_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    with web(Reply(body=BODY)) as server:
        fetch(f"{server.root}/trees.csv", tmp_path / "one", cache)
        fetch(f"{server.root}/trees.csv", tmp_path / "two", cache)

    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, None]


def test_a_kept_file_that_was_changed_is_fetched_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    with web(versioned(BODY)) as server:
        fetch(f"{server.root}/trees.csv", tmp_path / "one", cache)
        for entry in (tmp_path / "cache").glob("??/*"):
            entry.write_bytes(entry.read_bytes().replace(b"oak,12.5", b"oak,99.9"))
        again = fetch(f"{server.root}/trees.csv", tmp_path / "two", cache)

    assert again.path.read_bytes() == BODY
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"1"', None]


def test_a_file_that_was_cut_is_gone_on_with(tmp_path: Path) -> None:
    with web(versioned(LONG, cuts=2)) as server:
        found = fetch(f"{server.root}/trees.csv", tmp_path)

    assert found.path.read_bytes() == LONG
    assert [headers.get("If-Range") for _, headers in server.asked] == [None, '"1"', '"1"']


@pytest.mark.parametrize(
    ("server_says", "says"),
    [
        (versioned(LONG, has_ranges=False, cuts=1), "the connection was cut, and the server cannot go on where it was"),
        (versioned(LONG, 'W/"1"', cuts=1), "the connection was cut before the whole file had come"),
        (versioned(LONG, cuts=3), "the connection was cut before the whole file had come"),
    ],
    ids=["no parts", "no exact version", "cut every time"],
)
def test_a_file_that_was_cut_is_never_put_together_of_two(server_says: Answers, says: str, tmp_path: Path) -> None:
    with web(server_says) as server:
        assert failure(f"{server.root}/trees.csv", tmp_path).startswith(says)


def test_an_answer_that_was_cut_before_anything_came_is_asked_for_again(tmp_path: Path) -> None:
    with web(versioned(BODY, cuts=1, cut_at=0)) as server:
        found = fetch(f"{server.root}/trees.csv", tmp_path)

    assert found.path.read_bytes() == BODY
    assert [headers.get("Range") for _, headers in server.asked] == [None, None]


def test_the_rest_of_another_version_is_not_taken(tmp_path: Path) -> None:
    replies = iter([versioned(LONG, cuts=1), versioned(LONG.replace(b"oak", b"elm"), '"2"')])

    def one_after_another(path: str, headers: Mapping[str, str]) -> Reply:
        return next(replies)(path, headers)

    with web(one_after_another) as server:
        assert failure(f"{server.root}/trees.csv", tmp_path).startswith("the connection was cut, and the server cannot go on")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (UnicodeError("label too long"), "the address could not be asked: UnicodeError"),
        (aiohttp.InvalidURL("http://"), "the address could not be asked: InvalidUrlClientError"),
        (aiohttp.ClientSSLError(None, OSError()), "the server's certificate is not one to be trusted"),   # type: ignore[arg-type]
        (aiohttp.ClientConnectorError(None, socket.gaierror(-2, "?")),   # type: ignore[arg-type]
         "the server could not be reached: its name is not known"),
    ],
    ids=["no host's name", "no address", "certificate", "unknown name"],
)
def test_what_goes_wrong_on_the_way_is_said_in_words(error: Exception, says: str) -> None:
    with pytest.raises(Failed) as failed, answers._told("https://example.gov/", 1):
        raise error

    assert failed.value.says.startswith(says.partition(": Invalid")[0])


def test_a_host_of_this_machine_has_addresses() -> None:
    assert "127.0.0.1" in answers.addresses_of("127.0.0.1")


def test_a_host_that_is_not_known_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert answers.addresses_of("example.gov") == ()
