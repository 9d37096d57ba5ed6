"""Names of other systems as identifiers, and when two spellings are one name."""

from __future__ import annotations

import re
from collections.abc import Container
from hashlib import sha256
from unicodedata import combining, normalize

from cityfolio.load.values import IDENTIFIER

MAX_ID_LENGTH = 100
# Letters that Unicode does not take apart into a plain letter and a mark.
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def slug(name: str, room: str) -> str:
    """An identifier close to a name. A name without Latin letters or digits gets one made of the room and a digest."""
    plain = normalize("NFKD", name.casefold().translate(LETTERS)).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID_LENGTH].strip("-")
    return made or f"{room.removesuffix('s')}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def is_id(name: str) -> bool:
    """Whether a name can be an id as it stands."""
    return len(name) <= MAX_ID_LENGTH and bool(IDENTIFIER.fullmatch(name))


def unused(identifier: str, taken: Container[str]) -> str:
    """The identifier itself, or with the first number behind it that makes it new."""
    number, made = 2, identifier
    while made in taken:
        made = f"{identifier[: MAX_ID_LENGTH - 5]}-{number}"
        number += 1
    return made


def comparable(name: str) -> str:
    """What two spellings of one name share: letter case, punctuation, accents, spaces and the word "and" are left aside."""
    bare = "".join(letter for letter in normalize("NFKD", name.casefold().translate(LETTERS)) if not combining(letter))
    words = re.sub(r"[\W_]+", " ", re.sub(r"[.'’]", "", bare)).split()
    return " ".join(word for word in words if word != "and") or name.strip()
