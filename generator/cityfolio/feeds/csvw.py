"""CSVW metadata beside each CSV (W3C: Metadata Vocabulary for Tabular Data): its columns, its keys and how it is written.

It stands where readers of CSVW look for it, at the address of the file with "-metadata.json" behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

import orjson

from cityfolio.feeds.addresses import uri
from cityfolio.feeds.csvw_types import datatype
from cityfolio.feeds.facts import Facts, facts
from cityfolio.feeds.filled import filled
from cityfolio.model.catalog import Build, Catalog, Column, Dataset
from cityfolio.model.profile import ColumnProfile
from cityfolio.model.site import Output
from cityfolio.pages.described import TableFile, csv_files, has_csvw
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import words_only
from cityfolio.pages.routes import csvw_url, dataset_url

CONTEXT = "http://www.w3.org/ns/csvw"
MEDIA_TYPE = "application/csvm+json"
# As the WHATWG Encoding Standard names them, which CSVW asks for.
ENCODINGS = {"cp1252": "windows-1252", "latin-1": "iso-8859-1"}
VARIABLE = re.compile(r"[^.]+(\.[^.]+)*")
Json = dict[str, object]


def csvw(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The metadata of every published CSV. What stands beside an export comes and goes with it."""
    known = known or KnownParts(catalog, build)
    yield from known.files("csvw", [each for each in catalog.published if "csvw" in each.twins], _of_dataset)


def _of_dataset(dataset: Dataset, catalog: Catalog, build: Build) -> Iterator[Output]:
    tables = csv_files(dataset)
    known = facts(dataset, catalog, build, dataset_url(dataset.id)) if tables else None
    for table in tables:
        if known and has_csvw(dataset, table.name):
            said = _document(table, tables, known, catalog.site.languages[0])
            yield Output(url=csvw_url(dataset.id, table.name), body=orjson.dumps(said, option=orjson.OPT_INDENT_2),
                         media_type=MEDIA_TYPE, kind="export" if table.is_export else "feed",
                         source=table.file.source_path or dataset.source_path)


def csvw_addresses(catalog: Catalog) -> Iterator[str]:
    """The addresses of that metadata."""
    for dataset in catalog.published:
        yield from (csvw_url(dataset.id, each.name) for each in csv_files(dataset) if has_csvw(dataset, each.name))


def _document(table: TableFile, tables: Sequence[TableFile], known: Facts, language: str) -> Json:
    """One table; a group of tables where its keys lead into others."""
    targets = {each.name: each for column in table.file.columns for each in [_target(table, column, tables, known.dataset)]
               if each and each.name != table.name}
    context: Json = {"@context": [CONTEXT, {"@language": language}]}
    described = [_table(each, tables, known) for each in (table, *targets.values())]
    return context | ({"tables": described} if targets else described[0])


def _table(table: TableFile, tables: Sequence[TableFile], known: Facts) -> Json:
    file, several = table.file, len(known.dataset.files) > 1
    title = known.title or known.dataset.id
    publisher = known.publishers[0] if known.publishers else None
    said: Json = {
        "url": quote(table.name), "dc:title": f"{title}: {file.title}" if several else title,
        "dc:description": words_only(file.record.description or known.summary or known.description),
        "dc:publisher": {"schema:name": publisher.title} | _link("schema:url", publisher.record.url) if publisher else "",
        "dcat:keyword": list(known.keywords), "dc:rights": words_only(known.rights),
        "dc:language": known.dataset.record.language or "",
        **_link("dc:conformsTo", known.conforms_to), **_link("dc:license", known.license.url if known.license else None),
        "dc:modified": {"@value": known.modified.isoformat(), "@type": "xsd:date"} if known.modified else "",
        **_link("dc:isPartOf", known.page),
        # A sample is of what is kept there.
        **_link("dc:source", file.url if file.shows_sample else None),
        "dialect": _dialect(table), "tableSchema": _schema(table, tables, known.dataset),
    }
    return filled(said)


def _dialect(table: TableFile) -> Json:
    said: Json = {"delimiter": table.delimiter, "encoding": ENCODINGS.get(table.encoding, table.encoding), "header": True}
    # A file may end in blank lines, which are no rows; in a single column a blank line is an empty cell.
    blank = {"skipBlankRows": True} if table.is_own and len(table.file.columns) > 1 else {}
    return said | blank | ({"skipRows": table.rows_above} if table.rows_above else {})


def _schema(table: TableFile, tables: Sequence[TableFile], dataset: Dataset) -> Json:
    file = table.file
    assert file.profile is not None    # only what was read is described
    profiles = {each.name: (at, each) for at, each in enumerate(file.profile.columns)}
    names = {column.name for column in file.columns}
    keys = [key for column in file.columns if (key := _foreign_key(table, column, tables, dataset))]
    return filled({
        "columns": [_column(column, *profiles[column.name], table) for column in file.columns if column.name in profiles],
        "primaryKey": [_name(each) for each in file.record.primary_key] if names.issuperset(file.record.primary_key) else [],
        "foreignKeys": keys, "null": ["", *file.record.empty] if file.record.empty else [],
    })


def _column(column: Column, at: int, profile: ColumnProfile, table: TableFile) -> Json:
    record = column.record
    meanings = [{"@type": "schema:DefinedTerm", "schema:termCode": code, "schema:name": meaning}
                for code, meaning in record.values.items() if meaning]
    said: Json = {
        "name": _name(column.name), "titles": column.name, "dc:title": record.title,
        "dc:description": words_only(record.description) if record.description else "",
        "datatype": datatype(profile.type, record, _seen(at, table)),
        "required": True if record.required else None, "schema:unitText": record.unit, "schema:valueReference": meanings,
        **_link("dc:conformsTo", record.source),
    }
    return filled(said)


def _seen(at: int, table: TableFile) -> list[str]:
    """Values of a column as they stand in the first rows."""
    assert table.file.profile is not None    # only what was read is described
    empty = {"", None, *table.file.record.empty}
    return [row[at] or "" for row in table.file.profile.first_rows if row[at] not in empty]


def _foreign_key(table: TableFile, column: Column, tables: Sequence[TableFile], dataset: Dataset) -> Json | None:
    target = _target(table, column, tables, dataset)
    if target is None or column.record.foreign_key is None:
        return None
    reference = {"resource": quote(target.name), "columnReference": [_name(column.record.foreign_key.column or "")]}
    return {"columnReference": [_name(column.name)], "reference": reference}


def _target(table: TableFile, column: Column, tables: Sequence[TableFile], dataset: Dataset) -> TableFile | None:
    """The table of the same dataset that a key leads into. In CSVW it leads from every row to exactly one."""
    key = column.record.foreign_key
    if key is None or key.dataset != dataset.id or not _is_full(table, column.name):
        return None
    return next((each for each in tables if _is_unique(each, key.column or "")
                 and _type(each, key.column or "") == _type(table, column.name)), None)


def _profile(table: TableFile, name: str) -> ColumnProfile | None:
    return next((each for each in table.file.profile.columns if each.name == name), None) if table.file.profile else None


def _is_full(table: TableFile, name: str) -> bool:
    profile = _profile(table, name)
    return profile is not None and profile.filled == profile.rows


def _is_unique(table: TableFile, name: str) -> bool:
    record = next((each.record for each in table.file.columns if each.name == name), None)
    return record is not None and (bool(record.unique) or table.file.record.primary_key == (name,))


def _type(table: TableFile, name: str) -> str:
    profile = _profile(table, name)
    return profile.type if profile else ""


def _name(column: str) -> str:
    """A column's name as a variable of a URI template (RFC 6570), which may not begin with "_"."""
    plain = quote(column, safe="").replace("-", "%2D").replace("~", "%7E")
    if not VARIABLE.fullmatch(plain):
        plain = plain.replace(".", "%2E")
    return plain.replace("_", "%5F", 1) if plain.startswith("_") else plain


def _link(name: str, url: str | None) -> Json:
    full = uri(url or "")
    return {name: {"@id": full}} if full else {}
