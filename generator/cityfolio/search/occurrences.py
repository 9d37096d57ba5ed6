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

__all__ = ["BREAK", "Numbers", "Occurrences", "Words", "words_of"]

Numbers = NDArray[np.int64]
BREAK = 8            # places left free between two texts, so that no phrase runs over
MOST_CUT = 1 << 16   # texts of which the words are remembered, in case they are said again
AT_ONCE = 1 << 20    # occurrences that are worked on together: what follows takes some hundred bytes for each


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
    word: NDArray[np.int32]
    document: NDArray[np.int32]   # of each text, as are the following
    field: NDArray[np.int32]
    start: NDArray[np.int32]      # place of its first word in its document
    size: NDArray[np.int32]

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
    numbers: dict[str, int] = defaultdict(count().__next__)
    cut: dict[str, array[int]] = {}    # a column's texts are those of its dataset too
    word, of_document, of_field, starts, sizes = (array("i") for _ in range(5))
    for at, document in enumerate(documents):
        place = 0
        for field, text in _texts(document):
            found = cut.get(text)
            if found is None:
                found = array("i", [numbers[each] for each in tokens(text)])
                if len(cut) < MOST_CUT:
                    cut[text] = found
            if found:
                word.extend(found)
                of_document.append(at)
                of_field.append(field)
                starts.append(place)
                sizes.append(len(found))
                place += len(found) + BREAK
    return Words(vocabulary=tuple(numbers), word=_column(word), document=_column(of_document), field=_column(of_field),
                 start=_column(starts), size=_column(sizes))


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    """A document's texts, each with the place of its field in FIELDS, in that order."""
    shown = {"title": document.title, "text": document.text, "about": document.about}
    for at, field in enumerate(FIELDS):
        if field in shown:
            yield at, shown[field]
        for text in document.fields.get(field, ()):
            yield at, text


def _column(values: array[int]) -> NDArray[np.int32]:
    return np.frombuffer(values, dtype=np.int32) if values else np.zeros(0, np.int32)
