"""Every word of every document as columns of numbers: which word, in which document, field and place."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from cityfolio.annex import Annex
from cityfolio.frozen import Frozen, replace
from cityfolio.search.documents import FIELDS, Document
from cityfolio.search.laid_columns import LaidColumns
from cityfolio.search.text import tokens

__all__ = ["BREAK", "Ints", "Numbers", "Occurrences", "Portion", "Texts", "Words", "starts_of", "words_of"]

Numbers = NDArray[np.int64]
Ints = NDArray[np.int32]
BREAK = 8            # places left free between two texts, so that no phrase runs over
MOST_CUT = 1 << 16   # texts of which the words are remembered, in case they are said again
AT_ONCE = 1 << 16    # occurrences that are worked on together: what follows takes some hundred bytes for each


class Occurrences(Frozen, kw_only=True):
    """Words of some documents, one entry for each time that one occurs; documents, fields and places ascend."""

    word: Numbers                 # place in the vocabulary
    document: Numbers
    field: Numbers                # place in FIELDS
    place: Numbers                # in the document, from 0

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Occurrences:
        return Occurrences(word=self.word[chosen], document=self.document[chosen], field=self.field[chosen],
                           place=self.place[chosen])


class Texts(Frozen):
    """The texts of some documents that follow one another: the words of each text, one after another."""

    count: Ints                   # how many each document has
    field: NDArray[np.int8]       # of each text, as is the following
    size: Ints
    word: Ints


class Portion(Frozen, kw_only=True):
    """The texts of a good many documents, laid aside."""

    documents: int
    words: int
    columns: LaidColumns
    numbers: Ints | None = None   # of its words among those of all portions, where it has numbers of its own

    @classmethod
    def laid(cls, texts: Texts, aside: Annex) -> Portion:
        """Some texts, laid aside now."""
        return cls(documents=len(texts.count), words=len(texts.word),
                   columns=LaidColumns(aside, (texts.count, texts.field, texts.size, texts.word)))

    def read(self) -> Texts:
        """The texts."""
        count, field, size, word = self.columns.read()
        return Texts(count, field, size, word if self.numbers is None else self.numbers[word])


class Words(Frozen, kw_only=True):
    """All words of all documents."""

    vocabulary: tuple[str, ...]
    numbers: Ints                 # for each word as the portions have it: its place in the vocabulary
    laid: Sequence[Portion]

    @property
    def count(self) -> int:
        """How many words are said."""
        return sum(portion.words for portion in self.laid)

    def texts(self) -> Iterator[Texts]:
        """The texts of a good many documents at a time, with words as they are in the vocabulary."""
        for portion in self.laid:
            texts = portion.read()
            yield replace(texts, word=self.numbers[texts.word])

    def lengths(self, documents: int, unsaid: NDArray[np.bool_]) -> NDArray[np.float64]:
        """How many words each field of each document has (documents x fields), less those that are `unsaid`."""
        cells, first = np.zeros((documents, len(FIELDS))), 0
        for texts in self.texts():
            said = np.concatenate([[0], np.cumsum(~unsaid[texts.word])])
            ends, after = np.cumsum(texts.size, dtype=np.int64), first + len(texts.count)
            cell = np.repeat(np.arange(len(texts.count)), texts.count) * len(FIELDS) + texts.field
            cells[first:after] = np.bincount(cell, weights=said[ends] - said[ends - texts.size],
                                             minlength=cells[first:after].size).reshape(-1, len(FIELDS))
            first = after
        return cells

    def portions(self) -> Iterator[Occurrences]:
        """The occurrences of a good many documents at a time, each document whole."""
        first = 0
        for texts in self.texts():
            size, document = texts.size.astype(np.int64), np.repeat(np.arange(len(texts.count), dtype=np.int32), texts.count)
            within = np.arange(len(texts.word)) - np.repeat(np.cumsum(size) - size, size)
            yield Occurrences(word=texts.word.astype(np.int64), document=np.repeat(document.astype(np.int64) + first, size),
                              field=np.repeat(texts.field.astype(np.int64), size),
                              place=np.repeat(starts_of(document, texts.size), size) + within)
            first += len(texts.count)


def words_of(documents: Iterable[Document]) -> Words:
    """Cut the texts of some documents into words."""
    cut, aside, laid = _Cut(), Annex(), list[Portion]()
    of_text, told = array("i"), array("i")      # the texts, and how many there are of each field of each document
    said = 0
    for document in documents:
        shown, first = {"title": document.title, "text": document.text, "about": document.about}, len(of_text)
        for field in FIELDS:
            more = document.fields.get(field, ())
            texts = (shown[field], *more) if field in shown else more
            of_text.extend(map(cut.__getitem__, texts))
            told.append(len(texts))
        said += sum(map(cut.size.__getitem__, of_text[first:]))
        if said >= AT_ONCE:
            laid.append(Portion.laid(cut.texts(of_text, told), aside))
            of_text, told, said = array("i"), array("i"), 0
            cut.forget()
    if told:
        laid.append(Portion.laid(cut.texts(of_text, told), aside))
    vocabulary = tuple(cut.numbers)
    return Words(vocabulary=vocabulary, numbers=np.arange(len(vocabulary), dtype=np.int32), laid=laid)


def starts_of(documents: Ints, size: Ints) -> Ints:
    """The place of the first word of each text in its document."""
    reach = np.cumsum(size + BREAK, dtype=np.int64) - (size + BREAK)
    opens = np.flatnonzero(np.diff(documents, prepend=-1))      # the first text of each document
    return (reach - np.repeat(reach[opens], np.diff(opens, append=len(documents)))).astype(np.int32)


class _Cut(dict[str, int]):
    """Numbers of texts, each cut into words when it is first asked for. A column's texts are those of its dataset too."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = defaultdict(count().__next__)      # of words
        self.size = array("i")        # of each text
        self._word = array("i")

    def __missing__(self, text: str) -> int:
        found, number = tokens(text), len(self.size)
        self._word.extend(map(self.numbers.__getitem__, found))
        self.size.append(len(found))
        if number < MOST_CUT:
            self[text] = number
        return number

    def texts(self, of_text: array[int], told: array[int]) -> Texts:
        """Some texts in their order, given by their numbers. Those without any words fall out."""
        counts, texts, sizes = _column(told), _column(of_text), _column(self.size)
        has_words, cells = sizes[texts] > 0, np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        texts, cells = texts[has_words], cells[has_words]
        size, ends = sizes[texts], np.cumsum(sizes[texts], dtype=np.int64)
        firsts = (np.cumsum(sizes, dtype=np.int64) - sizes)[texts]
        steps = np.repeat(firsts - (ends - size), size)
        return Texts(np.bincount(cells // len(FIELDS), minlength=len(counts) // len(FIELDS)).astype(np.int32),
                     (cells % len(FIELDS)).astype(np.int8), size, _column(self._word)[steps + np.arange(len(steps))])

    def forget(self) -> None:
        """Let go of the texts that are not remembered."""
        del self._word[sum(self.size[:MOST_CUT]):], self.size[MOST_CUT:]


def _column(values: array[int]) -> Ints:
    return np.frombuffer(values, dtype=np.int32) if values else np.zeros(0, np.int32)
