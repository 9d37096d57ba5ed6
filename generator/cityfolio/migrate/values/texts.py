"""Text of another catalog as it fits ours: trimmed, its line ends as they are here, cut only with the whole kept elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.model.keys import Markdown, Text, keys_of

SHORT = 100   # characters up to which a description stays on the line of its key
REPEATED = "says again what another key says"
NO_WORDS = frozenset({"none", "n/a", "na", "nil", "null", "-", "--", "."})   # people write these for "nothing"


@lru_cache(maxsize=200)
def limit_of(record: type, key: str) -> int:
    """How many characters a key of a record holds."""
    kind = keys_of(record)[key].kind
    if isinstance(kind, (Text, Markdown)):
        return kind.max_length
    raise TypeError(f"{key} is not text")


def plain(given: Given, ledger: Ledger, field: str) -> str:
    """A value as one line of text."""
    words = as_words(given)
    line = " ".join(words.split())
    if isinstance(given, str) and given != line:
        ledger.note("mended", field, "spaces and line breaks straightened", given, line)
    return line


def fitted(text: str, record: type, key: str, ledger: Ledger) -> str:
    """A text short enough for its key, cut at a word with the whole in the report."""
    limit = limit_of(record, key)
    if len(text) <= limit:
        return text
    cut = f"{text[: limit - 1].rsplit(' ', 1)[0]}…"
    ledger.note("mended", key, "shortened to what its place holds", text, cut)
    return cut


def markdown(text: str, ledger: Ledger, field: str) -> str:
    """Longer text: a block of lines that ends with a line feed, or one short line."""
    lines = re.sub(r"\r\n|[\r\x85\u2028\u2029]", "\n", text)
    # Two spaces at the end of a line are Markdown's line break; other spaces there are nothing.
    lines = re.sub(r" +$", lambda spaces: "  " if len(spaces[0]) > 1 else "", lines.strip(), flags=re.MULTILINE)
    if "\n" in text and "\r" in text:
        ledger.note("mended", field, "line ends made line feeds")
    return lines if "\n" not in lines and len(lines) <= SHORT else f"{lines}\n"


def label_of(name: str) -> str:
    """What a fact is called that is kept under notes: the key at the source as words, without the prefix of a vocabulary."""
    bare = re.sub(r"^.*[/#]|^[a-z]{1,12}:(?=[A-Za-z])", "", name.strip().rstrip("/#"))
    if " " not in bare:
        bare = re.sub(r"(?<=[a-z0-9])([A-Z])(?=[a-z])", lambda capital: f" {capital[1].lower()}", bare)
    return readable(bare)[:100]


def readable(name: str) -> str:
    """The name of a field as words to be read."""
    words = re.sub(r"[_\[\]]+", " ", name).strip()
    words = re.sub(r"\burl\b", "URL", words)
    return words[:1].upper() + words[1:] if words else "Note"
