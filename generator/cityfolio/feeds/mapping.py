"""The names that standards have for our facts, as the feeds ask for them, and the reference page that shows them all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from cityfolio.feeds.filled import filled
from cityfolio.model.standards import MAPPING, TITLES, About, Mapped, Standard

__all__ = ["MAPPING", "TITLES", "About", "Mapped", "Standard", "named", "names", "standards_reference"]


@cache
def names(standard: Standard, about: About) -> Mapping[str, str]:
    """The properties of a standard by our facts: `names("dcat_us", "dataset")["keywords"]` is "keyword"."""
    return MappingProxyType({each.fact: each.name(standard) for each in MAPPING[about] if each.name(standard)})


def named(standard: Standard, about: About, known: Mapping[str, Any]) -> dict[str, Any]:  # Any: JSON
    """Facts under the names of a standard, in the order given. What is not known ("", None, nothing in it) is left out."""
    properties = names(standard, about)
    return {properties[fact]: value for fact, value in filled(known).items()}


def standards_reference() -> str:
    """The page about what becomes of each fact in each standard, as Markdown."""
    parts = [_INTRODUCTION]
    for about, rows in MAPPING.items():
        heads = " | ".join(TITLES.values())
        lines = "\n".join(_line(each) for each in rows)
        parts.append(f"## {_HEADINGS[about]}\n\n| written here as | {heads} |\n|{' --- |' * (1 + len(TITLES))}\n{lines}\n")
    return "\n".join(parts)


def _line(row: Mapped) -> str:
    own = row.ours if row.ours.startswith("(") else ", ".join(f"`{each}`" for each in row.ours.split(", "))
    cells = (f"**`{row.name(each)}`**" if row.is_required(each) else f"`{row.name(each)}`" if row.name(each) else ""
             for each in TITLES)
    return f"| {own} | {' | '.join(cells)} |"


_HEADINGS: Mapping[About, str] = {
    "catalog": "The catalog: site.yaml", "dataset": "A dataset: datasets/ID/dataset.yaml",
    "publisher": "A publisher: publishers/ID.yaml", "contact": "A contact",
    "file": "A file: an entry of files", "column": "A column: an entry of columns",
}

_INTRODUCTION = """\
<!-- Written by `make docs` from the program. Change it there. -->

# What standards call our facts

Every feed is drawn from the same facts, under the names that its standard has for them. In **bold** is what a standard
requires: where a record lacks it, `cityfolio check -v` names the standard and the line. Nothing is made up to please a
validator: what is not known is absent. Where there is no name, the standard has no place for the fact.

DCAT-US 1.1 is written as data.gov reads it from cities, which have no bureau codes and no program codes. schema.org itself
requires nothing; in bold is what search engines for datasets ask for.
"""
