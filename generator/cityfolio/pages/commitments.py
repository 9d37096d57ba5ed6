"""What the city promised about its data, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.practice import CommitmentRecord
from cityfolio.model.practised import Filed
from cityfolio.pages import routes
from cityfolio.pages.markdown import rendered
from cityfolio.pages.measure_work import owner_link
from cityfolio.pages.promise_states import PromiseState, commitment_state, commitment_words, promise_mark
from cityfolio.pages.repository import edit_url
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.words import cut

SHEETS = ("promises",)
STATES: tuple[PromiseState, ...] = ("overdue", "under-way", "promised", "kept", "broken", "dropped")


class CommitmentView(Frozen, kw_only=True):
    """One commitment as shown."""

    anchor: str
    title: str
    state: Markup
    said: tuple[Markup, ...]      # who promised it and when, by when it is due, when it was settled
    description: Markup
    reason: str
    evidence: Link | None
    datasets: tuple[Link, ...]
    edit: str


class CommitmentGroup(Frozen, kw_only=True):
    """The commitments that stand alike."""

    anchor: str
    title: Markup
    entries: tuple[CommitmentView, ...]


class CommitmentsView(Frozen, kw_only=True):
    """What `commitments.html` shows."""

    counts: tuple[Link, ...]      # how many stand how, each leading to its group
    groups: tuple[CommitmentGroup, ...]


def commitments_page(site: Site) -> Page:
    """Every commitment, the overdue first."""
    _, words, today = site.words.gettext, site.words, site.build.today
    named = commitment_words(words)
    by_state = {state: [each for each in site.catalog.practice.commitments if commitment_state(each.record, today) == state]
                for state in STATES}
    groups = tuple(CommitmentGroup(anchor=state, title=named[state],   # type: ignore[index]  # a state of a commitment
                                   entries=tuple(_entry(each, state, site) for each in found))
                   for state, found in by_state.items() if found)
    view = CommitmentsView(groups=groups, counts=tuple(
        Link(href=f"#{each.anchor}", text=_("%(status)s: %(count)s", status=each.title, count=words.number(len(each.entries))))
        for each in groups))
    return Page(url=routes.COMMITMENTS, kind="commitments", template="commitments.html", title=_("Commitments"), view=view,
                source="commitments/", section=routes.ABOUT, sheets=SHEETS,
                description=_("What the city promised about its data, and what came of it."),
                twins=(index_twin(routes.COMMITMENTS, words),))


def _entry(filed: Filed[CommitmentRecord], state: PromiseState, site: Site) -> CommitmentView:
    record = filed.record
    return CommitmentView(
        anchor=f"commitment-{filed.id}", title=filed.title, state=promise_mark(state, _state_words(record, state, site)),
        said=tuple(_said(record, site)), description=rendered(record.description, 4) if record.description else Markup(""),
        reason=record.reason or "", evidence=evidence_link(record.evidence, routes.COMMITMENTS, site),
        datasets=dataset_links(record.datasets, routes.COMMITMENTS, site),
        edit=edit_url(site.catalog.site.repository, filed.source_path))


def _state_words(record: CommitmentRecord, state: PromiseState, site: Site) -> Markup:
    words = site.words
    if state == "overdue" and record.due:
        return words.ngettext("Overdue by %(count)s day", "Overdue by %(count)s days", (site.build.today - record.due).days)
    word = commitment_words(words)[record.state]
    if not record.settled or record.state not in ("kept", "broken", "dropped"):
        return word
    said = words.gettext("%(state)s on %(day)s", state=word, day=words.time(record.settled))
    late = (record.settled - record.due).days if record.state == "kept" and record.due else 0
    if late <= 0:
        return said
    return words.ngettext("%(said)s, %(count)s day late", "%(said)s, %(count)s days late", late, said=said)


def _said(record: CommitmentRecord, site: Site) -> Iterable[Markup]:
    words, owner = site.words, owner_link(record.owner, routes.COMMITMENTS, site)
    if record.promised:
        day = words.time(record.promised)
        if record.where:
            day = Markup('<a href="{}" rel="noopener">{}</a>').format(routes.outward(record.where), day)
        yield words.gettext("Promised on %(day)s by %(owner)s", day=day, owner=owner) if owner else \
            words.gettext("Promised on %(day)s", day=day)
    elif owner:
        yield words.gettext("Promised by %(owner)s", owner=owner)
    if record.due:
        yield words.gettext("Due %(day)s", day=words.time(record.due))


def evidence_link(evidence: str | None, page: str, site: Site) -> Link | None:
    """Where something can be seen: a page of this site, by the dataset's title where it is one, or an address elsewhere."""
    if not evidence:
        return None
    if not evidence.startswith("/"):
        return Link(href=routes.outward(evidence), text=cut(evidence))
    path, query = routes.parted(evidence)
    titles = {routes.dataset_url(each.id): each.title for each in site.catalog.datasets}
    return Link(href=site.link(page, path) + query, text=titles.get(evidence, evidence))


def dataset_links(names: Iterable[str], page: str, site: Site) -> tuple[Link, ...]:
    """Datasets that something is about, those of them that exist."""
    found = (site.datasets[name] for name in names if name in site.datasets)
    return tuple(Link(href=site.link(page, routes.dataset_url(each.id)), text=each.title) for each in found)


def has_commitments(site: Site) -> bool:
    """Whether there is a page of them."""
    return bool(site.catalog.practice.commitments)
