"""Whether a text reads as the name of a person."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, normalize

from cityfolio.privacy.given_names import GIVEN, ORGANIZED, SURNAMES

TOKENS = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*\.?|[^\s]")
MOST_LETTERS = 60
LONGEST = 200                 # letters of a text in which a name is looked for
SUFFIXES = frozenset((
    "jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "miss", "dr", "md", "esq", "phd", "dds", "dvm", "mx", "rev", "hon",
    "capt", "sgt", "lt", "ofc", "det",
))
JOINED = re.compile(r"\s+(?:&|and|y|und|et|or)\s+|\s*[;/&]\s*", re.IGNORECASE)
TURNED = re.compile(r"[^\W\d_][\w'\u2019-]{1,30}(?: [\w'\u2019-]{2,30})?,"
                    r" ?[^\W\d_][\w'\u2019-]*\.?(?: [^\W\d_][\w'\u2019-]*\.?)?")
# A telephone or a relation beside a name is no part of it: "Lars Lee (son) 704-555-0123".
BESIDE = re.compile(r"\([^()]{1,20}\)|[(+]?\d[\d ().+-]{6,18}(?: ?(?:x|ext\.?) ?\d{1,6})?", re.IGNORECASE)
PART = re.compile(r"[^\W\d_]{1,25}(?:[ '\u2019.-]{1,2}[^\W\d_]{1,25}){0,3}\.?(?:,? (?:jr|sr|ii|iii|iv)\.?)?", re.IGNORECASE)


def _plain(text: str) -> str:
    """A text without accents, and without the vowel signs of scripts that write them beside letters."""
    if text.isascii():
        return text
    return "".join(each for each in normalize("NFKD", text) if category(each)[0] != "M")


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[str, ...] | None:
    """The letters of each word of a name, in lower case; None where the text cannot be a name."""
    if len(text) > MOST_LETTERS:
        return None
    tokens = TOKENS.findall(_plain(text).replace(",", " , "))
    if not 1 <= len(tokens) <= 7 or any(not (part[0].isalpha() or part in ",()\"'") for part in tokens):
        return None
    words = tuple(token.strip(".").lower().replace("\u2019", "'") for token in tokens if token[0].isalpha())
    return tuple(word for word in words if word not in SUFFIXES) or None


def _first(text: str) -> str:
    """The first of several names, without what stands beside it."""
    first = JOINED.split(text)[0]
    return BESIDE.sub("", first[:LONGEST]).strip(" ,;:/|-") if any(map(str.isdigit, first)) or "(" in first else first


def is_full_name(text: str) -> bool:
    """Whether a text has the shape of a full name: two to four words of letters, none of which a firm or place has."""
    if text[:1].islower():
        return False
    first = _first(text)
    words = _words(first)
    return bool(words) and words is not None and 2 <= len(words) <= 4 and not ORGANIZED.intersection(words) \
        and not first[:1].islower() and any(len(word) > 1 for word in words)


def is_known_name(text: str) -> bool:
    """Whether a text has the shape of a full name, and a word of it is a common given name beside another word."""
    if not is_full_name(text):
        return False
    words = _words(_first(text)) or ()
    is_turned = "," in text
    # "Grant Lee" and "Lee, Grant"; "Smith John" is written without a comma in old systems.
    lead = words[1:2] if is_turned else words[:1]
    is_given = any(part in GIVEN for word in lead for part in (word, *word.split("-")))
    is_last_first = words[0] in SURNAMES or (text.isupper() and len(words) > 1 and words[1] in GIVEN)
    return is_given or (is_last_first and not GIVEN.isdisjoint(words))


def is_turned_name(text: str) -> bool:
    """Whether a text is a surname, a comma and one or two given names: "Reyes-Ortega, Chioma A"."""
    if text.isascii() and "," not in text:
        return False
    return bool(TURNED.fullmatch(_plain(text))) and is_full_name(text)


def is_organized(text: str) -> bool:
    """Whether a text holds a word that firms, bodies and places have in their names."""
    return bool(ORGANIZED.intersection(_words(text) or ()))


def is_name_part(text: str) -> bool:
    """Whether a text can be a first name or a surname: letters, and no word of a firm or place but as a surname."""
    return len(text) <= MOST_LETTERS and bool(PART.fullmatch(_plain(text)))


def is_known_part(text: str) -> bool:
    """Whether a text is a common given name or surname."""
    words = _words(text)
    if not words or len(words) > 2 or (len(words) == 2 and ORGANIZED.intersection(words)):
        return False
    return words[0] in GIVEN or words[-1] in SURNAMES
