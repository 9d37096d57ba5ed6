"""A plain reader of pages, which takes every tag for itself: what the quick one finds is compared with what this finds."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape

from cityfolio.publish import markup
from cityfolio.publish.markup import ATTRIBUTES, REFERRING, SELF_CLOSING, TAG, VOID, Page, Tag

TAGS = re.compile(r'<[^<>"]*+(?>(?:"[^"]*"[^<>"]*+)*)>?')


def said_by(page: Page) -> dict[str, list[object]]:
    """What a page says, and where each of it stands."""
    return {
        "ids": [(name, page.position(at)) for name, at in page.ids.items()],
        "targets": sorted((page.position(at), target.url, target.use) for at, target in page.targets),
        "references": sorted((page.position(at), name) for at, name in page.references),
        "faults": sorted((page.position(at), fault) for at, fault in page.faults),
    }


def said_tag_by_tag(text: str) -> dict[str, list[object]]:
    """The same of a page that is read in the plain way."""
    tags = [_tag(raw) for raw in TAGS.findall(text)]
    page = Page(text, starts=[match.start() for match in TAGS.finditer(text)] or [0])
    if not text.startswith(("<!doctype html>", "<!DOCTYPE html>")):
        page.faults.append((0, "the page does not start with <!doctype html>"))
    for at, tag in enumerate(tags):
        if tag.id is not None:
            page.faults += [(at, f'the id "{tag.id}" is used twice')] if tag.id in page.ids else []
            page.ids.setdefault(tag.id, at)
        page.targets += [(at, target) for target in tag.targets]
        page.references += [(at, reference) for reference in tag.references]
        page.faults += [(at, fault) for fault in tag.faults]
    page.faults += _nesting_faults(tags)
    return said_by(page)


def _tag(raw: str) -> Tag:
    match = TAG.fullmatch(raw)
    if not match:
        return markup._other(raw)
    slash, name, rest, end = match.groups()
    pairs = ATTRIBUTES.findall(rest)
    if slash:
        return Tag("close", name, faults=("a closing tag has attributes",) if pairs or end else ())
    attributes = {key: unescape(value) for key, value in pairs}
    faults = list(markup._faults(name, attributes, is_repeated=len(attributes) < len(pairs)))
    if end and name not in VOID | SELF_CLOSING:
        faults.append(f'<{name}/> is not closed by "/" in HTML')
    targets = tuple(markup._targets(name, attributes))
    faults += [fault for target in targets for fault in markup._unsafe(target)]
    references = tuple(word for key in REFERRING & attributes.keys() for word in attributes[key].split())
    return Tag("single" if end or name in VOID else "open", name, attributes.get("id"), targets, references, tuple(faults))


def _nesting_faults(tags: Sequence[Tag]) -> Iterator[tuple[int, str]]:
    nesting: list[tuple[int, str]] = []
    open_names: Counter[str] = Counter()
    for at, tag in enumerate(tags):
        if tag.kind == "open":
            nesting.append((at, tag.name))
            open_names[tag.name] += 1
        elif tag.kind == "close" and not open_names[tag.name]:
            yield at, f"</{tag.name}> closes nothing"
        elif tag.kind == "close":
            while (innermost := nesting.pop())[1] != tag.name:
                open_names[innermost[1]] -= 1
                yield innermost[0], f"<{innermost[1]}> is not closed before </{tag.name}>"
            open_names[tag.name] -= 1
    yield from ((at, f"<{name}> is never closed") for at, name in nesting)
