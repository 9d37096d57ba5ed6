"""The words of documents, kept from one build to the next: texts are cut into words where they changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from unicodedata import unidata_version

import numpy as np
import orjson

from cityfolio import __version__
from cityfolio.annex import Annex
from cityfolio.cache import Keep, keeps_nothing
from cityfolio.frozen import Frozen, replace
from cityfolio.search.documents import FIELDS, Document
from cityfolio.search.occurrences import AT_ONCE, Numbers, Portion, Texts, Words, words_of

__all__ = ["kept_words_of", "texts_digest"]

RULES = "3"            # raised with every change to how a text is cut into words, or to how they are kept
DIGEST_BYTES = 32
NAMES, KINDS = ("count", "field", "size", "word"), ("<i4", "i1", "<i4", "<i4")     # the columns of texts, as they are kept


class _Kept(Frozen):
    """The words of some documents, each under a digest of its texts."""

    digests: Sequence[bytes] = ()
    vocabulary: Sequence[str] = ()
    portions: Sequence[Portion] = ()


def kept_words_of(documents: Sequence[Document], language: str, cache: Keep) -> Words:
    """The words of some documents, as `words_of` cuts them. What was cut of the same texts before is taken from there.

    The vocabulary is sorted, so that what is found of it is the same wherever in a catalog a word is met first.
    """
    if keeps_nothing(cache):
        return _sorted(words_of(documents))
    key = f"words of documents {RULES} {__version__} {unidata_version} {language}"
    before, digests = _before(cache, key), _digests(documents)
    places = {digest: at for at, digest in enumerate(before.digests)}
    missing = [at for at, digest in enumerate(digests) if digest not in places]
    cut = words_of([documents[at] for at in missing])
    places |= {digests[at]: len(before.digests) + number for number, at in enumerate(missing)}
    words = _sorted(_joined(before, cut, np.array([places[digest] for digest in digests], dtype=np.int64)))
    if missing or not before.portions or len(before.digests) != len(digests):
        _keep(words, digests, cache, key)
    return words


def texts_digest(document: Document) -> str:
    """A digest of all that is cut into words, field by field."""
    return document.digest or sha256(orjson.dumps(
        [document.title, document.text, document.about, [document.fields.get(name, ()) for name in FIELDS]])).hexdigest()


def _digests(documents: Sequence[Document]) -> list[bytes]:
    return [bytes.fromhex(texts_digest(each)) for each in documents]


def _joined(before: _Kept, cut: Words, places: Numbers) -> Words:
    """The words of the documents at some places among those that were kept before and those that were cut now."""
    numbers = {word: at for at, word in enumerate(before.vocabulary)}
    again = np.array([numbers.setdefault(word, len(numbers)) for word in cut.vocabulary], dtype=np.int32)
    portions = [*before.portions, *(replace(each, numbers=again) for each in cut.laid)]
    ends = np.cumsum([each.documents for each in portions], dtype=np.int64)
    owners = np.searchsorted(ends, places, side="right")
    # Documents that stood side by side mostly still do, and are taken together.
    breaks = np.flatnonzero((np.diff(places) != 1) | (np.diff(owners) != 0)) + 1
    cuts = [0, *breaks.tolist(), len(places)] if len(places) else []
    gathering = _Gathering()
    for one, two in pairwise(cuts):
        portion, first = portions[owners[one]], int(places[one] - (ends[owners[one]] - portions[owners[one]].documents))
        gathering.add(portion, slice(first, first + two - one))
    return Words(vocabulary=tuple(numbers), numbers=np.arange(len(numbers), dtype=np.int32), laid=gathering.whole())


class _Gathering:
    """Portions that are put together of parts of others, and of others as they are."""

    def __init__(self) -> None:
        self._aside, self._laid, self._parts = Annex(), list[Portion](), list[Texts]()
        self._words = 0               # in the parts
        self._read: tuple[Portion, Texts] | None = None      # what was read last: the next part may be of it too

    def add(self, portion: Portion, chosen: slice) -> None:
        """Add some documents of a portion, which follow one another."""
        if chosen == slice(0, portion.documents):
            self.whole().append(portion)
            return
        if self._read is None or self._read[0] is not portion:
            self._read = portion, portion.read()
        self._parts.append(_part(self._read[1], chosen))
        self._words += len(self._parts[-1].word)
        if self._words >= AT_ONCE:
            self.whole()

    def whole(self) -> list[Portion]:
        """All portions, with what was gathered last."""
        if self._parts:
            texts = Texts(*(np.concatenate([getattr(each, name) for each in self._parts]) for name in NAMES))
            self._laid.append(Portion.laid(texts, self._aside))
            self._parts, self._words = [], 0
        return self._laid


def _part(texts: Texts, chosen: slice) -> Texts:
    """The texts of some documents that follow one another."""
    of_texts = np.concatenate([[0], np.cumsum(texts.count, dtype=np.int64)])
    of_words = np.concatenate([[0], np.cumsum(texts.size, dtype=np.int64)])
    own = slice(*of_texts[[chosen.start, chosen.stop]].tolist())
    return Texts(texts.count[chosen], texts.field[own], texts.size[own],
                 texts.word[slice(*of_words[[own.start, own.stop]].tolist())])


def _sorted(words: Words) -> Words:
    """The same words, with a vocabulary of those that occur, in their order."""
    occurs = np.zeros(len(words.vocabulary), bool)
    for texts in words.texts():
        occurs[texts.word] = True
    order = sorted(np.flatnonzero(occurs).tolist(), key=words.vocabulary.__getitem__)
    numbers = np.zeros(len(words.vocabulary), np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    return replace(words, vocabulary=tuple(words.vocabulary[at] for at in order), numbers=numbers)


def _keep(words: Words, digests: Sequence[bytes], cache: Keep, key: str) -> None:
    """Keep all words in the place of those that were kept before, portion by portion."""
    stamp, first = sha256(b"".join(digests)).digest(), 0
    for at, texts in enumerate(words.texts()):
        after = first + len(texts.count)
        columns = [np.asarray(getattr(texts, name), kind).tobytes() for name, kind in zip(NAMES, KINDS, strict=True)]
        sizes = orjson.dumps(list(map(len, columns)))
        cache.put(f"{key}, {at}", b"".join((stamp, sizes, b"\n", *columns, *digests[first:after])))
        first = after
    cache.put(key, b"".join((stamp, orjson.dumps([words.vocabulary, len(words.laid)]))))


def _before(cache: Keep, key: str) -> _Kept:
    """What was kept, if all of it is there."""
    head = cache.get(key)
    if head is None:
        return _Kept()
    stamp, (vocabulary, count) = head[:DIGEST_BYTES], orjson.loads(head[DIGEST_BYTES:])
    digests, portions, aside = list[bytes](), list[Portion](), Annex()
    for number in range(count):
        body = cache.get(f"{key}, {number}")
        if body is None or body[:DIGEST_BYTES] != stamp:
            return _Kept()
        end = body.index(b"\n", DIGEST_BYTES)
        at, columns = end + 1, []
        for size, kind in zip(orjson.loads(body[DIGEST_BYTES:end]), KINDS, strict=True):
            columns.append(np.frombuffer(body[at:at + size], dtype=kind))
            at += size
        portions.append(Portion.laid(Texts(*columns), aside))
        digests += (body[one:one + DIGEST_BYTES] for one in range(at, len(body), DIGEST_BYTES))
    return _Kept(digests, vocabulary, portions)
