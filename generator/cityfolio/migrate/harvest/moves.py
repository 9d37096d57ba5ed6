"""Bases whose record is elsewhere by now: in a folder that was renamed here, or under another id of its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from cityfolio.files import Tree
from cityfolio.frozen import Frozen
from cityfolio.migrate.harvest.brought import FOLDER, Base, Key, base_path, read_bases
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.harvest.names import says_the_same, shares_a_file
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.yaml.text import Yaml

Group = Mapping[str, Yaml]


class Here(Frozen, kw_only=True):
    """What the catalog has."""

    taken: Collection[Key]
    others: Collection[Key]                      # of these, what other sources brought in
    ours: Callable[[Key], Values | None]         # a record as the catalog has it
    source: str                                  # the id of the source that is brought in
    moving: bool                                 # its records do not name it


def moves(bases: Mapping[Key, Base], here: Here) -> dict[Key, Key]:
    """Where each dataset went whose folder is here no longer: from the key that its base has to the one that it has now.

    It is known again by its identifier, else by the former id that it names, else by its page at the source, else by its
    title; by the last two only where there is one dataset that it can be.
    """
    lost = {key: base for key, base in bases.items()
            if key[0] == "datasets" and key not in here.taken and not base.is_gone}
    free = dict(_free(bases, here)) if lost else {}
    found: dict[Key, Key] = {}
    for is_same, is_sure in ((_identifier, True), (_former, True), (_page, False), (partial(_title, here.moving), False)):
        mates = {old: [new for new, ours in free.items() if new not in found.values() and is_same(old, base.values, ours)]
                 for old, base in lost.items() if old not in found}
        found |= dict(_paired(mates, is_sure=is_sure))
    return found


def _free(bases: Mapping[Key, Base], here: Here) -> Iterator[tuple[Key, Values]]:
    """The datasets of this source that no base belongs to."""
    for key in sorted(here.taken):
        base = bases.get(key)
        if key[0] != "datasets" or key in here.others or (base and not base.is_gone):
            continue
        ours = here.ours(key) or {}
        home = ours.get("source")
        if home.get("id") == here.source if isinstance(home, Mapping) else here.moving:
            yield key, ours


def _paired(mates: Mapping[Key, list[Key]], *, is_sure: bool) -> Iterator[tuple[Key, Key]]:
    given: set[Key] = set()
    for old, news in mates.items():
        left = [new for new in news if new not in given]
        is_only = len(news) == 1 and sum(news[0] in others for others in mates.values()) == 1
        if left and (is_sure or is_only):
            given.add(left[0])
            yield old, left[0]


def _identifier(old: Key, base: Group, ours: Group) -> bool:
    return said(base, "identifier") != "" and said(base, "identifier") == said(ours, "identifier")


def _former(old: Key, base: Group, ours: Group) -> bool:
    given = ours.get("formerly")
    formers = given if isinstance(given, list) else [given]
    ids = {each.rstrip("/").rpartition("/")[2] for each in formers if isinstance(each, str)}
    return _may_be(base, ours) and old[1] in ids


def _page(old: Key, base: Group, ours: Group) -> bool:
    pages = [said(home, "url") if isinstance(home := each.get("source"), Mapping) else "" for each in (base, ours)]
    return _may_be(base, ours) and pages[0] != "" and pages[0] == pages[1]


def _title(moving: bool, old: Key, base: Group, ours: Group) -> bool:
    titles = [comparable(said(each, "title")) for each in (base, ours)]
    # A dataset of the portal that is replaced does not say that it comes from there: one of the city's own may be called so.
    is_near = not moving or shares_a_file(base, ours) or says_the_same(base, ours)
    return _may_be(base, ours) and titles[0] != "" and titles[0] == titles[1] and is_near


def _may_be(base: Group, ours: Group) -> bool:
    """Whether their identifiers do not tell two apart."""
    told = {said(each, "identifier") for each in (base, ours)}
    return len(told - {""}) < 2


def left_behind(tree: Tree, sources: Collection[str],
                known: tuple[Mapping[Key, Values], Collection[Key]]) -> Iterator[tuple[str, Key, Base]]:
    """The bases under an id which no source has now, of what this source had under that id before; with their paths.

    `known`: what the source lists, and what the catalog has. Where this source lists most of the datasets under an id that are
    here, it is the same source, and all under that id is its own: also what it lists no longer, and what was deleted here.
    """
    theirs, taken = known
    identifiers = {said(values, "identifier") for values in theirs.values()} - {""}
    for source in sorted(_folders(tree) - {*sources}):
        bases, _ = read_bases(tree, source)
        ours = {key for key, base in bases.items() if key in taken and _is_listed(key, base, theirs, identifiers)}
        live = [key for key, base in bases.items() if key[0] == "datasets" and key in taken and not base.is_gone]
        is_all = 2 * sum(key in ours for key in live) > len(live)
        for key, base in bases.items():
            if is_all or key in ours:
                yield base_path(source, key), key, base


def _is_listed(key: Key, base: Base, theirs: Mapping[Key, Values], identifiers: Collection[str]) -> bool:
    same = theirs.get((key[0], base.theirs))
    identifier = said(base.values, "identifier")
    return identifier in identifiers or same is not None and not (identifier and said(same, "identifier")) \
        and comparable(said(same, "title")) == comparable(said(base.values, "title"))


def said(values: Mapping[str, Yaml], key: str) -> str:
    """The text under a key; an empty one where there is none."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _folders(tree: Tree) -> set[str]:
    paths = (node.path.split("/") for node in tree.nodes() if node.kind == "file")
    return {parts[1] for parts in paths if len(parts) == 4 and parts[0] == FOLDER}
