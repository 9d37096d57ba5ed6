"""One dataset while an importer describes it: each fact is mended, fitted to its key, and accounted for."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Unpack
from urllib.parse import unquote, urlsplit

from cityfolio.load.licenses import means_no_license
from cityfolio.load.values import LANGUAGE
from cityfolio.migrate.drafts.columns import ColumnGiven
from cityfolio.migrate.drafts.files import FileDraft, FileGiven, add_column, file_of
from cityfolio.migrate.drafts.record import RecordDraft
from cityfolio.migrate.rooms import NOBODY
from cityfolio.migrate.values.addresses import mended_email
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.html_text import as_markdown_text
from cityfolio.migrate.values.json_values import given_of
from cityfolio.migrate.values.languages import language_tag
from cityfolio.migrate.values.marks import without_marks
from cityfolio.migrate.values.moments import day_of, repeat_of, span_of
from cityfolio.migrate.values.texts import NO_WORDS, fitted, limit_of, markdown, plain
from cityfolio.model.keys import Language, Url, keys_of
from cityfolio.model.records import Contact, DatasetRecord

KEYWORD_LENGTH = 200              # characters of a keyword; see DatasetRecord.keywords
KINDS = {name: each.kind for name, each in keys_of(DatasetRecord).items()}


@dataclass(slots=True)
class DatasetDraft(RecordDraft):
    """One dataset while it is described; made by `Draft.dataset`. None, "" and words such as "n/a" say nothing."""

    files: list[FileDraft] = field(default_factory=list)
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)   # Any: text and groups of it
    old: list[tuple[str, str, bool]] = field(default_factory=list)     # field, path or address, whether it is a landing page
    called: set[str] = field(default_factory=set)              # what others may call it: its address, its identifier
    others: list[tuple[str, str]] = field(default_factory=list)        # field, what a related dataset is called

    def words(self, key: str, field: str, given: Given) -> None:
        """Take plain words for a key, an address where the key holds one, or a language."""
        if isinstance(KINDS[key], Url):
            self._address(key, field, given)
        elif isinstance(KINDS[key], Language):
            self._language(key, field, given)
        elif text := self.said(field, given):
            if len(text) <= limit_of(DatasetRecord, key):
                self.values[key] = text
            elif key == "title":
                self.keep(field, text, "the whole of a title that is too long")
                self.values[key] = fitted(text, DatasetRecord, key, self.ledger)
            else:
                self.keep(field, text, "too long for its key")

    def text(self, key: str, field: str, given: Given, *, is_html: bool = False) -> None:
        """Take longer text for a key of Markdown, behind what it has already. HTML becomes Markdown."""
        words = without_marks(as_words(given_of(given)), self.ledger, field).strip()
        if not words or words.lower() in NO_WORDS or self.withheld(field, words):
            return
        made = as_markdown_text(words, self.ledger, field, is_html=is_html)
        whole = "\n\n".join(part for part in (str(self.values.get(key) or "").rstrip(), made) if part)
        limit = limit_of(DatasetRecord, key) - 2
        if len(whole) > limit:
            self.ledger.note("left-out", field, "longer than its place holds", whole[limit:])
        self.values[key] = markdown(whole[:limit], self.ledger, field) if whole else None

    def keywords(self, field: str, given: Given) -> None:
        """Take words that people search for: a list, or one text with commas."""
        keywords = self.values.setdefault("keywords", [])
        known = set(keywords)     # a hostile record has tens of thousands
        for place, word in self.listed(field, given, "keywords"):
            if word in known:
                self.ledger.note("left-out", place, "a word that the list has already", word)
            elif len(word) > KEYWORD_LENGTH:
                self.keep(field, word, "too long for its key")
            else:
                known.add(word)
                keywords.append(word)
                self.gathered.count("keywords", written=1)

    def topics(self, field: str, given: Given) -> None:
        """Take the subjects it belongs to: a list, or one text with commas."""
        topics = self.values.setdefault("topics", [])
        known = set(topics)
        for place, word in self.listed(field, given, "topics of datasets"):
            identifier = self.gathered.topics.find(word, self.ledger, place, self.source).id
            if identifier in known:
                self.ledger.note("left-out", place, "a word that the list has already", word)
            else:
                known.add(identifier)
                topics.append(identifier)
                self.gathered.count("topics of datasets", written=1)

    def publisher(self, field: str, title: str, *, url: str = "", description: str = "", parent: str = "") -> None:
        """Say who answers for it. Without a title nothing is said."""
        name = self.said(field, title)
        if name and name.lower() not in NOBODY:
            self.values["publisher"] = self.gathered.organization(name, (field, self.source), {
                "url": url, "description": description, "parent": self.said(f"{field}.parent", parent)}, self.ledger)

    def part_of(self, field: str, title: str, parent: str) -> None:
        """Say that a publisher is part of another."""
        if (name := self.said(field, title)) and (above := self.said(field, parent)):
            self.gathered.organization(name, (field, self.source), {"parent": above}, self.ledger)

    def contact(self, field: str, *, name: Given = None, email: Given = None, phone: Given = None, url: Given = None) -> None:
        """Say whom to ask. What is no address is kept under notes."""
        found = self.values.setdefault("contact", {})
        address = self.mail(f"{field}.email", self.said(f"{field}.email", email).removeprefix("mailto:"))
        words = {"name": self.said(f"{field}.name", name), "phone": re.sub("^tel:", "", self.said(f"{field}.phone", phone))}
        if words["name"] and not address and mended_email(words["name"])[0]:
            self.ledger.note("mended", f"{field}.name", "an e-mail address in the place of a name moved", words["name"])
            address, words["name"] = words["name"], ""
        for key, text in words.items():
            if len(text) > limit_of(Contact, key):
                self.keep(f"{field}.{key}", text, "too long for its key", "Contact")
            elif text:
                found[key] = text
        if address:
            found["email"] = address
        page = self.said(f"{field}.url", url)
        if page.lower().startswith("mailto:"):
            found.setdefault("email", self.mail(f"{field}.url", page))
        elif page and (mended := self.mended(f"{field}.url", page)):
            found["url"] = mended
        self.values["contact"] = {key: value for key, value in found.items() if value}

    def license(self, field: str, given: Given, *, title: str = "") -> None:
        """Say what may be done with it: a name, an id or an address; a whole text becomes conditions."""
        value = given_of(given)
        url = ""
        if isinstance(value, dict):
            title = title or as_words(value.get("title")) or as_words(value.get("name"))
            url = next((as_words(value[key]) for key in ("path", "url", "@id") if as_words(value.get(key))), "")
            value = url or as_words(value.get("name")) or title
        text = self.said(field, value)
        name = self.said(field, title) or text
        if not text and not name:
            return
        if means_no_license(name) and "://" not in text:
            self.ledger.note("left-out", field, "its license says that none was specified", name)
        elif len(name) > 200:
            self.text("rights", field, name)
            self.ledger.note("noted", field, "the text of a license, so kept as conditions", name, "rights")
        else:
            url = url or (text if "://" in text else "")
            self.values["license"] = self.gathered.licenses.find(name, self.ledger, field, self.source, url)

    def day(self, key: str, field: str, given: Given) -> None:
        """Take a date. A repeat in the place of a date becomes the frequency."""
        value = given_of(given)
        text = self.said(field, value.get("@value") if isinstance(value, dict) else value)
        if not text:
            return
        if re.match(r"R\d*/", text):
            self.frequency(field, text)
            return
        day = day_of(text)
        if day is None:
            self.keep(field, text, "not a date as year, month and day")
            return
        if day != text:
            why = "the time of day left out" if text.startswith(day) else "written as a date"
            self.ledger.note("mended", field, why, text, day)
        self.values[key] = day
        if self.gathered.today and day > self.gathered.today.isoformat():
            self.ledger.note("doubtful", field, "a date that lies in the future", day, day)

    def frequency(self, field: str, given: Given) -> None:
        """Say how often it is renewed: an ISO 8601 repeat, an address of the European list, or words."""
        text = self.said(field, given)
        found = repeat_of(text) if text else ""
        if found is None:
            self.keep(field, text, "not a frequency that is known")
        elif not found:
            if text:
                self.ledger.note("left-out", field, "a word that stands for nothing", text)
        elif self.values.get("frequency") not in (None, found):
            self.keep(field, text, "another frequency than the one before it")
        else:
            self.values["frequency"] = found
            if found != text:
                self.ledger.note("noted", field, "how often it is renewed, written as a frequency", text, f"frequency: {found}")

    def temporal(self, field: str, given: Given) -> None:
        """Say what time it covers: an interval, a start and an end, or words; the first of several."""
        value = given_of(given)
        first, *others = value if isinstance(value, list) and value else [value]
        text = as_words(first)
        if text and (covered := span_of(first)):
            self.values["temporal"] = covered
            if [*covered.values()] != [text, text]:
                shown = ", ".join(f"{key} {each}" for key, each in covered.items())
                self.ledger.note("mended", field, "a time written as start and end", text, shown)
        elif text and text.lower() not in NO_WORDS and not self.withheld(field, text):
            self.keep(field, text, "a time that cannot be read with certainty")
        if rest := as_words(others):
            self.keep(field, rest, "more values than its key holds")

    def file(self, field: str, **given: Unpack[FileGiven]) -> FileDraft:
        """List something to download."""
        self.gathered.count("files", found=1, written=1)
        self.files.append(file_of(self.folder, field, given))
        return self.files[-1]

    def no_file(self, field: str) -> None:
        """Write down an entry of the list of files that says nothing."""
        self.gathered.count("files", found=1)
        self.ledger.note("left-out", field, "an empty entry of the list")

    def column(self, field: str, name: str, **given: Unpack[ColumnGiven]) -> None:
        """Describe a column of its table."""
        add_column(self.folder, self.columns, (field, name), given)

    def formerly(self, field: str, given: Given) -> None:
        """Name an old path or address. Where it was the old site's own, its page forwards from it."""
        text = self.said(field, given)
        if text.startswith("/") and not text.startswith("//"):
            self.old.append((field, text, False))
        elif text and (mended := self.mended(field, text)):
            self.old.append((field, mended, False))

    def landing_page(self, field: str, given: Given) -> None:
        """Name its page. One of the old site forwards here; one elsewhere is linked to."""
        text = self.said(field, given)
        if text and (mended := self.mended(field, text)):
            self.old.append((field, mended, True))

    def related(self, field: str, given: Given) -> None:
        """Name other datasets that belong with it, by their addresses or identifiers."""
        value = given_of(given)
        for each in value if isinstance(value, list) else [value]:
            if text := as_words(each):
                self.others.append((field, text))

    def relate(self, known: Mapping[str, str]) -> None:
        """Point to related datasets, once it is known what each is called. Those that are none stay words."""
        found = dict[str, None]()
        for place, name in self.others:
            identifier = known.get(name)
            if identifier is None:
                self.note("Related", place, name)
            elif identifier != self.id:
                found[identifier] = None
        self.values["related"] = list(found)

    def be_alone(self, identifiers: set[str]) -> None:
        """Give up an identifier that a dataset before this one has, since one of the two could not be told; it stays a note."""
        given = self.values.get("identifier")
        if given in identifiers:
            self.values["identifier"] = None
            self.keep("identifier", given, "the identifier of a dataset before it")
        elif given:
            identifiers.add(given)

    def note(self, label: str, field: str, given: Given) -> None:
        """Keep a fact without a key of its own under notes."""
        value = given_of(given)
        text = without_marks(as_words(value), self.ledger, field)
        if text.lower() in NO_WORDS:
            self.ledger.note("left-out", field, "a word that stands for nothing", text)
        elif text and not self.withheld(field, text):
            self.keep(field, text, "a fact without a key of its own, kept under notes", label)

    def status(self, status: str, reason: str) -> None:
        """Say that it is planned, restricted or retired, and why."""
        self.values["status"] = status
        self.values["reason"] = plain(reason, self.ledger, "reason")[:limit_of(DatasetRecord, "reason")]

    def rest(self, given: Mapping[str, Given], taken: Container[str], field: str = "") -> None:
        """Keep everything that was not taken under notes, so that nothing is lost in silence."""
        for name, value in given.items():
            if name not in taken:
                self.note(name, f"{field}.{name}" if field else name, value)

    def settle(self, host: str) -> None:
        """Tell old addresses on the old site from pages elsewhere, once it is known which host the old site had."""
        page, paths = f"/data/{self.id}/", list[str]()
        for place, given, is_page in self.old:
            parts = urlsplit(given)
            if not given.startswith("/") and parts.hostname != host:
                self._elsewhere(place, given, is_page=is_page)
            elif parts.query:
                why = "a path with a query cannot be forwarded from"
                self.gathered.addresses.lose(f"{parts.path}?{parts.query}", page, why)
            elif parts.path in ("", "/"):
                self.ledger.note("left-out", place, "the old site's own home page", given)
            else:
                paths.append(unquote(parts.path, errors="replace"))
        self.values["formerly"] = self.gathered.addresses.formerly(paths, page)

    def _elsewhere(self, place: str, given: str, *, is_page: bool) -> None:
        if is_page and "landing_page" not in self.values:
            self.values["landing_page"] = given
        elif is_page:
            self.keep(place, given, "more values than its key holds")
        else:
            why = "an address of another site, which this one cannot forward from"
            self.ledger.note("left-out", place, why, given)

    def _address(self, key: str, field: str, given: Given) -> None:
        text = self.said(field, given)
        if text and (mended := self.mended(field, text)):
            self.values[key] = mended

    def _language(self, key: str, field: str, given: Given) -> None:
        text = self.said(field, given)
        tag = language_tag(text)
        if tag is None or not LANGUAGE.fullmatch(tag):
            if text:
                self.keep(field, text, "a language that is not known")
        elif tag != "en":
            self.values[key] = tag
