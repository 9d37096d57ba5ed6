"""Which of the datasets that a source does not bring any more are gone there: a record that is broken may be one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cityfolio.files import Tree
from cityfolio.migrate.harvest.brought import FOLDER, Base
from cityfolio.migrate.harvest.moves import said
from cityfolio.migrate.imported import Missed
from cityfolio.migrate.values.names import comparable, slug
from cityfolio.problems import Problem, stops


def is_cut_short(problems: Iterable[Problem], missed: Iterable[Missed]) -> bool:
    """Whether something could not be read that is more than one record: datasets may be in it."""
    places = {each.place for each in missed}
    return stops([each for each in problems if each.where.path not in places], strict=False)


def names_of(missed: Iterable[Missed]) -> frozenset[str]:
    """What the records call themselves that stand in the list and could not come over, as `stands` compares it."""
    names = {name for each in missed for name in each.names}
    return frozenset({*names, *(slug(name, "datasets") for name in names), *map(_title, names)})


def stands(base: Base, names: frozenset[str]) -> bool:
    """Whether a dataset stands in the list as a record that could not come over this time."""
    identifier = said(base.values, "identifier")
    other = identifier or _title(said(base.values, "title"))
    return base.theirs in names or bool(other) and other in names


def _title(given: str) -> str:
    # Apart from identifiers, which titles may look like.
    return f"title: {comparable(given)}" if given else ""


def nameless(missed: Iterable[Missed]) -> int:
    """How many records say nothing of what they are."""
    return sum(not each.names for each in missed)


def nameless_path(source: str) -> str:
    """Where the catalog keeps how many of a source's records said nothing of what they are."""
    return f"{FOLDER}/{source}/nameless.json"


def nameless_text(count: int) -> str:
    """The number as its file holds it."""
    return json.dumps({"records": count}) + "\n"


def read_nameless(tree: Tree, source: str) -> int:
    """How many there were the last time; none, where that is not known: then nothing is taken for gone this time."""
    try:
        told = json.loads(tree.read(nameless_path(source)))
    except (OSError, KeyError, ValueError, RecursionError):
        return 0
    count = told.get("records") if isinstance(told, dict) else None
    return count if isinstance(count, int) else 0
