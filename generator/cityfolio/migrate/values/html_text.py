"""HTML in descriptions of other catalogs as Markdown: paragraphs, lists, links, emphasis; nothing that runs or is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_url

LONGEST = 100_000    # characters that are looked at; what a description can hold is half of it
# Tags that show that a text was meant as HTML. A lone "<" or "<5" does not.
TAG = re.compile(r"</?(?:p|br|div|span|a|ul|ol|li|b|i|u|strong|em|h[1-6]|table|tr|td|th|font|img|script|style|iframe|hr|pre"
                 r"|code|blockquote|section|article|object|embed|svg|form|input|button|sup|sub|center|small|tbody|thead)"
                 r"(?:\s[^<>]*)?/?>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
DROPPED = frozenset({"script", "style", "iframe", "object", "embed", "svg", "math", "form", "template", "noscript", "head",
                     "title", "audio", "video", "canvas", "select", "textarea", "button"})
EMPTY = frozenset({"br", "hr", "img", "input", "embed", "link", "meta", "source", "wbr", "col", "area", "base", "track"})
BLOCKS = frozenset({"p", "div", "section", "article", "header", "footer", "main", "aside", "center", "table", "tbody", "thead",
                    "figure", "figcaption", "dl", "dt", "dd", "address", "details", "summary", "blockquote", "pre"})
DECLARED = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>?", re.DOTALL)
UNCLOSED = re.compile(r"<(?![^<>]*>)")
SIGNS = re.compile(r"[\\`*]|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|<(?=[a-zA-Z/!?])|\[(?=[^\[\]]*\]\()")
EMPHASIS: Mapping[str, str] = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def looks_like_html(text: str) -> bool:
    """Whether a text was meant as HTML."""
    return "<" in text and TAG.search(text[:LONGEST]) is not None


def as_markdown_text(text: str, ledger: Ledger, field: str, *, is_html: bool = False) -> str:
    """The text with its HTML, where it has any, as Markdown; what was dropped is written down."""
    if len(text) > LONGEST:
        ledger.note("left-out", field, "longer than a description can be", text[LONGEST:])
        text = text[:LONGEST]
    if not (is_html or looks_like_html(text)):
        return unescape(text) if ENTITY.search(text) and "<" not in unescape(text) else text
    converter = _Converter()
    converter.feed(_with_whole_tags(text if "<" in text else unescape(text)))
    converter.close()
    made = converter.markdown()
    if made != text:
        ledger.note("mended", field, "HTML made Markdown", text, made)
    for dropped in sorted(converter.dropped):
        ledger.note("left-out", field, f"{dropped} in a text")
    return made


class _Converter(HTMLParser):
    """Collects Markdown while the parser meets tags. Unclosed and stray tags do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.line = ""                               # of the block that is being written
        self.lists: list[int | None] = []            # None: bullets; a number: the next one
        self.links: list[tuple[str | None, int]] = []
        self.marks: list[str] = []                   # of emphasis that is open
        self.hidden: list[str] = []                  # tags inside which nothing is kept
        self.dropped: set[str] = set()
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        if tag in DROPPED:
            self.dropped.add("a script or style" if tag in ("script", "style") else f"a {tag} element")
            if tag not in EMPTY:
                self.hidden.append(tag)
        if self.hidden:
            return
        values = {name: value or "" for name, value in attrs}
        if any(name.startswith("on") for name in values):
            self.dropped.add("an event handler")
        if tag == "br":
            self.break_line()
        elif tag == "a":
            self.links.append((self.address(values.get("href", "")), len(self.line)))
        elif tag == "img":
            self.dropped.add("a picture")
            self.line += _escaped(values.get("alt", ""))
        elif tag in EMPHASIS:
            self.line += EMPHASIS[tag]
            self.marks.append(EMPHASIS[tag])
        elif tag in ("td", "th"):
            self.line += " | " if self.cells else ""
            self.cells += 1
        else:
            self.open_block(tag)

    def break_line(self) -> None:
        """Begin a new line; after two breaks a new paragraph."""
        if self.line.endswith("  \n"):
            self.line = self.line.rstrip()
            self.end_block()
        elif self.line.strip():
            self.line = f"{self.line.rstrip(' ')}  \n"

    def open_block(self, tag: str) -> None:
        """Begin a block."""
        if tag in ("ul", "ol"):
            self.end_block()
            self.lists.append(None if tag == "ul" else 1)
        elif tag == "li":
            self.end_block()
            self.line = self.marker()
        elif tag == "tr":
            self.end_block()
            self.cells = 0
        elif re.fullmatch("h[1-6]", tag):
            self.end_block()
            self.line = "### "      # a description stands below the headings of its page
        elif tag in BLOCKS or tag == "hr":
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self.hidden:
            if tag == self.hidden[-1]:
                self.hidden.pop()
            return
        if tag == "a" and self.links:
            self.end_link(*self.links.pop())
        elif tag in EMPHASIS and self.marks and self.marks[-1] == EMPHASIS[tag]:
            self.end_emphasis(self.marks.pop())
        elif tag in ("ul", "ol"):
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag in BLOCKS or tag in ("li", "tr") or re.fullmatch("h[1-6]", tag):
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if self.hidden:
            return
        words = re.sub(r"\s+", " ", _escaped(data))
        if not self.line or self.line.endswith((" ", "\n")):
            words = words.lstrip(" ")
        self.line += words

    def address(self, given: str) -> str | None:
        """The address of a link where it can be linked to."""
        mended = mended_url(given) if given and not given.startswith(("#", "/")) else None
        if given.lower().startswith("mailto:"):
            return given if re.fullmatch(r"mailto:[^\s<>()\"']+", given, re.IGNORECASE) else None
        if mended is None or mended.url is None:
            if given:
                self.dropped.add("a link that cannot be followed")
            return None
        return mended.url.replace("(", "%28").replace(")", "%29")

    def end_link(self, url: str | None, start: int) -> None:
        """Put the words since a link began into brackets."""
        words = self.line[start:].strip()
        if url and words and "\n" not in words:
            space = " " if self.line[start:].startswith(" ") else ""
            shown = f"<{url}>" if words in (url, url.rstrip("/")) else f"[{words}]({url})"
            self.line = f"{self.line[:start]}{space}{shown}{' ' if self.line.endswith(' ') else ''}"

    def end_emphasis(self, mark: str) -> None:
        """Close emphasis, or take back marks with nothing between them."""
        before = self.line.rstrip(" ")
        if before.endswith(mark):
            self.line = before[: -len(mark)]
        else:
            # Spaces inside the marks would make them mere asterisks.
            self.line = f"{before}{mark}{' ' if before != self.line else ''}"

    def marker(self) -> str:
        """What a list entry begins with."""
        depth = max(0, min(len(self.lists), 6) - 1)
        if not self.lists or self.lists[-1] is None:
            return f"{'    ' * depth}- "
        number = self.lists[-1]
        self.lists[-1] = number + 1
        return f"{'    ' * depth}{number}. "

    def end_block(self) -> None:
        """Put the block that is being written behind the others."""
        text = self.line.rstrip()
        if text.strip() and not re.fullmatch(r"\s*(?:-|\d+\.|###)?\s*\**", text):
            self.blocks.append(text + "".join(reversed(self.marks)))
        self.line, self.links, self.marks, self.cells = "", [], [], 0

    def markdown(self) -> str:
        """All of it: blocks divided by empty lines, entries of a list below one another."""
        self.end_block()
        made: list[str] = []
        for block in self.blocks:
            is_entry = re.match(r"\s*(?:-|\d+\.) ", block) is not None
            was_entry = bool(made) and re.match(r"\s*(?:-|\d+\.) ", made[-1]) is not None
            made += [block] if not made or is_entry and was_entry else ["", block]
        return "\n".join(made).strip()


def _escaped(text: str) -> str:
    """Words whose signs Markdown would take for its own."""
    text = SIGNS.sub(lambda sign: f"\\{sign[0]}", text)
    return re.sub(r"^(\s*\d+)(?=[.)]\s)|^(\s*)(?=#{1,6}\s|>|[-+]\s)", r"\g<0>\\", text)


def _with_whole_tags(text: str) -> str:
    """The text without comments and declarations, and with every "<" that opens no tag escaped.

    The parser looks for the end of a tag again at each "<", which takes minutes where somebody wrote thousands of them.
    """
    return UNCLOSED.sub("&lt;", DECLARED.sub("", text))
