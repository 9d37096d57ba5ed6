"""Import from Socrata (Tyler Data & Insights): its catalog API, with the columns and, where wished, the rows."""

from __future__ import annotations

from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.harvest.origin import Origin, origin_of
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.importing import gathered, outcome
from cityfolio.migrate.network.listing import group
from cityfolio.migrate.reading import Asking
from cityfolio.migrate.socrata.asset import Asset, described
from cityfolio.migrate.socrata.listing import assets, identifier
from cityfolio.migrate.socrata.views import Views
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.given import as_words

FORMAT = "socrata"


def import_socrata(source: Source, wishes: Wishes, asking: Asking | None = None) -> Imported:
    """Make a catalog from a Socrata portal: its address, or answers of its catalog API in files."""
    draft = Draft(FORMAT, name=wishes.name, today=wishes.today)
    origin = origin_of(source, wishes, asking)
    return outcome(draft, origin, lambda: _fill(draft, origin))


def _fill(draft: Draft, origin: Origin) -> None:
    views = Views()
    domain = ""
    for each in gathered(views.without(assets(origin.source, origin.portal)), draft):
        domain = domain or as_words(group(each.values.get("metadata")).get("domain"))
        name = as_words(group(each.values.get("resource")).get("name")) or identifier(each.values)
        dataset = draft.dataset(each.place, name)
        views.add(identifier(each.values), dataset)
        described(Asset(dataset, each.values, origin))
    views.forward()
    draft.site(title=domain, homepage=origin.portal.root if origin.portal else f"https://{domain}" if domain else "")
    draft.forward("/browse/", "/data/")
