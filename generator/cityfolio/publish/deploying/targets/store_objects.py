"""The objects of a store that a deploy keeps for itself, and plain questions to it. All of them lie where no page is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import orjson

from cityfolio import files
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.deploying.targets.store_clients import Store
from cityfolio.publish.manifest import from_bytes

OWN = ".cityfolio/"
GENERATIONS = f"{OWN}generations/"
LEAVING = f"{GENERATIONS}leaving.json"
KEPT = f"{OWN}kept/"
NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
PAGE = 1000                          # names in one answer to a list


def body_of(store: Store, path: str) -> bytes | None:
    """The bytes of an object; None where there is none. Raises Refused."""
    import obstore

    try:
        found = store.plainly.ask(lambda: obstore.get(store.client, path))
        return bytes(store.plainly.ask(found.bytes))
    except FileNotFoundError:
        return None


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


def names_in(store: Store) -> list[str]:
    """The names of the generations whose manifests are kept, the oldest first. Raises Refused."""
    return generation_names(listing(store, GENERATIONS))


def generation_names(listed: Iterable[str]) -> list[str]:
    """The names of generations among paths, the oldest first."""
    names = (path.removeprefix(GENERATIONS).removesuffix(".json") for path in listed)
    return sorted(name for name in names if NAME.fullmatch(name))


def live_name(names: Sequence[str], manifest: bytes) -> str:
    """The newest generation that has the manifest which is seen; "" where there is none."""
    digest = files.sha256(manifest)[:8]
    return next((name for name in reversed(names) if name.endswith(digest)), "")


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
