"""The home page: what is here, and how to find it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cityfolio.pages import routes
from cityfolio.pages.datasets import contact_words
from cityfolio.pages.lists import Entry, Search, counted, newest, search_box
from cityfolio.pages.rows import row
from cityfolio.pages.shell import Link, Page, Site

RECENT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What `home.html` shows."""

    name: str
    tagline: str
    holdings: Markup          # how much there is, in a sentence
    search: Search
    topics: tuple[Entry, ...]
    recent: Markup
    data: Link
    new: Link
    unpublished: Markup       # what the city holds and does not publish
    contact: Markup


def home_page(site: Site) -> Page:
    """The first page of the site."""
    record, catalog = site.catalog.site, site.catalog
    _ = site.words.gettext
    recent = newest(catalog.published, site.build.today)[:RECENT]
    view = HomeView(
        name=record.name, tagline=record.tagline or "", holdings=_holdings(site), search=search_box(routes.HOME, site),
        topics=tuple(
            Entry(link=Link(href=site.link(routes.HOME, routes.topic_url(topic.id)), text=topic.title), sentence="",
                  count=counted(len(topic.datasets), site))
            for topic in catalog.topics if topic.datasets
        ),
        recent=Markup("\n".join(row(dataset, site.root(routes.HOME), site) for dataset in recent)),
        data=Link(href=site.link(routes.HOME, routes.DATA), text=_("All data")),
        new=Link(href=site.link(routes.HOME, routes.NEW), text=_("All that is new")),
        unpublished=_unpublished(site), contact=contact_words(record.contact),
    )
    return Page(url=routes.HOME, kind="home", template="home.html", title=record.name, view=view, source="site.yaml",
                description=record.tagline or "")


def _holdings(site: Site) -> Markup:
    catalog, words = site.catalog, site.words
    files = sum(len(dataset.files) for dataset in catalog.published)
    publishers = sum(bool(publisher.datasets) for publisher in catalog.publishers)
    parts = (
        counted(len(catalog.published), site),
        words.ngettext("%(count)s file", "%(count)s files", files),
        words.ngettext("%(count)s publisher", "%(count)s publishers", publishers),
    )
    return words.gettext("%(datasets)s with %(files)s from %(publishers)s.", datasets=parts[0], files=parts[1],
                         publishers=parts[2])


def _unpublished(site: Site) -> Markup:
    count = len(site.catalog.datasets) - len(site.catalog.published)
    if not count:
        return Markup("")
    return site.words.ngettext(
        "%(count)s more dataset is held and not published, or not yet; the list says why.",
        "%(count)s more datasets are held and not published, or not yet; the list says why.", count)
