"""Names of sensitive columns, looked for where no column is: inside of values, and beside the rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cityfolio.frozen import Frozen
from cityfolio.tables.exports.schema import Unfit
from cityfolio.tables.readers.json_stream import Digits
from cityfolio.tables.table import TableJob, plain_name

LONGEST_NAME = 1_000           # a longer text is no name of a column
NOTHING: frozenset[str] = frozenset()
plain = lru_cache(maxsize=10_000)(plain_name)   # the same few names stand in every record


class Hidden(Frozen):
    """The columns that are left out: by what their names have in common with slips of them, the name that is declared."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, job: TableJob) -> Hidden:
        """The sensitive columns of a file."""
        return cls({plain_name(name): name for name, column in job.columns.items() if column.sensitive})

    def and_(self, name: str) -> Hidden:
        """The same, and one more name that may not be found."""
        return Hidden({plain_name(name): name, **self.names})

    def has(self, name: str) -> bool:
        """Whether a name is that of a sensitive column, or a slip of it."""
        return plain(name) in self.names

    # Any, here and below: a value of JSON may be of any kind.
    def kept(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A record without what is hidden; everything else is in its order."""
        return {name: value for name, value in record.items() if plain(name) not in self.names}

    def refuse_in(self, value: Any, where: str, allowed: frozenset[str] = NOTHING) -> None:
        """Refuse a value that has a hidden name in it. `allowed` are names that have a meaning of their own there."""
        for name in _names(value):
            if name not in allowed:
                self.refuse(name, where)

    def refuse_described(self, value: Any, where: str) -> None:
        """Refuse what stands beside the rows and tells of a hidden column, be its name a key or a text in a list or object."""
        for name in (*_names(value), *(_texts(value) if isinstance(value, (dict, list)) else ())):
            self.refuse(name, where)

    def refuse(self, name: str, where: str) -> None:
        """Refuse a name that is hidden."""
        if plain(name) in self.names:
            # The name as it is declared: what stands in the file may be a value where a name should be.
            raise Unfit(f"{where} holds `{self.names[plain(name)][:80]}`, the name of a sensitive column, where no column "
                        "can be left out", "Take it out of the file, or publish it under a column of its own.")


def _names(value: Any) -> Iterator[str]:
    """The keys of all objects in a value."""
    if isinstance(value, dict):
        yield from value
        value = value.values()
    elif not isinstance(value, list):
        return
    for each in value:
        if isinstance(each, (dict, list)):
            yield from _names(each)


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value that are short enough to be names; a number comes as its digits, and is none."""
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, (dict, list)):
            yield from _texts(each)
        elif isinstance(each, str) and not isinstance(each, Digits) and len(each) <= LONGEST_NAME:
            yield each
