"""A file of the catalog as a Data Package describes it."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.model.catalog import Export, File
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableProfile
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.datapackage import PackagedFile
from cityfolio.tables.exports.rows import export_columns
from cityfolio.tables.exports.schema import ExportColumn


def packaged(file: File, profile: TableProfile | None, records: Mapping[str, ColumnRecord]) -> PackagedFile:
    """A published file, with what was seen in it; of a workbook with several sheets no single one is its profile."""
    form = format_of(file.name, file.record.format)
    columns = export_columns(profile, records) if profile else ()
    # A copy without sensitive columns is always in UTF-8, and begins with its header.
    is_copy = bool(profile and profile.left_out)
    return PackagedFile(
        name=file.name, format=form.name, media_type=form.media_type, bytes=file.bytes, sha256=file.sha256 or "",
        title=file.title, description=file.record.description or "", empty=file.record.empty, columns=columns,
        primary_key=_key(file, columns), encoding=profile.encoding if profile and profile.encoding and not is_copy else "utf-8",
        delimiter=profile.delimiter if profile else "", header_row=1 if is_copy else file.record.header_row,
    )


def packaged_export(file: File, export: Export) -> PackagedFile:
    """What is made of a file's rows in another format."""
    form = format_of(export.name)
    records = {column.name: column.record for column in file.columns}
    columns = export_columns(file.profile, records) if file.profile else ()
    return PackagedFile(
        name=export.name, format=form.name, media_type=form.media_type, bytes=export.bytes, sha256=export.sha256,
        title=file.title, description=file.record.description or "", empty=file.record.empty, columns=columns,
        primary_key=_key(file, columns),
    )


def _key(file: File, columns: tuple[ExportColumn, ...]) -> tuple[str, ...]:
    # Without one of its columns, because that is sensitive, a key is none.
    is_whole = {column.name for column in columns}.issuperset(file.record.primary_key)
    return file.record.primary_key if is_whole else ()
