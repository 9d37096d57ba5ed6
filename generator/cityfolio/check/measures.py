"""Rules about measures that need their tables: that the file is there, its columns are, and expressions fit them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.check.goals import ways
from cityfolio.check.inside import inside
from cityfolio.check.suppression import suppression_problems
from cityfolio.files import Tree
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.measures.kinds import faults
from cityfolio.measures.sources import Source, is_sampled, sources_of
from cityfolio.model.performance import ComputeRecord, MeasureRecord
from cityfolio.model.records import ColumnType, DatasetRecord
from cityfolio.problems import Problem, did_you_mean
from cityfolio.tables.answers.asked import bears
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.published import Tables
from cityfolio.tables.types import NAMES

DATED: tuple[ColumnType, ...] = ("date", "datetime", "year")
YEARLY = ("year", "fiscal-year")    # grains that a year can stand for
NUMBERS: tuple[ColumnType, ...] = ("integer", "number")
Keys = tuple[str | int, ...]


def measure_problems(loaded: Loaded, tables: Tables, tree: Tree) -> Iterator[Problem]:
    """What is wrong between measures and the rows they are computed from."""
    yield from suppression_problems(loaded, tables, tree)
    for measure in loaded.measures.values():
        compute = measure.record.compute
        if compute is None or compute.dataset not in loaded.datasets:
            continue   # told already
        found = sources_of(loaded, tables, compute.dataset or "", compute.file, tree)
        if len(found) != 1:
            yield from _of_file(measure, ("compute", "file"), loaded, tables, len(found))
            continue
        yield from _of_columns(measure, found[0])
        yield from _of_population(measure, compute, loaded, tables, tree)


def _of_file(measure: Sourced[MeasureRecord], keys: Keys, loaded: Loaded, tables: Tables, found: int) -> Iterator[Problem]:
    """Why it is not known which file a measure is computed from. A file that could not be read is told of already."""
    population = measure.record.compute.rate.population if measure.record.compute and measure.record.compute.rate else None
    asked = population if "population" in keys else measure.record.compute
    assert asked is not None
    dataset = loaded.datasets[asked.dataset or ""]
    named = [(place, file) for place, file in enumerate(dataset.record.files) if asked.file is None or bears(file, asked.file)]
    where = measure.document.at(*keys) if measure.document.value(*keys) else measure.document.at(*keys[:-1], "dataset")
    names = [file.title or file.path or file.url or "" for file in dataset.record.files]
    if found > 1:
        yield Problem(code="measure-file", where=where, says=f"the dataset {dataset.id} has more than one table, and it is not "
                      "told which one is meant", fix=f"Add `file:` with one of: {', '.join(names)}.")
    elif not named:
        what = f'lists no file "{asked.file}"' if asked.file else "has no file"
        yield Problem(code="measure-file", where=where, says=f"the dataset {dataset.id} {what}",
                      fix=did_you_mean(asked.file or "", names) if names else
                      "Add one under `files:`; the rows of a dataset that is not published stay private.")
    elif _is_published(dataset) and any(file.url and is_sampled(tables, dataset.id, place, file) for place, file in named):
        yield Problem(code="measure-sample", where=where, fix="Build with --fetch, or publish all rows.",
                      says=f"only a sample of the rows of {dataset.id} is here, so there is nothing to compute")
    elif not _is_published(dataset) or all(not file.look_inside for _, file in named):
        yield Problem(code="measure-file", where=where, says="the file that is meant is not read as a table",
                      fix="Name a file of rows, such as a CSV file.")


def _is_published(dataset: Sourced[DatasetRecord]) -> bool:
    return dataset.record.status == "published"


def _of_columns(measure: Sourced[MeasureRecord], source: Source) -> Iterator[Problem]:
    """Columns that are not there or hold something else than what is needed, and expressions that do not fit."""
    compute, columns = measure.record.compute, source.columns
    if compute is None or columns is None:
        return   # of what is not published the columns are known only when the rows are read
    given = ways(compute)
    wanted: list[tuple[Keys, str | None, tuple[ColumnType, ...] | None]] = [(("date",), compute.date, DATED)]
    wanted += [((way,), getattr(compute, way), NUMBERS) for way in given if way in ("sum", "mean", "median")]
    wanted += [(("count",), compute.count if compute.count != "rows" else None, None)]
    wanted += [(("by", at), name, None) for at, name in enumerate(compute.by)]
    if compute.percentile:
        wanted.append((("percentile", "of"), compute.percentile.of, NUMBERS))
    if compute.ratio:
        wanted.append((("ratio", "weight"), compute.ratio.weight, NUMBERS))
    if compute.rate:
        wanted.append((("rate", "of"), compute.rate.of, NUMBERS))
    for keys, name, types in wanted:
        if name is not None:
            yield from _of_column(measure, ("compute", *keys), name, columns, types)
    yield from _of_years(measure, compute.date, columns)
    for keys, text in ((("where",), compute.where), (("ratio", "good"), compute.ratio.good if compute.ratio else None)):
        for fault in faults(text, columns) if text else ():
            yield Problem(code="expression-invalid", where=inside(measure.document, ("compute", *keys), fault), says=fault.says,
                          fix=fault.fix)


def _of_years(measure: Sourced[MeasureRecord], dated: str | None, columns: Mapping[str, ExportColumn]) -> Iterator[Problem]:
    """Years that are put into shorter periods, in none of which they lie."""
    grain = measure.record.period.grain
    if dated is not None and dated in columns and columns[dated].type == "year" and grain not in YEARLY:
        yield Problem(code="measure-unfit", where=measure.document.at("compute", "date"),
                      says=f"`{dated}` holds years, and a year lies in no {grain}",
                      fix="Name a column of dates, or write `period: {grain: year}`.")


def _of_column(measure: Sourced[MeasureRecord], keys: Keys, name: str, columns: Mapping[str, ExportColumn],
               types: tuple[ColumnType, ...] | None) -> Iterator[Problem]:
    if name not in columns:
        yield Problem(code="measure-column", where=measure.document.at(*keys), says=f"the file has no column `{name}`",
                      fix=did_you_mean(name, columns, limit=40))
    elif columns[name].type == "geometry" or (types is not None and columns[name].type not in types):
        needed = "dates or years, which say in which period a row is" if types == DATED else \
            "numbers" if types else "values that can be told apart"
        yield Problem(code="measure-unfit", where=measure.document.at(*keys),
                      says=f"`{name}` holds {NAMES[columns[name].type][1]}, and this needs {needed}",
                      fix="Name another column.")


def _of_population(measure: Sourced[MeasureRecord], compute: ComputeRecord, loaded: Loaded, tables: Tables,
                   tree: Tree) -> Iterator[Problem]:
    population = compute.rate.population if compute.rate else None
    if population is None or population.dataset not in loaded.datasets:
        return
    found = sources_of(loaded, tables, population.dataset or "", population.file, tree)
    keys: Keys = ("compute", "rate", "population")
    if len(found) != 1:
        yield from _of_file(measure, (*keys, "file"), loaded, tables, len(found))
        return
    columns = found[0].columns
    if columns is None:
        return
    if population.value:
        yield from _of_column(measure, (*keys, "value"), population.value, columns, NUMBERS)
    if population.year:
        yield from _of_column(measure, (*keys, "year"), population.year, columns, ("integer", "year", "date", "datetime"))
    for own, there in population.by.items():
        if own not in compute.by:
            yield Problem(code="measure-column", where=measure.document.at_key(*keys, "by", own),
                          says=f"`{own}` is not in this measure's `by`", fix=did_you_mean(own, compute.by))
        else:
            yield from _of_column(measure, (*keys, "by", own), there, columns, None)
