"""The addresses of goals and measures, for programs; none where a city has no measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.measured import Measure
from cityfolio.pages import routes
from cityfolio.pages.briefs import brief_publishers
from cityfolio.pages.goal_days import goal_days
from cityfolio.pages.measure_changes import told_until
from cityfolio.pages.measure_embedding import measure_oembed_url
from cityfolio.pages.measure_rows import rows_file
from cityfolio.pages.program_address import ATOM, CALENDAR, CSV, JSON, PARQUET, SVG, ProgramAddress
from cityfolio.pages.words import Words

PLACE = "{measure}"


def goal_addresses(catalog: Catalog, build: Build, words: Words) -> Iterator[ProgramAddress]:
    """Everything about goals and measures. The examples are of the measure with most values."""
    if catalog.goals:
        goal = catalog.goals[0].id
        yield ProgramAddress(path=routes.index_url(routes.goal_url("{goal}")), part="goals", title=words.gettext("A goal"),
                             holds=words.gettext("What the page says, beside it."), media_type=JSON, schema="Goal",
                             shows='found["title"]', example=routes.index_url(routes.goal_url(goal)))
    if catalog.goals or catalog.measures:
        yield from _beside_pages(catalog, words)
    if not catalog.measures:
        return
    sample = max(catalog.measures, key=lambda each: len(each.computed.overall.observations))
    yield from _of_all(catalog, words)
    yield from _of_one(sample, build, words)
    with_rows = next((named for each in (sample, *catalog.measures) if (named := rows_file(each))), "")
    yield ProgramAddress(path=routes.measure_rows_url(PLACE), part="goals", title=words.gettext("Rows of a measure"),
                         holds=words.gettext("The rows behind its newest value, where they are published."), media_type=CSV,
                         example=with_rows)
    if catalog.calendars:
        yield ProgramAddress(path=routes.calendar_url("{calendar}"), part="goals", title=words.gettext("A calendar"),
                             holds=words.gettext("The days that working days leave out."), media_type=JSON, schema="Calendar",
                             shows='len(found["holidays"])', example=routes.calendar_url(min(catalog.calendars)))


def _beside_pages(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    """What the overview of goals and the briefs say, beside them."""
    _, owner = words.gettext, next((each.id for each in brief_publishers(catalog)), "")
    said = ((routes.GOALS, _("The overview of goals"), "Goals", 'len(found["goals"])', routes.GOALS),
            (routes.BRIEFS, _("The brief of the city"), "Brief", 'len(found["due"])', routes.BRIEFS),
            (routes.brief_url("{publisher}"), _("A brief"), "Brief", 'len(found["due"])',
             routes.brief_url(owner) if owner else ""))
    for page, title, schema, shows, example in said:
        yield ProgramAddress(path=routes.index_url(page), part="goals", title=title, media_type=JSON, schema=schema,
                             holds=_("What the page says, beside it."), shows=shows,
                             example=routes.index_url(example) if example else "")


def _of_all(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    _ = words.gettext
    every = _("A row for each period of each measure and group.")
    said = (
        (routes.GOALS_JSON, JSON, _("Goals"), _("Every goal with its measures, and how many have each status."), "Goals",
         '[each["title"] for each in found["goals"]]'),
        (routes.index_url(routes.MEASURES), JSON, _("Measures"), _("Every measure with its value, target, status and trend."),
         "Measures", '[each["status"] for each in found["measures"]]'),
        (routes.observations_url(routes.GOALS, "csv"), CSV, _("All values of all measures"), every, "", ""),
        (routes.observations_url(routes.GOALS, "json"), JSON, _("All values as JSON"), every, "Observations", "len(found)"),
        (routes.observations_url(routes.GOALS, "parquet"), PARQUET, _("All values as Parquet"), every, "", ""),
        (routes.index_url(routes.MEASURE_CHANGES), JSON, _("What moved"),
         _("Changes of status, revisions and new targets, the newest first."), "MeasureChanges", 'len(found["changes"])'),
        (routes.index_url(routes.METHOD), JSON, _("Statuses"), _("Every status and what it says."), "Statuses",
         '[each["status"] for each in found["statuses"]]'),
    )
    for path, kind, title, holds, schema, shows in said:
        yield ProgramAddress(path=path, part="goals", title=title, holds=holds, media_type=kind, schema=schema, shows=shows,
                             example=path)
    if told_until(catalog.measures):
        yield ProgramAddress(path=routes.MEASURE_CHANGES_FEED, part="goals", title=_("Changes of status"), media_type=ATOM,
                             holds=_("The newest first, for readers of feeds."), follows=_("Atom (RFC 4287)"),
                             example=routes.MEASURE_CHANGES_FEED)
    if goal_days(catalog, words):
        yield ProgramAddress(path=routes.GOALS_CALENDAR, part="goals", title=_("What is due"), media_type=CALENDAR,
                             holds=_("Reports, actions, targets and data by their days, for calendars."),
                             follows=_("iCalendar (RFC 5545)"), example=routes.GOALS_CALENDAR)


def _of_one(sample: Measure, build: Build, words: Words) -> Iterator[ProgramAddress]:
    _ = words.gettext
    rows = _("A row for each period and group.")

    def beside(name: str) -> Callable[[str], str]:
        return lambda identifier: routes.measure_url(identifier) + name

    said = (
        (beside("index.json"), JSON, _("A measure"),
         _("Its definition, values, targets, and where it stands with each step of the arithmetic."), "Measure",
         'found["standing"]["status"]'),
        (beside("observations.csv"), CSV, _("Values of a measure"), rows, "", ""),
        (beside("observations.json"), JSON, _("Values as JSON"), rows,
         "Observations", "len(found)"),
        (beside("observations.parquet"), PARQUET, _("Values as Parquet"), rows, "", ""),
        (routes.measure_chart_url, SVG, _("Chart of a measure"), _("A picture for other pages, light and dark."), "", ""),
        (routes.measure_badge_url, SVG, _("Badge of a measure"), _("Value and status in a line, for other pages."), "", ""),
    )
    for route, kind, title, holds, schema, shows in said:
        yield ProgramAddress(path=route(PLACE), part="goals", title=title, holds=holds, media_type=kind, schema=schema,
                             shows=shows, example=route(sample.id))
    if build.base_url:
        yield ProgramAddress(path=measure_oembed_url(PLACE), part="goals", title=_("A measure in other pages"), media_type=JSON,
                             holds=_("What a page of others needs to show it."), follows=_("oEmbed 1.0"),
                             shows='found["title"]', example=measure_oembed_url(sample.id))
