"""What looks personal in published files, and groups too small to hide in, unless a release review says why that may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.practice import AcknowledgedRecord, AnonymityRecord
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.profile import TableReport
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.problems import Problem, did_you_mean
from cityfolio.tables.fetched import FetchedFile, at_source
from cityfolio.tables.published import Tables, columns_of
from cityfolio.tables.table import TableJob

CODES = {"small-group": "group-small", "uniform-group": "group-uniform"}
FIXES = {
    "small-group": "Publish wider groups, leave such rows out, or acknowledge it",
    "uniform-group": "Publish wider groups, leave the column out, or acknowledge it",
}
FIX = "Mark the column `sensitive: true`, remove it, or acknowledge it"
ACKNOWLEDGE = "under `release_review: acknowledged:` with `kind: {}` and a reason."
LATE_FIX = "Weigh the release again, and write the new day under `release_review:`, or take the column out."


class _Looked(Frozen, kw_only=True):
    """A file of a dataset that was read, and how it is named where something in it is acknowledged."""

    name: str
    job: TableJob
    report: TableReport
    fetched: FetchedFile | None = None

    @property
    def found(self) -> tuple[PersonalFinding, ...]:
        """What looks personal in it."""
        return self.report.profile.personal if self.report.profile else ()


def personal_problems(loaded: Loaded, tables: Tables, today: date) -> tuple[Problem, ...]:
    """Everything personal that nobody acknowledged, what was acknowledged in vain, and groups that cannot be told."""
    return tuple(problem for each in loaded.published for problem in _of_dataset(each, tables, today))


def _of_dataset(dataset: Sourced[DatasetRecord], tables: Tables, today: date) -> Iterator[Problem]:
    looked = _looked(dataset, tables)
    review = dataset.record.release_review
    acknowledged = review.acknowledged if review else ()
    expired = review.expires if review and review.expires and review.expires < today else None
    for file in looked:
        for finding in file.found:
            is_known = any(_fits(each, finding, file.name) for each in acknowledged)
            if not is_known or expired:
                yield _problem(finding, file, expired if is_known else None)
    for place, each in enumerate(acknowledged):
        is_met = any(_fits(each, finding, file.name) for file in looked for finding in file.found)
        if not is_met and _is_settled(dataset, each, looked):
            yield _unmet(dataset, place, each)
    yield from _groups(dataset, looked)


def _looked(dataset: Sourced[DatasetRecord], tables: Tables) -> tuple[_Looked, ...]:
    found = []
    for place, file in enumerate(dataset.record.files):
        key = dataset.id, place
        if key in tables.reports:
            found.append(_Looked(name=_name(file), job=tables.jobs[key], report=tables.reports[key]))
        if key in tables.wholes:
            whole = tables.wholes[key]
            found.append(_Looked(name=_name(file), job=whole.job, report=whole.report, fetched=whole.file))
    return tuple(found)


def _name(file: FileRecord) -> str:
    return file.path or file.sample or file.url or ""


def _fits(known: AcknowledgedRecord, finding: PersonalFinding, file: str) -> bool:
    return known.kind == finding.kind and known.column in (None, finding.column) and known.file in (None, file)


def _problem(finding: PersonalFinding, file: _Looked, expired: date | None) -> Problem:
    profile = file.report.profile
    first = finding.column.split(" + ")[0] if finding.kind in CODES else finding.column
    assert profile is not None   # it was found there
    where = profile.header_location(file.job.path, first)
    # What is said of groups names their columns.
    shown = f"column `{first}`" if file.job.may_show(first) else "the column that begins here"
    named = "" if finding.kind in CODES else f"{shown}: "
    row = f" (first: row {finding.row:,})" if finding.row and finding.count else ""
    late = f". This was acknowledged, by a review that expired {expired}" if expired else ""
    fix = LATE_FIX if expired else f"{FIXES.get(finding.kind, FIX)} {ACKNOWLEDGE.format(finding.kind)}"
    problem = Problem(code=CODES.get(finding.kind, "personal-data"), where=where, fix=fix,
                      says=f"{named}{finding.why}{row}{late}")
    return at_source((problem,), file.fetched)[0] if file.fetched else problem


def _is_settled(dataset: Sourced[DatasetRecord], known: AcknowledgedRecord, looked: Sequence[_Looked]) -> bool:
    """Whether it is known of every file that is meant what is in it: one kept elsewhere may hold what no sample does."""
    meant = [file for file in dataset.record.files if known.file in (None, _name(file))]
    seen = {file.name for file in looked if file.report.profile is not None and (file.fetched or not _is_sample(dataset, file))}
    return all(_name(file) in seen for file in meant)


def _is_sample(dataset: Sourced[DatasetRecord], looked: _Looked) -> bool:
    return any(file.url is not None and _name(file) == looked.name for file in dataset.record.files)


def _unmet(dataset: Sourced[DatasetRecord], place: int, known: AcknowledgedRecord) -> Problem:
    column = f" in a column `{known.column}`" if known.column else ""
    file = f" of {known.file}" if known.file else ""
    return Problem(code="acknowledged-unmet", where=dataset.document.at("release_review", "acknowledged", place),
                   says=f"nothing that looks like {known.kind} was found{column}{file}",
                   fix="Take the entry away, or correct its `column:`, `kind:` or `file:`.")


def _groups(dataset: Sourced[DatasetRecord], looked: Sequence[_Looked]) -> Iterator[Problem]:
    """Columns by which groups are told are in a file, all of them in the same one."""
    for place, asked in enumerate(dataset.record.anonymity):
        meant = [file for file in looked if asked.file in (None, file.name)]
        if any(file.report.profile is None for file in meant) or (not meant and _may_be_elsewhere(dataset, asked)):
            continue   # a file that was not read may have them
        there = [set(columns_of(file.report)) for file in meant]
        known = set[str]().union(*there)
        unknown = [(key, at, name) for key in ("quasi_identifiers", "sensitive")
                   for at, name in enumerate(getattr(asked, key)) if name not in known]
        for key, at, name in unknown:
            yield Problem(code="anonymity-column", where=dataset.document.at("anonymity", place, key, at),
                          says=f"no file has a column `{name}`", fix=did_you_mean(name, known, limit=40))
        if not unknown and not any(columns.issuperset(asked.quasi_identifiers) for columns in there):
            yield Problem(code="anonymity-column", where=dataset.document.at("anonymity", place, "quasi_identifiers"),
                          says="no file has all of these columns, so none can be held to it",
                          fix="Write an entry for each file, with the columns that it has.")


def _may_be_elsewhere(dataset: Sourced[DatasetRecord], asked: AnonymityRecord) -> bool:
    return any(file.url is not None for file in dataset.record.files if asked.file in (None, _name(file)))

