"""For each code of a deploy something that gives rise to it, done for real in a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from cityfolio.deploying.named import unknown
from cityfolio.model.records import TargetRecord
from cityfolio.problems import Problem
from cityfolio.publish.deploying.check_target import seen, verify_target
from cityfolio.publish.deploying.run import Orders
from cityfolio.publish.deploying.sources import Site, site_in
from cityfolio.publish.manifest import to_bytes
from deploy.small_sites import FIRST, SMALL, a_site, at, deployed

Found = tuple[Problem, ...]
LATER, EARLIER = "2026-11-26T13:15:00Z", "2026-11-02T08:00:00Z"


def committed(site: Site, moment: str) -> Site:
    """A site that was built from a commit of that moment."""
    manifest = replace(site.manifest, revision="1a2b3c4d", committed=moment)
    return replace(site, manifest=manifest, body=to_bytes(manifest))


def older(folder: Path) -> Found:
    """A site from an earlier commit."""
    site, target = a_site(folder / "site"), at(str(folder / "www"))
    deployed(committed(site, LATER), target)
    return deployed(committed(site, EARLIER), target, 1).problems


def smaller(folder: Path) -> Found:
    """A site that has lost its data."""
    target = at(str(folder / "www"))
    deployed(a_site(folder / "site"), target)
    return deployed(a_site(folder / "less", {"index.html": SMALL["index.html"]}), target, 1).problems


def foreign(folder: Path) -> Found:
    """A folder that somebody else uses."""
    (folder / "www").mkdir()
    (folder / "www" / "index.html").write_text("<h1>Parks</h1>")
    return deployed(a_site(folder / "site"), at(str(folder / "www"))).problems


def locked(folder: Path) -> Found:
    """Two deploys at once."""
    target = at(str(folder / "www"))
    with target.session("the first", 1):
        return deployed(a_site(folder / "site"), target).problems


def refused(folder: Path) -> Found:
    """A file where the folder should be."""
    (folder / "www").write_text("")
    return deployed(a_site(folder / "site"), at(str(folder / "www"))).problems


def unlike(folder: Path) -> Found:
    """A page that was changed on the host."""
    target = at(str(folder / "www"))
    deployed(a_site(folder / "site"), target)
    (folder / "www" / "index.html").write_text("<h1>Hone</h1>")
    return verify_target(target, Orders(now=FIRST))[1]


def unseen(folder: Path) -> Found:
    """An address that shows another site."""
    site = a_site(folder / "site", {"index.html": SMALL["index.html"]})
    return seen(replace(site.manifest, base_url="https://data.example.gov"), fetch=lambda address: b"<h1>Parks</h1>")[1]


DEPLOY_TRIGGERS: Mapping[str, Callable[[Path], Found]] = {
    "target-unknown": lambda _: (unknown("lvie", {"live": TargetRecord(url="s3://data-example-gov")}),),
    "site-unbuilt": lambda folder: site_in(folder / "somewhere")[1],
    "deploy-older": older,
    "deploy-smaller": smaller,
    "deploy-foreign": foreign,
    "deploy-locked": locked,
    "deploy-refused": refused,
    "deploy-unlike": unlike,
    "deploy-unseen": unseen,
}
