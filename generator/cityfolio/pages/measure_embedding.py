"""A measure within pages of others: its answer, where it stands and its chart, without the site's frame."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure
from cityfolio.pages import routes
from cityfolio.pages.embedding import iframe
from cityfolio.pages.goal import value_head
from cityfolio.pages.measure_answer import answer_words
from cityfolio.pages.series_chart import SeriesChart, series_chart
from cityfolio.pages.series_table import SeriesTable, series_table
from cityfolio.pages.shell import Link, Page, Site, Twin
from cityfolio.pages.standings import StandingView, standing_view

EMBED_HEIGHT = 600      # what most measures need; nothing in the page tells how high it is


class Elsewhere(Frozen, kw_only=True):
    """How a measure is shown in pages of others."""

    pictures: tuple[Link, ...]
    frame: str                    # the HTML of a frame; "" where the site's address is not known


class MeasureEmbedView(Frozen, kw_only=True):
    """What `embed-measure.html` shows."""

    title: str
    answer: Markup
    standing: StandingView
    chart: SeriesChart | None
    table: SeriesTable
    unit: Markup
    source: Link                  # the page of the measure
    publisher: str
    site_name: str


def measure_oembed_url(measure_id: str) -> str:
    """What programs that know oEmbed read to put a measure into a page."""
    return f"{routes.measure_url(measure_id)}oembed.json"


def measure_embeds(site: Site) -> Iterator[Page]:
    """The page of each measure that is made to be embedded."""
    for measure in site.catalog.measures:
        yield measure_embed(measure, site)


def measure_embed(measure: Measure, site: Site) -> Page:
    """The page of one measure that is made to be embedded. Search engines are led to the measure's own."""
    url, page, words, shown = routes.measure_embed_url(measure.id), routes.measure_url(measure.id), site.words, measure.computed
    view = MeasureEmbedView(
        title=measure.title, answer=answer_words(measure, words), standing=standing_view(measure.status, words),
        chart=series_chart(shown.overall, measure, words) if shown.overall.observations else None,
        table=series_table(measure, words), unit=value_head(measure.record.unit or "", site),
        source=Link(href=site.link(url, page), text=words.gettext("See how this number is made")),
        publisher=measure.owner.title if measure.owner else "", site_name=site.catalog.site.name)
    return Page(url=url, kind="embed", template="embed-measure.html", title=measure.title, section=routes.GOALS, view=view,
                source=measure.source_path, listed=False, sheets=("measures", "embed"), canonical=page)


def elsewhere(measure: Measure, site: Site) -> Elsewhere:
    """The pictures of a measure, and the code of its frame."""
    page, base, _ = routes.measure_url(measure.id), site.build.base_url, site.words.gettext
    frame = "" if site.build.for_folder or not base else iframe(
        site.address(routes.measure_embed_url(measure.id)), measure.title, EMBED_HEIGHT)
    named = ((routes.measure_chart_url(measure.id), _("Chart (SVG)")), (routes.measure_badge_url(measure.id), _("Badge (SVG)")))
    return Elsewhere(pictures=tuple(Link(href=site.link(page, url), text=text) for url, text in named), frame=frame)


def measure_oembed_twin(measure: Measure, site: Site) -> tuple[Twin, ...]:
    """How the page of a measure names its oEmbed; () where there is none."""
    if not site.build.base_url:
        return ()
    return (Twin(url=measure_oembed_url(measure.id), media_type="application/json+oembed",
                 title=site.words.gettext("For embedding (oEmbed)")),)
