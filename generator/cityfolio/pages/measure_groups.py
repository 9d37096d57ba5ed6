"""A measure by district or another group: the newest values as a table, small charts on one axis, and their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure, Observation, Series
from cityfolio.model.records import ColumnRecord
from cityfolio.pages.group_map import GroupMap, group_map
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_figures import PERCENT, Figures, end_words, figures_of, period_words, unit_words
from cityfolio.pages.measure_made import reader_of
from cityfolio.pages.measure_rows import Linking, linking
from cityfolio.pages.routes import column_anchor, measure_url
from cityfolio.pages.series_chart import newest_of, series_chart, shared_scale
from cityfolio.pages.series_table import linked, rows_words, shown_value
from cityfolio.pages.shell import Site

MOST_PERIODS = 24            # in small charts; all of them are in the download
MOST_CHARTS = 12
MOST_GROUPS = 60


class GroupRow(Frozen, kw_only=True):
    """One group in the newest period and a number of periods before."""

    name: Markup
    value: Markup
    before: Markup
    rows: Markup


class Multiple(Frozen, kw_only=True):
    """The small chart of one group."""

    name: Markup
    picture: Markup
    newest: Markup


class GroupsView(Frozen, kw_only=True):
    """A measure by the values of one column."""

    anchor: str
    title: Markup                 # "By council district"
    column: Markup
    unit: Markup                  # what the numbers count; "" where each bears its unit
    newest: Markup                # the periods that the table holds
    before: Markup
    rows: tuple[GroupRow, ...]
    charts: tuple[Multiple, ...]
    ends: Markup                  # "Each from 0% to 100%, January 2025 to October 2025"
    heads: tuple[Markup, ...]     # of the table of all numbers: the groups
    periods: tuple[tuple[Markup, tuple[Markup, ...]], ...]
    map: GroupMap | None
    left_out: Markup              # what has no place here


def groups_view(column: str, series: Sequence[Series], measure: Measure, site: Site) -> GroupsView:
    """Show a measure by the values of a column."""
    words, figures, reader = site.words, figures_of(measure, site.words), reader_of(measure, site)
    record = reader.columns.get(column)
    recent = [newest_of(each, MOST_PERIODS) for each in series]
    shown = [each for each in recent if _has_anything(each)][:MOST_GROUPS]
    drawn = shown[:MOST_CHARTS]
    scale = shared_scale(drawn, measure)
    names = [group_name(each, record, figures) for each in shown]
    periods = [each.period for each in measure.computed.overall.observations[-MOST_PERIODS:]]
    pictures = [series_chart(each, measure, words, small=True, scale=scale) for each in drawn]
    links = linking(measure, site, measure_url(measure.id))
    newest, before = (periods[-1], periods[max(0, len(periods) - 13)]) if periods else ("", "")
    named = Markup.escape(told(record.title)) if record and record.title else Markup("<code>{}</code>").format(column)
    return GroupsView(
        anchor=f"by-{column_anchor(column)}", title=words.gettext("By %(column)s", column=named), column=named,
        unit=unit_words(figures.unit, words) if figures.unit != PERCENT else Markup(""),
        newest=words.begun(period_words(newest, words)),
        before=words.begun(period_words(before, words)) if before != newest else Markup(""),
        rows=tuple(_row(name, each, (newest, before), (figures, links)) for name, each in zip(names, shown, strict=True)),
        charts=tuple(Multiple(name=name, picture=chart.picture, newest=_newest(each, figures))
                     for name, chart, each in zip(names, pictures, drawn, strict=False)),
        ends=_ends(pictures[0].bottom, pictures[0].top, periods, figures) if pictures and periods else Markup(""),
        heads=tuple(names[:MOST_CHARTS]),
        periods=tuple((words.begun(period_words(period, words)), tuple(_cell(each, period, figures, links) for each in drawn))
                      for period in reversed(periods)),
        map=group_map(column, series, measure, site),
        left_out=_left_out(len(shown), len(measure.computed.overall.observations), figures),
    )


def _has_anything(series: Series) -> bool:
    return any(each.is_suppressed or (each.value is not None and each.rows != 0) for each in series.observations)


def group_name(series: Series, record: ColumnRecord | None, figures: Figures) -> Markup:
    """A group as a reader calls it."""
    if not series.group:
        return figures.words.gettext("Without a value")
    return Markup.escape(told(series.title or (record.values.get(series.group) if record else None) or series.group))


def _at(series: Series, period: str) -> Observation | None:
    return next((each for each in reversed(series.observations) if each.period == period), None)


def _cell(series: Series, period: str, figures: Figures, links: Linking) -> Markup:
    found = _at(series, period)
    return linked(shown_value(found, figures), links(series, found).all) if found else figures.words.gettext("No data")


def _row(name: Markup, series: Series, periods: tuple[str, str], how: tuple[Figures, Linking]) -> GroupRow:
    (newest, before), (figures, links) = periods, how
    found = _at(series, newest)
    return GroupRow(name=name, value=_cell(series, newest, figures, links), before=_cell(series, before, figures, links),
                    rows=rows_words(found, figures.words, links(series, found)) if found else Markup(""))


def _newest(series: Series, figures: Figures) -> Markup:
    found = next((each for each in reversed(series.observations) if each.value is not None), None)
    return figures.value(found.value) if found else figures.words.gettext("No data")


def _ends(bottom: Markup, top: Markup, periods: Sequence[str], figures: Figures) -> Markup:
    start, end = (end_words(each, figures.words) for each in (periods[0], periods[-1]))
    return figures.words.gettext("Each chart reaches from %(low)s to %(high)s and from %(start)s to %(end)s.", low=bottom,
                                 high=top, start=start, end=end)


def _left_out(groups: int, periods: int, figures: Figures) -> Markup:
    said = []
    if periods > MOST_PERIODS:
        said.append(figures.words.gettext("Only the last %(count)s periods are shown here.", count=MOST_PERIODS))
    if groups > MOST_CHARTS:
        said.append(figures.words.gettext("Only the first %(count)s groups are drawn.", count=MOST_CHARTS))
    return Markup(" ").join([*said, figures.words.gettext("All of them are in the download.")]) if said else Markup("")
