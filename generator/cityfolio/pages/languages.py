"""The languages that the interface speaks: their words, their numbers and their own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from gettext import NullTranslations
from hashlib import sha256

from cityfolio.files import Tree
from cityfolio.load.languages import SOURCE, base_of, file_of_words, place_of_words
from cityfolio.pages.sound_words import read_words, translations_of, unfit
from cityfolio.pages.spanish_words import SpanishWords
from cityfolio.pages.word_lines import UnreadableWords
from cityfolio.pages.words import Numbers, Words
from cityfolio.problems import Location, Problem

# Spanish is written for the Americas here, where numbers look as in English.
REGION = {"es": "es-US"}


def words_of_language(language: str, city_tree: Tree | None = None) -> Words | None:
    """The words of a language: the city's own file of them, or the one that comes along. None where there is neither.

    Words that cannot be read are those of English: `faults_of_words` says so, and nothing is published.
    """
    if base_of(language) == SOURCE:
        return Words(language=language)
    body = file_of_words(language, city_tree)
    return _words(language, body) if body is not None else None


def regional(language: str) -> str:
    """A language with the region by whose customs its numbers and days are written, where it names none."""
    return REGION.get(language, language)


@lru_cache(maxsize=64)
def own_name(language: str) -> str:
    """What a language calls itself, as the first word of a line: "Español"."""
    from babel import Locale, UnknownLocaleError  # not before a second language is asked for

    try:
        name = Locale.parse(language, sep="-").get_display_name(language.replace("-", "_")) or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=8)
def _words(language: str, body: bytes) -> Words:
    kind = SpanishWords if base_of(language) == "es" else Words
    try:
        translations: NullTranslations = translations_of(body, language)
    except UnreadableWords:
        translations = NullTranslations()
    return kind(translations=translations, language=language, numbers=numbers_of(language),
                digest=sha256(body).hexdigest())


def faults_of_words(languages: Iterable[str], city_tree: Tree) -> Iterator[Problem]:
    """The files of words of a city's own that cannot be read, and the words in others that no page can show."""
    places = {place_of_words(each, city_tree): each for each in languages if base_of(each) != SOURCE}
    for place, language in places.items():
        if place is None:
            continue
        try:
            words = read_words(city_tree.read(place), language)
        except UnreadableWords as error:
            yield Problem(
                code="words-unreadable",
                where=Location(path=place, line=error.line),
                says=f"these words cannot be read: {error.says}",
                fix=f"Save them as UTF-8, by a program for such files. `cityfolio i18n compile {language}` looks them through.",
            )
            continue
        for message, fault in unfit(words):
            yield Problem(
                code="words-unfit",
                where=Location(path=place, line=message.lineno),
                says=f"{fault}, and is not taken",
                fix="Keep what stands in %(…)s, in {…} and in tags as in the message, which is shown in English until then.",
            )


def numbers_of(language: str) -> Numbers:
    """How a language writes numbers, with the digits 0 to 9."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(regional(language), sep="-")
    except (UnknownLocaleError, ValueError):
        return Numbers()
    signs, pattern = locale.number_symbols["latn"], locale.decimal_formats[None]
    return Numbers(group=signs["group"], point=signs["decimal"], sizes=tuple(pattern.grouping))
