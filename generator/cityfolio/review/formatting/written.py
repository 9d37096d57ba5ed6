"""How a file reads when one hand has written it: keys in their documented order, two spaces a level, long text wrapped.

What an author chose is kept where both ways are sound: braces or lines for a group, quotation marks or none, blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cityfolio.migrate.yaml.text import ESCAPED, IN_FLOW, LINE, PLAIN_WORDS, Bare, value_lines
from cityfolio.model.keys import Kind, ListOf, MapOf, Record, keys_of
from cityfolio.review.formatting.parts import Branch, Entry, Leaf

EDITOR_LINE = "# yaml-language-server:"     # for an editor; it stays at the top
PARAGRAPHS = re.compile(r"\n+")


def written(top: Branch, record: type) -> str:
    """The file of a record."""
    header = _header(top)
    lines = [*header, *_group(top, Record(record), 0)]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "".join(f"{line}\n" for line in _without_doubled_blanks(lines))


def _header(top: Branch) -> list[str]:
    """What stands at the top whichever key comes first: comments with an empty line below, and what is said to editors."""
    if not top.entries:
        return []
    lead = top.entries[0].lead
    ends = max((at + 1 for at, line in enumerate(lead) if not line or line.startswith(EDITOR_LINE)), default=0)
    header, top.entries[0].lead = lead[:ends], lead[ends:]
    return header


def _without_doubled_blanks(lines: Sequence[str]) -> Iterator[str]:
    """One empty line where an author left several, and none behind a text that ends with its own."""
    before = ""
    for line in lines:
        if line or (before and before != KEPT):
            yield line.removeprefix(KEPT)
        before = line or before if before == KEPT else line


KEPT = "\ue000"     # before an empty line that belongs to a text


def _group(branch: Branch, kind: Kind | None, indent: int) -> Iterator[str]:
    margin = " " * indent
    for at, entry in enumerate(_in_order(branch, kind)):
        lead = entry.lead
        while at == 0 and lead and not lead[0]:
            lead = lead[1:]
        yield from (f"{margin}{line}" if line else "" for line in lead)
        yield from _entry(entry, _below(kind, entry), indent)
    yield from (f"{margin}{line}" if line else "" for line in branch.foot)


def _in_order(branch: Branch, kind: Kind | None) -> list[Entry]:
    if branch.is_list or not isinstance(kind, Record):
        return branch.entries
    places = {name: at for at, name in enumerate(keys_of(kind.type))}
    return sorted(branch.entries, key=lambda entry: places.get(_name(entry), len(places)))


def _name(entry: Entry) -> str:
    return entry.key.word.text if entry.key else ""


def _below(kind: Kind | None, entry: Entry) -> Kind | None:
    if entry.key is None:
        return kind.kind if isinstance(kind, ListOf) else None
    if isinstance(kind, Record):
        declared = keys_of(kind.type).get(_name(entry))
        below = declared.kind if declared else None
    else:
        below = kind.kind if isinstance(kind, MapOf) else None
    # A single value stands for a list of one.
    alone = isinstance(below, ListOf) and not (isinstance(entry.node, Branch) and entry.node.is_list)
    return below.kind if alone and isinstance(below, ListOf) else below


def _entry(entry: Entry, kind: Kind | None, indent: int) -> Iterator[str]:
    margin = " " * indent
    node, head = entry.node, f"{margin}{_key(entry.key)}:" if entry.key else f"{margin}-"
    tail = f"  {entry.tail}" if entry.tail else ""
    if isinstance(node, Leaf):
        first, *below = _text(node, len(head), indent)
        yield f"{head}{first}{tail}"
        yield from below
        return
    short = _in_line(node, kind) if node.in_flow or not node.entries else None
    if short is not None and (len(head) + 1 + len(short) <= LINE or not node.entries):
        yield f"{head} {short}{tail}"
        yield from (f"{margin}  {line}" if line else "" for line in node.foot)
        return
    if short is not None and node.is_list and all(isinstance(each.node, Leaf) for each in node.entries):
        *lines, last = _filled(f"{head} [", _words(node, kind) or [], indent)
        yield from lines
        yield f"{last}{tail}"
        return
    if entry.key is None:
        yield from ([f"{margin}{entry.tail}"] if entry.tail else [])
        first, *below = _group(node, kind, indent + 2)
        yield f"{head} {first[indent + 2:]}"
        yield from below
        return
    yield f"{head}{tail}"
    yield from _group(node, kind, indent + 2)


def _filled(head: str, words: Sequence[str], indent: int) -> Iterator[str]:
    """A list of words in brackets, on as many lines as it takes."""
    line = head
    for at, word in enumerate(words):
        if at and len(line) + len(word) + 1 > LINE:
            yield line.rstrip()
            line = " " * (indent + 2)
        line += f"{word}, " if at < len(words) - 1 else f"{word}]"
    yield line


def _in_line(node: Branch, kind: Kind | None) -> str | None:
    """A group in braces or a list in brackets on one line; None where something in it has lines of its own."""
    found = _words(node, kind)
    if found is None:
        return None
    return f"[{', '.join(found)}]" if node.is_list else "{" + ", ".join(found) + "}"


def _words(node: Branch, kind: Kind | None) -> list[str] | None:
    """Each entry of a group or list as it stands in braces or brackets."""
    found = []
    for entry in _in_order(node, kind):
        inner = entry.node
        if isinstance(inner, Leaf):
            value = _flow(inner)
            if value is None:
                return None
        else:
            below = _in_line(inner, _below(kind, entry))
            if below is None:
                return None
            value = below
        found.append(f"{_key(entry.key)}: {value}".rstrip() if entry.key else value)
    return found


def _key(key: Leaf) -> str:
    return key.written if "\n" not in key.written else value_lines(key.word.text, 0)[0].lstrip()


def _flow(leaf: Leaf) -> str | None:
    if "\n" in leaf.word.text or leaf.word.is_block:
        return None
    if leaf.word.is_plain and "\n" not in leaf.written and not IN_FLOW.search(leaf.written.replace(":", "")):
        return leaf.written
    return _quoted(leaf.word.text)


def _text(leaf: Leaf, used: int, indent: int) -> list[str]:
    """What follows a key or a dash: the rest of its line, then the lines below."""
    text = leaf.word.text
    if leaf.word.is_block and leaf.written.startswith(">") and _can_be_wrapped(text):
        return _wrapped(text, indent)
    if "\n" in text:
        return [value if at == 0 or value else KEPT for at, value in enumerate(value_lines(text, indent))]
    if leaf.word.start == leaf.word.end:
        return [""]
    one_line = _as_it_was(leaf)
    if used + 1 + len(one_line) > LINE and " " in text and _can_be_wrapped(text):
        return _wrapped(text, indent)
    return [f" {one_line}"]


def _as_it_was(leaf: Leaf) -> str:
    text = leaf.word.text
    if leaf.word.is_plain:
        if "\n" not in leaf.written:
            return leaf.written
        return value_lines(Bare(text) if text.lower() in PLAIN_WORDS else text, 0)[0].lstrip()
    return _quoted(text)


def _quoted(text: str) -> str:
    """In quotation marks: double ones, single ones where these would need escapes."""
    if ESCAPED.search(text) or "\t" in text:
        return value_lines(text, 0)[0].lstrip()
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def _can_be_wrapped(text: str) -> bool:
    """Whether lines of this text can be broken at its spaces and put together again."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return bool(body) and not ESCAPED.search(text) and "\t" not in text and "  " not in text \
        and all(line == line.strip() for line in lines) and bool(lines[0]) and bool(lines[-1])


def _wrapped(text: str, indent: int) -> list[str]:
    margin = " " * (indent + 2)
    ends = text.endswith("\n")
    lines = [f" >{'' if ends else '-'}"]
    body = text.removesuffix("\n")
    for at, paragraph in enumerate(PARAGRAPHS.split(body)):
        if at:
            breaks = len(PARAGRAPHS.findall(body)[at - 1])
            lines += [KEPT] * breaks
        lines += [f"{margin}{line}" for line in _broken(paragraph, LINE - len(margin))]
    return lines


def _broken(paragraph: str, width: int) -> Iterator[str]:
    """Lines of a paragraph, each as long as it may be. A word that is longer has a line of its own."""
    line = ""
    for word in paragraph.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
