"""Deploys through the faulty proxy: of one version of a site after another, each with one request harmed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import obstore
from msgspec.structs import force_setattr

from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.run import Deployed, Orders, deploy
from cityfolio.publish.deploying.sources import Site
from cityfolio.publish.deploying.targets.store_clients import store_at
from deploy.faulty_proxy import Proxy, a_proxy
from deploy.servers_s3 import BUCKET, a_store
from deploy.small_sites import FIRST, a_site

PAGES, PICTURES, DATA, FEEDS = 116, 40, 20, 14
A_DAY_LATER = timedelta(hours=25)       # what no page names is removed by the deploy after next


class Killed(BaseException):
    """The client is no more: nothing catches this."""


def version(number: int, part: int = 1) -> Mapping[str, str]:
    """All files of one version: every page loads pictures of its own and a style sheet that no other version has.

    `part` makes it smaller: one file in so many of each kind.
    """
    mark = hashlib.sha256(str(number).encode()).hexdigest()[:12]
    pictures = [f"assets/picture-{at}-{mark}.svg" for at in range(PICTURES // part - 1)]
    style = f"assets/site-{mark}.css"
    bodies = {path: f"<svg>{path}</svg>" for path in pictures} | {style: f"/* {mark} */"}
    for at in range(PAGES // part):
        # One page in ten comes and goes.
        if at % 10 or (number + at // 10) % 2:
            loads = f'<link href="/{style}"><img src="/{pictures[at % len(pictures)]}">'
            bodies["index.html" if at == 0 else f"data/{at}/index.html"] = f"{loads}<h1>{at} of {number}</h1>"
    bodies["index.html"] = f'<link href="/{style}"><h1>{number}</h1>'
    bodies |= {f"data/{at}/rows.csv": f"version\n{number}\n" for at in range(DATA // part)}
    return bodies | {f"feed-{at}.xml": f"<feed>{number}</feed>" for at in range(FEEDS // part)}


@dataclass(slots=True)
class Campaign:
    """A bucket with a site in it, and the proxy in front."""

    proxy: Proxy
    folder: Path
    environment: Mapping[str, str]
    backend: str
    part: int = 1
    moment: datetime = FIRST
    number: int = 0
    kills: list[int] = field(default_factory=list)

    def now(self) -> datetime:
        """A clock that moves only when it is told to."""
        return self.moment

    def site(self) -> Site:
        """The next version."""
        self.number += 1
        return a_site(self.folder / str(self.number), version(self.number, self.part))

    def deploy(self, site: Site, *, breaks_lock: bool = False) -> Deployed:
        """One deploy through the proxy."""
        around = Around(now=self.now, environment=self.environment, endpoint=self.proxy.endpoint, breaks_lock=breaks_lock)
        target = target_at(f"s3://{BUCKET}", around)
        force_setattr(target, "pause", self.pause)
        return deploy(site, target, Orders(now=self.moment, keep=1, workers=4, pause=self.pause))

    def pause(self, _: float) -> None:
        """Wait for nothing; and end at once when the client is dead."""
        if self.proxy.is_dead:
            raise Killed

    def held(self) -> Mapping[str, str]:
        """What the server itself says that it holds: path -> MD5."""
        around = Around(now=self.now, environment=self.environment, endpoint=self.backend)
        pages = obstore.list(store_at(f"s3://{BUCKET}", around).client, chunk_size=1000)
        return {each["path"]: each["e_tag"].strip('"') for page in pages for each in page
                if not each["path"].startswith(".cityfolio/")}

    def harmed(self, fault: str, at: int) -> list[str]:
        """Deploy the next version with one request harmed, and finish it. What went wrong is given, in words."""
        site, self.moment = self.site(), self.moment + A_DAY_LATER
        self.proxy.harm(fault, at)
        try:
            first: Deployed | None = self.deploy(site)
        except Killed:
            first = None
        faults = [] if first is None else [f"{each.code}: {each.says}" for each in first.problems]
        faults += ["it was never reached"] if self.proxy.count < at else []
        if first is None:
            self.proxy.harm("", 0)
            missing = set(_missing(site, self.held()))
            self.moment += timedelta(minutes=10)
            second = self.deploy(site, breaks_lock=True)       # that of the dead client
            faults += [f"{each.code}: {each.says}" for each in second.problems]
            sent = [path for path in self.proxy.sent if path != MANIFEST_PATH]
            faults += [f"sent again without need: {path}" for path in sent if path not in missing]
        held = self.held()
        faults += [f"not there in the end: {path}" for path in _missing(site, held)]
        listed = site.manifest.entries
        faults += [f"no page names it any more: {path}" for path in held if path.startswith("data/") and path not in listed]
        former = 1 if first else 2
        faults += [f"too old: {path}" for path in held if path.startswith("assets/") and not self._is_recent(path, former)]
        return [f"{fault} at {at}: {each}" for each in (*faults, *self._broken())]

    def _is_recent(self, path: str, former: int) -> bool:
        """Whether an asset is of the last version or of one before. Where a removal was cut short it stays a day longer."""
        return any(path in version(self.number - back, self.part) for back in range(former + 1))

    def _broken(self) -> list[str]:
        found, self.proxy.visible.broken = self.proxy.visible.broken, []
        return found


def _missing(site: Site, held: Mapping[str, str]) -> Iterator[str]:
    assert site.folder
    for path in site.manifest.entries:
        if held.get(path) != hashlib.md5((site.folder / path).read_bytes(), usedforsecurity=False).hexdigest():
            yield path


@contextmanager
def a_campaign(folder: Path, part: int = 1) -> Iterator[Campaign]:
    """A server, a proxy in front of it, and two versions deployed already."""
    with a_store(folder / "store") as store, a_proxy(store.port, BUCKET) as proxy:
        campaign = Campaign(proxy, folder, store.environment, store.endpoint, part)
        for _ in range(2):
            assert campaign.harmed("", 0) == []
        yield campaign
