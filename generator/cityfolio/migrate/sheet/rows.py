"""Rows of a workbook that the catalog does not have: what is wrong with those that cannot become anything."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from cityfolio.migrate.sheet.exporting import digest
from cityfolio.migrate.sheet.read import Line
from cityfolio.migrate.sheet.workbook import COLUMNS, DATASETS, FILES, SHARED, Row, Sheet
from cityfolio.migrate.values.names import is_id, slug
from cityfolio.model.site import VIEWS
from cityfolio.problems import did_you_mean

Key: TypeAlias = tuple[str, ...]


class Refusal(NamedTuple):
    """Why a row cannot be taken, and which of the cells that say what it is about is wrong."""

    depth: int                    # counted from 0
    says: str
    fix: str
    instead: Row | None = None    # the row that was meant


def looks_renamed(sheet: Sheet, line: Line, key: Key, gone: Sequence[tuple[Row, Mapping[str, str]]]) -> Refusal | None:
    """Whether a new row is one that is gone, under another name: it says half of what that one said, its title among it.

    `gone` are rows with the digests of their cells. Names are part of addresses, and others point to them by name.
    """
    for row, told in gone:
        differing = [at for at, (one, other) in enumerate(zip(row.key, key, strict=True)) if one != other]
        if len(differing) != 1 or not told:
            continue
        alike = {name for name, was in told.items() if digest(line.cells.get(name, "")) == was}
        if 2 * len(alike) >= len(told) and ("title" not in told or "title" in alike):
            depth = differing[0]
            name = sheet.keys[depth]
            fix = f'Did you mean "{row.key[depth]}", whose row is gone? A {name} is not renamed in a workbook.'
            return Refusal(depth, f'the catalog has no {name} "{key[depth]}"', fix, row)
    return None


def unknown_key(sheet: Sheet, key: Key, rows: Mapping[str, Mapping[Key, Row]], files: Container[Key]) -> Refusal | None:
    """Why nothing new can be made of a row with this key; None where it can."""
    if sheet in (DATASETS, SHARED):
        return new_id(sheet, key[0])
    if key[:1] not in rows[DATASETS.name]:
        datasets = [each[0] for each in rows[DATASETS.name]]
        return Refusal(0, f'the catalog has no dataset "{key[0]}"', did_you_mean(key[0], datasets))
    if sheet is COLUMNS and key[1] and key[:2] not in files:
        known = {each[1] for each in rows[FILES.name] if each[0] == key[0]}
        return Refusal(1, f'the catalog has no file "{key[1]}"', did_you_mean(key[1], known))
    if not key[-1]:
        name = sheet.keys[-1]
        return Refusal(len(key) - 1, f"the row does not say which {name} it is about", f"Write it under {name}.")
    return None


def new_id(sheet: Sheet, name: str) -> Refusal | None:
    """Why a name cannot be that of a new dataset or shared column; None where it can."""
    if is_id(name):
        kept = sheet is DATASETS and name in VIEWS
        return Refusal(0, f'"{name}" is kept for the filters of the data list', f'Write "{name}-data".') if kept else None
    if not name:
        return Refusal(0, f"the row does not say which {sheet.keys[0]} it is about", f"Write it under {sheet.keys[0]}.")
    fix = f'Use lower-case letters, digits and single hyphens, such as "{slug(name, "datasets")}".'
    return Refusal(0, f'"{name}" cannot be part of an address', fix)
