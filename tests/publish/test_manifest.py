"""The manifest lists every file, is the same bytes for the same site, and is believed only when it is ours."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cityfolio.model.site import Entries, Entry, Manifest
from cityfolio.publish import manifest as module
from cityfolio.publish.manifest import from_bytes, manifest_in, previous_manifest, to_bytes

DIGEST = "0f" * 32
ONE = Manifest(entries={"index.html": Entry(path="index.html", bytes=12, sha256=DIGEST)}, made_by="cityfolio 0.1.0",
               base_url="https://data.example.gov")


def test_a_manifest_is_read_back_as_it_was_written():
    assert from_bytes(to_bytes(ONE)) == ONE


def test_each_file_is_a_line_whatever_its_name():
    names = ["a},{b", "data/{x}.csv", "index.html"]
    entries = {name: Entry(path=name, bytes=12, sha256=DIGEST) for name in names}
    body = to_bytes(Manifest(entries=entries, made_by="cityfolio 0.1.0"))

    assert [json.loads(line.rstrip(b","))["path"] for line in body.splitlines()[1:-1]] == names
    assert from_bytes(body).entries == entries


ALL = [
    Entry(path="index.html", bytes=0, sha256=DIGEST), Entry(path="data/trees/trees.csv", bytes=255, sha256="f" * 64),
    Entry(path="data/trees/trees.parquet", bytes=1 << 40, sha256="0" * 64, is_made=True),
]


def held(listed: list[Entry]) -> Entries:
    entries = Entries()
    for each in listed:
        entries.hold(each, "data", "datasets/trees/dataset.yaml")
    return entries


def test_a_manifest_is_the_same_however_its_entries_are_held(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)      # fewer than there are
    small, plain = Manifest(entries=held(ALL)), Manifest(entries={each.path: each for each in ALL})

    assert small == plain
    assert to_bytes(small) == to_bytes(plain)
    assert to_bytes(small).count(b"\n") == len(ALL) + 2


def test_a_manifest_is_json_that_other_programs_read():
    assert json.loads(to_bytes(ONE)) == {
        "made_by": "cityfolio 0.1.0",
        "base_url": "https://data.example.gov",
        "files": [{"path": "index.html", "bytes": 12, "sha256": DIGEST}],
    }


def test_the_order_in_which_files_were_written_leaves_no_trace():
    entries = {path: Entry(path=path, bytes=1, sha256=DIGEST) for path in ("b", "a", "c/index.html")}
    backwards = dict(reversed(entries.items()))

    assert to_bytes(Manifest(entries=entries)) == to_bytes(Manifest(entries=backwards))


def test_each_file_has_a_line_of_its_own():
    assert to_bytes(ONE).splitlines()[1].startswith(b'{"path":"index.html"')


def test_that_of_a_hundred_thousand_datasets_with_everything_beside_them_can_be_fetched():
    paths = [f"data/requests-of-residents-by-district-2026/twin-{number:02}.json" for number in range(16)]
    entries = {path: Entry(path=path, bytes=12_345, sha256="1" * 64) for path in paths}

    assert len(to_bytes(Manifest(entries=entries, made_by="cityfolio"))) * 100_000 < module.LIMIT_BYTES


def test_a_site_without_files_has_a_manifest_too():
    assert from_bytes(to_bytes(Manifest(made_by="cityfolio 0.1.0"))) == Manifest(made_by="cityfolio 0.1.0")


def changed(**parts) -> bytes:
    """A manifest with some of its parts replaced."""
    return json.dumps({**json.loads(to_bytes(ONE)), **parts}).encode()


FILE = {"path": "index.html", "bytes": 1, "sha256": DIGEST}
NOT_OURS = {
    "empty": b"",
    "cut short": to_bytes(ONE)[:-20],
    "a list": b"[]",
    "another manifest": b'{"name": "An app", "icons": []}',
    "no files": b'{"made_by": "cityfolio 0", "base_url": ""}',
    "another maker": changed(made_by="hugo"),
    "maker of a wrong kind": changed(made_by=7),
    "no base_url": changed(base_url=None),
    "an entry that is text": changed(files=["index.html"]),
    "an entry without a digest": changed(files=[{"path": "index.html", "bytes": 1}]),
    "a digest that is none": changed(files=[{**FILE, "sha256": "x" * 64}]),
    "a path that climbs": changed(files=[{**FILE, "path": "../../etc/passwd"}]),
    "a path from the root": changed(files=[{**FILE, "path": "/etc/passwd"}]),
    "not UTF-8": b'{"made_by": "cityfolio \xff"}',
    "very deep": b"[" * 100_000,
}


@pytest.mark.parametrize("body", NOT_OURS.values(), ids=NOT_OURS.keys())
def test_what_is_not_ours_is_no_manifest(tmp_path, body):
    (tmp_path / "manifest.json").write_bytes(body)

    assert manifest_in(tmp_path) is None


def test_by_default_the_output_folder_is_asked_and_may_have_none(tmp_path):
    assert previous_manifest(None, tmp_path) == (None, ())
    assert previous_manifest("", tmp_path / "absent") == (None, ())


def test_the_output_folders_own_manifest_is_found(tmp_path):
    (tmp_path / "manifest.json").write_bytes(to_bytes(ONE))

    assert previous_manifest(None, tmp_path) == (ONE, ())


@pytest.mark.parametrize("name", ["", "manifest.json"], ids=["folder", "file"])
def test_a_file_or_its_folder_may_be_named(tmp_path, name):
    (tmp_path / "manifest.json").write_bytes(to_bytes(ONE))

    assert previous_manifest(str(tmp_path / name), tmp_path / "elsewhere") == (ONE, ())


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("absent.json", "No such file"),
        ("ftp://example.gov/manifest.json", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://127.0.0.1:1/manifest.json", "refused"),
        ("http://[bad/", "Invalid IPv6"),
    ],
)
def test_what_was_named_and_cannot_be_had_is_a_problem(tmp_path, location, reason):
    previous, problems = previous_manifest(location, tmp_path)

    assert previous is None
    assert [problem.code for problem in problems] == ["previous-unreadable"]
    assert reason in problems[0].says
    assert problems[0].where.path == location


class Answering(BaseHTTPRequestHandler):
    """Answers as a web server with a published site, and in some wrong ways."""

    def do_GET(self):
        """Answer by the path."""
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing."""


@contextmanager
def a_server(**answers) -> Iterator[str]:
    """A web server on this machine; the answers are (status, headers, body) by name."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.answers = {f"/{name.replace('__', '/')}": answer for name, answer in answers.items()}
    server.answers["/sub/manifest.json"] = (200, {}, to_bytes(ONE))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("path", ["/sub/manifest.json", "/sub/", "/moved"], ids=["manifest", "site", "redirect"])
def test_a_published_manifest_is_fetched(tmp_path, path):
    with a_server(moved=(301, {"Location": "/sub/manifest.json"}, b"")) as address:
        assert previous_manifest(address + path, tmp_path) == (ONE, ())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "the server answered 404"),
        ((500, {}, to_bytes(ONE)), "the server answered 500"),
        ((200, {}, b"<!doctype html>"), "unexpected"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "the server answered 302"),
        ((302, {"Location": "ftp://127.0.0.1/x"}, b""), "redirect"),
        ((200, {}, b" " * 2000), "larger than"),
    ],
    ids=["absent", "error", "a page", "to a file", "to ftp", "too large"],
)
def test_an_answer_that_is_no_manifest_is_a_problem(tmp_path, monkeypatch, answer, reason):
    monkeypatch.setattr(module, "LIMIT_BYTES", 1000)
    with a_server(asked=answer) as address:
        previous, problems = previous_manifest(f"{address}/asked", tmp_path)

    assert previous is None
    assert reason in problems[0].says


def test_the_manifest_of_the_live_site_is_found_at_its_own_address(tmp_path):
    with a_server() as address:
        assert previous_manifest("live", tmp_path, f"{address}/sub") == (ONE, ())


def test_before_a_site_is_live_there_is_nothing_to_compare_with(tmp_path):
    with a_server() as address:
        assert previous_manifest("live", tmp_path, f"{address}/nowhere") == (None, ())


@pytest.mark.parametrize("body", [(500, {}, b""), (200, {}, b"{}")], ids=["an error", "no manifest"])
def test_a_live_site_that_does_not_answer_rightly_is_a_problem(tmp_path, body):
    with a_server(**{"manifest.json": body}) as address:
        _, problems = previous_manifest("live", tmp_path, address)

    assert [problem.code for problem in problems] == ["previous-unreadable"]


def test_a_live_site_without_an_address_is_a_problem(tmp_path):
    _, problems = previous_manifest("live", tmp_path)

    assert "base_url" in problems[0].says


def test_a_manifest_is_read_anew_when_its_bytes_are_others(tmp_path):
    (tmp_path / "manifest.json").write_bytes(to_bytes(ONE))
    first, again = manifest_in(tmp_path), manifest_in(tmp_path)
    (tmp_path / "manifest.json").write_bytes(to_bytes(Manifest(made_by="cityfolio 0.1.0")))

    assert first == ONE
    assert again is first
    assert manifest_in(tmp_path) == Manifest(made_by="cityfolio 0.1.0")


def test_a_manifest_that_cannot_be_read_is_refused_each_time(tmp_path):
    (tmp_path / "manifest.json").write_bytes(b"{}")

    assert [manifest_in(tmp_path), manifest_in(tmp_path)] == [None, None]
