"""The pages of words: about, accessibility, privacy, a missing address, and addresses that moved."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Forward
from cityfolio.pages import routes
from cityfolio.pages.conformance import ConformanceView, conformance
from cityfolio.pages.contacts import contact_words, where_contacts_are
from cityfolio.pages.direction import direction_of
from cityfolio.pages.lists import counted
from cityfolio.pages.mapping import tile_host
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.repository import issues_url
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.trees import tree_of
from cityfolio.pages.words import Words


class WordsView(Frozen, kw_only=True):
    """What the pages of words show."""

    site_name: str
    description: Markup
    counts: Markup
    contact: Markup
    contacts: Markup          # where contacts are found, when the site has none; "" when nowhere
    issues: str
    repository: str
    catalog_json: str
    feed: str
    home: Link
    data: Link
    topics: Link
    tiles: str                # the host of the pictures below maps; "" when the city names none
    missing: Markup           # what the page for missing addresses says below its title
    conformance: ConformanceView | None   # how accessible the program's pages are; of the page on it alone
    others: tuple[MissingView, ...]   # the same in the other languages of the site; of that page alone


class MissingView(Frozen, kw_only=True):
    """What the page for missing addresses says in a further language of the site."""

    language: str
    direction: str            # "rtl" where the language is written from right to left, else ""
    title: Markup
    says: Markup
    links: tuple[Link, ...]


class ForwardView(Frozen, kw_only=True):
    """What `forward.html` shows: where a page went."""

    title: str
    href: str


def plain_pages(site: Site) -> Iterator[Page]:
    """About, accessibility, privacy, and the page for addresses that do not exist."""
    _ = site.words.gettext
    missing = missing_words(site.words)[0]
    named = ((routes.ABOUT, "about", _("About this site")), (routes.ACCESSIBILITY, "accessibility", _("Accessibility")),
             (routes.PRIVACY, "privacy", _("Privacy")), (routes.NOT_FOUND, "404", missing))
    # Hosts know one page for what is missing: that of the first language, which speaks the others too.
    for url, name, title in named if not site.build.tree else named[:-1]:
        yield Page(url=url, kind=name, template=f"{name}.html", title=title, view=_view(url, site), source="site.yaml",
                   section=url, listed=url != routes.NOT_FOUND,
                   twins=(index_twin(url, site.words),) if url != routes.NOT_FOUND else ())


def missing_words(words: Words) -> tuple[Markup, Markup]:
    """What a reader is told who came to an address where nothing is: in short, and at length."""
    _ = words.gettext
    return _("This page is not here"), _("The address may have been typed wrongly, or it never was a page of this site.")


def _missing(words: Words, site: Site) -> MissingView:
    """The same in another language of the site, with links into its pages."""
    _, tree = words.gettext, tree_of(words.language, site.catalog.site.languages)
    title, says = missing_words(words)
    named = ((routes.SEARCH, _("Search the data")), (routes.HOME, _("Home page")), (routes.DATA, _("All data")),
             (routes.TOPICS, _("Topics")))
    return MissingView(language=words.language, direction=direction_of(words.language), title=title, says=says,
                       links=tuple(Link(href=site.link(routes.NOT_FOUND, tree + url), text=text) for url, text in named))


def forward_pages(site: Site) -> Iterator[Page]:
    """A page at each address that was published once and now leads elsewhere."""
    for forward in site.catalog.forwards:
        if site.build.tree and not forward.is_ours:
            continue       # an address of another portal, which has no tree of this language
        yield _forward_page(forward, site)


def _forward_page(forward: Forward, site: Site) -> Page:
    url = forward.old
    return Page(
        url=url, kind="forward", template="forward.html", title=site.words.gettext(
            "%(title)s has moved", title=told(forward.title)),
        view=ForwardView(title=forward.title, href=site.link(url, forward.new)), source=forward.source_path, listed=False,
        canonical=forward.new,
    )


def moved_page(old: str, new: str, site: Site) -> Page:
    """A page at an address of a language that the site does not speak any more."""
    return Page(url=old, kind="forward", template="forward.html", title=site.words.gettext("This page has moved"),
                view=ForwardView(title=new, href=site.link(old, new)), source="site.yaml", listed=False, canonical=new)


def _view(url: str, site: Site) -> WordsView:
    _, record = site.words.gettext, site.catalog.site
    return WordsView(
        site_name=record.name, description=rendered(record.description, 2) if record.description else Markup(""),
        counts=_counts(site), contact=contact_words(record.contact), contacts=where_contacts_are(site),
        issues=issues_url(record.repository), repository=routes.outward(record.repository.url)
        if record.repository and record.repository.url else "",
        catalog_json=site.link(url, routes.CATALOG_JSON), feed=site.link(url, routes.NEW_FEED) if site.has_feed else "",
        home=Link(href=site.link(url, routes.HOME), text=_("Home page")),
        data=Link(href=site.link(url, routes.DATA), text=_("All data")),
        topics=Link(href=site.link(url, routes.TOPICS), text=_("Topics")), tiles=tile_host(record),
        missing=missing_words(site.words)[1], conformance=conformance(site.words) if url == routes.ACCESSIBILITY else None,
        others=tuple(_missing(words, site) for words in site.others) if url == routes.NOT_FOUND else (),
    )


def _counts(site: Site) -> Markup:
    """How much there is, and what place it is about."""
    count, place = counted(len(site.catalog.published), site), site.catalog.site.spatial
    return site.words.gettext("%(datasets)s about %(place)s", datasets=count, place=told(place)) if place else count
