"""Personal data inside texts that people wrote: numbers, addresses of e-mail and telephones, each with its own form.

Each form begins where no sign of its own stands before, and none repeats without end, so that a long text takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import ascii_lowercase

from cityfolio.model.privacy import Personal
from cityfolio.privacy.cells import NO_DIGIT, Cells, Places
from cityfolio.privacy.checksums import SSN_APART, is_card, is_iban, is_phone, is_ssn, is_toll_free
from cityfolio.privacy.few_cells import READ_OTHERWISE
from cityfolio.privacy.mail import EMAIL, is_official
from cityfolio.privacy.people import is_known_name, is_organized

TITLES = "Mr|Mrs|Ms|Mx|MR|MRS"
# Whom a note names: "caller Ann Lee", "spoke with Ann Lee".
SPOKEN_OF = ("caller|resident|tenant|neighbor|neighbour|victim|witness|suspect|complainant|patron|patient|client|customer|owner"
             "|mother|father|mom|dad|parent|guardian|grandmother|grandfather|wife|husband|spouse|son|daughter|brother|sister"
             "|driver|passenger|student|inmate|occupant|renter|spoke with|spoke to|spoke w/|talked to|talked with|met with|per"
             "|contact|ask for|reported by|name is|called by|signed by")
# What Arrow looks for first, in time that grows with the length of the text alone; each hit is looked at again.
CANDIDATES: Mapping[Personal, str] = {
    "national-id": r"[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}|(?i:\bssn\b|\bss#|social security)",
    "payment-card": r"[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}|[0-9]{4}[ -]?[0-9]{6}[ -]?[0-9]{5}",
    "bank-account": r"[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}",
    "email": r"@[A-Za-z0-9-]+\.",
    "phone": r"[0-9]{3}[-. )]{1,2}[0-9]{3}[-. ][0-9]{4}|\+[1-9][0-9 .()-]{7}|[a-z#:] ?[2-9][0-9]{9}",
    "birth-date": r"(?i:\bdob\b|\bd\.o\.b|\bborn\b|date of birth)",
    "name": rf"\b(?:{TITLES})\b|(?i:\b(?:{SPOKEN_OF})\b)",
}
# What a candidate needs, for a first look at a column as a whole.
FEWEST_DIGITS = 9
MARKS = ("@", "+")
COUNTRY = re.compile(r"[A-Z]{2}[0-9]{2}")
# Everything but small letters as a blank, so that what is left falls apart into words.
LETTERS_ALONE = bytes(byte if chr(byte) in ascii_lowercase else ord(" ") for byte in range(256))
BEFORE_NAMES = frozenset(each.split()[0] for each in f"{TITLES}|{SPOKEN_OF}".lower().split("|"))
FIRST_WORDS = frozenset(word.encode() for word in (*BEFORE_NAMES, "ssn", "dob", "born"))
PHRASES = ("ss#", "social security", "d.o.b", "date of birth")
PHONE = re.compile(r"(?<![\w.-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?![\w-])"
                   r"|(?<![\w.-])\+[1-9]\d{0,2}(?:[ .-]?\d{2,4}){2,4}(?![\w-])", re.ASCII)
# Ten digits alone are a telephone's where a text says so.
PHONE_SAID = re.compile(r"\b(?:call(?:back| back)?|cell|phone|ph|tel|text|reached|mobile|number)\b\W{0,3}"
                        r"(?:(?:is|at|me|her|him|them|no)\W{1,2}){0,2}"
                        r"([2-9]\d\d[2-9]\d{6})(?!\d)", re.ASCII | re.IGNORECASE)
NAMED = re.compile(rf"\b(?i:{SPOKEN_OF})[ ,:(]{{1,2}}([A-Z][\w'\u2019-]{{1,25}}),? ([A-Z][\w'\u2019-]{{1,25}})")
TITLED = re.compile(rf"\b(?:{TITLES})\b\.? ([A-Z][\w'\u2019-]{{1,25}})")
CARD = re.compile(r"(?<![\w.-])\d{4}([ -]?)\d{4}\1\d{4}\1\d{1,7}(?![\w-])"
                  r"|(?<![\w.-])3\d{3}([ -]?)\d{6}\2\d{5}(?![\w-])", re.ASCII)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.ASCII)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
BORN = re.compile(r"\b(?:dob|d\.o\.b\.?|date of birth|born(?: on)?)(?!\w)\W{0,3}(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
                  rf"|\d{{4}}-\d\d-\d\d|(?:{MONTHS})[a-z]{{0,6}} \d{{1,2}},? \d{{4}})", re.IGNORECASE)
SSN_SAID = re.compile(r"\b(?:ssn|ss#|social security(?: number| no\.?| #)?)\W{0,4}(?:is )?"
                      r"(\d{9}|\d{3}[- ]?\d{2}[- ]?\d{4})(?!\d)", re.IGNORECASE)
# Where a text offers help, the telephone in it is an office's.
OFFER = re.compile(r"\bfor (?:more |further |additional )?(?:info|information|questions|details|reservations|assistance|help"
                   r"|hours|tours)\b|\bwww\.|https?://|\bvisit (?:us|our)\b|\bopen (?:daily|mon|tue|to the public)"
                   r"|\bcontact (?:us|our)\b", re.IGNORECASE)

Find = Callable[[str], Iterator[str]]


def _ssns(text: str) -> Iterator[str]:
    yield from (found[0] for found in SSN_APART.finditer(text) if is_ssn("".join(found.group(1, 3, 4))))
    yield from (found[1] for found in SSN_SAID.finditer(text) if is_ssn(found[1]))


def _cards(text: str) -> Iterator[str]:
    return (found[0] for found in CARD.finditer(text) if is_card(found[0]))


def _ibans(text: str) -> Iterator[str]:
    return (found[0] for found in IBAN.finditer(text) if is_iban(found[0]))


def _emails(text: str) -> Iterator[str]:
    return (found[0] for found in EMAIL.finditer(text) if not is_official(found[1], found[2]))


def _phones(text: str) -> Iterator[str]:
    numbers = (*(found[0] for found in PHONE.finditer(text)), *(found[1] for found in PHONE_SAID.finditer(text)))
    return iter(()) if OFFER.search(text) else (each for each in numbers if is_phone(each) and not is_toll_free(each))


def _names(text: str) -> Iterator[str]:
    for found in NAMED.finditer(text):
        if is_known_name(f"{found[1]} {found[2]}") or is_known_name(f"{found[1]}, {found[2]}"):
            yield f"{found[1]} {found[2]}"
    yield from (found[1] for found in TITLED.finditer(text) if not is_organized(found[1]))


def _births(text: str) -> Iterator[str]:
    return (found[0] for found in BORN.finditer(text))


FINDS: Mapping[Personal, Find] = {
    "national-id": _ssns, "payment-card": _cards, "bank-account": _ibans, "email": _emails, "phone": _phones,
    "birth-date": _births, "name": _names,
}


def may_match(cells: Cells) -> Places | None:
    """The texts that can match a candidate of any kind, by what each of them needs: a sign, so many digits, or a word.

    None where that is not worth finding out, or where Arrow knows letters in another case that Python does not.
    """
    if not cells.is_whole:
        return None
    has_digits, joined = cells.reaches(digits=FEWEST_DIGITS), cells.joined
    marks = [mark for mark in MARKS if mark in joined]
    if not (cells.has_letters or has_digits or marks):
        return ()
    said = [*marks, *said_in(joined)]
    has_country = bool(COUNTRY.search(joined))
    if not (has_digits or said or has_country):
        return ()
    if READ_OTHERWISE.search(joined):
        return None
    found = {at for at, text in enumerate(cells.sample) if (small := text.lower()) and any(each in small for each in said)} \
        if said else set[int]()
    if has_digits:
        found.update(at for at, text in enumerate(cells.sample) if len(NO_DIGIT.sub("", text)) >= FEWEST_DIGITS)
    if has_country:
        found.update(at for at, text in enumerate(cells.sample) if COUNTRY.search(text))
    return sorted(found)


def said_in(joined: str) -> list[str]:
    """The words and phrases in some texts that begin what a candidate holds beside digits and signs."""
    lower = joined.lower()
    words = FIRST_WORDS.intersection(lower.encode("utf-8", "replace").translate(LETTERS_ALONE).split())
    return [*map(bytes.decode, words), *(phrase for phrase in PHRASES if phrase in lower)]


def may_tell(texts: Iterable[str], joined: str) -> bool:
    """Whether texts speak of people by more than digits and signs. `joined` are the same texts in one."""
    said = said_in(joined)
    if not BEFORE_NAMES.issuperset(said):
        return True
    if not said or joined.islower():     # a name begins with a capital
        return False
    spoken = (text for text in texts if (small := text.lower()) and any(each in small for each in said))
    return any(NAMED.search(text) or TITLED.search(text) for text in spoken)


def candidates_of(kinds: Iterable[Personal]) -> str:
    """The form of whatever could hold one of these kinds."""
    return "|".join(CANDIDATES[kind] for kind in kinds)


def kinds_in(text: str, kinds: Iterable[Personal]) -> Iterator[tuple[Personal, str]]:
    """Each piece of personal data of these kinds in a text: what it is, and its text, which no message may show."""
    return ((kind, value) for kind in kinds for value in FINDS[kind](text))
