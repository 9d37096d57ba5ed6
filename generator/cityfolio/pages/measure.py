"""The page of a measure: the answer first, then its chart and table, then how the number is made and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure
from cityfolio.pages import routes
from cityfolio.pages.arithmetic_steps import StepView, steps
from cityfolio.pages.changes import NoteView, notes_of_measure
from cityfolio.pages.contacts import owner_contact
from cityfolio.pages.datasets import Fact, Report
from cityfolio.pages.markdown import paragraphs, rendered, told, words_only
from cityfolio.pages.measure_answer import (
    answer_words,
    direction_words,
    forecast_words,
    frequency_words,
    service_words,
    trend_words,
    type_words,
    usual_words,
)
from cityfolio.pages.measure_embedding import Elsewhere, elsewhere, measure_oembed_twin
from cityfolio.pages.measure_figures import Figures, figures_of, in_period, period_words
from cityfolio.pages.measure_groups import GroupsView, groups_view
from cityfolio.pages.measure_made import Made, made
from cityfolio.pages.measure_past import (
    BenchmarkRow,
    ReadingRow,
    RevisionRow,
    TargetRow,
    benchmark_rows,
    reading_rows,
    revision_rows,
    target_rows,
)
from cityfolio.pages.measure_rows import linking
from cityfolio.pages.measure_work import ReviewView, WorkView, actions, owner_link, reviews
from cityfolio.pages.repository import edit_url, issues_url
from cityfolio.pages.series_chart import SeriesChart, series_chart
from cityfolio.pages.series_table import SeriesTable, series_table
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.pages.standings import StandingView, standing_view

SHEETS = ("measures",)


class MeasureView(Frozen, kw_only=True):
    """What `measure.html` shows."""

    title: str
    crumbs: tuple[Link, ...]
    answer: Markup
    standing: StandingView
    moving: tuple[Markup, ...]      # trend, forecast, what is usual, what the target still allows: a sentence or two each
    facts: tuple[Fact, ...]
    description: Markup
    chart: SeriesChart | None
    table: SeriesTable
    unit: Markup
    breaks: tuple[tuple[Markup, str], ...]    # period, reason
    groups: tuple[GroupsView, ...]
    why: Markup
    actions: tuple[WorkView, ...]
    reviews: tuple[ReviewView, ...]
    steps: tuple[StepView, ...]     # from the value to the status; none for a value that is not there
    made: Made
    readings: tuple[ReadingRow, ...]
    targets: tuple[TargetRow, ...]
    baseline: Markup
    revisions: tuple[RevisionRow, ...]
    benchmarks: tuple[BenchmarkRow, ...]
    changes: tuple[NoteView, ...]   # what the city wrote about changes of it
    notes: tuple[tuple[str, Markup], ...]
    downloads: tuple[Link, ...]     # of its values
    elsewhere: Elsewhere
    method: Link
    report: Report | None
    edit: str


def measure_pages(site: Site) -> Iterator[Page]:
    """The page of each measure."""
    for measure in site.catalog.measures:
        yield measure_page(measure, site)


def measure_page(measure: Measure, site: Site) -> Page:
    """The page of one measure."""
    return Page(
        url=routes.measure_url(measure.id), kind="measure", template="measure.html", title=measure.title,
        view=_view(measure, site), source=measure.source_path, section=routes.GOALS, sheets=SHEETS,
        description=words_only(answer_words(measure, site.words)), updated=measure.computed.data_until,
        twins=(index_twin(routes.measure_url(measure.id), site.words), *observation_twins(measure, site),
               *measure_oembed_twin(measure, site)))


def observation_twins(measure: Measure, site: Site) -> Iterator[Twin]:
    """The values of a measure for programs."""
    url, _ = routes.measure_url(measure.id), site.words.gettext
    yield Twin(url=routes.observations_url(url, "csv"), media_type="text/csv", title=_("Every value by period (CSV)"))
    yield Twin(url=routes.observations_url(url, "json"), media_type="application/json", title=_("Every value by period (JSON)"))


def _view(measure: Measure, site: Site) -> MeasureView:
    words, record, page = site.words, measure.record, routes.measure_url(measure.id)
    figures, computed = figures_of(measure, words), measure.computed
    owner = measure.owner.id if measure.owner else None
    return MeasureView(
        title=measure.title, crumbs=_crumbs(measure, site), answer=answer_words(measure, words),
        standing=standing_view(measure.status, words), moving=tuple(_moving(measure, site)), facts=tuple(_facts(measure, site)),
        description=rendered(record.description, 3) if record.description else Markup(""),
        chart=series_chart(computed.overall, measure, words) if computed.overall.observations else None,
        table=series_table(measure, words, linking(measure, site, page)), unit=_unit(figures),
        breaks=tuple((words.begun(period_words(each.period or "", words)), each.reason or "") for each in record.breaks),
        groups=tuple(groups_view(column, series, measure, site) for column, series in computed.groups.items() if series),
        why=rendered(record.why, 3) if record.why else Markup(""), actions=actions(record.actions, page, site, owner),
        reviews=reviews(record.reviews, page, site), made=made(measure, site),
        steps=tuple(_steps(measure, site)), readings=tuple(reading_rows(measure, figures)),
        targets=tuple(target_rows(measure, figures)), baseline=_baseline(measure, figures),
        revisions=tuple(revision_rows(measure, figures)), benchmarks=tuple(benchmark_rows(measure, figures)),
        changes=notes_of_measure(measure.id, site),
        notes=tuple((name, paragraphs(text)) for name, text in record.notes.items()),
        downloads=tuple(_downloads(measure, site)), elsewhere=elsewhere(measure, site),
        method=Link(href=site.link(page, routes.METHOD), text=words.gettext("How status is decided")),
        report=report_of(measure, site), edit=edit_url(site.catalog.site.repository, measure.source_path))


def _crumbs(measure: Measure, site: Site) -> tuple[Link, ...]:
    page, _ = routes.measure_url(measure.id), site.words.gettext
    if measure.goal is None:
        return (Link(href=site.link(page, routes.MEASURES), text=_("Measures")),)
    return (Link(href=site.link(page, routes.GOALS), text=_("Goals")),
            Link(href=site.link(page, routes.goal_url(measure.goal.id)), text=measure.goal.title))


def _moving(measure: Measure, site: Site) -> Iterator[Markup]:
    if measure.computed.overall.observations:
        yield trend_words(measure, site.words)
    told = (forecast_words(measure, site.words), usual_words(measure, site.words),
            service_words(measure.computed.service_level, site.words))
    yield from (each for each in told if each)


def _steps(measure: Measure, site: Site) -> Iterator[StepView]:
    standing = measure.computed.standing
    if standing.status in ("no-data", "suppressed", "watch"):
        return
    found = next((each for each in measure.computed.overall.observations if each.period == standing.period), None)
    if found is not None:
        yield from steps(measure.record, found, site.words)


def _facts(measure: Measure, site: Site) -> Iterator[Fact]:
    _, page, record = site.words.gettext, routes.measure_url(measure.id), measure.record
    figures, target, so_far = figures_of(measure, site.words), measure.computed.standing.target, measure.computed.so_far
    goal = _linked(routes.goal_url(measure.goal.id), measure.goal.title, page, site) if measure.goal else Markup("")
    data = _linked(routes.dataset_url(measure.dataset.id), measure.dataset.title, page, site) if measure.dataset else Markup("")
    facts = [
        (_("Target"), _("%(value)s by %(period)s", value=figures.target(target), period=in_period(target.until or "",
                                                                                                  site.words))
         if target else _("None")),
        (_("What is wanted"), direction_words(record.direction, site.words)),
        (_("Kind of measure"), type_words(record.type, site.words)),
        (_("Counted"), frequency_words(record.period.grain, site.words)),
        (_("So far in %(period)s", period=in_period(so_far.period, site.words)) if so_far else Markup(""),
         figures.value(so_far.value) if so_far and so_far.value is not None else Markup("")),
        (_("Shows the goal"), goal),
        (_("Who answers for it"), owner_link(measure.owner.id if measure.owner else None, page, site)),
        (_("Data"), data),
        (_("Data is complete until"), site.words.time(measure.computed.data_until) if measure.computed.data_until
         else Markup("")),
    ]
    return (Fact(label=label, value=value) for label, value in facts if value)


def _linked(url: str, title: str, page: str, site: Site) -> Markup:
    return Markup('<a href="{}">{}</a>').format(site.link(page, url), told(title))


def _unit(figures: Figures) -> Markup:
    """The unit as the head of a table's column; values of a share bear it themselves."""
    _, unit = figures.words.gettext, figures.unit
    return _("Value") if unit in ("percent", "") else _("Value, in %(unit)s", unit=told(unit))


def _baseline(measure: Measure, figures: Figures) -> Markup:
    baseline, _ = measure.record.baseline, figures.words.gettext
    if baseline is None:
        return Markup("")
    said = _("The way to the targets begins at %(value)s in %(period)s.", value=figures.stated(baseline.value),
             period=period_words(baseline.period or "", figures.words))
    return Markup(" ").join((said, _("Source: %(source)s", source=told(baseline.source)))) if baseline.source else said


def _downloads(measure: Measure, site: Site) -> Iterator[Link]:
    page = routes.measure_url(measure.id)
    for ending, name in (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet")):
        yield Link(href=site.link(page, routes.observations_url(page, ending)), text=name)


def report_of(measure: Measure, site: Site) -> Report | None:
    """Where to say that something is wrong with a measure: its owner's address, else the site's, else the repository."""
    _ = site.words.gettext
    contact = owner_contact(measure.owner, site)
    if contact and contact.email:
        subject = words_only(_("Problem with %(title)s", title=measure.title))
        return Report(href=routes.mail(contact.email, subject), text=_("Report a problem by e-mail"))
    issues = issues_url(site.catalog.site.repository)
    return Report(href=issues, text=_("Report a problem")) if issues else None
