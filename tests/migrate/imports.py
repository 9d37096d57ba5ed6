"""Small sources of other formats for tests, and what an import makes of them."""

from datetime import date

import orjson
import yaml

from cities import a_build
from cityfolio.build import Workshop, inspect
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.formats import importer
from cityfolio.migrate.source import Source, Wishes
from cityfolio.publish.sinks import MemorySink
from themes_once import themes_once

TODAY = date(2026, 6, 30)


def imported(form, files, path="", **wishes):
    """What the import makes of a source."""
    return importer(form)(Source(tree=MemoryTree(files), path=path), Wishes(**({"today": TODAY} | wishes)))


def a_data_json(*datasets, **more):
    """The files of a source with one data.json."""
    return {"data.json": orjson.dumps({"dataset": list(datasets)} | more)}


def from_data_json(*datasets, **more):
    """What the import makes of a data.json with these datasets."""
    return imported("data-json", a_data_json(*datasets, **more))


def only(result):
    """The one dataset of the new catalog, as values."""
    (path,) = (path for path in result.files if path.startswith("datasets/") and path.endswith("dataset.yaml"))
    return yaml.load(result.files[path], yaml.BaseLoader)


def records(result):
    """Every dataset of the new catalog by its id, as values."""
    return {
        path.split("/")[1]: yaml.load(text, yaml.CBaseLoader)
        for path, text in result.files.items()
        if path.startswith("datasets/") and path.endswith("/dataset.yaml")
    }


def entries(result, kinds=("mended", "joined", "noted", "doubtful", "left-out", "missing")):
    """What the report says, of all records: kind and field."""
    return [(entry.kind, entry.field) for each in result.report.records for entry in each.entries if entry.kind in kinds]


def whys(result):
    """The reasons that the report gives."""
    return {entry.why for each in result.report.records for entry in each.entries}


def totals(result):
    """What the report found and wrote."""
    return {each.what: (each.found, each.written) for each in result.report.totals}


def errors(result, files=None):
    """The errors that a check of the new catalog finds."""
    copied = {path: (files or {})[source] for path, source in result.copies.items()}
    tree = MemoryTree({**result.files, **copied})
    with themes_once():
        found = inspect(load(tree), a_build(), Workshop(tree=tree, sink=MemorySink()))[2]
    return [(each.code, each.where.path, each.says) for each in found if each.severity == "error"]
