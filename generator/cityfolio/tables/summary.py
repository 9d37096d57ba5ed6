"""The profile of one column: how full, how varied, and how its values are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Any, TypeVar

from cityfolio.model.profile import ColumnProfile, Count, Shape
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.columns import TypedColumn
from cityfolio.tables.gaps import gaps
from cityfolio.tables.histogram import bins
from cityfolio.tables.members import values_of
from cityfolio.tables.ordered import Ordered, ordered
from cityfolio.tables.scales import DAY, Positions, Scale, mean_text

TOP = 10
CATEGORY_SHARE, CATEGORY_LIMIT, CATEGORY_FEW = 0.2, 1_000, 10
SMALL = 1_000                # items that are sorted faster than searched
Key = TypeVar("Key", int, str)
Item = TypeVar("Item", int, str, tuple[int, int], tuple[int, str])
LENGTHS = Scale(kind="integer")


def column_profile(column: TypedColumn) -> ColumnProfile:
    """Sum up a column. Values that are not of its type count as filled and distinct, and are in no other figure."""
    if not column.counts:
        return ColumnProfile(name=column.name, type=column.type, shape="empty", rows=column.rows, filled=0, distinct=0)
    if column.type == "geometry":
        return ColumnProfile(name=column.name, type=column.type, shape="places", rows=column.rows, filled=column.filled,
                             distinct=len(column.counts))
    figures = _text_figures(column) if column.positions is None else _scale_figures(column, column.positions)
    return ColumnProfile(name=column.name, type=column.type, rows=column.rows, filled=column.filled, **figures)


# Any, below: keyword arguments of several types.


def _scale_figures(column: TypedColumn, positions: Positions) -> dict[str, Any]:
    scale = positions.scale
    weights = _weights(positions.of, column.counts)
    wrong = column.wrong
    shape = scale_shape(column.type, column.record)
    few = _few(weights)
    most = positions, _most(weights, few)
    figures: dict[str, Any] = {"shape": shape, "distinct": len(weights) + len(wrong), "top": _top(*most, column.counts, wrong)}
    if not weights:
        return figures
    if column.type == "boolean":
        return figures | {"minimum": scale.text(min(weights)), "maximum": scale.text(max(weights))}
    values = ordered(weights, few)
    least, greatest = positions.texts((values.at(0), values.at(values.rows - 1)))
    # Where offsets differ, what is shared out over days is shared out over the days that the rows name.
    clock = weights if positions.moments is None else _weights(positions.clock, column.counts)
    local = values if positions.moments is None else ordered(clock)
    days = days_of(clock, scale) if column.type in ("date", "datetime") else ()
    return figures | {"minimum": least, "maximum": greatest, **spread(values, local, scale, shape), "gaps": gaps(days)}


def spread(values: Ordered, local: Ordered, scale: Scale, shape: Shape) -> dict[str, Any]:
    """The figures of a column that has an order: its middle, its mean, its bars. `local` is by the clock as written."""
    figures: dict[str, Any] = {"quartiles": quartiles(local, scale)}
    if scale.kind in ("integer", "number"):
        figures["mean"] = mean_text(values.total, values.rows, scale.decimals)
    return figures if shape == "categories" else figures | {"bins": bins(local, scale)}


def days_of(places: Iterable[int], scale: Scale) -> set[int]:
    """The days of dates, and of dates with times, counted from 0001-01-01 as day 1."""
    return set(places) if scale.kind == "date" else {place // DAY + 1 for place in places}


def scale_shape(kind: ColumnType, record: ColumnRecord) -> Shape:
    """How the values of a type with an order are drawn."""
    # Codes with a meaning each are categories, also when they are written as numbers.
    if kind == "boolean" or record.values:
        return "categories"
    return "numbers" if kind in ("integer", "number") else "dates"


def _text_figures(column: TypedColumn) -> dict[str, Any]:
    counts = column.counts
    distinct = len(counts)
    lengths = _lengths(counts, column.filled)
    is_category = bool(column.record.values) or distinct <= CATEGORY_FEW or (
        distinct < CATEGORY_LIMIT and distinct <= CATEGORY_SHARE * column.filled)
    few = _few(counts)
    figures: dict[str, Any] = {
        "shape": "categories" if is_category else "text", "distinct": distinct,
        "minimum": few[0] if few else min(counts), "maximum": few[-1] if few else max(counts),
        "top": _counts(_most(counts, few)), "shortest": min(lengths), "longest": max(lengths),
    }
    return figures if is_category else figures | {"bins": bins(ordered(lengths), LENGTHS)}


def _lengths(counts: Mapping[str, int], filled: int) -> Mapping[int, int]:
    """Rows by length."""
    if len(counts) == filled:
        return Counter(map(len, counts))
    return _weights(dict(zip(counts, map(len, counts), strict=True)), counts)


def _weights(places: Mapping[str, int], counts: Mapping[str, int]) -> dict[int, int]:
    """Rows by position; texts such as 1 and 1.0 may share one."""
    # Places are in the order of the counts, so that where none is missing the two can be read side by side.
    rows = counts.values() if len(places) == len(counts) else map(counts.__getitem__, places)
    weights = dict(zip(places.values(), rows, strict=True))
    if len(weights) == len(places):
        return weights
    weights = dict.fromkeys(weights, 0)
    for text, place in places.items():
        weights[place] += counts[text]
    return weights


def _top(positions: Positions, most: Sequence[tuple[int, int]], counts: Mapping[str, int],
         wrong: list[str]) -> tuple[Count, ...]:
    """The commonest values of a type, with the wrong texts after right ones that are as common."""
    shown = positions.texts([place for place, _ in most])
    right = _counts([(text, rows) for text, (_, rows) in zip(shown, most, strict=True)])
    if not wrong:
        return right
    others = _counts(_most({text: counts[text] for text in wrong}))
    return tuple(sorted([*right, *others], key=lambda each: -each.rows)[:TOP])


def _counts(most: Sequence[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(values_of(Count, {"value": [text for text, _ in most], "rows": [rows for _, rows in most]}))


def _few(counts: Mapping[Key, int]) -> Sequence[Key]:
    """The keys in order, where they are few; they are put in order once for all that is read from them."""
    return sorted(counts) if len(counts) < SMALL else ()


def _most(counts: Mapping[Key, int], few: Sequence[Key] = ()) -> list[tuple[Key, int]]:
    """The ten keys with most rows, most first, then in order of the keys: those of `few`, where that is given."""
    if few:
        # Keys with as many rows stay as they are, which is in order.
        return [(key, counts[key]) for key in sorted(few, key=counts.__getitem__, reverse=True)[:TOP]]
    if len(counts) <= TOP:
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = sorted(counts.values(), reverse=True)
    if rows[0] == 1:
        return [(key, 1) for key in _first(counts)]
    # Only what can be among the first ten is put in order: in a large column that is little.
    least = rows[TOP - 1]
    return [(key, -rows) for rows, key in _first([(-rows, key) for key, rows in counts.items() if rows >= least])]


def _first(items: Collection[Item]) -> list[Item]:
    return sorted(items)[:TOP] if len(items) < SMALL else nsmallest(TOP, items)


def quartiles(values: Ordered, scale: Scale) -> tuple[str, str, str]:
    """The values below which 25, 50 and 75% lie, by linear interpolation (Hyndman and Fan 1996, type 7)."""
    first, second, third = (_quartile(values, scale, quarters) for quarters in (1, 2, 3))
    return first, second, third


def _quartile(values: Ordered, scale: Scale, quarters: int) -> str:
    rank, rest = divmod((values.rows - 1) * quarters, 4)
    low = values.at(rank)
    return scale.between(low, values.at(rank + 1) if rest else low, rest)
