"""Table Schema and dialect of a resource (https://datapackage.org/standard/table-schema/) as a dictionary of ours."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping

from cityfolio.files import Tree
from cityfolio.migrate.drafts.columns import TYPES
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.files import FileDraft
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.yaml.text import Bare

# Whose values Table Schema writes otherwise than we read them.
OWN_TYPES: Mapping[str, str] = {"geopoint": "string", "geojson": "any", "object": "any", "array": "any", "list": "string"}
ENCODED: Mapping[str, str] = {"utf-8": "", "utf8": "", "ascii": "", "us-ascii": "", "utf-16": "utf-16", "cp1252": "cp1252",
                              "windows-1252": "cp1252", "iso-8859-1": "latin-1", "latin-1": "latin-1", "latin1": "latin-1"}
DELIMITERS: Mapping[str, str] = {",": ",", ";": ";", "|": "|", "\t": "tab"}
FIRST_BYTES = 1 << 20
MOST_EMPTY = 40                   # characters of a word for "no value"
SCHEMA = frozenset({"fields", "primaryKey", "missingValues", "$schema", "fieldsMatch"})


def described(tree: Tree | None, path: str, file: FileDraft, given: Mapping[str, Given], schema: Mapping[str, Given]) -> None:
    """Put dialect and columns into a file. `tree` holds the file itself, where it comes along."""
    dialect = given.get("dialect")
    _dialect(file, dialect if isinstance(dialect, dict) else {}, as_words(given.get("encoding")), is_here=tree is not None)
    header = _header(tree, path, file) if tree else None
    fields = schema.get("fields")
    names = set()
    for number, each in enumerate(fields if isinstance(fields, list) else [], 1):
        place = f"{file.field}.schema.fields[{number}]"
        group: Mapping[str, Given] = each if isinstance(each, dict) else {"name": each}
        name = as_words(group.get("name"))
        if header is not None and name not in header:
            file.folder.gathered.count("columns", found=1)
            file.ledger.note("left-out", place, "a column that the file does not have", name)
            continue
        names.add(name)
        described_column(file, place, group)
    put_keys(file, schema, names)


def has_names(tree: Tree, path: str, file: FileDraft, schema: Mapping[str, Given]) -> bool:
    """Whether a file begins with a row of names, as far as it can be told: the further parts of a table may have none."""
    fields = schema.get("fields")
    names = {as_words(each.get("name")) for each in fields if isinstance(each, dict)} if isinstance(fields, list) else set()
    header = _header(tree, path, file)
    return not names or header is None or bool(names & header)


def _dialect(file: FileDraft, dialect: Mapping[str, Given], encoding: str, *, is_here: bool) -> None:
    delimiter = dialect.get("delimiter")
    if isinstance(delimiter, str) and delimiter != "," and delimiter in DELIMITERS:
        file.record["delimiter"] = DELIMITERS[delimiter]
    elif isinstance(delimiter, str) and delimiter not in ("", ","):
        file.note("Delimiter", f"{file.field}.dialect.delimiter", delimiter)
    if encoding.lower() in ENCODED:
        file.record["encoding"] = ENCODED[encoding.lower()]
    elif encoding:
        file.note("Encoding", f"{file.field}.encoding", encoding)
    if dialect.get("header") == "false" and is_here:
        file.record["look_inside"] = Bare("false")
        file.note("Header", f"{file.field}.dialect.header", "The file has no row of names.")


def _header(tree: Tree, path: str, file: FileDraft) -> frozenset[str] | None:
    """The names in the first row of a delimited file; None where they cannot be told."""
    if not path.lower().endswith((".csv", ".tsv")):
        return None
    if file.record.get("look_inside") == "false":
        return frozenset()
    try:
        with tree.open(path) as stream:
            first = stream.read(FIRST_BYTES).decode(file.record.get("encoding") or "utf-8-sig", "replace")
        delimiter = {"tab": "\t"}.get(file.record.get("delimiter", ""), file.record.get("delimiter"))
        rows = csv.reader(first.splitlines(), delimiter=delimiter or ("\t" if path.lower().endswith(".tsv") else ","))
        return frozenset(name.strip() for name in next(rows, []))
    except (OSError, KeyError, csv.Error):
        return None


def described_column(into: FileDraft | DatasetDraft, place: str, group: Mapping[str, Given]) -> None:
    """Put a field of a Table Schema into the dictionary of a file or of a dataset."""
    limits = group.get("constraints")
    held: Mapping[str, Given] = limits if isinstance(limits, dict) else {}
    codes = group.get("categories") or held.get("enum")
    kind, form = _kind(into, place, group)
    into.column(
        place, as_words(group.get("name")), title=group.get("title"), description=group.get("description"), type=kind,
        format=form, unit=group.get("unit"), required=held.get("required") == "true", unique=held.get("unique") == "true",
        minimum=held.get("minimum"), maximum=held.get("maximum"), min_length=held.get("minLength"),
        max_length=held.get("maxLength"), pattern=held.get("pattern"), source=group.get("rdfType"),
        values=dict(map(_meaning, codes)) if isinstance(codes, list) else {},
    )


def _meaning(given: Given) -> tuple[str, str]:
    return (as_words(given.get("value")), as_words(given.get("label"))) if isinstance(given, dict) else (as_words(given), "")


def _kind(into: FileDraft | DatasetDraft, place: str, group: Mapping[str, Given]) -> tuple[str, str]:
    """The type and the form of its values. A type whose values may be written otherwise than we read them is left out."""
    kind, form = as_words(group.get("type")).lower(), as_words(group.get("format"))
    strange = [key for key in ("decimalChar", "groupChar", "trueValues", "falseValues") if as_words(group.get(key))]
    if as_words(group.get("bareNumber")) == "false" or strange or kind in ("date", "datetime", "time") and form == "any":
        into.ledger.note("noted", f"{place}.type", "a type whose values are written in a way of their own", kind, "description")
        return "", ""
    is_pattern = kind in ("date", "datetime", "time") and "%" in form
    return OWN_TYPES.get(kind, TYPES.get(kind, kind)), form if is_pattern else ""


def put_keys(file: FileDraft, schema: Mapping[str, Given], names: Collection[str]) -> None:
    """Put what a Table Schema says of all columns into a file: its key, and what stands for "no value"."""
    key = schema.get("primaryKey")
    listed = [as_words(each) for each in key] if isinstance(key, list) else [as_words(key)] if as_words(key) else []
    if listed and set(listed) <= set(names):
        file.record["primary_key"] = listed
    elif listed:
        file.note("Primary key", f"{file.field}.schema.primaryKey", ", ".join(listed))
    empty = schema.get("missingValues")
    given = empty if isinstance(empty, list) else []
    words = (as_words(each.get("value") if isinstance(each, dict) else each) for each in given)
    kept = [word for word in words if word and len(word) <= MOST_EMPTY]
    if kept and file.record.get("path"):
        file.record["empty"] = list(dict.fromkeys(kept))
    for name, value in schema.items():
        if name not in SCHEMA:
            file.note(name, f"{file.field}.schema.{name}", value)
