"""What others may add to a build. docs/reference/plugins.md describes each hook; docs/how-to/write-a-plugin.md begins one.

A plugin imports from here and from nowhere else: what is named here stays as it is as long as `API` does.
"""

from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.plugins.hooks import (
    API,
    HOOKS,
    Amend,
    Feed,
    Filter,
    Findable,
    Finding,
    Fits,
    Pages,
    Plugin,
    PluginExport,
    PluginFile,
    PluginKind,
    PluginPage,
    PluginRows,
    Reader,
    RowThings,
    Rule,
    Sending,
    Sent,
    Target,
    Things,
    Writer,
)
from cityfolio.plugins.texts import rows_with
from cityfolio.problems import Location
from cityfolio.publish.deploying.target import Refused
from cityfolio.tables.exports.plain_rows import typed_rows
from cityfolio.tables.exports.schema import About, ExportColumn, ExportTable, Unfit
from cityfolio.tables.readers.package import open_package, pieces
from cityfolio.tables.table import Place, Reading, Table, TableJob, in_portions

__all__ = [
    "API", "HOOKS", "About", "Amend", "Build", "Catalog", "ExportColumn", "ExportTable", "Feed", "Filter", "Findable",
    "Finding", "Fits", "Loaded", "Location", "Pages", "Place", "Plugin", "PluginExport", "PluginFile", "PluginKind",
    "PluginPage", "PluginRows", "Reader", "Reading", "Refused", "RowThings", "Rule", "Sending", "Sent", "Table", "TableJob",
    "Target", "Things", "Unfit", "Writer", "in_portions", "open_package", "pieces", "rows_with", "typed_rows",
]
