"""Keeps a CKAN up to date with a catalog, as a target of `cityfolio deploy`, and offers tables as its DataStore takes them."""

from cityfolio.plugins import Plugin, PluginExport
from cityfolio_ckan_mirror.datastore import write_datastore
from cityfolio_ckan_mirror.mirror import mirror

DATASTORE = PluginExport(id="datastore", ending="datastore.json", label="CKAN DataStore", media_type="application/json",
                         write=write_datastore)

plugin = Plugin(name="ckan-mirror", api=1, targets={"ckan-mirror": mirror}, exports=(DATASTORE,))
