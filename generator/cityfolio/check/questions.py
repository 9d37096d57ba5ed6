"""Rules about questions and charts: that their file is there, its columns are, and these can be asked what they are asked."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.questions import ChartRecord, QuestionRecord
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.problems import Problem, did_you_mean
from cityfolio.tables.answers.answering import which_file
from cityfolio.tables.answers.asked import bears, faults
from cityfolio.tables.published import Tables


def question_problems(loaded: Loaded, tables: Tables) -> Iterator[Problem]:
    """What is wrong with the questions and charts of the datasets that can be had."""
    for dataset in loaded.published:
        for at, question in enumerate(dataset.record.questions):
            yield from _problems(dataset, ("questions", at), question, tables)
        for at, chart in enumerate(dataset.record.charts):
            yield from _problems(dataset, ("charts", at), chart, tables)


def _problems(dataset: Sourced[DatasetRecord], keys: tuple[str | int, ...], record: QuestionRecord | ChartRecord,
              tables: Tables) -> Iterator[Problem]:
    found = which_file(dataset, record.file, tables)
    if len(found) != 1:
        yield from _of_file(dataset, keys, record, several=len(found) > 1)
        return
    for fault in faults(record, found[0].columns, found[0].job):
        yield Problem(code=fault.code, where=dataset.document.at_key(*keys, *fault.keys) if "where" in fault.keys
                      else dataset.document.at(*keys, *fault.keys), says=fault.says, fix=fault.fix)


def _of_file(dataset: Sourced[DatasetRecord], keys: tuple[str | int, ...], record: QuestionRecord | ChartRecord, *,
             several: bool) -> Iterator[Problem]:
    """Why the file that is asked is not known."""
    files = dataset.record.files
    named = [file for file in files if record.file is None or bears(file, record.file)]
    where, what = dataset.document.at(*keys, "file"), keys[0]
    if several:
        says = f'"{record.file}" is more than one table' if record.file else "the dataset has more than one table"
        yield Problem(code="question-file", where=where, says=f"{says}, and it is not told which one is asked",
                      fix=f"Add `file:` with one of: {', '.join(map(_name, files))}.")
    elif record.file and not named:
        yield Problem(code="question-file", where=where, says=f'the dataset lists no file "{record.file}"',
                      fix=did_you_mean(record.file, map(_name, files)))
    elif all(not file.look_inside or not (file.path or file.sample) for file in named):
        yield Problem(code="question-file", where=where, says="the file that is asked is not read as a table",
                      fix=f"Publish its rows, or a sample of them, or take it out of `{what}:`.")
    # A file that could not be read is told of already.


def _name(file: FileRecord) -> str:
    return file.title or file.path or file.url or ""
