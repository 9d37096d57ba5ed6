"""Import from CKAN (https://ckan.org): packages with their resources, organizations, groups and tags, in every dialect."""

from __future__ import annotations

from urllib.parse import urlsplit

from cityfolio.migrate.ckan.listing import about, packages, root_of
from cityfolio.migrate.ckan.package import Package, described
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.harvest.origin import Origin, origin_of
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.importing import gathered, outcome
from cityfolio.migrate.reading import Asking
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.given import as_words

FORMAT = "ckan"


def import_ckan(source: Source, wishes: Wishes, asking: Asking | None = None) -> Imported:
    """Make a catalog from a CKAN site: its address, or answers of its API in files."""
    draft = Draft(FORMAT, name=wishes.name, today=wishes.today)
    origin = origin_of(source, wishes, asking)
    return outcome(draft, origin, lambda: _fill(draft, origin))


def _fill(draft: Draft, origin: Origin) -> None:
    root = root_of(origin.portal.address) if origin.portal else ""
    below = urlsplit(root).path
    told = about(origin.portal)
    draft.site(title=as_words(told.get("site_title")), description=as_words(told.get("site_description")), homepage=root)
    for path, page in (("/dataset/", "/data/"), ("/organization/", "/publishers/"), ("/group/", "/topics/")):
        draft.forward(f"{below}{path}", page)
    for each in gathered(packages(origin.source, origin.portal), draft):
        name = as_words(each.values.get("name")) or as_words(each.values.get("title")) or as_words(each.values.get("id"))
        described(Package(draft.dataset(each.place, name), each.values, origin, below))
