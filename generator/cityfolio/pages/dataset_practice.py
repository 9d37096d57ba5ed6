"""How a dataset is kept, for the end of its page: its checks, what was weighed before its release, and what became of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset
from cityfolio.model.health import AREAS, Used
from cityfolio.model.practice import ReleaseReviewRecord
from cityfolio.pages import routes
from cityfolio.pages.health import area_anchor, passed_of
from cityfolio.pages.health_counts import by_area, failing
from cityfolio.pages.health_lines import check_line, joined
from cityfolio.pages.health_words import area_words
from cityfolio.pages.inventory_rows import sensitivity_words, worth_words
from cityfolio.pages.markdown import paragraphs, told
from cityfolio.pages.shell import Link, Site

FIRST_CHECKS = 10       # that are shown at once
MONTHS = 12
MOST_LINKS = 20         # of uses, guides and requests, each

Line = tuple[Markup, Markup]


class UsedMonth(Frozen, kw_only=True):
    """How often a dataset was looked at and taken in one month."""

    month: Markup
    views: str
    downloads: str


class KeptView(Frozen, kw_only=True):
    """What `dataset-health.html` shows."""

    areas: tuple[tuple[Link, Markup], ...]   # the area, which leads to its checks; "12 of 15"
    first: Markup                  # checks at fault
    others: Markup                 # folded; "" where the first are all
    fold: Markup
    facts: tuple[Line, ...]        # where it is kept, how far it may go, what it is worth
    review: tuple[Line, ...]       # what was weighed before its release
    acknowledged: tuple[Line, ...]
    led_to: tuple[tuple[Markup, tuple[Link, ...]], ...]   # uses, guides, requests: a heading, and links
    used: Markup                   # views and downloads of the last months, in a sentence
    months: tuple[UsedMonth, ...]  # the newest first

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(getattr(self, each.name) for each in fields(self))


def kept(dataset: Dataset, site: Site) -> KeptView:
    """How a dataset is kept."""
    words, page = site.words, routes.dataset_url(dataset.id)
    checks = site.catalog.practice.health.get(dataset.id, ())
    counts, named = by_area(checks), area_words(words)
    lines = [check_line(check, site.root(page), site) for check in failing(checks)]
    others = lines[FIRST_CHECKS:]
    months = months_of(dataset, site.catalog.practice.usage)
    review = dataset.record.release_review
    return KeptView(
        areas=tuple((Link(href=site.link(page, f"{routes.HEALTH}#{area_anchor(area)}"), text=named[area]),
                     passed_of(counts[area], site)) for area in AREAS if area in counts),
        first=joined(lines[:FIRST_CHECKS]), others=joined(others),
        fold=words.ngettext("%(count)s more", "%(count)s more", len(others)) if others else Markup(""),
        facts=tuple(_facts(dataset, site)), review=tuple(_review(review, site)) if review else (),
        acknowledged=tuple(_acknowledged(review, site)) if review else (),
        led_to=tuple((title, links) for title, links in _led_to(dataset, site) if links),
        used=_used(months, site), months=tuple(_month(each, site) for each in reversed(months)))


def _facts(dataset: Dataset, site: Site) -> Iterator[Line]:
    _, record, words = site.words.gettext, dataset.record, site.words
    if record.system_of_record:
        yield _("System of record"), Markup.escape(told(record.system_of_record))
    if record.sensitivity:
        yield _("Sensitivity"), sensitivity_words(words)[record.sensitivity]
    if record.value:
        yield _("Value"), worth_words(words)[record.value]
    if record.release and record.release.on:
        yield _("To be released"), words.time(record.release.on)


def _review(review: ReleaseReviewRecord, site: Site) -> Iterator[Line]:
    _, words = site.words.gettext, site.words
    if review.benefit:
        yield _("What residents gain"), paragraphs(review.benefit)
    if review.risk:
        yield _("Whom it could harm"), paragraphs(review.risk)
    if review.level:
        yield _("Risk that is left"), {"low": _("Low"), "moderate": _("Moderate"), "high": _("High")}[review.level]
    if review.reviewer:
        yield _("Weighed by"), Markup.escape(told(review.reviewer))
    if review.on:
        yield _("Weighed on"), words.time(review.on)
    if review.expires:
        is_over = review.expires < site.build.today
        yield _("To be weighed again by"), (_("%(day)s, which is past", day=words.time(review.expires)) if is_over
                                            else words.time(review.expires))


def _acknowledged(review: ReleaseReviewRecord, site: Site) -> Iterator[Line]:
    """What looks personal and is published all the same, with the reason."""
    for each in review.acknowledged:
        where = Markup("<code>{}</code>").format(each.column) if each.column else site.words.gettext("every column")
        kind = site.words.pgettext("choice of kind", str(each.kind)).replace("-", " ")     # as the form has it
        yield (site.words.gettext("%(where)s looks like: %(kind)s", where=where, kind=kind),
               Markup.escape(told(each.reason or "")))


def _led_to(dataset: Dataset, site: Site) -> Iterator[tuple[Markup, tuple[Link, ...]]]:
    _, practice, page = site.words.gettext, site.catalog.practice, routes.dataset_url(dataset.id)
    yield _("What others made with it"), tuple(
        Link(href=site.link(page, f"{routes.USES}#use-{each.id}"), text=each.title)
        for each in practice.uses if dataset.id in each.record.datasets)[:MOST_LINKS]
    yield _("Guides that use it"), tuple(
        Link(href=site.link(page, routes.guide_url(each.id)), text=each.title)
        for each in practice.guides if dataset.id in each.record.datasets)[:MOST_LINKS]
    yield _("Requests about it"), tuple(
        Link(href=site.link(page, routes.REQUEST), text=each.title)
        for each in practice.requests if dataset.id in each.record.datasets)[:MOST_LINKS]


def _used(months: Sequence[Used], site: Site) -> Markup:
    if not months:
        return Markup("")
    words = site.words
    views, downloads = sum(each.views for each in months), sum(each.downloads for each in months)
    return words.gettext(
        "From %(first)s to %(last)s: %(views)s and %(downloads)s.", first=words.moment(months[0].month),
        last=words.moment(months[-1].month), views=words.ngettext("%(count)s view", "%(count)s views", views),
        downloads=words.ngettext("%(count)s download", "%(count)s downloads", downloads))


def _month(each: Used, site: Site) -> UsedMonth:
    words = site.words
    return UsedMonth(month=words.moment(each.month), views=words.number(each.views), downloads=words.number(each.downloads))


def months_of(dataset: Dataset, usage: Sequence[Used]) -> Sequence[Used]:
    """The newest months of one dataset. Usage is in the order of datasets, then months."""
    start = bisect_left(usage, dataset.id, key=_dataset_of)
    end = bisect_right(usage, dataset.id, lo=start, key=_dataset_of)
    return usage[max(start, end - MONTHS):end]


def _dataset_of(used: Used) -> str:
    return used.dataset
