"""Files in further formats that were published before and are not made any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from cityfolio.model.catalog import Catalog
from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem


def former_exports(catalog: Catalog, now: Callable[[], Collection[str]], previous: Manifest | None) -> Mapping[str, Problem]:
    """The addresses of exports that are not among those of `now`, each with the warning about it.

    Everything else that was published has to answer for ever. What a city may stop to offer is a format: the rows are still
    there in the others.
    """
    made = [path for path, entry in previous.entries.items() if entry.is_made] if previous else []
    there = now() if made else ()
    return {f"/{path}": _problem(path, catalog) for path in made if f"/{path}" not in there}


def _problem(path: str, catalog: Catalog) -> Problem:
    folder = f"/{path.rpartition('/')[0]}/"
    source = next((each.source_path for each in catalog.datasets if folder == f"/data/{each.id}/"), "site.yaml")
    return Problem(code="export-withdrawn", where=Location(path=source),
                   says=f"/{path} was made and published before and is not made any more, so links to it will break",
                   fix="Ask for the format again under `exports:`, or accept it: the next build will not say it any more.")
