"""An address of ArcGIS Hub, which joins two names by colons, answers on any host that serves files."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urljoin

import pytest

from cities import TREES, a_build, a_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.manifest import manifest_in
from servers import serving

FORMER = "formerly: [/maps/Example::trees, /maps/Example::trees/about, /explore/dataset/trees@example/]\n"
CITY = a_city(**{"datasets/trees/dataset.yaml": f"{TREES}{FORMER}"})


def built(folder, previous=None, **sink):
    """The city in a folder; what came of it."""
    workshop = Workshop(tree=MemoryTree(CITY), sink=FolderSink(folder, **sink), previous=previous)
    return build_site(loaded(CITY), a_build(), workshop)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city") / "site"
    built(folder)
    return folder


class Quiet(SimpleHTTPRequestHandler):
    """Python's own server of files."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def plain_server(folder):
    """The port at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def our_server(folder):
    """The port at which the development server serves a folder."""
    with serving(folder) as running:
        yield running.port


def followed(port, path):
    """The status of the answer at the end of a redirect, its path and its body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
    finally:
        connection.close()
    return followed(port, answer.headers["Location"]) if answer.status in (301, 302) else (answer.status, path, body)


@pytest.mark.parametrize("server", [plain_server, our_server], ids=["http.server", "serve"])
@pytest.mark.parametrize("path", [
    "/maps/Example::trees", "/maps/Example::trees/", "/maps/Example%3A%3Atrees", "/maps/Example::trees/about",
    "/maps/Example::trees?layer=1", "/explore/dataset/trees@example"])
def test_a_former_address_of_another_portal_leads_to_the_dataset(server, path, site):
    with server(site) as port:
        status, reached, body = followed(port, path)
        link = body.partition('http-equiv="refresh" content="0; url=')[2].partition('"')[0]
        led = followed(port, urljoin(reached, link))

    assert status == 200
    assert led[:2] == (200, "/data/trees/")


def test_no_copies_of_files_are_made_at_addresses_that_never_had_them(site):
    assert sorted(path for path in manifest_in(site).entries if path.startswith(("maps/", "explore/dataset/"))) == [
        "explore/dataset/trees@example/index.html", "maps/Example::trees/about/index.html", "maps/Example::trees/index.html"]


def test_what_cannot_be_written_on_a_computer_is_left_out_and_said(site, tmp_path):
    outcome = built(tmp_path / "site", manifest_in(site), holds_colons=False)

    assert [problem.code for problem in outcome.problems if problem.code.startswith("address")] == ["address-unheld"]
    assert not [path for path in manifest_in(tmp_path / "site").entries if ":" in path]
