"""The way in which a language is written: from the left, or from the right."""

from __future__ import annotations

from markupsafe import Markup

# Languages whose usual script runs from right to left, and scripts that a code may name ("az-Arab").
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd",
                           "syr", "ug", "ur", "yi"})
RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction_of(language: str) -> str:
    """What `dir` says of a language: nothing for those that are written from left to right, as pages are by themselves."""
    primary, *others = language.casefold().split("-")
    if "latn" in others:
        return ""
    return "rtl" if primary in RIGHT_TO_LEFT or RTL_SCRIPTS.intersection(others) else ""


def tongue(language: str) -> Markup:
    """The attributes of what is in another language than its page: which, and its way where that is from the right."""
    direction = direction_of(language)
    return Markup('lang="{}"{}').format(language, Markup(' dir="rtl"') if direction else "")
