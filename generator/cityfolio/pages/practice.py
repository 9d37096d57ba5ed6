"""The overview of practice: each standard by which the city assesses itself, with its level, its areas and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.assessment import Assessment
from cityfolio.pages import routes
from cityfolio.pages.equity import has_equity
from cityfolio.pages.evidence import evidence_pages
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.pages.standard import SHEETS, assessment_title, standard_pages
from cityfolio.pages.standard_changes import changed
from cityfolio.pages.standard_criteria import area_anchor
from cityfolio.pages.standard_words import level_words, met_words, share_bar


class AreaLine(Frozen, kw_only=True):
    """One area of a standard."""

    link: Link
    met: Markup
    bar: Markup
    level: Markup


class StandardLine(Frozen, kw_only=True):
    """One standard in the overview."""

    anchor: str
    link: Link
    level: Markup                 # "" for a standard without levels
    met: Markup
    met_link: str
    partial: str
    areas: tuple[AreaLine, ...]
    has_levels: bool
    next: Markup                  # how many steps lead to which level
    steps: tuple[Link, ...]
    changes: Markup               # since the last assessment
    changes_link: str             # "" where none was written down
    evidence: tuple[Link, ...]


class PracticeView(Frozen, kw_only=True):
    """What `practice.html` shows."""

    built: Markup
    standards: tuple[StandardLine, ...]
    related: tuple[Link, ...]     # pages that it comes from, and the same for programs


def practice_pages(site: Site) -> Iterator[Page]:
    """The overview, the page of each standard and the evidence for it; none where a city assesses itself by no standard."""
    if site.catalog.practice.assessments:
        yield _practice_page(site)
        yield from standard_pages(site)
        yield from evidence_pages(site)


def _practice_page(site: Site) -> Page:
    _, page = site.words.gettext, routes.PRACTICE
    view = PracticeView(
        built=site.words.time(site.build.today), related=tuple(_related(site)),
        standards=tuple(_line(each, site) for each in site.catalog.practice.assessments))
    twin = Twin(url=routes.PRACTICE_JSON, media_type="application/json", title=_("Every answer to every standard (JSON)"))
    return Page(url=page, kind="practice", template="practice.html", title=_("Practice: a self-assessment"), view=view,
                source="site.yaml", sheets=SHEETS, twins=(index_twin(page, site.words), twin),
                description=_("How well the city uses data, by its own assessment, with the evidence for each answer."))


def _line(made: Assessment, site: Site) -> StandardLine:
    words, page, home = site.words, routes.PRACTICE, site.link(routes.PRACTICE, routes.standard_url(made.id))
    steps = tuple(Link(href=f"{home}#{routes.criterion_anchor(each)}", text=made.answers[each].record.title or each)
                  for each in made.next_steps if each in made.answers)
    return StandardLine(
        anchor=f"standard-{made.id}", link=Link(href=home, text=assessment_title(made, words)),
        has_levels=bool(made.record.levels),
        level=level_words(made.level, words) if made.record.levels else Markup(""),
        met=met_words(made.met, made.of, words), met_link=f"{home}#areas", partial=made.record.partial or "",
        areas=tuple(AreaLine(link=Link(href=f"{home}#{area_anchor(each.id)}", text=each.record.title or each.id),
                             met=met_words(each.met, each.of, words), bar=share_bar(each.met, each.of),
                             level=level_words(each.level, words)) for each in made.areas),
        next=_next(made, site), steps=steps, changes=_changes(made, site), changes_link=f"{home}#changes" if made.past else "",
        evidence=(Link(href=site.link(page, routes.evidence_url(made.id, "/")), text=words.gettext("All evidence, to print")),
                  Link(href=site.link(page, routes.evidence_url(made.id, "zip")), text=words.gettext("All evidence (ZIP)"))))


def _next(made: Assessment, site: Site) -> Markup:
    if not made.record.levels:
        return Markup("")
    if made.next_level is None:
        return site.words.gettext("There is no level above this one.")
    level = level_words(made.next_level, site.words)
    if not made.next_steps:
        return site.words.gettext("No set of these criteria leads to the level “%(level)s”.", level=level)
    return site.words.ngettext("%(count)s step leads to the level “%(level)s”:",
                               "%(count)s steps lead to the level “%(level)s”:", len(made.next_steps), level=level)


def _changes(made: Assessment, site: Site) -> Markup:
    """How many answers changed since the last assessment."""
    _, found = site.words.gettext, changed(made)
    if not made.past:
        return _("No earlier assessment has been written down.")
    return _("Since the assessment of %(day)s: %(better)s more met, %(worse)s no longer met.",
             day=site.words.time(made.past[0].on), better=len(found.better), worse=len(found.worse))


def _related(site: Site) -> Iterator[Link]:
    _, practice = site.words.gettext, site.catalog.practice
    pages = ((routes.INVENTORY, _("Inventory of all data"), True), (routes.HEALTH, _("Health of the catalog"), True),
             (routes.EQUITY, _("What can be seen by district or group"), has_equity(site.catalog)),
             (routes.RULES, _("Rules and meetings"), bool(practice.rules)),
             (routes.COMMITMENTS, _("Commitments"), bool(practice.commitments)),
             (routes.PRACTICE_JSON, _("Every answer to every standard (JSON)"), True))
    for url, text, is_there in pages:
        if is_there:
            yield Link(href=site.link(routes.PRACTICE, url), text=text)
