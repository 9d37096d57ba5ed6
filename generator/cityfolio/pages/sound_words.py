"""Words of a language as a build takes them: read from a PO file, each message with the places and tags that it must keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations, c2py
from io import BytesIO
from typing import TYPE_CHECKING

from cityfolio.pages.word_lines import UnreadableWords, checked_plurals, lines_of_words

if TYPE_CHECKING:     # Babel is imported where a language other than English is asked for
    from babel.messages.catalog import Catalog, Message

PLACES = re.compile(r"%\([a-z_]+\)[sd]|%%|\{[a-z_]+\}")
_TAGS = re.compile(r"<[^<>]*>")
_SIGNS = frozenset('<>"%')      # a translation may do without one; one too many may end a tag or what stands in it


def read_words(body: bytes, language: str) -> Catalog:
    """A file of words as Babel has it. Raises UnreadableWords."""
    from babel.messages.pofile import PoFileError, read_po

    lines = lines_of_words(body)
    checked_plurals(lines)
    try:
        words = read_po(lines, locale=language.replace("-", "_"), abort_invalid=True)
        c2py(words.plural_expr)
    except PoFileError as error:     # what is left: a form beyond those that the head says there are
        raise UnreadableWords("the message has more forms than Plural-Forms says", error.lineno + 1) from error
    except (ValueError, AttributeError) as error:      # a value of the head, as a date, or a second rule
        raise UnreadableWords(f"its head cannot be read: {error}", 1) from error
    words.charset = "utf-8"      # of what is written of them; what the head named was read already
    return words


def translations_of(body: bytes, language: str) -> GNUTranslations:
    """The messages of a PO file, ready to be asked: none that is marked as not certain, and none that would break a page.

    Raises UnreadableWords.
    """
    from babel.messages.mofile import write_mo

    words = read_words(body, language)
    for message in words:
        if message.id and any(misplaced(message)):
            message.string = ""
    made = BytesIO()
    write_mo(made, words)
    made.seek(0)
    return GNUTranslations(made)


def misplaced(message: Message) -> Iterator[str]:
    """What words lack or have beyond the places and tags of their message. Only the form of one may leave out the count."""
    *singular, many = (message.id,) if isinstance(message.id, str) else message.id
    wanted, forms = _parts(many), forms_of(message.string)
    for at, form in enumerate(forms):
        given = _parts(form) if form else wanted
        lost = wanted - given - _SIGNS - ({"%(count)s"} if singular and at < len(forms) - 1 else set())
        if lost:
            yield f"“{form}” lacks {', '.join(sorted(lost))}"
        elif given - wanted:
            yield f"“{form}” has {', '.join(sorted(given - wanted))}, which the message has not"


def unfit(words: Catalog) -> Iterator[tuple[Message, str]]:
    """The messages whose words a build does not take, each with why."""
    for message in words:
        if message.id and not message.fuzzy:
            yield from ((message, each) for each in misplaced(message))


def forms_of(string: str | Iterable[str] | None) -> tuple[str, ...]:
    """The forms of a message that has several, or the one of any other."""
    return (string or "",) if isinstance(string, str) or string is None else tuple(string)


def _parts(text: str) -> set[str]:
    """Places, tags, and signs that would be read as part of one."""
    around = _TAGS.sub("", text)
    return {*PLACES.findall(text), *_TAGS.findall(text), *((_SIGNS - {"%"}) & set(around)),
            *({"%"} & set(PLACES.sub("", text)))}
