"""The page that says how well the catalog is kept: sentences first, then every check, every publisher, how it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from cityfolio.codes import CODES
from cityfolio.frozen import Frozen
from cityfolio.model.health import AREAS, HealthArea
from cityfolio.pages import routes
from cityfolio.pages.health_counts import Tally, areas_of_publishers, by_check, by_code, by_publisher, failing
from cityfolio.pages.health_kinds import Kind, kind_said, kinds_of
from cityfolio.pages.health_past import PastView, past
from cityfolio.pages.health_words import area_words, check_words
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.pages.translated import LanguageRow, language_rows
from cityfolio.pages.words import Words
from cityfolio.practice.health import CHECKS

SHEETS = ("health",)


class CheckRow(Frozen, kw_only=True):
    """One check in the table of all."""

    title: Link
    asks: Markup
    kinds: tuple[Link, ...]   # where there are several kinds of reasons: how many, to the first of them
    passed: Markup            # "12 of 20"
    at_fault: Link            # without an address where nothing is at fault
    unknown: str


class AreaRows(Frozen, kw_only=True):
    """The checks of one area, with how many pass in all."""

    anchor: str
    title: Markup
    passed: Markup
    rows: tuple[CheckRow, ...]


class PublisherRow(Frozen, kw_only=True):
    """A publisher with the checks of its datasets by area, in the order of `HealthView.areas`."""

    link: Link
    datasets: str
    passed: tuple[Markup, ...]


class ProblemRow(Frozen, kw_only=True):
    """A kind of open problem, and how many of it there are."""

    code: str
    severity: Markup
    means: Markup
    count: Link               # to the problems themselves


class HealthView(Frozen, kw_only=True):
    """What `health.html` shows."""

    sentences: tuple[Markup, ...]
    checked: Markup                # when links were checked last, or that they never were
    groups: tuple[AreaRows, ...]
    areas: tuple[Markup, ...]      # the heads of the table of publishers
    publishers: tuple[PublisherRow, ...]
    past: PastView | None
    problems: tuple[ProblemRow, ...]
    languages: tuple[LanguageRow, ...]   # the texts in each, where the site has several


def health_page(site: Site) -> Page:
    """The page about the whole catalog."""
    _, catalog, words = site.words.gettext, site.catalog, site.words
    tallies = by_check(catalog)
    view = HealthView(
        sentences=tuple(_sentences(site, tallies)), checked=_checked(site),
        groups=tuple(_groups(site, tallies)), areas=tuple(area_words(words)[area] for area in AREAS),
        publishers=tuple(_publishers(site)), past=past(catalog.practice.past_health, "", site), problems=tuple(_problems(site)),
        languages=language_rows(site))
    return Page(url=routes.HEALTH, kind="health", template="health.html", title=_("How well this catalog is kept"), view=view,
                source="datasets/", sheets=SHEETS, twins=health_twins(routes.HEALTH, site),
                description=_("What is on time, documented, valid and linked, dataset by dataset, and what there is to mend."))


def health_twins(page: str, site: Site) -> tuple[Twin, ...]:
    """What a page of health says for programs, and every check of every dataset."""
    return (index_twin(page, site.words), Twin(url=routes.HEALTH_JSON, media_type="application/json",
                                               title=site.words.gettext("Every check of every dataset (JSON)")))


def passed_of(count: Tally, site: Site) -> Markup:
    """Checks that pass of those that could tell; words where none could."""
    return _passed_of(count.passed, count.of, site.words)


@lru_cache(maxsize=10_000)     # of one dataset there are a few, and of ten thousand the same few
def _passed_of(passed: int, of: int, words: Words) -> Markup:
    if not of:
        return words.gettext("not asked")
    return words.gettext("%(passed)s of %(of)s", passed=words.number(passed), of=words.number(of))


def problem_anchor(code: str) -> str:
    """The id of a kind of problem on the page of open problems, without "#"."""
    return f"problem-{code}"


def area_anchor(area: HealthArea) -> str:
    """The id of an area's part of the table, without "#"."""
    return f"area-{area}"


def _sentences(site: Site, tallies: Mapping[str, Tally]) -> Iterator[Markup]:
    """The answer first. Each figure leads to those that are not among it."""
    words = site.words
    yield _published(site)
    if tallies["on-time"].of:
        yield words.gettext("%(figure)s of those whose schedule and last change are known are on time.",
                            figure=_figure("on-time", tallies["on-time"], site))
    elif tallies["on-time"].unknown:
        yield words.gettext("Whether data are on time cannot be told: %(datasets)s.", datasets=_linked(
            site.link(routes.HEALTH, routes.health_url("on-time")),
            words.ngettext("no schedule or no last change is known of %(count)s dataset",
                           "no schedule or no last change is known of %(count)s datasets", tallies["on-time"].unknown)))
    documented = _documented(site)
    if documented.of:
        link = _linked(f"#{area_anchor('documentation')}", passed_of(documented, site))
        yield words.gettext("%(figure)s pass every check of documentation.", figure=link)
    figures = {each: _figure(each, tallies[each], site) for each in ("dictionary", "valid-rows", "links")}
    said = {"dictionary": words.gettext("%(figure)s of those with rows say what every column means.",
                                        figure=figures["dictionary"]),
            "valid-rows": words.gettext("%(figure)s of those whose rows were read have valid rows alone.",
                                        figure=figures["valid-rows"]),
            "links": words.gettext("%(figure)s of those whose addresses were checked have links that all work.",
                                   figure=figures["links"])}
    yield from (sentence for identifier, sentence in said.items() if tallies[identifier].of)


def _published(site: Site) -> Markup:
    words = site.words
    count = words.ngettext("%(count)s dataset", "%(count)s datasets", len(site.catalog.published))
    return words.gettext("Published: %(datasets)s.", datasets=_linked(site.link(routes.HEALTH, routes.DATA), count))


def _documented(site: Site) -> Tally:
    health = site.catalog.practice.health
    kept = [[check for check in health.get(dataset.id, ()) if check.area == "documentation"]
            for dataset in site.catalog.published]
    return Tally(passed=sum(not failing(checks) for checks in kept if checks), of=sum(map(bool, kept)))


def _figure(identifier: str, count: Tally, site: Site) -> Markup:
    return _linked(site.link(routes.HEALTH, routes.health_url(identifier)), passed_of(count, site))


def _linked(href: str, text: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)


def _checked(site: Site) -> Markup:
    words, links = site.words, site.catalog.practice.links
    if links is None:
        return words.gettext("Links were not checked yet.")
    broken = sum(not each.is_well for each in links.links.values())
    count = words.ngettext("%(count)s does not work", "%(count)s do not work", broken)
    href = site.link(routes.HEALTH, f"{routes.health_url('links')}#broken")
    return words.gettext("Links were checked on %(day)s. Of %(of)s addresses, %(broken)s.", day=words.time(links.on),
                         of=words.number(len(links.links)), broken=_linked(href, count) if broken else count)


def _groups(site: Site, tallies: Mapping[str, Tally]) -> Iterator[AreaRows]:
    names, whys = area_words(site.words), kinds_of(site.catalog, site.words)
    for area in AREAS:
        listed = [identifier for identifier, its_area in CHECKS.items() if its_area == area]
        whole = Tally(passed=sum(tallies[each].passed for each in listed), of=sum(tallies[each].of for each in listed))
        yield AreaRows(anchor=area_anchor(area), title=names[area], passed=passed_of(whole, site),
                       rows=tuple(_row(each, tallies[each], whys[each], site) for each in listed))


def _row(identifier: str, count: Tally, whys: Sequence[Kind], site: Site) -> CheckRow:
    words, said = site.words, check_words(site.words)[identifier]
    href = site.link(routes.HEALTH, routes.health_url(identifier))
    links = [Link(href=f"{site.link(routes.HEALTH, each.url)}#{each.anchor}", text=str(kind_said(each, words).unescape()))
             for each in whys]
    return CheckRow(title=Link(href=href, text=said.title), asks=said.asks,
                    kinds=tuple(links) if len(links) > 1 else (), passed=passed_of(count, site),
                    at_fault=Link(href=href if count.failed else "", text=words.number(count.failed)),
                    unknown=words.number(count.unknown) if count.unknown else "")


def _publishers(site: Site) -> Iterator[PublisherRow]:
    titles = {each.id: each.title for each in site.catalog.publishers}
    areas = areas_of_publishers(site.catalog)
    for identifier, datasets in by_publisher(site.catalog).items():
        counts = areas[identifier]
        yield PublisherRow(
            link=Link(href=site.link(routes.HEALTH, routes.health_publisher_url(identifier)),
                      text=titles.get(identifier) or str(site.words.gettext("Without a publisher"))),
            datasets=site.words.number(len(datasets)),
            passed=tuple(passed_of(counts.get(area, Tally()), site) for area in AREAS))


def _problems(site: Site) -> Iterator[ProblemRow]:
    _ = site.words.gettext
    named = {"error": _("Error"), "warning": _("Warning"), "advice": _("Advice")}
    for code, found in by_code(site.catalog).items():
        href = site.link(routes.HEALTH, f"{routes.health_url('problems')}#{problem_anchor(code)}")
        yield ProblemRow(code=code, severity=named[CODES[code].severity], means=_(CODES[code].means),
                         count=Link(href=href, text=site.words.number(len(found))))

