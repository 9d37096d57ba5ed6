"""Links from a value of a measure to the rows that it was computed from: the explorer with the same conditions.

A link holds all that the number depends on: the measure's `where` as it is written, its period, the group, the zone and the
calendar, and where the explorer can, the question whose answer the number is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cityfolio.frozen import Frozen
from cityfolio.measures.definition import Definition, definition_of
from cityfolio.measures.tokens import KEYWORDS
from cityfolio.model.catalog import File
from cityfolio.model.measured import Measure, Observation, Series
from cityfolio.model.periods import first_day, last_day
from cityfolio.model.records import ColumnType
from cityfolio.pages import routes
from cityfolio.pages.asking import value_of
from cityfolio.pages.shell import Link, Site

NUMBERS = ("integer", "number")
YEARS = ("year", "integer")
IN_TIME = ("date", "datetime", "time")
COUNTED_BY = ("string", "any", "boolean", *NUMBERS)   # columns whose different values the explorer counts
Parts = Iterator[tuple[str, str]]


class RowLinks(Frozen, kw_only=True):
    """Where the rows behind a value are opened: all of them, and of a ratio those that are good. None where they cannot be."""

    all: Link | None = None
    good: Link | None = None


NO_LINKS = RowLinks()
Linking = Callable[[Series, Observation], RowLinks]


def no_links(series: Series, observation: Observation) -> RowLinks:
    """Nowhere, for pages where nothing is opened."""
    return NO_LINKS


def rows_link(measure: Measure, series: Series, observation: Observation, site: Site, href_from: str) -> RowLinks:
    """Where the rows behind one value are opened; nowhere where nobody else can have them."""
    return linking(measure, site, href_from)(series, observation)


def linking(measure: Measure, site: Site, href_from: str) -> Linking:
    """What leads from each value of a measure on a page to its rows."""
    file, compute, definition = _explored(measure, site), measure.record.compute, definition_of(measure.record)
    if file is None or file.profile is None or compute is None or definition is None or measure.dataset is None:
        return no_links
    page = site.link(href_from, routes.file_page_url(measure.dataset.id, file.page))
    kinds = file.profile.types
    query = _Query(definition=definition, calendar=compute.calendar or "", kinds=kinds)
    every, good = site.words.gettext("See the rows that take part"), site.words.gettext("See the good ones")

    def linked(series: Series, observation: Observation) -> RowLinks:
        if observation.value is None or observation.reading is not None:
            return NO_LINKS
        said = query.of(series, observation.period)
        return RowLinks(all=Link(href=f"{page}?{said}", text=every),
                        good=Link(href=f"{page}?{query.good}&{said}", text=good) if query.good else None)

    return linked


def rows_file(measure: Measure) -> str:
    """The site path of a file with just the rows of the newest complete period; "" where there is none."""
    has_rows = measure.computed.is_recountable and measure.computed.overall.observations
    return routes.measure_rows_url(measure.id) if has_rows else ""


def _explored(measure: Measure, site: Site) -> File | None:
    """The file of a measure that anybody can recount, where it is explored."""
    dataset, place = site.datasets.get(measure.dataset.id if measure.dataset else ""), measure.computed.place
    if not measure.computed.is_recountable or dataset is None or place is None or site.build.for_folder:
        return None
    file = dataset.files[place]
    return file if file.page and file.rows is not None else None


class _Query(Frozen, kw_only=True):
    """The query of the explorer's address for the values of one measure."""

    definition: Definition
    calendar: str
    kinds: Mapping[str, ColumnType]

    @property
    def good(self) -> str:
        """What good rows hold beside the others."""
        return f"where={value_of(self.definition.good)}" if self.definition.good else ""

    def of(self, series: Series, period: str) -> str:
        """The query for the rows of one value."""
        return "&".join(f"{name}={value}" for name, value in self.parts(series, period))

    def parts(self, series: Series, period: str) -> Parts:
        definition = self.definition
        if definition.where:
            yield "where", value_of(definition.where)
        yield "where", self.period(period)
        if definition.of:
            yield "where", value_of(definition.of, "filled")
        if series.by:
            yield "where", self.group(series)
        # They mean something to conditions alone.
        if definition.period.timezone and (definition.conditions or self.is_zoned):
            yield "tz", value_of(definition.period.timezone)
        if definition.conditions and self.calendar:
            yield "calendar", value_of(self.calendar)
        yield from self.question()

    @property
    def is_zoned(self) -> bool:
        """Whether days begin by another clock than the one in the rows, by which filters go."""
        return bool(self.definition.period.timezone) and self.kinds.get(self.definition.dated) == "datetime"

    def period(self, period: str) -> str:
        """The filter that leaves the rows of a period."""
        name, start = self.definition.dated, self.definition.period.fiscal_year_start
        if self.kinds.get(name) in YEARS:
            year = period.removeprefix("FY")
            return value_of(name, "between", year, year)
        first, last = first_day(period, start).isoformat(), last_day(period, start).isoformat()
        if self.is_zoned:
            return value_of(f"{column_text(name)} >= '{first}' and {column_text(name)} <= '{last}'")
        return value_of(name, "between", first, last)

    def group(self, series: Series) -> str:
        by, group = series.by, series.group
        if not group:
            return value_of(by, "empty")
        return value_of(by, "between", group, group) if self.kinds.get(by) in IN_TIME else value_of(by, "is", group)

    def question(self) -> Parts:
        """What is asked of the rows, where the explorer has the measure."""
        what, of = self.definition.what, self.definition.of
        if what == "distinct" and self.kinds.get(of) in COUNTED_BY:
            yield "ask", "count"
            yield "by", value_of(of)
        elif what in ("sum", "mean", "median", "ratio") and of and self.kinds.get(of) in NUMBERS:
            yield "ask", value_of("sum" if what == "ratio" else what, of)


def column_text(name: str) -> str:
    """The name of a column as a condition has it."""
    is_plain = name.isascii() and name.isidentifier() and name not in KEYWORDS
    return name if is_plain else f"`{name}`"
