"""Reads an index byte by byte, as docs/reference/search-index.md describes it, and shares no code with what writes it.

    index = read_index(index_files(documents, Speech()))
    index.documents_of("trees")      # {"street-trees": Said(level=31, match="title"), ...}
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass
class Bytes:
    """Bytes that are read from front to back."""

    body: bytes
    at: int = 0

    def number(self) -> int:
        """The next number, in groups of seven bits with the lowest first."""
        value, shift = 0, 0
        while True:
            byte = self.body[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def take(self, count: int) -> bytes:
        """The next bytes."""
        self.at += count
        assert self.at <= len(self.body)
        return self.body[self.at - count:self.at]

    def header(self) -> Any:
        """The JSON that a file opens with."""
        return json.loads(self.take(self.number()))

    def words(self, count: int) -> list[str]:
        """Front-coded words; what they share is counted in UTF-16 units, two bytes each."""
        words, before = [], b""
        for _ in range(count):
            shared = before[: 2 * self.number()]
            before = shared + self.take(self.number()).decode().encode("utf-16-le")
            words.append(before.decode("utf-16-le"))
        return words

    def column(self, count: int, width: int) -> list[int]:
        """Numbers as their lowest bytes, then the next ones."""
        planes = [self.take(count) for _ in range(width)]
        return [sum(plane[at] << 8 * step for step, plane in enumerate(planes)) for at in range(count)]

    @property
    def is_at_end(self) -> bool:
        """Whether everything was read."""
        return self.at == len(self.body)


@dataclass(frozen=True)
class Said:
    """What a list says of a document: the impact as one of 32 parts of the list's greatest, and where the word stands."""

    level: int
    match: str


@dataclass
class ReadList:
    """The list of the words of one stem in one shard."""

    peak: int
    count: int
    words: list[str] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    codes: bytes = b""
    places: dict[int, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadIndex:
    """An index, with what its words say."""

    root: dict[str, Any]
    files: Mapping[str, bytes]       # inflated, without the folder

    @cached_property
    def records(self) -> list[list[str]]:
        """The record of every document, in their order."""
        return [record for path in self._numbered("records") for record in json.loads(self.files[path])]

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, in their order."""
        return [record[0] for record in self.records]

    @cached_property
    def lists(self) -> dict[str, ReadList]:
        """Every word's list, with its places."""
        found: dict[str, ReadList] = {}
        shards = [_shard(Bytes(self.files[path])) for path in self._numbered("words")]
        together = self.root["together"]
        for nth, path in enumerate(self._numbered("places")):
            self._read_places(Bytes(self.files[path]), [lists for _, lists in shards[nth * together:(nth + 1) * together]])
        for by_word, _ in shards:
            assert not found.keys() & by_word.keys()
            found |= by_word
        return found

    def documents_of(self, word: str) -> dict[str, Said]:
        """What a word's list says, by the documents' ids."""
        read = self.lists.get(word)
        if read is None:
            return {}
        return {self.ids[document]: Said(level=code & 31, match=self.root["matches"][code >> 5])
                for document, code in zip(read.documents, read.codes, strict=True)}

    def impacts_of(self, word: str) -> dict[str, float]:
        """How much a word says of each document, as far as the index tells."""
        peak = self.root["least"] * self.root["ratio"] ** self.lists[word].peak
        return {key: peak * (said.level + 1) / 32 for key, said in self.documents_of(word).items()}

    def places_of(self, word: str) -> dict[str, list[int]]:
        """Where a word's stem stands, by the documents' ids."""
        return {self.ids[document]: places for document, places in self.lists[word].places.items()}

    @cached_property
    def spelling(self) -> dict[str, int]:
        """The words that a mistyped one may be meant to be, each with 8 times the binary logarithm of how many hold it."""
        found: dict[str, int] = {}
        for path in self._numbered("spelling"):
            reader = Bytes(self.files[path])
            words = reader.words(reader.number())
            found |= {word[::-1]: common for word, common in zip(words, reader.take(len(words)), strict=True)}
            assert reader.is_at_end
        return found

    def facet(self, name: str) -> dict[str, list[str]]:
        """The ids of a facet's values for each dataset."""
        reader = Bytes(self.files[f"facets/{name}.bin"])
        header, wholes = reader.header(), self.root["kinds"][0][1]
        column = reader.column(wholes, header["width"])
        assert reader.is_at_end
        return {key: [header["values"][value][0] for value in header["sets"][chosen]]
                for key, chosen in zip(self.ids[:wholes], column, strict=True)}

    def order(self, name: str) -> dict[str, int]:
        """What datasets are sorted by: `updated` or `name`."""
        reader, wholes = Bytes(self.files[f"sort/{name}.bin"]), self.root["kinds"][0][1]
        return dict(zip(self.ids[:wholes], reader.column(wholes, reader.header()["width"]), strict=True))

    def _numbered(self, folder: str) -> list[str]:
        """The files of a folder by their numbers, which run from 0."""
        count = sum(path.startswith(f"{folder}/") for path in self.files)
        return [f"{folder}/{at}.bin" for at in range(count)]

    @staticmethod
    def _read_places(reader: Bytes, shards: list[list[ReadList]]) -> None:
        sizes = [reader.number() for _ in shards]
        for lists, size in zip(shards, sizes, strict=True):
            end = reader.at + size
            for each, length in zip(lists, [reader.number() for _ in lists], strict=True):
                _read_list_places(each, Bytes(reader.take(length)))
            assert reader.at == end
        assert reader.is_at_end


def read_index(files: Mapping[str, bytes]) -> ReadIndex:
    """Read the files of an index, one or a folder."""
    reader = Bytes(zlib.decompress(files["root.bin"]))
    root = reader.header()
    if "files" in root:
        inside = {path: reader.take(size) for path, size in root["files"]}
        assert reader.is_at_end
        assert list(files) == ["root.bin"]
        return ReadIndex(root, inside)
    folder = root["folder"] + "/"
    assert all(path.startswith(folder) for path in files if path != "root.bin")
    return ReadIndex(root, {path.removeprefix(folder): zlib.decompress(body) for path, body in files.items() if path != "root.bin"})


def _shard(reader: Bytes) -> tuple[dict[str, ReadList], list[ReadList]]:
    """A shard's words with their lists, and the lists in their order."""
    words = reader.words(reader.number())
    of_word: list[ReadList] = []
    lists: list[ReadList] = []
    for word in words:
        back = reader.number()
        if back:
            of_word.append(of_word[len(of_word) - back])
        else:
            lists.append(ReadList(count=reader.number(), peak=reader.take(1)[0]))
            of_word.append(lists[-1])
        of_word[-1].words.append(word)
    for each in lists:
        at = -1
        for _ in range(each.count):
            at += reader.number() + 1
            each.documents.append(at)
    for each in lists:
        each.codes = reader.take(each.count)
    assert reader.is_at_end
    return dict(zip(words, of_word, strict=True)), lists


def _read_list_places(read: ReadList, reader: Bytes) -> None:
    posting = -1
    while not reader.is_at_end:
        posting += reader.number() + 1
        places, place, goes_on = [], -1, 1
        while goes_on:
            number = reader.number()
            goes_on, place = number & 1, place + (number >> 1)
            places.append(place)
        read.places[read.documents[posting]] = places
