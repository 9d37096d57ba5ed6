"""Front matter as other people wrote it: read whatever it takes, with each thing that was mended written down.

Jekyll shows a page for a file that a strict parser refuses, so a file that cannot be read here is a record lost. Only
what must be mended is: tabs where YAML allows none, values that need quotation marks, lines that continue a text at the margin.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from cityfolio.frozen import Frozen
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import Given, TooMuch, Values
from cityfolio.migrate.yaml.text import NOT_CARRIED

MAX_BYTES = 2_000_000
MAX_MENDS = 50                    # lines mended in one file before it is given up
MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)(?P<body>.*)", re.DOTALL | re.MULTILINE)
UNCARRIED = re.compile(NOT_CARRIED.pattern + "|[\x80-\x84\x86-\x9f]")   # what PyYAML's reader refuses in a file
SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
TAB_AFTER_KEY = re.compile(r"^([ ]*(?:- +)?(?:[^\s:'\"][^:'\"]*:|-))[ ]*\t[ \t]*", re.MULTILINE)
TAB_AT_END = re.compile(r"[ ]*\t[ \t]*$", re.MULTILINE)
TAB_AT_START = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)
KEY_AND_VALUE = re.compile(r"(?P<head>\s*(?:- +)?[A-Za-z_][\w .-]*:[ \t]+|\s*-[ \t]+)(?P<value>\S.*?)[ \t]*")


class FrontMatter(Frozen, kw_only=True):
    """One file: its values and the text below them."""

    values: dict[str, Given]
    hidden: tuple[tuple[str, dict[str, Given]], ...] = ()   # what repeated keys hid, by place
    body: str = ""


def read_front_matter(content: bytes, ledger: Ledger) -> FrontMatter | str:
    """Read a file that begins with front matter, or say why that cannot be done."""
    text = decoded(content, ledger)
    match = MATTER.match(text)
    if match is None:
        return "it has no front matter, so Jekyll does not take it for a record"
    found = read_values(match["yaml"], ledger)
    if isinstance(found, str):
        return found
    root, hidden = found
    if root is not None and not isinstance(root, dict):
        return "its front matter is not a group of keys"
    return FrontMatter(values=root or {}, hidden=hidden, body=match["body"].strip())


def decoded(content: bytes, ledger: Ledger) -> str:
    """The text of a file, with line feeds and without what no YAML file can hold."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        ledger.note("mended", "(file)", "read as Windows-1252, because it is not UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = UNCARRIED.sub("", text)
    if kept != text:
        ledger.note("mended", "(file)", "control characters removed")
    return kept


def read_values(text: str, ledger: Ledger) -> tuple[Given, tuple[tuple[str, dict[str, Given]], ...]] | str:
    """The values of a YAML text, mended line by line while the parser refuses it, and what repeated keys hid."""
    if len(text) > MAX_BYTES:
        return f"it has more than {MAX_BYTES:,} characters"
    text = _without_tabs(_without_surrogates(text), ledger)
    for _ in range(MAX_MENDS):
        values = Values(ledger)
        try:
            return values.read(text), tuple(values.hidden)
        except (TooMuch, RecursionError):   # PyYAML's portable parser recurses where its fast one does not
            return "its values are nested too deeply, or are too many"
        except yaml.MarkedYAMLError as error:
            mended = _mended(text, error, ledger)
            if mended is None:
                return _says(error)
            text = mended
        except yaml.YAMLError as error:
            return str(error)
    return f"more than {MAX_MENDS} of its lines would have to be mended"


def _without_surrogates(text: str) -> str:
    # JSON's way to write a character beyond U+FFFF as two escapes; YAML knows \U instead. The text means the same.
    def one(pair: re.Match[str]) -> str:
        high, low = (int(half, 16) & 0x3FF for half in pair.groups())
        return rf"\U{0x10000 + (high << 10 | low):08X}"

    return SURROGATES.sub(one, text)


def _without_tabs(text: str, ledger: Ledger) -> str:
    """Replace tabs that separate, where the portable parser refuses them; tabs inside quoted text stay."""
    if "\t" not in text or _is_yaml(text):
        return text
    mended = TAB_AT_END.sub("", TAB_AFTER_KEY.sub(r"\1 ", text))
    if not _is_yaml(mended):
        mended = TAB_AT_START.sub(lambda tabs: tabs[0].expandtabs(2), mended)
    for before, after in zip(text.split("\n"), mended.split("\n"), strict=True):
        if before != after:
            ledger.note("mended", _field(before), "a tab removed where YAML allows none", before.rstrip("\n"), after)
    return mended


def _is_yaml(text: str) -> bool:
    try:
        for _ in yaml.parse(text, yaml.BaseLoader):
            pass
    except (yaml.YAMLError, RecursionError):
        return False
    return True


def _has_value(text: str) -> bool:
    try:
        Values(Ledger()).read(text)
    except (yaml.YAMLError, TooMuch, RecursionError):
        return False
    return True


def _field(line: str) -> str:
    return line.strip().removeprefix("- ").partition(":")[0].strip()


def _says(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    line = f" on line {mark.line + 2} of the file" if mark else ""
    return f"its front matter is not YAML: {error.problem or error.context}{line}"


def _mended(text: str, error: Any, ledger: Ledger) -> str | None:  # Any: the marks of PyYAML's errors have no stubs
    """Mend the first line near the error that can be mended; None when there is none."""
    lines = text.split("\n")
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
    for number in dict.fromkeys(at for mark in marks for at in (mark, mark - 1)):
        if not 0 <= number < len(lines):
            continue
        mended = _quoted(lines[number]) or _continued(lines, number)
        if mended is not None:
            quoted = mended.lstrip() != lines[number].lstrip()
            why = "put in quotation marks" if quoted else "indented, because it continues a text"
            ledger.note("mended", _field(lines[number]), why, lines[number].strip(), mended.strip())
            return "\n".join((*lines[:number], mended, *lines[number + 1:]))
    return None


def _quoted(line: str) -> str | None:
    """The line with its value in single quotation marks, unless it has sound ones or starts a block."""
    match = KEY_AND_VALUE.fullmatch(line)
    if match is None or match["value"][0] in "|>" or _has_value(f"a: {match['value']}"):
        return None
    value = match["value"]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    elif value[0] in "'\"" and value.count(value[0]) == 1:
        return None   # a quoted text that goes on in the next line
    inner = value.replace("'", "''")
    return f"{match['head']}'{inner}'"


def _continued(lines: list[str], number: int) -> str | None:
    """The line indented, when it stands at the margin below a text that it continues."""
    line = lines[number]
    if number == 0 or not line.strip() or line.startswith((" ", "- ")) or re.match(r"[\w .-]+:(?:\s|$)", line):
        return None
    return f"  {line}"
