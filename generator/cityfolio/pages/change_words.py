"""What changed of a dataset on a day, in sentences. Of rows they tell counts; no value of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from markupsafe import Markup

from cityfolio.model.changes import NoteKind
from cityfolio.model.history import ChangeDay, FileChange, KeyChange, RowCounts
from cityfolio.pages.words import Words

MOST_SENTENCES = 30          # of one day
MOST_NAMED = 12              # columns in one sentence


def note_kinds(words: Words) -> Mapping[NoteKind, Markup]:
    """What each kind of note is called."""
    _ = words.gettext
    return {"correction": _("Correction"), "method": _("Change of method"), "structure": _("Change of structure"),
            "schedule": _("Change of schedule"), "withdrawal": _("Withdrawal"), "addition": _("Addition"),
            "other": _("Note")}


def sentences(day: ChangeDay, words: Words) -> tuple[Markup, ...]:
    """Everything that changed on a day, the rows first."""
    found = list(islice(_sentences(day, words), MOST_SENTENCES + 1))
    if len(found) <= MOST_SENTENCES:
        return tuple(found)
    return (*found[:MOST_SENTENCES], words.gettext("There is more, which the file for programs tells."))


def _sentences(day: ChangeDay, words: Words) -> Iterator[Markup]:
    if day.is_first:
        yield words.gettext("Can be had here from this day on.")
    for file in day.files:
        yield _file(file, words)
        yield from _columns(file, words)
    yield from _keys(day.keys, words)


def _file(file: FileChange, words: Words) -> Markup:
    _, name = words.gettext, _code(file.name)
    if file.happened == "added":
        return _("%(file)s is new.", file=name)
    if file.happened == "removed":
        return _("%(file)s is no longer here.", file=name)
    if file.happened == "renamed" and file.rows is None:
        return _("%(file)s was called %(former)s before.", file=name, former=_code(file.formerly))
    said = _rows(file.rows, words) if file.rows else _replaced(file, words)
    told = _("%(file)s: %(said)s", file=name, said=said)
    return told if file.happened == "changed" else \
        Markup(" ").join((told, _("It was called %(former)s before.", former=_code(file.formerly))))


def _replaced(file: FileChange, words: Words) -> Markup:
    """What is told of a file whose rows were not compared."""
    if file.before_bytes is None or file.after_bytes is None:
        return words.gettext("the file was replaced.")
    return words.gettext("the file was replaced; it had %(before)s and has %(after)s.", before=words.size(file.before_bytes),
                         after=words.size(file.after_bytes))


def _rows(rows: RowCounts, words: Words) -> Markup:
    counted = ((rows.added, words.ngettext("%(count)s row added", "%(count)s rows added", rows.added)),
               (rows.removed, words.ngettext("%(count)s row removed", "%(count)s rows removed", rows.removed)),
               (rows.changed, words.ngettext("%(count)s row changed", "%(count)s rows changed", rows.changed)))
    said = Markup(", ").join(text for count, text in counted if count)
    now = words.ngettext("%(count)s row now", "%(count)s rows now", rows.after)
    return words.gettext("%(said)s; %(now)s.", said=said or words.gettext("the rows are the same"), now=now)


def _columns(file: FileChange, words: Words) -> Iterator[Markup]:
    rows = file.rows
    if rows is None:
        return
    for before, after in rows.renamed:
        yield words.gettext("The column %(before)s is called %(after)s now.", before=_code(before), after=_code(after))
    if rows.added_columns:
        yield words.ngettext("New column: %(names)s.", "%(count)s new columns: %(names)s.", len(rows.added_columns),
                             names=_listed(map(_code, rows.added_columns), words))
    if rows.removed_columns:
        yield words.ngettext("Column taken out: %(names)s.", "%(count)s columns taken out: %(names)s.",
                             len(rows.removed_columns), names=_listed(map(_code, rows.removed_columns), words))


def _keys(keys: Iterable[KeyChange], words: Words) -> Iterator[Markup]:
    """What is said of the dataset, then what is said of its columns."""
    _, titles = words.gettext, key_titles(words)
    of_dataset = [each for each in keys if not each.column]
    for each in of_dataset:
        if each.before and each.after:
            yield _("%(what)s: it was “%(before)s” and is “%(after)s”.",
                    what=words.begun(titles.get(each.key, Markup.escape(each.key))), before=each.before, after=each.after)
    for happened, sentence in (("changed", _("Written anew")), ("added", _("Added")), ("removed", _("Taken out"))):
        named = [titles.get(each.key, Markup.escape(each.key)) for each in of_dataset
                 if each.happened == happened and not (each.before and each.after)]
        if named:
            yield _("%(happened)s: %(what)s.", happened=sentence, what=_listed(named, words))
    yield from _described(tuple(each for each in keys if each.column), words)


def _described(changes: tuple[KeyChange, ...], words: Words) -> Iterator[Markup]:
    _, parts = words.gettext, part_titles(words)
    for happened, sentence in (("added", _("Described now")), ("removed", _("No longer described"))):
        named = [_code(each.column) for each in changes if each.happened == happened]
        if named:
            yield _("%(happened)s: %(what)s.", happened=sentence, what=_listed(named, words))
    for each in changes:
        if each.happened == "changed":
            said = _listed((parts.get(part, Markup.escape(part)) for part in each.parts), words)
            yield _("What is said of the column %(column)s changed: %(parts)s.", column=_code(each.column), parts=said)


def key_titles(words: Words) -> Mapping[str, Markup]:
    """What each key of a dataset that is told of is called in a sentence."""
    _ = words.gettext
    return {
        "title": _("title"), "summary": _("summary"), "description": _("description"), "publisher": _("publisher"),
        "contact": _("contact"), "topics": _("topics"), "keywords": _("keywords"), "license": _("license"),
        "rights": _("conditions"), "frequency": _("how often it is renewed"), "temporal": _("time that is covered"),
        "spatial": _("place that is covered"), "language": _("language"), "conforms_to": _("standard that it follows"),
        "landing_page": _("page elsewhere"), "each_row_is": _("what each row is"), "known_limits": _("known limits"),
        "related": _("related data"), "identifier": _("identifier"), "questions": _("questions"), "charts": _("charts"),
        "notes": _("further facts"),
    }


def part_titles(words: Words) -> Mapping[str, Markup]:
    """What each key of a column is called in a sentence."""
    _ = words.gettext
    return {
        "title": _("title"), "description": _("description"), "type": _("type"), "unit": _("unit"), "format": _("format"),
        "required": _("whether it may be empty"), "unique": _("whether values may occur twice"), "minimum": _("least value"),
        "maximum": _("greatest value"), "min_length": _("least length"), "max_length": _("greatest length"),
        "pattern": _("pattern"), "values": _("codes"), "foreign_key": _("the column it refers to"),
    }


def _listed(named: Iterable[Markup], words: Words) -> Markup:
    """Names in a row; the last of very many are counted."""
    every = list(named)
    more = len(every) - MOST_NAMED
    shown = Markup(", ").join(every[:MOST_NAMED])
    return shown if more <= 0 else words.ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more,
                                                  names=shown)


def _code(name: str) -> Markup:
    return Markup("<code>{}</code>").format(name)
