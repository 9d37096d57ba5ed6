"""What texts suggest: words that stand for "no value", and personal data."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables import hints as module
from cityfolio.tables.hints import STAND_INS, Hint, hints, looks_like
from cityfolio.tables.table import Cell, Table, in_portions
from tables.making import as_csv, table


def hint(cells: list[str], kind: str = "string") -> Hint:
    """What one column suggests that was found to be text."""
    found = table(as_csv([["height"], *([cell] for cell in cells)]))
    return hints(found, [kind], frozenset(("",)))[0]  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("cells", "kind", "words"),
    [
        (["12", "N/A", "8"], "integer", ("N/A",)),
        (["12", "-", "8.5", "n/a", "", "-"], "number", ("-", "n/a")),
        (["2026-06-30", "unknown"], "date", ("unknown",)),
        (["true", "NULL"], "boolean", ("NULL",)),
    ],
    ids=["integers", "numbers", "dates", "true and false"],
)
def test_words_among_values_of_a_type_are_pointed_out(cells: list[str], kind: str, words: tuple[str, ...]) -> None:
    assert (hint(cells).type, hint(cells).stand_ins) == (kind, words)


@pytest.mark.parametrize(
    "cells",
    [["oak", "N/A"], ["N/A", "N/A"], ["1", "two"], ["01", "N/A"], ["1", "2026-06-30", "N/A"], []],
    ids=["text", "nothing else", "another word", "leading zero", "two types", "no rows"],
)
def test_words_in_a_column_of_text_are_text(cells: list[str]) -> None:
    assert hint(cells) == Hint()


@given(st.lists(st.integers().map(str), min_size=1), st.sampled_from(sorted(STAND_INS)))
def test_any_of_the_words_is_found_among_any_numbers(numbers: list[str], word: str) -> None:
    assert hint([*numbers, word]).stand_ins == (word,)


def test_a_word_in_a_later_portion_is_found() -> None:
    rows: list[tuple[Cell]] = [(str(number),) for number in range(25_000)]
    found = Table(header=("height",), portions=in_portions([*rows, ("N/A",)], 1), source=table("height\n").source)

    assert hints(found, ["string"], frozenset(("",)))[0] == Hint(type="integer", stand_ins=("N/A",))


def test_a_large_file_is_not_searched_to_its_end_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEARCHED_ROWS", 10_000)
    rows: list[tuple[Cell]] = [("oak",)] * 20_000
    portions = in_portions([*rows, ("a@example.com",)], 1)
    found = Table(header=("species",), portions=portions, source=table("a\n").source)

    assert hints(found, ["string"], frozenset())[0] == Hint()
    assert sum(portion.rows for portion in portions) == 10_001


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("maria@example.com", "e-mail addresses"), ("write to a.b+c@mail.example.co.uk", "e-mail addresses"),
        ("704-555-0100", "telephone numbers"), ("(704) 555-0100", "telephone numbers"),
        ("call 1 704.555.0100", "telephone numbers"),
        ("+44 20 7946 0958", "telephone numbers"), ("123-45-6789", "Social Security numbers"),
    ],
)
def test_personal_data_is_found_inside_a_text(text: str, is_one: str) -> None:
    assert looks_like(["oak", text]) == is_one


@pytest.mark.parametrize("text", ["oak", "2026-06-30", "704-555", "28202-1234", "35.2271", "@city", "000-12-3456",
                                  "A-704-555-0100", "12-345-6789", "2026-06-30T14:05:00-04:00", "a" * 100_000, "1" * 100_000])
def test_other_texts_are_not_taken_for_personal_data(text: str) -> None:
    assert looks_like([text]) == ""


def test_bare_digits_are_telephone_numbers_only_where_all_of_them_could_be() -> None:
    assert hint(["7045550100", "9805550199"], "integer").looks_like == "telephone numbers"
    assert hint(["7045550100", "12"], "integer") == Hint()
    assert hint(["7045550100"], "number") == Hint()
