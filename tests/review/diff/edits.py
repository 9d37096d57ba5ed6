"""Kinds of edits for catalogs, each with what a comparison should call it; written down by hand, with nothing of the program.

An edit is of one dataset or file that nothing else touches: what it was before, what it is then, and what changes are due, as
(kind, about, part). An edit without meaning has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml

Files = dict[str, str]
Due = frozenset[tuple[str, str, str]]
CSV = "id,kind,height,planted\n" + "".join(f"{number},{'oak' if number % 2 else 'elm'},{number + 3},2020-01-{number:02}\n"
                                           for number in range(1, 29))


@dataclass(frozen=True)
class Edit:
    """One planted edit: files before, files after (None: gone), and the changes it is."""

    name: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    due: Due = frozenset()


@dataclass(frozen=True)
class Victim:
    """A dataset of the catalog, whose record edits may change as they like."""

    id: str
    record: dict[str, Any]

    @property
    def path(self) -> str:
        return f"datasets/{self.id}/dataset.yaml"

    @property
    def about(self) -> str:
        return f"datasets/{self.id}"


def written(record: Mapping[str, Any]) -> str:
    """A record as YAML, every scalar in quotation marks where YAML needs them."""
    return yaml.safe_dump(dict(record), sort_keys=False, allow_unicode=True, width=100)


# Each key of a dataset: its kinds when it is added, changed and removed, and two values.
DATASET_KEYS: Mapping[str, tuple[tuple[str, str, str], Any, Any]] = {
    "title": (("title-changed",) * 3, "Trees", "Street trees"),
    "summary": (("text-changed",) * 3, "Every tree.", "Every tree that the city planted."),
    "description": (("text-changed",) * 3, "What it is.\n", "What it is, and what not.\n"),
    "publisher": (("publisher-changed",) * 3, "planted-one", "planted-two"),
    "topics": (("key-added", "key-changed", "key-removed"), ["planted-topic"], ["planted-other"]),
    "keywords": (("key-added", "key-changed", "key-removed"), ["shade"], ["shade", "canopy"]),
    "license": (("license-changed",) * 3, "cc-by-4.0", "cc-by-sa-4.0"),
    "rights": (("rights-changed",) * 3, "None.", "Name the city."),
    "frequency": (("schedule-changed",) * 3, "monthly", "weekly"),
    "issued": (("key-added", "key-changed", "key-removed"), "2016-03-01", "2016-04-01"),
    "modified": (("key-added", "key-changed", "key-removed"), "2026-01-01", "2026-02-01"),
    "spatial": (("key-added", "key-changed", "key-removed"), "Center City", "Philadelphia"),
    "language": (("key-added", "key-changed", "key-removed"), "es", "fr"),
    "conforms_to": (("key-added", "key-changed", "key-removed"), "https://example.gov/one", "https://example.gov/two"),
    "landing_page": (("key-added", "key-changed", "key-removed"), "https://example.gov/one", "https://example.gov/two"),
    "each_row_is": (("key-added", "key-changed", "key-removed"), "One tree", "One tree site"),
    "known_limits": (("limits-changed",) * 3, "Young trees are missing.", "Dead trees are missing."),
    "system_of_record": (("key-added", "key-changed", "key-removed"), "Cityworks", "Salesforce"),
    "sensitivity": (("key-added", "key-changed", "key-removed"), "public", "internal"),
    "value": (("key-added", "key-changed", "key-removed"), "low", "high"),
    "related": (("key-added", "key-changed", "key-removed"), ["planted-kin"], ["planted-kin", "planted-cousin"]),
    "identifier": (("identifier-changed",) * 3, "https://example.gov/id/1", "https://example.gov/id/2"),
}
FILE_KEYS: Mapping[str, tuple[tuple[str, str, str], Any, Any]] = {
    "title": (("title-changed",) * 3, "All trees", "Every tree"),
    "description": (("text-changed",) * 3, "One.", "Two."),
    "encoding": (("key-added", "key-changed", "key-removed"), "utf-8", "cp1252"),
    "delimiter": (("key-added", "key-changed", "key-removed"), ";", "tab"),
    "empty": (("key-added", "key-changed", "key-removed"), ["NA"], ["-"]),
    "header_row": (("key-changed", "key-changed", "key-changed"), "2", "3"),
    "exports": (("key-added", "key-changed", "key-removed"), ["xlsx"], ["csv"]),
    "primary_key": (("row-key-changed",) * 3, ["alpha"], ["beta"]),
    "formerly": (("former-address-added", "former-address-removed", "former-address-removed"), ["old.csv"], ["older.csv"]),
}
COLUMN_KEYS: Mapping[str, tuple[tuple[str, str, str], Any, Any]] = {
    "title": (("meaning-changed",) * 3, "How tall", "How tall it is"),
    "description": (("meaning-changed",) * 3, "Measured.", "Guessed."),
    "type": (("meaning-changed", "column-retyped", "meaning-changed"), "integer", "number"),
    "unit": (("meaning-changed", "unit-changed", "unit-changed"), "feet", "meters"),
    "format": (("meaning-changed",) * 3, "%m/%d/%Y", "%d.%m.%Y"),
    "required": (("constraint-changed",) * 3, "true", "false"),
    "unique": (("constraint-changed",) * 3, "true", "false"),
    "minimum": (("constraint-changed",) * 3, "0", "1"),
    "maximum": (("constraint-changed",) * 3, "10", "11"),
    "min_length": (("constraint-changed",) * 3, "1", "2"),
    "max_length": (("constraint-changed",) * 3, "5", "6"),
    "pattern": (("constraint-changed",) * 3, "[A-Z]+", "[a-z]+"),
    "source": (("meaning-changed",) * 3, "https://example.gov/one", "https://example.gov/two"),
    "standard": (("meaning-changed",) * 3, "planted-column", "planted-column-two"),
}
OPERATIONS = ("added", "changed", "removed")


def states_of(base: Mapping[str, Any], key: str, values: tuple[Any, Any], operation: str) -> tuple[dict[str, Any],
                                                                                                   dict[str, Any]]:
    """A record before and after a key is added, changed or removed."""
    without = {name: value for name, value in base.items() if name != key}
    one, two = without | {key: values[0]}, without | {key: values[1]}
    return {"added": (without, one), "changed": (one, two), "removed": (one, without)}[operation]


def edits_of_keys() -> Iterator[tuple[str, Any]]:
    """Each key of a dataset, a file and a column with each operation: a name, and what makes the edit of a victim."""
    for number, operation in enumerate(OPERATIONS):
        for key, (kinds, one, two) in DATASET_KEYS.items():
            yield f"{key} {operation}", _of_dataset(key, (one, two), operation, kinds[number])
        for key, (kinds, one, two) in FILE_KEYS.items():
            yield f"{key} of a file {operation}", _of_file(key, (one, two), operation, kinds[number])
        for key, (kinds, one, two) in COLUMN_KEYS.items():
            yield f"{key} of a column {operation}", _of_column(key, (one, two), operation, kinds[number])


def _of_dataset(key: str, values: tuple[Any, Any], operation: str, kind: str) -> Any:
    def make(victim: Victim, name: str) -> Edit:
        before, after = states_of(victim.record, key, values, operation)
        return Edit(name, {victim.path: written(before)}, {victim.path: written(after)}, frozenset({(kind, victim.about, key)}))

    return make


def _of_file(key: str, values: tuple[Any, Any], operation: str, kind: str) -> Any:
    def make(victim: Victim, name: str) -> Edit:
        url = f"https://example.gov/{victim.id}.csv"
        before, after = (written(victim.record | {"files": [{"url": "https://example.gov/first.pdf"}, each]})
                         for each in states_of({"url": url, "title": "Trees"}, key, values, operation))
        return Edit(name, {victim.path: before}, {victim.path: after}, frozenset({(kind, victim.about, f"files/{url}/{key}")}))

    return make


def _of_column(key: str, values: tuple[Any, Any], operation: str, kind: str) -> Any:
    def make(victim: Victim, name: str) -> Edit:
        others = {"alpha": {"title": "First"}, "omega": {"title": "Last", "type": "string"}}
        before, after = (written(victim.record | {"columns": {**others, "height": each}})
                         for each in states_of({"title": "Height", "type": "number"}, key, values, operation))
        return Edit(name, {victim.path: before}, {victim.path: after},
                    frozenset({(kind, victim.about, f"columns/height/{key}")}))

    return make


def changed(victim: Victim, name: str, before: Mapping[str, Any], after: Mapping[str, Any], *due: tuple[str, str]) -> Edit:
    """An edit of the record alone, with (kind, part) of each change."""
    return Edit(name, {victim.path: written({**victim.record, **before})}, {victim.path: written({**victim.record, **after})},
                frozenset((kind, victim.about, part) for kind, part in due))


def rewritten(victim: Victim, name: str, before: str, after: str) -> Edit:
    """An edit of how a file is written that means nothing."""
    return Edit(name, {victim.path: before}, {victim.path: after})


def with_table(victim: Victim, record: Mapping[str, Any] = {}, file: Mapping[str, Any] = {}) -> dict[str, Any]:
    """A record with a table that lies in the catalog."""
    columns = {"id": {"title": "Number"}, "kind": {"title": "Kind"}, "height": {"title": "Height"},
               "planted": {"title": "When"}}
    return deepcopy({**victim.record, "columns": columns, **record,
                     "files": [{"path": "trees.csv", "primary_key": ["id"], **file}]})


def table(victim: Victim, name: str, after: str, *due: tuple[str, str], record: Mapping[str, Any] = {}) -> Edit:
    """An edit of the rows of a table, and of its record where that follows."""
    path = f"datasets/{victim.id}/trees.csv"
    return Edit(name, {victim.path: written(with_table(victim)), path: CSV},
                {victim.path: written({**with_table(victim), **record}), path: after},
                frozenset((kind, victim.about, part) for kind, part in due))
