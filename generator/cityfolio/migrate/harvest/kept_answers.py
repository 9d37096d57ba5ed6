"""The answers of a portal while it is harvested: a run that broke off goes on from them, one that is through drops them.

They lie in `.harvest/SOURCE` in the catalog: no tree lists a name that starts with a dot, so no site has them, and git is told
to leave them alone. They are kept for the day after the one on which the run began. What a portal refused is asked again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from cityfolio.files import FolderTree, discard, replace_file
from cityfolio.folders import remove_folder
from cityfolio.frozen import Frozen
from cityfolio.migrate.network.recorded import REFUSED, Answers

HOME = ".harvest"
BEGUN = "begun.json"
KEPT_FOR = timedelta(days=1)


class Kept(Frozen, kw_only=True):
    """Where the answers of one source are."""

    folder: Path
    goes_on: bool = False         # some were there before
    says: str = ""                # what a person should know of them


def begin(folder: Path, address: str, today: date) -> Kept:
    """Make the folder ready for a run: with the answers of one that broke off lately, else empty. Raises OSError."""
    if folder.parent.is_symlink() or folder.is_symlink():
        remove_folder(folder.parent if folder.parent.is_symlink() else folder)
    began, count = _began(folder), _count(folder)
    is_fresh = began is not None and today - KEPT_FOR <= began <= today
    if count and is_fresh and Answers(FolderTree(folder)).address() == address:
        _forget_refusals(folder)
        return Kept(folder=folder, goes_on=True, says=f"goes on from {_of(count)} of the run that broke off on {began}")
    remove_folder(folder)
    replace_file(folder.parent / ".gitignore", b"*\n", sync=False)
    replace_file(folder / BEGUN, json.dumps({"began": today.isoformat()}).encode(), sync=False)
    if not count:
        return Kept(folder=folder)
    why = "of another address" if is_fresh else "too old to go on from"
    since = f" that broke off on {began}" if began else " that broke off"
    return Kept(folder=folder, says=f"asks for everything anew: {_of(count)} of the run{since} {_are(count)} {why}")


def drop(kept: Kept) -> None:
    """Remove the answers, and their home where no other source has any."""
    _drop(kept.folder.parent, {kept.folder.name})


def drop_others(catalog: Path, sources: Collection[str]) -> None:
    """Remove the answers of sources that the settings name no longer."""
    home = catalog / HOME
    if home.is_dir() and not home.is_symlink():
        _drop(home, {*os.listdir(home)} - {*sources, ".gitignore"})


def _drop(home: Path, names: Collection[str]) -> None:
    try:
        for name in names:
            remove_folder(home / name)
        if set(os.listdir(home)) <= {".gitignore"}:
            remove_folder(home)
    except OSError:
        return                    # they are dropped by the next run


def _began(folder: Path) -> date | None:
    try:
        told = json.loads(FolderTree(folder).read(BEGUN))
        return date.fromisoformat(told["began"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _count(folder: Path) -> int:
    try:
        return sum(node.kind == "file" and node.path.startswith("answers/") and not node.path.endswith(REFUSED)
                   for node in FolderTree(folder).nodes())
    except OSError:
        return 0


def _forget_refusals(folder: Path) -> None:
    for node in FolderTree(folder).nodes():
        if node.kind == "file" and node.path.endswith(REFUSED):
            discard(folder / node.path)


def _of(count: int) -> str:
    return f"{count:,} answer" if count == 1 else f"{count:,} answers"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
