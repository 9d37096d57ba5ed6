"""Import from Opendatasoft (Huwise): its Explore API 2.1, with the fields and, where wished, the rows."""

from __future__ import annotations

from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.harvest.origin import Origin, origin_of
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.importing import gathered, outcome
from cityfolio.migrate.network.listing import group
from cityfolio.migrate.opendatasoft.dataset import Described, described
from cityfolio.migrate.opendatasoft.listing import datasets, identifier
from cityfolio.migrate.reading import Asking
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.given import as_words

FORMAT = "opendatasoft"


def import_opendatasoft(source: Source, wishes: Wishes, asking: Asking | None = None) -> Imported:
    """Make a catalog from an Opendatasoft portal: its address, or answers of its API in files."""
    draft = Draft(FORMAT, name=wishes.name, today=wishes.today)
    origin = origin_of(source, wishes, asking)
    return outcome(draft, origin, lambda: _fill(draft, origin))


def _fill(draft: Draft, origin: Origin) -> None:
    draft.site(homepage=origin.portal.root if origin.portal else "")
    draft.forward("/explore/", "/data/")
    for each in gathered(datasets(origin.source, origin.portal), draft):
        title = as_words(group(group(each.values.get("metas")).get("default")).get("title"))
        dataset = draft.dataset(each.place, identifier(each.values) or title)
        described(Described(dataset, each.values, origin))
