"""The city's color: whether words in it can be read, and the shades that light and dark pages need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from colorsys import hls_to_rgb, rgb_to_hls

from cityfolio.frozen import Frozen
from cityfolio.pages.style_text import root_values
from cityfolio.problems import Location, Problem

# The grounds that links and buttons stand on; a test compares them with the theme's tokens.
GROUNDS = ("surface", "surface-raised")
LIGHT_GROUNDS = ("#fefdfb", "#f7f6f1")
DARK_GROUNDS = ("#101419", "#1a1e25")
WHITE, INK, BLACK = "#ffffff", "#101419", "#000000"
LEAST_CONTRAST = 4.5      # WCAG 2.2, success criterion 1.4.3, text of any size
DARK_CONTRAST = 8.5       # what the dark shade is lightened to: thin letters glow on a dark ground
STEPS = 100
_COLOR = re.compile(r"(?:light-dark\(\s*)?(#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|white\b)", re.IGNORECASE)


class Shades(Frozen, kw_only=True):
    """The accent's tokens in one scheme, as #rrggbb."""

    accent: str
    hover: str
    wash: str
    on_accent: str


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors (WCAG 2.2, definition of contrast ratio), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def light_grounds(styles: Iterable[str]) -> tuple[str, ...]:
    """The grounds of light pages, as the last of these style sheets that gives such a color to the page has them.

    Colors are read as #rrggbb, #rgb and white; after any other the ground before it is held to be meant.
    """
    found = dict(zip(GROUNDS, LIGHT_GROUNDS, strict=True))
    for name, value in (each for text in styles for each in root_values(text)):
        token = name.removeprefix("--")
        if token != name and token in found and (color := _COLOR.match(value)):
            found[token] = _six_digits(color[1].lower())
    return tuple(found.values())


def accent_problem(given: str, where: Location, grounds: tuple[str, ...] = LIGHT_GROUNDS) -> Problem | None:
    """Refuse an accent that could not be read on a light page, and name the nearest darker shade that could."""
    least = _least_contrast(given, grounds)
    if least >= LEAST_CONTRAST:
        return None
    shade = readable(given, grounds)
    return Problem(
        code="accent-contrast", where=where,
        says=f'accent "{given}" has a contrast of {_down(least)}:1 against the page, and words need {LEAST_CONTRAST}:1',
        fix=f'"{shade}" is the nearest darker shade that can be read.' if shade else
        "No darker shade can be read there either. Make --surface and --surface-raised lighter.",
    )


def readable(given: str, grounds: tuple[str, ...] = LIGHT_GROUNDS) -> str | None:
    """The nearest shade toward black that passes on both light grounds; None where not even black does."""
    shades = (mix(given, BLACK, step / STEPS) for step in range(STEPS + 1))
    return next((shade for shade in shades if _least_contrast(shade, grounds) >= LEAST_CONTRAST), None)


def light_shades(given: str) -> Shades:
    """The tokens of light pages: the color itself, darker under the pointer, and a tint of the page."""
    return Shades(accent=given.lower(), hover=mix(given, BLACK, 0.3), wash=mix(LIGHT_GROUNDS[0], given, 0.1), on_accent=WHITE)


def dark_shades(given: str) -> Shades:
    """The tokens of dark pages: the color, as vivid as it is, lightened until it reads well, and dark ink on it."""
    accent = _lightened(given)
    return Shades(accent=accent, hover=mix(accent, WHITE, 0.4), wash=mix(DARK_GROUNDS[0], accent, 0.13), on_accent=INK)


def accent_style(given: str) -> str:
    """The style sheet that puts a city's color in place of the theme's, in both schemes."""
    light, dark = light_shades(given), dark_shades(given)
    pairs = (("accent", light.accent, dark.accent), ("accent-hover", light.hover, dark.hover),
             ("accent-wash", light.wash, dark.wash), ("on-accent", light.on_accent, dark.on_accent))
    plain = "".join(f"--{name}:{day};" for name, day, _ in pairs)
    both = "".join(f"--{name}:light-dark({day},{night});" for name, day, night in pairs)
    return f"@layer theme{{:root{{{plain}}}@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}}}"


def mix(one: str, other: str, share: float) -> str:
    """A color between two others; `share` is that of the second, from 0 to 1, by sRGB channel."""
    channels = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _lightened(given: str) -> str:
    """The same hue and saturation, light enough for both dark grounds. Mixed with white instead, every color turns gray."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(given)))
    for step in range(STEPS):
        lighter = lightness + (1 - lightness) * step / STEPS
        shade = "#" + "".join(f"{round(255 * channel):02x}" for channel in hls_to_rgb(hue, lighter, saturation))
        if _least_contrast(shade, DARK_GROUNDS) >= DARK_CONTRAST:
            return shade
    return WHITE


def _least_contrast(shade: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(shade, ground) for ground in grounds)


def _six_digits(color: str) -> str:
    if color == "white":
        return WHITE
    return color if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:])


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2), from 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    # The threshold is 0.04045 in sRGB itself and 0.03928 in older copies of WCAG; no 8-bit channel lies between them.
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _down(ratio: float) -> str:
    """Two decimals, cut and not rounded: 4.499 may not be shown as 4.5."""
    return f"{int(ratio * 100) / 100:.2f}"
