"""The objects of a store that a deploy keeps for itself, and plain questions to it. All of them lie where no page is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import orjson

from cityfolio import files
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.deploying.targets.store_clients import Store
from cityfolio.publish.deploying.written_generations import Order
from cityfolio.publish.manifest import from_bytes

if TYPE_CHECKING:
    from obstore import ObjectMeta, PutMode, PutResult, UpdateVersion

OWN = ".cityfolio/"
GENERATIONS = f"{OWN}generations/"
LEAVING = f"{GENERATIONS}leaving.json"
KEPT = f"{OWN}kept/"
NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
FILE = re.compile(rf"({NAME.pattern})(?:\.(\d+))?\.json")      # a name, and the number of the deploy
NEVER: Order = (0, "")               # before all generations
PAGE = 1000                          # names in one answer to a list


def body_of(store: Store, path: str) -> bytes | None:
    """The bytes of an object; None where there is none. Raises Refused."""
    return version_of(store, path)[0]


def version_of(store: Store, path: str) -> tuple[bytes | None, PutMode]:
    """The bytes of an object, and on what condition it can be replaced as long as nobody else does. Raises Refused."""
    import obstore

    try:
        found = store.plainly.ask(lambda: obstore.get(store.client, path))
        return bytes(store.plainly.ask(found.bytes)), unchanged_since(found.meta)
    except FileNotFoundError:
        return None, "create"


def unchanged_since(version: PutResult | ObjectMeta) -> PutMode:
    """The condition that an object is as it was. Hosts tell its versions apart by a tag, or by a number, or by both."""
    condition: UpdateVersion = {}
    if version.get("e_tag") is not None:
        condition["e_tag"] = version["e_tag"]
    if version.get("version") is not None:
        condition["version"] = version["version"]
    return condition


def listing(store: Store, prefix: str) -> Mapping[str, tuple[int, str]]:
    """Objects below a prefix by path, each with its size and its tag. Raises Refused."""
    import obstore

    def listed() -> dict[str, tuple[int, str]]:
        pages = obstore.list(store.client, prefix.rstrip("/") or None, chunk_size=PAGE)
        return {each["path"]: (each["size"], each["e_tag"] or "") for page in pages for each in page}

    return store.plainly.ask(listed)


def delete_all(store: Store, paths: Sequence[str]) -> None:
    """Delete objects, up to a thousand in one request. Those that are gone are no fault. Raises Refused."""
    import obstore

    try:
        store.plainly.ask(lambda: obstore.delete(store.client, list(paths)))
    except FileNotFoundError:            # some hosts say so of one that was gone, and leave the others
        for path in paths:
            try:
                store.plainly.ask(partial(obstore.delete, store.client, path))
            except FileNotFoundError:
                continue


def orders_in(store: Store) -> list[Order]:
    """The generations whose manifests are kept, the oldest first. Raises Refused."""
    return orders_of(listing(store, GENERATIONS))


def orders_of(listed: Iterable[str]) -> list[Order]:
    """The generations among paths, the oldest first: by their numbers, and those that nobody counted by their names before."""
    found = (FILE.fullmatch(path.removeprefix(GENERATIONS)) for path in listed)
    return sorted((int(each[2] or 0), each[1]) for each in found if each)


def place_of(order: Order) -> str:
    """Where the manifest of a generation is kept."""
    number, name = order
    return f"{GENERATIONS}{name}.{number}.json" if number else f"{GENERATIONS}{name}.json"


def live_order(orders: Sequence[Order], manifest: bytes) -> Order:
    """The newest generation that has the manifest which is seen; `NEVER` where there is none."""
    digest = files.sha256(manifest)[:8]
    return next((order for order in reversed(orders) if order[1].endswith(digest)), NEVER)


def read_manifest(body: bytes | None) -> Manifest | None:
    """A manifest, where the bytes are one."""
    try:
        return from_bytes(body) if body is not None else None
    except ValueError:
        return None


def entries_of(body: bytes | None) -> Mapping[str, Entry]:
    """What a manifest lists; nothing where the bytes are none."""
    manifest = read_manifest(body)
    return manifest.entries if manifest else {}


def leaving_in(body: bytes | None) -> Mapping[str, str]:
    """Assets that only stay, each with since when, as they were written down."""
    try:
        said = orjson.loads(body or b"{}")
    except ValueError:
        return {}
    return {str(path): str(since) for path, since in said.items()} if isinstance(said, dict) else {}
