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
    "jkan": ("jkan.tree", "import_jkan_tree"),
    "data-json": ("data_json.importer", "import_data_json"),
    "dcat-rdf": ("rdf.importer", "import_dcat_rdf"),
    "data-package": ("data_package.importer", "import_data_package"),
    "ckan": ("ckan.importer", "import_ckan"),
    "arcgis-hub": ("arcgis.importer", "import_arcgis_hub"),
    "socrata": ("socrata.importer", "import_socrata"),
    "opendatasoft": ("opendatasoft.importer", "import_opendatasoft"),
    "spreadsheet": ("spreadsheet.importer", "import_spreadsheet"),
    "open-sdg": ("open_sdg.importer", "import_open_sdg"),
}
ONE_DOCUMENT = frozenset({"data-json", "dcat-rdf", "data-package", "spreadsheet"})   # read whole before the importer begins
NO_NETWORK = frozenset({"jkan"})
ONCE = frozenset({"open-sdg"})    # formats that bring more than datasets, so a catalog moves from them once and harvests none


def importer(name: str) -> Importer:
    """The function that makes a catalog from a source of this format."""
    module, function = FORMATS[name]
    return cast(Importer, getattr(import_module(f"cityfolio.migrate.{module}"), function))
