"""Tables to be compared, the same comparison by the plainest means, and tables with renamed columns whose names are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from cityfolio.files import MemoryTree
from cityfolio.model.records import ColumnRecord, FileRecord
from cityfolio.model.review import RowsDiff
from cityfolio.tables.row_diff.compare import Asked, Side, compare_tables
from cityfolio.tables.table import TableJob
from tables.making import NO_COLUMNS, as_csv

PLAIN, LARGE = Asked(), Asked(plain_cells=-1)
BOTH_WAYS = {"in memory": PLAIN, "in portions": LARGE}
Lines = Sequence[Sequence[str]]


def a_side(body: Lines | str | bytes, path: str = "trees.csv", columns: Mapping[str, ColumnRecord] = NO_COLUMNS,
           sha256: str = "") -> Side:
    """A table: the header and rows of a CSV, or a file's whole content."""
    text = body if isinstance(body, str | bytes) else as_csv(body, end="\n")
    job = TableJob(path=path, size_bytes=len(text), file=FileRecord(path=path), columns=columns, sha256=sha256)
    return Side(tree=MemoryTree({path: text}), job=job)


def compared(before: Lines | str | bytes, after: Lines | str | bytes, *key: str, asked: Asked = PLAIN) -> RowsDiff:
    """What differs between two tables in CSV."""
    return compare_tables(a_side(before), a_side(after), key, asked)


def counts(diff: RowsDiff) -> tuple[int, int, int]:
    """Rows added, removed and changed."""
    return diff.added, diff.removed, diff.changed


def counts_by_hand(before: Lines, after: Lines, key: Sequence[str]) -> tuple[int, int, int]:
    """Rows added, removed and changed between tables whose columns have the same names, counted by the plainest means."""
    order = [before[0].index(name) for name in after[0]]
    olds, news = [tuple(row[at] for at in order) for row in before[1:]], [tuple(row) for row in after[1:]]
    places = [after[0].index(name) for name in key]
    old_keys, new_keys = (Counter(tuple(row[at] for at in places) for row in rows) for rows in (olds, news))
    if not key or max([*old_keys.values(), *new_keys.values()], default=0) > 1:
        return (Counter(news) - Counter(olds)).total(), (Counter(olds) - Counter(news)).total(), 0
    both = old_keys & new_keys
    return len(news) - both.total(), len(olds) - both.total(), both.total() - len(
        [row for row in news if tuple(row[at] for at in places) in both and row in olds])


def line_by_hand(table: Lines, row: int) -> int:
    """The line at which a row begins, the header being row 0: one more than the line ends above it."""
    return as_csv(table[:row], end="\n").count("\n") + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """A table before and after some of its columns got other names, and those names."""

    before: Lines
    after: Lines
    key: tuple[str, ...]
    renamed: Mapping[str, str]


Kind = Callable[[Random, int], str]
KINDS: Mapping[str, Kind] = {
    "identifier": lambda chance, row: f"T-{row:05}",
    "street": lambda chance, _: f"{chance.randint(1, 400)} {chance.choice(('Oak', 'Elm', 'Main', 'Pine'))} St",
    "species": lambda chance, _: chance.choice(("oak", "elm", "ash", "fir", "yew", "lime", "birch")),
    "district": lambda chance, _: str(chance.randint(1, 7)),
    "is_open": lambda chance, _: chance.choice(("yes", "no")),
    "planted": lambda chance, _: f"20{chance.randint(10, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    "height": lambda chance, _: f"{chance.uniform(1, 40):.1f}",
    "note": lambda chance, _: chance.choice(("", "", "", "", "pruned", "split trunk", f"see report {chance.randint(1, 99)}")),
    "is_dead": lambda chance, _: chance.choices(("no", "yes"), (19, 1))[0],
    "visits": lambda chance, _: str(min(chance.randint(0, 12), chance.randint(0, 12))),
}
NEW_NAMES = ("tree_id", "address", "kind", "ward", "open", "date_planted", "height_m", "remarks", "dead", "times", "code",
             "label", "x1", "field_7", "size", "state")


def a_renaming(seed: int, fewest: int = 20, most: int = 300) -> Renaming:
    """A table in which one to four columns are renamed, beside rows and cells changed and columns added and removed."""
    chance = Random(seed)
    names = ["identifier", *chance.sample([name for name in KINDS if name != "identifier"], chance.randint(4, 8))]
    rows = chance.randint(fewest, most)
    table = [[KINDS[name](chance, row) for name in names] for row in range(rows)]
    key = ("identifier",) if chance.random() < 0.6 else ()
    if not key and chance.random() < 0.5:
        names, table = names[1:], [row[1:] for row in table]
    fresh = chance.sample(NEW_NAMES, len(NEW_NAMES))
    renamed = {name: fresh.pop() for name in chance.sample(names, min(chance.randint(1, 4), len(names) - 2))}
    dropped = chance.sample([name for name in names if name not in renamed and name != "identifier"], chance.randint(0, 1))
    after = _edited(chance, names, table)
    kept = [at for at, name in enumerate(names) if name not in dropped]
    header = [renamed.get(names[at], names[at]) for at in kept]
    after = [[row[at] for at in kept] for row in after]
    for _ in range(chance.randint(0, 2)):
        kind, place = chance.choice([name for name in KINDS if name != "identifier"]), chance.randint(0, len(header))
        header.insert(place, fresh.pop())
        for row in after:
            row.insert(place, KINDS[kind](chance, 0))
    if chance.random() < 0.3:
        order = chance.sample(range(len(header)), len(header))
        header, after = [header[at] for at in order], [[row[at] for at in order] for row in after]
    return Renaming(before=[names, *table], after=[header, *after], key=tuple(renamed.get(name, name) for name in key),
                    renamed=renamed)


def _edited(chance: Random, names: Sequence[str], table: Lines) -> list[list[str]]:
    """The same rows, some of them gone, some with other cells, some new, and at times in another order."""
    share = chance.choice((0.0, 0.02, 0.1, 0.2))
    rows = [list(row) for row in table if chance.random() >= share]
    for row in rows:
        if chance.random() < share:
            at = chance.randrange(len(names))
            row[at] = KINDS[names[at]](chance, chance.randint(90_000, 99_999))
    rows += [[KINDS[name](chance, 50_000 + number) for name in names] for number in range(int(len(table) * share))]
    return chance.sample(rows, len(rows)) if chance.random() < 0.4 else rows
