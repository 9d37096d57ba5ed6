"""Every message of the interface, gathered from the program and its themes as a file for translators holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import write_po

from cityfolio.files import FolderTree, Tree
from cityfolio.folders import locale_root, themes_root
from cityfolio.pages.city_theme import CITY_FOLDER
from cityfolio.pages.sound_words import forms_of, misplaced
from cityfolio.translating.declared import declared

# Beside what gettext calls ask for: what a kind of problem means, and what problems say, which the page of problems shows.
KEYWORDS = {**DEFAULT_KEYWORDS, "Code": (2,), "Sentence": (1,), "by_count": (1, 2)}
JINJA = {"trimmed": "true", "newstyle_gettext": "true"}
COMMENTS = ("Translators:",)


def messages(city: Tree | None = None) -> Catalog:
    """Every message, in the order of its places; those of a city's own templates come last."""
    found = Catalog(project="Cityfolio", charset="utf-8", fuzzy=False)
    program = FolderTree(locale_root().parent)
    # Themes lie within the package where it is installed.
    _gather(found, program, "cityfolio", lambda path: path.endswith(".py"), "python")
    _gather(found, FolderTree(themes_root()), "themes", _is_template, "jinja2")
    for each in declared():
        found.add(each.message, None, [(each.path, 1)], context=each.context)
    if city is not None:
        _gather(found, city, "", lambda path: path.startswith(CITY_FOLDER) and path.endswith(".html"), "jinja2")
    return found


def _is_template(path: str) -> bool:
    return path.endswith(".html") and "node_modules" not in path and "/templates/" in path


def _gather(found: Catalog, tree: Tree, root: str, is_asked: Callable[[str], bool], method: str) -> None:
    for node in tree.nodes():
        if node.kind != "file" or not is_asked(node.path):
            continue
        options = JINJA if method == "jinja2" else {}
        told = extract(method, BytesIO(tree.read(node.path)), keywords=KEYWORDS, comment_tags=COMMENTS, options=options)
        name = f"{root}/{node.path}" if root else node.path
        for line, message, comments, context in told:
            found.add(message, None, [(name, line)], auto_comments=comments, context=context)


def brought_up(known: Catalog, template: Catalog) -> Catalog:
    """The words of a language with every message that there is now: what is known stays, the rest is empty."""
    known.update(template, no_fuzzy_matching=True)
    known.obsolete.clear()
    return known


def as_file(words: Catalog) -> bytes:
    """The file of some words, without places and dates, so that it changes only where words do."""
    made = BytesIO()
    write_po(made, words, width=0, omit_header=False, no_location=True, sort_output=True, include_previous=False)
    return b"\n".join(line for line in made.getvalue().split(b"\n") if not line.startswith(b'"POT-Creation-Date'))


def unfilled(words: Catalog) -> Iterator[Message]:
    """The messages without words, or with words that are marked as not certain, which a build does not take."""
    for message in words:
        if message.id and (message.fuzzy or not all(forms_of(message.string))):
            yield message


def wrong(words: Catalog) -> Iterator[tuple[Message, str]]:
    """The messages whose words do not hold the same places and tags as the message, each with what is wrong."""
    for message, errors in words.check():
        yield from ((message, str(error)) for error in errors)
    for message in words:
        if message.id and all(forms_of(message.string)):
            yield from ((message, each) for each in misplaced(message))


def file_of(language: str, catalog: Path) -> Path:
    """Where a city keeps the words of a language."""
    return catalog / "locale" / language.replace("-", "_") / "LC_MESSAGES" / "cityfolio.po"
