"""The documents of this project as pages: which there are, where each lies on the site, and what each says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

from markupsafe import Markup

from cityfolio.pages.markdown import excerpt, rendered_on_site

ROOT = Path(__file__).resolve().parent.parent
FRONT = "docs/README.md"
# The kinds of documents, in the order of the navigation, and what each is for. They are the folders of docs/.
KINDS: Mapping[str, tuple[str, str]] = {
    "tutorial": ("Tutorial", "To learn: from nothing to a published site."),
    "how-to": ("How-to guides", "To get something done, step by step."),
    "reference": ("Reference", "To look up: every key, command, code, address and block."),
    "explanation": ("Explanation", "To understand how Cityfolio works, and why it does so."),
    "decisions": ("Decisions", "Why something is as it is, when it could well have been otherwise."),
    "problems": ("Problems", "A page for every code that a check reports."),
    "project": ("Project", "To change Cityfolio itself, and what changed in it."),
}
PROJECT = ("CONTRIBUTING.md", "CHANGELOG.md")   # beside docs/
MOST_OPENING = 4_000   # characters in which the first sentence is looked for

_FENCE = re.compile(r"^( *)(`{3,}).*?^\1\2 *$", re.MULTILINE | re.DOTALL)
# Code comes first, so that a link in it is none.
_LINK = re.compile(r"(`+)(?:(?!\1).)+?\1|!?(\[[^\]]*\])\(([^()\s]+)\)", re.DOTALL)
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_PICTURE = re.compile(r'<p><a href="([^"]+\.(?:png|webp))"[^>]*>(.*?)</a></p>', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page of Markdown. Links in its text are made paths of the site."""

    path: str      # in the repository: "docs/how-to/deploy.md"
    url: str       # on the site: "/how-to/deploy/"
    kind: str      # a key of KINDS; "" for the front page
    title: str
    text: str      # below the title


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading that a link can lead to."""

    id: str
    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in a page."""

    path: str
    width: int
    height: int


def documents(root: Path = ROOT) -> tuple[Document, ...]:
    """Every document, by kind and then by title; the front page first."""
    paths = [*sorted((root / "docs").rglob("*.md")), *(root / name for name in PROJECT)]
    found = [_document(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
    kinds = ["", *KINDS]
    return tuple(sorted(found, key=lambda each: (kinds.index(each.kind), each.title.casefold(), each.path)))


def url_of(path: str) -> str:
    """Where a file of the repository is on the site: a document at a page of its own, any other file or folder at its path."""
    if path in PROJECT:
        return f"/{path.removesuffix('.md').lower()}/"
    inner = path.removeprefix("docs/")
    if inner == path:
        return f"/repository/{'/'.join(part.lstrip('.') for part in path.split('/'))}"
    if not inner.endswith(".md"):
        return f"/{inner}/" if (ROOT / path).is_dir() else f"/{inner}"
    inner = inner.removesuffix("README.md").removesuffix(".md")
    return f"/{inner}/".replace("//", "/")


def linked_places(text: str) -> Iterator[str]:
    """The site paths that a document's text leads to."""
    places = (match[3].partition("#")[0] for match in _LINK.finditer(_FENCE.sub("", text)) if match[3])
    yield from (place for place in places if place.startswith("/"))


def path_of(url: str) -> str:
    """The file of the repository behind a site path that is no page."""
    if not url.startswith("/repository/"):
        return f"docs{url}"
    wanted = url.removeprefix("/repository/")
    return next((path for path in (wanted, f".{wanted}") if (ROOT / path).is_file()), wanted)


def summary_of(document: Document) -> str:
    """The first sentence of a document, without code."""
    opening = _FENCE.sub("", document.text)[:MOST_OPENING]
    return excerpt(opening.rpartition("\n\n")[0] if len(opening) == MOST_OPENING else opening)


def rendered_document(document: Document, link: Callable[[str], str], pictures: Mapping[str, Picture]) -> Markup:
    """The text as HTML with an id at each heading. `link` makes a site path a link of the page."""
    seen: dict[str, int] = {}
    text = "\n".join(rendered_on_site(part, 2, link) for part in _parts(document.text) if part.strip())
    text = _HEADING.sub(lambda match: f'<h{match[1]} id="{_id(match[2], seen)}">{match[2]}</h{match[1]}>', text)
    text = text.replace("<th></th>", "<td></td>")           # the corner of a table heads nothing
    text = text.replace("<pre>", '<pre tabindex="0">')      # what is wider than the page is reached with the keyboard
    return Markup(_PICTURE.sub(lambda match: _image(match, pictures), text))


def headings(text: str) -> tuple[Heading, ...]:
    """The headings of a rendered text."""
    found = re.findall(r'<h([2-6]) id="([^"]*)">(.*?)</h\1>', text, re.DOTALL)
    return tuple(Heading(id=name, text=_plain(words), level=int(level)) for level, name, words in found)


def picture_of(path: str, body: bytes) -> Picture:
    """A PNG or a WebP file with its width and height."""
    if body.startswith(b"\x89PNG"):
        return Picture(path=path, width=int.from_bytes(body[16:20]), height=int.from_bytes(body[20:24]))
    assert body[:4] == b"RIFF"
    assert body[12:16] == b"VP8X", f"{path} is none of the WebP files that a browser writes"
    return Picture(path=path, width=int.from_bytes(body[24:27], "little") + 1, height=int.from_bytes(body[27:30], "little") + 1)


def _document(path: str, text: str) -> Document:
    found = _TITLE.search(text)
    assert found, f"{path} has no title"
    kind = "" if path == FRONT else "project" if path in PROJECT else path.split("/")[1]
    body = text[found.end():].strip("\n") + "\n"
    return Document(path=path, url=url_of(path), kind=kind, title=found[1].replace("`", ""), text=_with_site_paths(body, path))


def _with_site_paths(text: str, path: str) -> str:
    """A text whose links between files of the repository are paths of the site."""
    folder = PurePosixPath(path).parent

    def led(match: re.Match[str]) -> str:
        place, mark, anchor = (match[3] or "").partition("#")
        if not match[3] or re.match(r"[a-z]+:", match[3]):
            return match[0]
        url = url_of(normpath(str(folder / place))) if place else url_of(path)
        return f"{match[2]}({url}{mark}{anchor})"

    at, made = 0, []
    for fence in _FENCE.finditer(text):
        made += [_LINK.sub(led, text[at:fence.start()]), fence[0]]
        at = fence.end()
    return "".join(made) + _LINK.sub(led, text[at:])


def _parts(text: str) -> Iterator[str]:
    """A text section by section: the renderer shows what is longer than it reads in bounded time as it was written."""
    fences = [(match.start(), match.end()) for match in _FENCE.finditer(text)]
    cuts = [match.start() for match in _SECTION.finditer(text)
            if not any(start < match.start() < end for start, end in fences)]
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        yield _outdented(text[start:end])


def _outdented(text: str) -> str:
    """Code within a step of a list, which the renderer knows by its indentation alone."""
    def indented(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0]
        lines = match[0].split("\n")[1:-1]
        return "\n" + "\n".join(" " * 8 + line[len(match[1]):] for line in lines)

    return _FENCE.sub(indented, text)


def _id(words: str, seen: dict[str, int]) -> str:
    """The anchor that code hosts give to a heading."""
    plain = re.sub(r"[^\w\- ]", "", _plain(words).lower()).replace(" ", "-")
    seen[plain] = seen.get(plain, -1) + 1
    return f"{plain}-{seen[plain]}" if seen[plain] else plain


def _plain(words: str) -> str:
    return html.unescape(_TAG.sub("", words))


def _image(match: re.Match[str], pictures: Mapping[str, Picture]) -> str:
    picture = pictures[match[1].rpartition("/")[2]]
    return (f'<p class="picture"><img src="{match[1]}" alt="{match[2]}" width="{picture.width}" height="{picture.height}" '
            'loading="lazy"></p>')
