"""A catalog with edits planted in it, one of each kind, in datasets that the seed chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import yaml

from review.diff.edits import Edit, Victim, edits_of_keys
from review.diff.edits_further import MEANS_NOTHING, ROOMS, STRUCTURE

# What edits point to; it is there before and after.
AROUND: Mapping[str, str] = {
    "publishers/planted-one.yaml": "title: First office\n", "publishers/planted-two.yaml": "title: Second office\n",
    "topics/planted-topic.yaml": "title: A subject\n", "topics/planted-other.yaml": "title: Another subject\n",
    "columns/planted-column.yaml": "title: A shared column\n", "columns/planted-column-two.yaml": "title: Another\n",
    "datasets/planted-kin/dataset.yaml": "title: Kin\nfiles: [{url: https://example.gov/kin.csv}]\n",
    "datasets/planted-cousin/dataset.yaml": "title: Cousin\nfiles: [{url: https://example.gov/cousin.csv}]\n",
}


@dataclass(frozen=True)
class Planted:
    """The catalog before and after, and the edits."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    edits: tuple[Edit, ...]


def planted(files: Mapping[str, str], seed: int) -> Planted:
    """Plant every kind of edit in a catalog, each in a dataset of its own."""
    datasets = [path.split("/")[1] for path in sorted(files) if path.startswith("datasets/") and path.endswith("/dataset.yaml")]
    makers = [*edits_of_keys(), *STRUCTURE.items(), *MEANS_NOTHING.items()]
    chosen = Random(seed).sample(datasets, len(makers))
    edits = [make(_victim(files, name), kind) for (kind, make), name in zip(makers, chosen, strict=True)]
    edits += [Edit(kind, {path: before}, {path: after}, frozenset(due)) for kind, (path, before, after, due) in ROOMS.items()]
    base = with_each({**files, **AROUND}, (each.before for each in edits))
    return Planted(base, with_each(base, (each.after for each in edits)), tuple(edits))


def with_each(files: Mapping[str, str], changed: Iterable[Mapping[str, str | None]]) -> dict[str, str]:
    """Files with others in their place, or (None) without them."""
    found: dict[str, str | None] = dict(files)
    for each in changed:
        found.update(each)
    return {path: text for path, text in found.items() if text is not None}


def _victim(files: Mapping[str, str], name: str) -> Victim:
    record: dict[str, Any] = yaml.load(files[f"datasets/{name}/dataset.yaml"], yaml.BaseLoader)
    return Victim(name, record)


def an_invented_catalog(datasets: int = 280) -> dict[str, str]:
    """A catalog as large as that of a city, all of it invented."""
    found = {"site.yaml": "name: Example City\nlicense: cc0-1.0\n", "publishers/parks.yaml": "title: Parks\n",
             "topics/nature.yaml": "title: Nature\n"}
    for number in range(datasets):
        found[f"datasets/invented-{number}/dataset.yaml"] = (
            f"title: Invented records {number}\nsummary: What was counted in place {number}.\npublisher: parks\n"
            f"topics: [nature]\nlicense: cc0-1.0\nkeywords: [word-{number}, other]\n"
            f"files:\n  - {{url: https://example.gov/{number}.csv, title: Table {number}, format: CSV}}\n")
    return found
