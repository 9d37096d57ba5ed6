"""JKAN among the formats that can be imported."""

from __future__ import annotations

from cityfolio.migrate.imported import Imported
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.migrate.source import Source, Wishes


def import_jkan_tree(source: Source, wishes: Wishes) -> Imported:
    """Make a catalog from a JKAN site's folder."""
    return import_jkan(source.tree, name=wishes.name, today=wishes.today)
