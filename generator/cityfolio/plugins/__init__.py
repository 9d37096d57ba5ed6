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
    Finding,
    Pages,
    Plugin,
    PluginFile,
    PluginPage,
    Reader,
    Rule,
    Sending,
    Sent,
    Target,
)
from cityfolio.problems import Location
from cityfolio.publish.deploying.target import Refused
from cityfolio.tables.readers.package import open_package, pieces
from cityfolio.tables.table import Place, Reading, Table, TableJob, in_portions

__all__ = [
    "API", "HOOKS", "Amend", "Build", "Catalog", "Feed", "Filter", "Finding", "Loaded", "Location", "Pages", "Place", "Plugin",
    "PluginFile", "PluginPage", "Reader", "Reading", "Refused", "Rule", "Sending", "Sent", "Table", "TableJob", "Target",
    "in_portions", "open_package", "pieces",
]
