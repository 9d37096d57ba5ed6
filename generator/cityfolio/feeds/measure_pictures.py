"""`chart.svg` of a measure, and its badge: pictures for pages of others, with their own colors, light and dark.

The chart is that of the measure's page, with around it what stands beside it there.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.feeds.measure_badge import badge
from cityfolio.feeds.picture_style import Rule, fitted, lines_of, style_sheet
from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import Measure
from cityfolio.model.site import Output
from cityfolio.pages.markdown import words_only
from cityfolio.pages.measure_answer import answer_words
from cityfolio.pages.routes import measure_badge_url, measure_chart_url
from cityfolio.pages.series_chart import HEIGHT, WIDTH, SeriesChart, series_chart
from cityfolio.pages.standings import SHAPES, TONES, status_words
from cityfolio.pages.words import Words

SVG = "image/svg+xml"
EDGE, LINE = 20, 20             # of the picture; from one line of words to the next
LARGE, USUAL, SMALL = 18, 14, 12
ROOM = WIDTH
TEXT_ROOM = WIDTH * 15 // 16    # some fonts are wider than others
MOST_LINES = 3
KEY_ROOM = 34                   # of a sample, before its words

_RULES = (
    Rule(".room", (("fill", "surface"), ("stroke", "border"))), Rule("text", (("fill", "text"),)),
    Rule(".small", (("fill", "muted"),), f"font-size:{SMALL}px;"), Rule(".drawn", (("color", "accent"),)),
    Rule(".drawn text", (("stroke", "surface"),),
         f"stroke-width:5px;stroke-linejoin:round;paint-order:stroke;font-size:{SMALL}px;"),
    Rule(".drawn .grid", (("stroke", "border"),)), Rule(".drawn .band", (("fill", "sunken"),), "stroke:none;"),
    Rule(".drawn .target", (("stroke", "text"),), "stroke-width:2px;stroke-dasharray:6 5;stroke-linecap:butt;"),
    Rule(".drawn .way", (("stroke", "muted"),)),
    Rule(".drawn .break", (("stroke", "muted"),), "stroke-width:3px;stroke-dasharray:0 6;"),
    Rule(".drawn .revised", (("fill", "surface"),), "stroke:currentColor;stroke-width:2px;"),
    Rule(".drawn .hidden-value", (("fill", "surface"), ("stroke", "muted")), "stroke-width:2px;"),
)
_FIXED = (f"text{{font-size:{USUAL}px}}.title{{font-size:{LARGE}px;font-weight:700}}svg{{overflow:visible}}"
          ".drawn path{fill:none;stroke:currentColor;vector-effect:non-scaling-stroke;stroke-linecap:round;"
          "stroke-linejoin:round}.drawn .line{stroke-width:2.5px}.drawn .bars{fill:currentColor;stroke:none}"
          ".drawn .newest{fill:currentColor}")


def measure_pictures(catalog: Catalog, words: Words) -> Iterator[Output]:
    """The chart and the badge of each measure."""
    for measure in catalog.measures:
        for url, body in ((measure_chart_url(measure.id), chart(measure, catalog.site.name, words)),
                          (measure_badge_url(measure.id), badge(measure, words))):
            yield Output(url=url, body=body, media_type=SVG, kind="feed", source=measure.source_path)


def chart(measure: Measure, site_name: str, words: Words) -> bytes:
    """The chart as SVG, with title, answer, where the measure stands, the axis, and what its lines mean."""
    title, answer = words_only(measure.title), words_only(answer_words(measure, words))
    shown = measure.computed.overall
    drawn = series_chart(shown, measure, words) if shown.observations else None
    top, parts = _head(title, answer, measure, words)
    if drawn:
        top, around = _around(drawn, top)
        parts += around
    who = ", ".join(filter(None, (measure.owner.title if measure.owner else "", site_name)))
    parts.append(_words("small", EDGE, top + LINE, fitted(who, SMALL, TEXT_ROOM)))
    width, height = ROOM + 2 * EDGE, top + LINE + EDGE
    room = Markup('<rect class="room" x=".5" y=".5" width="{}" height="{}" rx="6"/>').format(width - 1, height - 1)
    whole = Markup('<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" '
                   'aria-labelledby="title about"><title id="title">{2}</title><desc id="about">{3}</desc>{4}{5}{6}</svg>\n')
    style = style_sheet((*_RULES, Rule(".stands", (("color", TONES[measure.status]),)),
                         Rule(".stands text", (("fill", TONES[measure.status]),), "font-weight:600;")), _FIXED)
    return whole.format(width, height, title, answer, style, room, Markup("").join(parts)).encode()


def _head(title: str, answer: str, measure: Measure, words: Words) -> tuple[int, list[Markup]]:
    """What stands above the chart, and where that ends."""
    top, parts = EDGE, list[Markup]()
    for line in lines_of(title, LARGE, TEXT_ROOM, MOST_LINES):
        top += LINE
        parts.append(_words("title", EDGE, top, line))
    top += 4
    for line in lines_of(answer, USUAL, TEXT_ROOM, MOST_LINES):
        top += LINE
        parts.append(_words("", EDGE, top, line))
    top += LINE + 4
    shape = Markup('<svg x="{}" y="{}" width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
                   'stroke-width="2">{}</svg>').format(EDGE, top - 12, Markup(SHAPES[measure.status]))
    word = _words("", EDGE + LINE, top, words_only(status_words(words)[measure.status]))
    parts.append(Markup('<g class="stands">{}{}</g>').format(shape, word))
    return top, parts


def _around(drawn: SeriesChart, top: int) -> tuple[int, list[Markup]]:
    """The chart with its axes and what its lines mean, and where that ends."""
    top += LINE + 4
    parts = [_words("small", EDGE, top, words_only(drawn.top))]
    top += 8
    _, _, inside = drawn.picture.partition(">")
    parts.append(Markup('<svg class="drawn" x="{}" y="{}" width="{}" height="{}">{}').format(
        EDGE, top, ROOM, HEIGHT, Markup(inside)))
    top += HEIGHT + LINE - 4
    parts.append(_words("small", EDGE, top, words_only(drawn.bottom)))
    top += LINE
    last = len(drawn.axis) - 1
    for at, period in enumerate(drawn.axis):
        end = "middle" if 0 < at < last or not last else "end" if at else "start"
        parts.append(Markup('<text class="small" x="{}" y="{}" text-anchor="{}">{}</text>').format(
            EDGE + (ROOM * at // last if last else ROOM // 2), top, end, words_only(period)))
    for key in drawn.keys:
        top += LINE
        sample = Markup('<svg class="drawn" x="{}" y="{}" {}').format(EDGE, top - 10, Markup(_inner_tag(key.sample)))
        parts += [sample, _words("small", EDGE + KEY_ROOM, top, fitted(words_only(key.words), SMALL, TEXT_ROOM - KEY_ROOM))]
    if drawn.told:
        top += LINE
        parts.append(_words("small", EDGE, top, words_only(drawn.told)))
    return top, parts


def _inner_tag(sample: Markup) -> str:
    """What a sample is after the attributes of its own, which belong to a page."""
    _, _, inside = sample.partition(">")
    return f'width="24" height="12">{inside}'


def _words(kind: str, x: int, y: int, text: str) -> Markup:
    named = Markup(' class="{}"').format(kind) if kind else Markup("")
    return Markup('<text{} x="{}" y="{}">{}</text>').format(named, x, y, text)
