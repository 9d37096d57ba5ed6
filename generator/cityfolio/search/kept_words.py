"""The words of documents, kept from one build to the next: texts are cut into words where they changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from unicodedata import unidata_version

import numpy as np
import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.search.documents import FIELDS, Document
from cityfolio.search.occurrences import Ints, Numbers, Words, starts_of, words_of

__all__ = ["kept_words_of", "texts_digest"]

RULES = "2"            # raised with every change to how a text is cut into words, or to how they are kept
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
    """The words of some documents, as `words_of` cuts them. What was cut of the same texts before is taken from there.

    The vocabulary is sorted, so that what is found of it is the same wherever in a catalog a word is met first.
    """
    key = f"words of documents {RULES} {__version__} {unidata_version} {language}"
    body, digests = cache.get(key), _digests(documents)
    before = _read(body) if body else _kept_of(words_of([]), [])
    places = {digest: at for at, digest in enumerate(before.digests)}
    missing = [at for at, digest in enumerate(digests) if digest not in places]
    cut = _kept_of(words_of([documents[at] for at in missing]), [digests[at] for at in missing])
    places |= {digest: len(before.digests) + at for at, digest in enumerate(cut.digests)}
    words = _words_of(before, cut, np.array([places[digest] for digest in digests], dtype=np.int64))
    if body is None or missing or len(before.digests) != len(digests):
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


def _words_of(before: _Kept, cut: _Kept, places: Numbers) -> Words:
    """The words of the documents at some places among those that were kept before and those that were cut now."""
    numbers = {word: at for at, word in enumerate(before.vocabulary)}
    again = np.array([numbers.setdefault(word, len(numbers)) for word in cut.vocabulary], dtype=np.int32)
    texts, field, size = (np.concatenate(each) for each in (
        (before.texts, cut.texts), (before.field, cut.field), (before.size, cut.size)))
    of_texts = np.concatenate([[0], np.cumsum(texts, dtype=np.int64)])
    of_words = np.concatenate([[0], np.cumsum(size, dtype=np.int64)])
    # Documents that stood side by side mostly still do, and are taken together.
    breaks = np.flatnonzero((np.diff(places) != 1) | (places[1:] == len(before.digests))) + 1
    cuts = np.concatenate([[0], breaks, [len(places)]]) if len(places) else np.zeros(1, np.int64)
    runs = [slice(*of_texts[[places[one], places[two - 1] + 1]].tolist()) for one, two in pairwise(cuts.tolist())]
    more, first = again[cut.word] if before.vocabulary else cut.word, len(before.word)      # alone they have these numbers
    word = [before.word[one:two] if two <= first else more[one - first:two - first]
            for one, two in (of_words[[run.start, run.stop]].tolist() for run in runs)]
    size, document = _joined(size, runs), np.repeat(np.arange(len(places), dtype=np.int32), texts[places])
    vocabulary, word_at = _sorted(tuple(numbers), _together(word), is_sorted=not len(again))
    return Words(vocabulary=vocabulary, word=word_at, document=document, field=_joined(field, runs),
                 start=starts_of(document, size), size=size)


def _joined(column: Ints, runs: Sequence[slice]) -> Ints:
    return _together([column[run] for run in runs])


def _together(columns: Sequence[Ints]) -> Ints:
    return columns[0] if len(columns) == 1 else np.concatenate([np.zeros(0, np.int32), *columns])


def _sorted(vocabulary: Sequence[str], word: Ints, *, is_sorted: bool) -> tuple[tuple[str, ...], Ints]:
    """The words that occur, in their order, and where each one that is said stands among them."""
    occurs = np.bincount(word, minlength=len(vocabulary)) > 0
    if is_sorted and occurs.all():
        return tuple(vocabulary), word
    order = sorted(np.flatnonzero(occurs).tolist(), key=vocabulary.__getitem__)
    numbers = np.zeros(len(vocabulary), np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    return tuple(vocabulary[at] for at in order), numbers[word]


def _written(kept: _Kept) -> bytes:
    columns = [each.astype("<i4", copy=False).tobytes() for each in (kept.texts, kept.field, kept.size, kept.word)]
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
