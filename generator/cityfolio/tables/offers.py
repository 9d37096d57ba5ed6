"""The files of a catalog in the further formats that its settings ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO

from cityfolio.files import Tree
from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Catalog, Dataset, Export, File
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableProfile
from cityfolio.model.site import Made
from cityfolio.problems import Location, Problem
from cityfolio.tables.exports.about import about_file
from cityfolio.tables.exports.formats import FORMATS, AddedFormat, AnyFormat, ExportFormat, Writer
from cityfolio.tables.exports.names import free_name, stem_of
from cityfolio.tables.exports.places import places
from cityfolio.tables.exports.rows import export_columns, export_table
from cityfolio.tables.exports.schema import ExportTable, ParquetOutline
from cityfolio.tables.fetched import Key
from cityfolio.tables.made import NotMade, Wanted, made
from cityfolio.tables.packages import archive
from cityfolio.tables.published import Bench, Tables
from cityfolio.tables.table import TableJob

ARCHIVE = "zip"
WHOLE_AS = "parquet"          # of a file kept elsewhere: it may be of any size, and in other formats it is where it is kept


class Offer(Frozen, kw_only=True):
    """A file in a further format: where in the catalog it belongs, and what is made."""

    dataset: str
    place: int
    export: AnyFormat
    name: str
    where: Location               # of the source
    asked_for: bool               # by the file's own entry, and not by the whole site's
    wanted: Wanted


class Offered(Frozen, kw_only=True):
    """A catalog with its exports, and the bytes of each by dataset and name."""

    catalog: Catalog
    files: Mapping[tuple[str, str], Made]
    problems: tuple[Problem, ...] = ()


def offer(catalog: Catalog, tables: Tables, base_url: str, bench: Bench) -> Offered:
    """Make every export that is wanted. One that a format cannot hold is a problem, and there is no file."""
    if not catalog.site.exports and not any(file.record.exports for each in catalog.datasets for file in each.files):
        return Offered(catalog=catalog, files={})
    offers = [each for dataset in catalog.published for each in _offers(catalog, dataset, tables, base_url, bench)]
    results = made([each.wanted for each in offers], bench.scratch, bench.cache, bench.workers, "exports")
    files, exports, problems = dict[tuple[str, str], Made](), defaultdict[tuple[str, int], list[Export]](list), []
    for wish, result in zip(offers, results, strict=True):
        if isinstance(result, NotMade):
            problems.append(_not_made(wish, result))
            continue
        files[wish.dataset, wish.name] = result
        exports[wish.dataset, wish.place].append(_export(wish, result))
    datasets = tuple(_with_exports(dataset, exports) for dataset in catalog.datasets)
    packed = {each.id: archive(each, tables, base_url, bench) for each in datasets if _wants_archive(catalog, each)}
    archived = tuple(replace(each, archive=packed[each.id].export) if each.id in packed else each for each in datasets)
    for identifier, each in packed.items():
        if each.export and each.made:
            files[identifier, each.export.name] = each.made
    problems += [each.problem for each in packed.values() if each.problem]
    problems += [each for dataset in catalog.published for each in _wishes_in_vain(dataset, tables, bench)]
    return Offered(catalog=with_datasets(catalog, archived), files=files, problems=tuple(problems))


def _export(offer: Offer, made: Made) -> Export:
    form = offer.export
    export = Export(name=offer.name, format=form.name, bytes=made.bytes, sha256=made.sha256)
    if isinstance(form, AddedFormat):
        return replace(export, plugin=form.plugin, own_type=form.media_type, own_ending=form.ending)
    return export


def _with_exports(dataset: Dataset, exports: Mapping[tuple[str, int], list[Export]]) -> Dataset:
    found = [tuple(exports.get((dataset.id, place), ())) for place in range(len(dataset.files))]
    if all(file.exports == each for file, each in zip(dataset.files, found, strict=True)):
        return dataset
    files = (replace(file, exports=each) for file, each in zip(dataset.files, found, strict=True))
    return replace(dataset, files=tuple(files))


def with_datasets(catalog: Catalog, datasets: tuple[Dataset, ...]) -> Catalog:
    """The catalog with other values for its datasets, wherever they stand."""
    by_id = {each.id: each for each in datasets}
    return replace(
        catalog, datasets=datasets,
        publishers=tuple(replace(each, datasets=tuple(by_id[one.id] for one in each.datasets)) for each in catalog.publishers),
        topics=tuple(replace(each, datasets=tuple(by_id[one.id] for one in each.datasets)) for each in catalog.topics),
    )


def _offers(catalog: Catalog, dataset: Dataset, tables: Tables, base_url: str, bench: Bench) -> Iterator[Offer]:
    taken = {file.name for file in dataset.files}
    # Names that files had before answer still.
    taken |= {former.replace("/", "-") for file in dataset.files for former in file.record.formerly}
    # The plain name goes to the CSV, or the first by name, so that it does not hang on the order of the list.
    for place, file in sorted(enumerate(dataset.files), key=lambda each: (each[1].format != "CSV", each[1].name)):
        whole = tables.wholes.get((dataset.id, place))
        job = whole.job if whole else tables.jobs.get((dataset.id, place))
        if job is None or file.profile is None or not file.profile.header or not (whole or file.name):
            continue
        where = Location(path=whole.file.url, in_catalog=False) if whole else Location(path=job.path)
        for word, export in wanted_formats(catalog, file, bench).items():
            if whole and word != WHOLE_AS:
                continue
            if _is_needless(file, file.profile, export, job, is_copy=_is_copy(tables, (dataset.id, place))):
                continue
            source = whole.file.name if whole else job.path.removeprefix(f"datasets/{dataset.id}/").replace("/", "-")
            stem = stem_of(source, job.file.sheet)
            name = free_name(stem, export.ending, file.format, taken)
            taken.add(name)
            yield Offer(dataset=dataset.id, place=place, export=export, name=name, where=where,
                        asked_for=bool(file.record.exports),
                        wanted=export_wanted(dataset, file, job, export, (base_url, bench.sources)))


def _wishes_in_vain(dataset: Dataset, tables: Tables, bench: Bench) -> Iterator[Problem]:
    """A warning for each file whose own entry asks for formats that it cannot have, not being a table, or not one for them."""
    for place, file in enumerate(dataset.files):
        key, asked = (dataset.id, place), set(file.record.exports)
        if asked & (FORMATS.keys() | bench.exports.keys()) and key not in tables.jobs and key not in tables.wholes:
            yield Problem(code="export-unfit", where=Location(path=file.source_path or dataset.source_path),
                          says=f"{file.title} is not offered in further formats, because it is not read as a table",
                          fix="Take `exports:` away from its entry, or publish it in a format that is read.")
        added = sorted(asked & bench.exports.keys())
        if not added or file.profile is None or key not in tables.jobs:
            continue
        columns, where = export_columns(file.profile, tables.jobs[key].columns), Location(path=tables.jobs[key].path)
        for word in added:
            if bench.exports[word].fits(columns, where) is False:
                yield Problem(code="export-unfit", where=where, fix=f"Leave `{word}` out of the file's `exports:`.",
                              says=f"{file.title} is not offered as {word}, which is for tables with other columns")


def wanted_formats(catalog: Catalog, file: File, bench: Bench) -> Mapping[str, AnyFormat]:
    """The formats that a file is to be offered in, by the words for them: by its own entry, else by the site's."""
    words = file.record.exports or catalog.site.exports
    known: dict[str, AnyFormat] = {**FORMATS, **{word: bench.exports[word] for word in sorted(bench.exports)}}
    return {word: export for word, export in known.items() if word in words}


def _wants_archive(catalog: Catalog, dataset: Dataset) -> bool:
    wishes = [file.record.exports or catalog.site.exports for file in dataset.files]
    return dataset.status == "published" and any(ARCHIVE in words for words in wishes)


def _is_copy(tables: Tables, key: Key) -> bool:
    """Whether a file is published without its sensitive columns, or without the other sheets beside it."""
    return key in tables.published and isinstance(tables.published[key].body, Made)


def _is_needless(file: File, profile: TableProfile, export: AnyFormat, job: TableJob, *, is_copy: bool) -> bool:
    """Whether what is published is in the format already, or the format is not for such rows: without a place on a map."""
    if isinstance(export, AddedFormat):
        return not export.fits(export_columns(profile, job.columns), Location(path=job.path))
    if export.needs_shapes and places(export_columns(profile, job.columns)) is None:
        return not file.record.exports   # who asked for it is told why it cannot be
    has_commas = profile.delimiter in ("", ",")
    # A copy is in UTF-8, has its names in the first line, and is of one sheet.
    is_plain = is_copy or (profile.encoding in ("", "utf-8") and job.file.header_row == 1 and job.file.sheet is None)
    form = format_of(job.path, job.file.format).name if file.is_fetched else file.format
    return form == export.name and has_commas and is_plain


def export_wanted(dataset: Dataset, file: File, job: TableJob, export: AnyFormat, at: tuple[str, Tree]) -> Wanted:
    """A file's rows in a format, as they are to be made. `at` is the site's address and where the rows are read from."""
    base_url, tree = at
    profile = file.profile
    assert profile is not None    # only tables are offered
    about = about_file(dataset, file, base_url)
    types = list(profile.types.items())
    by = (export.plugin, export.word, export.digest) if isinstance(export, AddedFormat) else ()
    return Wanted(job=job, depends_on=(export.ending, types, profile.left_out, dict(job.columns), about, *by),
                  write=partial(_write, export.write if isinstance(export, AddedFormat) else export,
                                partial(export_table, tree, job, profile, about)), is_added=bool(by))


def _write(by: ExportFormat | Writer, table: Callable[[], ExportTable], stream: BinaryIO) -> ParquetOutline | None:
    if isinstance(by, ExportFormat):
        return by.write(table(), stream)
    by(table(), stream)
    return None


def _not_made(offer: Offer, result: NotMade) -> Problem:
    where = offer.where
    if result.is_fault:
        return Problem(code="plugin-fault", where=where, says=result.says, fix=result.fix)
    if result.extra:
        return Problem(code="extra-missing", where=where, says=f"{offer.name} cannot be made without the optional package "
                       f"`{result.extra}`", fix=f"Install it: pip install 'cityfolio[{result.extra}]'")
    by = f' by the plugin "{offer.export.plugin}"' if isinstance(offer.export, AddedFormat) else ""
    return Problem(code="export-unfit", where=where, says=f"{offer.name} was not made{by}: {result.says}",
                   fix=result.fix or "Leave the format out of the file's `exports:`.")
