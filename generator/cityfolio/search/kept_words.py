"""The words of documents, kept from one build to the next: texts are cut into words where they changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import unidata_version

import numpy as np
import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.search.documents import FIELDS, Document
from cityfolio.search.occurrences import Ints, Numbers, Words, starts_of, words_of

__all__ = ["kept_words_of", "texts_digest"]

RULES = "1"            # raised with every change to how a text is cut into words
DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The words of some documents, each under a digest of its texts."""

    digests: tuple[bytes, ...]
    vocabulary: tuple[str, ...]
    texts: Ints                   # how many each document has; then of each text its field and how many words it has
    field: Ints
    size: Ints
    word: Ints


def kept_words_of(documents: Sequence[Document], language: str, cache: Keep) -> Words:
    """The words of some documents, as `words_of` cuts them. What was cut of the same texts before is taken from there."""
    key = f"words of documents {RULES} {__version__} {unidata_version} {language}"
    body = cache.get(key)
    if body is None:
        words = words_of(documents)
        cache.put(key, _written(_kept_of(words, _digests(documents))))
        return words
    before, digests = _read(body), _digests(documents)
    places = {digest: at for at, digest in enumerate(before.digests)}
    missing = [at for at, digest in enumerate(digests) if digest not in places]
    cut = _kept_of(words_of([documents[at] for at in missing]), [digests[at] for at in missing])
    places |= {digest: len(before.digests) + at for at, digest in enumerate(cut.digests)}
    words = _words_of(_together(before, cut), np.array([places[digest] for digest in digests], dtype=np.int64))
    if missing or len(before.digests) != len(digests):
        cache.put(key, _written(_kept_of(words, digests)))
    return words


def texts_digest(document: Document) -> str:
    """A digest of all that is cut into words, field by field."""
    return document.digest or sha256(orjson.dumps(
        [document.title, document.text, document.about, [document.fields.get(name, ()) for name in FIELDS]])).hexdigest()


def _digests(documents: Sequence[Document]) -> list[bytes]:
    return [bytes.fromhex(texts_digest(each)) for each in documents]


def _kept_of(words: Words, digests: Sequence[bytes]) -> _Kept:
    texts = np.bincount(words.document, minlength=len(digests)).astype(np.int32)
    return _Kept(digests=tuple(digests), vocabulary=words.vocabulary, texts=texts, field=words.field, size=words.size,
                 word=words.word)


def _together(one: _Kept, other: _Kept) -> _Kept:
    """What is kept in either, with one vocabulary."""
    numbers = {word: at for at, word in enumerate(one.vocabulary)}
    again = np.array([numbers.setdefault(word, len(numbers)) for word in other.vocabulary], dtype=np.int32)
    return _Kept(digests=one.digests + other.digests, vocabulary=tuple(numbers), texts=np.r_[one.texts, other.texts],
                 field=np.r_[one.field, other.field], size=np.r_[one.size, other.size],
                 word=np.r_[one.word, again[other.word]])


def _words_of(kept: _Kept, places: Numbers) -> Words:
    """The words of the documents at some places. They are numbered anew, as they are met."""
    firsts = _firsts(kept.texts)
    texts = _ranges(firsts[places], kept.texts[places])
    size, document = kept.size[texts], np.repeat(np.arange(len(places), dtype=np.int32), kept.texts[places])
    word = kept.word[_ranges(_firsts(kept.size)[texts], size)]
    first = np.full(len(kept.vocabulary), -1)
    first[word[::-1]] = np.arange(len(word))[::-1]      # of a place that is set again and again, the last value stays
    met = np.flatnonzero(first >= 0)
    met = met[np.argsort(first[met])]
    numbers = np.zeros(len(kept.vocabulary), np.int32)
    numbers[met] = np.arange(len(met), dtype=np.int32)
    return Words(vocabulary=tuple(kept.vocabulary[at] for at in met.tolist()), word=numbers[word], document=document,
                 field=kept.field[texts], start=starts_of(document, size), size=size)


def _firsts(counts: Ints) -> Numbers:
    """Where each of some runs starts that lie one after another."""
    return np.cumsum(counts, dtype=np.int64) - counts


def _ranges(firsts: Numbers, counts: Ints) -> Numbers:
    """The places of some runs, one after another."""
    return np.repeat(firsts - _firsts(counts), counts) + np.arange(int(counts.sum()))


def _written(kept: _Kept) -> bytes:
    columns = [each.astype("<i4").tobytes() for each in (kept.texts, kept.field, kept.size, kept.word)]
    heads = orjson.dumps([kept.vocabulary, list(map(len, columns))])
    return b"".join((heads, b"\n", *columns, *kept.digests))


def _read(body: bytes) -> _Kept:
    end = body.index(b"\n")
    vocabulary, sizes = orjson.loads(body[:end])
    at, columns = end + 1, []
    for size in sizes:
        columns.append(np.frombuffer(body, dtype="<i4", count=size // 4, offset=at))
        at += size
    texts, field, size, word = columns
    digests = tuple(body[one:one + DIGEST_BYTES] for one in range(at, len(body), DIGEST_BYTES))
    return _Kept(digests=digests, vocabulary=tuple(vocabulary), texts=texts, field=field, size=size, word=word)
