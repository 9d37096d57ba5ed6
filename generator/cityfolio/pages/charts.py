"""Small pictures of how a column's values are spread: SVG in the color of the text, with words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cityfolio.model.profile import Bin, ColumnProfile
from cityfolio.pages.words import Words

HEIGHT = 32
BAR_WIDTH = 9
STEP = 10
_TOLD = 3   # leading values named in the words of a chart


def spread_chart(profile: ColumnProfile, words: Words) -> Markup:
    """The chart of a column: ten bars for numbers, dates and lengths, the leading values for categories."""
    if profile.shape == "categories":
        others = profile.filled - sum(count.rows for count in profile.top)
        return bars([count.rows for count in profile.top], spread_words(profile, words), others=others)
    return bars([each.rows for each in _met(profile.bins)], spread_words(profile, words))


def spread_words(profile: ColumnProfile, words: Words) -> Markup:
    """What the chart shows, in words."""
    if profile.shape == "categories":
        shares = [f"{count.value} {words.percent(count.rows, profile.filled)}" for count in profile.top[:_TOLD]]
        return words.gettext("Most common: %(values)s", values="; ".join(shares)) if shares else Markup("")
    bins = _met(profile.bins)
    if not bins:
        return Markup("")
    fullest = max(bins, key=lambda each: each.rows)
    places = {"low": _shown(fullest.low, profile, words), "high": _shown(fullest.high, profile, words),
              "share": words.percent(fullest.rows, sum(each.rows for each in bins))}
    if profile.shape == "text":
        return words.gettext("Most often %(low)s to %(high)s characters long (%(share)s)", **places)
    if _is_even(bins):
        return words.gettext("Fairly even from %(low)s to %(high)s", low=_shown(bins[0].low, profile, words),
                             high=_shown(bins[-1].high, profile, words))
    return words.gettext("Most often %(low)s to %(high)s (%(share)s)", **places)


def bars(counts: Sequence[int], label: str, others: int = 0) -> Markup:
    """Bars side by side, as high as their counts; `others` is a last bar set apart, for all that is not named."""
    if sum(count > 0 for count in (*counts, others)) < 2:
        return Markup("")   # one bar, whatever its height, shows nothing
    tallest = max(*counts, others, 1)
    path = "".join(_bar(place * STEP, count, tallest) for place, count in enumerate(counts))
    width = len(counts) * STEP - 1
    rest = ""
    if others > 0:
        rest = f'<path opacity=".5" d="{_bar(width + 6, others, tallest)}"/>'
        width += 6 + BAR_WIDTH
    return Markup('<svg class="bars" viewBox="0 0 {} {}" preserveAspectRatio="none" fill="currentColor" role="img" '
                  'aria-label="{}"><path d="{}"/>{}</svg>').format(width, HEIGHT, label, path, Markup(rest))


def _met(bins: Sequence[Bin]) -> Sequence[Bin]:
    """The bins from the first to the last that holds a row: round limits may reach past the values."""
    filled = [place for place, each in enumerate(bins) if each.rows]
    return bins[filled[0]: filled[-1] + 1] if filled else ()


def _bar(left: int, count: int, tallest: int) -> str:
    # A value that occurs at all is seen: its bar is at least one unit high.
    height = max(1, round(HEIGHT * count / tallest)) if count else 0
    return f"M{left} {HEIGHT}v-{height}h{BAR_WIDTH}v{height}z" if height else ""


def _is_even(bins: Sequence[Bin]) -> bool:
    """Whether no bar is more than half as high again as another."""
    counts = [each.rows for each in bins]
    return len(counts) > 2 and max(counts) <= 1.5 * min(counts)


def _shown(value: str, profile: ColumnProfile, words: Words) -> str:
    return words.moment(value) if profile.shape == "dates" else words.figure(value)
