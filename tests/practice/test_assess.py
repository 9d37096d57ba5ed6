"""What a criterion is answered with: by rows, by word, by its parts, and never before its time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cityfolio.model.assessment import Assessment, CriterionAnswer
from practice.practised_cities import a_city_with, assessed_city

AREA = "title: Our charter\nareas: {open: {title: Openness}}\ncriteria:\n"
LICENSED = "{table: datasets, good: is_open_license == true, share: 1}"
PLANNED = "{table: datasets, where: status == 'planned', least: 1}"


def criterion(identifier: str, keys: str) -> str:
    """A criterion as a standard has it."""
    return f"  {identifier}: {{title: Something, area: open, {keys}}}\n"


def said(*criteria: str, on: str = "2026-01-01", expires: str = "2026-12-31") -> dict[str, str]:
    """An attestation of some criteria."""
    named = ", ".join(f"charter/{each}" for each in criteria)
    return {"attestations/word.yaml": f"criteria: [{named}]\nclaim: So it is.\nevidence: [/about/]\nby: Data office\n"
                                      f"on: {on}\nexpires: {expires}\n"}


def assessment(*criteria: str, beside: dict[str, str] | None = None, **build: object) -> Assessment:
    """A sound city's answers to a charter of these criteria."""
    return assessed_city(a_city_with({"standards/charter.yaml": AREA + "".join(criteria), **(beside or {})}), **build)


def answer(keys: str, beside: dict[str, str] | None = None, **build: object) -> CriterionAnswer:
    """A sound city's answer to one criterion, called `it`."""
    return assessment(criterion("it", keys), beside=beside, **build).answers["it"]


def test_a_check_that_holds_is_met_and_names_its_query_and_its_rows() -> None:
    check = answer(f"checks: {LICENSED}").checks[0]

    assert (check.holds, check.counted, check.of, check.good, check.short) == (True, 1, 1, ("trees",), ())
    assert check.query == "datasets: share of is_open_license == true, at least 100%"


def test_rows_that_are_asked_and_do_not_count_are_named_as_short() -> None:
    check = answer("checks: {table: datasets, good: topics > 5, least: 1}").checks[0]

    assert (check.holds, check.good, check.short) == (False, (), ("trees",))


def test_all_checks_must_hold() -> None:
    assert answer(f"checks: [{LICENSED}, {PLANNED}]").answer == "not-met"


@pytest.mark.parametrize(("keys", "is_said", "expected"), [
    ("attest: Say so.", False, "not-met"),
    ("attest: Say so.", True, "attested"),
    (f"checks: {LICENSED}, attest: Say so.", False, "not-met"),
    (f"checks: {LICENSED}, attest: Say so.", True, "attested"),
    (f"checks: {PLANNED}, attest: Say so.", True, "not-met"),
    (f"checks: {LICENSED}, attest: Say so., either: true", False, "met"),
    (f"checks: {LICENSED}, attest: Say so., either: true", True, "met"),
    (f"checks: {PLANNED}, attest: Say so., either: true", True, "attested"),
    (f"checks: {PLANNED}, attest: Say so., either: true", False, "not-met"),
    ("attest: Say so., either: true", False, "not-met"),
], ids=["word lacks", "word", "rows without word", "rows and word", "word without rows", "either: rows", "either: both",
        "either: word", "either: none", "either of one"])
def test_a_criterion_is_answered_by_rows_and_by_word(keys: str, is_said: bool, expected: str) -> None:
    assert answer(keys, said("it") if is_said else None).answer == expected


@pytest.mark.parametrize(("on", "expires", "expected"), [
    ("2026-06-30", "2027-06-30", "attested"), ("2026-07-01", "2027-06-30", "not-met"),
    ("2025-06-30", "2026-06-30", "attested"), ("2025-06-30", "2026-06-29", "not-met"),
], ids=["made today", "made tomorrow", "expires today", "expired yesterday"])
def test_an_attestation_counts_from_its_day_to_the_day_it_expires(on: str, expires: str, expected: str) -> None:
    assert answer("attest: Say so.", said("it", on=on, expires=expires)).answer == expected


def test_an_attestation_that_does_not_count_is_shown_all_the_same() -> None:
    found = answer("attest: Say so.", said("it", expires="2026-06-29")).attestations

    assert [(each.id, each.is_valid, each.source_path) for each in found] == [("word", False, "attestations/word.yaml")]


WHOLE = "among: {least: 2, criteria: [a, b, c]}"
PARTS = (criterion("a", f"checks: {LICENSED}"), criterion("b", "attest: Say so."), criterion("c", f"checks: {PLANNED}"))


def test_a_whole_is_met_when_enough_of_its_parts_are() -> None:
    whole = assessment(criterion("whole", WHOLE), *PARTS, beside=said("b")).answers["whole"]

    assert (whole.answer, whole.parts) == ("attested", ("a", "b"))


def test_a_whole_lacks_what_its_parts_lack() -> None:
    whole = assessment(criterion("whole", WHOLE), *PARTS).answers["whole"]

    assert (whole.answer, whole.parts) == ("not-met", ("a",))


def test_a_whole_needs_no_word_where_enough_parts_are_met_by_rows() -> None:
    found = assessment(criterion("whole", "among: {least: 1, criteria: [a, b]}"), *PARTS[:2], beside=said("b"))

    assert found.answers["whole"].answer == "met"


def test_parts_of_a_whole_count_in_no_total() -> None:
    found = assessment(criterion("whole", WHOLE), *PARTS, beside=said("b"))

    assert (found.met, found.of, found.areas[0].met, found.areas[0].of) == (1, 1, 1, 1)


def test_a_part_belongs_to_the_area_of_its_whole() -> None:
    part = "  part: {title: Something, attest: Say so.}\n"
    found = assessment(criterion("whole", "among: {least: 1, criteria: [part]}"), part)

    assert found.answers["part"].area == "open"


def test_nothing_is_met_before_what_comes_before_it() -> None:
    found = assessment(criterion("it", f"checks: {LICENSED}, after: [first]"), criterion("first", f"checks: {PLANNED}"))

    assert (found.answers["it"].answer, found.answers["it"].waits_for) == ("not-met", ("first",))


def test_what_waited_is_met_when_what_comes_before_it_is() -> None:
    found = assessment(criterion("it", f"checks: {LICENSED}, after: [first]"), criterion("first", f"checks: {LICENSED}"))

    assert (found.answers["it"].answer, found.answers["it"].waits_for) == ("met", ())


def test_answers_stand_in_the_order_of_the_standard() -> None:
    found = assessment(criterion("it", f"checks: {LICENSED}, after: [first]"), criterion("first", f"checks: {LICENSED}"))

    assert tuple(found.answers) == ("it", "first")


LEVELS = "levels: [{id: some, title: Some, share: 0.5}, {id: every, title: All, share: 1}]\n"
TWO = (criterion("a", f"checks: {LICENSED}"), criterion("b", "attest: Say so."))


def test_the_level_and_the_way_to_the_next_are_told() -> None:
    found = assessment(*TWO, LEVELS)

    assert found.level is not None
    assert found.next_level is not None
    assert (found.level.id, found.next_level.id, found.next_steps) == ("some", "every", ("b",))


def test_at_the_highest_level_there_is_no_next_step() -> None:
    found = assessment(*TWO, LEVELS, beside=said("b"))

    assert (found.next_level, found.next_steps) == (None, ())


def written(on: str, level: str, **answers: str) -> str:
    """An assessment as it was written down."""
    listed = ", ".join(f"{name}: {answer}" for name, answer in answers.items())
    return f"standard: charter\non: {on}\nlevel: {level}\nanswers: {{{listed}}}\n"


PAST = {
    "assessments/old.yaml": written("2025-01-31", "none", a="not-met", b="attested"),
    "assessments/new.yaml": written("2026-01-31", "some", a="met", b="not-met"),
    "assessments/later.yaml": written("2026-07-01", "every", a="met", b="met"),
}


def test_each_answer_is_held_against_the_newest_assessment_that_was_written_down() -> None:
    found = assessment(*TWO, LEVELS, beside=PAST)

    assert {name: each.was for name, each in found.answers.items()} == {"a": "met", "b": "not-met"}
    assert [(str(each.on), each.level) for each in found.past] == [("2026-01-31", "some"), ("2025-01-31", "none")]


def test_a_criterion_that_is_new_was_nothing_before() -> None:
    found = assessment(*TWO, criterion("c", "attest: Say so."), beside=PAST)

    assert found.answers["c"].was is None


def test_answers_turn_with_the_day_of_the_build() -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)

    assert answer("attest: Say so.", said("it"), now=later).answer == "not-met"
