"""The page of a standard: every criterion answered, with evidence; the level reached and the shortest way to the next."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.assessment import Assessment
from cityfolio.pages import routes
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.repository import edit_url
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.pages.standard_changes import ChangesSince, changes_since
from cityfolio.pages.standard_criteria import AreaView, Telling
from cityfolio.pages.standard_rows import rows_of
from cityfolio.pages.standard_steps import LevelView, StepsView, levels_view, steps_view
from cityfolio.pages.standard_words import level_words, met_words
from cityfolio.pages.words import Words

SHEETS = ("practice",)
ZIP = "application/zip"


class AssessmentView(Frozen, kw_only=True):
    """A standard with its answers: what its page and the evidence for it have in common."""

    title: str
    met: Markup                   # "12 of 40"
    level: Markup                 # "" for a standard without levels
    facts: tuple[tuple[Markup, Markup], ...]
    partial: str                  # what is left out
    description: Markup
    steps: StepsView | None
    changes: ChangesSince | None
    areas: tuple[AreaView, ...]
    levels: tuple[LevelView, ...]


class StandardView(Frozen, kw_only=True):
    """What `standard.html` shows."""

    crumbs: tuple[Link, ...]
    told: AssessmentView
    downloads: tuple[Link, ...]
    edit: str                     # where its criteria are edited; "" for one that comes with Cityfolio


def standard_pages(site: Site) -> Iterator[Page]:
    """The page of each standard by which the city assesses itself."""
    for made in site.catalog.practice.assessments:
        yield _standard_page(made, site)


def _standard_page(made: Assessment, site: Site) -> Page:
    _, page = site.words.gettext, routes.standard_url(made.id)
    view = StandardView(told=assessment_view(made, page, site), crumbs=(practice_crumb(page, site),),
                        downloads=tuple(_downloads(made, page, site)),
                        edit=edit_url(site.catalog.site.repository, made.source_path) if made.source_path else "")
    return Page(url=page, kind="standard", template="standard.html", title=assessment_title(made, site.words), view=view,
                source=made.source_path or "site.yaml", sheets=SHEETS,
                twins=(index_twin(page, site.words), pack_twin(made, site)),
                description=_("%(title)s: %(met)s criteria are met, by the city’s own assessment.",
                              title=standard_title(made), met=view.told.met))


def assessment_view(made: Assessment, page: str, site: Site) -> AssessmentView:
    """A standard with its answers, as told on a page."""
    telling = Telling(made, site, rows_of(made, site, page))
    return AssessmentView(
        title=standard_title(made), met=met_words(made.met, made.of, site.words),
        level=level_words(made.level, site.words) if made.record.levels else Markup(""),
        facts=tuple(_facts(made, site)), partial=made.record.partial or "",
        description=rendered(made.record.description, 3) if made.record.description else Markup(""),
        steps=steps_view(telling), changes=changes_since(telling), areas=tuple(telling.areas()), levels=levels_view(telling))


def standard_title(made: Assessment) -> str:
    """The name of a standard."""
    return made.record.title or made.id


def assessment_title(made: Assessment, words: Words) -> Markup:
    """The heading of its page. That it is the city's own answer is part of it."""
    return words.gettext("%(title)s: self-assessment", title=told(standard_title(made)))


def practice_crumb(page: str, site: Site) -> Link:
    """The way back to all standards."""
    return Link(href=site.link(page, routes.PRACTICE), text=site.words.gettext("Practice"))


def pack_twin(made: Assessment, site: Site) -> Twin:
    """Everything that the answers rest on, in one file."""
    return Twin(url=routes.evidence_url(made.id, "zip"), media_type=ZIP, title=site.words.gettext("The evidence (ZIP)"))


def _facts(made: Assessment, site: Site) -> Iterator[tuple[Markup, Markup]]:
    _, record, words = site.words.gettext, made.record, site.words
    if record.publisher:
        yield _("Standard of"), Markup.escape(told(record.publisher))
    if record.version:
        yield _("Version"), Markup.escape(told(record.version))
    href = routes.outward(record.url)
    if href != "#":
        yield _("Published at"), Markup('<a href="{}" rel="noopener">{}</a>').format(href, record.url)
    if record.read_on:
        yield _("Read there on"), words.time(record.read_on)
    yield _("Answered on"), words.time(site.build.today)


def _downloads(made: Assessment, page: str, site: Site) -> Iterator[Link]:
    _ = site.words.gettext
    yield Link(href=site.link(page, routes.evidence_url(made.id, "/")), text=_("All evidence on one page, to print"))
    yield Link(href=site.link(page, routes.evidence_url(made.id, "zip")), text=_("All evidence in one file (ZIP)"))
    yield Link(href=site.link(page, routes.index_url(page)), text=_("Every answer with its evidence (JSON)"))
