"""The files of a dataset before and after: what they are called, where they are, in which formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cityfolio.frozen import replace
from cityfolio.load.loaded import Sourced
from cityfolio.model.formats import format_of
from cityfolio.model.records import DatasetRecord, FileRecord, SiteRecord
from cityfolio.model.review import Change
from cityfolio.problems import Location
from cityfolio.review.compare_addresses import file_address
from cityfolio.review.compare_file_pairs import FilePair, local_name
from cityfolio.review.compare_records import compared
from cityfolio.review.compare_words import change_of, place_of, told
from cityfolio.review.diff_state import States
from cityfolio.tables.exports.names import stem_of
from cityfolio.tables.readers import is_table

ELSEWHERE = frozenset({"columns", "exports", "formerly", "format", "path", "sample", "url"})
OF_PLACES = frozenset({"geojson", "pmtiles"})
FEEDS = ("DCAT-US", "DCAT-AP", "Data Package", "Croissant")
Dataset = Sourced[DatasetRecord]


def file_changes(states: States, pairs: tuple[FilePair, ...]) -> Iterator[Change]:
    """What is otherwise about the files of a dataset, what is in them left aside."""
    for pair in pairs:
        if pair.after is None:
            yield _change(pair, "file-removed", f"the file {pair.name} is gone", before=pair.name, breaks=_breaks(pair))
        elif pair.before is None:
            yield _change(pair, "file-added", f"the file {pair.name} is new", after=pair.name)
        else:
            yield from _kept(states, pair)
    kept = [pair.before for pair in pairs if pair.before is not None and pair.after is not None]
    if kept != sorted(kept):
        says = "the files are in another order; the first is the one that readers meet"
        yield change_of("order-changed", pairs[0].about, says, pairs[0].dataset_after.document.at_key("files"), part="files")


def _change(pair: FilePair, kind: str, says: str, **more: Any) -> Change:   # Any: further fields of a Change
    return change_of(kind, pair.about, says, place_of(pair.dataset_after, pair.at), **{"part": f"files/{pair.name}", **more})


def _breaks(pair: FilePair) -> tuple[str, ...]:
    """The address that the file had, and the feeds that named it."""
    dataset, name = pair.dataset_before, local_name(pair.one)
    if dataset.record.status != "published":
        return ()
    address = file_address(dataset.id, name.replace("/", "-")) if name else pair.one.url
    return (*([address] if address else []), *FEEDS)


def _kept(states: States, pair: FilePair) -> Iterator[Change]:
    one, two = pair.one, pair.two
    moved = _moved(pair)
    yield from filter(None, (moved,))
    # A name that it had before, written down because of this change, is no further change.
    known = (*one.formerly, *(each for each in (local_name(one).replace("/", "-"),) if each in two.formerly and moved))
    yield from _told(pair, (replace(one, formerly=known), two), ELSEWHERE - {"formerly"})
    if moved is None or moved.kind != "format-changed":
        yield from _told(pair, (FileRecord(format=one.format), FileRecord(format=two.format)))
    yield from _exports(states, pair)


def _told(pair: FilePair, records: tuple[FileRecord, FileRecord], but: frozenset[str] = frozenset()) -> Iterator[Change]:
    for difference in compared(*records, pair.at, but):
        yield told(pair.about, pair.dataset_before, pair.dataset_after, difference)


def _moved(pair: FilePair) -> Change | None:
    """That a file is lost, found, in another format, elsewhere, or has another name."""
    one, two = pair.one, pair.two
    before, after = (local_name(each) or each.url or "" for each in (one, two))
    if before and not after:
        return _change(pair, "file-removed", f"the file {before} cannot be had any more", before=before, breaks=_breaks(pair))
    if after and not before:
        return _change(pair, "file-added", f"the file {after} can be had now", after=after)
    formats = [format_of(name, each.format).name for name, each in ((before, one), (after, two))]
    if formats[0] != formats[1]:
        says = f"the file {pair.name} was in the format {formats[0]} and is in {formats[1]}"
        return _change(pair, "format-changed", says, before=formats[0], after=formats[1], breaks=_breaks(pair))
    if (one.path or one.url) != (two.path or two.url):
        return _renamed(pair, one.path, two.path) if one.path and two.path else _elsewhere(pair)
    if one.sample == two.sample:
        return None
    if one.sample:
        return _renamed(pair, one.sample, two.sample or "")
    return _change(pair, "key-added", f"{two.sample} shows some rows of {pair.name} now", part=f"files/{pair.name}/sample",
                   after=two.sample)


def _elsewhere(pair: FilePair) -> Change:
    before, after = (each.path or each.url or "" for each in (pair.one, pair.two))
    says = f"a file was at {before or 'no address'} and is at {after or 'no address'}"
    return _change(pair, "file-address-changed", says, before=before, after=after, breaks=_breaks(pair))


def _renamed(pair: FilePair, before: str, after: str) -> Change:
    old = before.replace("/", "-")
    if old in pair.two.formerly:
        says = f"the file {before} is called {after} now; its old address answers too"
        return _change(pair, "file-renamed", says, before=before, after=after)
    says = (f"the file {before} is {f'called {after}' if after else 'not there'} now, and nothing answers at its old address; "
            f"write `formerly: [{old}]` below it if the new one stands for it")
    return _change(pair, "address-broken", says, before=before, after=after, breaks=_breaks(pair))


def _exports(states: States, pair: FilePair) -> Iterator[Change]:
    if set(pair.one.exports) == set(pair.two.exports):
        return
    # Seen by the site of today: what it offers by itself has a change of its own.
    site = states.after.loaded.site.record if states.after.loaded.site else SiteRecord()
    before, after = (_offered(each, site) for each in (pair.one, pair.two))
    name = local_name(pair.two)
    if before == after or not name or not is_table(pair.two.format or name):
        yield from _told(pair, (FileRecord(exports=pair.one.exports), FileRecord(exports=pair.two.exports)))
        return
    part = f"files/{pair.name}/exports"
    if gone := sorted(before - after):
        # GeoJSON and PMTiles are made of places alone, and which tables have places is not known here.
        urls = (file_address(pair.dataset_after.id, f"{stem_of(name)}.{each}") for each in gone if each not in OF_PLACES)
        says = f"{name} is no longer offered as {', '.join(gone)}"
        yield _change(pair, "export-removed", says, part=part, breaks=tuple(urls))
    if come := sorted(after - before):
        yield _change(pair, "export-added", f"{name} is offered as {', '.join(come)}", part=part)


def site_exports(before: Sourced[SiteRecord], after: Sourced[SiteRecord]) -> Iterator[Change]:
    """Formats that all tables are offered in, or no longer: told once."""
    gone, come = (sorted({*one.record.exports} - {*two.record.exports}) for one, two in ((before, after), (after, before)))
    where = after.document.at_key("exports")
    if gone:
        yield change_of("export-removed", "site", f"tables are no longer offered as {', '.join(gone)}", where, part="exports",
                        breaks=tuple(f"every table as {each}" for each in gone))
    if come:
        yield change_of("export-added", "site", f"tables are offered as {', '.join(come)}", where, part="exports")


def _offered(file: FileRecord, site: SiteRecord) -> frozenset[str]:
    return frozenset(file.exports or site.exports) - {"none"}


def content_change(states: States, pair: FilePair) -> Change | None:
    """That a file which is no table has other bytes than before."""
    one, two = pair.paths
    before, after = states.before.loaded.nodes.get(one), states.after.loaded.nodes.get(two)
    if before is None or after is None or states.is_same(one, two):
        return None
    return change_of("file-changed", pair.about, f"the file {pair.name} has other content: {before.bytes:,} bytes before, "
                     f"{after.bytes:,} now", Location(path=two), part=f"files/{pair.name}")
