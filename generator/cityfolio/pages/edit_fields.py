"""The fields of a form, drawn from the same declarations as the loader (`model/keys.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Literal

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen, replace
from cityfolio.load.languages import SOURCE
from cityfolio.model import keys
from cityfolio.model.frequency import WORDS, frequency
from cityfolio.model.keys import Kind, keys_of
from cityfolio.pages.kind_words import coded, kind_words
from cityfolio.pages.words import ENGLISH, Words

Control = Literal["line", "long", "choice", "flag", "reference", "suggested", "group", "list", "map", "yaml"]
SHORT_TEXT = 250              # characters; a longer text gets several lines
MOST_DEEP = 4                 # groups within groups that have fields of their own; deeper ones are written in YAML
# What is asked of each entry at once; the rest of its keys is folded.
FIRST_KEYS = {
    "ColumnRecord": ("title", "type", "unit", "required", "description"),
    "FileRecord": ("path", "url", "title", "description"),
}


class FieldView(Frozen, kw_only=True):
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


class FieldGroup(Frozen, kw_only=True):
    """Fields that belong together."""

    id: str
    title: str
    fields: tuple[FieldView, ...]
    is_folded: bool = False


def form_fields(record: type, words: Words) -> tuple[FieldView, ...]:
    """Every key of a kind of file, in the documented order."""
    return tuple(_Asking(words).fields(record, "f", 0))


def label_of(name: str) -> str:
    """A key in plain words: "Each row is" of `each_row_is`."""
    words = name.replace("_", " ")
    return LABELS.get(name, words[:1].upper() + words[1:])


LABELS = {"url": "Address (URL)", "path": "File", "license": "License", "k": "Least rows of a group (k)",
          "l": "Least different values (l)", "spdx": "SPDX identifier", "email": "E-mail"}
# What one entry of a list is called, which is what a button adds.
ENTRIES = {"files": "File", "columns": "Column", "topics": "Topic", "keywords": "Keyword", "questions": "Question",
           "charts": "Chart", "notes": "Fact", "values": "Code", "targets": "Target", "actions": "Action", "reviews": "Review",
           "earlier": "Earlier date", "acknowledged": "Acknowledged finding", "anonymity": "Anonymity check",
           "quasi_identifiers": "Column", "sensitive": "Column", "primary_key": "Column", "by": "Column",
           "related": "Related dataset", "formerly": "Former id or path", "empty": "Word for no value", "exports": "Format",
           "owners": "Owner", "follow_ups": "Follow-up", "heard": "Comment", "readings": "Reading", "steps": "Step",
           "breaks": "Change of method", "benchmarks": "Benchmark", "revisions": "Revision", "datasets": "Dataset"}
# Labels that have other words elsewhere in languages that tell them apart, by what they are of.
APART = {("CommitmentRecord", "where"): "place", ("UseRecord", "by"): "person", ("RevisionRecord", "by"): "person",
         ("ReviewRecord", "by"): "person"}


class _Asking(Frozen):
    """A form in the reader's language. What is said of a key is no markup, but for what stands between backticks."""

    words: Words

    def fields(self, record: type, above: str, depth: int) -> Iterator[FieldView]:
        """The keys of a group."""
        defaults = {each.name: each.default for each in fields(record)}
        for name, key in keys_of(record).items():
            default = defaults[name]
            label = self.words.pgettext(APART.get((record.__name__, name), "field"), label_of(name))
            plain = FieldView(id=f"{above}-{name}", key=name, label=str(label), kind=self.kind(key.kind), example=key.example,
                              help=self.help(key.doc, default if isinstance(default, str) else ""), control="line",
                              need=key.needed)
            yield self.shaped(plain, key.kind, name, depth)

    def help(self, doc: str, default: str) -> Markup:
        """What is said of a key, which is told of in English where a language has no words for it."""
        own = str(self.words.gettext(doc))
        said = self.foreign(escape(own)) if own == doc else escape(own)
        if default:
            said = self.words.gettext("%(help)s When left out: %(default)s.", help=said, default=default)
        return coded(said)

    def kind(self, kind: Kind) -> Markup:
        """A kind of value as a sentence. A field holds one text: what a file says in several languages stays as it is."""
        own = kind_words(kind, self.words)
        is_source = self.words.language.startswith(SOURCE)
        told = own.replace("`", "") if is_source else own
        said = coded(escape(f"{told[:1].upper()}{told[1:]}."))
        return self.foreign(said) if not is_source and own == kind_words(kind, ENGLISH) else said

    def foreign(self, said: Markup) -> Markup:
        """English, marked as such on the pages of other languages."""
        return said if self.words.language.startswith(SOURCE) else Markup('<span lang="en">{}</span>').format(said)

    def choice(self, given: str, name: str) -> tuple[str, str]:
        """A choice as a file has it, and what it is called where a reader chooses."""
        context = f"choice of {name}"
        return given, str(self.words.pgettext(context, given))

    def suggested(self, given: str) -> tuple[str, str]:
        """The same of how often something is renewed, in the words of its page."""
        every = frequency(given)
        return given, str(self.words.frequency(every) if every else given)

    def shaped(self, field: FieldView, kind: Kind, name: str, depth: int) -> FieldView:
        """A field with the control that a kind of value gets, and what that needs. `name` is the key that it is of."""
        match kind:
            case keys.Choice(values):
                return replace(field, control="choice", choices=tuple(self.choice(each, name) for each in values))
            case keys.Boolean():
                return replace(field, control="flag")
            case keys.Reference(room):
                return replace(field, control="reference", room=room)
            case keys.Repeats():
                return replace(field, control="suggested", choices=tuple(map(self.suggested, WORDS)))
            case keys.Markdown(most):
                return replace(field, control="long", most=most)
            case keys.Text(most):
                return replace(field, control="long" if most > SHORT_TEXT else "line", most=most)
            case keys.Record(group) if depth < MOST_DEEP:
                parts, folded = self.parts(group, field.id, depth)
                return replace(field, control="group", parts=parts, folded=folded)
            case keys.ListOf(keys.ListOf()) | keys.MapOf(keys.ListOf()):
                return replace(field, control="yaml")
            case keys.ListOf(inner) if depth < MOST_DEEP:
                return replace(field, control="list", entry=self.entry(field, inner, name, depth))
            case keys.MapOf(inner) if depth < MOST_DEEP:
                return replace(field, control="map", entry=self.entry(field, inner, name, depth))
            case keys.Record() | keys.ListOf() | keys.MapOf() | keys.Conditions():
                return replace(field, control="yaml")
            case _:
                return field

    def entry(self, field: FieldView, inner: Kind, name: str, depth: int) -> FieldView:
        """The first entry of a list or map, which a script takes as the pattern for all."""
        label = str(self.words.pgettext("field", ENTRIES[name])) if name in ENTRIES else field.label
        plain = FieldView(id=f"{field.id}-0", key="", label=label, help="", kind=self.kind(inner), example="", control="line")
        return self.shaped(plain, inner, name, depth + 1)

    def parts(self, group: type, at: str, depth: int) -> tuple[tuple[FieldView, ...], tuple[FieldView, ...]]:
        """The keys of a group that are asked at once, and those that are folded."""
        every = tuple(self.fields(group, at, depth))
        first = FIRST_KEYS.get(group.__name__)
        if first is None:
            return every, ()
        return (tuple(each for each in every if each.key in first), tuple(each for each in every if each.key not in first))
