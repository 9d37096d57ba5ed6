"""Briefs for meetings: one printable page for the city and for each publisher that answers for goals or measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Publisher
from cityfolio.model.measured import Goal, Measure
from cityfolio.pages import routes
from cityfolio.pages.brief import ActionWork, Brief, DueNext, FollowUpWork, Signal, StatusChange, brief
from cityfolio.pages.goals import SHEETS
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_answer import newest_value
from cityfolio.pages.measure_figures import figures_of, in_period, when_words
from cityfolio.pages.measure_work import is_overdue, owner_link
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.standings import StandingCount, counted_standings, standing_mark
from cityfolio.pages.words import Words

MOST_PRINTED = 4              # lines of a part, so that it fits on one sheet; `print-sheet.css` leaves out the others


class BriefLine(Frozen, kw_only=True):
    """One thing to talk about."""

    link: Link
    said: Markup
    note: Markup               # who, for which goal or measure


class BriefPart(Frozen, kw_only=True):
    """Things of one kind to talk about; the page says so where there are none."""

    anchor: str
    title: Markup
    lines: tuple[BriefLine, ...]
    more: Markup               # how many are left out on paper


class BriefView(Frozen, kw_only=True):
    """What `brief.html` shows."""

    crumbs: tuple[Link, ...]
    since: Markup              # what changes are held against
    counts: tuple[StandingCount, ...]
    parts: tuple[BriefPart, ...]
    others: tuple[Link, ...]   # the briefs of publishers, on the city's


def brief_pages(site: Site) -> Iterator[Page]:
    """The brief of the city, then of each publisher that answers for something."""
    catalog, _ = site.catalog, site.words.gettext
    others = brief_publishers(catalog)
    city = brief(catalog.measures, catalog.goals, site.build.today)
    yield _page(routes.BRIEFS, _("Brief of the city"), "measures/", _view(routes.BRIEFS, city, others, site), site.words)
    for each in others:
        page, made = routes.brief_url(each.id), brief(catalog.measures, catalog.goals, site.build.today, each.id)
        title = _("Brief of %(publisher)s", publisher=told(each.title))
        yield _page(page, title, each.source_path, _view(page, made, (), site), site.words)


def brief_publishers(catalog: Catalog) -> tuple[Publisher, ...]:
    """The publishers that have a brief: who answers for a goal or a measure."""
    held: tuple[Goal | Measure, ...] = (*catalog.goals, *catalog.measures)
    owners = {each.owner.id for each in held if each.owner}
    return tuple(each for each in catalog.publishers if each.id in owners)


def _page(url: str, title: Markup, source: str, view: BriefView, words: Words) -> Page:
    return Page(url=url, kind="brief", template="brief.html", title=title, view=view, source=source, section=routes.GOALS,
                sheets=SHEETS, description=view.since.striptags(), twins=(index_twin(url, words),))


def _view(page: str, made: Brief, others: Sequence[Publisher], site: Site) -> BriefView:
    _ = site.words.gettext
    up = [(routes.GOALS, _("Goals")), *([(routes.BRIEFS, _("Briefs"))] if page != routes.BRIEFS else [])]
    return BriefView(
        crumbs=tuple(Link(href=site.link(page, url), text=text) for url, text in up),
        since=_since(made, site), counts=counted_standings((each.status for each in made.measures), site.words),
        parts=tuple(_parts(page, made, site)),
        others=tuple(Link(href=site.link(page, routes.brief_url(each.id)), text=each.title) for each in others))


def _since(made: Brief, site: Site) -> Markup:
    if made.review is None:
        return site.words.gettext("No review is written down yet, so each measure is held against the period before.")
    return site.words.gettext("The last review was on %(day)s. Each measure is held against where it stood at its own last "
                              "review.", day=site.words.time(made.review))


def _parts(page: str, made: Brief, site: Site) -> Iterator[BriefPart]:
    _ = site.words.gettext
    named = (
        ("changes", _("Changes of status"), [_change(each, page, site) for each in made.changes]),
        ("signals", _("Out of the usual"), [_signal(each, page, site) for each in made.signals]),
        ("overdue", _("Overdue actions"), [_action(each, page, site) for each in made.overdue]),
        ("follow-ups", _("Open follow-ups"), [_follow_up(each, page, site) for each in made.follow_ups]),
        ("missing", _("Stale or missing data"), [_missing(each, page, site) for each in made.missing]),
        ("due", _("Due next"), [_due(each, page, site) for each in made.due]),
    )
    for anchor, title, lines in named:
        left = len(lines) - MOST_PRINTED
        yield BriefPart(anchor=anchor, title=title, lines=tuple(lines), more=site.words.ngettext(
            "%(count)s more is on the page.", "%(count)s more are on the page.", left) if left > 0 else Markup(""))


def _measure_link(measure: Measure, page: str, site: Site) -> Link:
    return Link(href=site.link(page, routes.measure_url(measure.id)), text=measure.title)


def _page_of(held: Goal | Measure) -> str:
    return routes.goal_url(held.id) if isinstance(held, Goal) else routes.measure_url(held.id)


def _change(change: StatusChange, page: str, site: Site) -> BriefLine:
    words, before, after = site.words, change.before, change.after
    said = words.gettext("%(before)s in %(earlier)s, now %(after)s", before=standing_mark(before.status, words),
                         earlier=in_period(before.period, words), after=standing_mark(after.status, words))
    note = words.gettext("Since the review of %(day)s", day=words.time(change.review)) if change.review else Markup("")
    newest = newest_value(change.measure)
    value = words.gettext("%(value)s %(when)s", value=figures_of(change.measure, words).value(newest.value),
                          when=when_words(newest.period, words)) if newest else Markup("")
    return BriefLine(link=_measure_link(change.measure, page, site), said=said, note=_joined([value, note]))


def _signal(signal: Signal, page: str, site: Site) -> BriefLine:
    words, measure, figures = site.words, signal.measure, figures_of(signal.measure, site.words)
    values = {each.period: each.value for each in measure.computed.overall.observations}
    newest = signal.periods[-1]
    said = words.gettext("%(value)s %(when)s", value=figures.value(values.get(newest)), when=when_words(newest, words))
    trend = measure.computed.trend
    usual = Markup("")
    if trend.lower is not None and trend.upper is not None:
        usual = words.gettext("Usually between %(low)s and %(high)s", **figures.between(trend.lower, trend.upper))
    count = len(signal.periods) - 1
    before = words.ngettext("%(count)s more period since the review", "%(count)s more periods since the review",
                            count) if count else Markup("")
    return BriefLine(link=_measure_link(measure, page, site), said=said, note=_joined([usual, before]))


def _action(work: ActionWork, page: str, site: Site) -> BriefLine:
    return BriefLine(link=Link(href=f"{site.link(page, _page_of(work.held))}#actions", text=work.record.title or ""),
                     said=site.words.gettext("Due %(day)s", day=_time(work.record.due, site)),
                     note=_joined([owner_link(work.owner, page, site), Markup.escape(told(work.held.title))]))


def _follow_up(work: FollowUpWork, page: str, site: Site) -> BriefLine:
    _, due = site.words.gettext, work.record.due
    said = _("Due %(day)s", day=_time(due, site)) if due else _("Agreed on %(day)s", day=_time(work.review, site))
    if is_overdue(work.record, site.build.today):
        said = _("Overdue since %(day)s", day=_time(due, site))
    return BriefLine(link=Link(href=f"{site.link(page, _page_of(work.held))}#reviews", text=work.record.what or ""), said=said,
                     note=_joined([owner_link(work.owner, page, site), Markup.escape(told(work.held.title))]))


def _missing(measure: Measure, page: str, site: Site) -> BriefLine:
    words, newest, until = site.words, newest_value(measure), measure.computed.data_until
    last = words.gettext("There is no value yet")
    if newest:
        last = words.gettext("The last value is of %(period)s", period=in_period(newest.period, words))
    said = Markup("{} {}").format(standing_mark(measure.status, words), last)
    note = words.gettext("Data is complete until %(day)s", day=words.time(until)) if until else Markup("")
    return BriefLine(link=_measure_link(measure, page, site), said=said,
                     note=_joined([owner_link(measure.owner.id if measure.owner else None, page, site), note]))


def _due(due: DueNext, page: str, site: Site) -> BriefLine:
    said = site.words.gettext("Report on %(day)s", day=site.words.time(due.day)) if due.kind == "report" else (
        site.words.gettext("Due %(day)s", day=site.words.time(due.day)))
    return BriefLine(link=Link(href=site.link(page, _page_of(due.held)), text=due.what), said=said,
                     note=Markup("") if due.kind == "report" else Markup.escape(told(due.held.title)))


def _time(day: date | None, site: Site) -> Markup:
    return site.words.time(day) if day else Markup("")


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(" · ").join(each for each in parts if each)
