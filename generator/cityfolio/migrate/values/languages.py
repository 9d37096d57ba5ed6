"""Languages as catalogs name them: tags, three-letter codes, addresses of the European list, English names."""

from __future__ import annotations

import re
from collections.abc import Mapping

# ISO 639-1 -> ISO 639-3 or 639-2/B codes and English names.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("eng", "english"), "es": ("spa", "spanish"), "fr": ("fra", "fre", "french"), "de": ("deu", "ger", "german"),
    "it": ("ita", "italian"), "pt": ("por", "portuguese"), "nl": ("nld", "dut", "dutch"), "sv": ("swe", "swedish"),
    "da": ("dan", "danish"), "fi": ("fin", "finnish"), "no": ("nor", "norwegian"), "nb": ("nob",), "nn": ("nno",),
    "is": ("isl", "ice", "icelandic"), "pl": ("pol", "polish"), "cs": ("ces", "cze", "czech"), "sk": ("slk", "slo", "slovak"),
    "sl": ("slv", "slovenian"), "hr": ("hrv", "croatian"), "hu": ("hun", "hungarian"), "ro": ("ron", "rum", "romanian"),
    "bg": ("bul", "bulgarian"), "el": ("ell", "gre", "greek"), "et": ("est", "estonian"), "lv": ("lav", "latvian"),
    "lt": ("lit", "lithuanian"), "ga": ("gle", "irish"), "cy": ("cym", "wel", "welsh"), "mt": ("mlt", "maltese"),
    "ca": ("cat", "catalan"), "eu": ("eus", "baq", "basque"), "gl": ("glg", "galician"), "tr": ("tur", "turkish"),
    "ru": ("rus", "russian"), "uk": ("ukr", "ukrainian"), "ar": ("ara", "arabic"), "he": ("heb", "hebrew"),
    "zh": ("zho", "chi", "chinese"), "ja": ("jpn", "japanese"), "ko": ("kor", "korean"), "vi": ("vie", "vietnamese"),
    "hi": ("hin", "hindi"), "sq": ("sqi", "alb", "albanian"), "sr": ("srp", "serbian"),
}
_BY_NAME = {name: tag for tag, names in LANGUAGES.items() for name in (tag, *names)}


def language_tag(given: str) -> str | None:
    """The tag of a language (BCP 47); None where it is not known."""
    text = re.split(r"[/#]", given.rstrip("/"))[-1].strip().replace("_", "-")
    if found := _BY_NAME.get(text.casefold()):
        return found
    first, dash, place = text.partition("-")
    language = _BY_NAME.get(first.casefold())
    if not dash or language is None:
        return None
    if language == "en" and place.upper() == "US":
        return "en"
    return f"{language}-{place.upper() if len(place) <= 3 else place.title()}"
