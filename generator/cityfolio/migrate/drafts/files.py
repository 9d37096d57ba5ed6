"""One file of a dataset while an importer describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field as made_by
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from cityfolio.check.files import ACTIVE_ENDINGS
from cityfolio.migrate.drafts.columns import NAME_LENGTH, ColumnGiven, column_of
from cityfolio.migrate.drafts.folder import Folder
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.file_formats import format_for_media_type, shown_format
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.html_text import as_markdown_text
from cityfolio.migrate.values.json_values import given_of
from cityfolio.migrate.values.marks import is_withheld, without_marks
from cityfolio.migrate.values.texts import NO_WORDS, fitted, label_of, limit_of, markdown, plain
from cityfolio.model.formats import format_of
from cityfolio.model.records import FileRecord

NO_ADDRESS = "no address of a file, so it is listed without a link"
ACTIVE = "a file that would run as a program in a reader's browser"
BAD_ADDRESS = "an address that cannot be linked to, so the file is listed without a link"

# Media types that stand for "some bytes" and "some address".
SAY_NOTHING = frozenset({"application/octet-stream", "binary/octet-stream", "application/http", "application/unknown"})


class FileGiven(TypedDict, total=False):
    """What may be said of a file."""

    url: Given
    title: Given
    description: Given
    format: Given
    media_type: Given
    path: str                     # of a file that lies at the source, to be copied


@dataclass(slots=True)
class FileDraft:
    """One file while it is described; made by `DatasetDraft.file`."""

    folder: Folder
    field: str                    # where the source lists it: "distribution[2]"
    record: dict[str, Any]        # Any: text, lists and groups of it, or None
    more: list[str] = made_by(default_factory=list)             # what goes behind its description
    columns: dict[str, dict[str, Any]] = made_by(default_factory=dict)   # Any: text and groups of it

    @property
    def ledger(self) -> Ledger:
        """The account of its dataset."""
        return self.folder.ledger

    def column(self, field: str, name: str, **given: Unpack[ColumnGiven]) -> None:
        """Describe a column of this file alone."""
        add_column(self.folder, self.columns, (field, name), given)

    def note(self, label: str, field: str, given: Given) -> None:
        """Keep a fact without a key of its own behind the description."""
        words = as_words(given_of(given))
        if not words or words.lower() in NO_WORDS:
            return
        self.ledger.note("noted", field, "no key for it, so put behind the file's description", words, "description")
        self.more.append(f"{label_of(label)}: {words}")

    def values(self) -> dict[str, Any]:  # Any: text, lists and groups of it, or None
        """The keys of its entry in `files:`."""
        text = "\n\n".join(each for each in (self.record.get("description"), *self.more) if each)
        limit = limit_of(FileRecord, "description") - 2
        if len(text) > limit:
            self.ledger.note("left-out", f"{self.field}.description", "longer than a description can be", text[limit:])
        described = markdown(text[:limit], self.ledger, f"{self.field}.description") if text else None
        return {**self.record, "description": described, "columns": self.columns}


def file_of(folder: Folder, field: str, given: FileGiven) -> FileDraft:
    """Describe one file. One whose address cannot be used is listed all the same, with the reason."""
    ledger = folder.ledger
    draft = FileDraft(folder=folder, field=field, record={})
    draft.record |= _source(draft, as_words(given_of(given.get("url"))), given.get("path") or "")
    title = plain(without_marks(_words(given.get("title")), ledger, f"{field}.title"), ledger, f"{field}.title")
    if len(title) > limit_of(FileRecord, "title"):
        draft.more.append(title)
    draft.record["title"] = fitted(title, FileRecord, "title", ledger) if title else None
    draft.record["format"] = _format(draft, given)
    text = without_marks(_words(given.get("description")), ledger, f"{field}.description")
    described = as_markdown_text(text, ledger, f"{field}.description")
    if described and described != title:
        draft.record["description"] = described
    return draft


def add_column(folder: Folder, columns: dict[str, dict[str, Any]], place: tuple[str, str],
               given: ColumnGiven) -> None:  # Any: text and groups of it
    """Put a column into a dictionary. One without a usable name, or named before, is written down."""
    field, name = place[0], as_words(given_of(place[1]))
    folder.gathered.count("columns", found=1)
    if not name or len(name) > NAME_LENGTH or "\n" in name:
        folder.ledger.note("left-out", field, "a column without a name that can be used", name)
    elif name in columns:
        folder.ledger.note("left-out", field, "a column of a name that was there before", name)
    else:
        columns[name] = column_of(field, given, folder.ledger)


def _words(given: Given) -> str:
    words = as_words(given_of(given))
    return "" if words.lower() in NO_WORDS or is_withheld(words) else words


def _source(draft: FileDraft, given: str, path: str) -> dict[str, str]:
    """Where a file is: at the source, at an address, or nowhere, with the reason."""
    field = f"{draft.field}.url"
    if path.rpartition(".")[2].lower() in ACTIVE_ENDINGS:
        draft.ledger.note("left-out", field, ACTIVE, path)
        return {"missing": f"It would run as a program in a reader's browser, so it was not brought over: {path}"[:1_000]}
    if path:
        return {"path": draft.folder.copy(path)}
    if not given or given.lower() in NO_WORDS:
        draft.ledger.note("missing", field, NO_ADDRESS)
        return {"missing": "The catalog it was listed in gives no address."}
    mended = mended_url(given) if len(given) <= 8_000 else None
    if mended is None or mended.url is None:
        why = "withheld at the source" if is_withheld(given) else BAD_ADDRESS
        draft.ledger.note("doubtful", field, why, given)
        return {"missing": without_marks(f"The catalog it was listed in gives an address that cannot be linked to: {given}",
                                         Ledger(), field)[:1_000]}
    for why in mended.why:
        draft.ledger.note("mended", field, why, given, mended.url)
    return {"url": mended.url}


def _format(draft: FileDraft, given: FileGiven) -> str | None:
    field, ledger = f"{draft.field}.format", draft.ledger
    shown = shown_format(plain(re.sub(r"^https?://.*[/#]", "", _words(given.get("format"))), ledger, field), field, ledger)
    media_type = _words(given.get("media_type"))
    meant = format_for_media_type(media_type)
    where = draft.record.get("path") or urlsplit(draft.record.get("url", "")).path
    told = format_of(where).name
    if media_type and not shown:
        shown = meant or None
    if media_type and media_type not in SAY_NOTHING and (shown or told).casefold() != (meant or "").casefold():
        ledger.note("left-out", f"{draft.field}.mediaType", "a media type that says something else than the format", media_type)
    return shown
