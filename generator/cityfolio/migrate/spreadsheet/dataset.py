"""One dataset of a list that somebody keeps as a spreadsheet, from its row, and further rows with further files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.frozen import Frozen
from cityfolio.migrate.data_json.dataset import name_of
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.spreadsheet.cells import HYPERLINK, Page
from cityfolio.migrate.spreadsheet.header import Header
from cityfolio.migrate.values.marks import without_marks
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.periods import SLASHED, moment
from cityfolio.tables.readers.sheets import column_letters

SEVERAL = re.compile(r"[\s;,|]+(?=(?:https?|ftp)://)", re.IGNORECASE)
LONGEST_LIST = 20_000             # characters of a cell with keywords or topics
OF_FILES = ("url", "format", "media_type", "file_title", "file_description")
WORDS = ("title", "summary", "identifier", "spatial", "language", "conforms_to", "each_row_is")
OPEN = frozenset({"yes", "y", "true", "1", "x", "public", "open", "published", "✓", "✔"})
NOT_OPEN = frozenset({"no", "n", "false", "0", "private", "internal", "internal only", "nonpublic", "non public", "not public",
                      "closed", "confidential", "restricted", "restricted public", "sensitive"})
STATUSES: Mapping[str, str] = {
    "planned": "planned", "coming soon": "planned", "in progress": "planned", "to be published": "planned",
    "retired": "retired", "archived": "retired", "discontinued": "retired", "deprecated": "retired", "restricted": "restricted",
    "not public": "restricted", "published": "published", "active": "published", "live": "published", "current": "published",
}


class Row(Frozen, kw_only=True):
    """One row of the list."""

    page: Page
    header: Header
    number: int
    day_first: bool | None        # of dates such as 3/4/2026; None: nothing tells

    @property
    def cells(self) -> Mapping[int, str]:
        """Its texts by their column."""
        return self.page.rows[self.number]

    @property
    def place(self) -> str:
        """How the report names it."""
        return self.page.place(self.number)

    @property
    def title(self) -> str:
        """What the dataset is called."""
        return self.said("title")[1]

    @property
    def called(self) -> tuple[str, ...]:
        """What other sheets may call the dataset."""
        return tuple(each for each in (comparable(self.title), self.said("identifier")[1]) if each)

    @property
    def key(self) -> tuple[str, ...]:
        """What rows of one dataset share."""
        return comparable(self.title), comparable(self.said("publisher")[1]), self.said("identifier")[1]

    @property
    def urls(self) -> frozenset[str]:
        """The addresses of its files."""
        return frozenset(url for column in self.header.known.get("url", ()) for url in self.addresses(column))

    def name(self, column: int) -> str:
        """What a column is called; its letters, where its name is empty."""
        return self.header.names.get(column) or f"Column {column_letters(column)}"

    def said(self, fact: str) -> tuple[str, str]:
        """Where a fact stands, and what it says; "" where it is not given."""
        column = next(iter(self.header.known.get(fact, ())), 0)
        return (self.name(column), self.cells.get(column, "")) if column else (fact, "")

    def link(self, column: int) -> str:
        """The address that lies behind a cell."""
        return self.page.links.get((self.number, column), "")

    def addresses(self, column: int) -> list[str]:
        """The addresses in a cell; the one behind it, where its text is none."""
        text = self.cells.get(column, "")
        if text and self.link(column) and ("://" not in text or HYPERLINK.match(text)):
            return [self.link(column)]
        return [each for each in SEVERAL.split(text) if each]


@dataclass(slots=True)
class Group:
    """The rows of one dataset."""

    rows: list[Row]

    @property
    def urls(self) -> frozenset[str]:
        """The addresses of its files."""
        return frozenset[str]().union(*(row.urls for row in self.rows))


def dataset_of(group: Group, draft: Draft) -> DatasetDraft:
    """Read one dataset."""
    row, *others = group.rows
    each = draft.dataset(row.place, name_of(row.title, row.said("identifier")[1]))
    each.text("description", *row.said("description"))
    for key in WORDS:
        each.words(key, *row.said(key))
    for key, take in (("keywords", each.keywords), ("topics", each.topics)):
        for column in row.header.known.get(key, ()):
            text = row.cells.get(column, "")
            if len(text) > LONGEST_LIST:
                each.keep(row.name(column), text, "too long for its key")
            else:
                take(row.name(column), text)
    _people(each, row)
    for key in ("rights", "known_limits"):
        each.text(key, *row.said(key))
    each.license(*row.said("license"))
    each.frequency(*row.said("frequency"))
    _times(each, row)
    each.landing_page(*row.said("landing_page"))
    is_open = _access(each, row)
    _files(each, row, is_open=is_open)
    for other in others:
        _further(each, row, other, is_open=is_open)
    _rest(each, row)
    return each


def _people(each: DatasetDraft, row: Row) -> None:
    """An owner is a department where no other column names one, else a person, or an address."""
    place, owner = row.said("owner")
    publisher, name, email = row.said("publisher"), row.said("contact"), row.said("email")
    if owner and "@" in owner and not email[1]:
        email = place, owner
    elif owner and not publisher[1] and "@" not in owner:
        publisher = place, owner
    elif owner and not name[1]:
        name = place, owner
    else:
        each.note(place, place, owner)
    each.publisher(*publisher)
    if any(text for _, text in (name, email, row.said("phone"))):
        each.contact("contact", name=name[1], email=email[1], phone=row.said("phone")[1])


def _times(each: DatasetDraft, row: Row) -> None:
    for key in ("modified", "issued"):
        place, text = row.said(key)
        each.day(key, place, _dated(each, row, place, text))
    place, text = row.said("temporal")
    each.temporal(place, text)
    ends = {key: _dated(each, row, *row.said(key)) for key in ("start", "end")}
    if any(ends.values()) and not text:
        each.temporal(f"{row.said('start')[0]}, {row.said('end')[0]}", {key: end for key, end in ends.items() if end})
    else:
        for key, end in ends.items():
            each.note(row.said(key)[0], row.said(key)[0], end)


def _dated(each: DatasetDraft, row: Row, place: str, text: str) -> str:
    """A date of numbers and slashes as ISO 8601 writes it, where others of the list tell which of them is the month."""
    if row.day_first is None or not SLASHED.fullmatch(text):
        return text
    found = moment(text, "day-first" if row.day_first else "month-first")
    if found is None:
        return text
    each.ledger.note("mended", place, "a date read as the other dates of the list are written", text, found)
    return found


def _access(each: DatasetDraft, row: Row) -> bool:
    """Whether the public may have its files; what it is otherwise becomes its status."""
    (place, text), (label, words), (why, reason) = row.said("access"), row.said("status"), row.said("reason")
    is_closed, status = comparable(text) in NOT_OPEN, STATUSES.get(comparable(words), "")
    if not is_closed and comparable(text) not in OPEN:
        each.note(place, place, text)
    if is_closed or not status:
        each.note(label, label, words)
    if is_closed:
        _status(each, "restricted", reason, f"{place}: {text}")
    elif status not in ("", "published"):
        _status(each, status, reason, f"{label}: {words}")
    else:
        each.note(why, why, reason)
    return not is_closed and status != "restricted"


def _status(each: DatasetDraft, status: str, reason: str, said: str) -> None:
    each.status(status, without_marks(reason or f"The list it comes from says {said}.", each.ledger, "reason"))


def _files(each: DatasetDraft, row: Row, *, is_open: bool, prefix: str = "") -> None:
    columns = [column for column in row.header.known.get("url", ()) if row.cells.get(column)]
    formats = [part for part in re.split(r"\s*[,;/|\n]\s*", row.said("format")[1]) if part]
    count = sum(len(row.addresses(column)) for column in columns)
    told = iter(formats if len(formats) == count else [row.said("format")[1]] * count if count == 1 else [])
    for column in columns:
        field = f"{prefix}{row.name(column)}"
        addresses = row.addresses(column)
        if addresses != [row.cells[column]]:
            each.ledger.note("mended", field, "addresses in or behind a cell taken out of it", row.cells[column],
                             ", ".join(addresses))
        for address in addresses:
            form = next(told, "")
            if not is_open:
                # Whoever keeps such a list does not expect these to be published; the report goes into a repository, too.
                each.gathered.count("files", found=1)
                each.ledger.note("left-out", field, "an address of a dataset that is not public")
                continue
            each.file(field, url=address, title=row.said("file_title")[1], description=row.said("file_description")[1],
                      format=row.header.formats.get(column) or form, media_type=row.said("media_type")[1])
    if len(formats) not in (0, count) and count != 1:
        each.note(row.said("format")[0], row.said("format")[0], row.said("format")[1])
    if not count:
        for fact in ("media_type", "file_title", "file_description"):
            each.note(row.said(fact)[0], row.said(fact)[0], row.said(fact)[1])


def _further(each: DatasetDraft, first: Row, row: Row, *, is_open: bool) -> None:
    """Take another row of a dataset: its files, and with them what it says otherwise than the first."""
    before = len(each.files)
    _files(each, row, is_open=is_open, prefix=f"{row.place}, ")
    of_files = {column for fact in OF_FILES for column in row.header.known.get(fact, ())}
    for column, text in row.cells.items():
        if column in of_files or text == first.cells.get(column):
            continue
        name = row.name(column)
        if len(each.files) > before:
            each.files[before].note(name, f"{row.place}, {name}", text)
        else:
            each.note(name, f"{row.place}, {name}", text)


def _rest(each: DatasetDraft, row: Row) -> None:
    """Keep what no fact was made of, and the addresses behind cells."""
    for column, text in row.cells.items():
        name, link = row.name(column), row.link(column)
        if column not in row.header.taken:
            each.note(name, name, text)
        if not link or column in row.header.known.get("url", ()) or link.removeprefix("mailto:") == text:
            continue
        if column in row.header.known.get("title", ()) and not row.said("landing_page")[1]:
            each.landing_page(name, link)
        else:
            each.note(f"{name}, link", name, link)
