"""Values that never change, which a build makes by the hundred thousand, at a tenth of what a frozen dataclass costs.

They are structs of msgspec: their classes are defined in C, and so are their values made, compared and replaced. To whoever
looks at values of any type they are dataclasses still: `fields`, `is_dataclass`, `replace` and `asdict` of `dataclasses` know
them, and so does orjson. What is imported where nothing is to be built stays one: importing msgspec takes longer than it saves.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, dataclass_transform

from msgspec import NODEFAULT, Struct, field
from msgspec.structs import replace as _replaced

__all__ = ["Frozen", "field", "replace"]


class _AsDataclass:
    """What the module `dataclasses` asks of a class. It is made when it is first asked for: of most classes it never is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, value: Frozen | None, kind: type[Frozen]) -> Any:     # Any: whatever dataclasses have there
        alike = _alike(kind)
        for name in _ASKED:
            setattr(kind, name, getattr(alike, name))
        return getattr(alike, self.name)


_ASKED = {name: _AsDataclass(name) for name in ("__dataclass_fields__", "__dataclass_params__")}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True):
    """A value whose members cannot be set. With `kw_only=True` they are given by name alone, as in a dataclass.

    With `gc=False` Python does not look through its values for what holds itself: of those that there are by the hundred
    thousand, and that hold nothing that could lead back to them, each takes 16 bytes less.
    """

    def __init_subclass__(cls, **options: Any) -> None:     # Any: they are msgspec's, which has read them
        super().__init_subclass__()
        # Each class has its own: what was made for one is not of those that are derived from it, and orjson looks there alone.
        for name, asked in _ASKED.items():
            setattr(cls, name, asked)


def _alike(kind: type[Frozen]) -> type:
    """A dataclass of the same members, for what it tells of them."""
    types = {name: each for base in reversed(kind.__mro__) for name, each in getattr(base, "__annotations__", {}).items()}
    without = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
    defaults = dict(zip(kind.__struct_fields__, (NODEFAULT,) * without + kind.__struct_defaults__, strict=True))
    told = {name: _told(default, is_named=name not in kind.__match_args__) for name, default in defaults.items()}
    # No method of it is ever called, and a docstring would be made of its signature.
    space = {**told, "__annotations__": {name: types[name] for name in told}, "__module__": kind.__module__, "__doc__": " "}
    return dataclasses.dataclass(init=False, repr=False, eq=False)(type(kind.__name__, (), space))


def _told(default: Any, *, is_named: bool) -> Any:      # Any: a member's default is of its type; mypy takes fields for theirs
    if default is NODEFAULT:
        return dataclasses.field(kw_only=is_named)
    if isinstance(default, _FACTORY):
        return dataclasses.field(default_factory=default.factory, kw_only=is_named)
    return dataclasses.field(default=default, kw_only=is_named)


class _WithFactory(Frozen):
    made: list[None] = field(default_factory=list)


_FACTORY: Any = type(_WithFactory.__struct_defaults__[0])       # Any: msgspec gives it no name that is public


if TYPE_CHECKING:
    from dataclasses import replace
else:
    def replace(value: Any, /, **changes: Any) -> Any:      # Any: to a type checker it is the one of dataclasses
        """A value with other members, as `dataclasses.replace`, and in less time where it is one of these."""
        return _replaced(value, **changes) if isinstance(value, Struct) else dataclasses.replace(value, **changes)
