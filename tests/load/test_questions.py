"""Questions and charts as they are written: what is read, and what is said of the rest."""

from __future__ import annotations

import pytest

from cityfolio.load.fields import read_record
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.questions import Condition
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Problem

ASKED = "title: Trees\nquestions:\n  - question: How many?\n    measure: count\n    where: {}\n"


def read(text: str) -> tuple[DatasetRecord, list[Problem]]:
    document, _ = read_yaml("x.yaml", text.encode())
    assert document is not None
    reading = Reading(document)
    return read_record(DatasetRecord, document.root, reading), reading.problems


def where(written: str) -> tuple[dict[str, Condition], list[tuple[str, int | None, int | None]]]:
    """The conditions of a question, and what is wrong with them."""
    record, problems = read(ASKED.replace("where: {}", f"where: {written}"))
    return dict(record.questions[0].where), [(each.code, each.where.line, each.where.column) for each in problems]


CONDITIONS = {
    "a value": ("{a: Closed}", Condition(test="is", values=("Closed",))),
    "a value with spaces": ('{a: " Closed "}', Condition(test="is", values=(" Closed ",))),
    "a word that others take for a truth value": ("{a: NO}", Condition(test="is", values=("NO",))),
    "a list": ("{a: [K, A, K]}", Condition(test="is", values=("K", "A"))),
    "a range": ("{a: {from: 1, to: 5}}", Condition(test="between", low="1", high="5")),
    "a lower end": ("{a: {from: 2025-07}}", Condition(test="between", low="2025-07")),
    "an upper end": ("{a: {to: 5}}", Condition(test="between", high="5")),
    "a part of a text": ("{a: {contains: tryon}}", Condition(test="contains", text="tryon")),
    "no value": ("{a: {empty: true}}", Condition(test="empty")),
    "some value": ("{a: {empty: false}}", Condition(test="filled")),
}
FAULTS = {
    "not a group": ("Closed", ("value-kind", 5, 12)),
    "nothing": ("{a: }", ("value-kind", 5, 16)),
    "nothing in a list": ("{a: [K, null]}", ("value-kind", 5, 20)),
    "an empty list": ("{a: []}", ("list-length", 5, 16)),
    "a list of lists": ("{a: [[K]]}", ("value-kind", 5, 17)),
    "a list of too many": (f"{{a: [{', '.join(map(str, range(51)))}]}}", ("list-length", 5, 16)),
    "a text of too many letters": (f"{{a: {'x' * 401}}}", ("value-kind", 5, 16)),
    "an unknown word": ("{a: {form: 1}}", ("key-unknown", 5, 17)),
    "two things": ("{a: {from: 1, contains: b}}", ("value-kind", 5, 16)),
    "nothing said": ("{a: {}}", ("value-kind", 5, 16)),
    "an end that is a list": ("{a: {from: [1]}}", ("value-kind", 5, 23)),
    "empty or not in other words": ("{a: {empty: yes}}", ("boolean-invalid", 5, 24)),
    "too many columns": (f"{{{', '.join(f'c{at}: 1' for at in range(11))}}}", ("list-length", 5, 12)),
}


@pytest.mark.parametrize(("written", "condition"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_is_read(written: str, condition: Condition) -> None:
    assert where(written) == ({"a": condition}, [])


@pytest.mark.parametrize(("written", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_condition_that_cannot_be_understood_is_told_at_its_place(written: str, problem: tuple[str, int, int]) -> None:
    assert where(written) == ({}, [problem])


def test_a_question_is_read_whole() -> None:
    record, problems = read(
        "title: Trees\nquestions:\n  - question: How tall?\n    measure: median\n    of: height\n    file: trees.csv\n"
        "    unit: feet\n    decimals: 1\n    compare: {where: {kind: oak}, says: of oaks}\n")
    question = record.questions[0]

    assert problems == []
    assert (question.question, question.measure, question.of, question.file) == ("How tall?", "median", "height", "trees.csv")
    assert (question.unit, question.decimals) == ("feet", 1)
    assert question.compare is not None
    assert (question.compare.says, question.compare.where) == ("of oaks", {"kind": Condition(test="is", values=("oak",))})


def test_a_chart_is_read_whole() -> None:
    record, problems = read("title: Trees\ncharts:\n  - {title: Oaks lead, measure: count, by: kind, top: 5, kind: bar}\n")
    chart = record.charts[0]

    assert problems == []
    assert (chart.title, chart.measure, chart.by, chart.top, chart.kind) == ("Oaks lead", "count", "kind", 5, "bar")


def test_a_question_says_what_it_lacks() -> None:
    _, problems = read("title: Trees\nquestions:\n  - {where: {kind: oak}}\ncharts:\n  - {top: 5}\n")

    assert [each.says for each in problems] == ['"question" is missing', '"measure" is missing', '"title" is missing',
                                                '"measure" is missing', '"by" is missing']


def test_a_comparison_has_to_say_what_it_is() -> None:
    _, problems = read(f"{ASKED}    compare: {{where: {{kind: oak}}}}\n")

    assert [(each.code, each.where.line, each.says) for each in problems] == [("key-missing", 6, '"says" is missing')]


def test_more_than_three_questions_are_refused() -> None:
    _, problems = read("title: Trees\nquestions:\n" + "  - {question: How many?, measure: count}\n" * 4)

    assert [each.code for each in problems] == ["list-length"]
