"""A closed period stays as it is, unless a note lets it change; and then both values can be seen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from cityfolio.model.measured import Computation, Observation
from measures.closed_cities import (
    CLOSED_ROWS,
    KEYED,
    KEYLESS,
    OBSERVATIONS,
    ON_TIME,
    ROWS,
    Files,
    a_city_of_rows,
    closed,
    with_measure,
    with_rows,
)
from measures.making import measured_city, values

NOTE = "revisions:\n  - {period: 2026-03, on: 2026-06-30, by: Street team, reason: One was forgotten.}\n"
PRIVATE = KEYLESS + "status: restricted\nreason: Names of residents\n"
FASTER = ROWS.replace("2026-03-09,5", "2026-03-09,2")
BY_HAND = ("unit: percent\nreadings:\n  - {period: 2025, value: 71.2, entered_by: Budget, entered_on: 2026-02-01}\n"
           "  - {period: 2024, value: 68, entered_by: Budget, entered_on: 2025-02-01}\nperiod: {grain: year}\n")


def changes(files: Files) -> list[str]:
    """What a build says of closed periods that are not what they were."""
    return [each.says for each in measured_city(files).problems if each.code == "observation-changed"]


def of_measure(files: Files) -> Computation:
    found = measured_city(files)
    assert found.problems == ()
    return found.by_id["m"]


def observation(files: Files, period: str = "2026-03") -> Observation:
    return next(each for each in of_measure(files).overall.observations if each.period == period)


def by_hand(measure: str = BY_HAND) -> Files:
    files = a_city_of_rows()
    about = "title: Residents who are content\ngoal: streets\ntype: outcome\nowner: parks\ndirection: up\n"
    return {**files, "measures/m/measure.yaml": about + measure}


def test_closed_periods_that_are_what_they_were_are_marked_as_closed() -> None:
    found = of_measure(closed(a_city_of_rows(), "2026-03", "2026-04"))

    assert [each.is_closed for each in found.overall.observations] == [True, True, False]
    assert [each.is_closed for each in found.groups["district"][0].observations] == [True, True, False]


def test_a_changed_row_is_told_with_measure_period_group_both_values_and_its_line() -> None:
    (found,) = changes(with_rows(closed(a_city_of_rows()), FASTER))

    assert found == (
        "m in 2026-03 was closed as 50 (1 good of 2 rows) and is 100 (2 good of 2 rows) now; district south as 0 (0 good of 1 "
        "row), now 100 (1 good of 1 row); the row datasets/requests/requests.csv:3 (id b) is not as it was")


@pytest.mark.parametrize(("rows", "says"), [
    (ROWS + "g,POTHOLE,2026-03-03,1,north\n", "the row datasets/requests/requests.csv:8 (id g) was not counted then"),
    (ROWS.replace("b,POTHOLE,2026-03-09,5,south\n", ""), "a row of datasets/requests/requests.csv that was counted is gone"),
    (ROWS.replace("b,POTHOLE", "b,SIGN"), "the row datasets/requests/requests.csv:3 (id b) is not counted any more"),
    (ROWS.replace("b,POTHOLE,2026-03", "b,POTHOLE,2026-06"),
     "the row datasets/requests/requests.csv:3 (id b) is not counted any more"),
    (ROWS.replace("2,1,north", "2,1,south"), "the row datasets/requests/requests.csv:2 (id a) is not as it was"),
], ids=["one that came", "one that is gone", "one of another kind", "one of another month", "one of another group"])
def test_the_row_is_named_whatever_became_of_it(rows: str, says: str) -> None:
    (found,) = changes(with_rows(closed(a_city_of_rows(), "2026-03"), rows))

    assert found.endswith(f"; {says}")


def test_rows_that_are_all_gone_leave_a_closed_period_that_is_missed() -> None:
    (found,) = changes(with_rows(closed(a_city_of_rows(), "2026-03"), "".join(ROWS.splitlines(keepends=True)[2:])))

    assert found.startswith("m in 2026-03 was closed as 50 (1 good of 2 rows) and is no value (0 good of 0 rows) now")


def test_a_problem_stands_at_the_line_that_was_closed() -> None:
    files = with_rows(closed(a_city_of_rows()), FASTER)
    (found,) = measured_city(files).problems

    assert (found.where.path, found.where.line) == (OBSERVATIONS, 2)
    assert found.where.excerpt == "2026-03,,,50,2,1,false,2026-06-30,"


def test_a_change_of_what_no_value_depends_on_is_none() -> None:
    assert changes(with_rows(closed(a_city_of_rows()), ROWS.replace("2026-03-09,5", "2026-03-09,6"))) == []


def test_as_many_rows_belong_to_a_value_as_the_value_itself() -> None:
    twice = ROWS + "g,POTHOLE,2026-03-03,1,north\nh,POTHOLE,2026-03-03,7,south\n"

    assert changes(with_rows(closed(a_city_of_rows(), "2026-03"), twice))[0].startswith(
        "m in 2026-03 was closed as 50 (1 good of 2 rows) and is 50 (2 good of 4 rows) now")


def test_a_group_that_came_into_a_closed_period_is_a_change() -> None:
    (found,) = changes(with_rows(closed(a_city_of_rows(), "2026-03"), ROWS.replace("2026-03-09,5,south", "2026-03-09,5,west")))

    assert "district west as nothing, now 0 (0 good of 1 row)" in found


def test_a_group_that_came_later_changes_nothing() -> None:
    assert changes(with_rows(closed(a_city_of_rows(), "2026-03"), ROWS + "g,POTHOLE,2026-05-03,1,west\n")) == []


def test_another_definition_is_told_in_place_of_rows() -> None:
    files = closed(a_city_of_rows(), "2026-03")
    files["measures/m/measure.yaml"] = str(files["measures/m/measure.yaml"]).replace("days <= 3", "days <= 5")

    assert changes(files)[0].endswith("; it is computed in another way than when it was closed")


def test_other_holidays_are_told_in_place_of_rows() -> None:
    rows = ROWS.replace("2026-03-09", "2026-03-06")
    compute = "date: closed\nratio: {good: \"business_days(closed, '2026-03-10') <= 1\"}\ncalendar: city"
    files = closed(a_city_of_rows(rows=rows, compute=compute), "2026-03")
    files["calendars/city.yaml"] = "title: City holidays\nholidays: {2026-01-01: New Year's Day}\n"

    assert changes(files)[0].endswith(
        "; no row that it counts has changed, so what it is divided by, its calendar or its definition has")


def test_without_a_primary_key_the_place_of_a_row_is_told() -> None:
    files = closed(a_city_of_rows(dataset=KEYLESS), "2026-03")

    assert changes(with_rows(files, ROWS.replace("b,POTHOLE", "b,SIGN")))[0].endswith(
        "; a row that was counted is not any more: it stood at datasets/requests/requests.csv:3")


def test_of_many_groups_the_first_are_named() -> None:
    many = "".join(f"k{number},POTHOLE,2026-03-02,{{}},{number}\n" for number in range(9))
    (found,) = changes(with_rows(closed(a_city_of_rows(rows=many.replace("{}", "1"))), many.replace("{}", "9")))

    assert found.count(" as 100 (1 good of 1 row), now 0 (0 good of 1 row)") == 5
    assert "; and 4 more; " in found


def test_a_column_that_is_shown_by_later_may_be_closed_later() -> None:
    alone = closed(a_city_of_rows(compute="date: closed\ncount: rows"), "2026-03")
    by_kind = {**alone, "measures/m/measure.yaml": a_city_of_rows(compute="date: closed\ncount: rows\nby: [kind]")[
        "measures/m/measure.yaml"]}

    assert changes(by_kind) == []
    assert str(closed(by_kind, "2026-03")[OBSERVATIONS]).splitlines()[1:] == [
        "2026-03,,,2,2,,false,2026-06-30,", "2026-03,kind,POTHOLE,2,2,,false,2026-06-30,",
        "2026-03,kind,SIGN,0,0,,false,2026-06-30,"]


def test_a_column_that_is_not_shown_any_more_leaves_its_closed_lines_in_peace() -> None:
    files, alone = closed(a_city_of_rows()), a_city_of_rows(compute=ON_TIME.replace("\nby: [district]", ""))
    path = "measures/m/measure.yaml"

    assert changes({**files, path: alone[path]}) == []


def test_a_note_lets_a_value_change_and_both_can_be_seen() -> None:
    found = observation(with_measure(with_rows(closed(a_city_of_rows()), FASTER), NOTE))

    assert (found.value, found.is_closed) == (100, False)
    assert [(each.value, each.revision.reason) for each in found.former] == [(50, "One was forgotten.")]


def test_closing_again_adds_lines_for_what_was_revised_alone() -> None:
    files = closed(with_measure(with_rows(closed(a_city_of_rows(), "2026-03"), FASTER), NOTE), "2026-03")
    found = observation(files)

    assert str(files[OBSERVATIONS]).splitlines()[4:] == ["2026-03,,,100,2,2,false,2026-06-30,1",
                                                         "2026-03,district,south,100,1,1,false,2026-06-30,1"]
    assert (found.is_closed, [each.value for each in found.former]) == (True, [50])


def test_a_note_lets_one_change_through() -> None:
    files = closed(with_measure(with_rows(closed(a_city_of_rows(), "2026-03"), FASTER), NOTE), "2026-03")

    assert len(changes(with_rows(files, ROWS))) == 1
    assert changes(with_measure(with_rows(files, ROWS), NOTE.replace("revisions:\n", ""))) == []


def test_a_note_of_another_period_lets_nothing_through() -> None:
    assert len(changes(with_measure(with_rows(closed(a_city_of_rows()), FASTER), NOTE.replace("2026-03", "2026-04")))) == 1


def test_a_revised_period_whose_rows_are_gone_stays_with_what_it_was() -> None:
    gone = with_rows(closed(a_city_of_rows(), "2026-03"), "".join(ROWS.splitlines(keepends=True)[2:]))
    found = of_measure(with_measure(gone, NOTE))

    assert values(found.overall.observations) == {"2026-03": None, "2026-04": 100, "2026-05": 50}
    assert found.overall.observations[0].former[0].value == 50


def test_a_count_of_rows_that_are_gone_is_0() -> None:
    gone = with_rows(closed(a_city_of_rows(compute="date: closed\ncount: rows"), "2026-03"), "c,SIGN,2026-04-01,2,north\n")

    assert observation(with_measure(gone, NOTE)).value == 0


def test_a_reading_that_was_edited_after_its_period_was_closed_is_a_change() -> None:
    files = closed(by_hand(), "2024", "2025")
    files["measures/m/measure.yaml"] = str(files["measures/m/measure.yaml"]).replace("71.2", "73")

    assert changes(files) == ["m in 2025 was closed as 71.2 and is 73 now; its reading was changed"]


def test_a_reading_that_was_taken_away_is_a_change() -> None:
    files = closed(by_hand(), "2024", "2025")
    kept = by_hand(BY_HAND.replace("  - {period: 2025, value: 71.2, entered_by: Budget, entered_on: 2026-02-01}\n", ""))

    assert changes({**files, "measures/m/measure.yaml": kept["measures/m/measure.yaml"]}) == [
        "m in 2025 was closed as 71.2 and is no value now; its reading is gone"]


def test_a_build_of_an_earlier_day_leaves_aside_what_was_closed_later() -> None:
    files = closed(a_city_of_rows())
    files["datasets/requests/dataset.yaml"] = KEYED.replace("modified: 2026-06-29", "modified: 2026-05-01")

    assert measured_city(files, now=datetime(2026, 5, 1, tzinfo=UTC)).problems == ()


def test_where_rows_are_not_here_what_was_closed_stands() -> None:
    files = closed(a_city_of_rows(), "2026-03")
    elsewhere = KEYED.replace("{path: requests.csv,", "{url: 'https://example.gov/requests.csv', sample: requests.csv,")
    found = of_measure({**files, "datasets/requests/dataset.yaml": elsewhere})

    assert values(found.overall.observations) == {"2026-03": 50}
    assert found.overall.observations[0].is_closed


def test_an_update_that_is_dated_back_is_told() -> None:
    files = closed(a_city_of_rows())
    files["datasets/requests/dataset.yaml"] = KEYED.replace("modified: 2026-06-29", "modified: 2026-05-20")

    assert changes(files)[0].endswith("; its data is said to be complete until 2026-05-19 only")


def test_rows_that_are_not_published_are_not_named() -> None:
    files = closed(a_city_of_rows(dataset=PRIVATE))

    assert CLOSED_ROWS not in files
    assert changes(with_rows(files, FASTER))[0].endswith("; its rows are not published, so none is named")


def test_a_former_value_is_not_shown_where_something_of_its_period_is_held_back() -> None:
    rows, compute = "x,POTHOLE,2026-03-02,1,north\n" * 4 + "x,POTHOLE,2026-03-02,1,south\n" * 5, "date: closed\ncount: rows\n"
    files = closed(a_city_of_rows(rows=rows, dataset=PRIVATE, compute=f"{compute}by: [district]\nmin_n: 3"))
    found = of_measure(with_measure(with_rows(files, rows[len("x,POTHOLE,2026-03-02,1,north\n") * 2:]), NOTE))

    assert found.overall.observations[0].value == 7
    assert [each.value for each in found.overall.observations[0].former] == [None]
    assert [each.observations[0].former[0].value for each in found.groups["district"]] == [None, None]


def test_what_is_rounded_in_the_file_is_no_change() -> None:
    thirds = ROWS + "g,POTHOLE,2026-03-03,1,north\n"
    files = closed(a_city_of_rows(rows=thirds))

    assert "66.6666666666667" in str(files[OBSERVATIONS])
    assert observation(files).value == Fraction(200, 3)


def test_what_was_closed_on_some_day_says_so() -> None:
    files = closed(a_city_of_rows(), "2026-03", today=date(2026, 5, 2))

    assert "2026-03,,,50,2,1,false,2026-05-02," in str(files[OBSERVATIONS])


def test_lines_of_a_closed_period_that_were_taken_away_are_missed() -> None:
    files = closed(a_city_of_rows())
    kept = "".join(line for line in str(files[OBSERVATIONS]).splitlines(keepends=True) if not line.startswith("2026-04"))

    assert [(each.code, each.says) for each in measured_city({**files, OBSERVATIONS: kept}).problems] == [
        ("observations-invalid", "2026-04 of m was closed, as closed-rows.csv tells, and its values are not here")]


def test_a_file_of_closed_periods_that_was_taken_away_is_missed() -> None:
    files = closed(a_city_of_rows())
    del files[OBSERVATIONS]

    assert [each.says for each in measured_city(files).problems] == [
        "2026-03 of m was closed, as closed-rows.csv tells, and its values are not here, nor are those of 2 more"]


@pytest.mark.parametrize("body", ["period,rows,fingerprint\n2026-05,\u0663,x\n", f"2026-05,{'9' * 5_000},x\n", "x" * 200_000,
                                  "\x00\n", '"'])
def test_fingerprints_that_cannot_be_read_tell_nothing(body: str) -> None:
    assert measured_city({**a_city_of_rows(), CLOSED_ROWS: body}).problems == ()
