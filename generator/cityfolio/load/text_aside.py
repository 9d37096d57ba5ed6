"""Descriptions of very many datasets, which lie aside as their columns do; and what many of them share, held once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from sys import intern
from typing import Any

from cityfolio.annex import Annex, Laid
from cityfolio.load.known_records import record_told, told
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.model.said import LaidText

LONG = 200                    # characters: to know where a shorter text lies takes as much as the text
ALIKE = 1_000                 # entries of `files:` that are remembered: most are written as those of another dataset
ASIDE = Annex()


class DescribedAside(DatasetRecord, kw_only=True):
    """A record whose description is read each time that it is asked for. It is equal to the one that has it at hand."""

    @property      # type: ignore[misc]      # nobody sets it, so nobody sees that it is no attribute
    def description(self) -> str:
        """Its description."""
        return _laid(self).read().decode()

    def at_hand(self) -> DatasetRecord:
        """The same record, with its description."""
        return DatasetRecord(**{name: getattr(self, name) for name in self.__struct_fields__})

    def __eq__(self, other: object) -> bool:
        return self is other or self.at_hand() == (other.at_hand() if isinstance(other, DescribedAside) else other)

    def __hash__(self) -> int:
        return hash(self.at_hand())

    def __repr__(self) -> str:
        return repr(self.at_hand())

    def __reduce__(self) -> Any:      # Any: as object has it
        return self.at_hand().__reduce__()      # another process reads nothing of this one


_laid: Callable[[DatasetRecord], Laid] = DatasetRecord.__dict__["description"].__get__     # what is held in place of the text
LaidText.register(Laid)


def with_text_aside(record: DatasetRecord) -> DatasetRecord:
    """The same record, with its description laid aside, and one object for each word that other records have too."""
    members: dict[str, Any] = {name: getattr(record, name) for name in record.__struct_fields__}     # Any: whatever these are
    for name in ("publisher", "license", "spatial", "each_row_is"):
        members[name] = _alike(members[name])
    for name in ("topics", "keywords"):
        members[name] = tuple(map(_alike, members[name]))
    members["files"] = tuple(_file(told(each)) for each in record.files)
    text = record.description
    if type(text) is not str or len(text) < LONG:      # one in several languages is more than its bytes
        return DatasetRecord(**members)
    members["description"] = ASIDE.laid(text.encode())
    return DescribedAside(**members)


def _alike(word: Any) -> Any:       # Any: a text, in one language or in several, or none
    return intern(word) if type(word) is str else word


@lru_cache(maxsize=ALIKE)
def _file(written: bytes) -> FileRecord:
    return record_told(FileRecord, written)
