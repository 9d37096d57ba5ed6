"""The process in which a worker does one batch: `python -m cityfolio.clusters FOLDER`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from cityfolio import files
from cityfolio.clusters.parcels import HandedTree, answers_sent, unpacked
from cityfolio.clusters.remote import ANSWERS, MADE, TASKS
from cityfolio.clusters.sameness import differences, fingerprint
from cityfolio.tables.workers import worked


def work_in(folder: Path) -> None:
    """Do the tasks that lie in a folder, with the limits that hold for each, or an errand, and leave there what comes of it."""
    # What the worker wrote a moment ago, into a folder that is its own.
    laid, body, same = pickle.loads(files.read_bytes(folder / TASKS))  # noqa: S301
    unlike = differences(same, fingerprint())
    if unlike:
        # Asked of every worker when the build began; this one came later, or its files changed since.
        sys.exit(f"the worker has {unlike}")
    given = unpacked(body, HandedTree(laid), folder / MADE)
    answers = answers_sent(worked(given, 1)) if isinstance(given, tuple) else given()
    files.replace_file(folder / ANSWERS, answers, sync=False)


if __name__ == "__main__":
    work_in(Path(sys.argv[1]))
