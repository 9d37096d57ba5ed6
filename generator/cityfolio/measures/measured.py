"""Every measure of a catalog, computed: values from rows or readings, held closed periods, status, trend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

import orjson

from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.updates import updated_on
from cityfolio.measures.closed_periods import ClosedPeriods
from cityfolio.measures.closed_rows import Counted
from cityfolio.measures.definition import Definition, Population, definition_of, population_of
from cityfolio.measures.observed import Frame, Observed, observed, too_many
from cityfolio.measures.rates import populations
from cityfolio.measures.reading import Asked, Said, said
from cityfolio.measures.readings import observed_by_hand
from cityfolio.measures.service_level import service_level
from cityfolio.measures.sources import Source, sources_of
from cityfolio.measures.status import current_standing, standings
from cityfolio.measures.tokens import ExpressionError
from cityfolio.model.catalog import Build
from cityfolio.model.measured import Computation, Observation, Trend
from cityfolio.model.performance import ComputeRecord, MeasureRecord
from cityfolio.problems import Problem
from cityfolio.tables.published import Bench, Tables

ONE_DAY = timedelta(days=1)
EARLIEST = date(2, 12, 31)
DIGITS = 30                       # before the point; whatever is counted has fewer
TOO_LARGE = 10**DIGITS
Place = tuple[str, int]           # a dataset, and a file of it


class Measured(Frozen, kw_only=True):
    """What was computed of each measure, by its id, and what stands in the way of some."""

    by_id: Mapping[str, Computation] = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)   # of those over published rows
    problems: tuple[Problem, ...] = ()


class _Task(Frozen, kw_only=True):
    """A measure with everything that is asked for it."""

    measure: Sourced[MeasureRecord]
    compute: ComputeRecord
    source: Source
    definition: Definition
    populated: tuple[Source, Population] | None = None

    @property
    def is_recountable(self) -> bool:
        """Whether every row and column behind it is published."""
        if not self.source.publishes(self.definition.columns):
            return False
        return self.populated is None or self.populated[0].publishes(self.populated[1].columns)

    @property
    def asked(self) -> tuple[tuple[Source, Asked], ...]:
        """What each file is asked: the measure itself, the residents of a rate, and last all rows where some are left out."""
        return ((self.source, self.definition), *((self.populated,) if self.populated else ()),
                *(((self.source, self.every),) if self.is_selective else ()))

    @property
    def every(self) -> Definition:
        """A count of all rows, whether they take part or not."""
        return Definition(what="count", dated=self.definition.dated, period=self.definition.period)

    @property
    def is_selective(self) -> bool:
        """Whether some rows that everybody can have may take no part."""
        return bool(self.definition.where) and self.is_recountable

    @property
    def counted(self) -> Counted | None:
        """What it counts, where its rows are published."""
        return Counted(source=self.source, definition=self.definition) if self.is_recountable else None


def measured(loaded: Loaded, tables: Tables, build: Build, bench: Bench) -> Measured:
    """Compute every measure of a catalog that was checked. One without a file, or without sound words, has no data."""
    tasks = {each.id: task for each in loaded.measures.values() for task in _tasks(each, loaded, tables, bench)}
    answers, problems = _answers(list(tasks.values()), bench)
    closed = ClosedPeriods(loaded, bench.tree, _day_before(build.today))
    by_id = {}
    for measure in loaded.measures.values():
        task, found = tasks.get(measure.id), answers.get(measure.id)
        if task is not None and found is not None:
            problems += _unfit(task, found)
        if task is None or found is None or any(map(_words, found)):
            # What was closed still stands where the rows are not here.
            now = None if measure.record.compute else observed_by_hand(measure.record, build.today)
            by_id[measure.id] = _stands(measure.record, closed.held(measure, now, None, None), build, Computation())
        else:
            now, about = _now(task, found, closed, build)
            beyond = list(_beyond(task, now))
            problems += beyond
            by_id[measure.id] = about if beyond else _stands(
                measure.record, closed.held(measure, now, task.counted, about.data_until), build, about)
    counted = {identifier: task.counted for identifier, task in tasks.items() if task.counted is not None}
    return Measured(by_id=by_id, counted=counted, problems=(*problems, *closed.problems, *closed.refusals(bench)))


def _tasks(measure: Sourced[MeasureRecord], loaded: Loaded, tables: Tables, bench: Bench) -> Iterator[_Task]:
    """What is asked for a measure; nothing for one that is read by hand, or whose words `check` has found fault with."""
    compute = measure.record.compute
    definition = definition_of(measure.record, _holidays(loaded, compute)) if compute else None
    if compute is None or definition is None or not _can_be_read(definition):
        return
    found = sources_of(loaded, tables, compute.dataset or "", compute.file, bench.tree)
    if len(found) != 1:
        return
    if compute.rate is None:
        yield _Task(measure=measure, compute=compute, source=found[0], definition=definition)
        return
    record = compute.rate.population
    population = population_of(record) if record else None
    below = sources_of(loaded, tables, record.dataset or "", record.file, bench.tree) if record else ()
    if population is not None and len(below) == 1 and compute.rate.per:
        yield _Task(measure=measure, compute=compute, source=found[0], definition=definition, populated=(below[0], population))


def _can_be_read(definition: Definition) -> bool:
    try:
        return bool(definition.columns)
    except ExpressionError:
        return False


def _holidays(loaded: Loaded, compute: ComputeRecord | None) -> tuple[date, ...]:
    calendar = loaded.calendars.get((compute.calendar if compute else None) or "")
    return tuple(sorted(filter(None, map(_day, calendar.record.holidays)))) if calendar else ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:            # `check` has told
        return None


def _answers(tasks: list[_Task], bench: Bench) -> tuple[dict[str, tuple[bytes, ...]], list[Problem]]:
    """What the files say to each measure, of which each is read once; and what is wrong with them."""
    sources: dict[Place, Source] = {}
    asked: dict[Place, list[Asked]] = {}
    wanted: list[tuple[str, Place, int]] = []
    for task in tasks:
        for source, each in task.asked:
            place = source.dataset, source.place
            sources.setdefault(place, source)
            asks = asked.setdefault(place, [])
            wanted.append((task.measure.id, place, len(asks)))
            asks.append(each)
    every = said([(sources[place], asked[place]) for place in sources], bench)
    found: dict[Place, Said] = dict(zip(sources, every, strict=True))
    answers: dict[str, tuple[bytes, ...]] = {}
    for identifier, place, number in wanted:
        if found[place].answers:
            answers[identifier] = (*answers.get(identifier, ()), found[place].answers[number])
    parts = {task.measure.id: len(task.asked) for task in tasks}
    whole = {identifier: each for identifier, each in answers.items() if len(each) == parts[identifier]}
    return whole, [problem for each in found.values() for problem in each.problems]


def _words(answer: bytes) -> list[str]:
    """Why something could not be computed, in words."""
    return orjson.loads(answer)["unfit"] if answer.startswith(b'{"unfit"') else []


def _unfit(task: _Task, answers: tuple[bytes, ...]) -> Iterator[Problem]:
    """What only the rows could tell: of files that are not published, which are not read before."""
    document = task.measure.document
    for answer in answers:
        for says in _words(answer):
            yield Problem(code="measure-unfit", where=document.at_key("compute"), says=says,
                          fix="Look at the names of the columns, and at their types in the dictionary.")
    if answers and not _words(answers[0]):
        for name, groups in too_many(answers[0]).items():
            yield Problem(code="measure-unfit", where=document.at_key("compute", "by"),
                          says=f"`{name}` has {groups:,} different values, too many to be shown apart",
                          fix="Name a column with fewer values.")


def _now(task: _Task, answers: tuple[bytes, ...], closed: ClosedPeriods, build: Build) -> tuple[Observed, Computation]:
    """What is found now, and what is known of the file that it comes from."""
    record, compute = task.measure.record, task.compute
    updated = updated_on(closed.loaded.datasets[task.source.dataset], build)
    # On the day of an update, and today, more may still happen.
    until = _day_before(min(build.today, updated or date.max))
    rate = compute.rate
    factor = Fraction(rate.per or 1) if rate else Fraction(100 if record.unit == "percent" else 1)
    frame = Frame(definition=task.definition, until=until, factor=factor, least=compute.min_n,
                  below=populations(answers[1], record.period).at if rate else None)
    found = observed(answers[0], frame)
    every = observed(answers[-1], Frame(definition=task.every, until=until, factor=Fraction(1), least=None, below=None)) \
        if task.is_selective else Observed()
    return found, Computation(
        rows_left_out=_left_out(found, every), place=task.source.place, is_recountable=task.is_recountable, data_until=until,
        data_sha256=task.source.sha256 if task.is_recountable else "")


def _left_out(found: Observed, every: Observed) -> int | None:
    """How many rows of the newest period with a value do not take part; None where that is not to be told."""
    rows = {each.period: each.rows for each in every.overall.observations}
    newest = (each for each in reversed(found.overall.observations) if each.value is not None)
    return next(((rows.get(each.period) or 0) - (each.rows or 0) for each in newest if rows), None)


def _beyond(task: _Task, found: Observed) -> Iterator[Problem]:
    """The first value that is too large for any page, chart or trend, as only a slip makes it."""
    every = (found.overall, *(series for each in found.groups.values() for series in each))
    observations = (*(each for series in every for each in series.observations), *([found.so_far] if found.so_far else []))
    for each in observations:
        if each.value is not None and abs(each.value) >= TOO_LARGE:
            yield Problem(code="measure-unfit", where=task.measure.document.at_key("compute"),
                          says=f"the value for {each.period} has more than {DIGITS} digits before the point",
                          fix="Look for a slip in the numbers of that period, or choose a larger unit.")
            return


def _stands(record: MeasureRecord, found: Observed, build: Build, about: Computation) -> Computation:
    """Everything that is said of observations."""
    series = found.overall.observations
    return replace(about, overall=found.overall, groups=found.groups, so_far=found.so_far, standings=standings(record, series),
                   standing=current_standing(record, series, build.today), trend=_trend(record, series),
                   service_level=service_level(record, series, found.so_far, build.today))


def _day_before(day: date) -> date:
    """The day before one, and never one so early that the calendar lacks the period before it."""
    return max(day, EARLIEST + ONE_DAY) - ONE_DAY


def _trend(record: MeasureRecord, observations: Sequence[Observation]) -> Trend:
    if not observations:
        return Trend(word="too-short")
    # numpy takes longer to import than a city without measures takes to build.
    from cityfolio.measures.trend import trend

    return trend(record, observations)
