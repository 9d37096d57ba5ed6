"""Arrow's texts as numbers: equal texts have equal ones, wherever in an array or a buffer they lie."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.large import letters as module
from cityfolio.tables.large.letters import counted, different, fingerprints, letters, mixed

TEXTS = st.text(st.one_of(st.sampled_from("ab\0 é€😀"), st.characters(codec="utf-8")), max_size=30)


def an_array(*texts: str | None) -> pa.StringArray:
    """Texts as Arrow keeps them."""
    return pa.array(texts, pa.string())


def marks(*texts: str | None) -> list[int]:
    """The number of each text."""
    found: list[int] = fingerprints(an_array(*texts)).tolist()
    return found


@given(st.lists(TEXTS, max_size=40))
def test_equal_texts_have_equal_numbers_and_others_have_others(texts: list[str]) -> None:
    found = marks(*texts)

    assert len(set(found)) == len(set(texts))
    assert len(set(zip(texts, found, strict=True))) == len(set(texts))


@given(st.lists(TEXTS, min_size=1, max_size=20), st.lists(TEXTS, max_size=20), st.lists(TEXTS, max_size=20))
def test_the_number_of_a_text_does_not_depend_on_what_stands_beside_it(texts: list[str], before: list[str],
                                                                       after: list[str]) -> None:
    alone = [marks(text)[0] for text in texts]

    assert marks(*before, *texts, *after)[len(before) : len(before) + len(texts)] == alone
    assert fingerprints(an_array(*before, *texts, *after).slice(len(before), len(texts))).tolist() == alone


@given(st.lists(st.one_of(st.none(), TEXTS), max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_a_slice_has_the_numbers_of_its_texts(texts: list[str | None], start: int, length: int) -> None:
    part = an_array(*texts).slice(min(start, len(texts)), length)

    assert fingerprints(part).tolist() == marks(*part.to_pylist())


def test_a_hundred_thousand_texts_that_differ_little_have_different_numbers() -> None:
    texts = [f"{number:06}" for number in range(30_000)] + [f"request {number}" for number in range(30_000)]
    texts += ["x" * number for number in range(300)] + [f"{'y' * 20}{number}{'z' * 20}" for number in range(30_000)]
    texts += [f"2026-01-{day:02} {hour:02}:{minute:02}" for day in range(1, 32) for hour in range(24)
              for minute in range(0, 60, 4)]

    assert len(texts) > 100_000
    assert len(set(marks(*texts))) == len(texts)


@pytest.mark.parametrize(("one", "other"), [
    ("", "\0"), ("\0", "\0\0"), ("a", "a\0"), ("a", "a" + "\0" * 7), ("abcdefgh", "abcdefgh\0"), ("ab", "ba"),
    ("abcdefgh12345678", "12345678abcdefgh"), ("é", "e\u0301"), ("a" * 8, "a" * 16),
])
def test_texts_that_are_nearly_alike_are_told_apart(one: str, other: str) -> None:
    assert marks(one)[0] != marks(other)[0]


def test_no_value_is_not_the_empty_text_and_all_cells_without_one_are_alike() -> None:
    nothing, empty, again = marks(None, "", None)

    assert nothing == again != empty


@pytest.mark.parametrize("size", range(1, 20))
def test_every_length_is_read_to_its_end_and_no_further(size: int) -> None:
    text = "abcdefghijklmnopqrst"[:size]
    behind = an_array("x" * 30, text, "y" * 30)

    assert marks(text)[0] == fingerprints(behind)[1]
    assert marks(text)[0] != marks(f"{text[:-1]}X")[0]


def test_the_last_bits_of_a_buffer_of_one_byte_are_nothing() -> None:
    assert marks("a") == fingerprints(pa.StringArray.from_buffers(
        1, pa.py_buffer(np.array([0, 1], np.int32)), pa.py_buffer(b"a"))).tolist()


def test_texts_that_are_all_empty_need_no_letters() -> None:
    bare = pa.StringArray.from_buffers(2, pa.py_buffer(np.array([0, 0, 0], np.int32)), pa.py_buffer(b""))

    assert fingerprints(bare).tolist() == marks("", "")
    assert marks(None, None) == [marks(None)[0]] * 2


@pytest.mark.parametrize("array", [
    an_array(), an_array("a", "b").slice(1, 0), an_array("a").slice(1),
    pa.StringArray.from_buffers(0, pa.py_buffer(b""), pa.py_buffer(b"")),
], ids=["empty", "an empty slice", "past the end", "without buffers"])
def test_of_no_texts_there_are_no_numbers(array: pa.StringArray) -> None:
    assert fingerprints(array).tolist() == []
    assert letters(array).lengths.tolist() == []
    assert letters(array).are_only(b"")


def test_more_texts_than_are_worked_on_at_once_have_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"tree no. {number} {'x' * (number % 20)}" for number in range(100)]
    whole = marks(*texts)
    monkeypatch.setattr(module, "AT_ONCE", 7)

    assert marks(*texts) == whole


def test_different_numbers_stay_different_when_they_are_mixed() -> None:
    numbers = np.arange(100_000, dtype=np.uint64)

    assert len(np.unique(mixed(numbers))) == len(numbers)
    assert numbers.tolist() == list(range(100_000))


def test_lengths_count_bytes() -> None:
    assert letters(an_array("", "a", "é", "€", "😀")).lengths.tolist() == [0, 1, 2, 3, 4]


@given(st.lists(st.text(st.sampled_from("0123-.é"), max_size=6), max_size=10), st.integers(0, 3), st.integers(0, 3))
def test_it_is_known_whether_other_letters_occur(texts: list[str], before: int, after: int) -> None:
    part = an_array(*(["x"] * before), *texts, *(["y"] * after)).slice(before, len(texts))

    assert letters(part).are_only(b"0123-.") == ("é" not in "".join(texts))


@given(st.lists(TEXTS, max_size=20))
def test_texts_are_counted(texts: list[str]) -> None:
    assert counted(an_array(*texts)) == dict(Counter(texts))
    assert different(an_array(*texts)) == list(dict.fromkeys(texts))
