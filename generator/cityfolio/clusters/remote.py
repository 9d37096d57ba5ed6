"""A worker's part: lay out what a batch reads, do it in a process of its own, and put what came of it where it is fetched.

A process for each batch: a worker's threads then read tables at the same time, what a library does to its process ends with the
batch, and a Dask worker, which may not start processes as `multiprocessing` does, leaves that to one that may.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from cityfolio import files
from cityfolio.clusters.storage import Storage
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen, field

COMMAND = (sys.executable, "-P", "-m", "cityfolio.clusters")
TASKS, ANSWERS, MADE = "tasks", "answers", "made"
MOST_TOLD = 2_000                 # characters of what a process said before it ended


class Piece(Frozen, kw_only=True):
    """A file on its way: by its digest in the storage, or with its bytes where there is none."""

    sha256: str
    body: bytes | None = None
    path: str = ""                # in the shared catalog folder, where it is read in place


class Batch(Frozen, kw_only=True):
    """Some tasks for one worker."""

    body: bytes                   # the tasks, as `parcels` packs them
    inputs: Mapping[str, Piece]   # by path in the catalog
    storage: str = ""             # address; "" where everything travels with the batch
    same: Mapping[str, str] = field(default_factory=dict)     # what has to be the same there


class Returned(Frozen, kw_only=True):
    """What came of a batch."""

    answers: Piece
    made: Mapping[str, Piece]     # files that were made, by their names


class BatchFailed(Exception):
    """A worker could not do its batch; the message says why."""


def done(batch: Batch) -> Returned:
    """Do a batch on this machine. Raises BatchFailed; nothing that a worker lacks is told as if it were a city's fault."""
    storage = Storage(batch.storage) if batch.storage else None
    with scratch_folder() as folder:
        for name in (MADE, "inputs"):
            files.make_folder(folder / name)
        laid = {path: _laid(piece, folder / "inputs" / piece.sha256, storage) for path, piece in batch.inputs.items()}
        files.replace_file(folder / TASKS, pickle.dumps((laid, batch.body, batch.same)), sync=False)
        ended = subprocess.run((*COMMAND, str(folder)), capture_output=True, text=True, errors="replace", check=False)
        if ended.returncode:
            raise BatchFailed(f"it ended with {ended.returncode}: {ended.stderr[-MOST_TOLD:].strip()}")
        made = {found.path: _sent(folder / MADE / found.path, storage) for found in files.files_below(folder / MADE)}
        return Returned(answers=_sent(folder / ANSWERS, storage), made=made)


def _laid(piece: Piece, target: Path, storage: Storage | None) -> Path:
    """Where a file lies that the batch reads, with the bytes that are meant."""
    if piece.path:
        if files.digest_of(Path(piece.path)) != piece.sha256:
            raise BatchFailed(f"{piece.path} is another file there")
        return Path(piece.path)
    take(piece, target, storage)
    return target


def take(piece: Piece, target: Path, storage: Storage | None) -> None:
    """Lay a file that travelled at a path. Raises Altered and BatchFailed where it is not what was sent."""
    if piece.body is None:
        assert storage is not None    # only with a storage are bodies left out
        storage.get(piece.sha256, target)
    elif files.sha256(piece.body) != piece.sha256:
        raise BatchFailed(f"{piece.sha256} was altered on its way")
    else:
        files.discard(target)
        files.write_new(target, [piece.body])


def _sent(path: Path, storage: Storage | None) -> Piece:
    if storage is not None:
        return Piece(sha256=storage.put(path))
    body = files.read_bytes(path)
    return Piece(sha256=files.sha256(body), body=body)
