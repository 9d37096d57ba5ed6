"""Rules for what a city says of its maps."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.formats import format_of
from cityfolio.model.records import FileRecord
from cityfolio.problems import Problem, did_you_mean

GEOJSON = "GeoJSON"


@rule("boundary-unfit")
def boundaries_are_published_shapes(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each boundary is a file of shapes that the site publishes as GeoJSON."""
    settings = loaded.site.record.map if loaded.site else None
    if loaded.site is None or settings is None:
        return
    for place, name in enumerate(settings.boundaries):
        fault = _fault(loaded, name, loaded.site.record.exports)
        if fault:
            yield Problem(code="boundary-unfit", where=loaded.site.document.at("map", "boundaries", place),
                          says=fault[0], fix=fault[1])


def _fault(loaded: Loaded, name: str, exports: tuple[str, ...]) -> tuple[str, str] | None:
    """What is wrong with a boundary, and what would be right."""
    identifier, _, path = name.partition("/")
    dataset = loaded.datasets.get(identifier)
    if dataset is None:
        return f'"{identifier}" is not in datasets/', did_you_mean(identifier, loaded.datasets)
    files = dataset.record.files if dataset.record.status == "published" else ()
    named = [file for file in files if file.path and path in ("", file.path)]
    if not named:
        known = [file.path for file in files if file.path]
        return (f'"{identifier}" publishes no file "{path}"', did_you_mean(path, known)) if path else (
            f'"{identifier}" publishes no file', "Name a published dataset of shapes.")
    if not any(_is_geojson(file, exports) for file in named):
        return f'"{name}" is not published as GeoJSON', "Name a GeoJSON file, or offer this one with `exports: [geojson]`."
    return None


def _is_geojson(file: FileRecord, exports: tuple[str, ...]) -> bool:
    return format_of(file.path or "", file.format).name == GEOJSON or "geojson" in (file.exports or exports)
