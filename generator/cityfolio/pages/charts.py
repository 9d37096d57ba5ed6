"""Small pictures of how a column's values are spread: SVG in the color of the text, with words that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup

from cityfolio.model.profile import Bin, ColumnProfile
from cityfolio.pages.escaping import escaped
from cityfolio.pages.spans import Span, span
from cityfolio.pages.words import Words, cut

HEIGHT = 32
BAR_WIDTH = 9
STEP = 10
NO_MEANINGS: Mapping[str, str] = MappingProxyType({})
_TOLD = 3   # leading values named in the words of a chart


def spread_chart(profile: ColumnProfile, words: Words, meanings: Mapping[str, str] = NO_MEANINGS) -> Markup:
    """The chart of a column: ten bars for numbers, dates and lengths, the leading values for categories.

    `meanings` are those that the dictionary gives to codes.
    """
    if profile.shape == "places":
        return Markup("")   # where shapes lie is said in words, and how long their coordinates are is of no use to anybody
    label = spread_words(profile, words, meanings)
    if profile.shape == "categories":
        others = profile.filled - sum(count.rows for count in profile.top)
        return bars([count.rows for count in profile.top], label, others=others)
    first, last = _met(profile.bins)
    return bars([each.rows for each in profile.bins[first:last]], label)


def spread_words(profile: ColumnProfile, words: Words, meanings: Mapping[str, str] = NO_MEANINGS) -> Markup:
    """What the chart shows, in words."""
    if profile.shape == "categories":
        if profile.type == "boolean":
            meanings = {"true": words.gettext("yes"), "false": words.gettext("no"), **meanings}
        shares = [f"{cut(meanings.get(count.value) or count.value)} {words.percent(count.rows, profile.filled)}"
                  for count in profile.top[:_TOLD]]
        return words.gettext("Most common: %(values)s", values="; ".join(shares)) if shares else Markup("")
    first, last = _met(profile.bins)
    if first == last:
        return Markup("")
    if profile.shape != "text" and _is_even(profile.bins[first:last]):
        return _even_words(span(profile, first, last - 1, words), words)
    fullest = max(range(first, last), key=lambda at: profile.bins[at].rows)
    share = words.percent(profile.bins[fullest].rows, sum(each.rows for each in profile.bins))
    if profile.shape == "text":
        return _length_words(span(profile, fullest, fullest, words), share, words)
    return _fullest_words(span(profile, fullest, fullest, words), share, words)


def _even_words(values: Span, words: Words) -> Markup:
    if values.low == values.high:
        return words.gettext("Fairly even through %(value)s", value=values.low)
    return words.gettext("Fairly even from %(low)s to %(high)s", low=values.low, high=values.high)


def _fullest_words(values: Span, share: Markup, words: Words) -> Markup:
    if values.low == values.high:
        return words.gettext("Most often %(value)s (%(share)s)", value=values.low, share=share)
    if values.is_open:
        return words.gettext("Most often %(low)s to under %(high)s (%(share)s)", low=values.low, high=values.high, share=share)
    return words.gettext("Most often %(low)s to %(high)s (%(share)s)", low=values.low, high=values.high, share=share)


def _length_words(values: Span, share: Markup, words: Words) -> Markup:
    if values.low == values.high:
        return words.ngettext("Most often %(count)s character long (%(share)s)",
                              "Most often %(count)s characters long (%(share)s)", int(values.low.replace(",", "")), share=share)
    return words.gettext("Most often %(low)s to %(high)s characters long (%(share)s)", low=values.low, high=values.high,
                         share=share)


def bars(counts: Sequence[int], label: str, others: int = 0) -> Markup:
    """Bars side by side, as high as their counts; `others` is a last bar set apart, for all that is not named."""
    if len(counts) + 1 - counts.count(0) - (others <= 0) < 2:
        return Markup("")   # one bar, whatever its height, shows nothing
    tallest = max(*counts, others, 1)
    path = "".join(_bar(place * STEP, count, tallest) for place, count in enumerate(counts))
    width = len(counts) * STEP - 1
    rest = ""
    if others > 0:
        rest = f'<path opacity=".5" d="{_bar(width + 6, others, tallest)}"/>'
        width += 6 + BAR_WIDTH
    return Markup(f'<svg class="bars" viewBox="0 0 {width} {HEIGHT}" preserveAspectRatio="none" fill="currentColor" role="img" '
                  f'aria-label="{escaped(label)}"><path d="{path}"/>{rest}</svg>')


def _met(bins: Sequence[Bin]) -> tuple[int, int]:
    """The first bin that holds a row and the end of the last one: round limits may reach past the values."""
    filled = [place for place, each in enumerate(bins) if each.rows]
    return (filled[0], filled[-1] + 1) if filled else (0, 0)


def _bar(left: int, count: int, tallest: int) -> str:
    # A value that occurs at all is seen: its bar is at least one unit high.
    return _of_height(left, max(1, round(HEIGHT * count / tallest))) if count else ""


@lru_cache(maxsize=2_048)   # ten places and as many heights as a bar has units
def _of_height(left: int, height: int) -> str:
    return f"M{left} {HEIGHT}v-{height}h{BAR_WIDTH}v{height}z"


def _is_even(bins: Sequence[Bin]) -> bool:
    """Whether no bar is more than half as high again as another."""
    counts = [each.rows for each in bins]
    return len(counts) > 2 and max(counts) <= 1.5 * min(counts)
