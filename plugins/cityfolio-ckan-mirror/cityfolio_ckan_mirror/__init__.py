"""Keeps a CKAN up to date with a catalog, as a target of `cityfolio deploy`."""

from cityfolio.plugins import Plugin
from cityfolio_ckan_mirror.mirror import mirror

plugin = Plugin(name="ckan-mirror", api=1, targets={"ckan-mirror": mirror})
