"""All the evidence for a standard on one page, made to be printed: cover, contents, each criterion with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.model.assessment import Assessment
from cityfolio.pages import routes
from cityfolio.pages.markdown import told
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.standard import SHEETS, AssessmentView, assessment_view, pack_twin, practice_crumb, standard_title


class EvidenceView(Frozen, kw_only=True):
    """What `evidence.html` shows."""

    crumbs: tuple[Link, ...]
    city: str
    told: AssessmentView
    pack: Link
    address: str                  # of the page, as it is printed; "" where the site's own is not known
    revision: str


def evidence_pages(site: Site) -> Iterator[Page]:
    """The evidence for each standard by which the city assesses itself."""
    for made in site.catalog.practice.assessments:
        yield _evidence_page(made, site)


def _evidence_page(made: Assessment, site: Site) -> Page:
    _, page, build = site.words.gettext, routes.evidence_url(made.id, "/"), site.build
    home = Link(href=site.link(page, routes.standard_url(made.id)), text=standard_title(made))
    view = EvidenceView(
        told=assessment_view(made, page, site), crumbs=(practice_crumb(page, site), home), city=site.catalog.site.name,
        pack=Link(href=site.link(page, routes.evidence_url(made.id, "zip")), text=_("The same with all rows (ZIP)")),
        address=site.address(page) if build.base_url else "", revision=build.revision[:12])
    return Page(url=page, kind="evidence", template="evidence.html", view=view, source=made.source_path or "site.yaml",
                title=_("Evidence for the self-assessment: %(title)s", title=told(standard_title(made))), sheets=SHEETS,
                listed=False, canonical=routes.standard_url(made.id),
                twins=(index_twin(page, site.words), pack_twin(made, site)),
                description=_("Every answer to %(title)s with what it rests on, to be printed.", title=standard_title(made)))
