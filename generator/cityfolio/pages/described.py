"""Which of a dataset's files are described to programs beside them, and how its page names these descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.bounds import bounds_of, dataset_bounds
from cityfolio.pages.markdown import words_only
from cityfolio.pages.news import known_days
from cityfolio.pages.periods import covered
from cityfolio.pages.shell import Site, Twin, feed_twin, index_twin

DELIMITED = ("CSV", "TSV")
LINKED_DATA_PAGE = 1_000  # datasets of a page of DCAT-AP
MOST_NAMED = 3            # tables whose CSVW metadata the page names; the others' are found beside them by their names


class TableFile(Frozen, kw_only=True):
    """A published file that holds the rows of a table as its profile saw them."""

    file: File                # whose rows and columns they are
    name: str                 # last part of its address
    format: str               # "CSV", "TSV", "Parquet"
    is_export: bool           # made of the file, and not the file itself

    @property
    def is_own(self) -> bool:
        """Whether it is written as the city writes it: a copy without sensitive columns, or an export, is not."""
        return not self.is_export and not self.file.left_out

    @property
    def encoding(self) -> str:
        """The name of its characters' encoding."""
        return self.file.profile.encoding or "utf-8" if self.is_own and self.file.profile else "utf-8"

    @property
    def delimiter(self) -> str:
        """What stands between its fields."""
        return (self.file.profile.delimiter if self.file.profile and not self.is_export else "") or ","

    @property
    def rows_above(self) -> int:
        """How many lines stand above the one that names the columns."""
        return self.file.record.header_row - 1 if self.is_own else 0


def csv_files(dataset: Dataset) -> tuple[TableFile, ...]:
    """The files of delimited text that are published of a dataset, as delivered or made, each once."""
    found = {each.name: each for each in reversed(list(_tables(dataset))) if each.format in DELIMITED}
    return tuple(reversed(found.values()))


def loadable_files(dataset: Dataset) -> tuple[TableFile, ...]:
    """For each table of a dataset the file that a program can load without being told how it is written, where there is one.

    Parquet goes before CSV because it keeps types, as those of codes with leading zeros; but not where there are shapes, which
    it has as bytes.
    """
    best: dict[str, TableFile] = {}
    for each in _tables(dataset):
        if _is_plain(each) and (each.file.id not in best or _is_preferred(each, best[each.file.id])):
            best[each.file.id] = each
    return tuple(best.values())


def has_package(dataset: Dataset) -> bool:
    """Whether a dataset's files are described as a Data Package."""
    return any(file.name for file in dataset.files) and _is_written(dataset, "data-package", "datapackage.json")


def has_croissant(dataset: Dataset) -> bool:
    """Whether a dataset's tables are described for machine learning."""
    return _is_written(dataset, "croissant", "croissant.json") and bool(loadable_files(dataset))


def has_ckan(dataset: Dataset) -> bool:
    """Whether a dataset is told as CKAN has it: all but the retired."""
    return dataset.status != "retired" and _is_written(dataset, "ckan", "ckan.json")


def has_index(dataset: Dataset) -> bool:
    """Whether what a dataset's page says is beside it for programs."""
    return is_free(dataset, "index.json")


def has_feed(dataset: Dataset) -> bool:
    """Whether a dataset has an Atom feed: it can be had, and something is known of when it came or changed."""
    return _is_written(dataset, "feed", "feed.atom") and bool(known_days(dataset))


def has_csvw(dataset: Dataset, name: str) -> bool:
    """Whether one of `csv_files` is described beside it."""
    return _is_written(dataset, "csvw", f"{name}-metadata.json")


def has_record(dataset: Dataset) -> bool:
    """Whether a dataset's record (OGC API Records) lies beside its page: the city may have a file of that name."""
    return dataset.status != "retired" and _is_written(dataset, "record", "record.geojson")


def has_places(dataset: Dataset) -> bool:
    """Whether a dataset is a collection of STAC: it has a file whose rows lie somewhere."""
    is_asked = dataset.status == "published" and _is_written(dataset, "stac", "stac-collection.json")
    return is_asked and dataset_bounds(dataset) is not None


def has_outline(dataset: Dataset, file: File) -> bool:
    """Whether the columns of a table are beside its page for programs, as its own script needs them to read the rows."""
    return bool(file.page) and ("explorer" in dataset.twins or file.rows is not None)


def has_embed(dataset: Dataset, file: File) -> bool:
    """Whether a table has a page that is made for pages of others."""
    return bool(file.page) and "embed" in dataset.twins


def placed_tables(dataset: Dataset) -> tuple[File, ...]:
    """The tables of a dataset that are items of STAC: their rows lie somewhere, in a time whose begin and end are known."""
    start, end = covered(dataset)
    is_timed = bool(start) and start <= end and has_places(dataset)
    return tuple(each for each in dataset.files if each.page and bounds_of(each)) if is_timed else ()


def linked_data_pages(catalog: Catalog, a_page: int = LINKED_DATA_PAGE) -> tuple[tuple[Dataset, ...], ...]:
    """The datasets that DCAT-AP tells of, page by page.

    It demands a title and a description of each (3.0.1, Dataset). One without is left out, as a harvester would do with it, or
    with the whole catalog: `title-missing` and `description-missing` say which they are.
    """
    told = tuple(each for each in catalog.datasets
                 if each.status != "retired" and each.has_title and (each.record.description or each.record.summary))
    return tuple(told[at:at + a_page] for at in range(0, len(told), a_page))


def tells_changes(dataset: Dataset, catalog: Catalog) -> bool:
    """Whether a published dataset has a page of changes.

    Notes and former versions stand nowhere else, so where there are some it has one whatever the city asks for. The newest
    version is the present file, which is to be had anyway.
    """
    told, present = catalog.changes.of(dataset.id), {each.sha256 for each in dataset.files}
    is_told = bool(told.notes) or any(each.sha256 not in present for each in told.versions)
    return "changes" in dataset.twins or is_told


def _is_written(dataset: Dataset, twin: str, name: str) -> bool:
    """Whether the site has a kind of twins, and the city itself publishes nothing under the name of this one."""
    return twin in dataset.twins and is_free(dataset, name)


def is_free(dataset: Dataset, name: str) -> bool:
    """Whether the city itself publishes nothing under a name."""
    taken = {each.name for file in dataset.files for each in file.exports} | {file.name for file in dataset.files}
    taken |= {former.replace("/", "-") for file in dataset.files for former in file.record.formerly}
    return name.casefold() not in {each.casefold() for each in taken}


def description_twins(dataset: Dataset, site: Site) -> Iterator[Twin]:
    """The descriptions as the dataset's page names them."""
    _ = site.words.gettext
    if has_index(dataset):
        yield index_twin(routes.dataset_url(dataset.id), site.words)
    if dataset.id in site.linked_data:
        yield Twin(url=site.linked_data[dataset.id], media_type="text/turtle", title=_("Linked data (DCAT-AP)"))
    if has_record(dataset):
        yield Twin(url=routes.record_url(dataset.id), media_type="application/geo+json",
                   title=_("For map programs (OGC API Records)"))
    if dataset.status != "published":
        return
    if has_feed(dataset):
        yield feed_twin(routes.dataset_feed_url(dataset.id), _("Updates of this dataset (Atom feed)"))
    if has_package(dataset):
        yield Twin(url=routes.data_package_url(dataset.id), media_type="application/json",
                   title=_("Files and columns (Data Package)"))
    if has_croissant(dataset):
        yield Twin(url=routes.croissant_url(dataset.id), media_type="application/ld+json",
                   title=_("For machine learning (Croissant)"))
    if has_places(dataset):
        yield Twin(url=routes.stac_collection_url(dataset.id), media_type="application/json",
                   title=_("Places and times (STAC)"))
    for each in csv_files(dataset)[:MOST_NAMED]:
        if has_csvw(dataset, each.name):
            title = words_only(_("Columns of %(name)s (CSVW)", name=each.name))
            yield Twin(url=routes.csvw_url(dataset.id, each.name), media_type="application/csvm+json", title=title)


def table_twins(dataset: Dataset, file: File, site: Site) -> Iterator[Twin]:
    """The descriptions as the page of a table names them."""
    _ = site.words.gettext
    if has_outline(dataset, file):
        yield Twin(url=routes.outline_url(dataset.id, file.page), media_type="application/json",
                   title=_("The columns of this table (JSON)"))
    if file in placed_tables(dataset):
        yield Twin(url=routes.stac_item_url(dataset.id, file.page), media_type="application/geo+json",
                   title=_("Places and times (STAC)"))


def _tables(dataset: Dataset) -> Iterator[TableFile]:
    for file in dataset.files if dataset.status == "published" else ():
        if file.profile is None or not file.columns:
            continue
        # What is known of a file kept elsewhere that was fetched does not hold for its sample.
        if file.name and not (file.is_sample and file.is_fetched):
            yield TableFile(file=file, name=file.name, format=file.format, is_export=False)
        yield from (TableFile(file=file, name=each.name, format=each.format, is_export=True) for each in file.exports
                    if not each.plugin)


def _is_preferred(one: TableFile, other: TableFile) -> bool:
    has_shapes = one.file.profile is not None and "geometry" in one.file.profile.types.values()
    return (one.format == "Parquet") != has_shapes and one.format != other.format


def _is_plain(table: TableFile) -> bool:
    if table.format == "Parquet":
        return True
    expected = {"CSV": ",", "TSV": "\t"}.get(table.format)
    return table.delimiter == expected and table.encoding == "utf-8" and not table.rows_above
