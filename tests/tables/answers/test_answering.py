"""The questions of a catalog: each file is read once for all of them, and not again while nothing changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import BinaryIO
from unittest.mock import patch

from cities import TREES, a_bench, a_city, with_files
from cityfolio.cache import Cache
from cityfolio.files import MemoryTree, Node, Tree
from cityfolio.load.catalog import load
from cityfolio.model.answers import Answers
from cityfolio.problems import Location, Problem
from cityfolio.tables.answers.answering import Answered, answered
from cityfolio.tables.aside import Ended
from cityfolio.tables.published import Bench, read_tables
from tables.readers.making_sheets import an_xlsx

QUESTIONS = """\
questions:
  - {question: How tall is an oak?, measure: mean, of: height, where: {species: oak}, compare: {says: of all kinds}}
  - {question: How many trees?, measure: count}
charts:
  - {title: Oaks lead, measure: count, by: species}
"""
NAMED = ('<row r="1"><c t="str"><v>species</v></c><c t="str"><v>height</v></c></row>'
         '<row r="2"><c t="str"><v>oak</v></c><c><v>12.5</v></c></row>')


class CountingTree:
    """A tree that counts how often each of its files is opened."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.opened = Counter[str]()

    def nodes(self) -> tuple[Node, ...]:
        return tuple(self.tree.nodes())

    def read(self, path: str) -> bytes:
        return self.tree.read(path)

    def open(self, path: str) -> BinaryIO:
        self.opened[path] += 1
        return self.tree.open(path)


def answers_of(changed: dict[str, str | bytes | None]) -> Answered:
    """What a city with these files answers."""
    tree = MemoryTree(with_files(a_city(), changed))
    return of_tree(tree, a_bench(tree))


def of_tree(tree: Tree, bench: Bench) -> Answered:
    loaded = load(tree)
    return answered(loaded, read_tables(loaded, bench), bench)


def trees(record: str) -> Answers:
    """What the trees answer."""
    return answers_of({"datasets/trees/dataset.yaml": record}).by_dataset["trees"]


def test_questions_and_charts_are_answered_in_their_order() -> None:
    found = trees(TREES + QUESTIONS)

    assert [(each.record.question, each.answer.total.value) for each in found.questions] == [
        ("How tall is an oak?", "12.5"), ("How many trees?", "3")]
    assert [each.compared.total.value if each.compared else None for each in found.questions] == ["10.25", None]
    assert [[(group.key, group.value) for group in each.answer.groups] for each in found.charts] == [
        [("elm", "1"), ("maple", "1"), ("oak", "1")]]


def test_a_city_without_questions_has_no_answers() -> None:
    assert answers_of({}) == Answered()


def test_words_for_no_value_take_no_part() -> None:
    record = TREES.replace("- path: trees.csv", "- path: trees.csv\n    empty: [oak]") + QUESTIONS

    assert trees(record).charts[0].answer.groups[-1].key is None


def test_a_file_with_a_sensitive_column_can_be_asked_all_else() -> None:
    record = TREES.replace("columns:\n", "columns:\n  owner: {title: Owner, sensitive: true}\n")
    files = {"datasets/trees/dataset.yaml": record + QUESTIONS,
             "datasets/trees/trees.csv": "owner,species,height\nAnn,oak,12.5\nBob,elm,8\n"}

    assert [each.answer.total.value for each in answers_of(files).by_dataset["trees"].questions] == ["12.5", "2"]


def test_a_spreadsheet_is_asked_in_a_process_of_its_own() -> None:
    files = {"datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.xlsx") + QUESTIONS,
             "datasets/trees/trees.csv": None, "datasets/trees/trees.xlsx": an_xlsx(NAMED)}

    assert [each.answer.total.value for each in answers_of(files).by_dataset["trees"].questions] == ["12.5", "1"]


def test_a_question_about_no_row_is_told_and_has_no_answer() -> None:
    found = answers_of({"datasets/trees/dataset.yaml": TREES + QUESTIONS.replace("species: oak", "species: Oak")})
    (problem,) = found.problems

    assert (problem.code, problem.where.line, problem.says) == ("question-empty", 14, "no row meets these conditions")
    assert found.by_dataset["trees"].questions[0].answer.total.value is None


def test_rows_without_a_value_are_told_too() -> None:
    found = answers_of({"datasets/trees/dataset.yaml": TREES + QUESTIONS.replace("species: oak", "species: maple")})

    assert [each.says for each in found.problems] == ["no row that meets these conditions has a value in `height`"]


def test_a_file_that_met_a_limit_is_told_and_has_no_answers() -> None:
    problem = Problem(code="table-limit", where=Location(path="datasets/trees/trees.csv"), says="it took too long")
    with patch("cityfolio.tables.answers.answering.worked", return_value=[Ended(problem)]):
        found = answers_of({"datasets/trees/dataset.yaml": TREES + QUESTIONS})

    assert found == Answered(by_dataset={}, problems=(problem,))


def test_a_file_is_read_once_for_all_questions_and_not_again_for_the_next_build(tmp_path: Path) -> None:
    tree = CountingTree(MemoryTree(with_files(a_city(), {"datasets/trees/dataset.yaml": TREES + QUESTIONS})))
    bench = a_bench(tree, cache=Cache(tmp_path))
    loaded = load(tree)
    tables = read_tables(loaded, bench)
    before = tree.opened.copy()
    first = answered(loaded, tables, bench)
    between = tree.opened.copy()
    second = answered(loaded, tables, bench)

    assert (between - before)["datasets/trees/trees.csv"] == 1
    assert tree.opened == between
    assert second == first
