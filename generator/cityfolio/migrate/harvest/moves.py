"""Bases whose record is elsewhere by now: in a folder that was renamed here, or under another id of its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from cityfolio.files import Tree
from cityfolio.migrate.harvest.brought import FOLDER, Base, Key, read_bases
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.yaml.text import Yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What the catalog has."""

    taken: Collection[Key]
    ours: Callable[[Key], Values | None]         # a record as the catalog has it
    source: str                                  # the id of the source that is brought in
    moving: bool                                 # its records do not name it


def moves(bases: Mapping[Key, Base], here: Here) -> dict[Key, Key]:
    """Where a dataset went whose folder is here no longer: to the one that has its source and its identifier."""
    lost = {identifier: key for key, base in bases.items() if key[0] == "datasets" and key not in here.taken
            and not base.is_gone and (identifier := said(base.values, "identifier"))}
    found: dict[Key, Key] = {}
    for key in sorted(here.taken) if lost else ():
        base = bases.get(key)
        if key[0] != "datasets" or (base and not base.is_gone):
            continue
        ours = here.ours(key) or {}
        old = lost.get(said(ours, "identifier"))
        home = ours.get("source")
        is_theirs = home.get("id") == here.source if isinstance(home, Mapping) else here.moving
        if old is not None and is_theirs:
            found.setdefault(old, key)
    return found


def left_behind(tree: Tree, sources: Collection[str], theirs: Mapping[Key, Values]) -> dict[Key, Base]:
    """The bases of what a source lists that lie under an id which no source has now: it had another one before."""
    identifiers = {said(values, "identifier") for values in theirs.values()} - {""}
    found: dict[Key, Base] = {}
    for source in sorted(_folders(tree) - {*sources}):
        for key, base in read_bases(tree, source)[0].items():
            same = theirs.get((key[0], base.theirs))
            identifier = said(base.values, "identifier")
            is_same = same is not None and not (identifier and said(same, "identifier")) \
                and comparable(said(same, "title")) == comparable(said(base.values, "title"))
            if identifier in identifiers or is_same:
                found.setdefault(key, base)
    return found


def said(values: Mapping[str, Yaml], key: str) -> str:
    """The text under a key; an empty one where there is none."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _folders(tree: Tree) -> set[str]:
    paths = (node.path.split("/") for node in tree.nodes() if node.kind == "file")
    return {parts[1] for parts in paths if len(parts) == 4 and parts[0] == FOLDER}
