"""Checks of what a dataset's own YAML says: those that can be repeated for any day in the catalog's history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cityfolio.frozen import Frozen, field
from cityfolio.load.licenses import BUILT_IN, means_no_license
from cityfolio.load.yaml import Document, Group, Items, Scalar, Value
from cityfolio.model.formats import UNKNOWN, format_of
from cityfolio.model.health import HealthCheck
from cityfolio.problems import Location

# What is made to be read or looked at, not to be reckoned with.
DOCUMENTS = frozenset({"PDF", "DOCX", "DOC", "ODT", "ODP", "RTF", "PPTX", "PPT", "HTML", "HTM", "TXT", "PNG", "JPEG", "JPG",
                       "GIF", "TIFF", "WORD", "WEBSITE", "WEB PAGE"})
CONTACT_KEYS = ("email", "phone", "url", "name")


class Around(Frozen, kw_only=True):
    """What a dataset's record rests on: the site's own file, and those of publishers and licenses by id."""

    site: Document | None = None
    publishers: Mapping[str, Document] = field(default_factory=dict)
    licenses: Mapping[str, Document] = field(default_factory=dict)


Facts = Mapping[str, str]
NO_FACTS: Facts = {}
Rule = Callable[[Document, Around], tuple[bool, Facts]]
_RULES: dict[str, Rule] = {}


def _rule(identifier: str) -> Callable[[Rule], Rule]:
    def registered(rule: Rule) -> Rule:
        _RULES[identifier] = rule
        return rule

    return registered


def record_checks(document: Document, around: Around, is_dated: bool | None = None) -> Iterator[HealthCheck]:
    """The checks of one record, in their order.

    `is_dated` says whether the day of the last change is known, from the repository too; None where nobody has asked it.
    A record of what is not published has no more to say than what it is, whose it is, and why it cannot be had.
    """
    is_published = (text_of(document.value("status")) or "published") == "published"
    top: Location | None = None
    for identifier in PUBLISHED_RULES if is_published else UNPUBLISHED_RULES:
        if identifier == "each-row-is" and not has_rows(document):
            continue
        holds, facts = _RULES[identifier](document, around)
        if identifier == "modified" and is_dated is not None:
            holds, facts = is_dated, NO_FACTS if is_dated else facts
        if holds:
            yield _PASSED[identifier] if facts is NO_FACTS else _passed(identifier, facts)
            continue
        # Most of what is missing has no place of its own yet, so it is the top of the file that is meant.
        top = top or document.at()
        key = "status" if identifier == "reason" else identifier.replace("-", "_")
        where = document.at(key) if document.value(key) is not None else top
        yield HealthCheck(id=identifier, area="documentation", state="failed", facts=facts, where=(where,))


def _passed(identifier: str, facts: Facts = NO_FACTS) -> HealthCheck:
    return HealthCheck(id=identifier, area="documentation", state="passed", facts=facts)


def text_of(value: Value | None) -> str:
    """The text of one value; "" for none, and for lists and groups."""
    return (value.text or "").strip() if isinstance(value, Scalar) else ""


def file_formats(document: Document) -> tuple[str, ...]:
    """The format of each file that a record lists, as readers know it."""
    found = []
    for entry in _files(document):
        name = next((text for key in ("path", "sample", "url") if (text := text_of(entry.entries.get(key)))), "")
        found.append(format_of(name, text_of(entry.entries.get("format")) or None).name)
    return tuple(found)


def _files(document: Document) -> Iterator[Group]:
    listed = document.value("files")
    # A single value stands for a list of one.
    entries = listed.items if isinstance(listed, Items) else (listed,)
    return (entry for entry in entries if isinstance(entry, Group))


def is_document(format_name: str) -> bool:
    """Whether files of a format are for reading alone."""
    return format_name.upper() in DOCUMENTS


def is_known(format_name: str) -> bool:
    """Whether a format tells anything."""
    return format_name != UNKNOWN.name


def has_rows(document: Document) -> bool:
    """Whether any file of a record may have rows."""
    return any(not is_document(each) for each in file_formats(document))


def _says(value: Value | None) -> bool:
    """Whether anything is written in a value, or in a list or group of them."""
    if isinstance(value, Scalar):
        return bool(value.text and value.text.strip())
    if isinstance(value, Items):
        return any(map(_says, value.items))
    if isinstance(value, Group):
        return any(map(_says, value.entries.values()))
    return False


def _holds(*keys: str) -> Rule:
    return lambda document, around: (any(_says(document.value(key)) for key in keys), NO_FACTS)


for _identifier, _written in {
    "title": ("title",), "description": ("summary", "description"), "publisher": ("publisher",), "keywords": ("keywords",),
    "topics": ("topics",), "frequency": ("frequency",), "each-row-is": ("each_row_is",), "known-limits": ("known_limits",),
    "temporal": ("temporal",), "reason": ("reason",),
}.items():
    _RULES[_identifier] = _holds(*_written)


@_rule("contact")
def _contact(document: Document, around: Around) -> tuple[bool, Facts]:
    """Somebody answers: its own contact, else its publisher's, else the site's, as pages show it."""
    publisher = around.publishers.get(text_of(document.value("publisher")))
    for whose, asked in (("own", document), ("publisher", publisher), ("site", around.site)):
        if asked and any(text_of(asked.value("contact", key)) for key in CONTACT_KEYS):
            return True, {"from": whose}
    return False, NO_FACTS


@_rule("license")
def _license(document: Document, around: Around) -> tuple[bool, Facts]:
    """A license is named, its own or the site's; one whose name says that there is none is none."""
    own = text_of(document.value("license"))
    given = own or (text_of(around.site.value("license")) if around.site else "")
    if not given:
        return False, NO_FACTS
    written = around.licenses.get(given)
    known = BUILT_IN.get(given)
    title = text_of(written.value("title")) if written else known.title if known else ""
    if means_no_license(title or given):
        return False, {"given": title or given}
    return True, {"from": "own" if own else "site", "given": title or given}


@_rule("modified")
def _modified(document: Document, around: Around) -> tuple[bool, Facts]:
    """The day of the last change is written down, or the repository knows it because the rows are kept there."""
    is_here = any(text_of(each.entries.get("path")) or text_of(each.entries.get("sample")) for each in _files(document))
    every = text_of(document.value("frequency"))
    return _says(document.value("modified")) or is_here, {"frequency": every} if every else NO_FACTS


@_rule("spatial")
def _spatial(document: Document, around: Around) -> tuple[bool, Facts]:
    """A place is named, its own or the site's."""
    if text_of(document.value("spatial")):
        return True, {"from": "own"}
    is_told = bool(around.site and text_of(around.site.value("spatial")))
    return is_told, {"from": "site"} if is_told else NO_FACTS


PUBLISHED_RULES = ("title", "description", "publisher", "contact", "license", "keywords", "topics", "frequency", "modified",
                   "each-row-is", "known-limits", "spatial", "temporal")
UNPUBLISHED_RULES = ("title", "description", "publisher", "contact", "reason")
_PASSED = {identifier: _passed(identifier) for identifier in _RULES}   # of a hundred thousand, most are one of these
