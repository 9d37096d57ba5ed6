"""Checks of a dataset's freshness, rows, addresses, documents and open problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from cityfolio.load.yaml import Document
from cityfolio.model.catalog import Dataset
from cityfolio.model.health import CheckedLinks, HealthCheck, HealthState
from cityfolio.practice.attached import is_attached
from cityfolio.practice.health_columns import MOST_NAMES, MOST_PLACES
from cityfolio.practice.health_record import is_document, is_known
from cityfolio.problems import Location, Problem

# Problems of rows, by the start of their codes.
OF_ROWS = ("cell-", "csv-", "row-", "column-unnamed", "column-repeated", "header-data", "geometry-invalid", "sheet-",
           "table-syntax", "table-shape", "table-limit")
NO_FAULT_OF_ROWS = frozenset({"cell-formula"})   # how a spreadsheet would take them
# The check that tells of a kind of problem too, so that one fault is not counted twice.
TOLD_BY: Mapping[str, str] = {
    "title-missing": "title", "description-missing": "description", "publisher-missing": "publisher",
    "contact-missing": "contact", "license-missing": "license", "keyword-missing": "keywords", "modified-missing": "modified",
    "dictionary-missing": "dictionary", "meaning-missing": "dictionary", "column-undescribed": "dictionary",
    "reason-missing": "reason", "dataset-late": "on-time"}
_ADDRESS = re.compile(r"""(?:https?|ftp)://[^\s<>"'`|\\^{}]+""")


def freshness_check(dataset: Dataset, document: Document) -> Iterator[HealthCheck]:
    """Whether it is as new as it promises. What promises nothing (`never`, `irregular`) has nothing to keep."""
    every, fresh = dataset.record.frequency, dataset.freshness
    if every is not None and not every.promises:
        return
    if fresh.state == "unknown":
        yield HealthCheck(id="on-time", area="freshness", state="unknown", facts={"frequency": every.word} if every else {},
                          where=(document.at("frequency" if every is None else "modified"),))
        return
    is_late = fresh.state == "late"
    facts = {"days": str(fresh.days_late), "due": fresh.due.isoformat() if fresh.due else ""} if is_late else {}
    yield HealthCheck(id="on-time", area="freshness", state="failed" if is_late else "passed", facts=facts,
                      where=(document.at("modified"),) if is_late else ())


def row_checks(dataset: Dataset, document: Document, problems: Sequence[Problem]) -> Iterator[HealthCheck]:
    """Whether the rows are valid, each there once, and can be told apart."""
    faulty = [each for each in problems if is_of_rows(each.code)]
    tables = [(place, file) for place, file in enumerate(dataset.files) if file.profile is not None]
    paths = {file.source_path for _, file in tables} | {each.where.path for each in faulty}
    if paths:
        wrong = {each.where.path for each in faulty}
        yield HealthCheck(id="valid-rows", area="validity", state="failed" if wrong else "passed",
                          count=len(paths) - len(wrong), of=len(paths), where=_places(each.where for each in faulty),
                          facts=_codes(faulty))
    whole = [(place, file, file.profile) for place, file in tables if file.profile and not file.profile.left_out]
    repeated = [(place, profile.repeated_rows) for place, _, profile in whole if profile.repeated_rows]
    if whole:
        yield HealthCheck(id="distinct-rows", area="validity", state="failed" if repeated else "passed",
                          count=len(whole) - len(repeated), of=len(whole),
                          where=_places(document.at("files", place) for place, _ in repeated),
                          facts={"rows": str(sum(rows for _, rows in repeated))} if repeated else {})
    keyed = [(place, file, profile) for place, file, profile in whole
             if file.record.primary_key or profile.keys and not file.shows_sample]
    loose = [(place, profile.keys[0]) for place, file, profile in keyed if not file.record.primary_key]
    if keyed:
        yield HealthCheck(id="primary-key", area="validity", state="failed" if loose else "passed",
                          count=len(keyed) - len(loose), of=len(keyed),
                          where=_places(document.at("files", place) for place, _ in loose),
                          facts={"names": ", ".join(loose[0][1])} if loose else {})


def link_check(document: Document, links: CheckedLinks | None) -> Iterator[HealthCheck]:
    """Whether the addresses in its file answer, as the newest check of links found them."""
    addresses = addresses_in(document)
    if not addresses:
        return
    known = {} if links is None else links.links
    asked = {url: line for each, line in addresses.items() if (url := _asked(each, known))}
    if not asked:
        yield HealthCheck(id="links", area="links", state="unknown", of=len(addresses))
        return
    broken = [url for url in asked if not known[url].is_well]
    places = (Location(path=document.path, line=asked[url]) for url in broken)
    facts = {"url": broken[0], "says": known[broken[0]].says} if broken else {}
    yield HealthCheck(id="links", area="links", state="failed" if broken else "passed", count=len(asked) - len(broken),
                      of=len(asked), where=_places(places), facts=facts)


def addresses_in(document: Document) -> dict[str, int]:
    """Each address that stands in a file, with its first line."""
    found: dict[str, int] = {}
    for number, line in enumerate(document.lines, start=1):
        if "://" in line and not line.lstrip().startswith("#"):
            for match in _ADDRESS.finditer(line):
                found.setdefault(match[0].rstrip(".,;:!?)]}"), number)
    return found


def _asked(address: str, known: Collection[str]) -> str:
    """The address as links are asked, which may end in the bracket that was taken for the text's; "" when it was not asked."""
    return next((each for each in (address, f"{address})", address.partition("#")[0]) if each in known), "")


def document_checks(dataset: Dataset, document: Document, faults: Mapping[str, tuple[str, ...]]) -> Iterator[HealthCheck]:
    """Whether there is more than documents to read, and whether those that are attached can be read by everyone."""
    known = [file.format for file in dataset.files if is_known(file.format)]
    if known:
        is_data = not all(map(is_document, known))
        yield HealthCheck(id="machine-readable", area="documents", state="passed" if is_data else "failed",
                          where=() if is_data else (document.at("files"),),
                          facts={} if is_data else {"formats": ", ".join(dict.fromkeys(known))})
    attached = [(place, file.source_path) for place, file in enumerate(dataset.files) if is_attached(file) and file.source_path]
    asked = [(place, path) for place, path in attached if path in faults]
    at_fault = [(place, path) for place, path in asked if faults[path]]
    if not attached:
        return
    facts = {"path": at_fault[0][1].rpartition("/")[2], "says": "; ".join(faults[at_fault[0][1]])} if at_fault else {}
    yield HealthCheck(id="accessible", area="documents", of=len(asked) or len(attached), count=len(asked) - len(at_fault),
                      state="failed" if at_fault else "passed" if asked else "unknown", facts=facts,
                      where=_places(document.at("files", place) for place, _ in at_fault))


def problem_check(problems: Sequence[Problem], found: Mapping[str, HealthState]) -> HealthCheck:
    """Whether a problem is open that no other check tells of. Advice counts too: this is where it is to be seen.

    One that has a check of its own is told here where that check passes all the same, as for a contact with a name alone.
    What is not asked of a dataset, such as a day of the last change of what is only planned, is no fault of it.
    """
    left = [each for each in problems if found.get(TOLD_BY.get(each.code, "")) == "passed" or each.code not in TOLD_BY
            and (found.get("valid-rows") != "failed" or not is_of_rows(each.code))]
    return HealthCheck(id="problems", area="problems", state="failed" if left else "passed",
                       where=_places(each.where for each in left), facts=_codes(left))


def is_of_rows(code: str) -> bool:
    """Whether a kind of problem is one of the rows of a file."""
    return code.startswith(OF_ROWS) and code not in NO_FAULT_OF_ROWS


def _codes(problems: Sequence[Problem]) -> dict[str, str]:
    codes = sorted({each.code for each in problems})
    return {"codes": ", ".join(codes[:MOST_NAMES]), "problems": str(len(problems))} if codes else {}


def _places(found: Iterator[Location]) -> tuple[Location, ...]:
    return tuple(dict.fromkeys(found))[:MOST_PLACES]
