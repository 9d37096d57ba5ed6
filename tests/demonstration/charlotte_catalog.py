"""The demonstration city as the tests read it: YAML and rows of text, without the product's own loader and readers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import yaml

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "catalog"
DATASETS = tuple(sorted(folder.name for folder in (CATALOG / "datasets").iterdir() if (folder / "dataset.yaml").is_file()))
FILES = tuple(sorted(str(path.relative_to(CATALOG / "datasets")) for path in (CATALOG / "datasets").glob("*/*")
                     if path.name != "dataset.yaml"))
# Measured, and never published.
PRIVATE = ("water-customer-accounts/medical-notices.csv", "water-customer-accounts/shut-offs.csv")


@cache
def document(path: str) -> Mapping[str, Any]:   # Any: YAML nests as it likes
    """A YAML file of the catalog, every scalar as text."""
    loaded: Mapping[str, Any] = yaml.load((CATALOG / path).read_text("utf-8"), Loader=yaml.CBaseLoader)
    return loaded


def record(dataset: str) -> Mapping[str, Any]:
    """A dataset's YAML."""
    return document(f"datasets/{dataset}/dataset.yaml")


def published() -> tuple[str, ...]:
    """The datasets that can be downloaded."""
    return tuple(dataset for dataset in DATASETS if record(dataset).get("status", "published") == "published")


def words(dataset: str) -> str:
    """What a dataset's page says, on one line and without marks of emphasis."""
    page = record(dataset)
    said = " ".join(page.get(key, "") for key in ("summary", "description", "known_limits", "reason"))
    return re.sub(r"\s+", " ", re.sub(r"\*\*|(?<!\w)\*|\*(?!\w)", "", said))


def tables() -> Iterator[str]:
    """Each table that can be downloaded or tried out: its file, and behind a `#` the sheet of it."""
    for dataset in published():
        for entry in record(dataset)["files"]:
            yield f"{dataset}/{file_of(entry)}" + (f"#{entry['sheet']}" if "sheet" in entry else "")


def file_of(entry: Mapping[str, Any]) -> str:
    """The file in the catalog that an entry of `files:` names."""
    return str(entry.get("path") or entry["sample"])


def entry_of(table: str) -> Mapping[str, Any]:
    """The entry of `files:` that describes a table."""
    dataset, name = table.split("/")
    named: Mapping[str, Any] = next(each for each in record(dataset)["files"]
                                    if name == file_of(each) + (f"#{each['sheet']}" if "sheet" in each else ""))
    return named


@cache
def rows(table: str) -> pd.DataFrame:
    """A table as text; nothing in it is taken for missing, and what has no value is empty."""
    file, _, sheet = table.partition("#")
    read = READERS[Path(file).name.partition(".")[2]]
    return read(CATALOG / "datasets" / file, sheet)


def separated(path: Path, _: str, separator: str = ",") -> pd.DataFrame:
    """A CSV file, compressed or not."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, sep=separator)


def tabbed(path: Path, sheet: str) -> pd.DataFrame:
    """A TSV file."""
    return separated(path, sheet, "\t")


def json_lines(path: Path, _: str) -> pd.DataFrame:
    """A JSON Lines file."""
    return as_text(json.loads(line) for line in path.read_text("utf-8").splitlines())


def geojson(path: Path, _: str) -> pd.DataFrame:
    """The properties of features, and their geometry in a column of its own."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return as_text({**each["properties"], "geometry": json.dumps(each["geometry"])} for each in features)


def parquet(path: Path, _: str) -> pd.DataFrame:
    """A Parquet file."""
    return as_text(pq.read_table(path).to_pylist())


def spreadsheet(path: Path, sheet: str) -> pd.DataFrame:
    """A sheet of a spreadsheet."""
    header, *cells = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return as_text(dict(zip(header, row, strict=True)) for row in cells)


READERS: Mapping[str, Callable[[Path, str], pd.DataFrame]] = {
    "csv": separated, "csv.gz": separated, "tsv": tabbed, "jsonl": json_lines, "geojson": geojson, "parquet": parquet,
    "xlsx": spreadsheet,
}


def as_text(records: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Records with typed values, as the same values would stand in a CSV file."""
    return pd.DataFrame([{name: value_text(value) for name, value in each.items()} for each in records], dtype=str)


def value_text(value: object) -> str:
    """A value as text."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo else value.date().isoformat()      # a spreadsheet's days are midnights
    return value.isoformat() if isinstance(value, date) else str(value)


def table(dataset: str) -> pd.DataFrame:
    """The one or main table of a dataset."""
    return rows(next(each for each in TABLES if each.startswith(f"{dataset}/")))


def dictionary(table: str) -> dict[str, dict[str, Any]]:
    """The columns described for a table, with their shared columns filled in."""
    described = entry_of(table).get("columns") or record(table.split("/")[0])["columns"]
    return {column: {**shared(each), **each} for column, each in described.items()}


def shared(described: Mapping[str, Any]) -> Mapping[str, Any]:
    """The shared column that a column follows, or nothing."""
    return document(f"columns/{described['standard']}.yaml") if "standard" in described else {}


def described_columns() -> Iterator[tuple[str, str]]:
    """Each table with each of its described columns."""
    return ((table, column) for table in TABLES for column in dictionary(table))


def numbers(values: pd.Series) -> pd.Series:
    """The values that are filled, as numbers."""
    return pd.to_numeric(values[values != ""])


def share(values: pd.Series, digits: int = 0) -> str:
    """How many of the values are true, in percent."""
    return f"{100 * values.mean():.{digits}f}%"


TABLES = tuple(tables())
