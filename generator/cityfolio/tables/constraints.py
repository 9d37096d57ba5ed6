"""Every row against the dictionary: types, required, unique, values, ranges, lengths, patterns.

A fault is told once for each column and rule, with how many rows it has and the first of them. What is personal is
never repeated: for a sensitive column the rows are named and the values are not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter

from cityfolio.frozen import Frozen
from cityfolio.problems import Problem, did_you_mean
from cityfolio.tables.bounds import beyond
from cityfolio.tables.columns import TypedColumn
from cityfolio.tables.patterns import SECONDS, unmatched
from cityfolio.tables.table import Cell, Source, TableJob
from cityfolio.tables.types import FORMATTED, NAMES, parse

SHOWN_ROWS = 3
SHOWN_CHARACTERS = 40
UNIQUE_WORDS = ("stands in an earlier row too", "stand in an earlier row too")
UNIQUE_FIX = "Remove the rows that are repeated, or take `unique:` away."


class Fault(Frozen, kw_only=True):
    """What breaks one rule in one column. Rows are counted from 0."""

    code: str
    column: TypedColumn
    count: int
    rows: tuple[int, ...]         # the first of them
    first: Cell                   # what stands in the first of them
    one: str                      # "is not an integer"
    many: str                     # "are not integers"
    fix: str = ""


def problems(columns: Iterable[TypedColumn], source: Source, job: TableJob) -> tuple[Problem, ...]:
    """Check every column and say where the first fault of each kind stands."""
    return told([(number, fault) for number, column in enumerate(columns) for fault in faults(column)], source, job)


def told(found: Sequence[tuple[int, Fault]], source: Source, job: TableJob) -> tuple[Problem, ...]:
    """Faults as problems, each given with the number of its column."""
    if not found:
        return ()
    places = source.cells((fault.rows[0], number) for number, fault in found)
    return tuple(
        Problem(code=fault.code, where=job.location(places[fault.rows[0], number]), says=_says(fault), fix=fault.fix)
        for number, fault in found
    )


def faults(column: TypedColumn) -> Iterator[Fault]:
    """What is wrong in one column. Rules that cannot apply to its type are left to the check of the dictionary."""
    if not any(RULED(column.record)) and not column.wrong:
        return
    found = {breach.code: placed(column, breach, column.texts) for breach in breaches(column)}
    found |= {fault.code: fault for rule in (_required, _unique) for fault in rule(column)}
    yield from (found[code] for code in CODES if code in found)


class Breach(Frozen, kw_only=True):
    """Texts of a column that break a rule."""

    code: str
    texts: frozenset[str]
    words: tuple[str, str]        # "is not an integer", "are not integers"
    fix: str = ""


def breaches(column: TypedColumn) -> Iterator[Breach]:
    """The rules that a text breaks by itself, wherever it stands."""
    for rule in TEXT_RULES:
        yield from rule(column)


def placed(column: TypedColumn, breach: Breach, texts: Sequence[Cell]) -> Fault:
    """Where the texts that break a rule stand, among rows of which at least one holds one."""
    rows = tuple(islice((row for row, text in enumerate(texts) if text in breach.texts), SHOWN_ROWS))
    return Fault(code=breach.code, column=column, count=sum(column.counts[text] for text in breach.texts), rows=rows,
                 first=texts[rows[0]], one=breach.words[0], many=breach.words[1], fix=breach.fix)


def _of_texts(code: str, bad: Collection[str], words: tuple[str, str], fix: str = "") -> Iterator[Breach]:
    if bad:
        yield Breach(code=code, texts=frozenset(bad), words=words, fix=fix)


def _type(column: TypedColumn) -> Iterator[Breach]:
    one, many = NAMES[column.type]
    written = f" written as {column.record.format}" if column.record.format and column.type in FORMATTED else ""
    fix = "Correct them, or change the column's `type:`. Words that stand for no value belong under the file's `empty:`."
    yield from _of_texts("cell-type", column.wrong, (f"is not {one}{written}", f"are not {many}{written}"), fix)


def _required(column: TypedColumn) -> Iterator[Fault]:
    if column.record.required and column.empty:
        rows = tuple(islice((row for row, text in enumerate(column.texts) if text not in column.counts), SHOWN_ROWS))
        yield Fault(code="cell-required", column=column, count=column.empty, rows=rows, first=None, one="is empty",
                    many="are empty", fix="Fill them in, or take `required:` away.")


def _unique(column: TypedColumn) -> Iterator[Fault]:
    if not column.record.unique:
        return
    # Two ways to write one number are one value.
    of = column.positions.of if column.positions else {}
    different = len(column.counts) - len(of) + len(set(of.values()))
    if different < column.filled:
        values = {text: of.get(text, text) for text in column.counts}
        rows = tuple(islice(_repeats(column.texts, values), SHOWN_ROWS))
        yield Fault(code="cell-unique", column=column, count=column.filled - different, rows=rows,
                    first=column.texts[rows[0]], one=UNIQUE_WORDS[0], many=UNIQUE_WORDS[1], fix=UNIQUE_FIX)


def _repeats(texts: Iterable[Cell], values: dict[str, str | int]) -> Iterator[int]:
    seen = set()
    for row, text in enumerate(texts):
        if text not in values:
            continue
        if values[text] in seen:
            yield row
        seen.add(values[text])


def _values(column: TypedColumn) -> Iterator[Breach]:
    listed = column.record.values
    if not listed:
        return
    bad = [text for text in column.counts if text not in listed and not _is_listed_value(column, text)]
    hint = "Correct them, or add them to the column's `values:` with their meaning."
    if bad and not column.record.sensitive:
        hint = f"{did_you_mean(bad[0], listed)} {hint}"
    yield from _of_texts("cell-values", bad, ("is not among those the dictionary lists",
                                                      "are not among those the dictionary lists"), hint)


def _is_listed_value(column: TypedColumn, text: str) -> bool:
    """Whether a text is another way to write a listed value, as 01 is of 1; or of the wrong type, which is told already."""
    if column.positions is None:
        return False
    value = parse(text, column.type, column.record.format)
    return value is None or any(parse(code, column.type, column.record.format) == value for code in column.record.values)


def _range(column: TypedColumn) -> Iterator[Breach]:
    record = column.record
    if column.positions is None or (record.minimum is None and record.maximum is None):
        return
    under = beyond(column.positions, record.minimum, record.format, upper=False)
    over = beyond(column.positions, record.maximum, record.format, upper=True)
    limits = [f"under {record.minimum}"] * (under is not None) + [f"over {record.maximum}"] * (over is not None)
    bad = (under or frozenset()) | (over or frozenset())
    words = " or ".join(limits)
    yield from _of_texts("cell-range", bad, (f"is {words}", f"are {words}"),
                         "Correct them, or change the column's `minimum:` or `maximum:`.")


def _length(column: TypedColumn) -> Iterator[Breach]:
    record = column.record
    if not _is_text(column) or (record.min_length is None and record.max_length is None):
        return
    least = record.min_length or 0
    most = record.max_length
    bad = [text for text in column.counts if len(text) < least or (most is not None and len(text) > most)]
    limits = [f"shorter than {least}"] * bool(least) + [f"longer than {most}"] * (most is not None)
    words = f"{' or '.join(limits)} characters"
    yield from _of_texts("cell-length", bad, (f"is {words}", f"are {words}"),
                         "Correct them, or change the column's `min_length:` or `max_length:`.")


def _pattern(column: TypedColumn) -> Iterator[Breach]:
    pattern = column.record.pattern
    if not pattern or not _is_text(column) or not column.counts:
        return
    bad = unmatched(pattern, column.counts)
    if bad is None:
        bad = list(column.counts)
        words = f"could not be matched with the pattern `{pattern}` within {SECONDS:g} seconds"
        yield from _of_texts("cell-pattern", bad, (words, words), "Write the pattern without a repeated part inside "
                             "another: `[a-z ]+` where `([a-z]+ ?)+` was meant.")
        return
    words = f"match the pattern `{pattern}`"
    yield from _of_texts("cell-pattern", bad, (f"does not {words}", f"do not {words}"),
                         "Correct them, or change the column's `pattern:`.")


def _is_text(column: TypedColumn) -> bool:
    return column.record.type in (None, "string", "any")


RULED = attrgetter("required", "unique", "values", "minimum", "maximum", "min_length", "max_length", "pattern")
TEXT_RULES: tuple[Callable[[TypedColumn], Iterator[Breach]], ...] = (_type, _values, _range, _length, _pattern)
CODES = ("cell-type", "cell-required", "cell-unique", "cell-values", "cell-range", "cell-length", "cell-pattern")


def _says(fault: Fault) -> str:
    """The sentence of a problem: how many, what, and the first rows, counted from 1 below the header."""
    column, empty = fault.column, fault.code == "cell-required"
    kind = "cell" if empty else "value"
    first = f"row {fault.rows[0] + 1:,}"
    if fault.first is not None and not column.record.sensitive:
        first += f", {shown(fault.first)}"
    if fault.count == 1:
        return f"column `{column.name}` holds 1 {kind} that {fault.one} ({first})"
    others = f"row{'s' * (len(fault.rows) > 2)} {', '.join(f'{row + 1:,}' for row in fault.rows[1:])}"
    return f"column `{column.name}` holds {fault.count:,} {kind}s that {fault.many} (first: {first}; then {others})"


def shown(text: str) -> str:
    """A cell as it can stand in a sentence: in backquotes, cut when it is long, with nothing unseen in it."""
    cut = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
    return "`" + "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in cut) + "`"
