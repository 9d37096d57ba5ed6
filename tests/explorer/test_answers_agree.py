"""The number on a dataset's page is the one that the explorer gives at the address beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cityfolio.load.catalog import load
from cityfolio.model.answers import Answer, Asked, Filter
from cityfolio.model.questions import PERIODS, Condition
from cityfolio.tables.answers.answering import answered
from cityfolio.tables.answers.asked import readable
from cityfolio.tables.answers.conditions import canonical
from cityfolio.tables.answers.measures import answer_of
from cityfolio.tables.answers.tallies import tallied
from cityfolio.tables.exports.rows import export_table
from cityfolio.tables.exports.schema import About, ExportTable
from cityfolio.tables.published import read_tables
from demonstration.built_site import Demonstration
from explorer.answering_process import Explorer, as_said, explorer
from tables.exports.making_exports import a_column, a_table

pytestmark = pytest.mark.npm

TEXTS = ("", "Open", "open", "Élan", "elan", "a~b!c", "__proto__", "Straße", "!", "~")
VALUES = {
    "text": st.sampled_from(TEXTS),
    "flag": st.sampled_from(("true", "false", "TRUE", "0", "")),
    "whole": st.one_of(st.integers(-5, 20), st.integers(-10**17, 10**17)).map(str),
    "number": st.one_of(st.integers(-30, 300).map(lambda n: f"{n / 10}"), st.decimals(-10**9, 10**9, places=3).map(str)),
    "day": st.integers(0, 500).map(lambda at: f"20{20 + at // 250}-{at // 20 % 12 + 1:02}-{at % 28 + 1:02}"),
    "moment": st.integers(0, 5_000).map(
        lambda at: f"2024-{at // 400 % 12 + 1:02}-{at % 28 + 1:02}T{at % 24:02}:30:00.00{at % 10}"),
    "year": st.integers(1995, 2010).map(str),
}
TYPES = {"text": "string", "flag": "boolean", "whole": "integer", "number": "number", "day": "date", "moment": "datetime",
         "year": "year"}
COLUMNS = {name: a_column(name, kind) for name, kind in TYPES.items()}
MEASURED = st.one_of(
    st.just(("count", None)),
    st.tuples(st.sampled_from(("sum", "mean", "median", "min", "max")), st.sampled_from(("whole", "number"))),
    st.tuples(st.sampled_from(("min", "max")), st.sampled_from(("day", "moment", "year"))),
)
GROUPED = st.one_of(
    st.tuples(st.sampled_from((None, "text", "flag", "whole", "number")), st.none(), st.one_of(st.none(), st.integers(1, 4))),
    st.tuples(st.sampled_from(("day", "moment")), st.sampled_from(PERIODS), st.none()),
    st.just(("year", "year", None)),
)


@st.composite
def conditions(draw: st.DrawFn, name: str) -> Filter:
    """Something that a department may write of a column."""
    values = VALUES[name].filter(bool)
    forms = [st.builds(Condition, test=st.just("is"), values=st.lists(values, min_size=1, max_size=3).map(tuple)),
             st.builds(Condition, test=st.sampled_from(("empty", "filled")))]
    if name == "text":
        forms.append(st.builds(Condition, test=st.just("contains"), text=st.sampled_from(("E", "é", "SS", "~", "opEN"))))
    elif name != "flag":
        ends = st.lists(st.sampled_from(("2020", "2021-03", "2024-02-29")) if name in ("day", "moment") else values, max_size=1)
        forms += [st.builds(Condition, test=st.just("between"), low=ends.map("".join)),
                  st.builds(Condition, test=st.just("between"), high=values)]
    condition = draw(st.one_of(forms).filter(lambda each: each.test != "between" or bool(each.low or each.high)))
    return Filter(column=name, condition=canonical(condition, COLUMNS[name]))


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """A question in the grammar of `questions:` and `charts:`."""
    measure, of = draw(MEASURED)
    by, per, top = draw(GROUPED)
    filters = draw(st.lists(st.sampled_from(sorted(COLUMNS)), max_size=2, unique=True).flatmap(
        lambda names: st.tuples(*map(conditions, names))))
    return Asked(measure=measure, of=of, by=by, per=per, top=top if by else None, filters=filters)


@st.composite
def tables(draw: st.DrawFn) -> ExportTable:
    """Rows of every type, many of them without a value."""
    rows = draw(st.integers(1, 30))
    cells = {name: draw(st.lists(st.one_of(st.none(), values), min_size=rows, max_size=rows))
             for name, values in VALUES.items()}
    return a_table(*((COLUMNS[name], cells[name]) for name in COLUMNS), empty=frozenset((None, "")), portion_rows=7)


@pytest.fixture(scope="module")
def running(node: str) -> Iterator[Explorer]:
    """The explorer, in one process for all tables."""
    with explorer(node) as process:
        yield process


def built(table: ExportTable, asked: list[Asked]) -> list[Answer]:
    """What a build answers."""
    return [answer_of(each, tally, COLUMNS) for each, tally in zip(asked, tallied(table, asked), strict=True)]


def agree(running: Explorer, table: ExportTable, asked: list[Asked]) -> None:
    """Ask both the same."""
    assert running.ask(table, asked) == [as_said(each) for each in built(table, asked)]


GIVEN = {"table": tables(), "asked": st.lists(questions(), min_size=1, max_size=5)}
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=40, **UNHURRIED)
@given(**GIVEN)
def test_a_build_and_the_explorer_answer_alike(running: Explorer, table: ExportTable, asked: list[Asked]) -> None:
    agree(running, table, asked)


@pytest.mark.torture
@settings(max_examples=2_000, **UNHURRIED)
@given(**GIVEN)
def test_a_build_and_the_explorer_answer_alike_whatever_is_asked(running: Explorer, table: ExportTable,
                                                                 asked: list[Asked]) -> None:
    agree(running, table, asked)


@pytest.mark.no_cover
def test_every_answer_of_the_demonstration_is_the_explorers(running: Explorer, demonstration: Demonstration) -> None:
    bench = demonstration.bench
    loaded, tree = load(bench.tree), bench.tree
    tables = read_tables(loaded, bench)
    found = answered(loaded, tables, bench)
    of_tables = defaultdict[tuple[str, int], list[Answer]](list)
    for dataset, answers in found.by_dataset.items():
        for each in (*answers.questions, *answers.charts):
            of_tables[dataset, each.place].append(each.answer)
    wrong = [
        (place, each.asked)
        for place, answers in of_tables.items()
        if (file := readable(tables, place))
        for each, said in zip(answers, running.ask(export_table(tree, file.job, file.profile, About()),
                                                   [each.asked for each in answers]), strict=True)
        if said != as_said(each)
    ]

    assert found.problems == ()
    assert len(found.by_dataset) >= 6
    assert wrong == []
