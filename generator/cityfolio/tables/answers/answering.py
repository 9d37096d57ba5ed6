"""The questions and charts of a whole catalog, answered: each file is gone through once, and what it said is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial

import orjson

from cityfolio import __version__
from cityfolio.files import Tree, sha256
from cityfolio.frozen import Frozen, field
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.answers import Answer, AnsweredChart, AnsweredQuestion, Answers, Asked, Group, Others
from cityfolio.model.questions import ChartRecord, QuestionRecord
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Problem
from cityfolio.tables.answers.asked import Readable, asked_of, bears, compared_with, readable
from cityfolio.tables.answers.measures import answer_of
from cityfolio.tables.answers.tallies import tallied
from cityfolio.tables.aside import Ended
from cityfolio.tables.exports.rows import export_table
from cityfolio.tables.exports.schema import About
from cityfolio.tables.published import Bench, Tables
from cityfolio.tables.workers import Task, worked

RULES = "2"                       # raised with every change to what is answered


class Answered(Frozen, kw_only=True):
    """The answers by dataset, and what is odd about them."""

    by_dataset: Mapping[str, Answers] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class _Ask(Frozen, kw_only=True):
    """A question or a chart, the file it is for, and all that its rows are asked for it."""

    dataset: Sourced[DatasetRecord]
    record: QuestionRecord | ChartRecord
    keys: tuple[str, int]         # where it stands in the dataset's file
    file: Readable
    asked: tuple[Asked, ...]      # the question itself, and what it is compared with


def answered(loaded: Loaded, tables: Tables, bench: Bench) -> Answered:
    """Answer every question of a catalog that was checked. One that no row is about is a warning."""
    asks = [ask for dataset in loaded.published for ask in _asks(dataset, tables)]
    by_file: dict[int, list[_Ask]] = {}
    for ask in asks:
        by_file.setdefault(id(ask.file.job), []).append(ask)
    files = list(by_file.values())
    said = _said([(some[0].file, tuple(each for ask in some for each in ask.asked)) for some in files], bench)
    answers: dict[int, tuple[Answer, ...]] = {}
    problems: list[Problem] = []
    for some, found in zip(files, said, strict=True):
        if isinstance(found, Ended):
            problems.append(found.problem)
            continue
        rest = iter(found)
        for ask in some:
            answers[id(ask)] = tuple(next(rest) for _ in ask.asked)
    problems += [problem for ask in asks for problem in _odd(ask, answers.get(id(ask), ()))]
    return Answered(by_dataset=_by_dataset(asks, answers), problems=tuple(problems))


def which_file(dataset: Sourced[DatasetRecord], name: str | None, tables: Tables) -> list[Readable]:
    """The files that may be meant: one where all is well."""
    places = [place for place, file in enumerate(dataset.record.files) if name is None or bears(file, name)]
    found = (readable(tables, (dataset.id, place)) for place in places)
    return [each for each in found if each is not None]


def _asks(dataset: Sourced[DatasetRecord], tables: Tables) -> Iterator[_Ask]:
    records: list[tuple[str, int, QuestionRecord | ChartRecord]] = [
        *(("questions", at, each) for at, each in enumerate(dataset.record.questions)),
        *(("charts", at, each) for at, each in enumerate(dataset.record.charts))]
    for key, at, record in records:
        file = which_file(dataset, record.file, tables)[0]   # it was checked that there is one
        columns = file.columns
        compared = compared_with(record, columns) if isinstance(record, QuestionRecord) else None
        yield _Ask(dataset=dataset, record=record, keys=(key, at), file=file,
                   asked=(asked_of(record, columns), *([compared] if compared else [])))


def _by_dataset(asks: Sequence[_Ask], answers: Mapping[int, tuple[Answer, ...]]) -> dict[str, Answers]:
    questions: dict[str, list[AnsweredQuestion]] = {}
    charts: dict[str, list[AnsweredChart]] = {}
    for ask in asks:
        found = answers.get(id(ask))
        if not found:
            continue
        if isinstance(ask.record, QuestionRecord):
            questions.setdefault(ask.dataset.id, []).append(
                AnsweredQuestion(record=ask.record, place=ask.file.place, answer=found[0],
                                 compared=found[1] if len(found) > 1 else None))
        else:
            charts.setdefault(ask.dataset.id, []).append(
                AnsweredChart(record=ask.record, place=ask.file.place, answer=found[0]))
    return {each: Answers(questions=tuple(questions.get(each, ())), charts=tuple(charts.get(each, ())))
            for each in {**questions, **charts}}


def _odd(ask: _Ask, answers: Sequence[Answer]) -> Iterator[Problem]:
    for answer, above in zip(answers, ((), ("compare",)), strict=False):
        if not answer.total.filled:
            says = (f"no row that meets these conditions has a value in `{answer.asked.of}`" if answer.total.rows
                    else "no row meets these conditions")
            yield Problem(code="question-empty", where=ask.dataset.document.at_key(*ask.keys, *above, "where"), says=says,
                          fix="Look at how the values are written in the file. Case and spaces count.")


def _said(wanted: Sequence[tuple[Readable, tuple[Asked, ...]]], bench: Bench) -> list[list[Answer] | Ended]:
    """What each file answers, from the cache or from its rows."""
    keys = [_key(file, asked) for file, asked in wanted]
    found: list[bytes | Ended | None] = [bench.cache.get(key) for key in keys]
    missing = [at for at, body in enumerate(found) if body is None]
    tasks = [Task(wanted[at][0].job, partial(_answers, bench.sources, *wanted[at])) for at in missing]
    for at, body in zip(missing, worked(tasks, bench.workers), strict=True):
        found[at] = body
        if isinstance(body, bytes):
            bench.cache.put(keys[at], body)
    return [body if isinstance(body, Ended) else _decoded(body or b"", asked)
            for body, (_, asked) in zip(found, wanted, strict=True)]


def _key(file: Readable, asked: tuple[Asked, ...]) -> str:
    columns = [(column.name, column.type, column.format) for column in file.columns.values()]
    parts = ["answers", __version__, RULES, file.job.identity, file.profile.left_out, columns, [asdict(each) for each in asked]]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS))


def _answers(tree: Tree, file: Readable, asked: tuple[Asked, ...]) -> bytes:
    table = export_table(tree, file.job, file.profile, About())
    columns = file.columns
    tallies = tallied(table, asked)
    answers = [answer_of(each, tally, columns) for each, tally in zip(asked, tallies, strict=True)]
    return orjson.dumps([{"total": each.total, "groups": each.groups, "others": each.others} for each in answers])


def _decoded(body: bytes, asked: Sequence[Asked]) -> list[Answer]:
    return [Answer(asked=each, total=Group(**said["total"]), groups=tuple(Group(**group) for group in said["groups"]),
                   others=Others(**said["others"]) if said["others"] else None)
            for each, said in zip(asked, orjson.loads(body), strict=True)]


