"""The fields of a form, drawn from the same declarations as the loader (`model/keys.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal

from markupsafe import Markup, escape

from cityfolio.model import keys
from cityfolio.model.frequency import WORDS, frequency
from cityfolio.model.keys import Key, Kind, keys_of
from cityfolio.pages.words import Words
from cityfolio.reference import in_words

Control = Literal["line", "long", "choice", "flag", "reference", "suggested", "group", "list", "map", "yaml"]
CODE = re.compile("`([^`]+)`")
SHORT_TEXT = 250              # characters; a longer text gets several lines
MOST_DEEP = 4                 # groups within groups that have fields of their own; deeper ones are written in YAML
# What is asked of each entry at once; the rest of its keys is folded.
FIRST_KEYS = {
    "ColumnRecord": ("title", "type", "unit", "required", "description"),
    "FileRecord": ("path", "url", "title", "description"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One key as a form asks for it. `id` is the id of its control, from the keys above it joined by "-"."""

    id: str
    key: str
    label: str
    help: str                               # markup once it is in the reader's language
    kind: str                               # what a value is, in words
    example: str
    control: Control
    need: Literal["error", "warning", "no"] = "no"
    choices: tuple[tuple[str, str], ...] = ()   # of a choice, or to suggest: as written, and in words
    room: str = ""                          # where the ids are that it may name
    most: int | None = None                 # characters
    parts: tuple[FieldView, ...] = ()       # the keys of a group
    folded: tuple[FieldView, ...] = ()      # further keys of a group, seldom needed
    entry: FieldView | None = None          # what a list or a map holds


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields that belong together."""

    id: str
    title: str
    fields: tuple[FieldView, ...]
    is_folded: bool = False


def form_fields(record: type, words: Words) -> tuple[FieldView, ...]:
    """Every key of a kind of file, in the documented order."""
    return tuple(_translated(field, words) for field in _fields(record, "f", 0))


def _translated(field: FieldView, words: Words) -> FieldView:
    """A field in the reader's language. What is said of a key is no markup, but for what stands between backticks."""
    label = str(words.gettext(field.label)) if field.label else ""
    kind, told = (_said(text, words) for text in (field.kind, field.help))
    return replace(
        field, label=label, kind=kind, help=Markup(CODE.sub(r"<code>\1</code>", str(told))),
        choices=tuple((each, _choice(each, field, words)) for each, _ in field.choices),
        entry=field.entry and _translated(field.entry, words),
        parts=tuple(_translated(each, words) for each in field.parts),
        folded=tuple(_translated(each, words) for each in field.folded))


def _said(text: str, words: Words) -> Markup:
    """What is said of a key, which is told of in English where a language has no words for it."""
    said = escape(str(words.gettext(text))) if text else Markup("")
    is_foreign = text and str(words.gettext(text)) == text and not words.language.startswith("en")
    return Markup('<span lang="en">{}</span>').format(said) if is_foreign else said


def _choice(given: str, field: FieldView, words: Words) -> str:
    """What a choice is called where it is shown to a reader: how often something is renewed in the words of its page."""
    every = frequency(given) if field.control == "suggested" else None
    return str(words.frequency(every) if every else words.gettext(given))


def _fields(record: type, above: str, depth: int) -> Iterator[FieldView]:
    defaults = {each.name: each.default for each in fields(record)}
    for name, key in keys_of(record).items():
        yield _field(name, key, f"{above}-{name}", depth, defaults[name])


def _field(name: str, key: Key, at: str, depth: int, default: object) -> FieldView:
    said = f"{key.doc} When left out: {default}." if isinstance(default, str) and default else key.doc
    plain = FieldView(id=at, key=name, label=label_of(name), help=said, kind=_plainly(key.kind), example=key.example,
                      control="line", need=key.needed)
    return _shaped(plain, key.kind, depth)


def _plainly(kind: Kind) -> str:
    # A field holds one text. What a file says in several languages stays as it is.
    words = in_words(kind).partition(", see [")[0].partition(", or one ")[0].replace("`", "")
    return f"{words[:1].upper()}{words[1:]}."


def label_of(name: str) -> str:
    """A key in plain words: "Each row is" of `each_row_is`."""
    words = name.replace("_", " ")
    return LABELS.get(name, words[:1].upper() + words[1:])


LABELS = {"url": "Address (URL)", "path": "File", "license": "License", "k": "Least rows of a group (k)",
          "l": "Least different values (l)", "spdx": "SPDX identifier", "email": "E-mail"}
ENTRIES = {"files": "File", "columns": "Column", "topics": "Topic", "keywords": "Keyword", "questions": "Question",
           "charts": "Chart", "notes": "Fact", "values": "Code", "targets": "Target", "actions": "Action", "reviews": "Review"}


def _shaped(field: FieldView, kind: Kind, depth: int) -> FieldView:
    """A field with the control that a kind of value gets, and what that needs."""
    match kind:
        case keys.Choice(values):
            return replace(field, control="choice", choices=tuple((each, each) for each in values))
        case keys.Boolean():
            return replace(field, control="flag")
        case keys.Reference(room):
            return replace(field, control="reference", room=room)
        case keys.Repeats():
            return replace(field, control="suggested", choices=tuple((each, each) for each in WORDS))
        case keys.Markdown(most):
            return replace(field, control="long", most=most)
        case keys.Text(most):
            return replace(field, control="long" if most > SHORT_TEXT else "line", most=most)
        case keys.Record(group) if depth < MOST_DEEP:
            parts, folded = _parts(group, field.id, depth)
            return replace(field, control="group", parts=parts, folded=folded)
        case keys.ListOf(keys.ListOf()) | keys.MapOf(keys.ListOf()):
            return replace(field, control="yaml")
        case keys.ListOf(inner) if depth < MOST_DEEP:
            return replace(field, control="list", entry=_entry(field, inner, depth))
        case keys.MapOf(inner) if depth < MOST_DEEP:
            return replace(field, control="map", entry=_entry(field, inner, depth))
        case keys.Record() | keys.ListOf() | keys.MapOf() | keys.Conditions():
            return replace(field, control="yaml")
        case _:
            return field


def _entry(field: FieldView, inner: Kind, depth: int) -> FieldView:
    """The first entry of a list or map, which a script takes as the pattern for all."""
    plain = FieldView(id=f"{field.id}-0", key="", label=ENTRIES.get(field.key, field.label), help="", kind=_plainly(inner),
                      example="", control="line")
    return _shaped(plain, inner, depth + 1)


def _parts(group: type, at: str, depth: int) -> tuple[tuple[FieldView, ...], tuple[FieldView, ...]]:
    every = tuple(_fields(group, at, depth))
    first = FIRST_KEYS.get(group.__name__)
    if first is None:
        return every, ()
    return (tuple(each for each in every if each.key in first), tuple(each for each in every if each.key not in first))
