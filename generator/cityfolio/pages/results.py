"""The page of search results, which a script fills; without one it leads to the lists that were built ahead."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.pages import routes
from cityfolio.pages.contacts import contact_words, where_contacts_are
from cityfolio.pages.facets import Filter, dimensions, filters
from cityfolio.pages.shell import Link, Page, Site, index_twin

MOST_VALUES = 40     # of a filter; the script brings the others when results have them


class ResultsView(Frozen, kw_only=True):
    """What `search.html` shows."""

    filters: tuple[Filter, ...]
    kinds: tuple[tuple[str, str], ...]   # further ones among the results: what each is to the script, and its heading
    data: Link
    topics: Link
    publishers: Link
    months: str              # their names, with commas between, for the script
    contact: Markup
    contacts: Markup         # where contacts are found, when the site has none; "" when nowhere


def search_page(site: Site) -> Page:
    """The page of results. It is found by asking, so search engines are asked to leave it out."""
    _, url = site.words.gettext, routes.SEARCH

    def link_to(target: str, text: Markup) -> Link:
        return Link(href=site.link(url, target), text=text)

    shown = tuple(replace(each, values=each.values[:MOST_VALUES]) for each in dimensions(site.catalog, site.words))
    contact = site.catalog.site.contact
    view = ResultsView(
        filters=(*filters(shown, url, site), *_by_status(site)), kinds=tuple(site.kinds.items()),
        data=link_to(routes.DATA, _("All data")), topics=link_to(routes.TOPICS, _("Topics")),
        publishers=link_to(routes.PUBLISHERS, _("Publishers")), months=",".join(site.words.months()),
        contact=contact_words(contact), contacts=where_contacts_are(site),
    )
    return Page(url=url, kind="search", template="search.html", title=_("Search"), view=view, source="datasets/", listed=False,
                twins=(index_twin(url, site.words),))


def _by_status(site: Site) -> tuple[Filter, ...]:
    """A place for the filter by status, where not everything is published. It has no pages, so the script fills it."""
    if len(site.catalog.published) == len(site.catalog.datasets):
        return ()
    return (Filter(name="status", title=site.words.gettext("Status"), first=Markup(""), rest=Markup("")),)
