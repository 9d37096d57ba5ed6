"""Guides: how to do something with the city's data, with figures that stay true; the list of all, and each one."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.practice import GuideRecord
from cityfolio.model.practised import Filed
from cityfolio.pages import routes
from cityfolio.pages.live_figures import guide_html, guide_markdown, live_figures
from cityfolio.pages.markdown import excerpt
from cityfolio.pages.repository import edit_url
from cityfolio.pages.shell import Link, Page, Site, index_twin

Guide = Filed[GuideRecord]


class GuideEntry(Frozen, kw_only=True):
    """A guide in the list of all."""

    link: Link
    summary: str
    reviewed: Markup               # when somebody last went through it; "" where that is not known


class GuidesView(Frozen, kw_only=True):
    """What `guides.html` shows."""

    guides: tuple[GuideEntry, ...]


class GuideView(Frozen, kw_only=True):
    """What `guide.html` shows."""

    title: str
    crumbs: tuple[Link, ...]
    summary: str
    text: Markup
    is_live: bool                  # whether figures in it come from the catalog
    built: Markup                  # the day these figures are of
    datasets: tuple[Link, ...]
    topics: tuple[Link, ...]
    reviewed: Markup
    edit: str


def guide_pages(site: Site) -> Iterator[Page]:
    """The list of guides and each guide; nothing where there are none."""
    if not site.catalog.practice.guides:
        return
    _, page = site.words.gettext, routes.GUIDES
    yield Page(url=page, kind="guides", template="guides.html", title=_("Guides"), source="guides/",
               view=GuidesView(guides=tuple(_entry(each, site) for each in site.catalog.practice.guides)),
               description=_("How to find things out with the city’s data, step by step."),
               twins=(index_twin(page, site.words),))
    for guide in site.catalog.practice.guides:
        yield _guide_page(guide, site)


def guides_of_topic(topic_id: str, page: str, site: Site) -> tuple[Link, ...]:
    """The guides that name a topic, as links from some page."""
    return tuple(Link(href=site.link(page, routes.guide_url(each.id)), text=each.title)
                 for each in site.catalog.practice.guides if topic_id in each.record.topics)


def summary_of_guide(guide: Guide, site: Site) -> str:
    """What a guide is for: as its file says, else the first sentence of its text."""
    return guide.record.summary or excerpt(guide_markdown(guide, site.catalog, site.words))


def _entry(guide: Guide, site: Site) -> GuideEntry:
    page, reviewed = routes.GUIDES, guide.record.reviewed
    return GuideEntry(link=Link(href=site.link(page, routes.guide_url(guide.id)), text=guide.title),
                      summary=summary_of_guide(guide, site), reviewed=site.words.time(reviewed) if reviewed else Markup(""))


def _guide_page(guide: Guide, site: Site) -> Page:
    url, record, _ = routes.guide_url(guide.id), guide.record, site.words.gettext
    datasets = tuple(Link(href=site.link(url, routes.dataset_url(each)), text=site.datasets[each].title)
                     for each in record.datasets if each in site.datasets)
    view = GuideView(
        title=guide.title, crumbs=(Link(href=site.link(url, routes.GUIDES), text=_("Guides")),),
        summary=record.summary or "", text=guide_html(guide, url, site),
        is_live=bool(live_figures(guide, site.catalog, site.words)), built=site.words.time(site.build.today),
        datasets=datasets, topics=_topics(guide, url, site),
        reviewed=site.words.time(record.reviewed) if record.reviewed else Markup(""),
        edit=edit_url(site.catalog.site.repository, guide.path_in(site.words.language)))
    return Page(url=url, kind="guide", template="guide.html", title=guide.title, view=view, source=guide.source_path,
                description=summary_of_guide(guide, site), updated=record.reviewed, twins=(index_twin(url, site.words),))


def _topics(guide: Guide, page: str, site: Site) -> tuple[Link, ...]:
    titles = {each.id: each.title for each in site.catalog.topics}
    return tuple(Link(href=site.link(page, routes.topic_url(each)), text=titles[each])
                 for each in guide.record.topics if each in titles)
