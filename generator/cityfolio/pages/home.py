"""The home page: what is here, and how to find it."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Topic
from cityfolio.pages import routes
from cityfolio.pages.contacts import contact_words, where_contacts_are
from cityfolio.pages.goal_parts import GoalEntry, home_goals, sheets_of
from cityfolio.pages.lists import Entry, counted, counted_by_status, newest
from cityfolio.pages.rows import row
from cityfolio.pages.shell import Link, Page, Site, index_twin

RECENT = 6


class HomeView(Frozen, kw_only=True):
    """What `home.html` shows."""

    name: str
    tagline: str
    holdings: Markup          # how much there is, in a sentence
    goals: tuple[GoalEntry, ...]   # a few, each with its headline
    all_goals: Link
    topics: tuple[Entry, ...]
    recent: Markup
    data: Link
    new: Link
    unpublished: Markup       # how much is listed and not published
    contact: Markup
    contacts: Markup          # where contacts are found, when the site has none; "" when nowhere


def home_page(site: Site) -> Page:
    """The first page of the site."""
    record, catalog = site.catalog.site, site.catalog
    _ = site.words.gettext
    recent = newest(catalog.published, site.build.today)[:RECENT]
    view = HomeView(
        name=record.name, tagline=record.tagline or "", holdings=_holdings(site),
        goals=home_goals(site), all_goals=Link(href=site.link(routes.HOME, routes.GOALS), text=_("All goals")),
        topics=tuple(
            Entry(link=Link(href=site.link(routes.HOME, routes.topic_url(topic.id)), text=topic.title), sentence="",
                  count=_count(topic, site))
            for topic in catalog.topics if topic.datasets
        ),
        recent=Markup("\n".join(row(dataset, site.root(routes.HOME), site) for dataset in recent)),
        data=Link(href=site.link(routes.HOME, routes.DATA), text=_("All data")),
        new=Link(href=site.link(routes.HOME, routes.NEW), text=_("All that is new")),
        unpublished=_unpublished(site), contact=contact_words(record.contact), contacts=where_contacts_are(site),
    )
    return Page(url=routes.HOME, kind="home", template="home.html", title=record.name, view=view, source="site.yaml",
                sheets=sheets_of(view.goals), description=record.tagline or "", twins=(index_twin(routes.HOME, site.words),))


def _count(topic: Topic, site: Site) -> Markup:
    """How much of a topic is published; the topic's page tells what is not."""
    published = sum(dataset.status == "published" for dataset in topic.datasets)
    return counted(published, site) if published else counted_by_status(topic.datasets, site)


def _holdings(site: Site) -> Markup:
    catalog, words = site.catalog, site.words
    files = sum(len(dataset.files) for dataset in catalog.published)
    publishers = len({dataset.publisher.id for dataset in catalog.published if dataset.publisher})
    held = {"datasets": counted(len(catalog.published), site),
            "files": words.ngettext("%(count)s file", "%(count)s files", files)}
    if not publishers:
        return words.gettext("%(datasets)s with %(files)s.", **held)
    return words.gettext("%(datasets)s with %(files)s from %(publishers)s.", **held,
                         publishers=words.ngettext("%(count)s publisher", "%(count)s publishers", publishers))


def _unpublished(site: Site) -> Markup:
    count = len(site.catalog.datasets) - len(site.catalog.published)
    if not count:
        return Markup("")
    return site.words.ngettext(
        "%(count)s more dataset is listed and not published: it is planned, restricted or retired. Its page says why.",
        "%(count)s more datasets are listed and not published: planned, restricted or retired. Their pages say why.", count)
