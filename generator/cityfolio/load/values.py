"""Single values read by the kind of their key: text, dates, addresses, words of a list.

Every fault becomes a problem at its value, and the value is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import Any
from urllib.parse import urlsplit

from cityfolio.load.yaml import Document, Group, Items, Scalar, Value
from cityfolio.model import keys as k
from cityfolio.model.frequency import WORDS, frequency
from cityfolio.model.said import Said
from cityfolio.problems import Problem, did_you_mean

DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)
MOMENT = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
# A pragmatic reading of RFC 5321: what mail systems accept, without quoted local parts and address literals.
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# In any script: other portals have such addresses. ArcGIS Hub joins two names, /datasets/Example::trees, and Opendatasoft says
# where a dataset is from, /explore/dataset/trees@example/.
OLD_PATH = re.compile(r"(?:/[\w.~@-]+(?:::[\w.~@-]+)?)+/?")
NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,15})?")
NOT_IN_URL = re.compile(r"[\s<>\"\\^`{|}]")


@dataclass(slots=True)
class Reading:
    """One document being read, and what was wrong in it so far."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = ()    # of the site, its first one first; () where they are not known

    def note(self, code: str, value: Value, says: str, fix: str = "") -> None:
        """Note a problem at a value."""
        self.problems.append(Problem(code=code, where=self.document.location(value), says=says, fix=fix))

    def written(self, value: Scalar) -> str:
        """A value of one line as it stands in the file, also where YAML makes nothing of it."""
        line = "".join(self.document.lines[value.line - 1 : value.line])   # a value of nothing may be beyond the last
        return line[value.column - 1 : value.column - 1 + value.width].strip()


def _plain(name: str, value: Value, reading: Reading) -> str | None:
    if isinstance(value, Scalar):
        return (value.text or "").strip() or None
    given = "a list" if isinstance(value, Items) else "a group of keys"
    reading.note(
        "value-kind",
        value,
        f'"{name}" should be plain text, and is {given}',
        "Put text with a colon or a bracket in quotation marks.",
    )
    return None


def _text(kind: k.Text | k.Markdown, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is not None and len(text) > kind.max_length:
        reading.note(
            "text-long",
            value,
            f'"{name}" has {len(text):,} characters; {kind.max_length:,} fit',
            "Shorten it, or move the detail into the description.",
        )
        return None
    return text


def _prose(kind: k.Prose | k.Markdown, name: str, value: Value, reading: Reading) -> str | None:
    """A text in the site's first language, or one for each language as a group of keys."""
    first = reading.languages[0] if reading.languages else ""
    if not isinstance(value, Group) or not any(LANGUAGE.fullmatch(each) for each in value.entries):
        text = _text(kind, name, value, reading)
        return Said(text, first) if text is not None and len(reading.languages) > 1 else text
    texts = {language: text for language, given in value.entries.items() if _is_language(language, name, value, reading)
             and (text := _text(kind, f"{name}: {language}", given, reading)) is not None}
    if not texts:
        return None
    told = Said(next(iter(texts.values())), next(iter(texts)), texts)
    return told.in_language(first or told.language, first)


def _is_language(language: str, name: str, value: Group, reading: Reading) -> bool:
    """Whether a text may be in a language; note one that is none, or none of the site's."""
    where = value.keys[language]
    if not LANGUAGE.fullmatch(language):
        reading.note("language-invalid", where, f'{name}: "{language}" is not a language tag', "Write en, es or es-MX.")
        return False
    if reading.languages and language not in reading.languages:
        reading.note("language-not-of-site", where, f'{name}: the site has no pages in "{language}"',
                     f"Write one of {', '.join(reading.languages)}, or add it to `languages:` in site.yaml.")
        return False
    return True


def is_in_languages(value: Value) -> bool:
    """Whether a value is a group with a part for each language."""
    return isinstance(value, Group) and bool(value.entries) and all(LANGUAGE.fullmatch(each) for each in value.entries)


def _phrase(kind: k.Phrase, name: str, value: Value, reading: Reading) -> str | None:
    if isinstance(value, Scalar) and not any(map(str.isalnum, value.text or "")):
        shown = f"{written} is none" if (written := reading.written(value)) else "this one is empty"
        reading.note("value-kind", value, f'"{name}" should hold words, and {shown}',
                     "Delete it, or put a word that means nothing to YAML in quotation marks.")
        return None
    words = (_plain(name, value, reading) or "").split()
    text = " ".join(words)
    if len(words) > kind.max_words or len(text) > kind.max_length:
        reading.note("text-long", value,
                     f'"{name}" holds a phrase of {_counted(len(words), "word")} and {_counted(len(text), "character")}; '
                     f"{kind.max_words} and {kind.max_length} fit",
                     "Keep the words that residents would type.")
        return None
    return text or None


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number:,} {what}s"


def _day(kind: k.Day, name: str, value: Value, reading: Reading) -> date | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    match = DAY.fullmatch(text)
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        says = f'"{text}" is not a day that exists' if match else f'"{text}" is not written as YYYY-MM-DD'
        reading.note("date-invalid", value, f"{name}: {says}", "Write year, month and day, such as 2026-06-30.")
        return None


def _moment(kind: k.Moment, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    if MOMENT.fullmatch(text):
        try:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError:
            reading.note("date-invalid", value, f'{name}: "{text}" does not exist', "Write 2016, 2016-03 or 2016-03-01.")
            return None
        return text
    reading.note("date-invalid", value, f'{name}: "{text}" is not a year, month or day', "Write 2016, 2016-03 or 2016-03-01.")
    return None


def _url(kind: k.Url, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    scheme = text.partition(":")[0].lower() if ":" in text else ""
    if re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme) and scheme not in kind.schemes and "." not in scheme:
        reading.note(
            "url-scheme",
            value,
            f'{name}: addresses that start with "{scheme}:" are not linked to',
            f"Use one of {', '.join(each + '://' for each in kind.schemes)}.",
        )
        return None
    missing = [slot for slot in kind.slots if slot not in text]
    if missing:
        reading.note("url-invalid", value, f'{name}: "{text}" does not hold {" and ".join(missing)}',
                     f"Write {', '.join(kind.slots)} where they are to be filled in.")
        return None
    if not is_url(_filled(text, (*kind.slots, *kind.also)), kind.schemes):
        reading.note(
            "url-invalid",
            value,
            f'{name}: "{text}" is not a full web address',
            "Write it with its scheme and without spaces, such as https://example.gov/data.",
        )
        return None
    return text


def _filled(text: str, slots: tuple[str, ...]) -> str:
    for slot in slots:
        text = text.replace(slot, "0")
    return text


def is_url(text: str, schemes: tuple[str, ...]) -> bool:
    """Whether a text is a full address with one of these schemes, a host, and nothing that an address cannot hold."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError:
        return False
    return parts.scheme.lower() in schemes and bool(parts.hostname) and not NOT_IN_URL.search(text) and text.isprintable()


def _email(kind: k.Email, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or EMAIL.fullmatch(text):
        return text
    reading.note(
        "email-invalid", value, f'{name}: "{text}" is not an e-mail address', "Write one address, such as data@example.gov."
    )
    return None


def _choice(kind: k.Choice, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or text in kind.values or (kind.further and re.fullmatch(kind.further, text)):
        return text and intern(text)
    reading.note("choice-unknown", value, f'{name} "{text}" is not known', did_you_mean(text, kind.values))
    return None


def _integer(kind: k.Integer, name: str, value: Value, reading: Reading) -> int | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{1,15}", text) and int(text) >= kind.minimum:
        return int(text)
    reading.note(
        "number-invalid", value, f'{name}: "{text}" is not a whole number from {kind.minimum} up', "Write digits, such as 40."
    )
    return None


def _number(kind: k.Number, name: str, value: Value, reading: Reading) -> float | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    if NUMBER.fullmatch(text) and kind.least <= float(text) <= kind.most:
        return float(text)
    reading.note(
        "number-invalid", value, f'{name}: "{text}" is not a number from {kind.least:g} to {kind.most:g}',
        "Write digits with a point, such as 35.2271.",
    )
    return None


def _boolean(kind: k.Boolean, name: str, value: Value, reading: Reading) -> bool | None:
    # Nothing is no answer: `sensitive:` without a word must not mean "no".
    text = "" if isinstance(value, Scalar) and not (value.text or "").strip() else _plain(name, value, reading)
    if text is None or text in ("true", "false"):
        return None if text is None else text == "true"
    reading.note("boolean-invalid", value, f'{name}: "{text}" is neither true nor false', "Write true or false.")
    return None


def _repeats(kind: k.Repeats, name: str, value: Value, reading: Reading) -> object | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    found = frequency(text)
    if found is None:
        reading.note(
            "frequency-unknown", value, f'{name} "{text}" is not a known frequency', did_you_mean(text, WORDS, limit=20)
        )
    return found


def _color(kind: k.Color, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or COLOR.fullmatch(text):
        return text.lower() if text else None
    reading.note("color-invalid", value, f'{name}: "{text}" is not a color', 'Write it as "#rrggbb", in quotation marks.')
    return None


def _pattern(kind: k.Pattern, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    try:
        if re.compile(text).flags & re.VERBOSE:
            raise re.error("it cannot be in verbose mode, (?x)")
    except (re.error, OverflowError, RecursionError) as error:
        reading.note(
            "pattern-invalid",
            value,
            f'{name}: "{text}" is not a regular expression: {error}',
            "Put it in quotation marks, and a \\ before each sign that stands for itself.",
        )
        return None
    return text


def _file_path(kind: k.FilePath, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    parts = text.split("/")
    if "\\" in text or ":" in text or any(part in ("", ".", "..") or part.startswith(".") for part in parts):
        reading.note(
            "file-outside",
            value,
            f'{name}: "{text}" is not a file in this dataset\'s folder',
            "Write a name relative to the folder, with / between parts and without dots before a name.",
        )
        return None
    return text


def _language(kind: k.Language, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or LANGUAGE.fullmatch(text):
        return text
    reading.note("language-invalid", value, f'{name}: "{text}" is not a language tag', "Write en, es or es-MX.")
    return None


def _reference(kind: k.Reference, name: str, value: Value, reading: Reading) -> str | None:
    # Whether the id exists is known only when all files are read; `check.references` asks.
    return _plain(name, value, reading)


def _old_address(kind: k.OldAddress, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or IDENTIFIER.fullmatch(text):
        return text
    if is_site_path(text):
        return text
    reading.note(
        "address-invalid",
        value,
        f'{name}: "{text}" is neither an id nor a path',
        "Write a former id such as old-trees, or a former path such as /datasets/old-trees/.",
    )
    return None


def is_site_path(text: str) -> bool:
    """Whether a text can be a path of the site: from the root, without parts that climb."""
    return bool(OLD_PATH.fullmatch(text)) and not re.search(r"/\.{1,2}(?:/|$)", text)


Reader = Callable[[Any, str, Value, Reading], Any]  # Any: each reader takes and gives its own kind

VALUES: dict[type, Reader] = {
    k.Text: _text,
    k.Phrase: _phrase,
    k.Markdown: _prose,
    k.Prose: _prose,
    k.Day: _day,
    k.Moment: _moment,
    k.Url: _url,
    k.Email: _email,
    k.Choice: _choice,
    k.Integer: _integer,
    k.Number: _number,
    k.Boolean: _boolean,
    k.Repeats: _repeats,
    k.Color: _color,
    k.Pattern: _pattern,
    k.FilePath: _file_path,
    k.Language: _language,
    k.Reference: _reference,
    k.OldAddress: _old_address,
}
