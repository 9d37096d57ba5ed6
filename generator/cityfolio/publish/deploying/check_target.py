"""Reads a published site again: all of it from its host, or some pages of it as visitors get them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote

from cityfolio.model.site import Entry, Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import url_of
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.run import Orders, refused
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.target import Refused, Session, Target
from cityfolio.publish.manifest import fetched

SAMPLE_PAGES = 5
SAMPLE_ASSETS = 3
NAMED_AT_MOST = 5


def verify_target(target: Target, orders: Orders) -> tuple[int, tuple[Problem, ...]]:
    """Read every file that the target's manifest lists, and compare its digest. The first value counts them."""
    try:
        with target.session(orders.owner, orders.keep) as session:
            orders.told("Asking the target", 0)
            manifest = patiently(session.manifest, orders.pause, waits=orders.waits)
            if manifest is None:
                raise Refused("there is no site, or none that a deploy has finished", "Deploy it again.")
            orders.expects(sum(entry.bytes for entry in manifest.entries.values()))
            check = partial(_fault, session, orders)
            with ThreadPoolExecutor(orders.workers) as pool:
                faults = [fault for fault in pool.map(check, manifest.entries.values()) if fault]
    except Refused as refusal:
        return 0, (refused(target.name, refusal),)
    return len(manifest.entries), tuple(_unlike(target.name, faults))


def _fault(session: Session, orders: Orders, entry: Entry) -> str:
    try:
        found = patiently(partial(_digest, session, entry.path), orders.pause, waits=orders.waits)
    except KeyError:
        return f"{entry.path} is not there"
    orders.told("Reading", entry.bytes)
    return "" if found == entry.sha256 else f"{entry.path} is not what was published"


def _digest(session: Session, path: str) -> str:
    digest = hashlib.sha256()
    for piece in session.read(path):
        digest.update(piece)
    return digest.hexdigest()


def _unlike(name: str, faults: list[str]) -> Iterator[Problem]:
    if faults:
        more = f", and {len(faults) - NAMED_AT_MOST:,} more" if len(faults) > NAMED_AT_MOST else ""
        named = f"{'; '.join(faults[:NAMED_AT_MOST])}{more}"
        yield Problem(
            code="deploy-unlike",
            where=Location(path=name, in_catalog=False),
            says=f"{len(faults):,} of the published files are not as the manifest there says: {named}",
            fix="Deploy again with --doubt, which asks the host what it holds.",
        )


def seen(manifest: Manifest, fetch: Callable[[str], bytes] = fetched) -> tuple[int, tuple[Problem, ...]]:
    """Fetch some pages and assets of a site at its own address, and compare. The first value counts those that were right."""
    right, faults = 0, list[str]()
    for entry in sample(manifest):
        address = manifest.base_url.rstrip("/") + quote(url_of(entry.path))
        try:
            found = hashlib.sha256(fetch(address)).hexdigest()
        except HTTPError as error:
            faults.append(f"{address} answers {error.code}")
        except (OSError, ValueError, HTTPException) as error:
            return right, (_unseen(manifest.base_url, f"{address} cannot be fetched from here: {error}"),)
        else:
            right += found == entry.sha256
            faults += [f"{address} shows something else"] if found != entry.sha256 else []
    return right, tuple(_unseen(manifest.base_url, "; ".join(faults[:NAMED_AT_MOST])) for _ in faults[:1])


def sample(manifest: Manifest) -> tuple[Entry, ...]:
    """The home page, some pages from all over the site, and some assets that they load."""
    pages = [entry for path, entry in sorted(manifest.entries.items()) if path.endswith("index.html")]
    assets = [entry for path, entry in sorted(manifest.entries.items()) if is_hashed(path)]
    home = [manifest.entries["index.html"]] if "index.html" in manifest.entries else []
    return tuple(dict.fromkeys((*home, *_spread(pages, SAMPLE_PAGES), *_spread(assets, SAMPLE_ASSETS))))


def _spread(entries: list[Entry], number: int) -> Iterable[Entry]:
    return entries[::max(1, len(entries) // number)][:number]


def _unseen(base_url: str, why: str) -> Problem:
    return Problem(
        code="deploy-unseen",
        where=Location(path=base_url, in_catalog=False),
        says=f"the site was put there whole, but at its address not all of it is seen: {why}",
        fix="A cache in between may show the former site for a while. Else look where the address leads to.",
    )
