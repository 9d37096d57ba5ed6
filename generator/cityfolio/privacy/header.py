"""The name of a column taken apart, also where its words are joined, and what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from unicodedata import category, normalize

from cityfolio.model.privacy import Personal
from cityfolio.privacy import words as known

# "daysOpen", "XMLFile" and "line2" are two words each.
WORDS = re.compile(r"[^\W\d_]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])|[A-Z]|\d+")
SKELETON = re.compile(r"[a-z][b-df-hj-np-tv-xz]{3,9}")
VOWELS = re.compile(r"[aeiouy]")
SHORTEST = 3                  # letters of a word that is known without its vowels have to be more
MOST_LETTERS = 60             # of a word that is tried to be taken apart
LEAST_LETTERS = 5
CUT_AT = 10                   # letters: a shapefile cuts longer names of columns off (dBASE III)
STEMS = ("dob", "ssn", "phone", "email", "addr")
LEAST_LEFT, MOST_LEFT = 3, 9  # letters of a word that are left after it was cut


def words_of(name: str) -> tuple[str, ...]:
    """The words of a column's name in lower case: ("days", "open") of `days_open`, `DaysOpen` and `DAYS OPEN`."""
    return tuple(word.lower() for word in WORDS.findall(normalize("NFKC", name)))


@lru_cache(maxsize=10_000)
def parts_of(name: str) -> tuple[str, ...]:
    """The words of a column's name without accents, joined ones taken apart: ("owner", "last", "name") of `OWNERLASTNAME`."""
    plain = "".join(letter for letter in normalize("NFKD", name) if category(letter) != "Mn")
    words = words_of(plain)
    if len(plain) == CUT_AT and words:
        words = (*words[:-1], *_completed(words[-1]))
    return tuple(part for word in words for part in _apart(word))


def _completed(word: str) -> tuple[str, ...]:
    """A last word that may have been cut off, completed: ("license",) of `licen`, ("mailing", "address") of `mailingadd`."""
    if word in known.VOCABULARY or not word.isascii():
        return (word,)
    for left in range(min(len(word), MOST_LEFT), LEAST_LEFT - 1, -1):
        before, end = word[:-left], word[-left:]
        whole = next((each for each in known.CUT_OFF if each.startswith(end) and each != end), "")
        parts = _apart(before) if before else ()
        if whole and known.VOCABULARY.issuperset(parts):
            return (*parts, whole)
    return (word,)


@lru_cache(maxsize=1)
def _skeletons() -> Mapping[str, str]:
    """The known words that each stands for without its vowels; those that two words share tell nothing."""
    found = dict[str, set[str]]()
    for word in sorted(known.VOCABULARY):
        if word.isascii() and word.isalpha() and len(word) > SHORTEST:
            found.setdefault(word[0] + VOWELS.sub("", word[1:]), set()).add(word)
    singular = {bone: {word.removesuffix("s") for word in words} for bone, words in found.items()}
    return {bone: min(found[bone], key=len) for bone, words in singular.items() if len(words) == 1}


def _apart(word: str) -> tuple[str, ...]:
    if word in known.VOCABULARY or not word.isascii():
        return (word,)
    if word[:-1] in known.PEOPLE | known.FIRST_LAST and word[-1] == "n":
        return (word[:-1], "name")   # as in LASTN
    stem = next((each for each in STEMS if word.startswith(each) and len(word) - len(each) <= 2), "")
    if stem:
        return (stem, word[len(stem):])   # as in DOBX
    if word[1:] in known.PREFIXED:
        return (word[0], word[1:])   # as in pmessage
    if SKELETON.fullmatch(word) and (whole := _skeletons().get(word)):
        return (whole,)           # as in CSTMR
    if not LEAST_LETTERS <= len(word) <= MOST_LETTERS:
        return (word,)
    # The fewest known words that make up the whole word; best[n] are those of its first n letters.
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 16), end):
            before, part = best[start], word[start:end]
            if before is not None and part in known.VOCABULARY and len(part) > 1:
                found, held = (*before, part), best[end]
                if held is None or len(found) < len(held):
                    best[end] = found
    return best[-1] or (word,)


@dataclass(frozen=True, kw_only=True)     # without slots, so that what its words say can be kept
class Header:
    """What the name of a column says of its cells."""

    name: str
    words: tuple[str, ...]
    meant: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, name: str) -> Header:
        """Read a column's name. The columns of a city's tables share most of their names."""
        return _read(name)

    def has(self, *sets: frozenset[str]) -> bool:
        """Whether one of its words is among those."""
        return not all(map(self.meant.isdisjoint, sets))

    def says(self, kind: Personal) -> bool:
        """Whether it names this kind of personal data."""
        return kind in self._said

    @cached_property
    def _said(self) -> frozenset[Personal]:
        return frozenset((*(kind for kind, words in known.SPEAK.items() if self.meant & words),
                          *(kind for kind, pairs in known.SPEAK_IN_PAIRS.items() if self.pairs & pairs)))

    @cached_property
    def names_part(self) -> bool:
        """Whether it names the part of a name that only people have: a first name, a surname."""
        has_part = self.has(known.NAME_PARTS) or bool(self.pairs & known.NAME_PAIRS)
        return has_part or (self.has(known.FIRST_LAST) and self.has(known.PEOPLE) and not self.has(known.STATES))

    @cached_property
    def who(self) -> str:
        """The person or thing that the rest speaks of: "owner" of `business_owner_name`; "" where none is named."""
        if self.is_plain:
            return ""
        elected = next((word for word in self.words if word in known.ELECTED), "")
        named = [word for word in reversed(self.words) if word in known.PEOPLE or word in known.THINGS]
        return elected or next((word for word in named if word not in known.GIVEN_OF), named[0] if named else "")

    @cached_property
    def side(self) -> known.Side:
        """Whose affair it is: of private people, of something public, or not said."""
        if self.pairs & known.PUBLIC_PAIRS:
            return "public"
        if self.is_plain:
            return ""
        if self.who in known.PRIVATE or self.has(known.HOME - {"mail"}) or self.names_part:
            return "private"
        if self.has(known.FACILITIES) or self.who in known.THINGS:
            return "public"
        return ""

    @cached_property
    def is_plain(self) -> bool:
        """Whether it says nothing of what its cells are: `field_7`, `notes`."""
        left = [word for word in self.words if not word.isdigit() and word not in known.GENERIC and word not in known.PROSE]
        return not left

    @cached_property
    def is_strange(self) -> bool:
        """Whether none of its words is known, so that the cells alone can tell."""
        return self.meant.isdisjoint(known.VOCABULARY)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it announces a text that someone wrote."""
        return self.has(known.PROSE)

    @cached_property
    def is_identifier(self) -> bool:
        """Whether it announces a number that tells rows, parcels or places apart."""
        return self.has(known.IDENTIFIERS)


@lru_cache(maxsize=10_000)
def _read(name: str) -> Header:
    words = parts_of(name)
    # "date of birth" speaks as "date birth" does.
    without = tuple(word for word in words if word not in ("of", "the", "de", "s"))
    return Header(name=name, words=words, meant=frozenset(words), pairs=frozenset((*pairwise(words), *pairwise(without))))
