"""What problems, documents and links say, in the language of the tree: each sentence is recognized and said anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from cityfolio.load.languages import SOURCE, base_of
from cityfolio.pages.sentences import DAYS, DECIMALS, NUMBERS, Recognized, Sentence, recognized, whole
from cityfolio.pages.sentences_of_files import OF_FILES
from cityfolio.pages.sentences_of_records import OF_RECORDS
from cityfolio.pages.sentences_within import WITHIN
from cityfolio.pages.words import Words
from cityfolio.problems import Problem

SENTENCES: Mapping[str, tuple[Sentence, ...]] = {**OF_RECORDS, **OF_FILES}
FIGURES = ("meant", "value")     # places of numbers with decimals, as a file has them
DEEPEST = 12                     # sentences within each other: nobody writes so many, but a city's text may hold them


def problem_said(problem: Problem, words: Words) -> Markup:
    """A problem's sentence in the reader's language; in English, and marked so, where the program has no other words for it.

    What a plugin says is its own text, and stays as it is.
    """
    return _in_its_language(problem.says, SENTENCES.get(problem.code, ()), words)


def link_said(says: str, words: Words) -> Markup:
    """What was found at an address, in the reader's language."""
    return _in_its_language(says, WITHIN["link"], words)


def document_said(says: str, words: Words) -> Markup:
    """What keeps people from reading a document, fault by fault, in the reader's language."""
    return Markup("; ").join(_in_its_language(each, WITHIN["document"], words) for each in says.split("; "))


def _in_its_language(says: str, among: Sequence[Sentence], words: Words) -> Markup:
    if base_of(words.language) == SOURCE:
        return Markup.escape(says)
    said = _said(says, among, words)
    return _in_english(says) if said is None else said


def _in_english(says: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(SOURCE, says)


def _said(says: str, among: Sequence[Sentence], words: Words, depth: int = 0) -> Markup | None:
    found = recognized(says, among) if depth < DEEPEST else None
    message = _message(found, words) if found else None
    if found is None or message is None:
        return None
    return message % {name: _value(name, text, words, depth) for name, text in found.values.items()}


def _message(found: Recognized, words: Words) -> Markup | None:
    """The sentence in the reader's language with its places; None where it has no words there.

    Values are put in afterwards, so that what draws articles together leaves a city's words as they are.
    """
    one, many = found.sentence.one, found.sentence.many
    if not many:
        message = words.gettext(one)
        return None if message == one else message
    if words.translations.ngettext(one, many, found.count) in (one, many):
        return None
    places = {name: f"%({name})s" for name in found.values if name != "count"}
    return words.ngettext(one, many, found.count, **places)


def _value(name: str, text: str, words: Words, depth: int) -> Markup | str:
    if name in WITHIN:
        said = _said(text, WITHIN[name], words, depth + 1)
        return _in_english(text) if said is None else said
    if name in DAYS:
        return _day(text, words)
    if name in NUMBERS:
        return words.number(whole(text))
    if name in DECIMALS:
        return words.decimal(text)
    return words.figure(text) if name in FIGURES else text


def _day(text: str, words: Words) -> Markup | str:
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:      # it has the form of a day, and is none
        return text
