"""Markdown from a city's files as safe HTML, and its first sentence as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote

import markdown as python_markdown
import nh3
from markupsafe import Markup, escape

from cityfolio.model.said import Said, foreign_language
from cityfolio.pages.direction import tongue
from cityfolio.pages.usual_markdown import is_plain, usual_html

# What may stand in a page. Everything else is taken out as the very last step, whatever was written.
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "th": {"scope", "colspan", "rowspan"},
              "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
DROPPED_WITH_TEXT = {"script", "style", "template", "iframe", "object", "noscript", "textarea", "title"}

# Beyond these bounds the time that Python-Markdown takes grows with the square of the length, or its recursion breaks.
# They are counts, not seconds, so that every machine decides alike.
MOST_CHARACTERS = 60_000
MOST_OF_ONE = {"[": 500, "<": 1_000, "<!": 20}
MOST_BRACKETS_BY_CHARACTERS = 4_000_000   # each open bracket is looked for to the end of the text
MOST_LINES_OF_A_BLOCK = 1_000
MOST_INDENT = 48
_NESTED_MARKERS = re.compile(r"^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*){9}", re.MULTILINE)
_INDENT = re.compile(rf"^[ \t]{{{MOST_INDENT}}}", re.MULTILINE)

_FULL = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SITE_PATH = re.compile(r"/(?![/\\])[^\s\\]*")      # not "//host", which leads elsewhere


def _kept(tag: str, attribute: str, value: str) -> str | None:
    # A relative link would lead to another place on every page that shows the text; the check has said so.
    return value if attribute != "href" or _FULL.match(value) else None


def _kept_on_site(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or _FULL.match(value) or _SITE_PATH.fullmatch(value) else None


_CONVERTER = python_markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="html")
_CLEANER = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, clean_content_tags=DROPPED_WITH_TEXT, link_rel="noopener",
    strip_comments=True, attribute_filter=_kept,
)
_CLEANER_ON_SITE = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, clean_content_tags=DROPPED_WITH_TEXT, link_rel="noopener",
    strip_comments=True, attribute_filter=_kept_on_site,
)
_TEXT_ONLY = nh3.Cleaner(tags=set(), clean_content_tags=DROPPED_WITH_TEXT)
_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_TO_SITE_PATH = re.compile(r'(?<=<a)((?: [a-z]+="[^"]*")*? href=")(/[^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_WHOLE_HEADING = re.compile(r"<h([1-6])>.*?</h\1>", re.DOTALL)
_BETWEEN = re.compile(r"</?(?:p|li|br|td|th|tr|hr|dd|dt|pre|blockquote)\b[^>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\bvs\.)(?<!\bSt\.)\s")
_TOLD = re.compile(r'<span lang="[^"]*"(?: dir="rtl")?>(.*?)</span>', re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def told(text: str) -> str:
    """A text as markup that says its language, where that is not the page's; any other as it is."""
    language = foreign_language(text)
    return Markup("<span {}>{}</span>").format(tongue(language), str(text)) if language else text


def untold(text: str) -> str:
    """The same without what says languages in it, for titles and attributes, which have no markup."""
    return Markup(_TOLD.sub(r"\1", str(text))) if isinstance(text, Markup) else text


def rendered(text: str, heading: int = 3) -> Markup:
    """Markdown as HTML whose highest heading is of level `heading`; where it is not in the page's language, that is said."""
    return in_its_language(_rendered(str(text), heading), text)


def in_its_language(html: Markup, text: str) -> Markup:
    """What was made of a text, as markup that says its language where that is not the page's."""
    language = foreign_language(text)
    return Markup("<div {}>{}</div>").format(tongue(language), html) if language else html


@lru_cache(maxsize=4_096)
def _rendered(text: str, heading: int) -> Markup:
    """The same without its language, cut down to an allow-list of tags.

    Text that would take Python-Markdown too long, or too deep, is shown as written, in paragraphs.
    """
    if not is_tame(text):
        return _as_written(text)
    usual = usual_html(text)
    if usual is not None:
        return Markup(usual)
    _CONVERTER.reset()
    clean = _LINK.sub(_without_hollow, _CLEANER.clean(_CONVERTER.convert(text)))
    return Markup(_scrolling_tables(_shifted(clean, heading)))


def rendered_on_site(text: str, heading: int, link: Callable[[str], str]) -> Markup:
    """The same of a text that has a page of its own, where links to "/data/trees/" lead to pages of the site.

    `link` makes such a path a link of the page; verifying the site finds those that lead nowhere.
    """
    return in_its_language(_rendered_on_site(str(text), heading, link), text)


def _rendered_on_site(text: str, heading: int, link: Callable[[str], str]) -> Markup:
    if not is_tame(text):
        return _as_written(text)
    _CONVERTER.reset()
    clean = _LINK.sub(_without_hollow, _CLEANER_ON_SITE.clean(_CONVERTER.convert(text)))
    led = _TO_SITE_PATH.sub(lambda match: f'{match[1]}{escape(_led(html.unescape(match[2]), link))}"', clean)
    return Markup(_scrolling_tables(_shifted(led, heading)))


def _led(path: str, link: Callable[[str], str]) -> str:
    """A path as somebody wrote it as a link; what is asked of the page stays behind it."""
    place, anchor_mark, anchor = path.partition("#")
    place, query_mark, query = place.partition("?")
    return link(unquote(place)) + query_mark + query + anchor_mark + anchor


def is_tame(text: str) -> bool:
    """Whether Python-Markdown can be trusted with a text: short enough, not nested too deeply, few open brackets."""
    if len(text) > MOST_CHARACTERS:
        return False
    if ("[" in text or "<" in text) and any(text.count(part) > most for part, most in MOST_OF_ONE.items()):
        return False
    if text.count("[") * len(text) > MOST_BRACKETS_BY_CHARACTERS:
        return False
    if "\n" not in text:
        return not (_NESTED_MARKERS.match(text) or _INDENT.match(text))
    if _NESTED_MARKERS.search(text) or _INDENT.search(text):
        return False
    return all(block.count("\n") < MOST_LINES_OF_A_BLOCK for block in re.split(r"\n[ \t]*\n", text))


def excerpt(text: str, limit: int = 160) -> str:
    """The first sentence of a Markdown text, without its markup and headings, in at most `limit` characters."""
    language = foreign_language(text)
    return Said(_excerpt(str(text), limit), language, foreign=True) if language else _excerpt(text, limit)


@lru_cache(maxsize=4_096)
def _excerpt(text: str, limit: int) -> str:
    words = " ".join((text if is_tame(text) and is_plain(text) else _without_markup(_rendered(text, 3))).split())
    first = _SENTENCE_END.split(words, maxsplit=1)[0]
    if len(first) <= limit:
        return first
    return first[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def _without_markup(html_text: str) -> str:
    # Words that stand in paragraphs or items of their own would else be joined into one.
    return html.unescape(_TEXT_ONLY.clean(_BETWEEN.sub(" ", _WHOLE_HEADING.sub(" ", html_text))))


def _without_hollow(link: re.Match[str]) -> str:
    """A link, or its words alone when its address was taken out."""
    return link[0] if ' href="' in link[1] else link[2]


def _as_written(text: str) -> Markup:
    blocks = (block.strip("\n") for block in re.split(r"\n[ \t]*\n", text))
    return Markup("\n").join(Markup('<p class="as-written">{}</p>').format(block) for block in blocks if block.strip())


def _shifted(clean: str, heading: int) -> str:
    """Move headings to the levels that the page has room for: the highest is `heading`, and none descends by more than one."""
    written = [int(level) for slash, level in _HEADING.findall(clean) if not slash]
    if not written:
        return clean
    shift, before, levels = heading - min(written), heading - 1, []
    for level in written:
        before = min(level + shift, before + 1, 6)
        levels.append(before)
    # Headings do not nest, so each level is used twice: to open and to close.
    places = iter([level for level in levels for _ in ("open", "close")])
    return _HEADING.sub(lambda match: f"<{match[1]}h{next(places)}>", clean)


def _scrolling_tables(clean: str) -> str:
    """Give each table a region of its own to scroll in, which the keyboard can reach."""
    if "<table>" not in clean:
        return clean
    return _TABLE.sub(lambda match: f'<div class="scroller" tabindex="0">{match[0]}</div>', clean)


def paragraphs(text: str) -> Markup:
    """Plain text in paragraphs, exactly as written."""
    parts = (Markup("<p>{}</p>").format(part.strip()) for part in text.split("\n\n") if part.strip())
    return in_its_language(Markup("\n").join(parts), text)


def words_only(text: str) -> str:
    """Text without a line break or a run of spaces, for attributes and titles."""
    if type(text) is str:      # no tag is one in it: escaped, stripped and unescaped it would be as it is
        return " ".join(text.split())
    return " ".join(str(escape(text).striptags()).split())
