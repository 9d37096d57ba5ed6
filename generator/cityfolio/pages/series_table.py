"""The numbers of a measure's chart as a table: each period with its value, what was expected, its target and its status."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure, Observation, Standing
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_figures import Figures, figures_of, period_words
from cityfolio.pages.measure_rows import NO_LINKS, Linking, RowLinks, no_links
from cityfolio.pages.shell import Link
from cityfolio.pages.standings import standing_mark
from cityfolio.pages.words import Words


class PeriodRow(Frozen, kw_only=True):
    """One period."""

    period: Markup
    value: Markup
    expected: Markup
    target: Markup
    status: Markup
    rows: Markup                   # "152 of 200" of a ratio
    notes: tuple[Markup, ...]      # closed, revised, entered by hand, not shown


class SeriesTable(Frozen, kw_only=True):
    """All periods of a measure, the newest first, and which columns say anything."""

    rows: tuple[PeriodRow, ...]
    has_expected: bool
    has_target: bool
    has_rows: bool
    has_notes: bool


def series_table(measure: Measure, words: Words, links: Linking = no_links) -> SeriesTable:
    """The numbers that the chart of a measure shows, with `links` to the rows behind them."""
    figures, known = figures_of(measure, words), {each.period: each for each in measure.computed.standings}
    shown = measure.computed.overall.observations
    has_closed = any(each.is_closed for each in shown)
    overall = measure.computed.overall
    rows = tuple(_row(each, known.get(each.period), figures, rows=rows_words(each, words, links(overall, each)),
                      has_closed=has_closed) for each in reversed(shown))
    return SeriesTable(rows=rows, has_expected=any(row.expected for row in rows), has_target=any(row.target for row in rows),
                       has_rows=any(row.rows for row in rows), has_notes=any(row.notes for row in rows))


def shown_value(observation: Observation, figures: Figures) -> Markup:
    """A value as a table of periods has it, where there is none with the reason."""
    if observation.is_suppressed:
        return figures.words.gettext("Not shown")
    return figures.number(observation.value)


def rows_words(observation: Observation, words: Words, links: RowLinks = NO_LINKS) -> Markup:
    """How many rows stand behind a value; of a ratio, how many of them are good. Each number leads to its rows."""
    if observation.rows is None:
        return Markup("")
    rows = linked(words.number(observation.rows), links.all)
    if observation.good is None:
        return rows
    return words.gettext("%(good)s of %(rows)s", good=linked(words.number(observation.good), links.good), rows=rows)


def linked(shown: str, link: Link | None) -> Markup:
    """Something as a link where there is one."""
    return Markup('<a href="{}">{}</a>').format(link.href, shown) if link else Markup.escape(shown)


def _row(observation: Observation, stood: Standing | None, figures: Figures, *, rows: Markup, has_closed: bool) -> PeriodRow:
    words = figures.words
    target = stood.target if stood else None
    return PeriodRow(
        period=words.begun(period_words(observation.period, words)), value=shown_value(observation, figures),
        expected=figures.number(stood.expected) if stood and stood.expected is not None else Markup(""),
        target=figures.target(target) if target else Markup(""),
        status=standing_mark(stood.status, words) if stood else Markup(""), rows=rows,
        notes=(*_notes(observation, figures), *((words.gettext("Not closed: it can still change"),)
                                                if has_closed and not observation.is_closed else ())),
    )


def _notes(observation: Observation, figures: Figures) -> Iterator[Markup]:
    """What else there is to say of a value, a few words each."""
    _ = figures.words.gettext
    for former in observation.former:
        yield _("Revised: was %(value)s until %(day)s", value=figures.value(former.value),
                day=figures.words.day(former.revision.on) if former.revision.on else "")
    if observation.is_suppressed:
        yield _("Few rows stand behind it")
    if observation.reading:
        yield _("Entered by hand by %(name)s", name=told(observation.reading.entered_by or ""))
