"""What lies on a site beside its pages: data files, those made of them, and everything at the addresses it had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from cityfolio.feeds.csvw import csvw_addresses
from cityfolio.frozen import replace
from cityfolio.measures.measured import Measured
from cityfolio.measures.rows_files import RowsAsked
from cityfolio.model.catalog import Catalog, Dataset, File
from cityfolio.model.formats import format_of
from cityfolio.model.site import CopyOf, Made, Manifest, Output
from cityfolio.pages.measure_rows import rows_file
from cityfolio.pages.passing_routes import is_view
from cityfolio.pages.review_routes import goes_with_time
from cityfolio.pages.routes import CSVW_ENDING, dataset_url, file_page_url, file_url
from cityfolio.pages.trees import trees_beside_first
from cityfolio.publish.addresses import path_of, url_of
from cityfolio.publish.headers import headers_file
from cityfolio.publish.redirects import Moved, redirects_file
from cityfolio.tables.exports.names import stem_of
from cityfolio.tables.fetched import Key
from cityfolio.tables.offers import Offered
from cityfolio.tables.published import Published, Tables


def hosts_files(catalog: Catalog) -> Iterator[Output]:
    """What hosts of files read: headers, and where addresses went."""
    yield headers_file()
    moved = redirects_file(Moved(old=tree + forward.old, new=tree + forward.new)
                           for tree in ("", *trees_beside_first(catalog.site.languages))
                           for forward in catalog.forwards if not tree or forward.is_ours)
    if moved:
        yield moved


def told_otherwise(catalog: Catalog, published: Mapping[Key, Published]) -> dict[Key, Published]:
    """What is published of files but for those of which the catalog itself tells all: these need not be held twice."""
    files = (((dataset.id, place), file) for dataset in catalog.published for place, file in enumerate(dataset.files))
    return {key: each for key, file in files if (each := published.get(key)) and each != _as_told(file)}


def _as_told(file: File) -> Published | None:
    """What is published of a file as the catalog tells it; None where that is nothing."""
    if not file.name or file.source_path is None or file.bytes is None or file.sha256 is None:
        return None
    return Published(name=file.name, body=CopyOf(path=file.source_path, bytes=file.bytes, sha256=file.sha256))


def data_files(offered: Offered, otherwise: Mapping[Key, Published]) -> Iterator[Output]:
    """The files of the published datasets, as they are or without their sensitive columns, and those made of them.

    What is published is what the catalog tells, but for what is told otherwise.
    """
    for dataset in offered.catalog.published:
        # Two sheets of one workbook are one file.
        sources = {file.name: (file, published) for place, file in enumerate(dataset.files)
                   if (published := otherwise.get((dataset.id, place)) or _as_told(file))}
        for name, (file, published) in sources.items():
            form = format_of(name, file.record.format if isinstance(published.body, CopyOf) else None)
            yield Output(url=file_url(dataset.id, name), body=published.body, kind="data", source=file.source_path or name,
                         media_type=form.media_type, updated=dataset.updated)
        exports = [(each, file.source_path) for file in dataset.files for each in file.exports]
        exports += [(dataset.archive, dataset.source_path)] if dataset.archive else []
        for export, source in exports:
            yield Output(url=file_url(dataset.id, export.name), body=offered.files[dataset.id, export.name], kind="export",
                         source=source or export.name, media_type=export.media_type, updated=dataset.updated)
        for file in dataset.files:
            if file.rows and file.rows.url.startswith(file_page_url(dataset.id, file.page)):
                name = file.rows.url.removeprefix(dataset_url(dataset.id))
                yield Output(url=file.rows.url, body=offered.files[dataset.id, name], kind="rows",
                             source=file.source_path or name, media_type=format_of(name).media_type, updated=dataset.updated)


def rows_asked(catalog: Catalog, figures: Measured) -> dict[str, RowsAsked]:
    """The rows of each measure that are published beside it: those of its newest complete period."""
    return {each.id: RowsAsked(counted=figures.counted[each.id], period=each.computed.overall.observations[-1].period)
            for each in catalog.measures if each.id in figures.counted and rows_file(each)}


def measure_files(catalog: Catalog, rows: Mapping[str, Made]) -> Iterator[Output]:
    """Beside each measure its rows."""
    for measure in catalog.measures:
        if measure.id in rows:
            yield Output(url=rows_file(measure), body=rows[measure.id], kind="feed", source=measure.source_path,
                         media_type="text/csv")


def data_addresses(offered: Offered, tables: Tables, previous: Manifest | None = None) -> frozenset[str]:
    """Where data files, those made of them and the metadata beside them are to be had, their old addresses included."""
    now = chain((output.url for output in data_files(offered, tables.published)), csvw_addresses(offered.catalog))
    former = _old_addresses(offered.catalog, previous)
    return frozenset(url for each in now for url in (each, *former(each))) if former else frozenset(now)


def at_old_addresses(catalog: Catalog, outputs: Iterable[Output], previous: Manifest | None = None) -> Iterator[Output]:
    """Every output, then data files and feeds once more at the addresses they had: a page can forward; a file must answer."""
    former, copies = _old_addresses(catalog, previous), list[Output]()
    if former is None:
        yield from outputs
        return
    trees = trees_beside_first(catalog.site.languages)
    for output in outputs:
        yield output
        if output.media_type != "text/html" and output.kind != "source":
            tree = next((each for each in trees if output.url.startswith(f"{each}/")), "")
            copies += [replace(output, url=tree + url) for url in former(output.url.removeprefix(tree))]
        del output      # or its body would be there still while the next is made
    yield from copies


def _old_addresses(catalog: Catalog, previous: Manifest | None) -> Callable[[str], list[str]] | None:
    """What gives the addresses that a file had before; None where no file had another.

    Below an address of another portal, such as /datasets/Example::trees/, there never were files of ours: but for those that
    the first versions of Cityfolio published there. These answer for as long as the former site has them.
    """
    moved, elsewhere = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for forward in catalog.forwards:
        if forward.old.endswith("/") and not forward.is_alone:
            (moved if forward.takes_along else elsewhere)[forward.new].append(forward.old)
    renamed = {url: names for dataset in catalog.published for url, names in former_names(dataset) if names}
    if not (moved or elsewhere or renamed):
        return None

    def former(url: str) -> list[str]:
        folder, _, name = url.rpartition("/")
        names = (name, *(each.replace("/", "-") for each in renamed.get(url, ())))
        folders = (f"{folder}/", *moved.get(f"{folder}/", ()))
        known = [within + each for within in elsewhere.get(f"{folder}/", ()) for each in names] if previous else []
        return [*(each for each in (within + each for within in folders for each in names) if each != url),
                *(each for each in known if previous and path_of(each) in previous.entries)]

    return former


def former_names(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each file of a dataset that had other names before, with these; what is made of a file had the other name too."""
    for url, former in _renamed(dataset):
        yield url, former
        yield f"{url}{CSVW_ENDING}", tuple(f"{name}{CSVW_ENDING}" for name in former)


def _renamed(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in dataset.files:
        if file.name:
            yield file_url(dataset.id, file.name), file.record.formerly
        for export in file.exports:
            yield file_url(dataset.id, export.name), tuple(f"{stem_of(each)}.{export.ending}" for each in file.record.formerly)
    if dataset.archive:
        before = tuple(f"{former}.zip" for former in dataset.record.formerly if not former.startswith("/"))
        yield file_url(dataset.id, dataset.archive.name), before


def withdrawn(catalog: Catalog, previous: Manifest | None) -> frozenset[str]:
    """Addresses that may go, because the city has taken back what was there, or because nothing passes a filter any more.

    Taken back are the files of datasets that are no longer published, and those that turned out to hold personal data.
    """
    held = {f"/data/{dataset.id}/" for dataset in catalog.datasets if dataset.status != "published"}
    held |= {forward.old for forward in catalog.forwards if forward.new in held}
    unsafe = {file_url(dataset.id, (file.record.path or file.record.sample or "").replace("/", "-"))
              for dataset in catalog.published for file in dataset.files if file.left_out}
    listed = [url_of(path) for path in previous.entries] if previous else []
    return frozenset(url for url in listed
                     if is_view(url) or goes_with_time(url) or url in unsafe or held and _dataset_of(url) in held)


def _dataset_of(url: str) -> str:
    """The page of the dataset that an address belongs to, its place within pages of others included."""
    return "/".join([*url.removeprefix("/embed").split("/")[:3], ""])
