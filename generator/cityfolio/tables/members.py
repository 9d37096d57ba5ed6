"""Values of a type with slots, set member by member: what its `__init__` does, at the speed of the interpreter's own loops.

A table has dozens of small values of a few types.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any, TypeVar

from cityfolio.model.profile import Bin, ColumnProfile, Count, Gap

# Any, below: members are of several types.
Value = TypeVar("Value")
# What sets each member.
SETS: Mapping[type, Mapping[str, Callable[[Any, Any], None]]] = {
    kind: {each.name: vars(kind)[each.name].__set__ for each in fields(kind)} for kind in (Bin, ColumnProfile, Count, Gap)
}


def values_of(kind: type[Value], members: Mapping[str, Sequence[Any]]) -> list[Value]:
    """Values of a type, given by its members, each of all values. Raises ValueError for others than it has."""
    count = len(next(iter(members.values())))
    made: list[Value] = list(map(object.__new__, repeat(kind, count)))
    if members.keys() != SETS[kind].keys() or any(len(each) != count for each in members.values()):
        raise ValueError("these are not the members of that type")
    for name, given in members.items():
        deque(map(SETS[kind][name], made, given), maxlen=0)
    return made
