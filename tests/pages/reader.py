"""A page as a reader meets it: headings, links by their words, tables, what can be seen.

    page = read(output)
    assert page.link("Download CSV").address == "requests.csv"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib

from cityfolio.model.site import Output

HTML = "{http://www.w3.org/1999/xhtml}"
UNSEEN = {f"{HTML}{name}" for name in ("script", "style", "template", "head")}
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-months")
SAID_BY_SCRIPTS = "data-say-"


class NotThereError(AssertionError):
    """What a test looked for is not on the page; says what is."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a page with what is in it."""

    element: Element

    @property
    def text(self) -> str:
        """Its words, in one line."""
        return " ".join("".join(_words(self.element)).split())

    @property
    def address(self) -> str:
        """Where it leads."""
        return self.element.get("href", "")

    def get(self, attribute: str) -> str | None:
        """One of its attributes."""
        return self.element.get(attribute)

    def all(self, name: str, /, **attributes: str) -> list[Part]:
        """The elements of one name within it, with these attributes: `all("a", rel="noopener")`."""
        return [Part(each) for each in self.element.iter(f"{HTML}{name}") if _has(each, attributes)]

    def one(self, name: str, /, **attributes: str) -> Part:
        """The only element of its name and attributes."""
        found = self.all(name, **attributes)
        if len(found) != 1:
            raise NotThereError(f"{len(found)} <{name}> with {attributes}")
        return found[0]

    def heading(self, level: int) -> str:
        """The first heading of a level."""
        return self.headings(level)[0]

    def headings(self, level: int) -> list[str]:
        """Every heading of a level."""
        return [part.text for part in self.all(f"h{level}")]

    def links(self) -> dict[str, str]:
        """Links by their words."""
        return {part.text: part.address for part in self.all("a")}

    def link(self, words: str) -> Part:
        """The first link whose words begin so."""
        found = [part for part in self.all("a") if part.text.startswith(words)]
        if not found:
            raise NotThereError(f'no link "{words}" among {sorted(self.links())}')
        return found[0]

    def section(self, heading: str) -> Part:
        """The smallest part of the page that holds a heading."""
        parts = [part for name in ("section", "div", "nav") for part in self.all(name)
                 if heading in [*part.headings(2), *part.headings(3)]]
        if not parts:
            raise NotThereError(f'no section "{heading}" among {self.headings(2)}')
        return min(parts, key=lambda part: len(part.text))

    def table(self, index: int = 0) -> list[list[str]]:
        """The cells of a table, header first."""
        return [[cell.text for cell in _cells(row)] for row in self.all("table")[index].all("tr")]

    def facts(self) -> dict[str, str]:
        """Every description list as a mapping."""
        terms, values = self.all("dt"), self.all("dd")
        return {term.text: value.text for term, value in zip(terms, values, strict=True)}

    def by_id(self, name: str) -> Part:
        """The element with an id."""
        for each in self.element.iter():
            if each.get("id") == name:
                return Part(each)
        raise NotThereError(f'no id "{name}"')

    def ids(self) -> list[str]:
        """Every id, in order."""
        return [each.get("id", "") for each in self.element.iter() if each.get("id")]

    def spoken(self) -> list[str]:
        """Everything a reader may see or hear: all words as one text, then each attribute that is shown or read out."""
        attributes = [value for each in self.element.iter() for name, value in each.items()
                      if name in SPOKEN or name.startswith(SAID_BY_SCRIPTS)]
        descriptions = [part.get("content") or "" for part in self.all("meta", name="description")]
        return [text for text in ("".join(_words(self.one("body").element)), *attributes, *descriptions) if text]


@dataclass(frozen=True, slots=True)
class ReadPage(Part):
    """A whole page, with its source."""

    source: str

    @property
    def title(self) -> str:
        """What a tab shows."""
        return self.element.find(f"{HTML}head/{HTML}title").text or ""  # type: ignore[union-attr]

    @property
    def body(self) -> Part:
        """What is shown."""
        return self.one("body")

    @property
    def main(self) -> Part:
        """The page without its frame."""
        return self.one("main")

    def alternates(self) -> dict[str, str]:
        """Twins named in the head: address by media type."""
        return {part.get("type") or "": part.address for part in self.all("link", rel="alternate")}


def read(output: Output) -> ReadPage:
    """Read a page strictly: markup that a browser would have to mend is an error."""
    assert isinstance(output.body, bytes)
    text = output.body.decode()
    return ReadPage(html5lib.HTMLParser(strict=True).parse(text), text)


def page_at(outputs: tuple[Output, ...], url: str) -> ReadPage:
    """The page at an address of the site."""
    found = [output for output in outputs if output.url == url]
    if len(found) != 1:
        raise NotThereError(f"{len(found)} outputs at {url}, among {[output.url for output in outputs]}")
    return read(found[0])


def _has(element: Element, attributes: dict[str, str]) -> bool:
    return all(element.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items())


def _cells(row: Part) -> list[Part]:
    return [Part(each) for each in row.element if each.tag in (f"{HTML}td", f"{HTML}th")]


def _words(element: Element) -> Iterator[str]:
    if element.tag in UNSEEN or not isinstance(element.tag, str):
        return
    if element.tag == f"{HTML}br":
        yield " "
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
