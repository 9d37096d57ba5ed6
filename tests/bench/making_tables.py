"""Files to measure readers and exports with: the same rows in every format, and a folder of many small ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from bench.make_requests import write_requests
from cities import SITE
from cityfolio.files import FolderTree
from cityfolio.model.records import ColumnType, FileRecord
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.rows import export_table
from cityfolio.tables.exports.schema import About, ExportTable
from cityfolio.tables.profile import profile_table
from cityfolio.tables.table import TableJob

ABOUT = "title: Requests\npublisher: parks\ntopics: [nature]\nlicense: cc0-1.0\nfiles:\n"
KINDS: tuple[ColumnType, ...] = ("integer", "string", "datetime", "date", "integer", "integer", "string", "number", "number",
                                 "number", "string", "string")


def a_catalog(folder: Path, datasets: dict[str, Sequence[Path]], exports: str = "[]") -> Path:
    """A catalog with datasets of some files, which lie elsewhere and are linked to by their bytes."""
    for path, body in {"site.yaml": f"{SITE}exports: {exports}\n", "publishers/parks.yaml": "title: Parks\n",
                       "topics/nature.yaml": "title: Nature\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(body)
    for name, files in datasets.items():
        place = folder / "datasets" / name
        place.mkdir(parents=True)
        (place / "dataset.yaml").write_text(ABOUT + "".join(f"  - path: {file.name}\n" for file in files))
        for file in files:
            (place / file.name).hardlink_to(file)
    return folder


def small_files(folder: Path, count: int, rows: int = 100) -> list[Path]:
    """Many small files of ten columns, no two alike."""
    folder.mkdir(parents=True)
    whole = folder.with_suffix(".csv")
    write_requests(count * rows, whole)
    with whole.open(newline="") as stream:
        lines = csv.reader(stream)
        header = next(lines)[:10]
        paths = [folder / f"requests-{number:04}.csv" for number in range(count)]
        for path in paths:
            with path.open("w", newline="") as target:
                writer = csv.writer(target, lineterminator="\n")
                writer.writerow(header)
                writer.writerows([next(lines)[:10] for _ in range(rows)])
    whole.unlink()
    return paths


def small_maps(folder: Path, count: int, rows: int = 50) -> dict[str, list[Path]]:
    """Many small files of places and of their rows, by format: GeoJSON, XLSX, and CSV with the same two columns."""
    folder.mkdir(parents=True)
    made: dict[str, list[Path]] = {"GeoJSON": [], "XLSX": [], "CSV": []}
    for number in range(count):
        values = [{"kind": ("oak", "maple", "elm")[row % 3], "height": row + number / 8} for row in range(rows)]
        points = [{"type": "Point", "coordinates": [-80.8 - row / 100, 35.2 + number / 100]} for row in range(rows)]
        paths = {name: folder / f"places-{number:03}.{name.lower()}" for name in made}
        features = [{"type": "Feature", "properties": each, "geometry": point}
                    for each, point in zip(values, points, strict=True)]
        paths["GeoJSON"].write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        with paths["CSV"].open("w", newline="") as target:
            writer = csv.DictWriter(target, values[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(values)
        with xlsxwriter.Workbook(paths["XLSX"]) as book:
            sheet = book.add_worksheet("Places")
            for row, cells in enumerate([list(values[0]), *(list(each.values()) for each in values)]):
                sheet.write_row(row, 0, cells)
        for name, path in paths.items():
            made[name].append(path)
    return made


def a_job(path: Path) -> TableJob:
    """A job for a file, in its folder."""
    return TableJob(path=path.name, size_bytes=path.stat().st_size, file=FileRecord(path=path.name))


def to_export(path: Path) -> ExportTable:
    """A CSV file as an export sees it."""
    job = a_job(path)
    with path.open("rb") as stream:
        profile = profile_table(stream, job).profile
    assert profile is not None
    return export_table(FolderTree(path.parent), job, profile, About(name="requests", title="Requests"))


def in_every_format(path: Path) -> dict[str, Path]:
    """A CSV file of requests in each format that has a reader of its own and needs no map."""
    made = {"CSV": path, "JSON Lines": path.with_suffix(".jsonl"), "XLSX": path.with_suffix(".xlsx")}
    with path.open(newline="") as stream, made["JSON Lines"].open("w") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in csv.DictReader(stream))
    with path.open(newline="") as stream, xlsxwriter.Workbook(made["XLSX"], {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Requests")
        for at, cells in enumerate(csv.reader(stream)):
            for column, cell in enumerate(cells):
                is_number = at > 0 and KINDS[column] in ("integer", "number")
                (sheet.write_number if is_number else sheet.write_string)(at, column, float(cell) if is_number else cell)
    table = to_export(path)
    for name in ("json", "parquet"):
        export = FORMATS[name]
        made[export.name] = path.with_suffix(f".{export.ending}")
        with made[export.name].open("wb") as target:
            export.write(table, target)
    return made
