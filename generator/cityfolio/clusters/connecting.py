"""Finds a Dask cluster at an address, and says what is wrong with it before any work is given to it."""

from __future__ import annotations

import logging
import socket
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cityfolio import files
from cityfolio.clusters.asked import TOLD, probed, seen
from cityfolio.clusters.cluster import Cluster, Reach
from cityfolio.clusters.sameness import differences, fingerprint
from cityfolio.clusters.storage import Altered, Storage
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen
from cityfolio.problems import Location, Problem

Client = Any                      # that of distributed, which declares no types and is imported for those who ask for it
CONNECT_SECONDS = 10
LANDMARK = "site.yaml"            # by which a worker's folder is known to be the catalog
MOST_NAMED = 3
MOST_GREETING_BYTES = 1 << 16


class Asked(Frozen, kw_only=True):
    """A cluster that is asked for."""

    address: str                  # of its scheduler
    catalog: Path
    here: int                     # processes of this machine, for what no worker does
    storage: str = ""             # where results lie on their way, as fsspec has addresses; "": in `cache`, if all reach it
    cache: Path | None = None


@contextmanager
def connected(asked: Asked) -> Iterator[Cluster | Problem]:
    """The cluster as long as the block lasts, or why there is none."""
    try:
        # Imported here, and with it half a second is spent, for nobody but who asked for a cluster.
        import distributed
        from distributed.versions import VersionMismatchWarning
    except ImportError:
        yield Problem(code="extra-missing", where=_at(asked.address), fix="Install it: pip install 'cityfolio[cluster]'",
                      says="a cluster is spoken to by Dask, which is not installed")
        return
    fault = _not_there(asked.address)
    if fault:
        yield _unreachable(asked.address, fault)
        return
    # What it would log, of lost workers and connections, is told at the end of the build, in one line.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)     # versions are compared below
            connect: Any = distributed.Client
            client: Client = connect(asked.address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        yield _unreachable(asked.address, f"no Dask scheduler answers there ({_first_line(error)})")
        return
    with client:
        yield from _with(client, asked)


def _not_there(address: str) -> str:
    """Why no scheduler can be at an address, in words: Dask's own client takes long to find that out, and leaves threads."""
    try:
        parts = urlsplit(address)
        if not (parts.scheme and parts.hostname and parts.port):
            return "that is not the address of a scheduler"
        with socket.create_connection((parts.hostname, parts.port), timeout=CONNECT_SECONDS) as line:
            # A scheduler speaks first: eight bytes that say how many will follow. Behind TLS that cannot be seen.
            if parts.scheme == "tcp" and not 0 < int.from_bytes(line.recv(8), "little") < MOST_GREETING_BYTES:
                return "what answers there is no Dask scheduler"
    except TimeoutError:
        return "nothing answers there in time, as a Dask scheduler does"
    except (OSError, ValueError) as error:
        return f"nothing answers there ({_first_line(error)})"
    return ""


def _with(client: Client, asked: Asked) -> Iterator[Cluster | Problem]:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        yield _unreachable(asked.address, "the scheduler has no workers")
        return
    unlike = unlike_workers(client.run(fingerprint, on_error="return"), asked.address)
    if unlike is not None:
        yield unlike
        return
    folder = asked.catalog.resolve()
    sees = client.run(seen, str(folder / LANDMARK), on_error="return").values()
    is_seen = set(sees) == {files.digest_of(folder / LANDMARK)}
    storage, problem = _storage(client, asked)
    if problem is not None:
        yield problem
        return
    try:
        yield Cluster(executor=client.get_executor(pure=False, retries=1), threads=lambda: _threads(client), same=fingerprint(),
                      reach=Reach(folder=folder if is_seen else None, storage=storage), here=asked.here)
    finally:
        if storage is not None:
            with suppress(Exception):     # what is left there is named by digests, and harms nobody
                storage.clear()


def _threads(client: Client) -> int:
    """How many threads all workers have now; 0 where none is left, or the scheduler is gone."""
    try:
        return sum(client.nthreads().values()) if client.status == "running" else 0
    except (OSError, TimeoutError):
        return 0


def unlike_workers(found: Mapping[str, Any], address: str) -> Problem | None:   # Any: a fingerprint, or what was raised
    """One problem for all workers that would not make the same bytes; None where all would."""
    here = fingerprint()
    faults = {worker: "cityfolio is not installed" if isinstance(each, ModuleNotFoundError)
              else _first_line(each) if isinstance(each, BaseException) else differences(here, each)
              for worker, each in sorted(found.items())}
    unlike = [f"{worker} has {fault}" if " is " not in fault else f"on {worker} {fault}"
              for worker, fault in faults.items() if fault]
    if not unlike:
        return None
    more = f"; and {len(unlike) - MOST_NAMED} more" if len(unlike) > MOST_NAMED else ""
    return Problem(code="cluster-unlike", where=_at(address), says=f"{'; '.join(unlike[:MOST_NAMED])}{more}",
                   fix="Install the same Python, cityfolio and packages everywhere, best from one image or lock file, and "
                       "start the workers again.")


def _storage(client: Client, asked: Asked) -> tuple[Storage | None, Problem | None]:
    """Where results are to lie; a problem where the place that was named does not serve, none where all go by message."""
    address = asked.storage or (f"file://{asked.cache.resolve()}" if asked.cache else "")
    if not address:
        return None, None
    storage = Storage(address).below(f"cluster-{client.id}")
    fault = storage_fault(client, storage)
    if not fault:
        return storage, None
    with suppress(Exception):         # it is told that it does not serve
        storage.clear()
    if not asked.storage:
        return None, None
    return None, unfit_storage(asked.storage, fault)


def unfit_storage(address: str, fault: str) -> Problem:
    """That the place which was named does not serve."""
    return Problem(code="cluster-storage", where=_at(address), says=fault,
                   fix="Name a place that this machine and all workers can write to: a folder on a shared disk, or a bucket "
                       "whose fsspec package is installed everywhere.")


def storage_fault(client: Client, storage: Storage) -> str:
    """Why a place does not serve, in words: what is put here must be read by each worker, and the other way round."""
    try:
        with scratch_folder() as folder:
            files.write_new(folder / "asked", [TOLD])
            digest = storage.put(folder / "asked")
            found = client.run(probed, storage, digest, on_error="return")
            for worker, each in sorted(found.items()):
                if isinstance(each, BaseException):
                    return f"{worker} cannot use it: {_first_line(each)}"
                storage.get(each, folder / "answer")
                files.discard(folder / "answer")
    except Altered as altered:
        return f"what a worker puts there is not found by this machine: {altered}"
    except Exception as error:  # noqa: BLE001 - every storage has its own exceptions, and all mean that it does not serve
        return f"this machine cannot use it: {_first_line(error)}"
    return ""


def _unreachable(address: str, says: str) -> Problem:
    return Problem(code="cluster-unreachable", where=_at(address), says=says,
                   fix="Start `dask scheduler`, and on each machine `dask worker tcp://HOST:8786`, and give that address; "
                       "or build without --dask.")


def _at(address: str) -> Location:
    return Location(path=address, in_catalog=False)


def _first_line(error: BaseException) -> str:
    said = error.strerror if isinstance(error, OSError) else None
    return (said or str(error) or type(error).__name__).partition("\n")[0].rstrip(".")
