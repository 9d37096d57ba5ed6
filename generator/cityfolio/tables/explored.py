"""The tables that readers can look into: each has a page of its own, and its rows as Parquet that a browser reads in parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from cityfolio.files import naming
from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Catalog, Dataset, File, Forward, RowsFile
from cityfolio.model.site import Made
from cityfolio.problems import Location, Problem
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.names import stem_of
from cityfolio.tables.exports.places import TYPES, places
from cityfolio.tables.exports.rows import NO_RECORD
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.known_parts import KnownParts, Part, Parts
from cityfolio.tables.made import NotMade, Place, Wanted, made
from cityfolio.tables.offers import Offered, export_wanted, with_datasets
from cityfolio.tables.published import Bench, Tables
from cityfolio.tables.shelves import Item, Shelves, trimmed
from cityfolio.tables.table import TableJob

if TYPE_CHECKING:
    from cityfolio.tables.exports.schema import ParquetOutline

PARQUET = FORMATS["parquet"]
OUTLINE_RULES = "1"           # raised with every change to what an outline tells
ROWS_NAME = "rows.parquet"
# Beyond so many rows a table can be looked into wherever it is published: to scroll through them in a downloaded file is no
# way to find anything. Measured on the demonstration: up to some 1,000 rows, Parquet is larger than a CSV as servers send it.
MANY_ROWS = 5_000
TAKEN = frozenset({"changes", "versions"})   # last parts of addresses that a dataset has for other pages


class _Table(Frozen, kw_only=True):
    """A file that is read as a table, the page that it gets, and the Parquet that is offered of it or wanted."""

    dataset: Dataset
    place: int
    file: File
    page: str
    job: TableJob
    offered: Made | None
    wanted: Wanted


def explored(offered: Offered, tables: Tables, base_url: str, bench: Bench) -> Offered:
    """The same catalog, in which every table of a published dataset has its page and its rows.

    Where a city offers Parquet, that file serves both. Rows that Parquet cannot hold are a problem, and the page does without.
    So does that of a small table where the site has no twins of the kind `explorer`.
    """
    catalog = offered.catalog
    known = KnownParts(place=Place(bench.scratch, bench.cache, bench.workers), base_url=base_url,
                       known_by=_without_offered(tables.known_by, offered))
    parts, bodies = known.found(catalog.datasets, partial(_wanted, offered, tables, (base_url, bench)))
    new = [dataset for dataset in catalog.published if dataset.id not in parts]
    found = [each for dataset in new for each in _tables(dataset, offered, tables, base_url, bench)]
    missing = [each for each in found if each.offered is None and _is_looked_into(each)]
    are_all = not parts
    results = made([each.wanted for each in missing], bench.scratch, bench.cache, bench.workers, "rows" if are_all else "")
    not_made, served = list[tuple[_Table, NotMade]](), [(each, each.offered) for each in found if each.offered is not None]
    for each, body in zip(missing, results, strict=True):
        if isinstance(body, NotMade):
            not_made.append((each, body))
        else:
            bodies[each.dataset.id, each.place] = body
            served.append((each, body))
    rows = {(each.dataset.id, each.place): read
            for each, read in _rows_files(served, Shelves(bench.cache, "outlines of rows" if are_all else ""))}
    pages = {at: Part(page=each.page, places=_places(each), rows=rows.get(at))
             for each in found for at in ((each.dataset.id, each.place),)}
    made_now = {each.id: tuple(pages.get((each.id, place)) for place in range(len(each.files))) for each in new}
    faulty = {each.dataset.id for each, _ in not_made}
    known.keep(catalog.datasets, {name: each for name, each in made_now.items() if name not in faulty}, bodies)
    parts |= made_now
    files = {(dataset.id, f"{part.page}/{ROWS_NAME}"): bodies[dataset.id, place] for dataset in catalog.published
             for place, part in enumerate(parts[dataset.id]) if part and (dataset.id, place) in bodies}
    catalog = with_datasets(catalog, tuple(_with_parts(dataset, parts.get(dataset.id, ())) for dataset in catalog.datasets))
    return replace(offered, catalog=replace(catalog, forwards=(*catalog.forwards, *_forwards(catalog))),
                   files={**offered.files, **files},
                   problems=(*offered.problems, *(_not_made(each, body) for each, body in not_made)))


def _without_offered(known_by: Mapping[str, str], offered: Offered) -> Mapping[str, str]:
    """By what datasets are known, but those of which Parquet is offered anyway."""
    if not known_by or not offered.files:
        return known_by
    return {each.id: known_by[each.id] for each in offered.catalog.published
            if each.id in known_by and not any(map(_own_parquet, each.files))}


def _wanted(offered: Offered, tables: Tables, by: tuple[str, Bench], dataset: Dataset, place: int) -> Wanted:
    """The rows of a table, as they are to be made."""
    return next(each.wanted for each in _tables(dataset, offered, tables, *by) if each.place == place)


def _tables(dataset: Dataset, offered: Offered, tables: Tables, base_url: str, bench: Bench) -> Iterator[_Table]:
    taken = {*TAKEN, *(file.name.casefold() for file in dataset.files)}
    for place, file in enumerate(dataset.files):
        whole = tables.wholes.get((dataset.id, place))
        job = whole.job if whole else tables.jobs.get((dataset.id, place))
        if job is None or file.profile is None or not file.profile.header or not (whole or file.name):
            continue
        source = whole.file.name if whole else file.name
        page = _free(stem_of(source, job.file.sheet), file.format, taken)
        taken.add(page.casefold())
        named = _own_parquet(file)
        yield _Table(dataset=dataset, place=place, file=file, page=page, job=job,
                     offered=offered.files.get((dataset.id, named)),
                     wanted=export_wanted(dataset, file, job, PARQUET, (base_url, bench.sources)))


def _own_parquet(file: File) -> str:
    """The name of the Parquet that Cityfolio makes of a file; "" where it is not offered."""
    return next((each.name for each in file.exports if each.format == PARQUET.name and not each.plugin), "")


def _free(stem: str, form: str, taken: set[str]) -> str:
    """A page's name that nothing else of the dataset has: trees, else trees-xlsx, else trees-xlsx-2."""
    tries = [stem, f"{stem}-{form.lower().replace(' ', '-')}"]
    tries += [f"{tries[1]}-{number}" for number in range(2, len(taken) + 3)]
    return next(name for name in tries if name.casefold() not in taken)


def _rows_files(bodies: Sequence[tuple[_Table, Made]], shelves: Shelves) -> Iterator[tuple[_Table, RowsFile]]:
    """The rows of tables. What their readers are told ahead was found when a few were written; else it is read and kept."""
    outlines = {at: body.outline for at, (_, body) in enumerate(bodies) if body.outline is not None}
    others = [at for at in range(len(bodies)) if at not in outlines]
    items = [Item(bodies[at][0].job.path, f"outline {OUTLINE_RULES} of {bodies[at][1].sha256}") for at in others]
    known, new = dict(shelves.found(items)), {}
    for number, at in enumerate(others):
        if number not in known:
            new[number] = trimmed(orjson.dumps(_outline(Path(bodies[at][1].at_hand()))))
    shelves.keep(items, new)
    outlines |= {others[number]: orjson.loads(told) for number, told in (known | new).items()}
    for at, (table, body) in enumerate(bodies):
        name, outline = _own_parquet(table.file) or f"{table.page}/{ROWS_NAME}", outlines[at]
        yield table, RowsFile(url=f"/data/{table.dataset.id}/{name}", bytes=body.bytes, sha256=body.sha256,
                              footer=outline["footer"], sorted_by=outline["sorted_by"],
                              offsets=tuple(map(tuple, outline["offsets"])))


def _outline(path: Path) -> ParquetOutline:
    # Arrow comes along, for which a build that finds everything in the cache need not wait.
    from cityfolio.tables.exports.parquet_outline import outline_of

    with naming(path), path.open("rb") as stream:
        return outline_of(stream)


def _places(table: _Table) -> tuple[str, ...]:
    """The columns that say where rows are."""
    assert table.file.profile is not None    # only tables are looked for
    columns = [ExportColumn(name=name, type=kind, record=table.job.columns.get(name, NO_RECORD))
               for name, kind in table.file.profile.types.items() if kind in TYPES]
    found = places(columns)
    if found is None:
        return ()
    numbers = (found.latitude, found.longitude) if found.shape is None else (found.shape,)
    return tuple(columns[number].name for number in numbers)


def _with_parts(dataset: Dataset, parts: Parts) -> Dataset:
    if not any(parts):
        return dataset
    return replace(dataset, files=tuple(
        replace(file, page=part.page, places=part.places, rows=part.rows) if part else file
        for file, part in zip(dataset.files, parts, strict=True)))


def _is_looked_into(table: _Table) -> bool:
    """Whether a browser is to read the rows in parts."""
    assert table.file.profile is not None    # only tables are looked for
    return "explorer" in table.dataset.twins or table.file.profile.rows > MANY_ROWS


def _forwards(catalog: Catalog) -> Iterator[Forward]:
    """Pages of tables at the addresses that their datasets had before, and that their files would have had."""
    for dataset in catalog.published:
        page_of = {file.page: file for file in dataset.files if file.page}
        olds = [each.old for each in catalog.forwards if each.new == f"/data/{dataset.id}/" and each.takes_along]
        for page, file in page_of.items():
            former = [stem_of(name.replace("/", "-"), file.record.sheet) for name in file.record.formerly]
            names = [each for each in dict.fromkeys(former) if each not in page_of]
            for folder in (f"/data/{dataset.id}/", *olds):
                for name in (*names, *([page] if folder in olds else [])):
                    # A table may have two pages: its own, and one for pages of others.
                    for way in ("", "/embed") if "embed" in dataset.twins else ("",):
                        yield Forward(old=f"{way}{folder}{name}/", new=f"{way}/data/{dataset.id}/{page}/", title=file.title,
                                      source_path=dataset.source_path)


def _not_made(table: _Table, result: NotMade) -> Problem:
    return Problem(code="export-unfit", where=Location(path=table.job.path),
                   says=f"the rows of {table.file.title} cannot be looked into in a browser: {result.says}",
                   fix=result.fix or "The page shows its first rows alone; nothing else is missing.")
