"""What each worker is asked before it is given work: which files it sees, and whether it reaches the storage."""

from __future__ import annotations

from pathlib import Path

from cityfolio import files
from cityfolio.clusters.storage import Storage
from cityfolio.folders import scratch_folder

TOLD = b"Whether this can be read.\n"


def seen(path: str) -> str:
    """The digest of a file, as this machine sees it; "" where it does not."""
    try:
        return files.digest_of(Path(path))
    except OSError:
        return ""


def probed(storage: Storage, digest: str) -> str:
    """Read what was put under a digest, put an answer beside it, and give the answer's digest."""
    with scratch_folder() as folder:
        storage.get(digest, folder / "asked")
        files.write_new(folder / "answer", [TOLD, digest.encode()])
        return storage.put(folder / "answer")
