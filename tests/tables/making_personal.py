"""A city with personal data in files of every format, and a search that finds it however it is written down."""

from __future__ import annotations

import csv
import gzip
import html
import json
import sqlite3
import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from unicodedata import normalize
from urllib.parse import quote
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tables.making import in_bytes
from tables.readers.making_records import WKT, a_collection, a_feature, a_geopackage, a_kml, a_shapefile
from tables.readers.making_sheets import an_ods, ods_number, ods_row, ods_text, ods_value

# None of these occurs anywhere else, in pages or in programs; all of them can be written in cp1252.
RESIDENTS = ("Quillfeather Wysteria", "Bramblethorpe, Zebulonia")
KIN = ("Œnonella Mátyásdóttir", "Žofienka Älvsjödal")
ACCOUNTS = ("7394618257", "918273.640625")
BORN = ("1913-11-07", "1927-03-31")
SPECIES, HEIGHTS = ("oak", "maple"), ("12.5", "8.25")
PERSONAL = ("zqresident", "zqkin", "zqaccount", "zqborn")
COLUMNS: Mapping[str, Sequence[str]] = {
    "species": SPECIES, "height": HEIGHTS,
    **dict(zip(PERSONAL, (RESIDENTS, KIN, ACCOUNTS, BORN), strict=True)),
}
FIRST_DAY = date(1899, 12, 30)    # from which Excel counts
PLACES = ({"type": "Point", "coordinates": [-80.84, 35.22]}, {"type": "Point", "coordinates": [-80.9, 35.1]})
ALL_EXPORTS = "exports: [csv, json, xlsx, parquet, geojson, pmtiles, zip]\n"
# What a map file has beside: every column of a file with personal data has to be described.
BESIDE: Mapping[str, Sequence[str]] = {
    "geojson": ("geometry",), "gpkg": ("fid", "geom"), "kml": ("geometry",), "shapefile": ("geometry",),
}


# The files


def delimited(encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The trees as delimited text."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows([COLUMNS, *zip(*COLUMNS.values(), strict=True)])
    return text.getvalue().encode(encoding)


def records() -> list[dict[str, object]]:
    """The trees as JSON has them: numbers are numbers."""
    numbers = ("height", "zqaccount")
    return [{name: json.loads(text) if name in numbers else text for name, text in zip(COLUMNS, row, strict=True)}
            for row in zip(*COLUMNS.values(), strict=True)]


def typed() -> dict[str, list[object]]:
    """The trees as columns of typed values."""
    as_types = {"height": float, "zqaccount": float, "zqborn": date.fromisoformat}
    return {name: [as_types.get(name, str)(text) for text in texts] for name, texts in COLUMNS.items()}


def a_parquet_of_pandas() -> bytes:
    """The trees as pandas writes them, which names every column in the metadata, with statistics of each."""
    body = BytesIO()
    pq.write_table(pa.Table.from_pandas(pd.DataFrame(typed())), body, write_statistics=True)
    return body.getvalue()


def a_workbook() -> bytes:
    """A workbook of two sheets, of which the second holds personal data."""
    body = BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True})
    book.set_properties({"author": RESIDENTS[0]})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    trees, owners = book.add_worksheet("Trees"), book.add_worksheet("Owners")
    for at, (name, values) in enumerate(typed().items()):
        for sheet in (trees, owners) if name in ("species", "height") else (owners,):
            sheet.write(0, at, name)
            for row, value in enumerate(values, start=1):
                sheet.write(row, at, value, day if isinstance(value, date) else None)
    book.close()
    return body.getvalue()


def an_open_sheet() -> bytes:
    """An OpenDocument spreadsheet."""
    rows = [ods_row(ods_text(species), ods_number(height), ods_text(resident), ods_text(kin), ods_number(account),
                    ods_value("date", born))
            for species, height, resident, kin, account, born in zip(*COLUMNS.values(), strict=True)]
    return an_ods({"Trees": ods_row(*map(ods_text, COLUMNS)) + "".join(rows)})


def placemarks() -> str:
    """KML with the columns as extended data."""
    made = []
    for at, row in enumerate(zip(*COLUMNS.values(), strict=True)):
        cells = "".join(f'<Data name="{name}"><value>{text}</value></Data>' for name, text in zip(COLUMNS, row, strict=True))
        longitude, latitude = PLACES[at]["coordinates"]
        made.append(f"<Placemark><ExtendedData>{cells}</ExtendedData><Point><coordinates>{longitude},{latitude}</coordinates>"
                    "</Point></Placemark>")
    return a_kml(*made)


def on_a_map() -> dict[str, np.ndarray | list[str]]:
    """The trees as programs for maps are given them."""
    return {name: np.array(list(map(float, texts))) if name in ("height", "zqaccount") else list(texts)
            for name, texts in COLUMNS.items()}


def files() -> dict[str, tuple[str, bytes, str]]:
    """By dataset: the name of its file, the bytes, and what its entry says beside the path."""
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records()).encode()
    features = [a_feature(place, **record) for place, record in zip(PLACES, records(), strict=True)]
    return {
        "csv": ("trees.csv", delimited(), "formerly: [bushes.csv]"),
        "tsv": ("trees.tsv", delimited(delimiter="\t"), ""),
        "windows": ("trees.csv", delimited("cp1252", ";"), 'encoding: cp1252, delimiter: ";"'),
        "wide": ("trees.csv", delimited("utf-16"), "encoding: utf-16"),
        "packed": ("trees.csv.gz", gzip.compress(delimited()), ""),
        "json": ("trees.json", json.dumps(records()).encode(), ""),
        "lines": ("trees.jsonl", lines, ""),
        "packed-lines": ("trees.jsonl.gz", gzip.compress(lines), ""),
        "geojson": ("trees.geojson", a_collection(*features).encode(), ""),
        "parquet": ("trees.parquet", a_parquet_of_pandas(), ""),
        "xlsx": ("trees.xlsx", a_workbook(), "sheet: Owners"),
        "ods": ("trees.ods", an_open_sheet(), ""),
        "gpkg": ("trees.gpkg", a_geopackage(WKT, **on_a_map()), ""),
        "kml": ("trees.kml", placemarks().encode(), ""),
        "shapefile": ("trees.shp.zip", a_shapefile(WKT, **on_a_map()), ""),
    }


def a_city_of(made: Mapping[str, tuple[str, bytes, str]], *, hides: bool, more: str = "") -> dict[str, str | bytes]:
    """A catalog of a dataset for each file. `more` are further keys of the columns that are personal."""
    found: dict[str, str | bytes] = {
        "site.yaml": f"name: Example City\nlicense: cc0-1.0\ncontact: {{email: data@example.gov}}\ntwins: all\n{ALL_EXPORTS}",
        "publishers/parks.yaml": "title: Parks and Recreation\n",
    }
    for dataset, (name, body, entry) in made.items():
        extra = "  - {path: trees.xlsx, sheet: Trees, columns: {species: {title: Kind}, height: {title: Feet}}}\n"
        found[f"datasets/{dataset}/dataset.yaml"] = (
            f"title: Trees as {dataset}\nsummary: Every tree.\npublisher: parks\nkeywords: shade\nmodified: 2026-01-01\n"
            f"frequency: yearly\nfiles:\n{extra if dataset == 'xlsx' else ''}  - {{path: {name}, {entry}}}\n"
            "columns:\n  species: {title: Kind}\n  height: {title: Feet}\n"
            + "".join(f"  {column}: {{title: Place}}\n" for column in BESIDE.get(dataset, ()))
            + "".join(f"  {column}: {{title: Not for everybody, sensitive: {str(hides).lower()}{more}}}\n"
                      for column in PERSONAL)
        )
        found[f"datasets/{dataset}/{name}"] = body
    return found


# The search


def in_base64(body: bytes) -> Iterator[bytes]:
    """The letters that surely occur where bytes are written in base64, at each of the three places they can begin."""
    for shift in range(3):
        whole = 8 * (shift + len(body)) // 6
        yield b64encode(bytes(shift) + body)[(0, 2, 3)[shift] : whole]


def of_text(text: str) -> set[bytes]:
    """How a text may be written down."""
    plain = text.encode()
    forms = {plain, text.lower().encode(), text.upper().encode(), normalize("NFD", text).encode(), text.encode("cp1252")}
    forms |= {text.encode(encoding) for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")}
    forms |= {json.dumps(text)[1:-1].encode(), text.encode("ascii", "xmlcharrefreplace"), quote(text).encode()}
    forms |= {"".join(f"&#x{ord(letter):x};" if ord(letter) > 127 else letter for letter in text).encode()}
    return forms | {plain.hex().encode()} | set(in_base64(plain)) | set(in_base64(text.encode("utf-16-le")))


def of_number(text: str) -> set[bytes]:
    """How a number may be written down, as text and as a machine keeps it."""
    exact = Decimal(text)
    scaled = int(exact.scaleb(-int(exact.as_tuple().exponent)))
    texts = {text, f"{exact:,}", f"{float(exact)!r}", f"{exact:E}", f"{exact:e}", f"{float(exact):e}", str(scaled)}
    forms = {form for each in texts for form in of_text(each)}
    packed = {struct.pack(order + kind, value) for order in "<>" for kind, value in (("d", float(exact)), ("q", scaled))}
    return forms | packed | {_varint(scaled), _varint(scaled * 2)}


def _varint(number: int) -> bytes:
    """A whole number as tiles of a map hold it."""
    parts = []
    while number > 127:
        parts.append(number % 128 + 128)
        number //= 128
    return bytes([*parts, number])


def of_day(text: str) -> set[bytes]:
    """How a day may be written down, and the number that stands for it in a sheet and in Parquet."""
    day = date.fromisoformat(text)
    texts = {day.strftime(form) for form in ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y")}
    texts |= {f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day.month}/{day.day}/{day.year}"}
    since = (day - date(1970, 1, 1)).days
    serial = f">{(day - FIRST_DAY).days}<".encode()
    kept = {struct.pack(order + kind, since * unit) for order in "<>"
            for kind, unit in (("q", 86_400_000), ("q", 86_400_000_000), ("i", 1), ("d", 1))}
    return {form for each in texts for form in of_text(each)} | {serial} | kept


def words(texts: Sequence[str]) -> list[str]:
    """The words of texts: a part of a name is as bad as the whole."""
    return [word.strip(",") for text in texts for word in text.split()]


FORMS: Mapping[str, frozenset[bytes]] = {
    **{word: frozenset(of_text(word)) for word in words((*RESIDENTS, *KIN))},
    **{text: frozenset(of_number(text)) for text in ACCOUNTS},
    **{text: frozenset(of_day(text)) for text in BORN},
}


def layers(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file, and of everything that is packed in it."""
    yield name, body
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as package:
            for member in package.infolist():
                yield f"{name}!{member.filename}", repr(member).encode() + (member.comment or b"")
                yield from layers(f"{name}!{member.filename}", package.read(member))
    elif body.startswith(b"PAR1"):
        yield f"{name}!decoded", _decoded(body)
    elif body.startswith(b"SQLite format 3\0"):
        yield f"{name}!dump", _dumped(body)
    elif name.endswith((".html", ".xml", ".kml", ".rels")):
        yield f"{name}!unescaped", html.unescape(body.decode()).encode()
    elif name.endswith((".json", ".geojson")):
        yield f"{name}!parsed", repr(json.loads(body)).encode()
    yield from ((f"{name}!packed at {at}", unpacked) for at, unpacked in _packed(body))


def _packed(body: bytes) -> Iterator[tuple[int, bytes]]:
    """What is packed with gzip anywhere in a file, as tiles are in an archive of them."""
    at = body.find(b"\x1f\x8b\x08")
    while at >= 0:
        try:
            yield at, zlib.decompressobj(31).decompress(body[at:])
        except zlib.error:
            yield at, b""   # three bytes that only look so
        at = body.find(b"\x1f\x8b\x08", at + 1)


def _decoded(body: bytes) -> bytes:
    file = pq.ParquetFile(BytesIO(body))
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    about = [str(group.column(number)) for group in groups for number in range(group.num_columns)]
    return "\n".join([str(file.read().to_pydict()), str(file.metadata.metadata), str(file.schema), *about]).encode()


def _dumped(body: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(body)
        return "\n".join(database.iterdump()).encode()


def found_in(name: str, body: bytes) -> set[str]:
    """The personal values that can be found in a file, however they are written."""
    found = set()
    for _, layer in layers(name, body):
        lower = layer.lower()
        found |= {value for value, forms in FORMS.items() if any(form in layer or form.lower() in lower for form in forms)}
    return found


def names_in(name: str, body: bytes) -> set[str]:
    """The personal columns that a file names."""
    return {column for column in PERSONAL for _, layer in layers(name, body)
            if any(form in layer for form in of_text(column))}


def truncated(body: bytes, parts: int = 12) -> list[bytes]:
    """A file cut short at several places."""
    return [body[: len(body) * part // parts] for part in range(1, parts)]


def as_bytes(found: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Files as bytes."""
    return {path: in_bytes(body) for path, body in found.items()}
