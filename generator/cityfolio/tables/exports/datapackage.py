"""`datapackage.json`: what a dataset's files are and what their columns mean, as a Frictionless Data Package.

It is written so that both versions of the specification, 1 and 2, read it. Only files of delimited text have a schema that
programs check rows against; what the dictionary says of others stands there as `columns`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from cityfolio.frozen import Frozen, field
from cityfolio.model.records import ColumnRecord, ColumnType, ForeignKey
from cityfolio.tables.exports.schema import About, ExportColumn, described
from cityfolio.tables.types import BOOLEANS, parse

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DELIMITED = {"csv": ",", "tsv": "\t"}
PACKED = " (gzip)"                # of a format's name; programs tell it by the ending of the path
ENCODINGS = {"cp1252": "windows-1252", "latin-1": "iso-8859-1"}
NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]+")
HAS_GROUP_NUMBER = re.compile(r"\\[1-9]")
Json = dict[str, object]


class PackagedFile(Frozen, kw_only=True):
    """One file of a package, as it is described. The columns are those that are in it."""

    name: str                     # of the file, in the package's folder for data
    format: str                   # "CSV", "XLSX", ...
    media_type: str               # "" where it is not known
    bytes: int | None             # None: not known, as of what is kept elsewhere
    sha256: str                   # likewise ""
    url: str = ""                 # of what is kept elsewhere
    sample_of: str = ""           # the address of what it holds only some rows of
    title: str = ""
    description: str = ""
    columns: tuple[ExportColumn, ...] = ()
    empty: tuple[str, ...] = ()   # words that stand for "no value", beside the empty field
    primary_key: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ""           # of delimited text; "" for that of its format
    header_row: int = 1

    @property
    def is_delimited(self) -> bool:
        """Whether it is text of which every program can check the rows."""
        return self.plain_format in DELIMITED

    @property
    def plain_format(self) -> str:
        """The format of what is packed, in small letters."""
        return self.format.removesuffix(PACKED).lower()


class Package(Frozen, kw_only=True):
    """The files of one dataset, in their order."""

    about: About
    dataset: str                  # its id, by which foreign keys name it
    files: tuple[PackagedFile, ...]
    folder: str = field(default="data")     # "" where the files lie beside the descriptor

    def path(self, file: PackagedFile) -> str:
        """Where a file is: in the package, or its address where it is kept elsewhere."""
        return file.url or (f"{self.folder}/{file.name}" if self.folder else file.name)


def datapackage(package: Package) -> bytes:
    """The descriptor of a package."""
    about = package.about
    names = _resource_names(package.files)
    known: Json = {
        "$schema": PROFILE, "profile": "data-package", "name": _plain(about.name or package.dataset), "title": about.title,
        "description": about.description, "homepage": about.source_url, "keywords": list(about.keywords),
        "licenses": _licenses(about), "sources": [{"title": about.publisher or about.title, "path": about.source_url}]
        if about.source_url else [],
        "contributors": [{"title": about.publisher, "role": "publisher"}] if about.publisher else [],
        "lastModified": about.modified.isoformat() if about.modified else "",
        "resources": [_resource(package, file, names) for file in package.files],
    }
    return json.dumps(_filled(known), ensure_ascii=False, indent=2).encode() + b"\n"


def _resource(package: Package, file: PackagedFile, names: Mapping[str, str]) -> Json:
    known: Json = {
        "name": names[file.name], "path": package.path(file), "title": file.title, "description": file.description,
        # In small letters a program would try to read the rows, and fail where it lacks what that takes.
        "format": file.plain_format if file.is_delimited else file.format, "mediatype": file.media_type,
        "bytes": file.bytes, "hash": f"sha256:{file.sha256}" if file.sha256 else "",
        "sources": [{"title": file.title, "path": file.sample_of}] if file.sample_of else [],
    }
    if file.is_delimited and file.columns:
        known |= {"profile": "tabular-data-resource", "type": "table", "encoding": ENCODINGS.get(file.encoding, file.encoding),
                  "dialect": _dialect(file), "schema": _schema(package, file, names)}
    else:
        known["columns"] = [described(column) for column in file.columns]
    return _filled(known)


def _dialect(file: PackagedFile) -> Json:
    rows: Json = {"headerRows": [file.header_row]} if file.header_row != 1 else {}
    return {"delimiter": file.delimiter or DELIMITED[file.plain_format], "doubleQuote": True, "header": True, **rows}


def _schema(package: Package, file: PackagedFile, names: Mapping[str, str]) -> Json:
    keys = [key for column in file.columns if (key := _foreign_key(package, file, column, names))]
    return _filled({"fields": [_field(column) for column in file.columns], "missingValues": ["", *file.empty],
                    "primaryKey": list(file.primary_key), "foreignKeys": keys})


def _field(column: ExportColumn) -> Json:
    record = column.record
    return _filled({"name": column.name, "type": TYPES.get(column.type, column.type), "title": record.title,
                    "description": record.description, "format": _format(column), "unit": record.unit,
                    "constraints": _constraints(column), "rdfType": record.source, "valueMeanings": _meanings(record)})


TYPES: Mapping[ColumnType, str] = {"geometry": "string"}


def _format(column: ExportColumn) -> str:
    # "default" is ISO 8601 with seconds; a city's times are often without.
    return column.format or ("any" if column.type in ("datetime", "time") else "")


def _constraints(column: ExportColumn) -> Json:
    record = column.record
    known: Json = {
        "required": record.required or None, "unique": record.unique or None,
        "enum": [_value(text, column) for text in record.values],
        "minimum": _bound(record.minimum, column), "maximum": _bound(record.maximum, column),
    }
    if column.type in ("string", "any"):
        known |= {"minLength": record.min_length, "maxLength": record.max_length, "pattern": _pattern(record.pattern or "")}
    return _filled(known)


def _bound(limit: str | None, column: ExportColumn) -> object:
    """A bound as a cell of the column would hold it. Moments have none: a program could not compare them across offsets."""
    if limit is None or column.type not in ("integer", "number", "year", "date"):
        return None
    value = parse(limit, column.type) or parse(limit, column.type, column.format)
    if isinstance(value, date):
        return value.strftime(column.format) if column.format else limit
    if value is None:
        return None   # half of a whole number, or a year of three digits, is no bound to a program
    return value if isinstance(value, int) else limit


def _value(text: str, column: ExportColumn) -> object:
    """A code as JSON has it: a whole number or a truth value as such, all else as text, so that no digit is lost."""
    if column.type in ("integer", "year"):
        return parse(text, column.type)
    return BOOLEANS.get(text, text) if column.type == "boolean" else text


def _pattern(pattern: str) -> str:
    # A pattern is meant for the whole value, and programs put ^ and $ around it, which an alternative would break.
    return f"({pattern})" if "|" in pattern and not HAS_GROUP_NUMBER.search(pattern) else pattern


def _meanings(record: ColumnRecord) -> Json:
    return {code: meaning for code, meaning in record.values.items() if meaning}


def _foreign_key(package: Package, file: PackagedFile, column: ExportColumn, names: Mapping[str, str]) -> Json | None:
    """A column that refers to another, if that is in the package."""
    target = column.record.foreign_key
    found = _target(package, target) if target and target.dataset == package.dataset else None
    if target is None or found is None:
        return None
    resource = "" if found is file else names[found.name]
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [target.column]}}


def _target(package: Package, target: ForeignKey) -> PackagedFile | None:
    return next((file for file in package.files if file.is_delimited
                 and any(column.name == target.column for column in file.columns)), None)


def _licenses(about: About) -> list[Json]:
    known = _filled({"name": about.license_id, "path": about.license_url, "title": about.license})
    return [known] if about.license_id or about.license_url else []


def _resource_names(files: Sequence[PackagedFile]) -> dict[str, str]:
    """A name for each file that is an identifier and its own."""
    names: dict[str, str] = {}
    for file in files:
        plain = name = _plain(file.name)
        number = 2
        while name in names.values():
            name, number = f"{plain}-{number}", number + 1
        names[file.name] = name
    return names


def _plain(name: str) -> str:
    return NOT_IN_NAMES.sub("-", name.lower()).strip("-") or "data"


def _filled(known: Json) -> Json:
    """Only what is said. Zero and false are said."""
    return {key: value for key, value in known.items() if value not in (None, "", [], {})}
