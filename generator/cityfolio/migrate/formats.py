"""The formats that a catalog can be brought over from, each with the function that does it, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from cityfolio.migrate.imported import Imported
from cityfolio.migrate.source import Source, Wishes

Importer = Callable[[Source, Wishes], Imported]

# Format as the command calls it -> module and function.
FORMATS: Mapping[str, tuple[str, str]] = {
    "jkan": ("jkan_tree", "import_jkan_tree"),
    "data-json": ("data_json", "import_data_json"),
    "dcat-rdf": ("dcat_rdf", "import_dcat_rdf"),
    "data-package": ("data_package", "import_data_package"),
    "ckan": ("ckan", "import_ckan"),
    "arcgis-hub": ("arcgis_hub", "import_arcgis_hub"),
    "socrata": ("socrata", "import_socrata"),
    "opendatasoft": ("opendatasoft", "import_opendatasoft"),
    "spreadsheet": ("spreadsheet", "import_spreadsheet"),
}
ONE_DOCUMENT = frozenset({"data-json", "dcat-rdf", "data-package", "spreadsheet"})   # read whole before the importer begins
NO_NETWORK = frozenset({"jkan"})


def importer(name: str) -> Importer:
    """The function that makes a catalog from a source of this format."""
    module, function = FORMATS[name]
    return cast(Importer, getattr(import_module(f"cityfolio.migrate.{module}"), function))
