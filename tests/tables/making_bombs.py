"""Files made to do harm: each asks for more than a computer has, or reaches where it should not. Written to a path.

What is small here is small on disk; what it asks for is not.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tables.readers.making_sheets import MAIN, ODS_NAMES, a_sheet, a_zip, an_xlsx, expanding, inline, parts

Make = Callable[[Path], None]
MIB = 1 << 20
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
WGS_84 = ('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
          'UNIT["Degree",0.0174532925199433]]')


def body(content: Callable[[], bytes | str]) -> Make:
    """A file of some bytes, made when they are wanted."""
    def make(path: Path) -> None:
        made = content()
        path.write_bytes(made.encode() if isinstance(made, str) else made)

    return make


def xlsx_of(prolog: str, cell: str) -> bytes:
    """A workbook whose only sheet opens with something before its root."""
    return a_zip(parts({"Trees": prolog + a_sheet(f'<row r="1"><c t="inlineStr"><is><t>{cell}</t></is></c></row>')}))


def ods_of(prolog: str, text: str) -> bytes:
    """An OpenDocument spreadsheet with a cell."""
    cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return a_zip({"content.xml": f'{prolog}<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>'
                  f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table></office:spreadsheet>'
                  "</office:body></office:document-content>"})


def kml_of(prolog: str, inside: str) -> str:
    """KML with a placemark."""
    return (f'{prolog}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{inside}</name><Point>'
            "<coordinates>-80.8,35.2</coordinates></Point></Placemark></Document></kml>")


def repeated_rows() -> bytes:
    """An OpenDocument spreadsheet with one row a billion times."""
    cell = ('<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
            "</table:table-cell>")
    row = f'<table:table-row table:number-rows-repeated="999999999">{cell}</table:table-row>'
    return a_zip({"content.xml": f'<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>'
                  f'<table:table table:name="A">{row}</table:table></office:spreadsheet></office:body>'
                  "</office:document-content>"})


def expanding_xlsx() -> bytes:
    """A workbook of about 1.6 MB whose sheet expands to 391 MB, at a ratio that an honest file could have."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as package:
        for name, part in parts({"Trees": ""}).items():
            if not name.startswith("xl/worksheets/"):
                package.writestr(name, part)
        with package.open("xl/worksheets/rId1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{inline("A1", "a")}</row>'.encode())
            unit = b'<row spans="1:8"><c t="str"><v>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</v></c></row>' * 500
            size = 0
            while size < 391_000_000:
                sheet.write(unit)
                size += len(unit)
            sheet.write(b"</sheetData></worksheet>")
    return made.getvalue()


def climbing_zip(ending: str, inside: dict[str, bytes | str]) -> bytes:
    """A package with a part whose name leads out of it."""
    return a_zip({**inside, f"../../../tmp/cityfolio-climbed.{ending}": "x"})


def gzip_of(head: bytes, filler: bytes, megabytes: int) -> Make:
    """The same packed with gzip over and over, never held whole: 10 MB of file for each 10 GB."""
    def make(path: Path) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        with path.open("wb") as stream:
            stream.write(packer.compress(head))
            for _ in range(megabytes):
                stream.write(packer.compress(filler * MIB))
            stream.write(packer.flush())

    return make


def nested_zip() -> bytes:
    """A zip in a zip in a zip, each of which is all zeros."""
    inner = a_zip({"zeros.csv": b"\0" * (64 * MIB)})
    return a_zip({"a.zip": a_zip({f"{number}.zip": inner for number in range(10)})})


def deep_json(depth: int) -> str:
    """Lists in lists."""
    return '[{"a":' + "[" * depth + "]" * depth + "}]"


def a_feature(properties: str, geometry: str) -> str:
    """A collection of one feature."""
    feature = f'{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}'
    return f'{{"type":"FeatureCollection","features":[{feature}]}}'


def many_names() -> str:
    """A record with a million names."""
    return "[{" + ",".join(f'"c{at}":1' for at in range(1_000_000)) + "}]"


def long_record(path: Path) -> None:
    """One record of 200 MB."""
    with path.open("wb") as stream:
        stream.write(b'[{"a":"')
        for _ in range(200):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}]')


def a_parquet(table: pa.Table, **options: object) -> bytes:
    """A table as Parquet."""
    made = BytesIO()
    pq.write_table(table, made, **options)
    return made.getvalue()


def parquet_of(table: pa.Table, times: int) -> bytes:
    """A Parquet file of groups of rows that pack to next to nothing."""
    made = BytesIO()
    with pq.ParquetWriter(made, table.schema, compression="zstd") as writer:
        for _ in range(times):
            writer.write_table(table, row_group_size=1 << 30)
    return made.getvalue()


def long_text_parquet() -> bytes:
    """A Parquet file of one value that is 1 GB of zeros, packed."""
    made = BytesIO()
    with pq.ParquetWriter(made, pa.schema({"a": pa.large_string()}), compression="zstd", use_dictionary=False,
                          write_statistics=False) as writer:
        writer.write_table(pa.table({"a": pa.array(["x" * (1 << 30)], pa.large_string())}))
    return made.getvalue()


def lying_footer(length: int) -> bytes:
    """A Parquet file that says its footer is of another length."""
    sound = a_parquet(pa.table({"a": [1, 2, 3]}))
    return sound[:-8] + struct.pack("<I", length) + b"PAR1"


def thrift_bomb() -> bytes:
    """A footer that announces a list of two billion columns."""
    footer = b"\x15\x04\x29" + b"\xfc\xff\xff\xff\xff\x07" + b"\x00" * 20
    return b"PAR1" + footer + struct.pack("<I", len(footer)) + b"PAR1"


def deep_thrift() -> bytes:
    """A footer of structures in structures."""
    footer = b"\x1c" * 1_000_000
    return b"PAR1" + footer + struct.pack("<I", len(footer)) + b"PAR1"


def many_columns() -> bytes:
    """A Parquet file of 100,000 columns."""
    return a_parquet(pa.table({f"c{number}": [1] for number in range(100_000)}))


def a_geopackage(path: Path, *statements: str) -> None:
    """A GeoPackage with a layer of attributes, and what else some statements make of it."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript("""
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys
                (srs_name TEXT, srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('trees', 'attributes');
        """)
        for statement in statements:
            database.execute(statement)
        database.commit()


ENDLESS = "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT a FROM n"


def gpkg(*statements: str) -> Make:
    """A GeoPackage made by statements."""
    return lambda path: a_geopackage(path, *statements)


def gpkg_pages(path: Path) -> None:
    """A GeoPackage that says it has four billion pages."""
    a_geopackage(path, "CREATE TABLE trees (a TEXT)", "INSERT INTO trees VALUES ('oak')")
    made = bytearray(path.read_bytes())
    made[28:32] = b"\xff\xff\xff\xff"
    path.write_bytes(made)


def a_shapefile(shp: bytes, dbf: bytes | None = None, **more: bytes) -> bytes:
    """A zip with the parts of a shapefile."""
    table = dbf or attributes(1) + b" " + b"x" * 10
    return a_zip({"trees.shp": shp, "trees.shx": shp[:100], "trees.dbf": table, "trees.prj": WGS_84, **more})


def attributes(count: int) -> bytes:
    """The head of a table of attributes, which says how many records follow."""
    return struct.pack("<B3BIHH20x", 3, 26, 1, 1, count, 65, 11) + struct.pack("<11sc4xBB14x", b"a", b"C", 10, 0) + b"\r"


def shp_head(words: int, kind: int = 5) -> bytes:
    """The head of a file of shapes, which says how long it is."""
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i8d", 1000, kind, *[0.0] * 8)


def lying_shapes() -> bytes:
    """A polygon that says it has two billion points."""
    record = struct.pack("<i4d2i", 5, 0.0, 0.0, 1.0, 1.0, 1, 0x7FFF_FFFF) + struct.pack("<i", 0) + b"\0" * 32
    shp = shp_head(0x7FFF_FFFF) + struct.pack(">2i", 1, len(record) // 2) + record
    shx = shp_head(54) + struct.pack(">2i", 50, 0x3FFF_FFFF)
    return a_shapefile(shp, **{"trees.shx": shx})


def lying_attributes() -> bytes:
    """Attributes that say they have four billion records."""
    return a_shapefile(shp_head(50), attributes(0xFFFF_FFFF))


def long_line(path: Path) -> None:
    """A CSV file of one line of 200 MB."""
    with path.open("wb") as stream:
        stream.write(b"a,b\n")
        for _ in range(200):
            stream.write(b"x" * 1_000_000)


def long_header(path: Path) -> None:
    """A CSV file of 200 MB without any line end."""
    with path.open("wb") as stream:
        for _ in range(200):
            stream.write(b"x" * 1_000_000)


def wide_csv() -> str:
    """A CSV file of a million columns."""
    return ",".join(f"c{number}" for number in range(1_000_000)) + "\n" + ",".join(["1"] * 1_000_000) + "\n"


def unclosed(path: Path) -> None:
    """A CSV file of 2 GB with a mark that is never closed; most of it takes no room on the disk."""
    with path.open("wb") as stream:
        stream.write(b'a,b\n1,"')
        stream.truncate(2 << 30)


def unclosed_text(path: Path) -> None:
    """The same with rows of text in place of nothing."""
    with path.open("wb") as stream:
        stream.write(b'a,b\n1,"\n')
        for _ in range(300):
            stream.write(b"1,abcdefgh\n" * 95_000)


NAMED = f'<row r="1">{inline("A1", "species")}</row>'
DEEP = "[" * 100_000 + "]" * 100_000
XML, CLIMBS, ARCHIVE = "its XML declares a document type", "which leads out of it", "holds another archive"
ENDLESS_XML, DEEP_JSON = "elements of its XML lie one in the other without end", "more than 100 lists and objects"
NO_PARQUET, MEMORY = "is not Parquet, or is damaged", "working on it took more than 512 MiB of memory"
# The name of each file, how it is made, and a part of what is said of it.
QUICK: dict[str, tuple[str, Make, str]] = {
    "a cell at XFD1048576": ("a.xlsx", body(lambda: an_xlsx(
        '<row><c><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), "has 17,179,869,184 cells"),
    "a sheet that expands a thousandfold": ("a.xlsx", body(lambda: expanding(
        parts({"T": ""}), "xl/worksheets/more.xml", b"", b"<row/>" * 9, 1_000_000)), "inside the file expands 687 times"),
    "1.6 MB that expand to 391 MB": ("a.xlsx", body(expanding_xlsx), "to 372 MiB, and the limit is 100"),
    "billion laughs in XLSX": ("a.xlsx", body(lambda: xlsx_of(DOCTYPE, "&j;")), XML),
    "an external entity in XLSX": ("a.xlsx", body(lambda: xlsx_of(OUTSIDE, "&j;")), XML),
    "billion laughs in ODS": ("a.ods", body(lambda: ods_of(DOCTYPE, "&j;")), XML),
    "an external entity in ODS": ("a.ods", body(lambda: ods_of(OUTSIDE, "&j;")), XML),
    "billion laughs in KML": ("a.kml", body(lambda: kml_of(DOCTYPE, "&j;")), XML),
    "an external entity in KML": ("a.kml", body(lambda: kml_of(OUTSIDE, "&j;")), XML),
    "billion laughs in KMZ": ("a.kmz", body(lambda: a_zip({"doc.kml": kml_of(DOCTYPE, "&j;")})), XML),
    "a row a billion times in ODS": ("a.ods", body(repeated_rows), "the texts of all cells together have 16,383,999,983,616"),
    "elements in elements in XLSX": ("a.xlsx", body(lambda: an_xlsx(NAMED, "<x>" * 100_000)), ENDLESS_XML),
    "elements in elements in ODS": ("a.ods", body(lambda: ods_of("", "<text:span>" * 100_000)), ENDLESS_XML),
    "elements in elements in KML": ("a.kml", body(lambda: kml_of("", "</name>" + "<Folder>" * 100_000)), ENDLESS_XML),
    "a zip in a zip as XLSX": ("a.xlsx", body(nested_zip), ARCHIVE),
    "a zip in a zip as a shapefile": ("a.shp.zip", body(nested_zip), ARCHIVE),
    "a zip in a zip as KMZ": ("a.kmz", body(nested_zip), ARCHIVE),
    "a name that climbs in XLSX": ("a.xlsx", body(lambda: climbing_zip("xml", parts({"T": a_sheet(NAMED)}))), CLIMBS),
    "a name that climbs in ODS": ("a.ods", body(lambda: climbing_zip("xml", {"content.xml": "x"})), CLIMBS),
    "a name that climbs in KMZ": ("a.kmz", body(lambda: climbing_zip("kml", {"doc.kml": kml_of("", "x")})), CLIMBS),
    "a name that climbs in a shapefile": ("a.shp.zip", body(lambda: climbing_zip("shp", {"a.shp": b""})), CLIMBS),
    "lists in lists": ("a.json", body(lambda: f'[{{"a":{DEEP}}}]'), DEEP_JSON),
    "lists in lists in JSON Lines": ("a.jsonl", body(lambda: f'{{"a":{DEEP}}}'), DEEP_JSON),
    "lists in lists in GeoJSON": ("a.geojson", body(lambda: a_feature("", f'{{"coordinates":{DEEP}}}')), DEEP_JSON),
    "two billion columns announced": ("a.parquet", body(thrift_bomb), NO_PARQUET),
    "a footer that is longer than its file": ("a.parquet", body(lambda: lying_footer(0x7FFF_FFFF)), NO_PARQUET),
    "a footer of no length": ("a.parquet", body(lambda: lying_footer(0)), NO_PARQUET),
    "structures in structures": ("a.parquet", body(deep_thrift), NO_PARQUET),
    "four billion pages": ("a.gpkg", gpkg_pages, "the GeoPackage is damaged"),
    "a view without end": ("a.gpkg", gpkg(f"CREATE VIEW trees AS {ENDLESS}"), "the file holds no layer"),
    "a column computed at length": ("a.gpkg", gpkg("CREATE TABLE trees (a TEXT, b AS (hex(zeroblob(400000000))))",
                                                   "INSERT INTO trees (a) VALUES ('oak')"), "column `b` is computed"),
    "a virtual table": ("a.gpkg", gpkg("CREATE VIRTUAL TABLE trees USING fts5(a)"), "the file holds no layer"),
    "shapes of two billion points": ("a.shp.zip", body(lying_shapes), "the shapes (.shp) cannot be read"),
    "four billion records": ("a.shp.zip", body(lying_attributes), "the table of attributes (.dbf) is cut short"),
    "a million columns of CSV": ("a.csv", body(wide_csv), "the file has 1,000,000 columns, more than the 5,000"),
}
LONG: dict[str, tuple[str, Make, str]] = {
    "10 GB of one row in gzip": ("a.csv.gz", gzip_of(b"a,b\n", b"1,2\n", 2_500), "unpacks to more than 100 times its size"),
    "10 GB of spaces in gzip as JSON": ("a.json.gz", gzip_of(b'[{"a":1}', b" ", 10_000), "unpacks to more than"),
    "a record of 200 MB": ("a.json", long_record, "the value that begins here is longer than 67,108,864 characters"),
    "a million names in one record": ("a.json", body(many_names), "the record that begins here has 1,000,000 names"),
    "a line of 200 MB": ("a.csv", long_line, "the row that begins here is longer than 16 MiB"),
    "200 MB without a line end": ("a.csv", long_header, "the line that names the columns has 4,194,304 characters"),
    "a mark that is never closed in 2 GB": ("a.csv", unclosed, "the file holds a NUL character"),
    "a mark that is never closed in 300 MB of rows": ("a.csv", unclosed_text, "opens this field is never closed"),
    "4 GB of text in one group": ("a.parquet", body(lambda: parquet_of(pa.table({"a": ["x" * 1_000] * 200_000}), 20)), MEMORY),
    "100 million rows in one group": ("a.parquet", body(lambda: parquet_of(pa.table({"a": np.zeros(10**8, int)}), 1)), MEMORY),
    "one value of 1 GB": ("a.parquet", body(long_text_parquet), MEMORY),
    "100,000 columns": ("a.parquet", body(many_columns), "the file has 100,000 columns, more than the 5,000"),
}
# What is long and does no harm: it is read, in little memory.
READ: dict[str, tuple[str, Make]] = {
    "a number of 10 MB": ("a.json", body(lambda: '[{"a":' + "7" * 10_000_000 + "}]")),
    "a number of 10 MB in GeoJSON": ("a.geojson", body(lambda: a_feature('"a":' + "7" * 10_000_000, "null"))),
    "16 MB of rows of one digit": ("a.csv", body(lambda: "a\n" + "1\n" * 8_000_000)),
    "16 MB of commas": ("a.csv", body(lambda: ",".join(f"c{at}" for at in range(5_000)) + f"\n{',' * 4_999}" * 3_100)),
}
