"""The page of a goal: what is wanted, where it stands, why it moved, what is done, what the numbers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.measured import Goal, Measure
from cityfolio.model.performance import ActionRecord, HeardRecord
from cityfolio.pages import routes
from cityfolio.pages.contacts import owner_contact
from cityfolio.pages.datasets import Fact
from cityfolio.pages.goal_parts import datasets_of
from cityfolio.pages.goals import SHEETS, goal_twins, priority_anchor
from cityfolio.pages.markdown import rendered, told, words_only
from cityfolio.pages.measure_answer import answer_words, direction_words, forecast_words, trend_words
from cityfolio.pages.measure_figures import figures_of, in_period
from cityfolio.pages.measure_work import ReviewView, WorkView, actions, owner_link, reviews
from cityfolio.pages.measures_list import MeasureRow, measure_row
from cityfolio.pages.repository import edit_url, new_issue_url
from cityfolio.pages.series_chart import SeriesChart, series_chart
from cityfolio.pages.series_table import SeriesTable, series_table
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.standings import StandingCount, StandingView, counted_standings, standing_view

LINE_END = "\r\n"             # within a letter (RFC 6068, 5)


class HeadlineView(Frozen, kw_only=True):
    """The measure that stands for a goal."""

    link: Link
    answer: Markup
    standing: StandingView
    moving: tuple[Markup, ...]
    chart: SeriesChart | None
    table: SeriesTable
    unit: Markup


class WhyView(Frozen, kw_only=True):
    """Why something moved: of the goal itself, or of one of its measures."""

    of: Link | None
    text: Markup


class SourceRow(Frozen, kw_only=True):
    """What the values of a measure come from."""

    measure: Link
    datasets: tuple[Link, ...]     # none where they were entered by hand
    until: Markup                  # the last day that the data is complete for
    is_recountable: bool


class HeardView(Frozen, kw_only=True):
    """What residents said, and what the city answered."""

    day: Markup
    how: str
    says: Markup
    answer: Markup


class GoalView(Frozen, kw_only=True):
    """What `goal.html` shows."""

    title: str
    crumbs: tuple[Link, ...]
    headline: HeadlineView | None
    facts: tuple[Fact, ...]
    description: Markup
    whys: tuple[WhyView, ...]
    actions: tuple[WorkView, ...]
    has_finished: bool             # whether some of them are done or dropped; paper leaves these out
    measures: tuple[MeasureRow, ...]
    counts: tuple[StandingCount, ...]
    sources: tuple[SourceRow, ...]
    heard: tuple[HeardView, ...]
    reviews: tuple[ReviewView, ...]
    comments: tuple[Link, ...]     # where to say something about it
    edit: str


def goal_pages(site: Site) -> Iterator[Page]:
    """The page of each goal."""
    for goal in site.catalog.goals:
        yield goal_page(goal, site)


def goal_page(goal: Goal, site: Site) -> Page:
    """The page of one goal."""
    headline = goal.headline
    days = [each.computed.data_until for each in goal.measures if each.computed.data_until]
    return Page(url=routes.goal_url(goal.id), kind="goal", template="goal.html", title=goal.title, view=_view(goal, site),
                source=goal.source_path, section=routes.GOALS, sheets=SHEETS, updated=max(days, default=None),
                description=words_only(answer_words(headline, site.words)) if headline else "",
                twins=(index_twin(routes.goal_url(goal.id), site.words), *goal_twins(site)))


def _view(goal: Goal, site: Site) -> GoalView:
    page, record = routes.goal_url(goal.id), goal.record
    return GoalView(
        title=goal.title, crumbs=tuple(_crumbs(goal, site)), facts=tuple(_facts(goal, site)),
        headline=_headline(goal.headline, page, site) if goal.headline else None,
        description=rendered(record.description, 3) if record.description else Markup(""), whys=tuple(_whys(goal, site)),
        actions=actions(all_actions(goal), page, site),
        has_finished=any(each.state in ("done", "dropped") for each in all_actions(goal)),
        measures=tuple(measure_row(each, page, site) for each in goal.measures),
        counts=counted_standings((each.status for each in goal.measures), site.words),
        sources=tuple(_source(each, page, site) for each in goal.measures),
        heard=tuple(_heard(each, site) for each in _newest_first(record.heard)),
        reviews=reviews([*record.reviews, *(each for measure in goal.measures for each in measure.record.reviews)], page, site),
        comments=tuple(_comments(goal, site)), edit=edit_url(site.catalog.site.repository, goal.source_path))


def _crumbs(goal: Goal, site: Site) -> Iterator[Link]:
    page = routes.goal_url(goal.id)
    yield Link(href=site.link(page, routes.GOALS), text=site.words.gettext("Goals"))
    if goal.priority:
        yield Link(href=f"{site.link(page, routes.GOALS)}#{priority_anchor(goal.priority.id)}", text=goal.priority.title)


def _headline(measure: Measure, page: str, site: Site) -> HeadlineView:
    words, overall, figures = site.words, measure.computed.overall, figures_of(measure, site.words)
    moving = (trend_words(measure, words), forecast_words(measure, words)) if overall.observations else ()
    return HeadlineView(
        link=Link(href=site.link(page, routes.measure_url(measure.id)), text=measure.title),
        answer=answer_words(measure, words), standing=standing_view(measure.status, words),
        moving=tuple(each for each in moving if each),
        chart=series_chart(overall, measure, words) if overall.observations else None, table=series_table(measure, words),
        unit=value_head(figures.unit, site))


def value_head(unit: str, site: Site) -> Markup:
    """The head of a column of values, with their unit where they do not bear it themselves."""
    _ = site.words.gettext
    return _("Value") if unit in ("percent", "") else _("Value, in %(unit)s", unit=told(unit))


def _facts(goal: Goal, site: Site) -> Iterator[Fact]:
    _, words, page, record, headline = site.words.gettext, site.words, routes.goal_url(goal.id), goal.record, goal.headline
    target = headline.computed.standing.target if headline else None
    topics = [_linked(routes.topic_url(each.id), each.title, page, site) for each in site.catalog.topics
              if each.id in record.topics]
    plan = Markup('<a href="{}" rel="noopener">{}</a>').format(
        routes.outward(record.plan), (record.plan or "").partition("://")[2].rstrip("/"))
    facts = [
        (_("Target"), _("%(value)s by %(period)s", value=figures_of(headline, words).target(target),
                        period=in_period(target.until or "", words)) if headline and target else Markup("")),
        (_("What is wanted"), direction_words(headline.record.direction, words) if headline else Markup("")),
        (_("Who answers for it"), owner_link(goal.owner.id if goal.owner else None, page, site)),
        (_("Next report"), words.time(record.next_report) if record.next_report else Markup("")),
        (_("Plan"), plan if record.plan else Markup("")),
        (_("Topics"), Markup(", ").join(topics)),
    ]
    return (Fact(label=label, value=value) for label, value in facts if value)


def _linked(url: str, title: str, page: str, site: Site) -> Markup:
    return Markup('<a href="{}">{}</a>').format(site.link(page, url), title)


def _whys(goal: Goal, site: Site) -> Iterator[WhyView]:
    if goal.record.why:
        yield WhyView(of=None, text=rendered(goal.record.why, 4))
    for measure in goal.measures:
        if measure.record.why:
            of = Link(href=site.link(routes.goal_url(goal.id), routes.measure_url(measure.id)), text=measure.title)
            yield WhyView(of=of, text=rendered(measure.record.why, 4))


def all_actions(goal: Goal) -> tuple[ActionRecord, ...]:
    """What is done for a goal and for its measures, each with who does it: the owner where nobody is named."""
    held: tuple[Goal | Measure, ...] = (goal, *goal.measures)
    return tuple(replace(action, owner=action.owner or (each.owner.id if each.owner else None))
                 for each in held for action in each.record.actions)


def _source(measure: Measure, page: str, site: Site) -> SourceRow:
    until = measure.computed.data_until
    return SourceRow(
        measure=Link(href=f"{site.link(page, routes.measure_url(measure.id))}#made", text=measure.title),
        datasets=tuple(Link(href=site.link(page, routes.dataset_url(each)), text=site.datasets[each].title)
                       for each in datasets_of(measure) if each in site.datasets),
        until=site.words.time(until) if until else Markup(""), is_recountable=measure.computed.is_recountable)


def _newest_first(heard: Iterable[HeardRecord]) -> list[HeardRecord]:
    return sorted(heard, key=lambda each: -each.date.toordinal() if each.date else 0)


def _heard(record: HeardRecord, site: Site) -> HeardView:
    return HeardView(day=site.words.time(record.date) if record.date else Markup(""), how=record.how or "",
                     says=rendered(record.says, 4) if record.says else Markup(""),
                     answer=rendered(record.answer, 4) if record.answer else Markup(""))


def _comments(goal: Goal, site: Site) -> Iterator[Link]:
    """Where to say something about a goal, with what it is about filled in: a letter, and an entry in the repository."""
    _, contact = site.words.gettext, owner_contact(goal.owner, site)
    subject = words_only(_("Comment on the goal: %(title)s", title=goal.title))
    address = site.address(routes.goal_url(goal.id)) if site.build.base_url else ""
    lines = [words_only(_("Goal: %(title)s", title=goal.title)), address, "", words_only(_("What I want to say:")), ""]
    body = LINE_END.join(line for at, line in enumerate(lines) if line or at != 1)
    if contact and contact.email:
        yield Link(href=routes.mail(contact.email, subject, body), text=_("Comment by e-mail"))
    issue = new_issue_url(site.catalog.site.repository, subject, body.replace(LINE_END, "\n"))
    if issue:
        yield Link(href=issue, text=_("Comment in public"))
