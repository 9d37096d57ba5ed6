"""What tells a secret from an example, a name or a digest: checksums, spread of letters, and words of placeholders."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import crc32
from collections import Counter
from math import log2

import orjson

ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CHECKSUM_LETTERS = 6
LEAST_BITS = 3.0                  # of a letter: random base62 of 20 letters has about 4, English words about 2.5 to 3
LEAST_BITS_OF_PASSWORD = 2.75
# The subject of the example token that introductions to JWT copy from one another.
EXAMPLE_SUBJECT = "1234567890"
PLACEHOLDER = re.compile(
    rb"(?i)example|sample|placeholder|dummy|change.?me|your|redacted|secret|passw|token|x{4}|\*{3}|\.{3}|0{5}|12345|abcde|"
    rb"^(?:none|null|true|false|required|optional|string|integer|hidden|env)$|^[a-z]+$|^[0-9.,:/-]+$|^[A-Za-z]+ ?[0-9]{0,2}$|"
    rb"^(?:https?:|/|\./|~)|[()\[\]]|^[a-z]+(?:[._/-][a-z0-9]+)+$|^%[A-Za-z0-9_]+%$")
NAMES = re.compile(
    rb"(?i)(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret|(?:client|app|shared|webhook)[_-]?secret|"
    rb"(?:secret|api|access|private|auth|account|service)[_-]?key|apikey|(?:access|auth|api|bearer|refresh|bot|deploy)[_-]?token|"
    rb"token)$")
NO_OPENING = re.compile(
    rb"(?i)^(?:password|passwd|pass|pw|pwd|secret|user|token|xxx+|\*+|\.+)$|[{}$<>*%]|example|your|change.?me")
CAPITAL_JOINT = re.compile(rb"(?<=[a-z0-9])(?=[A-Z])")


def bits(text: bytes) -> float:
    """The information in a letter of a text, in bits (Shannon entropy of its letters)."""
    return -sum(count / len(text) * log2(count / len(text)) for count in Counter(text).values()) if text else 0.0


def is_lively(secret: bytes) -> bool:
    """Whether letters are spread as in something drawn by chance, and no word says that it is an example."""
    return bits(secret) >= LEAST_BITS and not re.search(rb"(?i)example|x{6}|0{8}|12345678|abcdefgh|your", secret)


def is_key_id(secret: bytes) -> bool:
    """Whether an id of a key is no example: those of AWS's manuals end so."""
    return is_lively(secret) and not secret.endswith(b"EXAMPLE")


def passes_checksum(token: bytes) -> bool:
    """Whether a token of GitHub ends as it must: its last six letters are the CRC-32 of the others, in base 62.

    GitHub, "Behind GitHub's new authentication token formats", 2021.
    """
    body = token.partition(b"_")[2]
    rest, letters = crc32(body[:-CHECKSUM_LETTERS]), b""
    while rest:
        rest, digit = divmod(rest, len(ALPHABET))
        letters = ALPHABET[digit:digit + 1] + letters
    return letters.rjust(CHECKSUM_LETTERS, b"0") == body[-CHECKSUM_LETTERS:]


def has_alg(token: bytes) -> bool:
    """Whether the first part of a JWT is an object that names how it is signed (RFC 7515, 4.1.1), and it is no example."""
    head, claims, _ = token.split(b".", 2)
    try:
        named, said = (orjson.loads(urlsafe_b64decode(part + b"=" * (-len(part) % 4))) for part in (head, claims))
    except ValueError:
        return False
    is_signed = isinstance(named, dict) and str(named.get("alg", "none")).lower() != "none"
    return is_signed and not (isinstance(said, dict) and said.get("sub") == EXAMPLE_SUBJECT)


def is_password(value: bytes) -> bool:
    """Whether a value beside the word password could be one: of several kinds of letters, and no word or placeholder."""
    kinds = sum(bool(re.search(kind, value)) for kind in (rb"[a-z]", rb"[A-Z]", rb"[0-9]", rb"[^A-Za-z0-9]"))
    return kinds > 1 and bits(value) >= LEAST_BITS_OF_PASSWORD and not PLACEHOLDER.search(value)


def is_opening(value: bytes) -> bool:
    """Whether what stands between `:` and `@` in an address could be a password."""
    return not NO_OPENING.search(value)


def spells_password(name: bytes) -> bool:
    """Whether the name of a value says that it is a password or a key, however its words are joined."""
    return bool(NAMES.search(CAPITAL_JOINT.sub(b"_", name.strip(b"_.-"))))
