"""`datapackage.json` beside the files of each dataset (Data Package, version 2): what they are and what their columns mean.

It is the one that a dataset's archive holds, but that the files lie beside it, and that files kept elsewhere are named too:
as resources with their address, or as the source of the sample that lies here. A sample's package can so be checked whole
without going elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from cityfolio.feeds.addresses import uri
from cityfolio.feeds.facts import Download, facts
from cityfolio.frozen import replace
from cityfolio.model.catalog import Build, Catalog, Dataset, File
from cityfolio.model.records import ColumnRecord
from cityfolio.model.site import Output
from cityfolio.pages.described import has_package
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import data_package_url
from cityfolio.tables.exports.about import about_dataset
from cityfolio.tables.exports.datapackage import DELIMITED, Package, PackagedFile, datapackage
from cityfolio.tables.exports.packaged import packaged, packaged_export
from cityfolio.tables.exports.rows import export_columns


def data_packages(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The Data Package of every dataset that has a file here."""
    known = known or KnownParts(catalog, build)
    yield from known.files("data-package", [each for each in catalog.published if has_package(each)], _of_dataset)


def _of_dataset(dataset: Dataset, catalog: Catalog, build: Build) -> Iterator[Output]:
    url = data_package_url(dataset.id)
    package = Package(about=about_dataset(dataset, build.base_url), dataset=dataset.id, folder="",
                      files=tuple(_files(dataset, facts(dataset, catalog, build, url).downloads)))
    yield Output(url=url, body=datapackage(package), media_type="application/json", kind="feed", source=dataset.source_path)


def _files(dataset: Dataset, downloads: tuple[Download, ...]) -> Iterator[PackagedFile]:
    """Every file here once, those elsewhere, and the CSV that is made of what programs cannot check row by row."""
    sheets, seen = Counter(file.name for file in dataset.files), set[str]()
    for each in downloads:
        if each.path in seen or (not each.path and each.file.name):
            continue
        seen |= {each.path} - {""}
        if not each.path:
            yield _elsewhere(each)
        elif each.export is None:
            yield _here(each.file, is_whole=sheets[each.file.name] == 1)
        elif each.export.format.lower() in DELIMITED and not each.export.plugin:
            yield packaged_export(each.file, each.export)


def _here(file: File, *, is_whole: bool) -> PackagedFile:
    # What is known of a file kept elsewhere that was fetched does not hold for its sample.
    is_seen = is_whole and not (file.is_sample and file.is_fetched)
    made = packaged(file, file.profile if is_seen else None, _records(file))
    return replace(made, sample_of=_full(file.url or "")) if file.is_sample else made


def _elsewhere(download: Download) -> PackagedFile:
    """A file kept elsewhere. Its columns are known where it was fetched."""
    file, profile = download.file, download.file.profile
    return PackagedFile(
        name=download.id, format=download.format, media_type=download.media_type, bytes=download.bytes,
        sha256=download.sha256, title=download.title, description=download.description, url=_full(download.url),
        columns=export_columns(profile, _records(file)) if profile else (), empty=file.record.empty,
        primary_key=file.record.primary_key if profile and not profile.left_out else (),
        encoding=profile.encoding or "utf-8" if profile else "utf-8", delimiter=profile.delimiter if profile else "",
        header_row=file.record.header_row,
    )


def _full(url: str) -> str:
    return uri(url) or url


def _records(file: File) -> Mapping[str, ColumnRecord]:
    return {column.name: column.record for column in file.columns}
