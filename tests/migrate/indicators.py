"""Small Open SDG sources for tests, and what an import makes of them."""

from __future__ import annotations

import yaml

from measures.making import measured_city
from migrate.imports import imported

META = "indicator_number: 3.6.1\nindicator_available: Deaths on our streets\ncomputation_units: Deaths\n"
ROWS = "Year,Sex,Value\n2015,,20\n2015,F,8\n2015,M,12\n2016,,18\n2017,,15\n"


def a_source(rows=ROWS, meta="", *, name="3-6-1", **more):
    """The files of a source with one indicator; more files by path, with `__` for `/`."""
    files = {f"meta/{name}.md": f"---\n{META}{meta}---\n"} if meta is not None else {}
    files |= {f"data/indicator_{name}.csv": rows} if rows is not None else {}
    return files | {path.replace("__", "/"): text for path, text in more.items()}


def from_open_sdg(files, **wishes):
    """What the import makes of a source."""
    return imported("open-sdg", files, **({"name": "Our indicators"} | wishes))


def a_record(result, path="measures/3-6-1/measure.yaml"):
    """One YAML file of the new catalog, as values."""
    return yaml.load(result.files[path], yaml.BaseLoader)


def measured(rows=ROWS, meta="", **more):
    """The measure of one indicator, as values."""
    return a_record(from_open_sdg(a_source(rows, meta, **more)))


def computed(files):
    """What the measures of the new catalog come to: id -> (the whole measure, its values by period)."""
    result = from_open_sdg(files)
    copied = {path: files[source] for path, source in result.copies.items()}
    found = measured_city({**result.files, **copied}).by_id
    return {name: (each, {seen.period: seen.value for seen in each.overall.observations}) for name, each in found.items()}


def said(result, *kinds):
    """What the report says: field, reason, before."""
    return [(entry.field, entry.why, entry.before) for each in result.report.records for entry in each.entries
            if entry.kind in kinds]
