"""Whether a text is an exact address, or a point so exact that it is a home's."""

from __future__ import annotations

import re

STREETS = (
    "st|street|str|ave|avenue|av|rd|road|dr|drive|ln|lane|ct|court|cir|circle|blvd|boulevard|pl|place|ter|terr|terrace|way|wy|pkwy|parkway|"
    "hwy|highway|trl|trail|aly|alley|sq|square|loop|lp|run|row|path|pike|plz|plaza|crescent|cres|close|cv|cove|pt|point|xing|"
    "crossing|rdg|ridge|hts|heights|walk|pass|bend|bnd|glen|gln|mews|expy|fwy|tpke|turnpike|vw|view|broadway|grove|grv|hollow|"
    "commons|landing|lndg|knoll|knl|hill|park|springs|spur|route|rte|us|nc"
)
EXACT = re.compile(
    r"\d{1,6}(?:-\d{1,4})?[A-Z]?(?: ?1/2)?,? (?!(?:-?\d+ )?(?:block|blk|hundred)\b)"
    r"(?:[NSEW]{1,2}\.? |north |south |east |west )?"
    rf"(?:[\w.'’-]{{1,30}} ){{1,5}}?(?:{STREETS})\b\.?(?:,? .{{0,80}})?", re.IGNORECASE)
SPANISH = re.compile(r"(?:calle|avenida|av\.?|carrera|cra\.?|rua|rue|via|plaza|paseo|c/) ?.{1,40}?\b\d{1,5}\b.{0,40}",
                     re.IGNORECASE)
BLURRED = re.compile(r"\bbl(?:oc)?k\b|\bhundred\b|[x*]{2,}|&|\bat\b|@| / | and |\bintersection\b|\bnear\b|\bbetween\b",
                     re.IGNORECASE)
APARTMENT = re.compile(r"\b(?:apt|apartment|unit|ste|apto|depto)\.? ?#?\w{1,5}\b|#\s?\w{1,5}\b", re.IGNORECASE)
BOX = re.compile(r"p\.? ?o\.? ?box \d+", re.IGNORECASE)
EXACT_DECIMAL = re.compile(r"-?\d{1,3}\.\d{5,}", re.ASCII)
EXACT_PAIR = re.compile(r"-?\d{1,3}\.\d{5,}[,\s]+-?\d{1,3}\.\d{5,}", re.ASCII)
HOUSE = re.compile(r"\d{1,6}[A-Z]?(?: 1/2)?[ ,]+[^\W\d].{2,150}", re.IGNORECASE | re.DOTALL)
LONGEST = 200


def is_exact_address(text: str) -> bool:
    """Whether a text is the address of one house; not a block, a crossing, or a street."""
    if len(text) > LONGEST or not (text[:1].isdigit() or text[:1].isalpha()):
        return False
    if BLURRED.search(text):
        return False
    # Where all numbers end in 00, blocks are meant.
    return bool(EXACT.fullmatch(text) or SPANISH.fullmatch(text) or BOX.match(text))


def is_house(text: str) -> bool:
    """Whether a text begins as the address of a house does, whatever its street is called."""
    return bool(HOUSE.fullmatch(text)) and not BLURRED.search(text) or is_exact_address(text)


def is_somewhere(text: str) -> bool:
    """Whether a text can be an address in any country: words and a number, and nothing that blurs the place."""
    return 6 <= len(text) <= LONGEST and " " in text and any(map(str.isdigit, text)) and any(map(str.isalpha, text)) \
        and not BLURRED.search(text)


def has_apartment(text: str) -> bool:
    """Whether an address names an apartment."""
    return bool(APARTMENT.search(text))


def is_block_number(text: str) -> bool:
    """Whether the number of an address ends in 00, as those of blocks do."""
    number = re.match(r"\d+", text)
    return bool(number) and number is not None and number[0].endswith("00")


def is_exact_degree(text: str) -> bool:
    """Whether a text is a latitude or longitude exact to about a meter: five decimals or more."""
    return bool(EXACT_DECIMAL.fullmatch(text)) and abs(float(text)) <= 180


def is_exact_point(text: str) -> bool:
    """Whether a text is a point exact to about a meter, as `POINT (-80.84312 35.22708)` and `(35.22708, -80.84312)` are."""
    return len(text) <= LONGEST and bool(EXACT_PAIR.search(text))
