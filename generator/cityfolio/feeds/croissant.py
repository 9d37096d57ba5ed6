"""`croissant.json` beside a dataset's tables (Croissant 1.0 of MLCommons): by it machine learning tools load them.

Each table is a record set whose fields are its columns, read from the file that such a tool can open by itself. Codes with
meanings are record sets of their own, which the columns refer to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

import orjson

from cityfolio.feeds.addresses import uri
from cityfolio.feeds.facts import Download, Facts, facts
from cityfolio.feeds.filled import filled
from cityfolio.model.catalog import Build, Catalog, Column, Dataset
from cityfolio.model.formats import UNKNOWN
from cityfolio.model.records import ColumnType
from cityfolio.model.site import Output
from cityfolio.pages.described import TableFile, has_croissant, loadable_files
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import words_only
from cityfolio.pages.routes import croissant_url
from cityfolio.tables.types import parse

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
# As section "Appendix 1" of the specification has it; only the language is the catalog's own.
CONTEXT: Mapping[str, object] = {
    "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field",
    "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format",
    "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key",
    "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
}
TYPES: Mapping[ColumnType, str] = {
    "string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime", "time": "sc:Time", "year": "sc:Integer", "geometry": "sc:Text", "any": "sc:Text",
}
# What loaders of Croissant know these formats by, in place of their registered names.
MEDIA_TYPES = {"Parquet": "application/x-parquet", "JSON Lines": "application/jsonlines"}
DATED = ("date", "datetime", "time")
Json = dict[str, object]


def croissants(catalog: Catalog, build: Build, known: KnownParts | None = None) -> Iterator[Output]:
    """The Croissant metadata of every dataset with a table that can be loaded."""
    known = known or KnownParts(catalog, build)
    yield from known.files("croissant", [each for each in catalog.published if has_croissant(each)], _of_dataset)


def _of_dataset(dataset: Dataset, catalog: Catalog, build: Build) -> Iterator[Output]:
    url = croissant_url(dataset.id)
    said = _dataset(dataset, catalog, facts(dataset, catalog, build, url))
    yield Output(url=url, body=orjson.dumps(said, option=orjson.OPT_INDENT_2), media_type="application/ld+json", kind="feed",
                 source=dataset.source_path)


def _dataset(dataset: Dataset, catalog: Catalog, known: Facts) -> Json:
    tables = loadable_files(dataset)
    published = [{"@type": "sc:Organization", "name": each.title} | ({"url": each.record.url} if each.record.url else {})
                 for each in known.publishers[:1]]
    said: Json = {
        "@context": {"@language": catalog.site.languages[0], **CONTEXT}, "@type": "sc:Dataset", "conformsTo": CONFORMS_TO,
        "name": known.title or dataset.id, "description": words_only(known.description),
        "url": known.page, "identifier": known.identifier, "license": _license(known), "keywords": list(known.keywords),
        "inLanguage": known.language, "creator": published, "publisher": published,
        "datePublished": known.issued.isoformat() if known.issued else "",
        "dateModified": known.modified.isoformat() if known.modified else "",
        # A version has three numbers; the day of the last change is one that grows.
        "version": f"{known.modified.year}.{known.modified.month}.{known.modified.day}" if known.modified else "",
        "citeAs": _citation(known, catalog), "temporalCoverage": _time_covered(known), "spatialCoverage": known.place,
        "distribution": list(_distribution(known.downloads)),
        "recordSet": [each for table in tables for each in _record_sets(table, tables, dataset)],
    }
    return filled(said)


def _license(known: Facts) -> str:
    return (uri(known.license.url or "") or known.license.spdx or known.license.title) if known.license else ""


def _citation(known: Facts, catalog: Catalog) -> str:
    """Who, what, where it is published, when it was updated, and its address: as the dataset's page has it."""
    updated = f"Updated {known.modified.isoformat()}" if known.modified else ""
    parts = (known.publishers[0].title if known.publishers else "", f"{known.title or known.dataset.id} [data set]",
             catalog.site.name, updated, uri(known.page))
    return ". ".join(part for part in parts if part)


def _time_covered(known: Facts) -> str:
    """An interval of ISO 8601 as schema.org writes it: ".." where it is open."""
    return f"{known.start or '..'}/{known.end or '..'}" if known.start or known.end else ""


def _distribution(downloads: Sequence[Download]) -> Iterator[Json]:
    """Every file that is published here, once. Croissant asks for the digest, and of what is kept elsewhere there is none."""
    seen = set[str]()
    for each in downloads:
        if each.path and each.path not in seen:
            seen.add(each.path)
            name = each.path.rpartition("/")[2]
            yield filled({
                "@type": "cr:FileObject", "@id": quote(name), "name": name, "description": words_only(each.title),
                "contentUrl": each.url, "contentSize": f"{each.bytes} B" if each.bytes is not None else "",
                "encodingFormat": MEDIA_TYPES.get(each.format) or each.media_type or UNKNOWN.media_type, "sha256": each.sha256,
            })


def _record_sets(table: TableFile, tables: Sequence[TableFile], dataset: Dataset) -> Iterator[Json]:
    """A table, and before it the codes of its columns with what they mean."""
    file, own = table.file, _record_set_id(table)
    types = file.profile.types if file.profile else {}
    columns = [column for column in file.columns if column.name in types]
    for column in columns:
        if _is_coded(column):
            yield _codes(column, types[column.name], own)
    is_keyed = bool(file.record.primary_key) and types.keys() >= set(file.record.primary_key)
    describes = file.record.description or (f"Each row is: {dataset.record.each_row_is}" if dataset.record.each_row_is else "")
    yield filled({
        "@type": "cr:RecordSet", "@id": own, "name": file.title,
        "description": words_only(f"{describes} (some rows of what is at {file.url})" if file.shows_sample else describes),
        "key": [{"@id": _field_id(own, each)} for each in file.record.primary_key] if is_keyed else [],
        "field": [_field(column, types[column.name], table, _reference(column, tables, dataset)) for column in columns],
    })


def _field(column: Column, kind: ColumnType, table: TableFile, reference: str) -> Json:
    record, own = column.record, _record_set_id(table)
    source: Json = {"fileObject": {"@id": quote(table.name)}, "extract": {"column": column.name}}
    if record.format and "%" in record.format and kind in DATED and table.format != "Parquet":
        source["format"] = record.format
    if _is_coded(column):
        reference = reference or f"{_codes_id(own, column)}/code"
    words = ". ".join(each for each in ((record.title or "").rstrip("."), words_only(record.description or "")) if each)
    return filled({
        "@type": "cr:Field", "@id": _field_id(own, column.name), "name": column.name, "description": words,
        "dataType": TYPES[kind], "unitText": record.unit, "source": source,
        "references": {"field": {"@id": reference}} if reference else {},
        "equivalentProperty": uri(record.source or ""),
    })


def _is_coded(column: Column) -> bool:
    return any(column.record.values.values())


def _codes(column: Column, kind: ColumnType, own: str) -> Json:
    """The codes of a column as a record set whose rows stand in it (section "Enumerations")."""
    name, record = _codes_id(own, column), column.record
    fields = [{"@type": "cr:Field", "@id": f"{name}/code", "name": "code", "dataType": TYPES[kind]},
              {"@type": "cr:Field", "@id": f"{name}/meaning", "name": "meaning", "dataType": "sc:Text"}]
    rows = [{f"{name}/code": _code(code, kind), f"{name}/meaning": meaning} for code, meaning in record.values.items()]
    return {"@type": "cr:RecordSet", "@id": name, "name": f"{column.name}: codes", "dataType": "sc:Enumeration",
            "key": {"@id": f"{name}/code"}, "field": fields, "data": rows}


def _code(text: str, kind: ColumnType) -> object:
    """A code as JSON has it: a whole number or a truth value as such, all else as text, so that no digit is lost."""
    value = parse(text, kind) if kind in ("integer", "year", "boolean") else None
    return value if isinstance(value, int) and abs(value) < 1 << 63 else text


def _reference(column: Column, tables: Sequence[TableFile], dataset: Dataset) -> str:
    """The field of this dataset that a column refers to."""
    key = column.record.foreign_key
    target = next((each for each in tables if key and key.dataset == dataset.id
                   and any(one.name == key.column for one in each.file.columns)), None)
    return _field_id(_record_set_id(target), key.column or "") if key and target else ""


def _record_set_id(table: TableFile) -> str:
    return quote(table.file.page or table.file.id, safe="")


def _field_id(record_set: str, column: str) -> str:
    return f"{record_set}/{quote(column, safe='')}"


def _codes_id(record_set: str, column: Column) -> str:
    return f"{record_set}-{quote(column.name, safe='')}-codes"
