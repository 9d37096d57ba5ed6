"""Two records of one type compared, key by key as `model.keys` declares them: what was added, removed, changed, put elsewhere.

Nothing here knows what a key means. How a file is written, in which order and with which comments, makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Protocol

from cityfolio.frozen import Frozen, replace
from cityfolio.load.loaded import Sourced
from cityfolio.load.yaml import Scalar
from cityfolio.model import keys as k
from cityfolio.model.frequency import Frequency
from cityfolio.model.keys import keys_of
from cityfolio.model.said import Said

NOWHERE = 1_000_000                # a place of a list that no list has
How = Literal["added", "removed", "changed", "reordered"]
Place = tuple[str | int, ...]
# Lists whose order a reader of the site meets. Of the others only what is in them counts.
ORDERED = frozenset({"languages", "files", "questions", "charts", "standards", "by", "levels"})
# By which of its keys an entry of a list is known, the first that it has.
NAMES = ("path", "url", "sample", "missing", "id", "until", "period", "title", "question", "what", "kind", "by", "date", "says",
         "standard", "value")


class At(Frozen, kw_only=True):
    """Where two records that are compared stand in their documents."""

    names: tuple[str, ...] = ()
    before: Place = ()
    after: Place = ()

    def entry(self, name: str, before: str | int, after: str | int) -> At:
        """One step further in, with a word for it; NOWHERE where it is not there."""
        return At(names=(*self.names, name), before=(*self.before, before), after=(*self.after, after))


class Difference(Frozen, kw_only=True):
    """A key that is otherwise than it was. `before` and `after` are as a person would write them; "" where there is nothing."""

    record: type                    # whose key it is
    key: str
    at: At                          # what leads to it
    how: How
    before: str = ""
    after: str = ""
    entry: str = ""                 # of a map: the name of the entry

    @property
    def part(self) -> str:
        """What leads to it, in words: "files/trees.csv/title"."""
        return "/".join(self.at.names)


def compared(before: Any, after: Any, at: At = At(), but: frozenset[str] = frozenset()) -> Iterator[Difference]:
    """Each key of two records of one type that differs, except some. Any: every record type is compared alike."""
    record: type = type(after)
    for name, declared in _keys(record).items():
        if name not in but:
            yield from _Asked(record, name, at.entry(name, name, name)).compared(
                declared.kind, getattr(before, name), getattr(after, name))


@cache
def _keys(record: Any) -> Mapping[str, k.Key]:   # Any: a type, which not every checker knows to be hashable
    return keys_of(record)


class _Asked(Frozen):
    """One key of two records."""

    record: type
    key: str
    at: At

    def compared(self, kind: k.Kind, before: Any, after: Any) -> Iterator[Difference]:   # Any: as the kind says
        if before == after and not isinstance(kind, k.ListOf):
            return
        match kind:
            case k.Record() if before is not None and after is not None:
                yield from compared(before, after, self.at)
            case k.ListOf(kind=k.Record()):
                yield from self.entries(before, after)
            case k.ListOf():
                yield from self.members(before, after)
            case k.MapOf(kind=inner):
                yield from self.map(inner, before, after)
            case _:
                yield self.told(before, after)

    def told(self, before: Any, after: Any, *, how: How | None = None, at: At | None = None,
             entry: str = "") -> Difference:   # Any: as the kind says
        place = at or self.at
        texts = shown(before), shown(after)
        how = how or ("added" if not texts[0] else "removed" if not texts[1] else "changed")
        return Difference(record=self.record, key=self.key, at=place, how=how, before=texts[0], after=texts[1], entry=entry)

    def members(self, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:   # Any: as the kind says
        """A list of plain values: what it holds that it did not hold, and the other way round."""
        gone = [each for each in before if each not in after]
        come = [each for each in after if each not in before]
        if gone or come:
            yield self.told(gone, come, how="added" if not before else "removed" if not after else "changed")
        elif self.key in ORDERED and list(before) != list(after):
            yield self.told(before, after, how="reordered")

    def map(self, inner: k.Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
        """Names of the city's own, each with a value. Any: as the kind says."""
        for name in [*before, *(each for each in after if each not in before)]:
            at = self.at.entry(name, name, name)
            if name not in after:
                yield self.told(_whole(before[name]), "", how="removed", at=at, entry=name)
            elif name not in before:
                yield self.told("", _whole(after[name]), how="added", at=at, entry=name)
            elif isinstance(inner, k.Record) and before[name] != after[name]:
                yield from compared(before[name], after[name], at)
            elif before[name] != after[name]:
                yield self.told(before[name], after[name], how="changed", at=at, entry=name)

    def entries(self, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:   # Any: records of one type
        """A list of records: each known by what is the same in it, by its name, or by where it stands."""
        pairs = paired(before, after)
        for one, two in pairs:
            record = after[two] if two is not None else before[one or 0]
            name = name_of(record) or str((two if two is not None else one or 0) + 1)
            at = self.at.entry(name, NOWHERE if one is None else one, NOWHERE if two is None else two)
            if two is None:
                yield self.told(_whole(record), "", how="removed", at=at)
            elif one is None:
                yield self.told("", _whole(record), how="added", at=at)
            else:
                yield from compared(before[one], after[two], at)
        kept = [one for one, two in sorted(pairs, key=lambda pair: -1 if pair[1] is None else pair[1])
                if one is not None and two is not None]
        if self.key in ORDERED and kept != sorted(kept):
            yield self.told([name_of(each) for each in before], [name_of(each) for each in after], how="reordered")


def paired(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Which entry of a list is which of another: those that are equal, then those of one name, then those left at one place.

    An entry that is in one list alone is paired with None. Any: records of one type.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for is_one in _LIKENESSES:
        for two in range(len(after)):
            free = (one for one in range(len(before)) if one not in taken)
            candidates = (one for one in free if is_one(before[one], after[two], at_one_place=one == two))
            if two not in found and (one := next(candidates, None)) is not None:
                found[two] = one
                taken.add(one)
    pairs: list[tuple[int | None, int | None]] = [(one, None) for one in range(len(before)) if one not in taken]
    return [*pairs, *((found.get(two), two) for two in range(len(after)))]


def _is_equal(before: Any, after: Any, *, at_one_place: bool) -> bool:   # Any: records of one type
    return bool(before == after)


def _is_namesake(before: Any, after: Any, *, at_one_place: bool) -> bool:   # Any: records of one type
    return name_of(before) == name_of(after) != ""


def _is_like(before: Any, after: Any, *, at_one_place: bool) -> bool:   # Any: records of one type
    """Whether two records at one place have more in common than not."""
    said = [each.name for each in fields(after) if getattr(before, each.name) or getattr(after, each.name)]
    return at_one_place and 2 * sum(getattr(before, name) == getattr(after, name) for name in said) >= len(said)


class _Likeness(Protocol):
    def __call__(self, before: Any, after: Any, *, at_one_place: bool) -> bool: ...   # Any: records of one type


_LIKENESSES: tuple[_Likeness, ...] = (_is_equal, _is_namesake, _is_like)


def name_of(record: Any) -> str:   # Any: a record of any type
    """What an entry of a list is known by; "" where it has no name."""
    texts = (shown(getattr(record, name, None)) for name in NAMES)
    return next(filter(None, texts), "")


def shown(value: Any) -> str:   # Any: whatever a key may hold
    """A value as a person would write it."""
    if value is None or value in ((), [], {}):
        return ""
    match value:
        case bool():
            return "true" if value else "false"
        case Said() if len(value.texts) > 1:
            return ", ".join(f"{language}: {text}" for language, text in value.texts.items())
        case str():
            return value
        case Frequency():
            return value.word
        case k.Span():
            return f"{value.number} {value.unit}{'s' * (value.number != 1)}"
        case date():
            return value.isoformat()
        case Mapping():
            return ", ".join(f"{name}: {shown(each)}" for name, each in value.items())
        case list() | tuple():
            return ", ".join(f"({shown(each)})" if is_dataclass(each) else shown(each) for each in value)
        case _ if is_dataclass(value):
            texts = {each.name: shown(getattr(value, each.name)) for each in fields(value)}
            return ", ".join(f"{name}: {text}" for name, text in texts.items() if text and text != "false")
        case _:
            return str(value)


def _whole(value: Any) -> str:   # Any: an entry of a list or a map
    return shown(value) or "(nothing more is said)"


def as_written(before: Sourced[Any], after: Sourced[Any], difference: Difference) -> Difference:
    """With a value that was refused as it stands in its file: a wrong date is not the same as no date. Any: a record type."""
    sides = {"before": before.document.value(*difference.at.before), "after": after.document.value(*difference.at.after)}
    texts = {side: value.text for side, value in sides.items()
             if not getattr(difference, side) and isinstance(value, Scalar) and value.text}
    if not texts:
        return difference
    changed = replace(difference, **texts)   # type: ignore[arg-type]   # they are its texts
    return replace(changed, how="changed") if changed.before and changed.after else changed
