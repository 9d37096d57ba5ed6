"""What riders call the stops and the routes of a feed, and which of its tables they are in."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.plugins import ExportColumn

# What a table has to have, and that of which it has one at least.
STOP = (frozenset({"stop_id"}), frozenset({"stop_name"}))
ROUTE = (frozenset({"route_id"}), frozenset({"route_short_name", "route_long_name"}))
Names = tuple[frozenset[str], frozenset[str]]
Row = Mapping[str, object]


def is_of(names: Names, columns: tuple[ExportColumn, ...]) -> bool:
    """Whether a table is one of stops, or of routes, by the names that the reference of GTFS gives to their columns."""
    own = {each.name for each in columns}
    return names[0] <= own and not names[1].isdisjoint(own)


def name_of_stop(row: Row) -> str:
    """What stands on the sign of a stop."""
    return said(row, "stop_name")


def name_of_route(row: Row) -> str:
    """What stands on the bus, and where it goes: "9 Central Avenue"."""
    return " ".join(filter(None, (said(row, "route_short_name"), said(row, "route_long_name"))))


def said(row: Row, column: str) -> str:
    """What a row has in a column; "" for nothing, also where there is no such column."""
    value = row.get(column)
    return "" if value is None else str(value).strip()
