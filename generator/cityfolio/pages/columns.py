"""The data dictionary of a page: each column with its meaning, range, spread and share filled in; and the first rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Column, Dataset, File, FirstRows
from cityfolio.model.profile import ColumnProfile, TableProfile
from cityfolio.pages.charts import spread_chart
from cityfolio.pages.dialect import written_as
from cityfolio.pages.findings import Findings, findings
from cityfolio.pages.first_rows import Preview, rows_table
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.places import places_words
from cityfolio.pages.routes import column_anchor, outward
from cityfolio.pages.values import range_words, rules, type_words
from cityfolio.pages.words import Words
from cityfolio.tables.skimmed import MOST_ROWS

MOST_PREVIEWS = 3         # tables whose first rows are shown
NOTHING = Markup("")


class Entry(Frozen, kw_only=True):
    """One column of the dictionary."""

    anchor: str
    name: str
    title: str
    described: bool
    description: Markup
    type: Markup              # type and unit
    range: Markup
    rules: Markup             # what the dictionary demands of every value
    values: tuple[tuple[str, str], ...]   # codes with their meanings
    chart: Markup             # of shapes: words that say what they are and where
    filled: Markup            # share of the rows that have a value; empty when not known
    sampled: Markup           # says that figures are from some of the rows; "" where they are from all
    source: str               # the standard it follows


class Table(Frozen, kw_only=True):
    """The columns that one file, or several files of the same shape, have."""

    title: str                # "" when the page has one table
    note: Markup
    entries: tuple[Entry, ...]
    findings: Findings | None # what the rows show beyond single columns
    preview: Preview | None
    is_measured: bool         # False: the dictionary is known and no file was read


@dataclass(slots=True, eq=False)
class FileTables:
    """The dictionary and the first rows of each file of a dataset: made once, for all the pages that show them."""

    words: Words
    _made: dict[str, Table] = field(default_factory=dict)   # by the file's id

    def of(self, file: File) -> Table:
        """What is told of one file that was read."""
        if file.id not in self._made:
            self._made[file.id] = table_of(file, self.words)
        return self._made[file.id]


def tables(dataset: Dataset, of_files: FileTables) -> tuple[Table, ...]:
    """The dictionaries of a dataset: one for each different set of columns, in the order of the files."""
    words, anchors = of_files.words, set[str]()
    told = [(files, _of_all(files, of_files.of(files[0]), anchors, words)) for files in _groups(dataset)]
    told += [(files, _of_beginning(files, anchors, words)) for files in _begun(dataset)]
    titles = [", ".join(file.title for file in files) if len(told) > 1 else "" for files, _ in told]
    found = tuple(replace(table, title=title, preview=table.preview if place < MOST_PREVIEWS else None)
                  for place, ((_, table), title) in enumerate(zip(told, titles, strict=True)))
    return found or _dictionary_alone(dataset, words)


def table_of(file: File, words: Words) -> Table:
    """The dictionary and the first rows of one file that was read."""
    assert file.profile is not None   # only what was read has a page or is in a group
    profiles, anchors = {profile.name: profile for profile in file.profile.columns}, set[str]()
    entries = tuple(_entry(column, profiles.get(column.name), file.profile, _anchor(column, file, anchors), words)
                    for column in file.columns)
    return Table(
        title="", note=_note([file], file.profile, words), entries=entries,
        findings=findings(file, file.profile, _findings_heading([file], words), words),
        preview=_preview(file, file.profile, words), is_measured=True,
    )


def left_out(dataset: Dataset) -> tuple[str, ...]:
    """The sensitive columns that the files published here lack, by name, each once. Of files elsewhere nothing is known."""
    return tuple(dict.fromkeys(name for file in dataset.files if file.source_path for name in file.left_out))


def _groups(dataset: Dataset) -> list[list[File]]:
    """Files that were read, those of the same columns together."""
    by_shape: list[tuple[Sequence[Column], list[File]]] = []
    for file in dataset.files:
        if file.profile is None or not file.columns:
            continue
        for columns, files in by_shape:
            if columns == file.columns:
                files.append(file)
                break
        else:
            by_shape.append((file.columns, [file]))
    return [files for _, files in by_shape]


def _of_all(files: list[File], table: Table, taken: set[str], words: Words) -> Table:
    """The table of the first of some files with the same columns, as it tells of them all; anchors differ from those taken."""
    first = files[0]
    assert first.profile is not None   # _groups leaves out files that were not read
    anchors = [_anchor(column, first, taken) for column in first.columns]
    entries = tuple(entry if entry.anchor == anchor else replace(entry, anchor=anchor)
                    for entry, anchor in zip(table.entries, anchors, strict=True))
    found = replace(table.findings, heading=_findings_heading(files, words)) if table.findings else None
    return replace(table, note=_note(files, first.profile, words), entries=entries, findings=found)


def _dictionary_alone(dataset: Dataset, words: Words) -> tuple[Table, ...]:
    columns = [Column(name=name, record=record, described=True)
               for name, record in dataset.record.columns.items() if not record.sensitive]
    if not columns:
        return ()
    entries = tuple(_entry(column, None, None, column_anchor(column.name), words) for column in columns)
    note = words.ngettext("%(count)s column.", "%(count)s columns.", len(columns))
    return (Table(title="", note=note, entries=entries, findings=None, preview=None, is_measured=False),)


def _begun(dataset: Dataset) -> Iterable[list[File]]:
    """Files of which only the first rows were read, those of the same columns together."""
    by_shape = dict[tuple[str, ...], list[File]]()
    for file in dataset.files:
        if file.first_rows:
            by_shape.setdefault(file.first_rows.profile.header, []).append(file)
    return by_shape.values()


def _of_beginning(files: list[File], taken: set[str], words: Words) -> Table:
    """The columns of files that have the same, and the first rows of the first of them. Anchors differ from those taken."""
    first = files[0]
    told = first.first_rows
    assert told is not None       # _begun leaves out other files
    entries = tuple(_entry(column, None, None, _anchor(column, first, taken), words) for column in told.columns)
    return Table(title="", note=words.ngettext("%(count)s column.", "%(count)s columns.", len(entries)), entries=entries,
                 findings=None, preview=_beginning(first, told, words), is_measured=False)


def _beginning(file: File, told: FirstRows, words: Words) -> Preview | None:
    rows = told.profile.first_rows[:MOST_ROWS]
    if not rows:
        return None
    caption = words.ngettext("The first row of %(title)s", "The first %(count)s rows of %(title)s", len(rows),
                             title=_read_from(file, words))
    return Preview(caption=caption, table=rows_table(told.profile.types, rows, caption))


def _anchor(column: Column, file: File, taken: set[str]) -> str:
    anchor = column_anchor(column.name)
    if anchor in taken:
        anchor = column_anchor(column.name, file.id)
    taken.add(anchor)
    return anchor


def _note(files: list[File], profile: TableProfile, words: Words) -> Markup:
    columns = words.ngettext("%(count)s column.", "%(count)s columns.", len(profile.header))
    spread = words.gettext("Bars show how values are spread in the sample.") if files[0].shows_sample else words.gettext(
        "Bars show how values are spread.")
    written = written_as(files, words)
    shared = Markup("") if len(files) == 1 else words.gettext(
        "%(count)s files have these columns; figures are from %(title)s.", count=len(files), title=_read_from(files[0], words))
    return Markup(" ").join(each for each in (columns, written, spread, shared) if each)


def _findings_heading(files: list[File], words: Words) -> Markup:
    if len(files) > 1 or files[0].shows_sample:
        return words.gettext("What the rows of %(title)s show", title=_read_from(files[0], words))
    return words.gettext("What the rows show")


def _read_from(file: File, words: Words) -> Markup:
    """What the rows at hand are of: the file, or its sample."""
    return words.gettext("the sample of %(title)s", title=told(file.title)) if file.shows_sample else Markup.escape(
        told(file.title))


def _entry(column: Column, profile: ColumnProfile | None, table: TableProfile | None, anchor: str, words: Words) -> Entry:
    record = column.record
    kind = profile.type if profile else record.type or "any"
    demanded = list(rules(record, kind, words))
    return Entry(
        anchor=anchor, name=column.name, title=record.title or "", described=column.described,
        description=rendered(record.description, 3) if record.description else NOTHING,
        type=type_words(kind, record, profile, words), range=range_words(record, profile, words) if profile else NOTHING,
        rules=Markup(" ").join(demanded) if demanded else NOTHING, values=tuple(record.values.items()),
        chart=_spread(column, profile, table, words) if profile and table else NOTHING,
        sampled=words.ngettext("Figures from a sample of %(count)s row.", "Figures from a sample of %(count)s rows.",
                               profile.sampled) if profile and profile.sampled else NOTHING,
        filled=words.percent(profile.filled, profile.rows) if profile and profile.rows else NOTHING,
        source=outward(record.source) if record.source else "",
    )


def _spread(column: Column, profile: ColumnProfile, table: TableProfile, words: Words) -> Markup:
    """The chart of a column; of shapes, the words in its place."""
    if profile.shape == "places" and table.shapes and column.name == _shapes_column(table):
        return Markup('<p class="places">{}</p>').format(places_words(table.shapes, words))
    return spread_chart(profile, words, column.record.values)


def _shapes_column(table: TableProfile) -> str:
    """The column that a table's shapes were seen in: the first that holds any."""
    return next((each.name for each in table.columns if each.type == "geometry"), "")


def _preview(file: File, profile: TableProfile, words: Words) -> Preview | None:
    shown = [at for at, column in enumerate(profile.columns) if column.type != "geometry"]
    if not profile.first_rows or not shown:
        return None
    caption = words.ngettext("The first of %(rows)s rows of %(title)s", "The first %(count)s of %(rows)s rows of %(title)s",
                             len(profile.first_rows), rows=words.number(profile.rows), title=_read_from(file, words))
    if len(shown) < len(profile.columns):
        caption = Markup("{}. {}").format(caption, words.gettext("Shapes are not shown."))
    types = {profile.header[at]: profile.columns[at].type for at in shown}
    rows = [[row[at] for at in shown] for row in profile.first_rows]
    return Preview(caption=caption, table=rows_table(types, rows, caption))
