"""The pages that say what there is to mend: one for each check with its datasets, one for each publisher with its checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup, escape

from cityfolio.codes import CODES
from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Dataset
from cityfolio.model.health import AREAS, CheckedLink, HealthArea, HealthCheck
from cityfolio.pages import routes
from cityfolio.pages.health import SHEETS, health_twins, passed_of, problem_anchor
from cityfolio.pages.health_counts import Tally, areas_of_publishers, by_check, by_code, by_publisher, failing, tally
from cityfolio.pages.health_kinds import Found, Kind, anchors, kind_said, kinds_of
from cityfolio.pages.health_lines import check_line, dataset_line, further_pages, in_pages, joined, place
from cityfolio.pages.health_past import PastView, past
from cityfolio.pages.health_words import area_words, check_words
from cityfolio.pages.listing import Listing
from cityfolio.pages.markdown import told
from cityfolio.pages.problem_words import link_said, problem_said
from cityfolio.pages.shell import Link, Page, Site
from cityfolio.problems import Problem

DATASETS_OF_A_PAGE = 60    # of a publisher's list, each with up to a dozen checks below it
FIRST_PROBLEMS = 10        # of a kind, that are shown at once
MOST_PROBLEMS = 40         # of a kind, that are written out
MOST_BROKEN = 200          # addresses that do not work


class ProblemGroup(Frozen, kw_only=True):
    """The open problems of one kind."""

    anchor: str
    code: str
    means: str
    first: Markup
    others: Markup                 # folded; "" where the first are all
    fold: Markup                   # "12 more"
    left: Markup                   # how many are not written out


class HealthCheckView(Frozen, kw_only=True):
    """What `health-check.html` shows: one check, and the datasets that it finds at fault."""

    crumbs: tuple[Link, ...]
    asks: Markup
    mend: Markup
    passed: Markup                 # "12 of 20"
    unknown: Markup                # "3 cannot be told"; "" for none
    kinds: tuple[Link, ...]        # where there are several kinds of reasons: how many, to the first of them
    lines: Markup
    pages: tuple[Link, ...]
    problems: tuple[ProblemGroup, ...]   # on the page of open problems: all of them by kind
    broken: Markup                 # on the page of links: every address that does not work, of datasets and of all else
    unlisted: Markup               # how many more there are


class ToMend(Frozen, kw_only=True):
    """A dataset with what there is to mend."""

    link: Link
    passed: Markup
    lines: Markup


class HealthPublisherView(Frozen, kw_only=True):
    """What `health-publisher.html` shows: the datasets of a publisher, each with its checks that do not pass."""

    crumbs: tuple[Link, ...]
    publisher: Link | None
    areas: tuple[tuple[Markup, Markup], ...]   # area, "12 of 20"
    past: PastView | None
    datasets: tuple[ToMend, ...]
    pages: tuple[Link, ...]


def health_check_pages(site: Site) -> Iterator[Page]:
    """A page for each check, more where very many datasets are at fault."""
    tallies, said, every = by_check(site.catalog), check_words(site.words), kinds_of(site.catalog, site.words)
    for identifier, whys in every.items():
        begins, parts = anchors(whys), in_pages([each for kind in whys for each in kind.found])
        urls = [routes.health_url(identifier, number) for number in range(1, len(parts) + 1)]
        for url, part in zip(urls, parts, strict=True):
            count, named = tallies[identifier], said[identifier]
            problems = tuple(_problems(site)) if identifier == "problems" and url == urls[0] else ()
            view = HealthCheckView(
                crumbs=_crumbs(url, site), asks=named.asks, mend=named.mend, passed=passed_of(count, site),
                unknown=site.words.ngettext("%(count)s cannot be told.", "%(count)s cannot be told.", count.unknown)
                if count.unknown else Markup(""),
                kinds=tuple(_kinds(whys, url, site)) if begins else (), lines=Markup(""),
                pages=further_pages(urls, url, site), problems=problems,
                **(_broken(site) if identifier == "links" and url == urls[0] else _NOTHING_BROKEN))
            starts = [(dataset.id, begins[dataset.id]) for dataset, _ in part if dataset.id in begins]
            listing = Listing([dataset for dataset, _ in part], (starts,), partial(_with_lines, view, part, begins, url, site))
            yield Page(url=url, kind="health-check", template="health-check.html", title=named.title, view=view,
                       source="datasets/", sheets=SHEETS, twins=health_twins(urls[0], site), description=named.asks,
                       listing=listing)


def _with_lines(view: HealthCheckView, part: Found, begins: Mapping[str, str], url: str, site: Site) -> HealthCheckView:
    root = site.root(url)
    return replace(view, lines=joined(dataset_line(dataset, check, root, site, begins.get(dataset.id, ""))
                                      for dataset, check in part))


def _kinds(whys: Sequence[Kind], page: str, site: Site) -> Iterator[Link]:
    for kind in whys:
        href = f"{'' if kind.url == page else site.link(page, kind.url)}#{kind.anchor}"
        yield Link(href=href, text=str(kind_said(kind, site.words).unescape()))


def health_publisher_pages(site: Site) -> Iterator[Page]:
    """A page for each publisher that has datasets, more where it has very many."""
    titles = {each.id: each.title for each in site.catalog.publishers}
    areas = areas_of_publishers(site.catalog)
    for identifier, datasets in by_publisher(site.catalog).items():
        parts = in_pages(datasets, DATASETS_OF_A_PAGE)
        urls = [routes.health_publisher_url(identifier, number) for number in range(1, len(parts) + 1)]
        counts = areas[identifier]
        for url, part in zip(urls, parts, strict=True):
            yield _publisher_page(url, identifier, titles.get(identifier, ""), _Listed(counts, part, urls), site)


class _Listed(Frozen):
    """The datasets of a publisher: the checks of them all, those of one page, and the addresses of all pages."""

    counts: Mapping[HealthArea, Tally]
    here: Sequence[Dataset]
    urls: Sequence[str]


def _publisher_page(url: str, identifier: str, title: str, listed: _Listed, site: Site) -> Page:
    _, words = site.words.gettext, site.words
    counts = listed.counts
    view = HealthPublisherView(
        crumbs=_crumbs(url, site),
        publisher=Link(href=site.link(url, routes.publisher_url(identifier)), text=title) if identifier else None,
        areas=tuple((area_words(words)[area], passed_of(counts[area], site)) for area in AREAS if area in counts),
        past=past(site.catalog.practice.past_health, identifier, site) if identifier else None,
        datasets=(), pages=further_pages(listed.urls, url, site))
    heading = (_("Health of the data of %(publisher)s", publisher=told(title)) if identifier
               else _("Health of data without a publisher"))
    return Page(url=url, kind="health-publisher", template="health-publisher.html", title=heading, view=view,
                source=f"publishers/{identifier}.yaml" if identifier else "datasets/", sheets=SHEETS,
                twins=health_twins(listed.urls[0], site), description=_("What there is to mend, dataset by dataset."),
                listing=Listing(listed.here, (), partial(_with_datasets, view, listed.here, url, site)))


def _with_datasets(view: HealthPublisherView, datasets: Sequence[Dataset], url: str, site: Site) -> HealthPublisherView:
    return replace(view, datasets=tuple(_to_mend(dataset, url, site) for dataset in datasets))


def _to_mend(dataset: Dataset, page: str, site: Site) -> ToMend:
    checks: Sequence[HealthCheck] = site.catalog.practice.health.get(dataset.id, ())
    return ToMend(link=Link(href=site.link(page, routes.dataset_url(dataset.id)), text=dataset.title),
                  passed=passed_of(tally(checks), site),
                  lines=joined(check_line(check, site.root(page), site) for check in failing(checks)))


def _crumbs(page: str, site: Site) -> tuple[Link, ...]:
    return (Link(href=site.link(page, routes.HEALTH), text=str(site.words.gettext("Health"))),)


def _problems(site: Site) -> Iterator[ProblemGroup]:
    words = site.words
    for code, found in by_code(site.catalog).items():
        lines = [_problem_line(each, site) for each in found[:MOST_PROBLEMS]]
        others, left = lines[FIRST_PROBLEMS:], len(found) - MOST_PROBLEMS
        yield ProblemGroup(
            anchor=problem_anchor(code), code=code, means=str(words.gettext(CODES[code].means)),
            first=joined(lines[:FIRST_PROBLEMS]), others=joined(others),
            fold=words.ngettext("%(count)s more", "%(count)s more", len(others)) if others else Markup(""),
            left=words.ngettext("%(count)s further one is listed by cityfolio check -v.",
                                "%(count)s further ones are listed by cityfolio check -v.", left) if left > 0 else Markup(""))


_NOTHING_BROKEN = {"broken": Markup(""), "unlisted": Markup("")}


def _broken(site: Site) -> dict[str, Markup]:
    """Every address that did not answer as it should, whatever named it: a dataset, a publisher, a use, evidence."""
    links = site.catalog.practice.links
    found = sorted((each for each in links.links.values() if not each.is_well), key=lambda each: each.url) if links else []
    left = len(found) - MOST_BROKEN
    unlisted = site.words.ngettext("%(count)s more is in %(file)s.", "%(count)s more are in %(file)s.", left,
                                   file=links.source_path) if links and left > 0 else Markup("")
    return {"broken": joined(_broken_line(each, site) for each in found[:MOST_BROKEN]), "unlisted": unlisted}


def _broken_line(link: CheckedLink, site: Site) -> str:
    href = escape(routes.outward(link.url))
    said = link_said(link.says, site.words)
    return f'<li><a href="{href}" rel="noopener nofollow">{escape(link.url)}</a> <span>{said}</span></li>'


def _problem_line(problem: Problem, site: Site) -> str:
    where = problem.where
    shown = place(where, site) if where.in_catalog else f"<code>{escape(where.path)}</code>"
    return f"<li>{shown} <span>{problem_said(problem, site.words)}</span></li>"
