"""What others made with the city's data, by kind: what it is, by whom, of which data, and what changed because of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.practice import USE_KINDS, UseRecord
from cityfolio.model.practised import Filed
from cityfolio.pages import routes
from cityfolio.pages.markdown import rendered
from cityfolio.pages.repository import edit_url, new_file_url, new_issue_url
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.words import Words

Use = Filed[UseRecord]

NO_KIND = "other"
# What is begun with when somebody adds one: the keys of such a file, as the catalog's reference has them.
TEMPLATE = """\
title: {title}
kind: story            # {kinds}
by: {by}
date: {date}
link: https://
datasets: []
description: |
  {description}
change: |
  {change}
"""


class UseView(Frozen, kw_only=True):
    """One thing that somebody made."""

    anchor: str
    title: str
    href: str                      # where it is, elsewhere; "" where that is not said
    by: str
    day: Markup
    description: Markup
    change: Markup
    datasets: tuple[Link, ...]
    edit: str


class UseGroup(Frozen, kw_only=True):
    """Everything of one kind."""

    anchor: str
    title: Markup
    uses: tuple[UseView, ...]


class UsesView(Frozen, kw_only=True):
    """What `uses.html` shows."""

    counts: tuple[Link, ...]       # how many of each kind, each leading to them
    groups: tuple[UseGroup, ...]
    new_file: str                  # where a file for a new one is begun at the code host; "" without one
    new_issue: str
    mail: str
    template: str                  # what belongs into such a file


def use_pages(site: Site) -> Iterator[Page]:
    """The page of all uses; nothing where there are none."""
    if not site.catalog.practice.uses:
        return
    _, page, words = site.words.gettext, routes.USES, site.words
    groups = tuple(_groups(site))
    repository, contact = site.catalog.site.repository, site.catalog.site.contact
    template, subject = use_template(words), _("Something made with the city’s data").striptags()
    view = UsesView(
        counts=tuple(Link(href=f"#{each.anchor}", text=_("%(kind)s: %(count)s", kind=each.title,
                                                        count=words.number(len(each.uses)))) for each in groups),
        groups=groups, new_file=new_file_url(repository, "uses/new-use.yaml", template),
        new_issue=new_issue_url(repository, subject, template), template=template,
        mail=routes.mail(contact.email, subject, template.replace("\n", "\r\n")) if contact and contact.email else "")
    yield Page(url=page, kind="uses", template="uses.html", title=_("Made with this data"), view=view, source="uses/",
               description=_("Stories, apps and research that others made with the city’s data."),
               twins=(index_twin(page, words),))


def kind_titles(words: Words) -> Mapping[str, Markup]:
    """The kinds of uses, as headings, in their order."""
    _ = words.gettext
    return {"story": _("Stories"), "app": _("Apps"), "research": _("Research"), "teaching": _("Teaching"),
            "government": _("Within government"), "business": _("Business"), "civic": _("Civic projects"),
            NO_KIND: _("Others")}


def use_template(words: Words) -> str:
    """What belongs into the file of a new one, for whoever writes it."""
    _ = words.gettext
    return TEMPLATE.format(title=_("What it is called").striptags(), kinds=", ".join(USE_KINDS),
                           by=_("Who made it, as you want to be named").striptags(), date=_("YYYY-MM-DD").striptags(),
                           description=_("What it does, or what it found.").striptags(),
                           change=_("What changed because of it.").striptags())


def _groups(site: Site) -> Iterator[UseGroup]:
    by_kind: dict[str, list[UseView]] = {}
    for use in site.catalog.practice.uses:
        by_kind.setdefault(use.record.kind or NO_KIND, []).append(_view(use, site))
    for kind, title in kind_titles(site.words).items():
        if kind in by_kind:
            yield UseGroup(anchor=f"kind-{kind}", title=title, uses=tuple(by_kind[kind]))


def _view(use: Use, site: Site) -> UseView:
    record, page = use.record, routes.USES
    return UseView(
        anchor=f"use-{use.id}", title=use.title, href=routes.outward(record.link) if record.link else "", by=record.by or "",
        day=site.words.time(record.date) if record.date else Markup(""),
        description=rendered(record.description, 4) if record.description else Markup(""),
        change=rendered(record.change, 5) if record.change else Markup(""),
        datasets=tuple(Link(href=site.link(page, routes.dataset_url(each)), text=site.datasets[each].title)
                       for each in record.datasets if each in site.datasets),
        edit=edit_url(site.catalog.site.repository, use.source_path))
