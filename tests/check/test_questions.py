"""Rules about questions and charts: their file is told, their columns are there, and fit what is asked."""

from __future__ import annotations

import pytest

from cities import CSV, TREES, a_bench, a_city, with_files
from cityfolio.check.tables import check_tables
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.problems import Problem
from cityfolio.tables.published import read_tables

QUESTION = "question: How tall is a tree?, measure: mean, of: height"
CHART = "title: Oaks lead, measure: count"
TYPED = TREES.replace("columns:\n", "columns:\n  planted: {title: Day it was planted, type: date}\n"
                      "  kind: {title: Kind, values: {A: Ash, O: Oak}}\n  alive: {title: Whether it lives, type: boolean}\n"
                      "  year: {title: Year, type: year}\n  owner: {title: Owner, sensitive: true}\n")
ROWS = "species,height,planted,kind,alive,year,owner\noak,12.5,2020-03-01,O,true,2020,Ann\nash,8,2021-04-01,A,false,2021,Bob\n"


def found(changed: dict[str, str | None]) -> tuple[Problem, ...]:
    """What is wrong with the tables of a city of which some files were changed."""
    tree = MemoryTree(with_files(a_city(), changed))
    loaded = load(tree)
    return (*loaded.problems, *check_tables(loaded, read_tables(loaded, a_bench(tree))))


def asked(written: str, key: str = "questions") -> tuple[Problem, ...]:
    """What is wrong with a question about trees that have columns of every kind."""
    return found({"datasets/trees/dataset.yaml": f"{TYPED}{key}:\n  - {{{written}}}\n", "datasets/trees/trees.csv": ROWS})


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """What each problem is and what it says."""
    return [(each.code, each.says) for each in problems]


SOUND = {
    "a mean": QUESTION,
    "a mean of some": f"{QUESTION}, where: {{kind: O, alive: true, year: 2020}}",
    "a range of numbers": f"{QUESTION}, where: {{height: {{from: 3}}}}",
    "a range of days": f"{QUESTION}, where: {{planted: {{from: 2020, to: 2021-04}}}}",
    "a part of a text": f"{QUESTION}, where: {{species: {{contains: a}}}}",
    "a cell that is empty": f"{QUESTION}, where: {{species: {{empty: false}}}}",
    "a count": "question: How many?, measure: count",
    "the first day": "question: When?, measure: min, of: planted",
    "a comparison with all": f"{QUESTION}, where: {{kind: O}}, compare: {{says: of all}}",
    "a file by its path": f"{QUESTION}, file: trees.csv",
}
UNSOUND = {
    "a file that is not listed": (f"{QUESTION}, file: tree.csv", "question-file", 'the dataset lists no file "tree.csv"'),
    "a column that is not there": ("question: A?, measure: sum, of: hight", "question-column",
                                   "the file has no column `hight`"),
    "a column of a condition that is not there": (f"{QUESTION}, where: {{knd: O}}", "question-column",
                                                  "the file has no column `knd`"),
    "a column of a comparison that is not there": (f"{QUESTION}, compare: {{where: {{knd: O}}, says: b}}", "question-column",
                                                   "the file has no column `knd`"),
    "a sensitive column": ("question: A?, measure: min, of: owner", "question-column",
                           "the column `owner` is sensitive, so nothing may be asked of it"),
    "a sensitive column in other letters": (f"{QUESTION}, where: {{Owner: Ann}}", "question-column",
                                            "the column `Owner` is sensitive, so nothing may be asked of it"),
    "a sum of texts": ("question: A?, measure: sum, of: species", "question-unfit",
                       "`species` holds text, of which there is no sum"),
    "a mean of days": ("question: A?, measure: mean, of: planted", "question-unfit",
                       "`planted` holds dates, of which there is no mean"),
    "the least of texts": ("question: A?, measure: min, of: species", "question-unfit",
                           "`species` holds text, of which there is no min"),
    "a count of a column": ("question: A?, measure: count, of: height", "question-unfit",
                            "`count` counts rows, and takes no column"),
    "a sum of nothing": ("question: A?, measure: sum", "question-unfit", "`sum` needs a column to measure"),
    "a word for a number": (f"{QUESTION}, where: {{height: tall}}", "question-unfit",
                            '"tall" is not a number, as `height` holds'),
    "a word for a day": (f"{QUESTION}, where: {{planted: {{to: soon}}}}", "question-unfit",
                         '"soon" is not a date, as `planted` holds'),
    "a day that does not exist": (f"{QUESTION}, where: {{planted: {{to: 2021-02-30}}}}", "question-unfit",
                                  '"2021-02-30" does not exist'),
    "a month that does not exist": (f"{QUESTION}, where: {{planted: {{to: 2021-13}}}}", "question-unfit",
                                    '"2021-13" does not exist'),
    "a year as a day": (f"{QUESTION}, where: {{planted: 2021}}", "question-unfit", '"2021" is not a date, as `planted` holds'),
    "a word for yes or no": (f"{QUESTION}, where: {{alive: yes}}", "question-unfit",
                             '"yes" is not true or false, as `alive` holds'),
    "a value that the dictionary does not list": (f"{QUESTION}, where: {{kind: Oak}}", "question-unfit",
                                                  '"Oak" is not among the values that the dictionary lists for `kind`'),
    "a range that ends before it begins": (f"{QUESTION}, where: {{height: {{from: 9, to: 3}}}}", "question-unfit",
                                           'the range ends at "3", before it begins at "9"'),
    "a range of texts": (f"{QUESTION}, where: {{species: {{from: a}}}}", "question-unfit",
                         "`species` holds text, of which there is no range"),
    "a part of a number": (f"{QUESTION}, where: {{height: {{contains: 1}}}}", "question-unfit",
                           "`height` holds numbers, in which no text can be looked for"),
    "an accent alone": (f'{QUESTION}, where: {{species: {{contains: "\u0301"}}}}', "question-unfit",
                        '"\u0301" is nothing that could be looked for'),
}
SOUND_CHARTS = {
    "by a text": f"{CHART}, by: species, top: 3",
    "by months": f"{CHART}, by: planted, per: month, kind: line",
    "by a year": f"{CHART}, by: year",
    "by a year, said so": f"{CHART}, by: year, per: year, kind: line",
    "of a mean": "title: Oaks are tall, measure: mean, of: height, by: kind",
}
UNSOUND_CHARTS = {
    "a column that is not there": (f"{CHART}, by: kid", "question-column", "the file has no column `kid`"),
    "a sensitive column": (f"{CHART}, by: owner", "question-column",
                           "the column `owner` is sensitive, so nothing may be asked of it"),
    "days without a period": (f"{CHART}, by: planted", "question-unfit", "`planted` holds dates, so a period is needed"),
    "periods of a text": (f"{CHART}, by: species, per: month", "question-unfit",
                          "`species` holds text, of which there are no periods"),
    "months of a year": (f"{CHART}, by: year, per: month", "question-unfit", "`year` holds years, which have no months"),
    "the first of periods": (f"{CHART}, by: planted, per: month, top: 3", "question-unfit",
                             "periods follow each other, and none of them comes first"),
    "the first of years": (f"{CHART}, by: year, top: 3", "question-unfit",
                           "periods follow each other, and none of them comes first"),
    "a line of texts": (f"{CHART}, by: species, kind: line", "question-unfit", "a line joins periods, and there are none"),
    "the height of a day": ("title: A, measure: min, of: planted, by: kind", "question-unfit",
                            "`planted` holds dates, of which there is no min"),
}


@pytest.mark.parametrize("written", SOUND.values(), ids=SOUND)
def test_a_question_that_can_be_asked_is_sound(written: str) -> None:
    assert told(asked(written)) == []


@pytest.mark.parametrize(("written", "code", "says"), UNSOUND.values(), ids=UNSOUND)
def test_a_question_that_cannot_be_asked_is_told(written: str, code: str, says: str) -> None:
    assert told(asked(written)) == [(code, says)]


@pytest.mark.parametrize("written", SOUND_CHARTS.values(), ids=SOUND_CHARTS)
def test_a_chart_that_can_be_drawn_is_sound(written: str) -> None:
    assert told(asked(written, "charts")) == []


@pytest.mark.parametrize(("written", "code", "says"), UNSOUND_CHARTS.values(), ids=UNSOUND_CHARTS)
def test_a_chart_that_cannot_be_drawn_is_told(written: str, code: str, says: str) -> None:
    assert told(asked(written, "charts")) == [(code, says)]


TWO = TREES.replace("  - path: trees.csv\n", "  - path: trees.csv\n  - {path: old.csv, title: Before}\n")
OLD = {"datasets/trees/old.csv": CSV}


def test_one_of_two_tables_has_to_be_named() -> None:
    (problem,) = found({"datasets/trees/dataset.yaml": f"{TWO}questions: [{{{QUESTION}}}]\n", **OLD})

    assert (problem.code, problem.where.line) == ("question-file", 14)
    assert problem.fix == "Add `file:` with one of: trees.csv, Before."


@pytest.mark.parametrize("name", ["trees.csv", "old.csv", "Before"])
def test_a_table_is_named_by_its_path_or_its_title(name: str) -> None:
    assert told(found({"datasets/trees/dataset.yaml": f"{TWO}questions: [{{{QUESTION}, file: {name}}}]\n", **OLD})) == []


def test_a_file_that_is_not_read_as_a_table_cannot_be_asked() -> None:
    record = TREES.replace("path: trees.csv", "path: trees.csv\n    look_inside: false")
    (problem,) = found({"datasets/trees/dataset.yaml": f"{record}questions: [{{{QUESTION}}}]\n"})

    assert (problem.code, problem.says) == ("question-file", "the file that is asked is not read as a table")


def test_a_file_that_could_not_be_read_is_told_of_once() -> None:
    problems = found({"datasets/trees/dataset.yaml": f"{TREES}questions: [{{{QUESTION}}}]\n",
                      "datasets/trees/trees.csv": "species,height\noak,1,2\n"})

    assert [each.code for each in problems] == ["csv-ragged"]


def test_a_question_of_a_dataset_that_is_only_planned_is_left_alone() -> None:
    record = TREES.replace("files:\n  - path: trees.csv\n", "status: planned\nreason: Not yet.\n")

    assert told(found({"datasets/trees/dataset.yaml": f"{record}questions: [{{question: A?, measure: sum, of: b}}]\n",
                       "datasets/trees/trees.csv": None})) == []
