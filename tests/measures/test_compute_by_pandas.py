"""What is computed of any rows is what pandas makes of them, worked out another way."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from cityfolio.model.measured import Computation
from measures.by_pandas import CASES, expected
from measures.making import HEADER, computed

# Around nights in which clocks are set, the turn of a month, of a year and of a fiscal year.
MOMENTS = ("2025-11-02T01:30:00-04:00", "2025-11-02T01:30:00-05:00", "2025-11-30T23:59:59.5-05:00", "2025-12-01T04:59:00Z",
           "2025-12-31T23:30:00-05:00", "2026-01-01T05:00:00+00:00", "2026-03-08T06:59:59Z", "2026-03-08T03:00:00-04:00",
           "2026-03-31T22:00:00-06:00", "2025-06-30T23:00:00-05:00", "2025-07-01T03:59:00Z", "2026-02-27T12:00:00-05:00", "")
DAYS = ("2025-07-01", "2025-11-03",
        "2025-12-01", "2025-12-05", "2026-01-02", "2026-01-05", "2026-03-09", "2026-03-10", "2026-04-06", "")
ROWS = st.lists(st.builds(
    lambda *cells: ",".join(cells) + "\n", st.sampled_from(("POTHOLE", "TRASH", "LEAK", "")), st.sampled_from(MOMENTS),
    st.sampled_from(DAYS), st.sampled_from(("0", "1", "2", "15", "-3", "")),
    st.sampled_from(("0.1", "1.50", "2", "-7.25", "1234567.891", "")), st.sampled_from(("1", "2", "north", ""))), max_size=25)
NOT_OVER = ("2026", "2026-Q2", "FY2026")   # on the last day of June, when the data was updated the day before
GRAINS = st.sampled_from(("day", "week", "month", "quarter", "year", "fiscal-year"))


def shown(computation: Computation, by: str | None) -> dict[tuple[str, str], object]:
    """The values of periods with rows."""
    series = computation.groups[by] if by else (computation.overall,)
    return {(each.group, one.period): one.value for each in series for one in each.observations if one.rows}


@pytest.mark.parametrize("name", CASES)
@given(rows=ROWS, grain=GRAINS, by=st.sampled_from((None, "kind", "district")))
@example(rows=[], grain="month", by="kind")
@settings(max_examples=25)
def test_every_value_is_what_pandas_makes_of_the_rows(name: str, rows: list[str], grain: str, by: str | None) -> None:
    case, body = CASES[name], "".join(rows)
    period = f"period: {{grain: {grain}, timezone: America/New_York}}\n"
    found = computed(body, f"{case.compute}\ndate: opened\n" + (f"by: [{by}]\n" if by else ""),
                     measure=f"unit: {case.unit}\n{period}")
    over = {key: value for key, value in expected(case, HEADER + body, grain, by).items() if key[1] not in NOT_OVER}

    assert shown(found, by) == over
