"""Groups too small, or too much alike, to hide a person in."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, strategies as st

from cityfolio.model.practice import AnonymityRecord
from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy.anonymity import group_findings
from cityfolio.privacy.seen import as_columns

ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", None, "", " a"]), st.sampled_from("xy"), st.sampled_from("12")),
                max_size=40)


def found(rows: list[tuple[str | None, ...]], **asked: object) -> tuple[PersonalFinding, ...]:
    """What is found in rows of age, district and injury."""
    names = ["age", "district", "injury"]
    columns = as_columns(names, [[row[at] for row in rows] for at in range(len(names))])
    record = AnonymityRecord(**{"quasi_identifiers": ("age", "district"), "k": 3, "l": 2} | asked)   # type: ignore[arg-type]
    return group_findings(columns, record)


def test_a_group_of_one_less_than_k_is_told_with_its_first_row() -> None:
    rows: list[tuple[str | None, ...]] = [("30", "1", "none")] * 3 + [("40", "1", "none"), ("40", "1", "arm")]

    (finding,) = found(rows)

    assert (finding.kind, finding.column, finding.row, finding.count, finding.of) == ("small-group", "age + district", 4, 2, 5)
    assert finding.why == ("1 of 2 groups of rows that are alike in age + district have fewer than 3 rows; the smallest has 2")


def test_groups_of_k_are_large_enough() -> None:
    assert found([("30", "1", "none")] * 3) == ()


def test_a_group_with_one_value_of_what_nobody_should_learn_is_told() -> None:
    rows: list[tuple[str | None, ...]] = [("30", "1", "arm")] * 3 + [("40", "1", "arm"), ("40", "1", "leg"), ("40", "1", "arm")]

    (finding,) = found(rows, sensitive=("injury",))

    assert (finding.kind, finding.column, finding.row, finding.count) == ("uniform-group", "age + district + injury", 1, 3)


def test_columns_that_the_file_lacks_are_left_to_another_rule() -> None:
    assert found([("30", "1", "arm")], quasi_identifiers=("ages",), sensitive=("hurt",)) == ()


def test_a_table_without_rows_has_no_group() -> None:
    assert found([]) == ()


@given(ROWS, st.integers(2, 6))
def test_as_many_rows_are_told_as_stand_in_small_groups(rows: list[tuple[str | None, ...]], k: int) -> None:
    groups = Counter(((age or "").strip(), district) for age, district, _ in rows)
    small = sum(size for size in groups.values() if size < k)

    assert sum(finding.count for finding in found(rows, k=k)) == small


@given(ROWS)
def test_as_many_rows_are_told_as_stand_in_uniform_groups(rows: list[tuple[str | None, ...]]) -> None:
    values: dict[tuple[str, str | None], set[str | None]] = {}
    for age, district, injury in rows:
        values.setdefault(((age or "").strip(), district), set()).add(injury)
    uniform = [row for row in rows if len(values[(row[0] or "").strip(), row[1]]) < 2]

    told = [finding.count for finding in found(rows, sensitive=("injury",)) if finding.kind == "uniform-group"]

    assert told == ([len(uniform)] if uniform else [])
