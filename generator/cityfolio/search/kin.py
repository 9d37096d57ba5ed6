"""Words a document can also be found by: what residents say for its own words, and compounds written the other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cityfolio import __version__
from cityfolio.cache import Keep, NoCache
from cityfolio.frozen import Frozen
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import Counts
from cityfolio.search.kept_columns import digest_of_words, keep_columns, kept_columns
from cityfolio.search.occurrences import Numbers, Occurrences
from cityfolio.search.sorting import order_of

__all__ = ["Compounds", "Phrase", "compounds_of", "otherwise_said", "with_compounds"]

NO_CACHE = NoCache()
RULES = "1"               # raised with every change to what a compound is
SAID_OTHERWISE = 0.7      # what another word for it adds, of what the word itself does
PART = 0.6                # what one half of a compound adds
WHOLE = 0.9               # what a compound adds to two words that stand beside one another
SHORTEST_PART = 4         # letters; with shorter parts "carpet" would be a car and a pet
LONGEST_COMPOUND = 60      # letters: what is longer is no word of two, and cannot be tried at every place
BASE = np.uint64(0x9E3779B97F4A7C15)      # odd, and without a pattern in its bits
MARKED_BITS = 22          # of a sum: four million marks, of which a large vocabulary sets one in forty
Sums = NDArray[np.uint64]
Phrase = tuple[tuple[int, int], ...]      # terms, each with its step from where the phrase starts


def otherwise_said(found: Occurrences, counts: Counts, said: Mapping[Phrase, tuple[tuple[int, ...], ...]]) -> Counts:
    """Counts for what people say instead of each phrase that occurs: as much as its least word, shared out over the other's.

    Of several phrases for which a word is said, the one that counts most in a document is taken: five ways to say "vacant
    property" make it no more vacant. Phrases are of terms, as `counts` has them, which goes with `found` entry by entry.
    """
    order, following = order_of(counts.term), _following(found, counts.term)
    by_term = counts.term[order]
    terms, documents, amounts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    firsts = np.array([phrase[0][0] for phrase in said], dtype=np.int64)
    ones, twos = np.searchsorted(by_term, firsts), np.searchsorted(by_term, firsts, side="right")
    # Most phrases do not occur: they cost no more than to see that.
    for (phrase, others), one, two in zip(said.items(), ones.tolist(), twos.tolist(), strict=True):
        if one == two:
            continue
        starts = order[one:two]
        rows = _rows(found, counts.term, starts[following[starts] == phrase[1][0]] if _is_pair(phrase) else starts, phrase)
        if rows.shape[1]:
            amount = counts.amount[rows].min(axis=0) * SAID_OTHERWISE
            for each, share in ((each, len(other)) for other in others for each in other):
                terms.append(np.full(len(amount), each))
                documents.append(found.document[rows[0]])
                amounts.append(amount / share)
    term, document, amount = np.concatenate(terms), np.concatenate(documents), np.concatenate(amounts)
    order = np.lexsort((-amount, document, term))
    term, document, amount = term[order], document[order], amount[order]
    most = np.r_[True, (term[1:] != term[:-1]) | (document[1:] != document[:-1])][:len(term)]
    return Counts(term=term[most], document=document[most], amount=amount[most],
                  match=np.full(int(most.sum()), MATCHES.index("otherwise")))


def _following(found: Occurrences, terms: Numbers) -> Numbers:
    """The term of the very next word of each, -1 for none."""
    is_next = (found.document[1:] == found.document[:-1]) & (found.place[1:] == found.place[:-1] + 1)
    return np.append(np.where(is_next, terms[1:], -1), -1)[:len(terms)]


def _is_pair(phrase: Phrase) -> bool:
    """Whether a phrase begins with two words that stand beside one another, as most do that have several."""
    return len(phrase) > 1 and phrase[1][1] == phrase[0][1] + 1


def _rows(found: Occurrences, terms: Numbers, starts: Numbers, phrase: Phrase) -> Numbers:
    """Where a phrase occurs, of the places where its first word does: a row of indices into the occurrences for each word."""
    rows = starts[np.newaxis]
    for term, step in phrase[1:]:
        if not rows.shape[1]:
            break      # as of nearly all phrases, and of no place there is less to see
        step -= phrase[0][1]
        hit = np.full(rows.shape[1], -1)
        # A word that was left out in between, such as "of", has kept its place: the next word is at most `step` entries on.
        for ahead in range(1, step + 1):
            at = np.minimum(rows[0] + ahead, len(terms) - 1)
            fits = ((terms[at] == term) & (found.document[at] == found.document[rows[0]])
                    & (found.place[at] == found.place[rows[0]] + step))
            hit = np.where(fits, at, hit)
        rows = np.vstack([rows[:, hit >= 0], hit[hit >= 0]])
    return rows


class Compounds(Frozen, kw_only=True):
    """The words of a vocabulary, and which of them are two others in one: for each word its halves, or -1 twice."""

    vocabulary: Sequence[str]
    numbers: Mapping[str, int]
    halves: Numbers
    sums: WordSums


class WordSums(Frozen, kw_only=True):
    """A sum over the letters of each word, from which follows that of two words in one: few pairs have to be put together."""

    sums: Sums
    scales: Sums       # what the sum of a word counts for before each other one: the base to the power of that one's length
    known: Sums        # the sums in their order
    marks: NDArray[np.bool_]     # for the first bits of a sum whether any begins with them

    def likely(self, ones: Numbers, others: Numbers) -> Numbers:
        """Which of some pairs may be a word of the vocabulary: each that is one, and hardly any other."""
        joined = self.sums[ones] * self.scales[others] + self.sums[others]
        marked = np.flatnonzero(self.marks[_mark(joined)])
        joined = joined[marked]
        at = np.minimum(np.searchsorted(self.known, joined), max(len(self.known) - 1, 0))
        return marked[self.known[at] == joined] if len(self.known) else np.zeros(0, np.int64)


def _mark(sums: Sums) -> Numbers:
    return (sums >> np.uint64(64 - MARKED_BITS)).astype(np.int64)


def sums_of(vocabulary: Sequence[str]) -> WordSums:
    """The sums of some words, none of them without letters, each modulo 2^64."""
    sizes = np.array(list(map(len, vocabulary)), dtype=np.int64)
    powers = np.cumprod(np.r_[np.uint64(1), np.full(int(sizes.max(initial=0)), BASE, dtype=np.uint64)], dtype=np.uint64)
    ends = np.cumsum(sizes)
    letters = np.frombuffer("".join(vocabulary).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    after = np.repeat(ends, sizes) - 1 - np.arange(len(letters))
    sums = np.add.reduceat(letters * powers[after], ends - sizes) if len(vocabulary) else np.zeros(0, np.uint64)
    marks = np.zeros(1 << MARKED_BITS, bool)
    marks[_mark(sums)] = True
    return WordSums(sums=sums, scales=powers[sizes], known=np.sort(sums), marks=marks)


def compounds_of(vocabulary: Sequence[str], cache: Keep = NO_CACHE) -> Compounds:
    """Find the compounds among some words, or take them from what was found of the same words before."""
    numbers = {word: at for at, word in enumerate(vocabulary)}
    key, made_of = f"compounds {RULES} {__version__}", digest_of_words(vocabulary)
    kept = kept_columns(cache, key, made_of)
    found = kept[1] if kept else _compounds(vocabulary, numbers)
    if kept is None:
        keep_columns(cache, key, made_of, None, found)
    halves = np.full((len(vocabulary), 2), -1, dtype=np.int64)
    halves[found[0]] = np.column_stack(found[1:])
    return Compounds(vocabulary=vocabulary, numbers=numbers, halves=halves, sums=sums_of(vocabulary))


def _compounds(vocabulary: Sequence[str], numbers: Mapping[str, int]) -> list[Numbers]:
    """Which words are two others in one, and the first and the second of these."""
    parts = [(at, halves) for at, word in enumerate(vocabulary) if (halves := _halves(word, numbers))]
    return [np.array([at for at, _ in parts], np.int64),
            *(np.array([numbers[halves[side]] for _, halves in parts], np.int64) for side in (0, 1))]


def with_compounds(found: Occurrences, counts: Counts, known: Compounds, term_of_word: Numbers) -> Counts:
    """The counts, and more for "streetlight" where a text has "street light", and for both of these where it has that."""
    return counts + _joined(found, counts, known, term_of_word) + _parted(found, counts, known, term_of_word)


def _joined(found: Occurrences, counts: Counts, known: Compounds, term_of_word: Numbers) -> Counts:
    beside = np.flatnonzero((found.document[1:] == found.document[:-1]) & (found.place[1:] == found.place[:-1] + 1))
    whole = _wholes(found.word[beside], found.word[beside + 1], known)
    hit = np.flatnonzero(whole >= 0)
    first = beside[hit]
    return Counts(term=term_of_word[whole[hit]], document=found.document[first], match=counts.match[first],
                  amount=np.minimum(counts.amount[first], counts.amount[first + 1]) * WHOLE)


def _wholes(ones: Numbers, others: Numbers, known: Compounds) -> Numbers:
    """For each pair of words the word that they are in one, -1 where there is none."""
    words, whole = known.vocabulary, np.full(len(ones), -1, dtype=np.int64)
    likely = known.sums.likely(ones, others)
    joined = (words[one] + words[other] for one, other in zip(ones[likely].tolist(), others[likely].tolist(), strict=True))
    whole[likely] = [known.numbers.get(each, -1) for each in joined]
    return whole


def _parted(found: Occurrences, counts: Counts, known: Compounds, term_of_word: Numbers) -> Counts:
    hit = np.flatnonzero(known.halves[found.word, 0] >= 0)
    twice = np.repeat(hit, 2)
    return Counts(term=term_of_word[known.halves[found.word[hit]].ravel()], document=found.document[twice],
                  match=counts.match[twice], amount=counts.amount[twice] * PART)


def _halves(word: str, numbers: Mapping[str, int]) -> tuple[str, str] | None:
    """The two known words that a word is made of; of several ways the one whose shorter half is longest."""
    if not 2 * SHORTEST_PART <= len(word) <= LONGEST_COMPOUND or not word.isalpha():
        return None
    cuts = sorted(range(SHORTEST_PART, len(word) - SHORTEST_PART + 1), key=lambda cut: abs(2 * cut - len(word)))
    return next(((word[:cut], word[cut:]) for cut in cuts if word[:cut] in numbers and word[cut:] in numbers), None)
