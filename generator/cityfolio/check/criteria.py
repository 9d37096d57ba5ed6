"""Rules for the standards that a city writes itself: each criterion can be answered, and each level be reached."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError

from cityfolio.check.inside import inside
from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.values import IDENTIFIER
from cityfolio.load.yaml import Document, Group, Items
from cityfolio.measures.kinds import faults
from cityfolio.model.catalog import Build
from cityfolio.model.standard import CheckRecord, CriterionRecord, StandardRecord
from cityfolio.practice.criteria import areas_of, in_order_of_need
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.shipped import standards_of
from cityfolio.problems import Location, Problem, did_you_mean
from cityfolio.tables.exports.schema import ExportColumn

Standard = Sourced[StandardRecord]
Keys = tuple[str | int, ...]
ASKS = ("checks", "attest", "among")
BOUNDS = ("least", "most", "share")
COLUMNS = {table: {name: ExportColumn(name=name, type=column.type) for name, column in columns.items()}
           for table, columns in FACT_COLUMNS.items()}


@rule("criterion-unknown")
def criteria_that_are_named_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Whatever names a criterion within a standard, or in an attestation, names one that there is."""
    for standard in loaded.standards.values():
        yield from unknown_criteria(standard)
    yield from _attested(loaded)


@rule("criterion-unfit")
def criteria_can_be_answered(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A criterion asks something that can be answered, belongs to an area, and does not wait for itself."""
    for standard in loaded.standards.values():
        yield from unfit_criteria(standard)


def unknown_criteria(standard: Standard) -> Iterator[Problem]:
    """What a standard says of criteria that it does not have."""
    known, document = standard.record.criteria, standard.document
    for identifier, criterion in known.items():
        named: list[tuple[tuple[str, ...], Keys]] = [(criterion.after, ("criteria", identifier, "after"))]
        if criterion.among:
            named.append((criterion.among.criteria, ("criteria", identifier, "among", "criteria")))
        for names, keys in named:
            yield from (_unknown(name, standard, document.at(*keys, at)) for at, name in enumerate(names) if name not in known)
    for at, level in enumerate(standard.record.levels):
        for place, name in enumerate(level.criteria):
            if name not in known:
                yield _unknown(name, standard, document.at("levels", at, "criteria", place))


def _unknown(name: str, standard: Standard, where: Location) -> Problem:
    return Problem(code="criterion-unknown", where=where, says=f'"{standard.id}" has no criterion "{name}"',
                   fix=did_you_mean(name, standard.record.criteria))


def _attested(loaded: Loaded) -> Iterator[Problem]:
    for each in loaded.attestations.values():
        for at, name in enumerate(each.record.criteria):
            of, mark, criterion = name.partition("/")
            standard = standards_of(loaded).get(of)
            where = each.document.at("criteria", at)
            if not mark:
                yield Problem(code="criterion-unknown", where=where, says=f'"{name}" does not say of which standard',
                              fix="Write the standard and the criterion with a / between: what-works-cities/open-policy.")
            elif standard is not None and criterion not in standard.record.criteria:
                yield _unknown(criterion, standard, where)
            elif standard is not None and standard.record.criteria[criterion].attest is None:
                yield Problem(code="criterion-unknown", where=where, fix="Take it away.",
                              says=f'"{name}" is answered without anybody\'s word, so an attestation changes nothing')


def unfit_criteria(standard: Standard) -> Iterator[Problem]:
    """What of a standard cannot be answered."""
    areas = areas_of(standard.record)
    for key, what in (("areas", "area"), ("criteria", "criterion")):
        group = standard.document.value(key)
        if isinstance(group, Group) and not group.entries:
            yield _unfit(standard.document.at(key), f"there is no {what}", "Add one.")
    for identifier, criterion in standard.record.criteria.items():
        yield from _of_criterion(standard, identifier, criterion, areas[identifier])
    yield from _of_levels(standard)
    yield from _circle(standard)


def _of_criterion(standard: Standard, identifier: str, criterion: CriterionRecord, area: str) -> Iterator[Problem]:
    record, document, at = standard.record, standard.document, ("criteria", identifier)
    if not IDENTIFIER.fullmatch(identifier):
        yield _unfit(document.at_key(*at), f'"{identifier}" cannot be the id of a criterion',
                     "Use lower-case letters, digits and single hyphens.")
    if not any(document.holds(*at, key) for key in ASKS):
        yield _unfit(document.at(*at), f'nothing says how "{identifier}" is answered',
                     "Add `checks:`, `attest:` or `among:`.")
    if area not in record.areas and record.areas and (area or not document.holds(*at, "area")):
        says = f'there is no area "{area}"' if area else f'"{identifier}" belongs to no area'
        yield _unfit(document.at(*at, "area"), says, did_you_mean(area, record.areas))
    among = criterion.among
    if among and among.least and among.least > len(set(among.criteria)) > 0:
        yield _unfit(document.at(*at, "among", "least"),
                     f"{among.least} are asked, and there are {len(set(among.criteria))}", "Ask for fewer.")
    is_list = isinstance(document.value(*at, "checks"), Items)   # a single check stands for a list of one
    for place, check in enumerate(criterion.checks):
        yield from _of_check(standard, (*at, "checks", place) if is_list else (*at, "checks"), check)


def _of_check(standard: Standard, keys: Keys, check: CheckRecord) -> Iterator[Problem]:
    document = standard.document
    if not isinstance(document.value(*keys), Group):
        return                        # which is reported
    if not any(document.holds(*keys, key) for key in BOUNDS):
        yield _unfit(document.at(*keys), "the check does not say how many rows must count",
                     "Add `least:`, `most:` or `share:`.")
    if check.different is not None and check.share is not None:
        yield _unfit(document.at(*keys, "share"), "different values are counted, and there is no share of them",
                     "Use `least:` or `most:`.")
    yield from _unreachable(document, keys, check)
    if check.table is None:
        return                        # which is reported
    columns = COLUMNS[check.table]
    if check.different is not None and check.different not in columns:
        yield _unfit(document.at(*keys, "different"), f'{check.table} has no column "{check.different}"',
                     did_you_mean(check.different, columns, limit=40))
    for key, text in (("where", check.where), ("good", check.good)):
        for fault in faults(text, columns) if text else ():
            yield _unfit(inside(document, (*keys, key), fault), fault.says, fault.fix)


def _unreachable(document: Document, keys: Keys, check: CheckRecord) -> Iterator[Problem]:
    """Bounds that no number of rows keeps, or that say nothing."""
    if check.over and not document.holds(*keys, "share"):
        yield _unfit(document.at(*keys, "over"), "there is no share to be over", "Add `share:`, or take `over:` away.")
    if check.over and check.share == 1:
        yield _unfit(document.at(*keys, "over"), "no share of the rows is over all of them", "Take `over:` away.")
    if check.least is not None and check.most is not None and check.least > check.most:
        yield _unfit(document.at(*keys, "least"), f"no number is at least {check.least:,} and at most {check.most:,}",
                     "Ask for fewer, or allow more.")


def _of_levels(standard: Standard) -> Iterator[Problem]:
    seen = set[str]()
    for at, level in enumerate(standard.record.levels):
        if level.id is not None and not IDENTIFIER.fullmatch(level.id):
            yield _unfit(standard.document.at("levels", at, "id"), f'"{level.id}" cannot be the id of a level',
                         "Use lower-case letters, digits and single hyphens.")
        elif level.id in seen:
            yield _unfit(standard.document.at("levels", at, "id"), f'two levels have the id "{level.id}"', "Rename one.")
        seen.add(level.id or "")


def _circle(standard: Standard) -> Iterator[Problem]:
    try:
        in_order_of_need(standard.record)
    except CycleError as error:
        circle: list[str] = error.args[1]
        first = min(circle, key=list(standard.record.criteria).index)
        key = "after" if standard.record.criteria[first].after else "among"
        others = ", ".join(f'"{each}"' for each in standard.record.criteria if each in circle and each != first)
        yield _unfit(standard.document.at("criteria", first, key),
                     f'"{first}" waits for itself' + (f", by way of {others}" if others else ""),
                     "Take one out of `after:` or of `among:`.")


def _unfit(where: Location, says: str, fix: str) -> Problem:
    return Problem(code="criterion-unfit", where=where, says=says, fix=fix)
