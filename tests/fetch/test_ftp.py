"""A file from an FTP server on this machine."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server

import pytest

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.fetch.addresses import Wish, name_of
from cityfolio.fetch.answers import Failed
from cityfolio.fetch.ftp import download_ftp
from cityfolio.problems import Location
from cityfolio.tables.fetched import FetchedFile
from cityfolio.tables.limits import Limits

BODY = b"species,height\n" + b"oak,12.5\n" * 200_000
QUICK = Limits(seconds=2)
MODIFIED = "20260630120000"


class Ftp(socketserver.StreamRequestHandler):
    """As much of RFC 959 and 3659 as a client needs to list a folder and take a file."""

    def handle(self) -> None:
        """One client."""
        self.start = 0
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word, _, given = line.partition(" ")
            self.server.told.append(line)   # type: ignore[attr-defined]
            answer = getattr(self, f"do_{word.lower()}", None)
            if answer is None:
                self.say("502 not here")
            else:
                answer(given)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def do_user(self, _: str) -> None:
        self.say("230 come in")

    def do_type(self, _: str) -> None:
        self.say("200 fine")

    def do_abor(self, _: str) -> None:
        self.say("226 ended")

    def do_quit(self, _: str) -> None:
        self.say("221 bye")

    def do_rest(self, given: str) -> None:
        self.start = int(given)
        self.say("350 go on")

    def do_pasv(self, _: str) -> None:
        self.data = create_server(("127.0.0.1", 0))
        port = self.data.getsockname()[1]
        self.say(f"227 here (127,0,0,1,{port >> 8},{port & 255})")

    def do_epsv(self, _: str) -> None:
        self.data = create_server(("127.0.0.1", 0))
        self.say(f"229 here (|||{self.data.getsockname()[1]}|)")

    def do_mlsd(self, _: str) -> None:
        self.send(f"type=file;size={len(BODY)};modify={MODIFIED}; trees.csv\r\n".encode())

    def do_retr(self, _: str) -> None:
        self.send(BODY[self.start:])
        self.start = 0

    def send(self, body: bytes) -> None:
        self.say("150 here it comes")
        connection, _ = self.data.accept()
        with self.data, connection:
            try:
                connection.sendall(body)
            except (BrokenPipeError, ConnectionResetError):
                self.server.told.append("cut")   # type: ignore[attr-defined]
        self.say("226 done")


@contextmanager
def ftp() -> Iterator[tuple[str, list[str]]]:
    """An FTP server while the block lasts: its address, and what it was told."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Ftp) as server:
        server.daemon_threads = True
        server.told = []   # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"ftp://127.0.0.1:{server.server_address[1]}", server.told   # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


def fetch(url: str, folder: Path, cache: Keep | None = None, limits: Limits = QUICK) -> FetchedFile:
    """The file at an address, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    wish = Wish(key=("trees", 0), url=url, name=name_of(url), where=Location(path=""))
    return download_ftp(wish, folder, cache or NoCache(), limits)


def test_a_file_is_fetched_byte_for_byte(tmp_path: Path) -> None:
    with ftp() as (root, _):
        assert fetch(f"{root}/trees.csv", tmp_path).path.read_bytes() == BODY


def test_a_file_whose_size_and_time_are_as_they_were_is_not_sent_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    with ftp() as (root, told):
        fetch(f"{root}/trees.csv", tmp_path / "one", cache)
        sent = told.count("RETR /trees.csv")
        again = fetch(f"{root}/trees.csv", tmp_path / "two", cache)

    assert again.path.read_bytes() == BODY
    assert told.count("RETR /trees.csv") == sent


def test_a_file_over_the_limit_is_not_asked_for(tmp_path: Path) -> None:
    with ftp() as (root, told), pytest.raises(Failed, match="the limit is 1,000"):
        fetch(f"{root}/trees.csv", tmp_path, limits=Limits(fetch_bytes=1_000))

    assert "RETR /trees.csv" not in told


def test_a_file_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    with ftp() as (root, _), pytest.raises(Failed, match="the server has no such file"):
        fetch(f"{root}/shrubs.csv", tmp_path)


def test_a_server_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    with ftp() as (root, _):
        pass

    with pytest.raises(Failed, match="the server refused: "):
        fetch(f"{root}/trees.csv", tmp_path)
