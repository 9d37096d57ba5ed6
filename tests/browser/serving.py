"""A drawn site on a port of this machine, and in a folder."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cityfolio.cache import NoCache
from cityfolio.model.catalog import Build, Catalog
from cityfolio.pages.pages import site_of
from cityfolio.search import search
from pages.drawing import draw_site, the_theme
from pages.factories import a_build, a_catalog, a_dataset


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


class Kept(Quiet):
    """A server that lets browsers keep what it sends for ten minutes."""

    def end_headers(self) -> None:
        """Say so, and end the headers."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


def write_city(catalog: Catalog, build: Build, folder: Path) -> Path:
    """Write a city's pages, assets and search index, with small stand-ins for what feeds and data make."""
    for output in (*draw_site(catalog=catalog, build=build).outputs, *search(site_of(catalog, build, the_theme()), NoCache())):
        assert isinstance(output.body, bytes)
        path = folder / (output.url.lstrip("/") + ("index.html" if output.url.endswith("/") else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.body)
    (folder / "catalog.json").write_text(json.dumps({"datasets": []}), encoding="utf-8")
    return folder


def write_large_city(folder: Path, kind: str = "Tree") -> Path:
    """Write a city whose index is too large for one file: 25 lists of trees, or whatever else there is."""
    words = " ".join(f"{at:x}{at * 7919:x}" for at in range(9_000))
    lists = [a_dataset(f"{kind} list {at}", description=words[at::25]) for at in range(25)]
    write_city(a_catalog(*lists), a_build(), folder)
    assert len([*folder.glob("search/index/*/*")]) > 1
    return folder


class Patient(ThreadingHTTPServer):
    """A server that says nothing of browsers that go away in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing, unless the fault is ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder; the value is its address, without a final slash."""
    server = Patient(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
