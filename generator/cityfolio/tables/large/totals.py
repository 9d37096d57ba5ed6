"""What a tally comes to: the profile of a column, and the values in it that stand in an earlier row too."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cityfolio.frozen import replace
from cityfolio.model.profile import ColumnProfile, Count
from cityfolio.tables.columns import of_counts, settled
from cityfolio.tables.constraints import SHOWN_ROWS, UNIQUE_FIX, UNIQUE_WORDS, Fault
from cityfolio.tables.exports.formulas import is_formula_like
from cityfolio.tables.gaps import gaps
from cityfolio.tables.histogram import bins
from cityfolio.tables.large.arrays import ArrayOrdered, ordered_array
from cityfolio.tables.large.checks import WITHOUT_SCALE, Treatment
from cityfolio.tables.large.tally import Tally
from cityfolio.tables.ordered import ordered
from cityfolio.tables.scales import DAY, Scale
from cityfolio.tables.summary import LENGTHS, TOP, column_profile, scale_shape, spread


def next_treatment(tally: Tally) -> Treatment:
    """How a column is to be gone through again, after a pass over all rows; as it was, where nothing was left open."""
    treatment = tally.treatment
    if not (tally.is_left or treatment.needs_type or (treatment.is_wide and tally.kind in WITHOUT_SCALE)):
        return treatment
    if tally.counts is not None:
        kind = of_counts("", tally.counts, treatment.record, None, 0).type
    else:
        kind = settled(tally.kind or "string", treatment.record)
    return replace(treatment, kind=treatment.kind or kind, is_wide=tally.is_wide and kind not in WITHOUT_SCALE)


def total(tally: Tally) -> ColumnProfile:
    """The profile of a column. Raises TooWide."""
    treatment = tally.treatment
    if tally.counts is not None:
        return column_profile(of_counts(treatment.name, tally.counts, treatment.record, treatment.kind, tally.without))
    kind = tally.kind or "string"
    filled = tally.rows - tally.without
    if not filled:
        return ColumnProfile(name=treatment.name, type=kind, shape="empty", rows=tally.rows, filled=0, distinct=0)
    if treatment.is_wide:
        return _from_sample(tally)
    figures = _text(tally) if kind in WITHOUT_SCALE else _scaled(tally)
    sampled = None if tally.spill.step == 1 else -(-tally.spill.rows // tally.spill.step)
    return ColumnProfile(name=treatment.name, type=kind, rows=tally.rows, filled=filled, sampled=sampled, **figures)


def _from_sample(tally: Tally) -> ColumnProfile:
    treatment = tally.treatment
    assert tally.marks is not None   # a sample has fingerprints beside it
    is_whole = tally.every == 1 and tally.marks.step == 1
    profile = column_profile(of_counts(treatment.name, Counter(tally.sample), treatment.record, tally.kind, 0))
    different = profile.distinct if is_whole else ordered_array(tally.marks.load()).distinct
    return replace(profile, rows=tally.rows, filled=tally.rows - tally.without, distinct=different,
                   sampled=None if is_whole else len(tally.sample))


# Any, below: keyword arguments of several types.


def _text(tally: Tally) -> dict[str, Any]:
    assert tally.extremes is not None   # there is a text
    lengths = ordered(tally.lengths)
    return {
        "shape": "places" if tally.kind == "geometry" else "text", "distinct": ordered_array(tally.spill.load()).distinct,
        "minimum": tally.extremes[0], "maximum": tally.extremes[1], "shortest": lengths.at(0),
        "longest": lengths.at(lengths.rows - 1), "bins": bins(lengths, LENGTHS),
    }


def _scaled(tally: Tally) -> dict[str, Any]:
    assert tally.kind is not None   # set on the way to disk
    scale = Scale(kind=tally.kind, decimals=tally.spill.decimals, suffix=tally.suffix or "")
    values = ordered_array(tally.spill.load())
    if not values.rows:   # every text is wrong
        return {"shape": scale_shape(tally.kind, tally.treatment.record), "distinct": 0}
    shape = scale_shape(tally.kind, tally.treatment.record)
    top = values.commonest(TOP)
    shown = scale.texts([place for place, _ in top])
    figures = {
        "shape": shape, "distinct": values.distinct, "minimum": scale.text(values.at(0)),
        "maximum": scale.text(values.at(values.rows - 1)),
        "top": tuple(Count(value=text, rows=rows) for text, (_, rows) in zip(shown, top, strict=True)),
    }
    if tally.kind == "boolean":
        return figures
    return figures | {"gaps": gaps(_days(values, tally)), **spread(values, values, scale, shape)}


def _days(values: ArrayOrdered, tally: Tally) -> set[int]:
    if tally.kind == "date":
        return values.different(1)
    return {day + 1 for day in values.different(DAY)} if tally.kind == "datetime" else set()


def repeats(tally: Tally) -> Fault | None:
    """The values that stand in an earlier row too, in a column that may have none. None where the types are not right yet."""
    if not tally.treatment.record.unique or "cell-type" in tally.checks.faults:
        return None
    values = tally.marks if tally.treatment.is_wide else tally.spill
    count = values.repeats() if values is not None else 0
    if not count or values is None:
        return None
    rows = tuple(map(tally.row_of, values.first_repeats(SHOWN_ROWS)))
    column = of_counts(tally.treatment.name, {}, tally.treatment.record, tally.treatment.kind, 0)
    return Fault(code="cell-unique", column=column, count=count, rows=rows, first=None, one=UNIQUE_WORDS[0],
                 many=UNIQUE_WORDS[1], fix=UNIQUE_FIX)


def formulas(tally: Tally) -> int:
    """How many cells a spreadsheet would run, in a column of text."""
    if tally.counts is None:
        return tally.formulas
    likely = {text: rows for text, rows in tally.counts.items() if is_formula_like(text)}
    if not likely:
        return 0
    kind = tally.treatment.kind or of_counts("", tally.counts, tally.treatment.record, None, 0).type
    return sum(likely.values()) if kind in ("string", "any") else 0
