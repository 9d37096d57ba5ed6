"""The words that the scripts of a table's page say: drawn once a build, and fetched by the scripts when they start."""

from __future__ import annotations

from html.parser import HTMLParser

import orjson
from jinja2 import Environment, TemplateNotFound

TEMPLATE = "parts/explorer-words.html"


def script_words(environment: Environment) -> bytes:
    """The words by their keys, as JSON, out of the template that holds them; b"" for a theme without it.

    A word that has a form for each number has a key for each: "rows one", "rows other".
    """
    try:
        template = environment.get_template(TEMPLATE)
    except TemplateNotFound:
        return b""
    spans = _Spans()
    spans.feed(template.render())
    spans.close()
    return orjson.dumps(spans.texts)


class _Spans(HTMLParser):
    """The text of each element with a key. A city's own template may write them as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.key, self.tag = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text."""
        given = dict(attrs)
        if word := given.get("data-word"):
            form = given.get("data-plural")
            self.key, self.tag = f"{word} {form}" if form else word, tag
            self.texts[self.key] = ""

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag == self.tag:
            self.key = ""

    def handle_data(self, data: str) -> None:
        """Write on."""
        if self.key:
            self.texts[self.key] += data
