"""Digests of what is known: two datasets with the same one are drawn and told alike, wherever nothing but they is shown.

They are of values, and never of the files that these were read from, so that whatever a stage made of a record counts. All
members of a type count, those too that are added to it one day. The one exception is a table's profile, the largest part of
a dataset: it has the digest of the very bytes that it was read from, which it loses when anything in it is replaced.

Datasets and publishers are told in MessagePack, which msgspec writes in C, in a fifth of the time that JSON takes. It
writes a day as a text, so no member below them may be declared as either; and a set in any order, so there is one alone, whose
words are sorted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import fields
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from operator import attrgetter
from typing import Any

import msgspec
import orjson

from cityfolio.frozen import Frozen, field
from cityfolio.model.catalog import Column, Dataset, File, Publisher
from cityfolio.model.said import LaidText, Said

# Keys are not sorted: the order in which a city wrote columns and codes is the one in which they are shown.
OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


def digest_of(*values: object) -> str:
    """A digest of some values; "" where one holds what cannot be told, as a whole number of more than 64 bits."""
    try:
        return sha256(orjson.dumps(values, default=_plain, option=OPTIONS)).hexdigest()
    except orjson.JSONEncodeError:
        return ""


class Digests(Frozen):
    """The digests of the datasets of one catalog, each worked out when it is first asked for."""

    # By identity, together with the thing itself, which must live as long as its number is remembered.
    known: dict[int, tuple[object, str]] = field(default_factory=dict)

    def of_dataset(self, dataset: Dataset) -> str:
        """A digest of everything in a dataset; "" where it has none."""
        return self._known(dataset) or self._kept(
            dataset, _quick_digest(_ALL_BUT_FILES(dataset), sorted(dataset.twins), *_files(dataset)))

    def of(self, value: object) -> str:
        """A digest of what is told beside a dataset, as its checks or another dataset; "" where it has none."""
        if isinstance(value, Dataset):
            return self.of_dataset(value)
        return self._known(value) or self._kept(value, digest_of(value))

    def of_line(self, line: Iterable[Publisher]) -> str:
        """A digest of some publishers, without their datasets; "" where they have none."""
        found = [self._known(each) or self._kept(each, _quick_digest(_ALL_BUT_DATASETS(each))) for each in line]
        return digest_of(found) if all(found) else ""

    def note(self, value: object, written: bytes) -> None:
        """Remember the digest of a value by all of it as it is written, which is at hand where it was kept so."""
        self._kept(value, sha256(written).hexdigest())

    def take(self, others: Digests) -> None:
        """Remember what others have worked out."""
        self.known.update(others.known)

    def _known(self, value: object) -> str:
        return self.known.get(id(value), (None, ""))[1]

    def _kept(self, value: object, digest: str) -> str:
        self.known[id(value)] = value, digest
        return digest


def _all_but(kind: type[Any], *names: str) -> attrgetter[tuple[object, ...]]:     # Any: a dataclass
    return attrgetter(*(each.name for each in fields(kind) if each.name not in names))


_ALL_BUT_FILES, _ALL_BUT_DATASETS = _all_but(Dataset, "files", "twins"), _all_but(Publisher, "datasets")
_ALL_BUT_TABLE, _ALL_BUT_RECORD = _all_but(File, "profile", "columns", "first_rows"), _all_but(Column, "record")


def _files(dataset: Dataset) -> Iterator[object]:
    """The files as the digest tells them: a profile by its own, if that has one; an entry of the dictionary once."""
    dictionary = dataset.record.columns
    for file in dataset.files:
        begun = file.first_rows
        seen, told = (begun.profile, begun.columns) if begun else (file.profile, file.columns)
        columns = [(_ALL_BUT_RECORD(each), each.record is dictionary.get(each.name) or each.record) for each in told]
        yield _ALL_BUT_TABLE(file), columns, seen and (seen.digest or seen), begun is not None


def _quick_digest(*values: object) -> str:
    """A digest of what is found below datasets and publishers; "" where it has none."""
    try:
        return sha256(_WRITER.encode(values)).hexdigest()
    except (TypeError, OverflowError, UnicodeEncodeError):     # what has no form, or is more than 64 bits, or no text
        return ""


def _plain(value: object) -> Any:   # Any: what JSON and MessagePack can hold
    """What neither JSON nor MessagePack has a form for, so that no two values of different kinds are written alike."""
    if isinstance(value, Said):
        return {"said": str(value), "in": value.language, "texts": dict(value.texts), "foreign": value.foreign}
    if isinstance(value, str):       # markup
        return {type(value).__name__: str(value)}
    if isinstance(value, (date, datetime)):
        return {"day": value.isoformat()}
    if isinstance(value, LaidText):
        return value.read().decode()
    if isinstance(value, AbstractSet):
        return {"set": sorted(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    raise TypeError(f"{type(value).__name__} is told in no form that can be compared")


_WRITER = msgspec.msgpack.Encoder(enc_hook=_plain)
