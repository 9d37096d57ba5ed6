"""Text as it is indexed and asked for: folding, words, stems. Of all this the browser's script repeats `tokens` alone.

Both sides must cut text alike, so the rule is short: lower case, compatibility decomposition (Unicode NFKD), no marks, no
apostrophe inside a word; then runs of letters and digits. Scripts that put no space between words (Chinese, Japanese) and
Korean, whose endings would need a dictionary, are cut into overlapping pairs of characters, as is usual where no dictionary
is at hand (McNamee and Mayfield, "Character n-gram tokenization for European language text retrieval", 2004).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

import Stemmer

__all__ = ["folded", "forms_of", "name_words", "possible_forms", "stem_of", "stems_of", "tokens"]

_APOSTROPHE = re.compile(r"(?=(\w)['’ʼ](\w))")
_WORD = re.compile(r"[^\W_]+")
# Han, Hiragana, Katakana, Hangul syllables and (what NFKD makes of them) Hangul letters.
PAIRED = "\u1100-\u11ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_PAIRED_RUN = re.compile(f"[{PAIRED}]+|[^{PAIRED}]+")
_PAIRED = re.compile(f"[{PAIRED}]")
# ASCII in lower case, with a space in the place of what stands in no word.
_IN_WORDS = bytes(ord(letter.lower()) if (letter := chr(code)).isalnum() else ord(" ") for code in range(128)) + bytes(128)
_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")
# The languages that Snowball has rules for, by their ISO 639-1 codes.
SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}

# How common other forms are made: the letters that a word may end in for it, what it must match, and what is put in the place
# of the part that matched. Only nouns in the other number, and the -ing of what may be a verb: people ask "biking", hardly
# ever "biked".
_FORMS = {
    "en": (("y", re.compile(r"(?<=[^aeiou])y$"), "ies"), ("sxzh", re.compile(r"(?:(?<=[sxz])|(?<=[cs]h))$"), "es"),
           ("abcdefghijklmnopqrtuvw", re.compile(r"(?<=[^sxzyh])(?<!ed)(?<!ing)$|(?<=[^cs]h)$"), "s"),
           ("y", re.compile(r"(?<=[aeiou]y)$"), "s"), ("s", re.compile(r"ies$"), "y"),
           ("s", re.compile(r"(?:(?<=[sxz])|(?<=[cs]h))es$"), ""), ("s", re.compile(r"(?<=[^su])s$"), ""),
           ("e", re.compile(r"(?<=[^e])e$"), "ing"), ("bcfhjklmnpqrtvz", re.compile(r"^(\w{2,4}[^aeiouswxydg])$"), r"\1ing")),
    "es": (("aeo", re.compile(r"(?<=[aeo])$"), "s"), ("bcdfghjklmnpqrtvwxyz", re.compile(r"(?<=[^aeiosu])$"), "es"),
           ("s", re.compile(r"(?<=[aeo])s$"), ""), ("s", re.compile(r"(?<=[^aeious])es$"), "")),
}
_IRREGULAR = {
    "en": {"buses": "bus", "calves": "calf", "children": "child", "feet": "foot", "gases": "gas", "geese": "goose",
           "halves": "half", "knives": "knife", "leaves": "leaf", "lives": "life", "loaves": "loaf", "men": "man",
           "mice": "mouse", "oxen": "ox", "people": "person", "selves": "self", "shelves": "shelf", "teeth": "tooth",
           "thieves": "thief", "wives": "wife", "wolves": "wolf", "women": "woman"},
}
SHORTEST_INFLECTED = 3


def folded(text: str) -> str:
    """Text as it is compared: lower case, without accents and without apostrophes inside words."""
    text = text.lower()
    if not text.isascii():
        # Once more in lower case: letters come to light that were hidden in signs, such as those of № and ℃.
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text).lower()
                       if not unicodedata.category(letter).startswith("M"))
    return _without_apostrophes(text) if "'" in text or "’" in text or "ʼ" in text else text


def tokens(text: str) -> list[str]:
    """The words of a text, in their order."""
    if text.isascii() and "'" not in text:      # as most are, which takes half the time
        return text.encode().translate(_IN_WORDS).decode().split()
    text = folded(text)
    found = _WORD.findall(text)
    if text.isascii() or not _PAIRED.search(text):
        return found
    return [part for word in found for run in _PAIRED_RUN.findall(word) for part in _paired(run)]


def name_words(name: str) -> str:
    """The name of a column with spaces between its words: `request_type`, `RequestType` and `requestType` alike."""
    words = name.replace("_", " ")
    if words.islower() and words.replace(" ", "").isalpha():     # as most names are
        return words
    return _HUMP.sub(" ", name).replace("_", " ")


def stem_of(word: str, language: str) -> str:
    """The stem of a folded word by Snowball's rules (Porter 2001), the word itself where there are none.

    Stems are only compared, never shown. Plurals that no rule makes are taken for their singular.
    """
    stemmer, irregular = _stemming(language)
    if stemmer is None or _PAIRED.match(word):
        return word
    return str(stemmer.stemWord(irregular.get(word, word)))


def stems_of(words: Sequence[str], language: str) -> list[str]:
    """The stems of many words, each as `stem_of` gives it."""
    stemmer, irregular = _stemming(language)
    if stemmer is None:
        return list(words)
    if "".join(words).isascii():
        return list(stemmer.stemWords([irregular.get(word, word) for word in words]))
    return [stem_of(word, language) for word in words]


def forms_of(word: str, language: str) -> list[str]:
    """Other forms of a folded word that people ask for: those of its stem that common endings make."""
    stem = stem_of(word, language)
    return [form for form in possible_forms(word, language) if stem_of(form, language) == stem]


def possible_forms(word: str, language: str) -> list[str]:
    """What common endings make of a folded word. Some of it may be of another stem, and then is no form of the word."""
    base = language.partition("-")[0].lower()
    if base not in _FORMS or len(word) < SHORTEST_INFLECTED or not word.isascii() or not word.isalpha():
        return []
    _, irregular = _stemming(language)
    made = [pattern.sub(ending, word, count=1) for pattern, ending in _rules(base, word[-1])]
    made += [*_plurals(base).get(word, ()), irregular.get(word, word)]
    return [form for form in dict.fromkeys(made) if form != word]


@cache
def _rules(base: str, last: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The rules of a language for words that end in a letter."""
    return tuple((pattern, ending) for letters, pattern, ending in _FORMS[base] if last in letters)


def _without_apostrophes(text: str) -> str:
    """Text without the apostrophes between two letters; one that is a letter itself (ʼ) does not count twice."""
    kept, start = [], 0
    for found in _APOSTROPHE.finditer(text):
        if found[1].isalpha() and found[2].isalpha() and found.start() >= start:
            kept.append(text[start:found.start() + 1])
            start = found.start() + 2
    return "".join([*kept, text[start:]])


def _paired(run: str) -> list[str]:
    """Overlapping pairs of a run of paired characters; another run as it is."""
    if not _PAIRED.match(run) or len(run) < 2:
        return [run]
    return [run[at:at + 2] for at in range(len(run) - 1)]


@cache
def _stemming(language: str) -> tuple[Stemmer.Stemmer | None, Mapping[str, str]]:
    """The rules of a language, if there are any, and the singulars of its irregular plurals."""
    base = language.partition("-")[0].lower()
    algorithm = SNOWBALL.get(base)
    # The stemmer keeps no stems: looking for one takes longer than making it.
    return Stemmer.Stemmer(algorithm, 0) if algorithm else None, _IRREGULAR.get(base, {})


@cache
def _plurals(base: str) -> Mapping[str, tuple[str, ...]]:
    """The irregular plurals of a language by their singular."""
    singulars = _IRREGULAR.get(base, {})
    return {each: tuple(plural for plural, singular in singulars.items() if singular == each) for each in singulars.values()}
