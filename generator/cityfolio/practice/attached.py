"""The documents that are attached to published datasets, each looked into once for what keeps people from reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import Tree, sha256
from cityfolio.model.catalog import Dataset, File
from cityfolio.practice.documents import LOOKS, MOST_BYTES, document_faults


def is_attached(file: File) -> bool:
    """Whether a file is kept here, is not read as a table, and is of a kind that can be looked into."""
    return file.source_path is not None and file.profile is None and file.source_path.rpartition(".")[2].lower() in LOOKS


def attached_faults(datasets: Iterable[Dataset], tree: Tree, cache: Keep) -> Mapping[str, tuple[str, ...]]:
    """What keeps people from reading each attached document, by its catalog path; those that tell nothing are not there."""
    attached = (file.source_path for each in datasets for file in each.files if is_attached(file))
    found = {path: _faults(path, tree, cache) for path in dict.fromkeys(attached) if path}
    return {path: faults for path, faults in found.items() if faults is not None}


def _faults(path: str, tree: Tree, cache: Keep) -> tuple[str, ...] | None:
    try:
        with tree.open(path) as stream:
            body = stream.read(MOST_BYTES + 1)
    except OSError:
        return None     # that it cannot be read is a problem, and was told
    key = sha256(orjson.dumps(["document", __version__, path.rpartition(".")[2].lower(), sha256(body)]))
    kept = cache.get(key)
    if kept is not None:
        return tuple(orjson.loads(kept))
    faults = document_faults(path, body)
    if faults is not None:     # a document that met a limit today may be read tomorrow
        cache.put(key, orjson.dumps(faults))
    return faults
