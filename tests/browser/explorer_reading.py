"""A page that holds nothing but the explorer's session, on hosts of several kinds, and what the session fetches."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.make_requests import write_requests
from bench.making_tables import KINDS, to_export
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.parquet_outline import outline_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

THEME = Path(__file__).resolve().parents[2] / "themes" / "civic"
DATA = THEME / "assets" / "js" / "explorer" / "data"
BUNDLED = ("--bundle", "--minify", "--target=es2020", "--format=esm", "--charset=utf8", "--log-level=warning")
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
PAGE = f'<!doctype html><html lang=en><head><meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>'
SCRIPTS = {"session": "session.js", "worker": "assets/explorer-worker-0123abcd.js"}   # hosts know workers by their place
ROLES = ("latitude", "longitude")
# What a test runs, with `session` and the `names` of all columns, in place of BODY.
RUN = """async (outline) => {
  const { openSession } = await import("/session.js");
  const names = outline.columns.map(({ name }) => name);
  const start = performance.now();
  window.session ??= await openSession(outline, { url: location.href, workerUrl: "/assets/explorer-worker-0123abcd.js" });
  const before = await window.session.fetched().catch(() => ({ requests: 0, bytes: 0 }));
  const result = await (async (session) => { BODY })(window.session);
  const milliseconds = performance.now() - start;
  const { requests, bytes } = await window.session.fetched().catch(() => before);
  return { result, milliseconds, requests: requests - before.requests, bytes: bytes - before.bytes };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a body of a test returned, how long it took, and what was fetched for it."""

    result: Any          # what JSON can hold
    milliseconds: float
    requests: int
    bytes: int


def write_site(folder: Path, node: str | Path, rows: int) -> Path:
    """Write a page, the session's scripts, and a file of so many requests with its outline."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(PAGE)
    for name, path in SCRIPTS.items():
        esbuild = [str(node), str(THEME / "node_modules" / "esbuild" / "bin" / "esbuild"), str(DATA / f"{name}.js")]
        subprocess.run([*esbuild, f"--outfile={folder / path}", *BUNDLED], check=True)
    write_requests(rows, folder / "requests.csv")
    with (folder / "requests.parquet").open("wb+") as stream:
        FORMATS["parquet"].write(to_export(folder / "requests.csv"), stream)
        (folder / "outline.json").write_text(json.dumps(_outline(folder, outline_of(stream))))
    return folder


def _outline(folder: Path, found: Any) -> dict[str, Any]:
    with (folder / "requests.csv").open() as stream:
        header = stream.readline().strip().split(",")
    columns = [{"name": name, "type": kind, **({"role": name} if name in ROLES else {})}
               for name, kind in zip(header, KINDS, strict=True)]
    return {"file": {"url": "requests.parquet", "bytes": found.bytes, "footer": found.footer}, "sortedBy": found.sorted_by,
            "columns": columns, "language": "en"}


@dataclass(slots=True)
class Visit:
    """A page with its session, which is opened by the first thing that is done."""

    page: Page
    outline: Mapping[str, Any]

    def do(self, body: str) -> Done:
        """Run the body of an asynchronous function of `session` and `names`."""
        return Done(**self.page.evaluate(RUN.replace("BODY", body), self.outline))


def visitor(open_page: Callable[..., Page], folder: Path, address: str) -> Visit:
    """Come to the page of a site that is served at an address."""
    return Visit(open_page(f"{address}/index.html"), json.loads((folder / "outline.json").read_text()))


def nginx() -> str | None:
    """The nginx of this machine."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def by_nginx(folder: Path, program: str) -> Iterator[str]:
    """Serve a folder by nginx as its package sets it up; the value is its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    work = folder.parent / f"nginx-{port}"
    work.mkdir()
    kept = " ".join(f"{name}_temp_path {work}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    types = "types { text/html html; text/javascript js; application/json json; }"
    (work / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {work}/pid; error_log {work}/error.log; events {{}}\n"
        f"http {{ {types} {kept} access_log off; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n")
    with subprocess.Popen([program, "-p", str(work), "-c", str(work / "nginx.conf")], stderr=subprocess.DEVNULL) as process:
        try:
            _await(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _await(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise OSError(f"nothing listens at {port}")
