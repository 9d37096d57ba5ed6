"""For each code of a cluster something that gives rise to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from cityfolio.clusters.connecting import Asked, connected, storage_fault, unfit_storage, unlike_workers
from cityfolio.clusters.sameness import fingerprint
from cityfolio.clusters.storage import Storage
from cityfolio.problems import Problem

Found = tuple[Problem, ...]
HERE = "25.0.0"


def unreachable(folder: Path) -> Found:
    """A scheduler that was not started."""
    with connected(Asked(address="tcp://127.0.0.1:1", catalog=folder, here=1)) as found:
        return (found,) if isinstance(found, Problem) else ()


def unlike(_: Path) -> Found:
    """A worker that was installed long before this machine."""
    here = fingerprint()
    found = unlike_workers({"tcp://10.0.0.6:40001": {**here, "pyarrow": "18.0.0"}}, "tcp://10.0.0.5:8786")
    # What is installed here changes, and the page is to stay.
    return (replace(found, says=found.says.replace(f"here {here['pyarrow']}", f"here {HERE}")),) if found else ()


def storage(_: Path) -> Found:
    """A bucket of a kind for which no package is installed."""
    return (unfit_storage("nowhere://bucket", storage_fault(None, Storage("nowhere://bucket"))),)


CLUSTER_TRIGGERS: Mapping[str, Callable[[Path], Found]] = {
    "cluster-unreachable": unreachable, "cluster-unlike": unlike, "cluster-storage": storage,
}
