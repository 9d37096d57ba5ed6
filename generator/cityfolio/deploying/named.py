"""Targets by the name that site.yaml gives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.model.records import TargetRecord
from cityfolio.plugins.found import plugins_of
from cityfolio.plugins.in_use import NO_PLUGINS, Plugins
from cityfolio.problems import Location, Problem, did_you_mean

SETTINGS = "site.yaml"


def is_name(target: str) -> bool:
    """Whether what was given can only be a name: an address has a colon, a path a slash or a dot."""
    return not any(mark in target for mark in ":/\\.")


def named_targets(catalog: Path) -> tuple[Mapping[str, TargetRecord], tuple[Problem, ...]]:
    """What `targets:` in site.yaml says, none where there is no catalog; and the errors of that file."""
    if not (catalog / SETTINGS).is_file():
        return {}, ()
    loaded = load(FolderTree(catalog), only=lambda path: path == SETTINGS)
    errors = tuple(each for each in loaded.problems if each.where.path == SETTINGS and each.severity == "error")
    return loaded.site.record.targets if loaded.site else {}, errors


def plugins_for(catalog: Path, *, allows_own: bool) -> tuple[Plugins, tuple[Problem, ...]]:
    """The plugins that a catalog asks for, and what is wrong with any; none where there is no catalog."""
    if not (catalog / SETTINGS).is_file():
        return NO_PLUGINS, ()
    tree = FolderTree(catalog)
    return plugins_of(load(tree, only=lambda path: path == SETTINGS), tree, allows_own=allows_own)


def unknown(name: str, known: Mapping[str, TargetRecord]) -> Problem:
    """Say that there is no target of that name, and no folder."""
    return Problem(
        code="target-unknown",
        where=Location(path=SETTINGS),
        says=f'there is no target "{name}" under `targets:`, and no folder of that name',
        fix=f"{did_you_mean(name, known)} A folder that is not there yet is written ./{name}.",
    )
