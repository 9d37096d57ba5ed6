"""The names of files that are made of others."""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import normalize

from cityfolio.model.formats import BY_ENDING

MOST_SHEET = 60


def stem_of(name: str, sheet: str | None = None) -> str:
    """A file's name without its endings that name formats, and with the sheet's: "fleet-vehicles" of fleet.xlsx."""
    stem = name
    while "." in stem[1:] and stem.rpartition(".")[2].lower() in BY_ENDING:
        stem = stem.rpartition(".")[0]
    return f"{stem}-{_plain(sheet)}" if sheet else stem


def _folded(name: str) -> str:
    """A name as systems compare it for which small and capital letters are the same."""
    return normalize("NFC", normalize("NFC", name).casefold())


def _plain(text: str) -> str:
    folded = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:MOST_SHEET]
    # A sheet named in letters that no address takes is told by their codes.
    return plain or "-".join(f"{ord(letter):x}" for letter in text[:8])


def free_name(stem: str, ending: str, source_format: str, taken: Collection[str]) -> str:
    """A name that no other file of the dataset has: trees.csv, else trees-from-xlsx.csv, else trees-from-xlsx-2.csv."""
    held = set(map(_folded, taken))
    first = f"{stem}.{ending}"
    if _folded(first) not in held:
        return first
    origin = _plain(source_format)
    tries = (f"{stem}-from-{origin}{'' if number == 1 else f'-{number}'}.{ending}" for number in range(1, len(taken) + 3))
    return next(name for name in tries if _folded(name) not in held)
