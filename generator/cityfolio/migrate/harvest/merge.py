"""Three states of one record brought together: as it last came in, as it comes now, and as the catalog has it.

What changed on one side only is taken from that side. What both sides changed in different ways is a conflict: the catalog
keeps its own, and the conflict comes up again until somebody makes the two alike or settles it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cityfolio.frozen import Frozen
from cityfolio.migrate.yaml.changes import Path
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.keys import Kind, ListOf, MapOf, Record, keys_of

Maybe: TypeAlias = "Yaml | None"  # None: it is not there
Values = dict[str, Yaml]
Group = Mapping[str, Yaml]


class Conflict(Frozen, kw_only=True):
    """A value that the source and the catalog changed in different ways."""

    path: Path                    # in the catalog's record
    theirs: Maybe
    ours: Maybe


class Merged(Frozen, kw_only=True):
    """What a record should hold now."""

    values: dict[str, Yaml]
    base: dict[str, Yaml]         # what to compare with the next time
    taken: tuple[Path, ...] = ()  # values that changed at the source alone
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Mapping[str, Yaml], theirs: Mapping[str, Yaml], ours: Mapping[str, Yaml], record: type) -> Merged:
    """Bring three states of a record together."""
    merging = _Merging()
    values, kept = merging.group((), (base, theirs, ours), Record(record))
    return Merged(values=values, base=kept, taken=tuple(merging.taken), conflicts=tuple(merging.conflicts))


def alike(one: Maybe, other: Maybe) -> bool:
    """Whether two values say the same to a reader of the catalog: spaces at the ends of a text say nothing."""
    return _bare(one) == _bare(other)


def _bare(value: Maybe) -> object:
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    if isinstance(value, Mapping):
        return {key: bare for key, each in value.items() if (bare := _bare(each)) is not None} or None
    return [bare for each in value if (bare := _bare(each)) is not None] or None


@dataclass(slots=True)
class _Merging:
    """Collects what was taken and what conflicts on the way down."""

    taken: list[Path] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def value(self, path: Path, three: tuple[Maybe, Maybe, Maybe], kind: Kind | None) -> tuple[Maybe, Maybe]:
        """What the catalog should hold, and what to compare with the next time."""
        base, theirs, ours = three
        if isinstance(kind, ListOf):
            # A single value stands for a list of one, in the catalog too; it is left as it is written.
            base, theirs = [*_listed(base)] or None, [*_listed(theirs)] or None
        here = [*_listed(ours)] if isinstance(kind, ListOf) else ours
        if alike(theirs, here):
            return ours, theirs
        if alike(theirs, base):
            return ours, base
        if alike(here, base):
            self.taken.append(path)
            return theirs, theirs
        if isinstance(theirs, Mapping) and isinstance(ours, Mapping):
            return self.group(path, (base if isinstance(base, Mapping) else {}, theirs, ours), kind)
        if isinstance(kind, ListOf) and theirs is not None and ours is not None:
            listed = (_listed(base), _listed(theirs), _listed(ours))
            if isinstance(kind.kind, Record):
                return self.groups(path, listed, kind.kind)
            return self.words(path, listed)
        self.conflicts.append(Conflict(path=path, theirs=theirs, ours=ours))
        return ours, base

    def group(self, path: Path, three: tuple[Group, ...], kind: Kind | None) -> tuple[Values, Values]:
        """A group of keys, key by key; those that only the source has stand behind the others."""
        base, theirs, ours = three
        values: Values = {}
        kept: Values = {}
        for key in dict.fromkeys((*ours, *theirs, *base)):
            value, below = self.value((*path, key), (base.get(key), theirs.get(key), ours.get(key)), _kind_of(kind, key))
            if value is not None:
                values[key] = value
            if below is not None:
                kept[key] = below
        return (values if isinstance(kind, Record) else _in_order_of(theirs, ours, values)), kept

    def words(self, path: Path, three: tuple[Sequence[Yaml], ...]) -> tuple[Maybe, Maybe]:
        """A list of texts, as a set: what the source added or took away since the last time is added or taken away here."""
        base, theirs, ours = three
        values = [each for each in ours if each not in base or each in theirs]
        values += [each for each in theirs if each not in base and each not in values]
        if values != list(ours):
            self.taken.append(path)
        return values or None, list(theirs)

    def groups(self, path: Path, three: tuple[Sequence[Yaml], ...], kind: Record) -> tuple[Maybe, Maybe]:
        """A list of groups, each known again by its address or title."""
        base, theirs, ours = three
        in_theirs, in_base = _found_again(theirs, ours), _found_again(base, ours)
        base_of = _found_again(base, theirs)
        # One that both sides changed, each in another way, is known again by what it was before.
        of_base = {old: number for number, old in base_of.items()}
        for number, old in in_base.items():
            if number not in in_theirs and old in of_base and of_base[old] not in in_theirs.values():
                in_theirs[number] = of_base[old]
        values: list[Yaml] = []
        kept: dict[int, Yaml] = {}
        behind: list[Yaml] = []       # what is gone at the source and was changed here
        for number, each in enumerate(ours):
            mate = in_theirs.get(number)
            before = base[in_base[number]] if number in in_base else None
            value, below = self.value((*path, number), (before, None if mate is None else theirs[mate], each), kind)
            values += [value] if value is not None else []
            if mate is not None and below is not None:
                kept[mate] = below
            elif below is not None:
                behind.append(below)
        for number, each in enumerate(theirs):
            if number in in_theirs.values():
                continue
            before = base[base_of[number]] if number in base_of else None
            value, below = self.value((*path, len(values)), (before, each, None), kind)
            values += [value] if value is not None else []
            if below is not None:
                kept[number] = below
        return values or None, [*(kept[number] for number in sorted(kept)), *behind] or None


def _in_order_of(theirs: Group, ours: Group, values: Values) -> Values:
    """The names of a city's own choosing, such as columns, with new ones where the source has them."""
    order = [*ours]
    previous = -1
    for key in theirs:
        if key in order:
            previous = order.index(key)
        else:
            previous += 1
            order.insert(previous, key)
    return {key: values[key] for key in order if key in values}


def _kind_of(kind: Kind | None, key: str) -> Kind | None:
    if isinstance(kind, Record):
        declared = keys_of(kind.type).get(key)
        return declared.kind if declared else None
    return kind.kind if isinstance(kind, MapOf) else None


def _listed(value: Maybe) -> Sequence[Yaml]:
    return () if value is None or value == "" else (value,) if isinstance(value, str | Mapping) else value


def _found_again(among: Sequence[Yaml], items: Sequence[Yaml]) -> dict[int, int]:
    """For each item the number of the one that is the same thing in another list, where there is one."""
    found: dict[int, int] = {}
    for key in ("path", "url", "title", None):
        for number, item in enumerate(items):
            if number not in found:
                free = (other for other in range(len(among)) if other not in found.values())
                mate = next((other for other in free if _share(item, among[other], key)), None)
                if mate is not None:
                    found[number] = mate
    return found


def _share(one: Yaml, other: Yaml, key: str | None) -> bool:
    if key is None or not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return alike(one, other)
    return _bare(one.get(key)) is not None and alike(one.get(key), other.get(key))
