"""From the words of a department to a question that the rows can answer, with everything that stands in the way of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.frozen import Frozen
from cityfolio.model.answers import Asked, Filter
from cityfolio.model.profile import TableProfile
from cityfolio.model.questions import ChartRecord, Condition, QuestionRecord
from cityfolio.model.records import FileRecord
from cityfolio.problems import did_you_mean
from cityfolio.tables.answers.conditions import Unasked, canonical
from cityfolio.tables.answers.values import DATED, NUMBERS, ORDERED
from cityfolio.tables.exports.rows import export_columns
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.fetched import Key
from cityfolio.tables.published import Tables
from cityfolio.tables.table import TableJob, plain_name
from cityfolio.tables.types import NAMES

BARS = 12                     # of a chart that does not say how many
Keys = tuple[str | int, ...]


class Readable(Frozen, kw_only=True):
    """A file that can be asked: whole where it was fetched, else what is published here."""

    place: int
    job: TableJob
    profile: TableProfile

    @property
    def columns(self) -> Mapping[str, ExportColumn]:
        """Its columns that are published, by name."""
        return {column.name: column for column in export_columns(self.profile, self.job.columns)}


class Fault(Frozen, kw_only=True):
    """What is wrong with a question: below which of its keys, and what would be right."""

    code: str
    keys: Keys
    says: str
    fix: str


def readable(tables: Tables, key: Key) -> Readable | None:
    """What can be asked of a file; None where it is not read as a table, or could not be."""
    whole = tables.wholes.get(key)
    job, report = (whole.job, whole.report) if whole else (tables.jobs.get(key), tables.reports.get(key))
    if job is None or report is None or report.profile is None:
        return None
    return Readable(place=key[1], job=job, profile=report.profile)


def bears(file: FileRecord, name: str) -> bool:
    """Whether a file is meant by a name: its path, or its title."""
    return name in (file.path, file.sample, file.url, file.title)


def faults(record: QuestionRecord | ChartRecord, columns: Mapping[str, ExportColumn], job: TableJob) -> Iterator[Fault]:
    """What stands in the way of asking a file this."""
    look = _Look(columns, job)
    yield from _of_measure(record, look)
    if isinstance(record, ChartRecord):
        yield from _of_groups(record, look)
    yield from look.conditions(record.where, ("where",))
    if isinstance(record, QuestionRecord) and record.compare is not None:
        yield from look.conditions(record.compare.where, ("compare", "where"))


class _Look(Frozen):
    """The columns of a file, and what to say of a name that is none of them."""

    columns: Mapping[str, ExportColumn]
    job: TableJob

    def name(self, name: str, keys: Keys) -> Iterator[Fault]:
        if name in self.columns:
            return
        if plain_name(name) in self.job.sensitive_names:
            yield Fault(code="question-column", keys=keys, fix="Ask another column.",
                        says=f"the column `{name}` is sensitive, so nothing may be asked of it")
        else:
            yield Fault(code="question-column", keys=keys, says=f"the file has no column `{name}`",
                        fix=did_you_mean(name, self.columns, limit=40))

    def conditions(self, where: Mapping[str, Condition], keys: Keys) -> Iterator[Fault]:
        for name, condition in where.items():
            if name not in self.columns:
                yield from self.name(name, (*keys, name))
                continue
            try:
                canonical(condition, self.columns[name])
            except Unasked as wrong:
                yield Fault(code="question-unfit", keys=(*keys, name), says=wrong.says, fix=wrong.fix)


def _of_measure(record: QuestionRecord | ChartRecord, look: _Look) -> Iterator[Fault]:
    if record.measure is None:
        return   # told already
    if record.measure == "count" or record.of is None:
        if record.measure == "count" and record.of is not None:
            yield Fault(code="question-unfit", keys=("of",), says="`count` counts rows, and takes no column",
                        fix="Take `of:` away. Rows with a value are counted with `where: {COLUMN: {empty: false}}`.")
        elif record.measure != "count":
            yield Fault(code="question-unfit", keys=("measure",), says=f"`{record.measure}` needs a column to measure",
                        fix="Name it with `of:`.")
        return
    if record.of not in look.columns:
        yield from look.name(record.of, ("of",))
        return
    kind = look.columns[record.of].type
    # The height of a bar is a number, so no chart has days for its values.
    fitting = ORDERED if record.measure in ("min", "max") and isinstance(record, QuestionRecord) else NUMBERS
    if kind not in fitting:
        yield Fault(code="question-unfit", keys=("of",), fix="Ask a column of numbers, or `count` rows.",
                    says=f"`{record.of}` holds {NAMES[kind][1]}, of which there is no {record.measure}")


def _of_groups(record: ChartRecord, look: _Look) -> Iterator[Fault]:
    if record.by is None:
        return   # told already
    if record.by not in look.columns:
        yield from look.name(record.by, ("by",))
        return
    kind = look.columns[record.by].type
    if kind == "geometry":
        yield Fault(code="question-unfit", keys=("by",), says=f"`{record.by}` holds shapes, by which no rows belong together",
                    fix="Name another column.")
    elif record.per is not None and kind not in (*DATED, "year"):
        yield Fault(code="question-unfit", keys=("per",),
                    says=f"`{record.by}` holds {NAMES[kind][1]}, of which there are no periods",
                    fix="Take `per:` away, or name a column of dates.")
    elif record.per is None and kind in DATED:
        yield Fault(code="question-unfit", keys=("by",), says=f"`{record.by}` holds {NAMES[kind][1]}, so a period is needed",
                    fix="Add `per: month`, or another period.")
    elif kind == "year" and record.per not in (None, "year"):
        yield Fault(code="question-unfit", keys=("per",), says=f"`{record.by}` holds years, which have no {record.per}s",
                    fix="Write `per: year`.")
    elif record.kind == "line" and record.per is None and kind != "year":
        yield Fault(code="question-unfit", keys=("kind",), says="a line joins periods, and there are none",
                    fix="Write `kind: bar`, or leave it out.")
    elif record.top is not None and (record.per is not None or kind == "year"):
        yield Fault(code="question-unfit", keys=("top",), says="periods follow each other, and none of them comes first",
                    fix="Take `top:` away, or choose rows with `where:`.")


def asked_of(record: QuestionRecord | ChartRecord, columns: Mapping[str, ExportColumn]) -> Asked:
    """What is asked of a file. Only for a question without faults."""
    assert record.measure is not None
    filters = _filters(record.where, columns)
    if isinstance(record, QuestionRecord):
        return Asked(measure=record.measure, of=record.of, filters=filters)
    assert record.by is not None
    is_year = columns[record.by].type == "year"
    per = "year" if is_year else record.per
    return Asked(measure=record.measure, of=record.of, filters=filters, by=record.by, per=per,
                 top=None if per else record.top or BARS)


def compared_with(record: QuestionRecord, columns: Mapping[str, ExportColumn]) -> Asked | None:
    """The same of the rows that a question is compared with; None where it is not."""
    if record.compare is None:
        return None
    assert record.measure is not None
    return Asked(measure=record.measure, of=record.of, filters=_filters(record.compare.where, columns))


def _filters(where: Mapping[str, Condition], columns: Mapping[str, ExportColumn]) -> tuple[Filter, ...]:
    return tuple(Filter(column=name, condition=canonical(condition, columns[name])) for name, condition in where.items())
