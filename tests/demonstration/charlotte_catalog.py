"""The demonstration city as the tests read it: YAML and CSV, without the product's own loader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "catalog"
DATASETS = tuple(sorted(folder.name for folder in (CATALOG / "datasets").iterdir() if (folder / "dataset.yaml").is_file()))
FILES = tuple(sorted(str(path.relative_to(CATALOG / "datasets")) for path in (CATALOG / "datasets").glob("*/*.csv")))


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


@cache
def rows(file: str) -> pd.DataFrame:
    """A CSV file as text; nothing in it is taken for missing."""
    return pd.read_csv(CATALOG / "datasets" / file, dtype=str, keep_default_na=False)


def table(dataset: str) -> pd.DataFrame:
    """The one or main file of a dataset."""
    first = record(dataset)["files"][0]
    return rows(f"{dataset}/{first.get('path') or first['sample']}")


def dictionary(file: str) -> dict[str, dict[str, Any]]:
    """The columns described for a file, with their shared columns filled in."""
    dataset, name = file.split("/")
    entry = next(each for each in record(dataset)["files"] if name in (each.get("path"), each.get("sample")))
    return {column: {**shared(described), **described}
            for column, described in (entry.get("columns") or record(dataset)["columns"]).items()}


def shared(described: Mapping[str, Any]) -> Mapping[str, Any]:
    """The shared column that a column follows, or nothing."""
    return document(f"columns/{described['standard']}.yaml") if "standard" in described else {}


def described_columns() -> Iterator[tuple[str, str]]:
    """Each file with each of its described columns."""
    return ((file, column) for file in FILES for column in dictionary(file))


def numbers(values: pd.Series) -> pd.Series:
    """The values that are filled, as numbers."""
    return pd.to_numeric(values[values != ""])


def share(values: pd.Series, digits: int = 0) -> str:
    """How many of the values are true, in percent."""
    return f"{100 * values.mean():.{digits}f}%"
