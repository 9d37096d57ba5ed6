"""A catalog put together from another system's, by importers that say what they found; nothing is lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

import orjson

from cityfolio.load.yaml import MAX_BYTES
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.folder import Folder
from cityfolio.migrate.gathered import Gathered
from cityfolio.migrate.imported import Imported, Missed
from cityfolio.migrate.report import Entry, Ledger, RecordReport, Report, Total, as_json
from cityfolio.migrate.report_markdown import as_markdown
from cityfolio.migrate.rooms import MADE
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.names import MAX_ID_LENGTH, slug
from cityfolio.migrate.values.old_addresses import OURS
from cityfolio.migrate.values.texts import fitted, markdown, plain
from cityfolio.migrate.yaml.text import carried, record_text
from cityfolio.model.records import DatasetRecord, SiteRecord
from cityfolio.model.site import VIEWS
from cityfolio.problems import Problem, in_order

DEFAULT_NAME = "Open data"
SHOWN: Mapping[str, str] = {
    "data-json": "data.json", "dcat-rdf": "DCAT as RDF", "data-package": "Data Package", "ckan": "CKAN",
    "arcgis-hub": "ArcGIS Hub", "socrata": "Socrata", "opendatasoft": "Opendatasoft",
    "open-sdg": "Open SDG",
}
MISSING = {"title": "no title", "publisher": "no publisher", "description": "no description", "license": "no license",
           "modified": "no date of the last change", "files": "nothing to download"}
TOO_LARGE = "larger than a record of a catalog can be"
COUNTED = ("datasets", "files", "columns", "keywords", "topics of datasets")


@dataclass(slots=True)
class Draft:
    """Collects what an importer finds, then makes the catalog of it."""

    format: str                   # "data-json": names the report
    name: str = ""                # of the site, where the source does not say, or says otherwise
    today: date | None = None     # None: dates are not compared with it
    ledger: Ledger = field(default_factory=Ledger)            # of the source as a whole
    problems: list[Problem] = field(default_factory=list)
    datasets: list[DatasetDraft] = field(default_factory=list)
    lost: list[RecordReport] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)        # title, description, homepage
    forwards: dict[str, str] = field(default_factory=dict)    # old path of a list -> the page that answers the same question
    ids: Counter[str] = field(default_factory=lambda: Counter(VIEWS))   # names that the filters of the list have
    missed: list[Missed] = field(default_factory=list)        # records that should have come over and could not
    is_whole: bool = True         # False: the list came in part
    more_files: dict[str, str] = field(default_factory=dict)        # path -> text: what is no dataset, and mended rows
    more_reports: list[RecordReport] = field(default_factory=list)  # of what is no dataset
    more_counted: tuple[str, ...] = ()                        # what else is counted
    unread: dict[str, str] = field(default_factory=dict)      # path at the source -> why it was not read
    gathered: Gathered = field(init=False)

    def __post_init__(self) -> None:
        self.gathered = Gathered(today=self.today)

    def site(self, *, title: str = "", description: str = "", homepage: str = "") -> None:
        """Say what is known of the old site as a whole."""
        address = mended_url(homepage[:8_000]).url if homepage else ""
        if address is None:
            self.ledger.note("left-out", "homepage", "not an address that can be linked to", homepage)
        told = {"title": title, "description": description, "homepage": address or ""}
        self.told |= {key: value for key, value in told.items() if value}

    def forward(self, path: str, page: str) -> None:
        """Name a list of the old site, and the page here that answers the same question."""
        if path.strip("/").partition("/")[0] not in OURS:
            self.forwards[path] = page

    def dataset(self, source: str, name: str) -> DatasetDraft:
        """Begin a dataset. Its id is made of the name; one that is taken gets a number."""
        self.gathered.count("datasets", found=1)
        made = slug(carried(name), "datasets") if name.strip() else slug(f"\u2020{source}", "datasets")
        while self.ids[made]:
            self.ids[made] += 1
            made = f"{made[: MAX_ID_LENGTH - 7].strip('-')}-{self.ids[made]}"
        self.ids[made] = 1
        self.datasets.append(DatasetDraft(folder=Folder(self.gathered), source=source, id=made))
        return self.datasets[-1]

    def left_out(self, source: str, why: str, *, is_meant: bool = False, names: tuple[str, ...] = ()) -> None:
        """Write down a record that could not come over; or that is not meant to, because it is no dataset there either.

        `names` is what it calls itself, as far as it says.
        """
        if not is_meant:
            self.missed.append(Missed(place=source, names=names, why=why))
        self.gathered.count("datasets", found=1)
        self.lost.append(RecordReport(source=source, path="", entries=(Entry(kind="left-out", field="(record)", why=why),)))

    def imported(self) -> Imported:
        """The catalog, with its report."""
        host = self._old_host()
        files: dict[str, str] = {}
        copies: dict[str, str] = {}
        records: list[RecordReport] = []
        known = {name: each.id for each in reversed(self.datasets) for name in each.called}
        identifiers: set[str] = set()
        for each in self.datasets:
            each.be_alone(identifiers)
            each.settle(host)
            each.relate(known)
            record, text = _finished(each)
            records.append(record)
            if record.path:
                self._write(each, text, files, copies)
            else:
                names = (each.id, each.values.get("identifier"), each.values.get("title"))
                self.missed.append(Missed(place=each.source, why=TOO_LARGE,
                                          names=tuple(str(name) for name in names if name)))
        site, site_report = self._site()
        files["site.yaml"] = site
        files |= self.more_files
        for room in (self.gathered.publishers, self.gathered.topics, self.gathered.licenses.room):
            files |= room.files()
        report = Report(
            format=SHOWN.get(self.format, self.format), totals=tuple(self._totals()),
            records=(site_report, *records, *self.more_reports, *self.gathered.publishers.reports(),
                     *self.gathered.topics.reports(), *self.gathered.licenses.room.reports(), *self.lost),
            addresses=tuple(self.gathered.addresses.lost), unread=self.unread,
        )
        files[f"reports/import-{self.format}.md"] = as_markdown(report)
        told = orjson.dumps(as_json(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        files[f"reports/import-{self.format}.json"] = told.decode()
        return Imported(files=dict(sorted(files.items())), copies=copies, report=report, problems=in_order(self.problems),
                        missed=tuple(self.missed), is_whole=self.is_whole)

    def refused(self) -> Imported:
        """Nothing but the problems, where the source cannot be read at all."""
        return Imported(report=Report(format=SHOWN.get(self.format, self.format), totals=(), records=()),
                        problems=in_order(self.problems), is_whole=False)

    def _write(self, each: DatasetDraft, text: str, files: dict[str, str], copies: dict[str, str]) -> None:
        folder = f"datasets/{each.id}"
        files[f"{folder}/dataset.yaml"] = text
        copies |= {f"{folder}/{name}": path for name, path in each.folder.copies.items()}
        self.gathered.count("datasets", written=1)
        self.gathered.count("columns", written=len(each.columns) + sum(len(file.columns) for file in each.files))

    def _old_host(self) -> str:
        """The host of the old site: its home page's, else the one that most landing pages share."""
        home = urlsplit(self.told.get("homepage", "")).hostname
        if home:
            return home
        hosts = Counter(urlsplit(given).hostname for each in self.datasets for _, given, _ in each.old if "://" in given)
        host, times = hosts.most_common(1)[0] if hosts else (None, 0)
        return host if host and times > 1 and 2 * times > len(self.datasets) else ""

    def _site(self) -> tuple[str, RecordReport]:
        title = self.name or plain(self.told.get("title", ""), self.ledger, "title")
        if not title:
            self.ledger.note("missing", "title", "no name of the site, so a plain one stands in", after=DEFAULT_NAME)
        words = carried(self.told.get("description", "")).strip()
        is_tagline = len(words) <= 300 and "\n" not in words
        values = {
            "name": fitted(title or DEFAULT_NAME, SiteRecord, "name", self.ledger), "tagline": words if is_tagline else "",
            "description": "" if is_tagline else markdown(words[:20_000], self.ledger, "description"),
            "forwards": self.forwards,
        }
        came = tuple(key for key, value in values.items() if value)
        report = RecordReport(source="(the catalog)", path="site.yaml", came=came, entries=tuple(self.ledger.entries))
        return record_text(SiteRecord, values), report

    def _totals(self) -> Iterator[Total]:
        for what in (*COUNTED, *self.more_counted):
            found, written = self.gathered.found[what], self.gathered.written[what]
            because = f"{found - written:,} named in the report below" if found != written else ""
            yield Total(what=what, found=found, written=written, because=(because,) if because else ())
        for room in (self.gathered.publishers, self.gathered.topics):
            entities = room.entities.values()
            made = sum(any(entry.why.endswith(MADE) for entry in each.ledger.entries) for each in entities)
            yield Total(what=room.name, found=len(entities), written=len(entities),
                        because=(f"{made:,} named by datasets",) if made else ())
        own, built_in = len(self.gathered.licenses.room.entities), len(set(self.gathered.licenses.built_in.values()))
        yield Total(what="licenses", found=own + len(self.gathered.licenses.built_in), written=own,
                    because=(f"{built_in:,} built in",) if built_in else ())


def _finished(each: DatasetDraft) -> tuple[RecordReport, str]:
    """The report and the text of one dataset; without a path where it could not come over."""
    values = each.values
    values["files"] = [file.values() for file in each.files]
    values["columns"] = each.columns
    issued, modified = values.get("issued"), values.get("modified")
    if issued and modified and modified < issued:
        each.keep("issued", issued, "later than the data's last change, so it cannot be when the data was first published")
        values["issued"] = None
    values["notes"] = each.notes
    for key, why in MISSING.items():
        if not values.get(key) and not (key == "modified" and values.get("frequency")):
            each.ledger.note("missing", key, why)
    text = record_text(DatasetRecord, values)
    if len(text) > MAX_BYTES // 4 and len(text.encode()) > MAX_BYTES:
        each.ledger.note("left-out", "notes", TOO_LARGE, text[:10_000])
        text = record_text(DatasetRecord, {**values, "notes": {}})
    is_kept = len(text.encode()) <= MAX_BYTES
    if not is_kept:
        each.ledger.note("left-out", "(record)", TOO_LARGE)
    return RecordReport(source=each.source, path=f"datasets/{each.id}/dataset.yaml" if is_kept else "",
                        came=tuple(key for key, value in values.items() if value), entries=tuple(each.ledger.entries)), text
