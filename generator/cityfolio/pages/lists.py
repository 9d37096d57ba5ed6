"""Pages that list datasets: the whole catalog, its facets, topics, publishers, and what is new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Dataset, Publisher, Topic
from cityfolio.pages import routes
from cityfolio.pages.briefs import brief_publishers
from cityfolio.pages.change_news import news_of
from cityfolio.pages.contacts import contact_words
from cityfolio.pages.datasets import title_missing
from cityfolio.pages.facets import Dimension, Filter, Value, dimensions, filters
from cityfolio.pages.goal_parts import GoalEntry, goals_of_publisher, goals_of_topic, sheets_of
from cityfolio.pages.guides import guides_of_topic
from cityfolio.pages.listing import Listing
from cityfolio.pages.markdown import excerpt, rendered, told, untold
from cityfolio.pages.news import has_news
from cityfolio.pages.repository import edit_url
from cityfolio.pages.rows import Rows, row, rows
from cityfolio.pages.shell import Link, Page, Site, Twin, feed_twin, index_twin

MOST_NEW = 100
MOST_ON_A_PAGE = 500     # datasets: some 225 kB of rows, 46 kB compressed
MOST_OF_A_GROUP = 250    # on the page of a topic or publisher, which shows more than its list


class ListView(Frozen, kw_only=True):
    """What `list.html` shows."""

    title: Markup | str
    is_whole: bool       # the whole catalog, which the script narrows in place
    pages: tuple[Link, ...]   # of a list that is divided, which no script narrows; none of one that is whole
    count: Markup
    rows: Rows
    filters: tuple[Filter, ...]
    whole: Link


class GroupView(Frozen, kw_only=True):
    """What `topic.html` and `publisher.html` show."""

    title: str
    untitled: Markup     # says that the id stands in for a title; "" where there is one
    crumb: Link
    description: Markup
    contact: Markup
    website: str
    parent: Link | None
    parts: tuple[Link, ...]
    goals: tuple[GoalEntry, ...]   # a topic's goals; what a publisher answers for
    brief: str           # where the next review of a publisher's goals is prepared; "" where it has none
    count: Markup
    rows: Rows
    narrow: Link
    guides: tuple[Link, ...]       # to a topic: how to use its data
    edit: str


class Entry(Frozen, kw_only=True):
    """A topic or publisher in the list of all."""

    link: Link
    sentence: str
    count: Markup
    untitled: Markup = Markup("")


class IndexView(Frozen, kw_only=True):
    """What `index.html` shows: all topics, or all publishers."""

    title: Markup
    entries: tuple[Entry, ...]


class NewsLine(Frozen, kw_only=True):
    """What changed of a dataset, or a note about it."""

    href: str
    title: str
    text: str


class Day(Frozen, kw_only=True):
    """What is new on one day."""

    day: Markup
    rows: Markup
    news: tuple[NewsLine, ...]    # what changed, and notes about it


class NewView(Frozen, kw_only=True):
    """What `new.html` shows, the newest first."""

    days: tuple[Day, ...]
    feed: str
    undated: Markup


V = TypeVar("V", ListView, GroupView)


def list_pages(site: Site) -> Iterator[Page]:
    """The whole list, and one page for each value of each facet."""
    shown = dimensions(site.catalog, site.words)
    _ = site.words.gettext
    yield from _list_pages(routes.DATA, _("Data"), site.catalog.datasets, shown, site)
    for dimension in shown:
        for value in dimension.values:
            yield from _list_pages(value.url, _facet_title(value, site), value.datasets, shown, site)


def topic_pages(site: Site) -> Iterator[Page]:
    """The list of topics, and the page of each."""
    _, catalog = site.words.gettext, site.catalog
    entries = tuple(_entry(topic, routes.TOPICS, routes.topic_url(topic.id), topic.description, site)
                    for topic in catalog.topics)
    yield Page(url=routes.TOPICS, kind="index", template="index.html", title=_("Topics"), section=routes.TOPICS,
               view=IndexView(title=_("Topics"), entries=entries), source="topics/",
               description=_("Every topic of %(site)s.", site=catalog.site.name),
               twins=(index_twin(routes.TOPICS, site.words),))
    for topic in catalog.topics:
        yield _topic_page(topic, site)


def publisher_pages(site: Site) -> Iterator[Page]:
    """The list of publishers, and the page of each."""
    _, catalog = site.words.gettext, site.catalog
    entries = tuple(_entry(each, routes.PUBLISHERS, routes.publisher_url(each.id), each.record.description, site)
                    for each in catalog.publishers)
    yield Page(url=routes.PUBLISHERS, kind="index", template="index.html", title=_("Publishers"), section=routes.PUBLISHERS,
               view=IndexView(title=_("Publishers"), entries=entries), source="publishers/",
               description=_("Who publishes data on %(site)s.", site=catalog.site.name),
               twins=(index_twin(routes.PUBLISHERS, site.words),))
    for publisher in catalog.publishers:
        yield _publisher_page(publisher, site)


def new_page(site: Site) -> Page:
    """What was updated, day by day, the newest first."""
    _ = site.words.gettext
    dated = newest(site.catalog.published, site.build.today)
    by_day: dict[date, list[Dataset]] = {}
    for dataset in dated[:MOST_NEW]:
        assert dataset.updated is not None   # newest() leaves out what has no date
        by_day.setdefault(dataset.updated, []).append(dataset)
    root, news = site.root(routes.NEW), news_of(site.catalog, site.words)
    days = tuple(
        Day(day=site.words.time(day), rows=Markup("\n".join(row(dataset, root, site) for dataset in by_day.get(day, ()))),
            news=tuple(NewsLine(href=site.link(routes.NEW, each.url), title=each.title, text=each.text)
                       for each in news if each.day == day))
        for day in sorted({*by_day, *(each.day for each in news)}, reverse=True)
    )
    undated = sum(dataset.updated is None for dataset in site.catalog.published)
    view = NewView(
        days=days, feed=site.link(routes.NEW, routes.NEW_FEED) if site.has_feed else "",
        undated=site.words.ngettext("The day of the last update is not known for %(count)s dataset.",
                                    "The day of the last update is not known for %(count)s datasets.", undated)
        if undated else Markup(""),
    )
    return Page(url=routes.NEW, kind="new", template="new.html", title=_("New"), view=view, source="datasets/",
                section=routes.NEW, description=_("Datasets by the day they were last updated, and what changed."),
                twins=(index_twin(routes.NEW, site.words),))


def newest(datasets: Iterable[Dataset], today: date) -> list[Dataset]:
    """The datasets whose last update is known, the latest first, then by title. A date still to come is no news."""
    dated = [dataset for dataset in datasets if dataset.updated and dataset.updated <= today]
    return sorted(dated, key=lambda each: -each.updated.toordinal() if each.updated else 0)


def counted(count: int, site: Site) -> Markup:
    """How many datasets, in words."""
    return site.words.ngettext("%(count)s dataset", "%(count)s datasets", count)


def counted_by_status(datasets: Collection[Dataset], site: Site) -> Markup:
    """How many datasets, with those that are not published told apart: "2 datasets and 1 not published"."""
    published = sum(dataset.status == "published" for dataset in datasets)
    rest = len(datasets) - published
    if not rest:
        return counted(published, site)
    if not published:
        return site.words.ngettext("%(count)s dataset, not published", "%(count)s datasets, none published", rest)
    return site.words.gettext("%(datasets)s and %(count)s not published", datasets=counted(published, site),
                              count=site.words.number(rest))


def _list_pages(first: str, title: Markup, datasets: tuple[Dataset, ...], shown: tuple[Dimension, ...],
                site: Site) -> Iterator[Page]:
    """The pages of a list: one, but for the largest catalogs. What is not published comes last of all."""
    _, count = site.words.gettext, counted(len(datasets), site)
    ordered = sorted(datasets, key=lambda each: each.status != "published") if len(datasets) > MOST_ON_A_PAGE else datasets
    parts = [ordered[start:start + MOST_ON_A_PAGE] for start in range(0, len(ordered), MOST_ON_A_PAGE)] or [()]
    for number, part in enumerate(parts, start=1):
        url = routes.list_url(first, number)
        named = title if number == 1 else _("%(title)s, page %(number)s", title=title, number=site.words.number(number))
        view = ListView(
            title=named, is_whole=first == routes.DATA, count=count, rows=rows((), url, site),
            pages=_page_numbers(first, number, len(parts), site), filters=filters(shown, url, site, list_of=first),
            whole=Link(href=site.link(url, routes.DATA), text=_("All data")),
        )
        yield Page(url=url, kind="list", template="list.html", title=named, view=view, source="datasets/", section=routes.DATA,
                   script=len(parts) == 1, description=_("%(count)s: %(title)s", count=count, title=untold(named)),
                   twins=(index_twin(first, site.words),) if number == 1 else (),
                   listing=_listing(part, view, url, site))


def _listing(datasets: Sequence[Dataset], view: V, url: str, site: Site) -> Listing:
    return Listing(datasets, (), lambda: replace(view, rows=rows(datasets, url, site)))


def _page_numbers(first: str, at: int, count: int, site: Site) -> tuple[Link, ...]:
    url = routes.list_url(first, at)
    return tuple(Link(href=site.link(url, routes.list_url(first, number)), text=site.words.number(number), current=number == at)
                 for number in range(1, count + 1)) if count > 1 else ()


def _facet_title(value: Value, site: Site) -> Markup:
    _ = site.words.gettext
    if value.dimension == "topic":
        return _("Data about %(topic)s", topic=told(value.title))
    if value.dimension == "publisher":
        return _("Data from %(publisher)s", publisher=told(value.title))
    if value.dimension == "format":
        return _("Data as %(format)s", format=value.title)
    return {"on-time": _("Data that is on time"), "late": _("Data that is late"),
            "unknown": _("Freshness not known")}[value.id]


def _topic_page(topic: Topic, site: Site) -> Page:
    _, url = site.words.gettext, routes.topic_url(topic.id)
    view = GroupView(
        title=topic.title, untitled=Markup(""), crumb=Link(href=site.link(url, routes.TOPICS), text=_("Topics")),
        description=rendered(topic.description, 2) if topic.description else Markup(""), contact=Markup(""), website="",
        parent=None, parts=(), goals=goals_of_topic(topic.id, url, site), brief="",
        count=counted_by_status(topic.datasets, site), rows=rows((), url, site),
        narrow=_narrow("topic", topic, url, site), guides=guides_of_topic(topic.id, url, site),
        edit=edit_url(site.catalog.site.repository, topic.source_path),
    )
    return Page(url=url, kind="topic", template="topic.html", title=topic.title, view=view, source=topic.source_path,
                section=routes.TOPICS, sheets=sheets_of(view.goals),
                description=excerpt(topic.description) if topic.description else "",
                twins=(index_twin(url, site.words), *_feed(routes.topic_feed_url(topic.id), topic, site)),
                listing=_listing(topic.datasets[:MOST_OF_A_GROUP], view, url, site))


def _publisher_page(publisher: Publisher, site: Site) -> Page:
    _, url, record = site.words.gettext, routes.publisher_url(publisher.id), publisher.record
    titles = {each.id: each.title for each in site.catalog.publishers}

    def link_to(publisher_id: str) -> Link:
        return Link(href=site.link(url, routes.publisher_url(publisher_id)), text=titles[publisher_id])

    view = GroupView(
        title=publisher.title, untitled=_untitled(publisher, site),
        crumb=Link(href=site.link(url, routes.PUBLISHERS), text=_("Publishers")),
        description=rendered(record.description, 2) if record.description else Markup(""),
        contact=contact_words(record.contact), website=routes.outward(record.url) if record.url else "",
        parent=link_to(record.parent) if record.parent in titles and record.parent else None,
        parts=tuple(link_to(each.id) for each in site.catalog.publishers if each.record.parent == publisher.id),
        goals=goals_of_publisher(publisher.id, url, site), brief=_brief(publisher, url, site),
        count=counted_by_status(publisher.datasets, site), rows=rows((), url, site),
        narrow=_narrow("publisher", publisher, url, site), guides=(),
        edit=edit_url(site.catalog.site.repository, publisher.source_path),
    )
    return Page(url=url, kind="publisher", template="publisher.html", title=publisher.title, view=view,
                source=publisher.source_path, section=routes.PUBLISHERS, sheets=sheets_of(view.goals),
                description=excerpt(record.description) if record.description else "",
                twins=(index_twin(url, site.words), *_feed(routes.publisher_feed_url(publisher.id), publisher, site)),
                listing=_listing(publisher.datasets[:MOST_OF_A_GROUP], view, url, site))


def _brief(publisher: Publisher, url: str, site: Site) -> str:
    has_brief = any(each.id == publisher.id for each in brief_publishers(site.catalog))
    return site.link(url, routes.brief_url(publisher.id)) if has_brief else ""


def _narrow(dimension: str, group: Topic | Publisher, url: str, site: Site) -> Link:
    """A link to the same datasets with the filters beside them; none when there are no datasets to filter."""
    href = site.link(url, routes.facet_url(dimension, group.id)) if group.datasets else ""
    if len(group.datasets) > MOST_OF_A_GROUP:
        return Link(href=href, text=site.words.gettext("The first %(count)s are here. See them all, with filters",
                                                       count=site.words.number(MOST_OF_A_GROUP)))
    return Link(href=href, text=site.words.gettext("Search and filter these datasets"))


def _feed(url: str, group: Topic | Publisher, site: Site) -> Iterator[Twin]:
    if has_news(group.datasets):
        yield feed_twin(url, site.words.gettext("What is new in %(title)s (Atom feed)", title=told(group.title)))


def _entry(group: Topic | Publisher, from_url: str, to_url: str, description: str | None, site: Site) -> Entry:
    return Entry(link=Link(href=site.link(from_url, to_url), text=group.title),
                 sentence=excerpt(description) if description else "", count=counted_by_status(group.datasets, site),
                 untitled=_untitled(group, site))


def _untitled(group: Topic | Publisher, site: Site) -> Markup:
    """The mark of a publisher without a title. Of topics it is not known whether the title is their id."""
    return title_missing(site.words) if isinstance(group, Publisher) and not group.has_title else Markup("")
