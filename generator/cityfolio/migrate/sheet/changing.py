"""One file of the catalog while a workbook is put into it: cells, new files and columns, and what is taken out.

Files keep their numbers until all is in, so that what is taken out or put between others moves no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.migrate.harvest.merge import Maybe, Values
from cityfolio.migrate.sheet.workbook import files_of
from cityfolio.migrate.yaml.changes import Path, changes_between
from cityfolio.migrate.yaml.edit import edited
from cityfolio.migrate.yaml.text import Yaml, record_text


@dataclass(slots=True)
class Changing:
    """A record as it is and as it shall be."""

    record: type
    text: str                     # "" for one that is new
    before: Values
    values: Values = field(init=False)
    order: list[int] = field(init=False)                      # of its files, by their numbers
    gone: set[Path] = field(default_factory=set)              # files and columns that are taken out

    def __post_init__(self) -> None:
        self.values = self.before
        self.order = [*range(len(files_of(self.before.get("files"))))]

    def put(self, path: Path, value: Maybe) -> None:
        """Put a value where it belongs."""
        made = with_value(self.values, path, value)
        assert isinstance(made, dict)
        self.values = made

    def add_file(self, behind: int | None) -> int:
        """The number of a new file, which stands behind another or, for none, at the end."""
        number = len(self.order)
        self.order.insert(self.order.index(behind) + 1 if behind in self.order else number, number)
        self.values = {**self.values, "files": [*files_of(self.values.get("files")), {}]}
        return number

    def place_column(self, path: Path, before: str | None, behind: str | None) -> None:
        """Let a new column stand next to one that is there."""
        columns = value_at(self.values, path[:-1])
        if not isinstance(columns, Mapping) or path[-1] not in columns:
            return
        name = str(path[-1])
        others = [each for each in columns if each != name]
        at = others.index(behind) + 1 if behind in others else others.index(before) if before in others else len(others)
        self.put(path[:-1], {each: columns[each] for each in (*others[:at], name, *others[at:])})

    def take_out(self, path: Path) -> None:
        """Take out a file or a column."""
        self.gone.add(path)

    def new_text(self) -> str:
        """The text of the file with all of it, as little changed as can be."""
        after = self.settled()
        if not self.text:
            return record_text(self.record, after)
        return edited(self.text, changes_between(self.before, after, self.record))

    def settled(self) -> Values:
        """The values with files in their order, and without what is taken out."""
        values: Yaml = self.values
        for path in sorted((path for path in self.gone if path[-2] == "columns"), key=str):
            values = with_value(values, path, None)
        assert isinstance(values, dict)
        kept = [number for number in self.order if ("files", number) not in self.gone]
        if kept != [*range(len(self.order))]:
            files = files_of(values.get("files"))
            values = with_value(values, ("files",), [files[number] for number in kept] or None)
            assert isinstance(values, dict)
        return values


def value_at(values: Yaml, path: Path) -> Yaml | None:
    """The value that a path leads to; None where there is none."""
    found: Yaml | None = values
    for step in path:
        if isinstance(step, int):
            files = files_of(found)     # a single value stands for a list of one
            found = files[step] if step < len(files) else None
        elif isinstance(found, Mapping):
            found = found.get(step)
        else:
            return None
    return found


def with_value(values: Yaml, path: Path, value: Maybe) -> Yaml:
    """Values with one set; groups on the way are made, and those that are left empty go, but for the items of a list."""
    if not path:
        return value if value is not None else {}
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        # A single value stands for a list of one.
        items: list[Yaml] = [values] if isinstance(values, str | Mapping) else list(values)
        items[step] = with_value(items[step], rest, value)
        return items if not isinstance(values, Mapping) else items[0]
    group: Mapping[str, Yaml] = values if isinstance(values, Mapping) else {}
    below: Yaml = group.get(step, {}) if rest else {}
    made = with_value(below, rest, value)
    if made == {} or (not rest and value is None):
        return {key: each for key, each in group.items() if key != step}
    return {**group, step: made}
