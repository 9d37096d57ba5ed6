"""Small sites in folders, as a build leaves them, and deploys of them one second after another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cityfolio.files import sha256
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.run import Deployed, Orders, deploy
from cityfolio.publish.deploying.sources import Site, site_in
from cityfolio.publish.deploying.target import Target
from cityfolio.publish.manifest import from_bytes, to_bytes

FIRST = datetime(2026, 11, 26, 13, 15, tzinfo=UTC)
# A page, what it loads, data that has a space in its name, and a feed.
SMALL: Mapping[str, str] = {
    "index.html": "<h1>Home</h1>",
    "data/trees/index.html": "<h1>Trees</h1>",
    "data/trees/street trees.csv": "id,kind\n1,Oak\n",
    "assets/site.0123456789ab.css": "h1 { color: green }",
    "catalog.json": "{}",
}


def a_site(folder: Path, contents: Mapping[str, str] = SMALL, **more: str) -> Site:
    """A built site in a folder that does not exist yet. `more` are pages: their names get the ending."""
    bodies = {**contents, **{f"{name}.html": body for name, body in more.items()}}
    for path, body in bodies.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body.encode())
    entries = {path: Entry(path=path, bytes=len(body.encode()), sha256=sha256(body.encode())) for path, body in bodies.items()}
    (folder / MANIFEST_PATH).write_bytes(to_bytes(Manifest(entries=entries, made_by="cityfolio 0.1.0")))
    site, problems = site_in(folder)
    assert site, problems
    return site


def around(seconds: int = 0, **environment: str) -> Around:
    """The world of a target, some seconds after the first deploy."""
    return Around(now=lambda: FIRST + timedelta(seconds=seconds), environment=environment)


def deployed(site: Site, target: Target, seconds: int = 0, **orders: object) -> Deployed:
    """A deploy some seconds after the first. A host that says "later" is not waited for."""
    return deploy(site, target, Orders(now=FIRST + timedelta(seconds=seconds), pause=lambda _: None, **orders))   # type: ignore[arg-type]


def brought_back(target: Target, generation: str, seconds: int) -> Deployed:
    """A deploy of what the target had before."""
    body = target.manifest_of(generation)
    return deployed(Site(manifest=from_bytes(body), body=body), target, seconds, allowed=frozenset({"older", "smaller"}))


def at(address: str, **environment: str) -> Target:
    """The target at an address."""
    return target_at(address, around(**environment))


def shown(target: Target, path: str) -> str:
    """What visitors get at a path."""
    with target.session("a reader", 1) as session:
        return b"".join(session.read(path)).decode()


def listed(target: Target) -> set[str]:
    """The paths of the site that visitors see."""
    with target.session("a reader", 1) as session:
        return set(session.held())
