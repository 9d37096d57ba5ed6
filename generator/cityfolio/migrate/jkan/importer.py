"""Import from JKAN: https://github.com/timwis/jkan, a data catalog kept as Jekyll front matter.

Every record comes over or is named in the report, with what was mended, kept elsewhere, missing or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

import orjson

from cityfolio.files import Tree
from cityfolio.migrate.imported import Imported, Missed
from cityfolio.migrate.jkan.dataset import dataset_of, settings_of
from cityfolio.migrate.jkan.files import BAD_ADDRESS, EMPTY_ENTRY, NO_ADDRESS
from cityfolio.migrate.jkan.record import DatasetImport, Rooms
from cityfolio.migrate.jkan.rooms import licenses, publishers, topics
from cityfolio.migrate.jkan.source import Document, JkanSite, read_site
from cityfolio.migrate.report import Entry, Ledger, RecordReport, Report, Total, as_json
from cityfolio.migrate.report_markdown import as_markdown
from cityfolio.migrate.rooms import MADE, Room
from cityfolio.migrate.values.given import as_words
from cityfolio.migrate.values.names import slug, unused
from cityfolio.migrate.values.old_addresses import Addresses
from cityfolio.migrate.yaml.text import record_text
from cityfolio.model.records import DatasetRecord, SiteRecord
from cityfolio.model.site import VIEWS
from cityfolio.problems import Problem, in_order

DEFAULT_NAME = "Open data"
UNPUBLISHED = "The former site held this record and did not publish it."
# JKAN's own lists, whose questions are answered elsewhere here.
OLD_LISTS = {"/datasets/": "/data/", "/organizations/": "/publishers/", "/categories/": "/topics/"}


@dataclass(slots=True)
class _Made:
    """What datasets gave."""

    files: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    records: list[RecordReport] = field(default_factory=list)
    imports: list[DatasetImport] = field(default_factory=list)


def import_jkan(source: Tree, *, name: str = "", today: date | None = None) -> Imported:
    """Make a catalog from a JKAN site. `name` is the new site's name; without `today` no date is compared with it."""
    site = read_site(source)
    if isinstance(site, Problem):
        return Imported(report=Report(format="JKAN", totals=(), records=()), problems=(site,), is_whole=False)
    addresses, settings = Addresses(), dict[str, int]()
    rooms = Rooms(publishers=publishers(site, addresses, settings), topics=topics(site, addresses, settings),
                  licenses=licenses(site, addresses, settings), addresses=addresses, sources=site.files, today=today)
    made = _datasets(site, rooms, settings)
    for room in (rooms.publishers, rooms.topics, rooms.licenses.room):
        made.files |= room.files()
    made.files["site.yaml"], site_report = _site(site, name)
    report = Report(
        format="JKAN",
        totals=tuple(_totals(site, rooms, made)),
        records=(*site_report, *made.records, *rooms.publishers.reports(), *rooms.topics.reports(),
                 *rooms.licenses.room.reports(), *_failed(site)),
        addresses=tuple(addresses.lost),
        unread=site.unread, settings=settings,
    )
    made.files["reports/import-jkan.md"] = as_markdown(report)
    made.files["reports/import-jkan.json"] = orjson.dumps(as_json(report), option=orjson.OPT_INDENT_2).decode() + "\n"
    missed = tuple(Missed(place=path, names=(PurePosixPath(path).stem,), why=why)
                   for path, (room, why) in sorted(site.failed.items()) if room == "datasets")
    return Imported(files=dict(sorted(made.files.items())), copies=made.copies, report=report,
                    problems=in_order(site.problems), missed=missed)


def _datasets(site: JkanSite, rooms: Rooms, settings: dict[str, int]) -> _Made:
    made = _Made()
    taken: set[str] = set(VIEWS)   # names that the filters of the list have
    for document in site.collections["datasets"]:
        for key, count in settings_of(document).items():
            settings[key] = settings.get(key, 0) + count
        identifier = unused(slug(document.stem, "datasets"), taken)
        taken.add(identifier)
        _dataset(site, rooms, document, identifier, made)
    return made


def _dataset(site: JkanSite, rooms: Rooms, document: Document, identifier: str, made: _Made) -> None:
    read = dataset_of(document, identifier, site.schema(as_words(document.matter.values.get("schema"))), rooms)
    path = f"datasets/{identifier}/dataset.yaml"
    if as_words(document.matter.values.get("published")).lower() in ("false", "no", "off"):
        read.values.update(status="planned", reason=UNPUBLISHED)
        read.ledger.note("noted", "published", "a record that the old site did not publish is planned here", "false", "status")
    made.files[path] = record_text(DatasetRecord, read.values)
    made.copies |= {f"datasets/{identifier}/{name}": source for name, source in read.files.copies.items()}
    made.imports.append(read)
    made.records.append(RecordReport(source=document.path, path=path, entries=tuple(read.ledger.entries),
                                     came=tuple(key for key, value in read.values.items() if value)))


def _site(site: JkanSite, name: str) -> tuple[str, tuple[RecordReport, ...]]:
    ledger = Ledger()
    title = name or as_words(site.config.get("title"))
    if not title:
        ledger.note("missing", "title", "no name of the site, so a plain one stands in", "", DEFAULT_NAME)
    tagline = as_words(site.config.get("description"))
    if len(tagline) > 300:
        ledger.note("noted", "description", "too long for the sentence that opens the home page", tagline, "description")
    values = {"name": (title or DEFAULT_NAME)[:80], "tagline": tagline if len(tagline) <= 300 else "",
              "description": f"{tagline}\n" if len(tagline) > 300 else "", "forwards": OLD_LISTS}
    source = next((path for path in ("_config.yml", "_config.yaml") if path in site.files), "(no _config.yml)")
    report = RecordReport(source=source, path="site.yaml", came=tuple(key for key, value in values.items() if value),
                          entries=tuple(ledger.entries))
    return record_text(SiteRecord, values), (report,)


def _failed(site: JkanSite) -> Iterator[RecordReport]:
    for path, (_, why) in sorted(site.failed.items()):
        yield RecordReport(source=path, path="", entries=(Entry(kind="left-out", field="(file)", why=why),))


def _totals(site: JkanSite, rooms: Rooms, made: _Made) -> Iterator[Total]:
    failed = [room for room, _ in site.failed.values()]
    unreadable = failed.count("datasets")
    yield Total(what="datasets", found=len(site.collections["datasets"]) + unreadable, written=len(made.imports),
                because=_times(unreadable, "could not be read"))
    yield Total(what="files", found=sum(each.files.found for each in made.imports),
                written=sum(len(each.files.records) for each in made.imports),
                because=(*_times(_count(made, NO_ADDRESS) + _count(made, BAD_ADDRESS), "listed without a link"),
                         *_times(_count(made, EMPTY_ENTRY), "empty entries")))
    for room in (rooms.publishers, rooms.topics):
        yield _named(room, site, failed.count(room.name))
    built_in = len(set(rooms.licenses.built_in.values()))
    yield Total(what="licenses", found=len(rooms.licenses.built_in) + len(rooms.licenses.room.entities),
                written=len(rooms.licenses.room.entities), because=_times(built_in, "built in"))
    yield from (_listed(made, "keywords"), _listed(made, "topics of datasets"))


def _named(room: Room, site: JkanSite, failed: int) -> Total:
    documents = site.collections[room.name] or (site.tables["categories"] if room.name == "topics" else ())
    entities = room.entities.values()
    made = sum(entry.kind == "joined" and entry.why.endswith(MADE) for each in entities for entry in each.ledger.entries)
    return Total(what=room.name, found=len(documents) + failed, written=len(entities), because=(
        *_times(made, "named by datasets without a file"), *_times(failed, "could not be read"),
        *_times(sum(len(each.sources) - 1 for each in entities), "merged with another spelling"),
        *_times(sum(not each.used for each in entities), "without a dataset")))


def _listed(made: _Made, what: str) -> Total:
    role = what.split()[0]
    found = written = 0
    for each in made.imports:
        values = each.document.matter.values
        given = next((values[name] for name in each.schema.dataset.names[role] if values.get(name)), [])
        found += len(given) if isinstance(given, list) else 1
        written += len(each.values[role])
    return Total(what=what, found=found, written=written, because=_times(found - written, "empty or repeated"))


def _count(made: _Made, why: str) -> int:
    return sum(entry.why == why for record in made.records for entry in record.entries)


def _times(count: int, what: str) -> tuple[str, ...]:
    return (f"{count:,} {what}",) if count else ()
