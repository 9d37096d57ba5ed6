"""The columns of a dataset before and after: those of its tables, those of its dictionary, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.dictionary import filled_in
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.records import ColumnRecord, DatasetRecord
from cityfolio.model.review import Change
from cityfolio.problems import Location
from cityfolio.review.compare_file_pairs import FilePair
from cityfolio.review.compare_records import At, compared
from cityfolio.review.compare_rows import TablePair, is_looked_into
from cityfolio.review.compare_words import change_of, place_of, told
from cityfolio.tables.table import plain_name

FEEDS = ("Data Package", "CSVW", "Croissant", "schema.org")
ALIKE = 0.6                       # how much two names must have in common to be thought of as one that was changed
Dataset = Sourced[DatasetRecord]
Columns = Mapping[str, ColumnRecord]
COLUMNS = At(names=("columns",), before=("columns",), after=("columns",))


class Dictionaries(Frozen, kw_only=True):
    """A dictionary before and after, of a dataset or of one of its files, and what is known of the tables it describes."""

    before: Dataset
    after: Dataset
    at: At                                       # where its columns stand
    one: Columns
    two: Columns
    files: tuple[FilePair, ...] = ()             # those it describes whose columns can be looked at, in both states
    tables: tuple[TablePair, ...] = ()           # of these, those that differ
    taken: dict[str, str] = field(default_factory=dict)   # name before -> name now, of the columns that were renamed

    @property
    def about(self) -> str:
        """The dataset."""
        return f"datasets/{self.after.id}"

    def where(self, name: str) -> Location:
        """Where a column is described; the table that has it where it is not."""
        if name not in self.two and self.tables:
            return Location(path=self.tables[0].files.paths[1])
        return place_of(self.after, self.at.entry(name, name, name))

    def part(self, name: str) -> str:
        """What a column is called in a change."""
        return "/".join((*self.at.names, name))


class Typed(Frozen, kw_only=True):
    """The types of a dictionary's columns as the rows have them, where they were read, before and after."""

    loaded: tuple[Loaded, Loaded]
    read: tuple[Mapping[str, str], Mapping[str, str]]


def column_changes(each: Dictionaries, typed: Typed) -> Iterator[Change]:
    """What is otherwise about columns: in the tables, in the dictionary, in what it says, in their types."""
    found = [*_in_tables(each), *_in_dictionary(each), *_in_entries(each), *type_changes(each, typed)]
    yield from (replace(change, weight="minor", breaks=()) if _was_hidden(each, change) else change for change in found)


def _was_hidden(each: Dictionaries, change: Change) -> bool:
    """Whether a breaking change is of a column that was sensitive, so that nobody could have relied on it."""
    if change.kind == "column-shown":
        return False
    names = {change.before, change.part.removeprefix("/".join((*each.at.names, ""))).partition("/")[0]}
    sensitive = {plain_name(name) for name, column in each.one.items() if column.sensitive}
    sensitive |= {name for table in each.tables for name in table.before.sensitive_names}
    return change.weight == "breaking" and bool(sensitive & set(map(plain_name, names)))


def _in_entries(each: Dictionaries) -> Iterator[Change]:
    for name, now in [*each.taken.items(), *((name, name) for name in each.one if name in each.two)]:
        if name in each.one and now in each.two:
            at = At(names=(*each.at.names, now), before=(*each.at.before, name), after=(*each.at.after, now))
            for difference in compared(each.one[name], each.two[now], at, _BUT):
                yield told(each.about, each.before, each.after, difference)


_BUT = frozenset({"type"})        # told by `type_changes`, which knows what the rows are


def _in_tables(each: Dictionaries) -> Iterator[Change]:
    """Columns that came, went or were renamed in the files themselves, each told once."""
    seen: set[tuple[str, str]] = set()
    for table in each.tables:
        rows, name = table.rows, table.files.name
        if rows is None:
            continue
        each.taken.update(rows.renamed)
        found = [("column-removed", column, "", f"the column {column} of {name} is gone") for column in rows.removed_columns]
        found += [("column-added", "", column, f"{name} has the new column {column}") for column in rows.added_columns]
        found += [("column-renamed", column, now, f"the column {column} of {name} is called {now} now")
                  for column, now in rows.renamed.items()]
        for kind, before, after, says in found:
            if (kind, before or after) not in seen:
                seen.add((kind, before or after))
                yield _column(each, kind, says, before, after)


def _column(each: Dictionaries, kind: str, says: str, before: str, after: str) -> Change:
    breaks = FEEDS if kind in ("column-removed", "column-renamed") else ()
    return change_of(kind, each.about, says, each.where(after or before), part=each.part(after or before), before=before,
                     after=after, breaks=breaks)


def _in_dictionary(each: Dictionaries) -> Iterator[Change]:
    """Entries that came or went. Where no table can be looked at, what is described is what there is."""
    known = {name for table in each.tables if table.rows for name in (
        *table.rows.removed_columns, *table.rows.added_columns, *table.rows.renamed, *table.rows.renamed.values())}
    gone = [name for name in each.one if name not in each.two and name not in known]
    come = [name for name in each.two if name not in each.one and name not in known]
    if not each.files:
        renamed = alike(each.one, each.two, gone, come)
        each.taken.update(renamed)
        for name, now in renamed.items():
            yield _column(each, "column-renamed", f"the column {name} is called {now} now", name, now)
        gone = [name for name in gone if name not in renamed]
        come = [name for name in come if name not in renamed.values()]
    lost, won = ("column-undescribed", "column-described") if each.files else ("column-removed", "column-added")
    for name in gone:
        says = "is described no more" if each.files else "is gone"
        yield _column(each, lost, f"the column {name} {says}", name, "")
    for name in come:
        says = "is described now" if each.files else "is new"
        yield _column(each, won, f"the column {name} {says}", "", name)


def alike(one: Columns, two: Columns, gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """Which entry of a dictionary was given another name: of all pairs those first that have most in common.

    What is said of both must be the same, and either say something or stand at the same place under a like name.
    """
    orders = {name: place for place, name in enumerate(one)}, {name: place for place, name in enumerate(two)}
    found: dict[str, str] = {}
    scored = []
    for name in gone:
        for now in come:
            is_placed = orders[0][name] == orders[1][now]
            is_said = one[name] == two[now] and one[name] not in (ColumnRecord(), ColumnRecord(type=one[name].type))
            is_told = bool(one[name].title) and one[name].title == two[now].title
            if not (is_placed or is_said or is_told):
                continue      # there may be thousands, and names take long to be compared
            likeness = SequenceMatcher(None, name.casefold(), now.casefold()).ratio()
            if is_said or is_told or likeness >= ALIKE:
                scored.append((-(is_said + is_told + is_placed + likeness), orders[0][name], orders[1][now], name, now))
    for *_, name, now in sorted(scored):
        if name not in found and now not in found.values():
            found[name] = now
    return found


def type_changes(each: Dictionaries, typed: Typed) -> Iterator[Change]:
    """Columns whose values are of another type, by what is declared, else by the rows.

    To write down the type that the rows have had all along is no change of it.
    """
    for name in dict.fromkeys([*each.one, *typed.read[0]]):
        now = each.taken.get(name, name)
        if now not in {*each.two, *typed.read[1]} or _is_shared(each.one.get(name), each.two.get(now)):
            continue
        declared = _declared(typed.loaded[0], each.one.get(name)), _declared(typed.loaded[1], each.two.get(now))
        before, after = declared[0] or typed.read[0].get(name, ""), declared[1] or typed.read[1].get(now, "")
        is_other = before != after and bool(before and after)
        if declared[0] == declared[1] and not is_other:
            continue
        kind = "column-retyped" if is_other else "constraint-changed" if before == after else "meaning-changed"
        says = f"the type of the column {now} was {before or 'not said'} and is {after or 'not said'}"
        yield change_of(kind, each.about, says if before != after else f"the type of the column {now} is "
                        f"{'written down' if declared[1] else 'written down no more'}: {after}", _type_place(each, now),
                        part=f"{each.part(now)}/type", before=before, after=after, breaks=FEEDS if is_other else ())


def _type_place(each: Dictionaries, name: str) -> Location:
    return place_of(each.after, each.at.entry(name, name, name).entry("type", "type", "type")) if name in each.two \
        else each.where(name)


def _is_shared(before: ColumnRecord | None, after: ColumnRecord | None) -> bool:
    # A shared column whose type changes is told once, at the shared column, and not for each that names it.
    return bool(before and after and before.standard and (before.standard, before.type) == (after.standard, after.type))


def _declared(loaded: Loaded, column: ColumnRecord | None) -> str:
    return (filled_in(loaded, column).type or "") if column is not None else ""


def dictionaries(pairs: Sequence[FilePair], tables: Sequence[TablePair]) -> Iterator[Dictionaries]:
    """The dataset's own dictionary, then those of its files that have one."""
    kept = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    own = [pair for pair in kept if pair.one.columns or pair.two.columns]
    before, after = pairs[0].dataset_before, pairs[0].dataset_after
    yield Dictionaries(before=before, after=after, at=COLUMNS, one=before.record.columns, two=after.record.columns,
                       files=tuple(pair for pair in kept if pair not in own and is_looked_into(pair)),
                       tables=tuple(each for each in tables if each.files not in own))
    for pair in own:
        yield Dictionaries(
            before=before, after=after, at=pair.at.entry("columns", "columns", "columns"),
            one=pair.one.columns or before.record.columns, two=pair.two.columns or after.record.columns,
            files=(pair,) if is_looked_into(pair) else (), tables=tuple(each for each in tables if each.files == pair))
