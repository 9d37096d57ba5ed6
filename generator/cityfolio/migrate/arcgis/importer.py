"""Import from ArcGIS Hub: DCAT feeds, or the search API with the fields of each layer."""

from __future__ import annotations

from cityfolio.migrate.arcgis.feed import feed_described
from cityfolio.migrate.arcgis.item import item_described
from cityfolio.migrate.arcgis.listing import datasets, feed_about
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.harvest.origin import Origin, origin_of
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.importing import gathered, outcome
from cityfolio.migrate.network.listing import Listed, group
from cityfolio.migrate.reading import Asking
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.given import Given, as_words

FORMAT = "arcgis-hub"
# What ArcGIS writes into a description that nobody wrote.
UNWRITTEN = ("DO NOT DELETE OR MODIFY THIS ITEM", "Create your own initiative by combining existing applications")


def import_arcgis_hub(source: Source, wishes: Wishes, asking: Asking | None = None) -> Imported:
    """Make a catalog from an ArcGIS Hub site: its address, or its feeds or answers of its search API in files."""
    draft = Draft(FORMAT, name=wishes.name, today=wishes.today)
    origin = origin_of(source, wishes, asking)
    return outcome(draft, origin, lambda: _fill(draft, origin))


def _fill(draft: Draft, origin: Origin) -> None:
    about = feed_about(origin.source, origin.portal)
    words = as_words(about.get("description"))
    draft.site(title=as_words(about.get("title")), description="" if words.startswith(UNWRITTEN) else words,
               homepage=origin.portal.root if origin.portal else _homepage(about.get("@id")))
    draft.forward("/search/", "/data/")
    for each in gathered(datasets(origin.source, origin.portal), draft):
        dataset = draft.dataset(each.place, _name(each))
        if "properties" in each.values:
            item_described(dataset, group(each.values["properties"]), origin)
        else:
            feed_described(dataset, each.values)


def _homepage(given: Given) -> str:
    words = as_words(given)
    return words if words.startswith(("http://", "https://")) else ""


def _name(each: Listed) -> str:
    properties = group(each.values.get("properties"))
    return as_words(each.values.get("title")) or as_words(properties.get("title")) or as_words(properties.get("name")) \
        or as_words(properties.get("id"))
