"""What this data shows: the answer first, what it is compared with, and how anybody gets the same."""

from __future__ import annotations

from typing import Any

import pytest

from cityfolio.model.answers import AnsweredChart, AnsweredQuestion, Filter
from cityfolio.pages.asking import explorer_query
from cityfolio.pages.figures import figure
from cityfolio.pages.words import Words
from pages.answers import a_filter, a_group, a_question, a_table, an_answer, an_asked_dataset, asked
from pages.drawing import draw_site
from pages.factories import a_build, a_dataset
from pages.reader import Part


def shown(*answered: AnsweredQuestion | AnsweredChart, **given: Any) -> Part:
    """What the page of a dataset shows of its answers."""
    dataset = an_asked_dataset(*answered, **given)
    return draw_site(dataset).page(f"/data/{dataset.id}/").main.one("section", aria_labelledby="shows")


def lines(question: AnsweredQuestion, **given: Any) -> list[str]:
    """The lines below a question."""
    return [part.text for part in shown(question, **given).all("dd")]


def test_a_question_stands_above_its_answer() -> None:
    part = shown(a_question("4"))

    assert part.one("h2").text == "What this data shows"
    assert part.one("dt").text == "How long does it take?"
    assert part.all("dd")[0].text == "4 days"


def test_a_dataset_without_questions_does_not_mention_them() -> None:
    page = draw_site(a_dataset()).page("/data/service-requests-311/")

    assert "What this data shows" not in page.main.headings(2)


def test_the_answers_come_before_what_is_to_be_known() -> None:
    dataset = an_asked_dataset(a_question(), known_limits="Few.")

    assert draw_site(dataset).page(f"/data/{dataset.id}/").main.headings(2)[:2] == [
        "What this data shows", "Know before you use it"]


def test_a_comparison_says_what_it_is_compared_with() -> None:
    assert lines(a_question(says="in 2024", compared=an_answer("6")))[1] == "By comparison: 6 in 2024"


def test_the_rows_behind_an_answer_are_counted_and_linked() -> None:
    part = shown(a_question(filters=(a_filter("request_type", "POTHOLE"),))).all("dd")[-1]

    assert part.text == "Median of days_open, from 280 of 300 rows where request_type is “A hole”"
    assert part.one("a").address == "requests/?where=request_type~is~POTHOLE&ask=median~days_open"


def test_a_comparison_is_linked_too() -> None:
    compared = an_answer("6", filters=(a_filter("request_type", "CART"),))

    assert shown(a_question(says="for carts", compared=compared)).all("dd")[1].one("a").address == (
        "requests/?where=request_type~is~CART&ask=median~days_open")


def test_a_page_to_open_in_a_folder_links_to_the_file() -> None:
    dataset = an_asked_dataset(a_question())
    page = draw_site(dataset, build=a_build(for_folder=True)).page(f"/data/{dataset.id}/")

    assert page.main.one("section", aria_labelledby="shows").one("a").address == "requests/index.html?ask=median~days_open"


def test_a_file_without_a_page_is_not_linked() -> None:
    assert shown(a_question(), files=(a_table(page=""),)).all("a") == []


def test_an_answer_of_a_sample_says_so() -> None:
    sample = a_table(url="https://example.gov/all.csv", sample="requests.csv")

    assert lines(a_question(), files=(sample,))[-1] == "Median of days_open, from 280 of 300 rows of the sample"


def test_a_question_without_an_answer_says_that_there_is_no_data() -> None:
    assert lines(a_question(None))[0] == "No data"


def test_a_units_own_word_comes_before_the_columns() -> None:
    assert lines(a_question(unit="calendar days"))[0] == "4 calendar days"


UNITS = {"several": ("4", "working days", "4 working days"), "a single one": ("1", "working days", "1 (working days)"),
         "a part of one": ("0.5", "working days", "0.5 working days"), "a sign": ("1", "%", "1 %"),
         "a short one": ("1", "kWh", "1 kWh")}


@pytest.mark.parametrize(("value", "unit", "shown"), UNITS.values(), ids=UNITS)
def test_a_unit_is_never_in_the_wrong_number(value: str, unit: str, shown: str) -> None:
    assert lines(a_question(value, unit=unit))[0] == shown


def test_the_sum_of_rows_that_all_lack_a_value_is_no_data() -> None:
    nothing = a_group("0", filled=0)

    assert lines(a_question(measure="sum", total=nothing))[0] == "No data"


def test_the_sum_of_no_rows_is_no_data_and_their_count_is_0() -> None:
    assert lines(a_question(measure="sum", total=a_group("0", rows=0, filled=0)))[0] == "No data"
    assert lines(a_question(measure="count", of=None, total=a_group("0", rows=0, filled=0)))[0] == "0"


def test_a_count_has_no_unit_of_its_own() -> None:
    assert lines(a_question("1204", measure="count", of=None))[0] == "1,204"


CONDITIONS: dict[str, tuple[Filter, str]] = {
    "several values": (a_filter("request_type", "POTHOLE", "CART", "TREE"), "request_type is “A hole”, “CART” or “TREE”"),
    "a day": (a_filter("received_at", "2024-03-01"), "received_at is “1 March 2024”"),
    "a range": (a_filter("days_open", test="between", low="12000", high="30000"), "days_open is from 12,000 to 30,000"),
    "a lower end": (a_filter("received_at", test="between", low="2024-03-01"), "received_at is from 1 March 2024 on"),
    "an upper end": (a_filter("days_open", test="between", high="3"), "days_open is up to 3"),
    "a part": (a_filter("request_type", test="contains", text="hole"), "request_type contains “hole”"),
    "no value": (a_filter("days_open", test="empty"), "days_open is empty"),
    "some value": (a_filter("days_open", test="filled"), "days_open is filled in"),
}


@pytest.mark.parametrize(("given", "words"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_is_said_in_words(given: Filter, words: str) -> None:
    assert lines(a_question(filters=(given,)))[-1].endswith(f"where {words}")


QUERIES = {
    "a count": (asked(measure="count", of=None), "ask=count"),
    "two values": (asked(filters=(a_filter("a", "x", "y"),)), "where=a~is~x~y&ask=median~days_open"),
    "an end alone": (asked(filters=(a_filter("a", test="between", high="3"),)), "where=a~between~~3&ask=median~days_open"),
    "what cannot stand as it is": (asked(of="a~b!c", filters=(a_filter("&=", "é ?"),)),
                                   "where=%26%3D~is~%C3%A9%20%3F&ask=median~a%21~b%21%21c"),
    "a part of a text": (asked(filters=(a_filter("a", test="contains", text="x"),)), "where=a~contains~x&ask=median~days_open"),
    "no value": (asked(filters=(a_filter("a", test="empty"),)), "where=a~empty&ask=median~days_open"),
    "groups": (asked(by="a", top=3), "ask=median~days_open&by=a&top=3"),
    "periods": (asked(by="a", per="month"), "ask=median~days_open&by=a~month"),
}


@pytest.mark.parametrize(("question", "query"), QUERIES.values(), ids=QUERIES)
def test_a_question_is_written_as_the_explorer_writes_it(question: Any, query: str) -> None:
    assert explorer_query(question) == query


FIGURES = {
    "few digits": ("4", "median", None, "4"),
    "a mean": ("31.24285714285714", "mean", None, '<data value="31.24285714285714">31.2</data>'),
    "a small mean": ("0.012345", "mean", None, '<data value="0.012345">0.0123</data>'),
    "a large sum": ("1612345678.12", "sum", None, '<data value="1612345678.12">1,612,345,678</data>'),
    "zeros at the end": ("0.43001", "mean", None, '<data value="0.43001">0.43</data>'),
    "decimals that are asked for": ("4", "mean", 1, "4.0"),
    "no decimals": ("146.5", "median", 0, '<data value="146.5">147</data>'),
    "what stands in the data": ("12.34567", "max", None, "12.34567"),
    "under zero": ("-1234.5", "sum", None, '<data value="-1234.5">-1,235</data>'),
    "nothing": ("0", "sum", None, "0"),
    "a day": ("2026-06-30", "max", None, '<time datetime="2026-06-30">30 June 2026</time>'),
}


@pytest.mark.parametrize(("value", "measure", "decimals", "expected"), FIGURES.values(), ids=FIGURES)
def test_a_figure_is_rounded_to_what_is_worth_reading(value: str, measure: Any, decimals: int | None, expected: str) -> None:
    assert figure(value, measure, decimals, Words()) == expected
