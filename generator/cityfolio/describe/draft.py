"""A first dictionary as YAML, and the same as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from cityfolio.describe.columns import Described, column_lines, is_carried, rows_in_words, shown
from cityfolio.describe.seen import Seen
from cityfolio.frozen import replace
from cityfolio.migrate.yaml.text import yaml_text
from cityfolio.model.formats import format_of
from cityfolio.model.profile import ColumnProfile, TableProfile
from cityfolio.model.records import FileRecord
from cityfolio.tables.hints import Hint

DELIMITERS = {"\t": "tab"}
# What the loader takes of one file is 1,000,000 bytes and 50,000 values; what a person adds needs room.
MOST_BYTES = 900_000
MOST_COLUMNS_IN_FULL = 1_000
HEADING = """\
# A first dictionary of {name}, drawn from all {rows}. It is a beginning, for a person to finish:
# - Say what each column means: put its title into a resident's words, and write a description where that is not enough.
# - Keep as a rule only what has to hold next month too. Every row is checked against what stands here without a #.
# - Then put it into the dataset.yaml beside the file, below title:, summary: and publisher:.
"""


def draft(seen: Seen, profile: TableProfile) -> str:
    """The YAML of a file's entry and its columns. It can be loaded and checked as it is."""
    heading = HEADING.format(name=shown(seen.job.path), rows=rows_in_words(profile.rows))
    head = "\n".join([heading, "files:", *_file_lines(seen, profile), "", ""])
    columns = [each for each in _described(seen, profile) if is_carried(each.profile.name)]
    return f"{head}{_columns(columns, MOST_BYTES - len(head.encode()), len(profile.columns))}"


def as_json(seen: Seen, profile: TableProfile) -> dict[str, Any]:   # Any: a profile as JSON nests
    """The profile, without any value of a column that may hold personal data."""
    hidden = seen.personal
    rows = tuple(tuple(None if name in hidden else cell for name, cell in zip(profile.header, row, strict=True))
                 for row in profile.first_rows)
    columns = tuple(_without_values(each) if each.name in hidden else each for each in profile.columns)
    told = asdict(replace(profile, first_rows=tuple(rows), columns=columns, header_at=tuple(profile.header_at), header_line=""))
    del told["digest"]     # which a copy does not have
    found = {name: {"type": each.type, "stand_ins": each.stand_ins} for name, each in seen.hints.items() if each.stand_ins}
    return {"profile": told, "perhaps_personal": dict(hidden), "perhaps_empty": found}


def _without_values(column: ColumnProfile) -> ColumnProfile:
    return replace(column, minimum=None, maximum=None, mean=None, quartiles=None, top=(), bins=(), shortest=None, longest=None,
                   gaps=())


def _described(seen: Seen, profile: TableProfile) -> Iterator[Described]:
    for number, column in enumerate(profile.columns):
        yield Described(profile=column, hint=seen.hints.get(column.name, Hint()), personal=seen.personal.get(column.name, ""),
                        is_key=(column.name,) in profile.keys, is_first=number == 0)


def _columns(columns: list[Described], most_bytes: int, in_file: int) -> str:
    """As much of the dictionary as a catalog can load: in full, else without what was seen, else the first columns of it."""
    parts = ["columns:\n"] if columns else []
    is_brief = len(columns) > MOST_COLUMNS_IN_FULL
    for each in columns:
        part = "\n".join(column_lines(each, is_brief=is_brief)) + "\n"
        parts.append(part if is_brief else f"{part}\n")
    while sum(len(part.encode()) for part in parts) > most_bytes:
        parts.pop()
    left_out = in_file - max(len(parts) - 1, 0)
    if left_out:
        noun = "1 column is" if left_out == 1 else f"{left_out:,} columns are"
        parts.append(f"# {noun} not described here: a control character in the name, or too many for one file.\n")
    return "".join(parts).rstrip("\n") + "\n"


def _file_lines(seen: Seen, profile: TableProfile) -> Iterator[str]:
    first, *others = [*_pairs(_entry(seen, profile))]
    yield f"  - {first}"
    yield from (f"    {line}" for line in [*others, *_remarks(seen, profile)])


def _entry(seen: Seen, profile: TableProfile) -> dict[str, str | tuple[str, ...]]:
    """The keys that a build needs to read the file as it was read here."""
    file = seen.job.file
    name = format_of(seen.job.path, file.format).name
    encoding = file.encoding or ("" if profile.encoding == "utf-8" else profile.encoding)
    usual = "\t" if name.startswith("TSV") else ","
    delimiter = file.delimiter or ("" if profile.delimiter in ("", usual) else profile.delimiter)
    entry: dict[str, str | tuple[str, ...]] = {
        "path": seen.job.path, "encoding": encoding, "delimiter": DELIMITERS.get(delimiter, delimiter), "empty": file.empty,
        "sheet": file.sheet or "", "header_row": "" if file.header_row == FileRecord().header_row else str(file.header_row),
    }
    return {key: value for key, value in entry.items() if value}


def _pairs(entry: dict[str, str | tuple[str, ...]]) -> Iterator[str]:
    for key, value in entry.items():
        yield from yaml_text({key: value}).splitlines()


def _remarks(seen: Seen, profile: TableProfile) -> Iterator[str]:
    """What was seen of the file as a whole, in comments."""
    path = seen.job.path
    if "\\" in path or ":" in path or path.startswith(".") or path != path.strip():
        yield "# Give the file another name: in a catalog none begins with a dot or a space, or holds \\ or :."
    words = sorted({word for each in seen.hints.values() for word in each.stand_ins})
    if words:
        yield "# Words that stand among numbers or dates. Those that mean that there is no value belong here:"
        yield from (f"# {line}" for line in yaml_text({"empty": words}).splitlines())
    pairs = [each for each in profile.keys if len(each) > 1]
    if pairs:
        names = " and ".join(f"`{shown(name)}`" for name in pairs[0])
        yield f"# Together these columns tell each row from every other: {names}."
        yield "# If that is no accident, list them under primary_key:."
    if profile.repeated_rows:
        noun = "1 row is" if profile.repeated_rows == 1 else f"{profile.repeated_rows:,} rows are"
        yield f"# {noun} the same as an earlier one in every column."
