"""Which rows of an indicator are its total: those without a disaggregation, apart for each series and unit.

A blank cell means "all of them" (https://open-sdg.readthedocs.io/en/latest/data-format/).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from cityfolio.frozen import Frozen, field
from cityfolio.migrate.open_sdg.rows import Rows
from cityfolio.migrate.open_sdg.source import Indicator, groups_of
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import as_words

MOST = 12                         # measures of one indicator


class Total(Frozen, kw_only=True):
    """One line of the old site's chart: the rows of a series in a unit that stand for everything."""

    series: str = ""
    units: tuple[str, ...] = ()   # what its rows say in the columns of units
    multiplier: str = ""
    conditions: tuple[tuple[str, str], ...] = ()   # column, and what it holds; "" for nothing
    values: Mapping[str, Fraction] = field(default_factory=dict)   # period -> value
    repeated: tuple[str, ...] = ()   # periods with more than one row

    @property
    def expression(self) -> str:
        """Which rows are meant, as a measure writes it."""
        return " and ".join(f"{_column(name)} == {_text(value)}" if value else f"{_column(name)} is null"
                            for name, value in self.conditions)


def totals_of(indicator: Indicator, rows: Rows, ledger: Ledger) -> list[Total]:
    """The totals of an indicator, the one that the old site showed first in front."""
    roles = rows.table.roles
    chosen = dict.fromkeys(roles.groups, "")
    places = _places(rows, chosen)
    if not places and (begun := {name: value for name, value in _begun(indicator) if name in chosen}):
        chosen |= begun
        places = _places(rows, chosen)
        if places:
            ledger.note("doubtful", "(rows)", "no row without a disaggregation, so those that were shown first are measured",
                        "", "; ".join(f"{name}: {value}" for name, value in begun.items()))
    if not places:
        ledger.note("missing", "(rows)", "no row without a disaggregation that has a year and a value, so there is no measure")
        return []
    found = list(_divided(rows, places, chosen))
    first = dict(_begun(indicator))
    found.sort(key=lambda each: not all(value in (each.series, *each.units) for name, value in first.items()
                                        if name in (roles.series, *roles.units)))
    _told_of_others(rows, found, ledger)
    if len(found) > MOST:
        ledger.note("left-out", "(rows)", f"more than {MOST} series and units, of which the first are measured",
                    "; ".join(" ".join((each.series, *each.units)) for each in found[MOST:]))
    return found[:MOST]


def _places(rows: Rows, chosen: Mapping[str, str]) -> list[int]:
    """The rows with these values that can be measured."""
    columns = [(rows.table.header.index(name), value) for name, value in chosen.items()]
    return [number for number, row in enumerate(rows.table.rows) if rows.periods[number] and rows.numbers[number] is not None
            and all(row[at] == value for at, value in columns)]


def _divided(rows: Rows, places: list[int], chosen: Mapping[str, str]) -> Iterator[Total]:
    """A total for each series and unit. What is the same in the whole file need not be said."""
    roles, header = rows.table.roles, rows.table.header
    keys = [name for name in (roles.series, *roles.units, roles.multiplier) if name]
    divided = [name for name in keys if len(set(rows.table.column(name))) > 1]
    groups: dict[tuple[str, ...], list[int]] = {}
    for number in places:
        groups.setdefault(tuple(rows.table.rows[number][header.index(name)] for name in divided), []).append(number)
    for key, numbers in groups.items():
        told = dict(zip(divided, key, strict=True))
        row = rows.table.rows[numbers[0]]
        said = {name: row[header.index(name)] for name in keys}
        per_period = Counter(rows.periods[number] for number in numbers)
        yield Total(series=said.get(roles.series, ""), units=tuple(said[name] for name in roles.units if said[name]),
                    multiplier=said.get(roles.multiplier, ""), conditions=(*told.items(), *chosen.items()),
                    values={period: _mean(rows, numbers, period) for period in sorted(per_period)},
                    repeated=tuple(sorted(period for period, count in per_period.items() if count > 1)))


def _mean(rows: Rows, numbers: list[int], period: str) -> Fraction:
    found = [Fraction(value) for number in numbers
             if rows.periods[number] == period and (value := rows.numbers[number]) is not None]
    return sum(found, Fraction()) / len(found)


def _told_of_others(rows: Rows, found: list[Total], ledger: Ledger) -> None:
    """Name the series that have no total."""
    series = rows.table.roles.series
    others = set(rows.table.column(series)) - {each.series for each in found} if series else set()
    for name in sorted(others):
        ledger.note("missing", series, "a series without a total, so it has no measure; its rows came over", name)


def _begun(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """What the old site showed first: `data_start_values`, and what its own progress was computed from."""
    for group in (*groups_of(indicator.meta.get("data_start_values")), *(
            each for option in groups_of(indicator.meta.get("progress_calculation_options"))
            for each in groups_of(option.get("disaggregation")))):
        name, value = as_words(group.get("field")), as_words(group.get("value"))
        if name and value:
            yield name, value


def _column(name: str) -> str:
    return f"`{name}`"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
