"""Which datasets are near to which words in meaning, worked out when the site is built: browsers need no model.

A word and a dataset's text each get a vector from a sentence model; the cosine between the two says how near they are. Three
steps make the cosines of single words comparable, and each was measured (docs/decisions/meaning-by-word.md):

- What all datasets have in common is taken out of the datasets, what all words have in common out of the words, and with
  it the eight directions in which words differ most, which tell how common a word is rather than what it means (Mu and
  Viswanath 2018, "All-but-the-top").
- A word also stands a little for what the datasets that hold it are about (Rocchio 1971): CATS, in Charlotte, are buses.
- Nearness is rounded to 64ths, because the last digits of a matrix product depend on the processor. On one machine equal
  input gives equal bytes; on another, a value that lies on the edge between two steps may fall to the other side.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cityfolio.cache import Keep
from cityfolio.files import sha256
from cityfolio.search.text import tokens

Floats = NDArray[np.float32]

PACKAGE = "all_minilm_l6_v2"
WEIGHT = 0.5                  # what a nearness of 1 counts for, beside 1 for a document that is full of the word
MOST_NEAR = 40                # documents kept for a word
LEAST_NEARNESS = 0.15
STEPS = 64                    # of nearness between 0 and 1
SHARED_DIRECTIONS = 8
WORDS_A_DIRECTION = 100       # at least: a few words differ by nothing but what they mean
HELD_SHARE = 0.25             # of the datasets that hold a word, beside 1 for the word itself
DESCRIPTION_LETTERS = 400
WORDS_AN_ENTRY, TEXTS_AN_ENTRY = 128, 8     # of the cache, on average
CELLS_AT_ONCE = 1 << 22       # of the table of words and documents
SHORTEST = 1e-4               # what is hardly longer than its own rounding errors points nowhere
COMMON_WORD = re.compile(r"[a-z]{3,}")


class Encoder(Protocol):
    """A model that gives texts vectors."""

    @property
    def name(self) -> str:
        """Which model it is: another name, other vectors."""

    def vocabulary(self) -> Sequence[str]:
        """The words and parts of words that the model knows, the more common ones mostly first."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbors:
    """For each word the documents nearest to it, the nearest first; nearness is above 0 and at most 1, in 64ths.

    Where fewer documents are near, the rest of the row holds the document -1 and the nearness 0.
    """

    documents: NDArray[np.int32]
    nearness: Floats


def encoder_if_installed() -> Encoder | None:
    """The sentence model when the extra `meaning` is installed, else None. It is opened when the first vector is needed."""
    found = find_spec(PACKAGE)
    archive = Path(found.origin).with_name("model.zip") if found and found.origin else None
    if archive is None or not archive.is_file():
        return None
    from cityfolio.search.sentences import MiniLM

    return MiniLM(archive=archive)


def common_words(encoder: Encoder) -> tuple[str, ...]:
    """Common English words: what the model's own vocabulary holds as a whole word of three letters or more."""
    return tuple(word for word in encoder.vocabulary() if COMMON_WORD.fullmatch(word))


def text_of(title: str, description: str, keywords: Sequence[str]) -> str:
    """A document as the model reads it: what comes first says most, and the model reads about a hundred words."""
    return f"{title}. {description[:DESCRIPTION_LETTERS]} {', '.join(keywords)}"


def neighbors(words: Sequence[str], texts: Sequence[str], encoder: Encoder, cache: Keep, most: int = MOST_NEAR) -> Neighbors:
    """For each word at most `most` documents that are near to it in meaning. Vectors are kept in the cache."""
    most = min(most, len(texts))
    if not words or not most:
        shape = len(words), most
        return Neighbors(documents=np.empty(shape, np.int32), nearness=np.empty(shape, np.float32))
    of_words = vectors(words, encoder, cache, WORDS_AN_ENTRY)
    of_texts = vectors(texts, encoder, cache, TEXTS_AN_ENTRY)
    of_words, of_texts = _comparable(of_words, of_texts)
    of_words = _unit(of_words + np.float32(HELD_SHARE) * _held(words, texts, of_texts))
    at_once = max(1, CELLS_AT_ONCE // len(texts))
    blocks = [_nearest(of_words[start: start + at_once] @ of_texts.T, most) for start in range(0, len(words), at_once)]
    near = np.concatenate([nearness for _, nearness in blocks])
    documents = np.concatenate([found for found, _ in blocks])
    return Neighbors(documents=np.where(near > 0, documents, -1).astype(np.int32), nearness=near)


def vectors(texts: Sequence[str], encoder: Encoder, cache: Keep, an_entry: int) -> Floats:
    """A vector for each text, from the cache where it is known.

    Texts are sorted and cut into stretches of about `an_entry`, each an entry of the cache and computed on its own. What
    ends a stretch is its last text alone, so that a new text changes one stretch and leaves the others as they were; and a
    vector is the same to the bit whether it was kept or not.
    """
    found: dict[str, Floats] = {}
    for stretch in _stretches(sorted(set(texts)), an_entry):
        found |= zip(stretch, _stretch_vectors(stretch, encoder, cache), strict=True)
    return np.stack([found[text] for text in texts]).astype(np.float32)


def _stretches(texts: Sequence[str], an_entry: int) -> Iterator[list[str]]:
    stretch: list[str] = []
    for text in texts:
        stretch.append(text)
        if zlib.crc32(text.encode("utf-8", "surrogatepass")) % an_entry == 0:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _stretch_vectors(texts: Sequence[str], encoder: Encoder, cache: Keep) -> NDArray[np.float16]:
    # numpy's version stands in the key because another one may bring other digits at the end.
    digest = sha256(repr(texts).encode())
    key = f"meaning 1 {encoder.name} numpy {np.__version__} {digest}"
    kept = cache.get(key)
    if kept is None:
        kept = encoder.embed(texts).astype("<f2").tobytes()
        cache.put(key, kept)
    return np.frombuffer(kept, "<f2").reshape(len(texts), -1)


def _comparable(of_words: Floats, of_texts: Floats) -> tuple[Floats, Floats]:
    of_words = of_words - of_words.mean(axis=0)
    of_texts = of_texts - of_texts.mean(axis=0)
    _, directions = np.linalg.eigh(of_words.T @ of_words)
    shared = directions[:, directions.shape[1] - min(SHARED_DIRECTIONS, len(of_words) // WORDS_A_DIRECTION):]
    return _unit(of_words - of_words @ shared @ shared.T), _unit(of_texts - of_texts @ shared @ shared.T)


def _held(words: Sequence[str], texts: Sequence[str], of_texts: Floats) -> Floats:
    """For each word the middle of the texts that hold it, nothing for a word that none holds."""
    at = {word: number for number, word in enumerate(words)}
    sums = np.zeros((len(words), of_texts.shape[1]), np.float32)
    for text, vector in zip(texts, of_texts, strict=True):
        sums[sorted({at[word] for word in tokens(text) if word in at})] += vector
    return _unit(sums)


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > SHORTEST)
    return units


def _nearest(cosines: Floats, most: int) -> tuple[NDArray[np.int64], Floats]:
    steps = np.rint(cosines * STEPS).astype(np.int64)
    steps[steps < LEAST_NEARNESS * STEPS] = 0
    count = steps.shape[1]
    # One number for nearness and document, so that no two are equal: of two that are as near, the first comes first.
    ranked = steps * count + np.arange(count)[::-1]
    best = np.sort(np.partition(ranked, count - most, axis=1)[:, count - most:], axis=1)[:, ::-1]
    return count - 1 - best % count, (best // count / STEPS).astype(np.float32)
