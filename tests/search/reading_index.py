"""Reads a search index in Python, written from docs/reference/search-index.md and from nothing else."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate


@dataclass(slots=True)
class Bytes:
    """A file of the index, unpacked, and how far it is read."""

    body: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        """The next so many bytes."""
        self.at += count
        assert self.at <= len(self.body)
        return self.body[self.at - count:self.at]

    def varint(self) -> int:
        """The next number."""
        value, bits = 0, 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 127) << bits
            bits += 7
            if byte < 128:
                return value

    def header(self) -> dict[str, object]:
        """The JSON that a file opens with."""
        found: dict[str, object] = json.loads(self.take(self.varint()))
        return found

    def words(self, count: int) -> list[str]:
        """So many words, each of which says what it has in common with the one before."""
        words, before = [], ""
        for _ in range(count):
            shared = before.encode("utf-16-le")[:2 * self.varint()].decode("utf-16-le")
            before = shared + self.take(self.varint()).decode()
            words.append(before)
        return words

    def column(self, count: int, width: int) -> list[int]:
        """So many numbers, their lowest bytes first."""
        planes = [self.take(count) for _ in range(width)]
        return [sum(plane[at] << 8 * step for step, plane in enumerate(planes)) for at in range(count)]

    @property
    def is_at_end(self) -> bool:
        """Whether all was read."""
        return self.at == len(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRead:
    """The documents of the words of one stem, and for each its mark."""

    peak: int
    documents: tuple[int, ...]
    marks: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardRead:
    """Some words, the list of each by its number, and the lists."""

    words: Mapping[str, int]
    lists: tuple[ListRead, ...]


def read_shard(body: bytes) -> ShardRead:
    """A file of words."""
    file = Bytes(body)
    words = file.words(file.varint())
    owner: list[int] = []
    sizes: list[tuple[int, int]] = []
    for at in range(len(words)):
        back = file.varint()
        owner.append(owner[at - back] if back else len(sizes))
        if not back:
            sizes.append((file.varint() // 2, file.take(1)[0]))
    documents = [tuple(accumulate((file.varint() + 1 for _ in range(count)), initial=-1))[1:] for count, _ in sizes]
    marks = [file.take(count) for count, _ in sizes]
    assert file.is_at_end
    lists = tuple(ListRead(peak=peak, documents=found, marks=own)
                  for (_, peak), found, own in zip(sizes, documents, marks, strict=True))
    return ShardRead(words=dict(zip(words, owner, strict=True)), lists=lists)


def read_places(body: bytes, shards: list[ShardRead]) -> list[list[dict[int, list[int]]]]:
    """A file of places, which belongs to these shards: for each list of each shard the places in each document."""
    file = Bytes(body)
    lengths = [file.varint() for _ in shards]
    found = [_places_of(Bytes(file.take(length)), shard) for length, shard in zip(lengths, shards, strict=True)]
    assert file.is_at_end
    return found


def _places_of(file: Bytes, shard: ShardRead) -> list[dict[int, list[int]]]:
    lengths = [file.varint() for _ in shard.lists]
    return [dict(_places_in(Bytes(file.take(length)), each)) for length, each in zip(lengths, shard.lists, strict=True)]


def _places_in(file: Bytes, of: ListRead) -> Iterator[tuple[int, list[int]]]:
    posting = 0
    while not file.is_at_end:
        posting += file.varint()
        steps = [file.varint()]
        while steps[-1] & 1:
            steps.append(file.varint())
        yield of.documents[posting], list(accumulate((step >> 1 for step in steps), initial=-1))[1:]
        posting += 1


@dataclass(frozen=True)
class IndexRead:
    """A whole index."""

    files: Mapping[str, bytes]

    @cached_property
    def _root(self) -> tuple[Bytes, dict[str, object]]:
        file = Bytes(zlib.decompress(self.files["root.bin"]))
        return file, file.header()

    @property
    def root(self) -> dict[str, object]:
        """The settings."""
        return self._root[1]

    @cached_property
    def bodies(self) -> dict[str, bytes]:
        """Every file but the root and the lists of widths, unpacked."""
        file, root = self._root
        inside = {path: file.take(size) for path, size in root["files"]}  # type: ignore[attr-defined]
        assert file.is_at_end
        if "folder" not in root:
            return inside
        folder = f"{root['folder']}/"
        found = {path.removeprefix(folder): body for path, body in self.files.items() if path != "root.bin"}
        together: dict[str, int] = root["packs"]  # type: ignore[assignment]
        alone = {path: zlib.decompress(body) for path, body in found.items() if path.partition("/")[0] not in together}
        parts = {name: _parts_of(_numbered(found, name), count, self._widths(name, inside, found))
                 for name, count in together.items()}
        return alone | {f"{name}/{at}.bin": body for name, bodies in parts.items() for at, body in enumerate(bodies)}

    def _widths(self, folder: str, inside: Mapping[str, bytes], found: Mapping[str, bytes]) -> list[int]:
        """How many bytes each file of a folder takes in its packs."""
        if f"{folder}/widths.bin" in inside:
            return [width * int(str(self.root["unit"])) for width in _varints(inside[f"{folder}/widths.bin"])]
        cell = int(str(self.root["cells"]))
        return [cell] * (sum(map(len, _numbered(found, folder))) // cell)

    @property
    def kinds(self) -> list[tuple[str, int, str]]:
        """Each kind's name, how many documents it has, and its pattern of addresses."""
        return [tuple(each) for each in self.root["kinds"]]  # type: ignore[attr-defined]

    @cached_property
    def records(self) -> list[list[str]]:
        """The record of each document, complete."""
        kinds = [(name, pattern) for name, count, pattern in self.kinds for _ in range(count)]
        found = [_named(record) for body in self.blocks for record in json.loads(body)]
        return [_complete(record, pattern) for record, (_, pattern) in zip(found, kinds, strict=True)]

    @cached_property
    def blocks(self) -> list[bytes]:
        """The blocks of records, unpacked."""
        return self._numbered("records")

    @cached_property
    def shards(self) -> list[ShardRead]:
        """The shards of words."""
        return [read_shard(body) for body in self._numbered("words")]

    def documents(self, word: str) -> dict[int, tuple[float, str]]:
        """The documents that a word has, each with its impact and where the word was found; looked up by the dividers."""
        shard = self.shards[_place(str(self.root["words"]), word.encode("utf-16-be"))]
        if word not in shard.words:
            return {}
        found, root = shard.lists[shard.words[word]], self.root
        peak = root["least"] * root["ratio"] ** found.peak  # type: ignore[operator]
        return {document: (peak * ((mark & 31) + 1) / 32, root["matches"][mark >> 5])  # type: ignore[index]
                for document, mark in zip(found.documents, found.marks, strict=True)}

    def places(self, word: str) -> dict[int, list[int]]:
        """Where a word stands in each document."""
        at, together = _place(str(self.root["words"]), word.encode("utf-16-be")), int(str(self.root["together"]))
        start = at // together * together
        of_file = read_places(self._numbered("places")[at // together], self.shards[start:start + together])
        return of_file[at - start][self.shards[at].words[word]]

    def backwards(self) -> dict[str, int]:
        """The words of the files of spelling, the right way round, with how common they are."""
        found: dict[str, int] = {}
        for body in self._numbered("spelling"):
            file = Bytes(body)
            words = file.words(file.varint())
            found |= {word[::-1]: common for word, common in zip(words, file.take(len(words)), strict=True)}
            assert file.is_at_end
        return found

    def facet(self, name: str) -> list[list[tuple[str, str]]]:
        """For each dataset its values."""
        file = Bytes(self.bodies[f"facets/{name}.bin"])
        header = file.header()
        values, sets = header["values"], header["sets"]
        numbers = file.column(self.kinds[0][1], header["width"])  # type: ignore[arg-type]
        assert file.is_at_end
        return [[tuple(values[value]) for value in sets[number]] for number in numbers]  # type: ignore[index]

    def order(self, name: str) -> list[int]:
        """For each dataset the number by which it is sorted."""
        file = Bytes(self.bodies[f"sort/{name}.bin"])
        return file.column(self.kinds[0][1], file.header()["width"])  # type: ignore[arg-type]

    def parts(self) -> list[int]:
        """For each column the number of its dataset."""
        file = Bytes(self.bodies["parts.bin"])
        counts = [file.varint() for _ in range(self.kinds[0][1])]
        assert file.is_at_end
        return [dataset for dataset, count in enumerate(counts) for _ in range(count)]

    def _numbered(self, folder: str) -> list[bytes]:
        return _numbered(self.bodies, folder)


def _numbered(files: Mapping[str, bytes], folder: str) -> list[bytes]:
    count = sum(path.startswith(f"{folder}/") for path in files)
    return [files[f"{folder}/{at}.bin"] for at in range(count)]


def _parts_of(files: list[bytes], together: int, widths: list[int]) -> list[bytes]:
    """What lies in some files, so many in each, unpacked."""
    shared = [widths[at:at + together] for at in range(0, len(widths), together)]
    assert [len(file) for file in files] == [sum(each) for each in shared]
    cells = [Bytes(file[end - width:end]) for file, each in zip(files, shared, strict=True)
             for width, end in zip(each, accumulate(each), strict=True)]
    return [zlib.decompress(cell.take(cell.varint())) for cell in cells]


def _varints(body: bytes) -> Iterator[int]:
    file = Bytes(body)
    while not file.is_at_end:
        yield file.varint()


def _named(record: list[str | list[str]]) -> list[str]:
    key, *others = record
    if isinstance(key, list):
        key = re.sub("[^a-z0-9]+", "-", str(others[0]).lower()).strip("-") + key[0]
    return [key, *map(str, others)]


def _complete(record: list[str], pattern: str) -> list[str]:
    if len(record) == 7:
        return record
    return [*record, *[""] * (6 - len(record)), pattern.replace("{}", record[0])]


def _place(dividers: str, word: bytes) -> int:
    not_greater = [at for at, line in enumerate(dividers.split("\n")) if line.encode("utf-16-be") <= word]
    return max(not_greater, default=0)
