"""Styles, scripts and fonts: joined, named by their digest, and listed as outputs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from markupsafe import escape

from cityfolio.files import sha256
from cityfolio.frozen import Frozen, replace
from cityfolio.model.records import SiteRecord
from cityfolio.model.site import Output
from cityfolio.pages.accent import accent_style
from cityfolio.pages.routes import EMBED_RESIZER, SEARCH_ENGINE, asset_url
from cityfolio.pages.templates import Theme
from cityfolio.pages.theme_layers import SCRIPTS

FONTS = ("public-sans-latin.woff2", "public-sans-latin-ext.woff2")
DIGEST_LENGTH = 10
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "woff2": "font/woff2", "wasm": "application/wasm",
                "svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
CITY_FACE = "city-face.woff2"
# One file may hold every weight, or one alone that browsers thicken.
CITY_FACE_STYLES = """@font-face{{font-family:"City Face";font-weight:100 900;font-display:swap;src:url({}) format("woff2")}}
@layer theme{{:root{{--font-text:"City Face",system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}}}}"""
THEME_ACCENT = "#0b4c92"     # of an icon, when the city sets no color
# A string, or a comment, or a run of space: strings come first so that nothing is cut out of them.
_PARTS = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|(\s+)""", re.DOTALL)
_AROUND = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\s*([{};,])\s*""")


class Assets(Frozen, kw_only=True):
    """The site's own files that pages load: their addresses, and the outputs behind them."""

    style: str
    sheets: Mapping[str, str]    # address of the further styles of some pages, by name
    icon: str
    icon_type: str
    font: str | None             # the one face that every page needs; None when the reader's own font is used
    scripts: Mapping[str, str]   # address by name, "site.js"; a script that is not bundled has none
    words: str                   # what the scripts of a table's page say; "" where the theme has no words for them
    outputs: tuple[Output, ...]
    logo: str = ""               # the city's picture; "" where there is none
    logo_size: tuple[int, int] = (0, 0)


def assets(theme: Theme, site: SiteRecord) -> Assets:
    """Make the style sheet from the theme's, the city's accent and the city's own styles, in this order."""
    fonts = _fonts(theme, site)
    font_styles = theme.font_styles if fonts else ""
    for name, output in fonts.items():
        font_styles = font_styles.replace(name, output.url.rpartition("/")[2])
    accent = [accent_style(site.accent)] if site.accent else []
    face = [_asset(CITY_FACE, theme.face)] if theme.face else []
    own_face = [CITY_FACE_STYLES.format(each.url.rpartition("/")[2]) for each in face]
    style = _asset("site.css", joined([*theme.styles, font_styles, *own_face, *accent, *theme.city_styles]).encode())
    logo = _asset(f"logo.{theme.logo.ending}", theme.logo.body) if theme.logo else None
    icon = logo or _asset("icon.svg", icon_of(site).encode())     # one file for both: each page asks for it once
    sheets = {name: _asset(f"{name}.css", joined(styles).encode()) for name, styles in theme.sheets.items()}
    scripts = {name: _asset(name, theme.bundle[name]) for name in SCRIPTS if name in theme.bundle}
    words = (_asset("explorer-words.json", theme.script_words),) if theme.script_words else ()
    # Once more where its address stays the same, for programs of others.
    engine = [replace(scripts[name], url=url) for name, url in (("search.js", SEARCH_ENGINE), ("embed.js", EMBED_RESIZER))
              if name in scripts]
    return Assets(
        style=style.url, sheets={name: output.url for name, output in sheets.items()}, icon=icon.url, icon_type=icon.media_type,
        font=face[0].url if face else fonts[FONTS[0]].url if fonts else None,
        scripts={name: output.url for name, output in scripts.items()}, words=words[0].url if words else "",
        outputs=(style, *sheets.values(), icon, *scripts.values(), *words, *engine, *fonts.values(), *face),
        logo=logo.url if logo else "", logo_size=(theme.logo.width, theme.logo.height) if theme.logo else (0, 0),
    )


def assets_with_words(shared: Assets, theme: Theme) -> Assets:
    """The assets of a site in another language: the same, but for what its scripts say."""
    words = (_asset("explorer-words.json", theme.script_words),) if theme.script_words else ()
    url = words[0].url if words else ""
    # Of a language whose words are still to be written, they are those of the first.
    return replace(shared, words=url, outputs=words if url != shared.words else ())


def icon_of(site: SiteRecord) -> str:
    """What a browser's tab shows: the first letter of the site's name on its color."""
    letter = escape(site.name.strip()[:1].upper())
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
            f'<rect width="32" height="32" rx="6" fill="{escape(site.accent or THEME_ACCENT)}"/>'
            '<text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">'
            f"{letter}</text></svg>\n")


def joined(styles: Iterable[str]) -> str:
    """Style sheets one after the other, without comments and needless space."""
    return _joined(tuple(styles))


@lru_cache(maxsize=64)     # a server asks for the same ones after every edit
def _joined(styles: tuple[str, ...]) -> str:
    text = _PARTS.sub(lambda match: match[1] or (" " if match[2] else ""), "\n".join(styles))
    return _AROUND.sub(lambda match: match[1] or match[2], text).strip() + "\n"


def _fonts(theme: Theme, site: SiteRecord) -> dict[str, Output]:
    """The faces that are sent: all of them or none, since the style sheet names them all."""
    if site.font == "system" or theme.face or not theme.font_styles or not all(name in theme.bundle for name in FONTS):
        return {}
    return {name: _asset(name, theme.bundle[name]) for name in FONTS}


def _asset(name: str, body: bytes) -> Output:
    stem, _, ending = name.rpartition(".")
    return Output(url=asset_url(f"{stem}-{sha256(body)[:DIGEST_LENGTH]}.{ending}"), body=body,
                  media_type=_MEDIA_TYPES[ending], kind="asset", source=name)
