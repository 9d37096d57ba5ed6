"""How a table becomes a file: a writer for each format, chosen by the end of the file's name.

Text formats come from the standard library alone. XLSX and Parquet need xlsxwriter and pyarrow, which Cityfolio brings; the
bytes of these two may differ between releases of those libraries, their values may not.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from charlotte.table import Cell, Shape, Table, Workbook

if TYPE_CHECKING:
    import pyarrow as pa
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2026, 6, 30)   # noqa: DTZ001  a spreadsheet's dates have no zone
LOOKS: Mapping[str, str] = {"date": "yyyy-mm-dd", "money": "#,##0.00", "percent": "0.0%"}     # how a spreadsheet shows a type


def file_bytes(name: str, content: Table | Workbook) -> bytes:
    """Write a table in the format that a file's name ends in."""
    if isinstance(content, Workbook):
        return xlsx_bytes(content)
    return WRITERS[name.partition(".")[2]](content)


def csv_bytes(content: Table, delimiter: str = ",") -> bytes:
    """Write a table as CSV: UTF-8, LF, commas, quotes only where they are needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", delimiter=delimiter)
    writer.writerow(content.header)
    writer.writerows(content.rows)
    return text.getvalue().encode()


def tsv_bytes(content: Table) -> bytes:
    """Write a table as CSV with tabs for commas."""
    return csv_bytes(content, "\t")


def gzip_bytes(content: Table) -> bytes:
    """Write a table as CSV and compress it, without a date or name that would differ each time."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as stream:
        stream.write(csv_bytes(content))
    return packed.getvalue()


def json_lines_bytes(content: Table) -> bytes:
    """Write an object for each row, each on a line."""
    return "".join(f"{_object(content.header, row)}\n" for row in content.rows).encode()


def geojson_bytes(content: Table) -> bytes:
    """Write a feature for each row, each on a line. The last column is its geometry."""
    features = ",\n".join(f'{{"type":"Feature","properties":{_object(content.header[:-1], row[:-1])},'
                          f'"geometry":{_geometry(row[-1])}}}' for row in content.rows)
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'.encode()


def parquet_bytes(content: Table) -> bytes:
    """Write typed columns, in row groups that a reader can fetch one at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made: dict[str, tuple[pa.DataType, Callable[[str], object]]] = {
        "text": (pa.string(), str), "whole": (pa.int32(), int), "date": (pa.date32(), date.fromisoformat),
        "moment": (pa.timestamp("ms", tz="America/New_York"), datetime.fromisoformat),
        "money": (pa.decimal128(9, 2), Decimal),
    }
    columns = {}
    for nth, (name, kind) in enumerate(zip(content.header, content.types, strict=True)):
        arrow, value = made[kind]
        columns[name] = pa.array([None if row[nth] in ("", None) else value(str(row[nth])) for row in content.rows], arrow)
    packed = io.BytesIO()
    pq.write_table(pa.table(columns), packed, row_group_size=10_000, compression="snappy", write_page_index=True)
    return packed.getvalue()


def xlsx_bytes(content: Workbook) -> bytes:
    """Write each table on a sheet of its own, with cells of the type that its column has."""
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False,
                                        "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    looks = {kind: book.add_format({"num_format": look}) for kind, look in LOOKS.items()}
    bold = book.add_format({"bold": True})
    for name, given in content.sheets.items():
        sheet = book.add_worksheet(name)
        _exact_numbers(sheet)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, given.header, bold)
        for column, title in enumerate(given.header):
            sheet.set_column(column, column, max(12, len(title) + 2))
        for nth, row in enumerate(given.rows, start=1):
            for column, (kind, cell) in enumerate(zip(given.types, row, strict=True)):
                _put(sheet, (nth, column), kind, str(cell), looks.get(kind))
    book.close()
    return packed.getvalue()


def _exact_numbers(sheet: Worksheet) -> None:
    """Have numbers written as Excel reads them: the package's own 16 digits of 552872.06 are those of another number."""
    def write(number: float, attributes: list[tuple[str, object]]) -> None:
        written = "".join(f' {name}="{value}"' for name, value in attributes)
        sheet.fh.write(f"<c{written}><v>{repr(number).removesuffix('.0')}</v></c>")

    sheet._xml_number_element = write


def _put(sheet: Worksheet, place: tuple[int, int], kind: str, text: str, look: Format | None) -> None:
    """Write a cell; an empty text leaves it blank."""
    if kind == "text" and text:
        sheet.write_string(*place, text)
    elif kind == "date" and text:
        sheet.write_datetime(*place, datetime.fromisoformat(text), look)
    elif text:
        sheet.write_number(*place, float(text), look)


def _object(names: tuple[str, ...], row: tuple[Cell, ...]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), separators=(",", ":"), ensure_ascii=False)


def _geometry(cell: Cell) -> str:
    """A shape as GeoJSON, with the digits of its coordinates as they are given."""
    kind, coordinates = _shape(cell)
    return f'{{"type":"{kind}","coordinates":{json.dumps(coordinates, separators=(",", ":")).replace(chr(34), "")}}}'


def _shape(cell: Cell) -> Shape:
    assert isinstance(cell, tuple)
    return cell


WRITERS: Mapping[str, Callable[[Table], bytes]] = {
    "csv": csv_bytes, "csv.gz": gzip_bytes, "tsv": tsv_bytes, "jsonl": json_lines_bytes, "geojson": geojson_bytes,
    "parquet": parquet_bytes,
}
