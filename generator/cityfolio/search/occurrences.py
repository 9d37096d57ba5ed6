"""Every word of every document as columns of numbers: which word, in which document, field and place."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
from numpy.typing import NDArray

from cityfolio.search.documents import FIELDS, Document
from cityfolio.search.text import tokens

__all__ = ["BREAK", "Ints", "Numbers", "Occurrences", "Words", "starts_of",
           "words_of"]

Numbers = NDArray[np.int64]
Ints = NDArray[np.int32]
BREAK = 8            # places left free between two texts, so that no phrase runs over
MOST_CUT = 1 << 16   # texts of which the words are remembered, in case they are said again
AT_ONCE = 1 << 18    # occurrences that are worked on together: what follows takes some hundred bytes for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """Words of some documents, one entry for each time that one occurs; documents, fields and places ascend."""

    word: Numbers                 # place in the vocabulary
    document: Numbers
    field: Numbers                # place in FIELDS
    place: Numbers                # in the document, from 0

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Occurrences:
        return Occurrences(word=self.word[chosen], document=self.document[chosen], field=self.field[chosen],
                           place=self.place[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All words of all documents, kept small: texts one after another, each a run of `word`."""

    vocabulary: tuple[str, ...]
    word: Ints
    document: Ints                # of each text, as are the following
    field: Ints
    start: Ints                   # place of its first word in its document
    size: Ints

    def lengths(self, documents: int, unsaid: NDArray[np.bool_]) -> NDArray[np.float64]:
        """How many words each field of each document has (documents x fields), less those that are `unsaid`."""
        said = np.concatenate([[0], np.cumsum(~unsaid[self.word])])
        ends = np.cumsum(self.size, dtype=np.int64)
        cells = np.bincount(self.document * np.int64(len(FIELDS)) + self.field, weights=said[ends] - said[ends - self.size],
                            minlength=documents * len(FIELDS))
        return np.asarray(cells.reshape(documents, len(FIELDS)), dtype=np.float64)

    def portions(self) -> Iterator[Occurrences]:
        """The occurrences of a good many documents at a time, each document whole."""
        ends = np.cumsum(self.size, dtype=np.int64)
        new_document = np.flatnonzero(np.diff(self.document, prepend=-1))
        before = ends[new_document] - self.size[new_document]
        cuts = np.flatnonzero(np.diff(before // AT_ONCE, prepend=-1))
        texts = [*new_document[cuts].tolist(), len(self.size)]
        for one, two in pairwise(texts):
            yield self._expanded(slice(one, two), int(ends[one - 1]) if one else 0)

    def _expanded(self, texts: slice, first: int) -> Occurrences:
        size = self.size[texts].astype(np.int64)
        within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
        return Occurrences(
            word=self.word[first:first + len(within)].astype(np.int64),
            document=np.repeat(self.document[texts], size).astype(np.int64),
            field=np.repeat(self.field[texts], size).astype(np.int64), place=np.repeat(self.start[texts], size) + within,
        )


def words_of(documents: Sequence[Document]) -> Words:
    """Cut the texts of some documents into words."""
    cut = _Cut()
    of_text, told = array("i"), array("i")      # the texts, and how many there are of each field of each document
    for document in documents:
        shown = {"title": document.title, "text": document.text, "about": document.about}
        for field in FIELDS:
            more = document.fields.get(field, ())
            texts = (shown[field], *more) if field in shown else more
            of_text.extend(map(cut.__getitem__, texts))
            told.append(len(texts))
    counts = _column(told)
    cells = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return cut.words(_column(of_text), cells // len(FIELDS), cells % len(FIELDS))


def starts_of(documents: Ints, size: Ints) -> Ints:
    """The place of the first word of each text in its document."""
    reach = np.cumsum(size + BREAK, dtype=np.int64) - (size + BREAK)
    opens = np.flatnonzero(np.diff(documents, prepend=-1))      # the first text of each document
    return (reach - np.repeat(reach[opens], np.diff(opens, append=len(documents)))).astype(np.int32)


class _Cut(dict[str, int]):
    """Numbers of texts, each cut into words when it is first asked for. A column's texts are those of its dataset too."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = defaultdict(count().__next__)      # of words
        self._word, self._size = array("i"), array("i")

    def __missing__(self, text: str) -> int:
        found, number = tokens(text), len(self._size)
        self._word.extend(map(self._numbers.__getitem__, found))
        self._size.append(len(found))
        if number < MOST_CUT:
            self[text] = number
        return number

    def words(self, texts: Ints, documents: Ints, fields: Ints) -> Words:
        """The words of some texts in their order, given by their numbers. Texts without any fall out."""
        sizes = _column(self._size)
        firsts = np.cumsum(sizes, dtype=np.int64) - sizes
        has_words = sizes[texts] > 0
        texts, documents, fields = texts[has_words], documents[has_words], fields[has_words]
        size = sizes[texts]
        return Words(vocabulary=tuple(self._numbers), word=self._said(firsts[texts], size), document=documents, field=fields,
                     start=starts_of(documents, size), size=size)

    def _said(self, firsts: Numbers, size: Ints) -> Ints:
        """The words of texts one after another, a good many at a time: what tells where they lie is larger than they are."""
        ends = np.cumsum(size, dtype=np.int64)
        said, known = np.empty(int(ends[-1]) if len(ends) else 0, np.int32), _column(self._word)
        cuts = np.flatnonzero(np.diff(ends // AT_ONCE, prepend=-1)).tolist()
        for one, two in pairwise([*cuts, len(size)]):
            before = int(ends[one - 1]) if one else 0
            after = int(ends[two - 1])
            steps = np.repeat(firsts[one:two] - (ends[one:two] - size[one:two]), size[one:two])
            said[before:after] = known[steps + np.arange(before, after)]
        return said


def _column(values: array[int]) -> Ints:
    return np.frombuffer(values, dtype=np.int32) if values else np.zeros(0, np.int32)
