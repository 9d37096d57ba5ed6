"""Rows of a table, brought along as CSV beside the record; of a table that is too large, the first ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from cityfolio.fetch.addresses import name_of
from cityfolio.fetch.answers import LOOK, Failed
from cityfolio.frozen import Frozen
from cityfolio.migrate.drafts.files import FileDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.network.manner import TooLarge
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.network.recorded import path_of

SAMPLE_BYTES = 64 << 10
MOST_SAMPLED = 1_000              # rows
DELIMITERS = (",", ";", "\t", "|")
CARRIED_TYPES = frozenset({"string"})   # of a dictionary whose rows come along: the others are found from the rows themselves
MOST_OF_RECORD = 1 << 20          # bytes; a quotation mark without its other one makes a record of all that follows
NOT_BROUGHT = "rows that could not be brought along, so only the address is kept"


class Header(Frozen):
    """The names of the columns of a CSV file, and what stands between them."""

    names: tuple[str, ...]
    delimiter: str = ","


class Rows(Frozen):
    """Rows that were brought: where they lie among the answers, their columns, and whether they are all."""

    path: str
    header: Header
    is_whole: bool = True


def bring(file: FileDraft, rows: Rows, name: str, columns: dict[str, dict[str, Any]]) -> None:  # Any: text and groups of it
    """Put rows beside the record under a name. `columns`, their dictionary, keeps what is true of them."""
    name = file.folder.placed(f"{name.removesuffix('.csv')}{'' if rows.is_whole else '-sample'}.csv")
    file.folder.copies[name] = rows.path
    url = file.record.get("url")
    if rows.is_whole:
        file.record = {"path": name, **{key: value for key, value in file.record.items() if key not in ("url", "missing")}}
        if url:
            file.more.append(f"Copied from {url}")
    else:
        file.record["sample"] = name
    if rows.header.delimiter != ",":
        file.record["delimiter"] = {"\t": "tab"}.get(rows.header.delimiter, rows.header.delimiter)
    _agree(file, rows.header.names, columns)


def _agree(file: FileDraft, header: tuple[str, ...], columns: dict[str, dict[str, Any]]) -> None:  # Any: see above
    for column in [each for each in columns if each not in header]:
        del columns[column]
        file.ledger.note("left-out", f"{file.field}.columns", "a column that the rows do not have", column)
    for record in columns.values():
        if record.get("type") not in CARRIED_TYPES:
            record.pop("type", None)
        record.pop("required", None)


def failed(file: FileDraft, why: Failed, portal: Portal) -> None:
    """Write down that rows did not come along; where they may another day, the import stops instead, and goes on then."""
    if portal.stops_at(why, str(file.record.get("url") or "")):
        raise why
    file.ledger.note("left-out", f"{file.field}.url", NOT_BROUGHT, str(file.record.get("url") or ""), why.says)


def bring_file(file: FileDraft, origin: Origin, columns: dict[str, dict[str, Any]]) -> None:  # Any: see above
    """Bring a CSV file along that lies at the address of a file."""
    url = str(file.record.get("url") or "")
    if origin.portal is None or not url or not _is_csv(file.record):
        return
    try:
        bring(file, file_rows(origin.portal, url, origin.most_bytes), name_of(url), columns)
    except Failed as why:
        failed(file, why, origin.portal)


def _is_csv(record: Mapping[str, Any]) -> bool:  # Any: see above
    return (record.get("format") or "").upper() == "CSV" or str(record.get("url")).split("?")[0].lower().endswith(".csv")


def file_rows(portal: Portal, url: str, most_bytes: int, sample_url: str = "") -> Rows:
    """The rows of a CSV file at an address; the first ones, where it is too large. Raises Failed."""
    try:
        body = portal.body(url, ".csv", most_bytes=most_bytes)
    except TooLarge:
        if sample_url:
            body = portal.body(sample_url, ".csv", most_bytes=most_bytes)
            return Rows(path_of(sample_url, ".csv"), header_of(body), is_whole=False)
        start = whole_records(portal.start(url, ".csv", SAMPLE_BYTES))
        path = path_of(f"{url}#sample", ".csv")
        portal.answers.put(path, start)
        return Rows(path, header_of(start), is_whole=False)
    return Rows(path_of(url, ".csv"), header_of(body))


def header_of(body: bytes) -> Header:
    """The names of the columns, and what stands between them. Raises Failed for what is no table with names of its own."""
    if body.lstrip()[:1] == b"<":
        raise Failed("the server answered with a web page, not with rows", LOOK)
    text = _decoded(first_record(body))
    try:
        readers = {each: csv.reader(io.StringIO(text, newline=""), delimiter=each) for each in DELIMITERS}
        found = [Header(tuple(next(reader, [])), each) for each, reader in readers.items()]
    except csv.Error as error:
        raise Failed(f"what the server answered is not CSV: {error}", LOOK) from error
    header = max(found, key=lambda each: len(each.names))   # of two that give as many, the first
    if not any(header.names):
        raise Failed("the server answered with no rows", LOOK)
    if not all(name.strip() for name in header.names) or len(set(header.names)) < len(header.names):
        raise Failed("two of the columns have one name, or one has none", LOOK)
    return header


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def first_record(body: bytes) -> bytes:
    """The first record with the end of its line; a line feed within quotes is part of it. Raises Failed for one without end."""
    at = quotes = 0
    while (feed := body.find(b"\n", at, MOST_OF_RECORD)) >= 0:
        quotes += body.count(b'"', at, feed)
        at = feed + 1
        if quotes % 2 == 0:
            return body[:at]
    if len(body) > MOST_OF_RECORD:
        raise Failed("the first row does not end: a quotation mark may lack its other one", LOOK)
    return body


def whole_records(start: bytes, most: int = MOST_SAMPLED) -> bytes:
    """The records that the start of a CSV file has whole, the header first: RFC 4180. Without any, the whole start."""
    at = end = quotes = taken = 0
    while taken <= most and (feed := start.find(b"\n", at)) >= 0:
        quotes += start.count(b'"', at, feed)
        at = feed + 1
        if quotes % 2 == 0:
            end, taken = at, taken + 1
    return start[:end] or start


def count_of(body: bytes) -> int:
    """How many rows a CSV text has below its header."""
    reader = csv.reader(io.StringIO(body.decode("utf-8-sig", "replace"), newline=""))
    return max(0, sum(1 for record in reader if record) - 1)
