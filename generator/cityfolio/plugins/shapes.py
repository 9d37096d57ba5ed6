"""Whether values of plugins are of the types that were declared for them: Python itself does not look."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cityfolio.frozen import Frozen
from cityfolio.plugins.texts import a_kind, is_text

DEEPEST = 12


class Shapes(Frozen):
    """Looks whether values are of the types that were declared for them; those that are known, by identity, need no look."""

    known: frozenset[int] = frozenset()

    def misfits(self, value: object, hint: Any, at: str, depth: int = 0) -> Iterator[str]:  # Any: a type, as it was written
        """What is not as it was declared, named by the way to it."""
        if id(value) in self.known or depth > DEEPEST or hint is Any:
            return
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            if not any(next(self.misfits(value, each, at, depth), None) is None for each in inner):
                yield f"{at} is {a_kind(value)}"
        elif origin is Literal:
            yield from () if value in inner else (f"{at} is {value!r}",)
        elif isinstance(origin or hint, type) and not isinstance(value, origin or hint):
            yield f"{at} is {a_kind(value)}"
        elif isinstance(value, str) and not is_text(value):
            yield f"{at} holds half a character"
        elif isinstance(value, tuple) and inner:
            parts = ((each, inner[0]) for each in value) if inner[-1:] == (...,) else zip(value, inner, strict=False)
            yield from self._each(parts, at, depth)
        elif isinstance(value, Mapping) and len(inner) == 2:
            yield from self._each(((each, inner[1]) for each in value.values()), at, depth)
        elif isinstance(value, AbstractSet) and inner:
            yield from self._each(((each, inner[0]) for each in value), at, depth)
        elif is_dataclass(value) and not isinstance(value, type):
            hints = _hints(type(value))
            yield from self._each(((getattr(value, name), each) for name, each in hints.items()), at, depth, tuple(hints))

    def _each(self, parts: Iterable[tuple[object, Any]], at: str, depth: int,  # Any: as above
              names: tuple[str, ...] = ()) -> Iterator[str]:
        for number, (value, hint) in enumerate(parts):
            yield from self.misfits(value, hint, f"{at}.{names[number]}".lstrip(".") if names else f"{at}[{number}]", depth + 1)


@lru_cache(maxsize=256)
def _hints(kind: type) -> Mapping[str, Any]:  # Any: types, as they were written
    try:
        every = get_type_hints(kind)
    except NameError:      # named for type checkers alone
        return {}
    return {each.name: every[each.name] for each in fields(kind)}
