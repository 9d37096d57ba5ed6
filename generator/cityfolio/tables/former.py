"""Files in further formats that were published before and are not asked for any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.names import stem_of

ENDINGS = frozenset((*(each.ending for each in FORMATS.values()), "zip"))


def former_exports(catalog: Catalog, previous: Manifest | None) -> Mapping[str, Problem]:
    """The addresses of exports that have been taken back, each with the warning about it.

    Everything else that was published has to answer for ever. What a city may stop to offer is a format: the rows are still
    there in the others.
    """
    listed = previous.entries if previous else {}
    return {f"/{path}": _problem(path, dataset) for dataset in catalog.published for path in _former(dataset, catalog, listed)}


def _former(dataset: Dataset, catalog: Catalog, listed: Mapping[str, object]) -> Iterator[str]:
    url = f"/data/{dataset.id}/"
    folders = [url, *(forward.old for forward in catalog.forwards if forward.new == url)]
    stems = {dataset.id, *(stem_of(file.name) for file in dataset.files if file.name)}
    kept = {file.name for file in dataset.files} | {former for file in dataset.files for former in file.record.formerly}
    kept |= {export.name for file in dataset.files for export in file.exports} | {dataset.archive.name if dataset.archive else ""}
    for path in listed:
        folder, _, name = path.rpartition("/")
        if f"/{folder}/" in folders and name not in kept and _may_be_made(name, stems):
            yield path


def _may_be_made(name: str, stems: set[str]) -> bool:
    """Whether a file bears the name of an export of one that is there: trees.json, trees-by-street.json, trees-from-xlsx.csv."""
    stem, _, ending = name.rpartition(".")
    return ending in ENDINGS and any(stem == each or stem.startswith(f"{each}-") for each in stems)


def _problem(path: str, dataset: Dataset) -> Problem:
    return Problem(code="export-withdrawn", where=Location(path=dataset.source_path),
                   says=f"/{path} was published and is not among the `exports:` any more, so links to it will break",
                   fix="Ask for the format again, or accept it: the next build will not say it any more.")
