"""Two states of one dataset: what is said of it, its files, its columns, its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.frozen import replace
from cityfolio.load.loaded import Sourced
from cityfolio.model.records import DatasetRecord, SiteRecord
from cityfolio.model.review import Change
from cityfolio.review.compare_addresses import page_address
from cityfolio.review.compare_columns import COLUMNS, Dictionaries, Typed, column_changes, dictionaries
from cityfolio.review.compare_file_pairs import FilePair, file_pairs
from cityfolio.review.compare_files import file_changes
from cityfolio.review.compare_records import compared
from cityfolio.review.compare_rooms import with_former
from cityfolio.review.compare_rows import TablePair, row_changes, table_pairs
from cityfolio.review.compare_shown import shown_columns, without_repeats
from cityfolio.review.compare_words import change_of, told
from cityfolio.review.diff_state import State, States
from cityfolio.tables.published import Tables

Dataset = Sourced[DatasetRecord]
BUT = frozenset({"files", "columns"})
OF_PAGES = frozenset({"former-address-removed", "identifier-changed"})   # of what has a page, whether it can be had or not


def dataset_changes(states: States, before: Dataset, after: Dataset, read: tuple[Tables, Tables]) -> Iterator[Change]:
    """Everything that differs between a dataset before and after, its id left aside; `read` are the tables of both states."""
    pairs = file_pairs(states, before, after)
    tables = tuple(table_pairs(states, pairs, read))
    told_of = [*_record_changes(states, before, after), *file_changes(states, pairs)]
    taken: dict[str, str] = {}
    for each in _dictionaries(before, after, pairs, tables):
        told_of += column_changes(each, _typed(states, each, read))
        taken |= each.taken
    told_of += without_repeats(told_of, [*shown_columns(states.before.loaded, pairs, read, taken)])
    told_of += row_changes(states, pairs, {table.files.after or 0: table for table in tables})
    yield from (_weighed(change, before.record.status, after.record.status) for change in told_of)


def _record_changes(states: States, before: Dataset, after: Dataset) -> Iterator[Change]:
    """What is said of the dataset itself. What is said in its stead where it says nothing may be the very same."""
    effective = _effective(states.before, before), _effective(states.after, after)
    for difference in compared(with_former("datasets", before, after), after.record, but=BUT):
        change = told(f"datasets/{after.id}", before, after, difference)
        if difference.key in effective[0] and effective[0][difference.key] == effective[1][difference.key]:
            change = replace(change, kind=f"key-{difference.how}", weight="minor", breaks=())
        yield change
    if before.record.identifier is None and after.record.identifier is None and before.id != after.id:
        yield _identifier(before, after)


def _effective(state: State, dataset: Dataset) -> Mapping[str, str]:
    """The license and the identifier that feeds tell: the site's license and the address of the page where there is none."""
    site = state.loaded.site.record if state.loaded.site else SiteRecord()
    address = f"{(site.base_url or state.build.base_url).rstrip('/')}{page_address('datasets', dataset.id)}"
    return {"license": dataset.record.license or site.license or "", "identifier": dataset.record.identifier or address}


def _weighed(change: Change, status: str, status_now: str) -> Change:
    """What could not be had breaks for nobody: of a draft nobody knows, and of what is only listed the page alone.

    A column that is shown is another matter: it is had from now on.
    """
    if status == status_now == "draft":
        return replace(change, weight="minor", breaks=())
    if change.kind == "column-shown" and status_now == "published":
        return change
    if change.weight != "breaking" or status == "published" or (status != "draft" and change.kind in OF_PAGES):
        return change
    return replace(change, weight="minor" if status == "draft" else "notable", breaks=())


def _identifier(before: Dataset, after: Dataset) -> Change:
    old, new = (page_address("datasets", each.id) for each in (before, after))
    says = ("other catalogs know it by the address of its page, which is another now; write the old address under "
            "`identifier:` to stay the same to them")
    return change_of("identifier-changed", f"datasets/{after.id}", says, after.document.at(), part="identifier", before=old,
                     after=new, breaks=("DCAT-US", "DCAT-AP", "schema.org"))


def _dictionaries(before: Dataset, after: Dataset, pairs: tuple[FilePair, ...],
                  tables: tuple[TablePair, ...]) -> Iterator[Dictionaries]:
    if pairs:
        yield from dictionaries(pairs, tables)
    else:
        yield Dictionaries(before=before, after=after, at=COLUMNS, one=before.record.columns, two=after.record.columns)


def _typed(states: States, each: Dictionaries, read: tuple[Tables, Tables]) -> Typed:
    """The types that the rows of its tables have. A column without values has none."""
    unread = [table.files for table in each.tables if table.rows is None]
    known = [pair for pair in each.files if pair not in unread]
    return Typed(loaded=(states.before.loaded, states.after.loaded),
                 read=(_types(read[0], [(pair.dataset_before.id, pair.before or 0) for pair in known]),
                       _types(read[1], [(pair.dataset_after.id, pair.after or 0) for pair in known])))


def _types(tables: Tables, keys: list[tuple[str, int]]) -> Mapping[str, str]:
    profiles = (report.profile for key in keys if (report := tables.reports.get(key)) is not None)
    return {name: kind for profile in profiles if profile for name, kind in profile.types.items() if kind != "any"}


