"""Texts of guides, rules and notes in further languages: `guides/ID.es.md` beside `guides/ID.md`, a text and nothing else.

Keys stand in the one file of the first language, where each may be written for each language; so no fact stands twice.
"""

from __future__ import annotations

from typing import Any

from cityfolio.frozen import Frozen, replace
from cityfolio.load.front_matter import FENCE, read_front_matter
from cityfolio.load.loaded import Sourced
from cityfolio.load.values import LANGUAGE
from cityfolio.model.practised import Body
from cityfolio.model.said import Said
from cityfolio.problems import Location, Problem


class Translation(Frozen):
    """A file that holds the text of another one in a further language."""

    path: str
    room: str
    id: str
    language: str

    @property
    def of(self) -> str:
        """The file whose text it is."""
        return f"{self.room}/{self.id}.md"

    def at(self, code: str, says: str, fix: str) -> Problem:
        """A problem of the file as a whole."""
        return Problem(code=code, where=Location(path=self.path), says=says, fix=fix)


def translation(path: str) -> Translation | None:
    """What a Markdown file of a room is a translation of; None where it is none by its name."""
    room, _, name = path.rpartition("/")
    identifier, _, language = name.removesuffix(".md").rpartition(".")
    return Translation(path, room, identifier, language) if identifier and LANGUAGE.fullmatch(language) else None


def misplaced(found: Translation, languages: tuple[str, ...], *, is_there: bool) -> Problem | None:
    """Why a text is shown nowhere: nothing is there that it is a text of, or the site has no pages for it."""
    if not is_there:
        return found.at("file-unexpected", f"there is no {found.of} whose text this could be",
                        f"Write {found.of} first: it holds the keys, and the text in the site's first language.")
    if languages and found.language == languages[0]:
        return found.at("file-unexpected", f'the text in "{found.language}", the site\'s first language, stands in {found.of}',
                        f"Move it there, below the second line of ---, or give this file the name of another language: "
                        f"{found.id}.LANGUAGE.md.")
    if languages and found.language not in languages:
        return found.at("language-not-of-site", f'the site has no pages in "{found.language}"',
                        f"Write one of {', '.join(languages)}, or add it to `languages:` in site.yaml.")
    return None


def text_of(found: Translation, body: bytes) -> tuple[Body, tuple[Problem, ...]]:
    """The text of a translation. Keys in it are a problem, and are not read."""
    keys, text, line, _ = read_front_matter(found.path, body) if body.removeprefix(b"\xef\xbb\xbf").startswith(FENCE) else (
        None, body.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"), 1, ())
    problem = Problem(code="key-unknown", where=Location(path=found.path, line=2, column=1),
                      says=f"keys are read in {found.of} alone, and this file holds its text in another language",
                      fix=f"Write them there for each language, as `title: {{en: ..., {found.language}: ...}}`, and delete "
                          "the lines from --- to ---.")
    return Body(text, found.path, line, found.language), (problem,) if keys is not None else ()


def with_texts(sourced: Sourced[Any], further: tuple[Body, ...], languages: tuple[str, ...]) -> Sourced[Any]:   # Any: a record
    """A record with its text in every language of a site that has several. Elsewhere it stays as it is."""
    if len(languages) < 2:
        return sourced
    every = (Body(sourced.body, sourced.document.path, sourced.body_line, languages[0]), *further)
    texts = {each.language: each.text for each in every if each.text.strip()}
    if not texts:
        return sourced
    first = next(iter(texts))
    said = Said(texts[first], first, texts).in_language(languages[0], languages[0])
    return replace(sourced, body=said, further=further)
