"""What a host is told of a file beside its bytes: its type, how long it may be kept, which packed forms lie beside it.

A deploy writes it into the manifest that it puts, a line for each kind of file. So the next one notices where an unchanged file
would be sent otherwise now: because packed forms are wanted or not any more, or because this program has other rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet

from cityfolio.frozen import replace
from cityfolio.model.site import Manifest
from cityfolio.publish.compression import LEAST_BYTES, is_packed_well
from cityfolio.publish.deploying.sources import Site
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.target import Traits
from cityfolio.publish.headers import cache_control, media_type
from cityfolio.publish.manifest import to_bytes


def as_sent(site: Site, traits: Traits) -> Site:
    """The site with a manifest that says what the host is told; as it was built, where the host is told nothing."""
    manifest = replace(site.manifest, sent=told(site.manifest.entries.keys(), traits))
    return site if manifest == site.manifest else replace(site, manifest=manifest, body=to_bytes(manifest))


def told(paths: AbstractSet[str], traits: Traits) -> Mapping[str, str]:
    """What is said of each kind of file; of kinds with files of several types, all that is said of any."""
    found: dict[str, set[str]] = {}
    for path in paths if traits.keeps_headers or traits.packs else ():
        if said := _said(path, traits):
            found.setdefault(kind_of_file(path), set()).add(said)
    return {kind: ", ".join(sorted(said)) for kind, said in found.items()}


def kind_of_file(path: str) -> str:
    """The ending of a file's name, and whether the name changes with the content: files of a kind are sent alike."""
    ending = path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
    return f"hashed .{ending}" if is_hashed(path) else f".{ending}"


def sent_otherwise(local: Manifest, remote: Manifest) -> AbstractSet[str]:
    """The kinds of file that the former deploy told the host something else of than this one would."""
    return {kind for kind in local.sent.keys() | remote.sent.keys() if local.sent.get(kind) != remote.sent.get(kind)}


def _said(path: str, traits: Traits) -> str:
    headers = f"{media_type(path)}; {cache_control(path)}" if traits.keeps_headers else ""
    packed = " ".join(traits.packs) if is_packed_well(path, LEAST_BYTES) else ""
    return "; ".join(part for part in (headers, packed) if part)
