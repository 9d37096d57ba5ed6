"""`badge.svg` of a measure: its title, its newest value and where it stands, in a line for pages of others."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.feeds.picture_style import Rule, fitted, style_sheet, width_of
from cityfolio.model.measured import Measure
from cityfolio.pages.markdown import words_only
from cityfolio.pages.measure_answer import answer_words
from cityfolio.pages.measure_figures import figures_of
from cityfolio.pages.standings import SHAPES, TONES, status_words
from cityfolio.pages.words import Words

HEIGHT, TYPE, PAD, GAP, SHAPE = 28, 13, 10, 6, 14
MOST_ROOM = 320          # for the title
BASELINE = 18.5


def badge(measure: Measure, words: Words) -> bytes:
    """The badge as SVG. Its words are words, so whoever hears it hears them; it needs no script and no file beside it."""
    tone, title = TONES[measure.status], fitted(words_only(measure.title), TYPE, MOST_ROOM)
    value, word = _value(measure, words), words_only(status_words(words)[measure.status])
    left = PAD + width_of(title, TYPE) + PAD
    at_value = left + PAD
    at_shape = at_value + (width_of(value, TYPE) + GAP if value else 0)
    at_word = at_shape + SHAPE + GAP
    width = round(at_word + width_of(word, TYPE) + PAD)
    style = style_sheet((
        Rule(".room", (("fill", "raised"), ("stroke", "border"))), Rule(".stands", (("fill", f"{tone}-wash"),)),
        Rule(".name", (("fill", "text"),)), Rule(".says", (("fill", tone),), "font-weight:600;"),
        Rule(".shape", (("color", tone),)),
    ), f"text{{font-size:{TYPE}px}}")
    parts = (
        Markup('<rect class="room" x=".5" y=".5" width="{}" height="{}" rx="5"/>').format(width - 1, HEIGHT - 1),
        Markup('<path class="stands" d="M{0} 1H{1}a4 4 0 0 1 4 4V{2}a4 4 0 0 1-4 4H{0}z"/>').format(
            round(left), width - 5, HEIGHT - 5),
        _line("name", PAD, title), _line("says", at_value, value) if value else Markup(""),
        Markup('<svg class="shape" x="{}" y="7" width="{}" height="{}" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
               'stroke-width="2">{}</svg>').format(round(at_shape), SHAPE, SHAPE, Markup(SHAPES[measure.status])),
        _line("says", at_word, word),
    )
    drawn = Markup('<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" '
                   'aria-labelledby="title about"><title id="title">{2}</title><desc id="about">{3}</desc>{4}{5}</svg>\n')
    said = ": ".join((words_only(measure.title), ", ".join(filter(None, (value, word)))))
    return drawn.format(width, HEIGHT, said, words_only(answer_words(measure, words)), style, Markup("").join(parts)).encode()


def _value(measure: Measure, words: Words) -> str:
    """The value that the status is of; "" where there is none to be shown."""
    standing = measure.computed.standing
    return "" if standing.value is None else words_only(figures_of(measure, words).value(standing.value))


def _line(kind: str, at: float, text: str) -> Markup:
    """Words that take the room that was reckoned for them, whatever font they are drawn in."""
    return Markup('<text class="{}" x="{}" y="{}" textLength="{}" lengthAdjust="spacingAndGlyphs">{}</text>').format(
        kind, round(at), BASELINE, round(width_of(text, TYPE)), text)
