"""One total of an indicator as a measure: computed from the rows of its dataset, with what should be reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cityfolio.frozen import Frozen
from cityfolio.migrate.open_sdg.goals import target_number
from cityfolio.migrate.open_sdg.rows import Rows
from cityfolio.migrate.open_sdg.source import Indicator, Site
from cityfolio.migrate.open_sdg.targets import breaks_of, decimals_of, targets_of, titled
from cityfolio.migrate.open_sdg.totals import Total
from cityfolio.migrate.report import Ledger, RecordReport
from cityfolio.migrate.values.html_text import as_markdown_text
from cityfolio.migrate.values.names import slug
from cityfolio.migrate.values.texts import fitted, limit_of, markdown
from cityfolio.migrate.yaml.text import carried, record_text
from cityfolio.model.keys import keys_of
from cityfolio.model.performance import ComputeRecord, MeasureRecord

PERCENT = re.compile(r"(?:%|percent(?:age)?|per cent|proportion)(?: ?\(%\))?", re.IGNORECASE)
NO_UNIT = frozenset({"units", "unit", "number", "none", ""})   # "how many" in words that say nothing more
GROUPED = ("a disaggregation, whose rows are in the dataset; they are totals of their own, so a measure of the whole cannot be "
           "computed by it")


class Place(Frozen, kw_only=True):
    """Where a measure stands."""

    id: str
    dataset: str
    goal: str
    order: int
    title: str                    # of the indicator
    is_one_of_several: bool


def measured(indicator: Indicator, site: Site, rows: Rows, total: Total, place: Place) -> tuple[str, RecordReport] | str:
    """The text and the report of a measure; or why there can be none."""
    ledger = Ledger()
    where = total.expression
    if len(where) > _longest("where") or "\n" in where or any("`" in name for name, _ in total.conditions):
        return "a condition that is too long or has characters that no measure can hold"
    title = _title(indicator, total, place)
    ledger.note("doubtful", "type", "the kind of measure is not told", "", "outcome")
    unit, notes = _unit(indicator, total, ledger)
    if total.repeated:
        ledger.note("doubtful", "(rows)", "several rows of one period, of which the mean is taken",
                    ", ".join(total.repeated))
    for name in rows.table.roles.groups:
        if name not in dict(total.conditions) or not dict(total.conditions)[name]:
            ledger.note("noted", name, GROUPED, name, f"datasets/{place.dataset}")
    target = target_number(indicator)
    words = indicator.words("target_name") or indicator.words("target")
    notes["Target"] = target if not words or site.is_key(words) else f"{target}: {words}"
    values: dict[str, Any] = {    # Any: text, lists and groups of it
        "title": fitted(carried(title), MeasureRecord, "title", ledger), "description": _description(indicator, ledger),
        "goal": place.goal, "type": "outcome", "unit": unit, "decimals": decimals_of(indicator, total),
        "period": {"grain": rows.grain},
        "compute": {"dataset": place.dataset, "where": where, "date": rows.dated, "mean": rows.measured},
        **targets_of(indicator, total, rows.grain, ledger),
        "breaks": breaks_of(indicator, total, ledger), "order": str(place.order), "notes": notes,
        "formerly": [*site.addresses(indicator)] if place.id == indicator.id else [],
    }
    came = tuple(key for key, value in values.items() if value)
    report = RecordReport(source=indicator.place, path=f"measures/{place.id}/measure.yaml", came=came,
                          entries=tuple(ledger.entries))
    return record_text(MeasureRecord, values), report


def name_of(indicator: Indicator, total: Total, others: Sequence[Total]) -> str:
    """What a total is called apart from others of its indicator: by its series, and by its unit where that is not enough."""
    is_enough = sum(each.series == total.series for each in others) == 1
    return slug(" ".join((indicator.id, total.series, *(() if is_enough else _units(total)))), "measures")


def _title(indicator: Indicator, total: Total, place: Place) -> str:
    if not place.is_one_of_several:
        return place.title
    apart = ", ".join(each for each in (total.series, *_units(total)) if each)
    return titled(indicator, total) or (f"{place.title}: {apart}" if apart else place.title)


def _units(total: Total) -> list[str]:
    """The words of its units that say something."""
    return [each for each in total.units if each.casefold() not in NO_UNIT]


def _unit(indicator: Indicator, total: Total, ledger: Ledger) -> tuple[str, dict[str, str]]:
    """The unit, and a note with the whole of it where its key is too short."""
    told = ", ".join(_units(total)) or indicator.words("computation_units") or next(iter(total.units), "")
    if not told:
        ledger.note("missing", "computation_units", "no unit")
        told = "units"
    if PERCENT.fullmatch(told) and all(0 <= value <= 100 for value in total.values.values()):
        unit = "percent"
    else:
        unit = " ".join(told.split())
    if total.multiplier and total.multiplier.casefold() not in NO_UNIT:
        unit = f"{total.multiplier.lower()} of {unit}" if unit != "percent" else unit
    short = fitted(carried(unit), MeasureRecord, "unit", ledger)
    return short, {} if short == unit else {"Unit": unit}


def _description(indicator: Indicator, ledger: Ledger) -> str:
    field = "national_indicator_description"
    text = as_markdown_text(indicator.words(field), Ledger(), field)   # the dataset's account tells what was mended
    return markdown(carried(text)[:limit_of(MeasureRecord, "description") - 2], ledger, field) if text else ""


def _longest(key: str) -> int:
    kind: Any = keys_of(ComputeRecord)[key].kind   # Any: an expression, which has a longest length
    return int(kind.max_length)

