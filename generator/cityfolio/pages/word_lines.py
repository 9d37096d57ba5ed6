"""The lines of a PO file, looked through before Babel reads them: it takes some that are broken without a word."""

from __future__ import annotations

import re
from codecs import lookup
from gettext import c2py

_LINE = re.compile(r'(?:(?P<key>msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])[ \t]*)?"(?P<text>(?:[^"\\]|\\.)*)"')
_ENDS = re.compile(r"\r\n|\r|\n")
_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?(?:#[^\r\n]*+|\s)*+msgid[ \t]*""\s*msgstr[ \t]*(?:"(?:[^"\\]|\\.)*+"\s*)*+')
_CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
_PLURALS = re.compile(r"Plural-Forms:\s*nplurals\s*=\s*(?P<count>\d{1,3})\s*;\s*plural\s*=(?P<rule>[^;\\]+)")
_NEXT = {      # what may follow a key, without the number of a form
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[",),
    "msgstr": ("msgctxt", "msgid"),
    "msgstr[": ("msgstr[", "msgctxt", "msgid"),
}
ENDED = ("msgstr", "msgstr[")
CONFLICT = "#-#-#-#-#"      # as programs for such files mark it; a line of a comment may begin with "#-" too
APART = "two changes of the file were not brought together here"
LINES_OF_A_RULE = 12
MOST_FORMS = 6      # Arabic has them; no language has more
_COUNTS = (*range(1_001), *(10 ** power for power in range(4, 10)))      # what a rule is tried with


class UnreadableWords(ValueError):
    """A file of words cannot be read. It says why, and in which line, where that is known."""

    def __init__(self, says: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {says}" if line else says)
        self.says, self.line = says, line


def lines_of_words(body: bytes) -> tuple[str, ...]:
    """The lines of a file of words, with one space after each key. Some say nothing, and are empty. Raises UnreadableWords."""
    lines = tuple(_as_read(each.strip()) for each in _ENDS.split(_decoded(body)))
    key, texts, seen, last = "", dict[str, str](), set[tuple[str, str]](), 1
    for number, line in enumerate(lines, 1):
        if line.startswith(CONFLICT):
            raise UnreadableWords(APART, number)
        if not line or line.startswith("#"):
            continue
        found, last = _LINE.fullmatch(line), number
        if found is None or "\0" in line:
            raise UnreadableWords(_spoilt(line), number)
        if given := found["key"]:
            kind = given.rstrip("]0123456789")
            if kind not in _NEXT[key]:
                raise UnreadableWords(_out_of_place(key, given), number)
            if kind in ENDED and key not in ENDED:
                _note((texts.get("msgctxt", ""), texts["msgid"]), seen, number)
            texts = {kind: found["text"]} if key in ENDED else {**texts, kind: found["text"]}
            key = kind
        elif not key:
            raise UnreadableWords("a text without msgid or msgstr before it", number)
        else:
            texts[key] += found["text"]
    if key not in ("", *ENDED):
        raise UnreadableWords("the last message has no msgstr", last)
    return lines


def _as_read(line: str) -> str:
    if line.startswith("#~") or (line.startswith("#-") and not line.startswith(CONFLICT)):
        return ""       # of a message that is gone, or a comment that Babel takes for a conflict
    found = _LINE.fullmatch(line)
    return f'{found["key"]} "{found["text"]}"' if found and found["key"] else line


def _note(message: tuple[str, str], seen: set[tuple[str, str]], number: int) -> None:
    # One of another number of forms is the same to gettext: it asks by the context and the first form.
    if message in seen:
        raise UnreadableWords(f'the message "{message[1]}" is there twice', number)
    seen.add(message)


def _decoded(body: bytes) -> str:
    head = _HEAD.match(body)
    named = _CHARSET.search(body, 0, head.end()) if head else None
    charset = named[1].decode("ascii") if named else "utf-8"
    try:
        name = lookup(charset).name
        return body.decode("utf-8-sig" if name == "utf-8" else name)
    except LookupError as error:
        raise UnreadableWords(f'its encoding, "{charset}", is none', _line_at(body, named.start() if named else 0)) from error
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise UnreadableWords(f"this is not written in {charset}, as the file says", _line_at(body, at)) from error


def _line_at(body: bytes, at: int) -> int:
    return body.count(b"\n", 0, at) + 1


def _spoilt(line: str) -> str:
    if "\0" in line:     # ends a form where words are kept for programs
        return "the control character U+0000 cannot be in a text"
    if line.startswith(("msg", '"')) and line.count('"') - line.count('\\"') < 2:
        return "a text begins with a quotation mark and ends with one, and this has not both"
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return APART
    return "this is neither msgid nor msgstr, each followed by a text in quotation marks"


def _out_of_place(former: str, given: str) -> str:
    if former in ("msgid", "msgctxt", "msgid_plural") and given in ("msgid", "msgctxt"):
        return "the message before this has no msgstr"
    return f"{given} cannot stand here"


def checked_plurals(lines: tuple[str, ...]) -> None:
    """Raise UnreadableWords where the head of a file gives no rule by which words are counted."""
    number = next((at for at, each in enumerate(lines) if "Plural-Forms:" in _text(each)), None)
    if number is None:
        return
    rest = "".join(_text(each) for each in lines[number:number + LINES_OF_A_RULE])     # it may go on below
    found = _PLURALS.search(rest)
    if found is None:
        raise UnreadableWords("Plural-Forms says how many forms there are and which is taken: nplurals=2; plural=(n != 1);",
                              number + 1)
    count = int(found["count"])
    if not 1 <= count <= MOST_FORMS:
        raise UnreadableWords(f"Plural-Forms says nplurals={count}, and languages have 1 to {MOST_FORMS} forms", number + 1)
    try:
        taken = [*map(c2py(found["rule"]), _COUNTS)]
    except (ValueError, ArithmeticError) as error:
        raise UnreadableWords(f"the rule of Plural-Forms is none: {error}", number + 1) from error
    if min(taken) < 0 or max(taken) >= count:
        raise UnreadableWords(f"Plural-Forms says nplurals={count}, and its rule asks for form {max(taken) + 1}", number + 1)


def _text(line: str) -> str:
    found = _LINE.fullmatch(line)
    return found["text"] if found else ""
