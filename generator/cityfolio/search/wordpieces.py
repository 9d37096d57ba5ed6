"""Text cut into the pieces that a BERT model knows: words where it can, parts of words where it must.

The rules are those of the uncased BERT models (Devlin and others 2018, with the WordPiece of Wu and others 2016): marks are
taken off letters, capitals are made small, punctuation and Chinese characters stand alone, and each word is cut from its
left into the longest pieces that the vocabulary holds.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence

from cityfolio.frozen import Frozen, field

UNKNOWN, OPENS, CLOSES = "[UNK]", "[CLS]", "[SEP]"
CONTINUES = "##"              # stands before a piece that does not begin a word
LONGEST_WORD = 100            # letters; what is longer counts as unknown
CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


class _Spacing(dict[int, str]):
    """What each character becomes before text is split at its spaces, worked out when a character is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = becomes = _spaced(chr(code))
        return becomes


def _spaced(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter.isspace():
        return " "
    if category[0] == "C" or category == "Mn" or letter == "\N{REPLACEMENT CHARACTER}":
        return ""
    is_mark = category[0] == "P" or letter in string.punctuation
    return f" {letter} " if is_mark or any(low <= ord(letter) <= high for low, high in CHINESE) else letter


class WordPieces(Frozen):
    """A vocabulary of pieces by their text, each with its number. Words are cut once and remembered."""

    numbers: Mapping[str, int]
    _spacing: _Spacing = field(default_factory=_Spacing)
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def cut(self, text: str, most: int) -> Sequence[int]:
        """The numbers of the pieces of a text between the marks that open and close it, at most `most` with these."""
        pieces = [self.numbers[OPENS]]
        for word in unicodedata.normalize("NFD", text).translate(self._spacing).lower().split():
            pieces += self._of_word(word)
            if len(pieces) >= most:
                break
        return [*pieces[: most - 1], self.numbers[CLOSES]]

    def _of_word(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            self._known[word] = known = self._longest_first(word)
        return known

    def _longest_first(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word):
            ends = range(len(word), start, -1)
            fits = (end for end in ends if (CONTINUES * bool(start) + word[start:end]) in self.numbers)
            end = next(fits, 0)
            if not end or len(word) > LONGEST_WORD:
                return (self.numbers[UNKNOWN],)
            found.append(self.numbers[CONTINUES * bool(start) + word[start:end]])
            start = end
        return tuple(found)
