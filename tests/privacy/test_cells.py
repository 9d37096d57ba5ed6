"""The cells of a column, held by Python where they are few and by Arrow where they are many: nobody may tell which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from string import ascii_letters

import pyarrow.compute as pc
import pytest
from hypothesis import given, strategies as st

from cityfolio.privacy.arrow import texts_of
from cityfolio.privacy.cells import SAMPLE, Cells, Places
from cityfolio.privacy.detect import findings_in
from cityfolio.privacy.few_cells import FEW_TEXTS, MOST_CHARACTERS, FewCells, are_few
from cityfolio.privacy.kinds.text import IN_WORDS
from cityfolio.privacy.many_cells import ManyCells, cells_of
from cityfolio.privacy.prose import CANDIDATES, PHRASES, candidates_of, may_match
from cityfolio.privacy.seen import SeenColumn

PIECES = st.sampled_from([
    *PHRASES, "per ", "Ann Lee", "caller", "Mr Smith", "born", "DOB 03/14/1961", "anti", "update of birth 3/4/60", "DE89",
    " 3704", "704-555-0123", "123-45-6789", "4111 1111 1111 1111", "@", "a@b.co", "+1 23", "\u00e9", "\u00df", "\ufb03", "\n",
    "\x1c", " ", "\u00a0", "\u200b", "n/a", "Unknown", "7", "12.5", "-3e4", "2025-09-26", "_", "x", "AB123456C",
    "12 Oak St Apt 4",
])
TEXTS = st.lists(PIECES, max_size=4).map("".join).filter(lambda text: are_few([text]))
COLUMNS = st.lists(st.none() | TEXTS, min_size=1, max_size=12)
NAMES = ("email", "caller_phone", "ssn", "notes", "name", "field_7", "home_address", "count", "iban", "plate", "dob", "status")
EITHER_CASE = {0x130: "I with a dot", 0x17F: "long s", 0x212A: "sign of Kelvin"}


def few(cells: Sequence[str | None]) -> FewCells:
    """A column as Python holds it."""
    return FewCells(Counter(cell for cell in cells if cell is not None), lambda: cells)


def many(cells: Sequence[str | None]) -> ManyCells:
    """A column as Arrow holds it."""
    return ManyCells(SeenColumn(name="", cells=texts_of(cells)))


def told(cells: Cells) -> dict[str, object]:
    """All that a column tells of itself."""
    chosen: dict[str, Places] = {
        "candidates": cells.like(candidates_of(IN_WORDS)), "marked": cells.holding("@"), "digits": cells.where(str.isdigit),
        "all": range(cells.distinct),
    }
    return {
        "counts": (cells.filled, cells.distinct, cells.is_digits, cells.is_whole, cells.has_letters, cells.share(str.isdigit)),
        "reach": [cells.reaches(digits=count) for count in (1, 6, 9, 13)],
        "sample": (cells.sample, cells.joined),
        "chosen": {name: list(which) for name, which in chosen.items()},
        "met": [cells.met(which) for which in chosen.values()],
        "texts": list(cells.whole(range(cells.distinct))),
    }


@given(COLUMNS)
def test_a_column_tells_the_same_of_itself_whoever_holds_it(cells: list[str | None]) -> None:
    assert told(few(cells)) == told(many(cells)) == told(cells_of(SeenColumn(name="", cells=texts_of(cells))))


@given(st.lists(COLUMNS, min_size=1, max_size=4), st.permutations(NAMES))
def test_the_same_is_found_whoever_holds_the_cells(columns: list[list[str | None]], names: list[str]) -> None:
    table = list(zip(names, columns, strict=False))

    found = findings_in([(name, few(cells)) for name, cells in table])

    assert found == findings_in([(name, many(cells)) for name, cells in table])


@given(COLUMNS)
def test_no_text_that_may_not_match_is_a_candidate(cells: list[str | None]) -> None:
    column = many(cells)
    likely = may_match(column)

    assert likely is None or set(column.like(candidates_of(IN_WORDS))) <= set(likely)


@given(COLUMNS)
def test_the_same_texts_are_candidates_among_those_that_may_match(cells: list[str | None]) -> None:
    for column in (few(cells), many(cells)):
        assert column.like(candidates_of(IN_WORDS), may_match(column)) == column.like(candidates_of(IN_WORDS))


@given(COLUMNS)
def test_a_form_is_met_in_the_same_texts_however_few_they_are(cells: list[str | None]) -> None:
    column = few([*(cells), *(f"caller Ann Lee {at}" for at in range(FEW_TEXTS + 1))])
    form, every = candidates_of(IN_WORDS), range(column.distinct)

    assert column.like(form) == [at for at in every if column.like(form, [at])]


@pytest.mark.parametrize("text", [
    "123-45-6789", "his SSN", "SS# unknown", "antisocial security", "4111111111111111", "3782 822463 10005", "DE89 3704",
    "a@b.co", "704-555.0123", "(704) 555-0123", "+1 (704) 555", "x: 7045550123", "DOB", "D.O.B", "born", "Update of Birth",
    "Mr", "Neighbour", "spoke w/Ann", "name is",
])
def test_a_column_with_a_candidate_is_not_silent(text: str) -> None:
    column = few(["closed", text])

    assert column.like("|".join(CANDIDATES.values())) == [1]
    assert may_match(column) == [1]


@pytest.mark.parametrize("cells", [["2025-09-26", "1961-03-14"], ["South Ford", "East Hill"], ["12.50", "7"], ["true"]])
def test_a_column_of_days_words_or_numbers_is_silent(cells: list[str]) -> None:
    assert may_match(few(cells)) in ((), [])


def test_many_different_texts_are_sampled_alike() -> None:
    cells = [str(at * 7_919) for at in range(3 * SAMPLE + 1)]

    assert few(cells).sample == many(cells).sample
    assert (len(few(cells).sample), few(cells).sample[-1], few(cells).is_whole) == (SAMPLE, cells[-1], False)


@pytest.mark.parametrize("letter", [*map(chr, EITHER_CASE), "\ud800"], ids=[*EITHER_CASE.values(), "half a character"])
def test_a_letter_that_arrow_and_python_read_otherwise_is_left_to_arrow(letter: str) -> None:
    assert not are_few(["a", f"b{letter}"])


def test_only_those_letters_are_ascii_ones_in_another_case() -> None:
    others = map(chr, range(0x80, 0x10000))

    assert [ord(each) for each in others if {each.lower()[0], each.upper()[0]} & set(ascii_letters) and not are_few([each])] \
        == list(EITHER_CASE)


def test_arrow_and_python_trim_the_same_blanks() -> None:
    letters = [chr(each) for each in range(0x10000) if not 0xD800 <= each < 0xE000]

    trimmed = pc.utf8_trim_whitespace(texts_of(letters)).to_pylist()

    assert [ord(letter) for letter, plain in zip_longest(letters, trimmed) if letter.strip() != plain] == []


def test_a_column_with_much_text_is_left_to_arrow() -> None:
    assert not are_few(["a" * MOST_CHARACTERS, "b"])
    assert isinstance(cells_of(SeenColumn(name="", cells=texts_of(["a" * MOST_CHARACTERS, "b"]))), ManyCells)
    assert isinstance(cells_of(SeenColumn(name="", cells=texts_of(["a", "b"]))), FewCells)
