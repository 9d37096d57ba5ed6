"""Settings for web servers, as visitors meet them: through nginx, Apache and Caddy that run with nothing else.

Those that are not installed are skipped.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.compression import ENDINGS, compressed
from cityfolio.publish.headers import ALWAYS, CLOSED_POLICY, TYPES_BY_PATH, WORKER_POLICY
from cityfolio.publish.redirects import Moved
from cityfolio.publish.snippets import snippet
from cityfolio.publish.snippets_facts import Place
from deploy.servers_web import PROGRAMS, WebServer, public_folder, serving

HOME = b"<!doctype html><h1>Home</h1>" + b"<p>The city publishes what it knows.</p>" * 40
SITE = {
    "index.html": HOME,
    "404.html": b"<!doctype html><h1>This page is not here</h1>",
    "data/trees/index.html": b"<!doctype html><h1>Trees</h1>",
    "data/old trees/index.html": b"<!doctype html><h1>Moved</h1>",
    "datasets/Example::trees/index.html": b"<!doctype html><h1>Moved</h1>",
    "data/trees/street trees.csv": b"id,kind\n1,Oak\n",
    "data/trees/trees.parquet": b"PAR1" + bytes(5000),
    "data/trees/trees.pmtiles": b"PMTiles",
    "assets/site-0123456789ab.css": b"h1 { color: green }" * 60,
    "assets/explorer-worker-0123456789ab.js": b"postMessage(1)",
    "embed/chart/index.html": b"<!doctype html><p>Chart</p>",
    "api/3/action/package_list": b'{"success": true}',
    ".well-known/api-catalog": b'{"linkset": []}',
    ".well-known/security.txt": b"Contact: mailto:data@example.gov",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
    "_redirects": b"/old/ /new/ 301\n",
    "catalog.json": b"{}",
}
MANIFEST = Manifest(base_url="https://data.example.gov", made_by="cityfolio 0.1.0",
                    entries={path: Entry(path=path, bytes=len(body), sha256="0" * 64) for path, body in SITE.items()})
MOVED = (Moved(old="/data/old trees/", new="/data/trees/"), Moved(old="/datasets/Example::trees/", new="/data/trees/"),
         Moved(old="/a$b/", new="/data/$trees é/"))
KINDS = ("nginx", "apache", "caddy")
HIDDEN = (".git/config", ".env", "data/trees/.env", ".www.cityfolio/generations/a/index.html", ".well-known/.env",
          ".well-known/acme/.git/config", "api/3/action/.env", ".well-knowns")


def lay(folder: Path) -> None:
    """The site in a folder, with its packed forms and a secret beside it."""
    for path, body in SITE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
        for form, packed in compressed(path, body, ("gzip",)).items():
            (folder / f"{path}{ENDINGS[form]}").write_bytes(packed)
    for path in HIDDEN:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("secret")


@pytest.fixture(scope="module", params=[*KINDS, "htaccess"])
def server(request: pytest.FixtureRequest) -> Iterator[WebServer]:
    if PROGRAMS[request.param] is None:
        pytest.skip(f"{request.param} is not installed")
    with public_folder() as folder:
        lay(folder / "site")
        kind = request.param.replace("htaccess", "apache")
        text = snippet(kind, MANIFEST, Place(root=f"{folder}/site", moved=MOVED))
        with serving(request.param, text, folder) as server:
            yield server


@pytest.mark.parametrize("path", ["/", "/data/trees/", "/assets/site-0123456789ab.css", "/catalog.json", "/nothing/"])
def test_every_answer_has_the_security_headers(server: WebServer, path: str):
    seen = server.get(path).headers

    assert {name: seen.get(name.lower()) for name in ALWAYS} == dict(ALWAYS)


@pytest.mark.parametrize(("path", "policy"), [
    ("/", "frame-ancestors 'self'"),
    ("/data/trees/", "frame-ancestors 'self'"),
    ("/data/trees/index.html", "frame-ancestors 'self'"),
    ("/embed/chart/", "frame-ancestors *"),
    ("/nothing/", "frame-ancestors 'self'"),
    ("/data/trees/street%20trees.csv", CLOSED_POLICY),
    ("/assets/explorer-worker-0123456789ab.js", WORKER_POLICY),
])
def test_each_file_has_its_own_policy(server: WebServer, path: str, policy: str):
    assert server.get(path).headers["content-security-policy"] == policy


@pytest.mark.parametrize(("path", "said"), [
    ("/", "no-cache"),
    ("/catalog.json", "no-cache"),
    ("/data/trees/street%20trees.csv", "no-cache"),
    ("/assets/site-0123456789ab.css", "public, max-age=31536000, immutable"),
])
def test_only_what_is_named_by_its_content_stays_for_ever(server: WebServer, path: str, said: str):
    assert server.get(path).headers["cache-control"] == said


@pytest.mark.parametrize(("path", "kind"), [
    ("/", "text/html; charset=utf-8"),
    ("/data/trees/street%20trees.csv", "text/csv"),
    ("/data/trees/trees.parquet", "application/vnd.apache.parquet"),
    ("/data/trees/trees.pmtiles", "application/vnd.pmtiles"),
    ("/assets/explorer-worker-0123456789ab.js", "text/javascript; charset=utf-8"),
    ("/api/3/action/package_list", "application/json"),
    ("/.well-known/api-catalog", TYPES_BY_PATH[".well-known/api-catalog"]),
    ("/nothing/", "text/html; charset=utf-8"),
])
def test_each_file_is_sent_as_what_it_is(server: WebServer, path: str, kind: str):
    assert server.get(path).headers["content-type"] == kind


@pytest.mark.parametrize("path", ["/nothing/", "/nothing.html", "/data/trees/nothing.csv"])
def test_an_address_that_leads_nowhere_shows_the_sites_own_page(server: WebServer, path: str):
    seen = server.get(path)

    assert (seen.status, seen.body) == (404, SITE["404.html"])


@pytest.mark.parametrize(("old", "new"), [
    ("/data/old%20trees/", "/data/trees/"),
    ("/datasets/Example::trees/", "/data/trees/"),
    ("/a$b/", "/data/%24trees%20%C3%A9/"),
])
def test_an_address_that_moved_leads_on_for_good(server: WebServer, old: str, new: str):
    seen = server.get(old)

    assert seen.status == 301
    assert re.sub(r"^http://[^/]+", "", seen.headers["location"]) == new


def test_a_folder_without_its_slash_leads_to_the_page(server: WebServer):
    seen = server.get("/data/trees")

    assert seen.status in (301, 308)
    assert seen.headers["location"].endswith("/data/trees/")


@pytest.mark.parametrize("path", ["/", "/assets/site-0123456789ab.css"])
def test_a_packed_form_is_sent_to_browsers_that_take_it(server: WebServer, path: str):
    plain, packed = server.get(path), server.get(path, Accept_Encoding="gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["cache-control"] == plain.headers["cache-control"]
    assert packed.headers["content-security-policy"] == plain.headers["content-security-policy"]


def test_a_part_of_a_table_can_be_asked_for(server: WebServer):
    seen = server.get("/data/trees/trees.parquet", Range="bytes=0-3", Accept_Encoding="gzip")

    assert (seen.status, seen.body) == (206, b"PAR1")


def test_a_page_that_did_not_change_is_not_sent_again(server: WebServer):
    tag = server.get("/").headers["etag"]

    assert server.get("/", If_None_Match=tag).status == 304


@pytest.mark.parametrize("path", [*HIDDEN, "data/%2Eenv", "%2Egit/config"])
def test_hidden_files_are_shown_to_nobody(server: WebServer, path: str):
    seen = server.get(f"/{path}")

    assert (seen.status, seen.body) == (404, SITE["404.html"])


@pytest.mark.parametrize("path", ["/_headers", "/_redirects", "/%5Fheaders"])
def test_what_other_hosts_read_is_shown_to_nobody(server: WebServer, path: str):
    seen = server.get(path)

    assert (seen.status, seen.body) == (404, SITE["404.html"])


@pytest.mark.parametrize("name", ["api-catalog", "security.txt"])
def test_well_known_addresses_are_shown(server: WebServer, name: str):
    seen = server.get(f"/.well-known/{name}")

    assert (seen.status, seen.body) == (200, SITE[f".well-known/{name}"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_below_a_path_is_told_with_its_path(kind: str):
    below = Manifest(base_url="https://example.gov/portal", made_by="cityfolio 0.1.0", entries=MANIFEST.entries)

    text = snippet(kind, below, Place(moved=MOVED))

    assert "^/portal/(?:assets/" in text
    assert "/portal/404.html" in text
    assert "/portal/data/trees/" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_snippet_is_the_same_for_the_same_site(kind: str):
    assert snippet(kind, MANIFEST) == snippet(kind, MANIFEST)
