"""Rows of tables that plugins give to the search: told by each table's own process, and kept by what they were told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import isfinite
from pathlib import Path
from typing import BinaryIO

import orjson

from cityfolio.files import read_bytes
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.site import Made
from cityfolio.plugins.adding import Away, GuardedFits
from cityfolio.plugins.guard import Used
from cityfolio.plugins.hooks import Findable, PluginRows, RowThings
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.texts import a_kind, is_text
from cityfolio.problems import Location, Problem
from cityfolio.tables.exports.about import about_file
from cityfolio.tables.exports.rows import export_columns, export_table
from cityfolio.tables.exports.schema import ExportTable
from cityfolio.tables.made import NotMade, Wanted, made
from cityfolio.tables.published import Bench, Tables

MOST = 50_000        # things of a kind: the index of more would outweigh that of everything else


class RowsOf(Frozen, kw_only=True):
    """What a plugin found in one table."""

    used: Used
    kind: str
    dataset: Dataset
    place: int                    # of its file
    made: Made

    def things(self) -> Iterator[Findable]:
        """Each of them."""
        return told_in(read_bytes(Path(self.made.at_hand())))


class FoundRows(Frozen):
    """What plugins found in tables, and what was wrong with that."""

    tables: tuple[RowsOf, ...] = ()
    problems: tuple[Problem, ...] = ()


class GuardedThings(Frozen):
    """What tells of the rows of a table. It is sent to the process that reads the file."""

    by: Away
    things: RowThings

    def __call__(self, table: ExportTable, stream: BinaryIO) -> None:
        """Write a line of JSON for each thing."""
        given: object = self.by.called("rows", partial(self.things, table))
        if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
            raise self.by.fault(f"gave {a_kind(given)} in `rows`, where a list of Findable is asked for")
        things, end, ids = self.by.called("rows", partial(iter, given)), object(), set[str]()
        while (thing := self.by.called("rows", partial(next, things, end))) is not end:
            wrong = wrong_with(thing, ids, is_row=True)
            if wrong or not isinstance(thing, Findable):
                raise self.by.fault(f"gave {wrong} in `rows`")
            ids.add(thing.id)
            stream.write(orjson.dumps(thing) + b"\n")


class _Asked(Frozen, kw_only=True):
    used: Used
    rows: PluginRows
    dataset: Dataset
    place: int
    wanted: Wanted


@dataclass(slots=True)
class _Finder:
    catalog: Catalog
    tables: Tables
    bench: Bench
    faults: dict[Problem, None] = field(default_factory=dict)

    def asked(self, used: Used, rows: PluginRows) -> Iterator[_Asked]:
        """Each published table that a plugin wants to tell of."""
        fits = GuardedFits(used, "rows", rows.fits, self.faults)
        for dataset in self.catalog.published:
            for place, file in enumerate(dataset.files):
                job = self.tables.jobs.get((dataset.id, place))
                if job is None or file.profile is None or not file.name or file.is_fetched:
                    continue
                if fits(export_columns(file.profile, job.columns), Location(path=job.path)):
                    about = about_file(dataset, file, "")
                    types = list(file.profile.types.items())
                    depends_on = ("rows", used.name, rows.kind, used.plugin.rows.index(rows), used.digest, types,
                                  file.profile.left_out, dict(job.columns), about)
                    write = partial(_write, GuardedThings(Away(used.name, used.folder), rows.things),
                                    partial(export_table, self.bench.sources, job, file.profile, about))
                    yield _Asked(used=used, rows=rows, dataset=dataset, place=place,
                                 wanted=Wanted(job=job, depends_on=depends_on, write=write, is_added=True))


def rows_found(plugins: Plugins, catalog: Catalog, tables: Tables, bench: Bench) -> FoundRows:
    """What plugins find in the tables of a catalog."""
    finder = _Finder(catalog, tables, bench)
    asked = [each for used in plugins.used for rows in used.plugin.rows for each in finder.asked(used, rows)]
    found, problems = [], list(finder.faults)
    for each, result in zip(asked, made([one.wanted for one in asked], bench.scratch, bench.cache, bench.workers, "rows found"),
                            strict=True):
        if isinstance(result, NotMade):
            problems.append(_not_found(each, result))
        else:
            found.append(RowsOf(used=each.used, kind=each.rows.kind, dataset=each.dataset, place=each.place, made=result))
    return FoundRows(tuple(found), tuple(problems))


def told_in(body: bytes) -> Iterator[Findable]:
    """The things that a file tells of, one on a line."""
    for line in body.splitlines():
        told = orjson.loads(line)
        yield Findable(**{**told, "words": tuple(told["words"])})


def wrong_with(thing: object, ids: set[str], *, is_row: bool) -> str:
    """What is wrong with something that is to be found, as what was given; "" where nothing is."""
    if not isinstance(thing, Findable):
        return f"{a_kind(thing)} where a Findable is asked for"
    given: Mapping[str, object] = {name: getattr(thing, name) for name in ("id", "title", "url", "text", "about")}
    for name, value in given.items():
        if not is_text(value) or (name in ("id", "title") and not str(value).strip()):
            return f"something to find with {value!r} as its {name}"
    words: object = thing.words
    if not isinstance(words, tuple) or not all(map(is_text, words)):
        return f'"{thing.id}" to find with words that are no tuple of texts'
    weight: object = thing.weight
    if not isinstance(weight, (int, float)) or isinstance(weight, bool) or not (isfinite(weight) and 0 < weight <= 1):
        return f'"{thing.id}" to find with the weight {weight!r}, which is not above 0 and up to 1'
    if not (thing.url.startswith("/") or (is_row and (not thing.url or thing.url[0] in "?#"))):
        return f'"{thing.id}" to find at "{thing.url}", which is no site path'
    if thing.id in ids:
        return f'two things to find with the id "{thing.id}"'
    return f"more than {MOST:,} things to find" if len(ids) >= MOST else ""


def _write(write: GuardedThings, table: partial[ExportTable], stream: BinaryIO) -> None:
    write(table(), stream)


def _not_found(asked: _Asked, result: NotMade) -> Problem:
    where = Location(path=asked.wanted.job.path)
    if result.is_fault:
        return Problem(code="plugin-fault", where=where, says=result.says, fix=result.fix)
    return asked.used.fault(f"could not tell of the rows of {asked.dataset.files[asked.place].title}: {result.says}", where)
