"""Which former contents of files stay to be had: those that were published, are small, and hold nothing that looks personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from cityfolio.cache import Keep
from cityfolio.files import MemoryTree, sha256
from cityfolio.frozen import Frozen, replace
from cityfolio.load.loaded import Sourced
from cityfolio.model.changes import VersionsRecord
from cityfolio.model.formats import format_of
from cityfolio.model.history import Version
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.publish.scan import met_in
from cityfolio.review.history_days import Comparing, is_rows_alone
from cityfolio.review.history_rows import a_job, is_read, is_stand_in
from cityfolio.review.history_states import Step, path_of
from cityfolio.tables.personal import asked_of
from cityfolio.tables.profiles import profile_all
from cityfolio.tables.readers import TEXT
from cityfolio.tables.workers import is_risky


class Rule(Frozen, kw_only=True):
    """Which versions of a dataset stay."""

    record: VersionsRecord
    not_before: date = date.min   # the day of the newest note that withdraws it


class _Content(Frozen, kw_only=True):
    """What a file held from a day on, by what git calls it, and how it was listed then."""

    day: date
    name: str
    file: FileRecord
    is_repeated: bool             # it has the rows of the one before, and differs in ends of lines or quotation marks


class Choosing(Frozen, kw_only=True):
    """With what versions are chosen."""

    comparing: Comparing
    keep: Keep


class Chosen(Frozen, kw_only=True):
    """What became of everything that the files of a dataset held while it was published. The newest stands first."""

    kept: tuple[Version, ...] = ()
    let_go: tuple[tuple[date, str], ...] = ()     # the day and the name of what the rule does not keep


def versions(dataset: Sourced[DatasetRecord], steps: Sequence[Step], rule: Rule, choosing: Choosing) -> Chosen:
    """The versions of each file of a dataset; none is kept where any of its columns is or was sensitive."""
    record = dataset.record
    is_none_kept = any(is_held(each) for each in (record, *(step.after.record for step in steps)))
    is_none_kept = is_none_kept or any(state.hidden for step in steps for state in (step.before, step.after))
    names = names_of(record)
    kept, known = list[Version](), set[tuple[date, str]]()
    for path, file in {path_of(file): file for file in reversed(record.files) if path_of(file) in names}.items():
        contents = tuple(_contents(path, file, steps, choosing.comparing))
        known |= {(each.day, names[path]) for each in contents}
        small = [each for each in contents if each.day >= rule.not_before and not (is_none_kept or each.is_repeated)
                 and choosing.comparing.sizes.get(each.name, 0) <= rule.record.largest_bytes]
        kept += islice(_versions(small, names[path], dataset, choosing), rule.record.keep)
    let_go = known - {(each.day, each.name) for each in kept}
    return Chosen(kept=tuple(sorted(kept, key=lambda each: (-each.day.toordinal(), each.name))),
                  let_go=tuple(sorted(let_go, key=lambda each: (-each[0].toordinal(), each[1]))))


def is_held(record: DatasetRecord) -> bool:
    """Whether something in a dataset looked personal and was released all the same: whoever said so looked at one version."""
    return bool(record.release_review and record.release_review.acknowledged) or record.versions == "none"


def names_of(record: DatasetRecord) -> dict[str, str]:
    """The last part of the address of each file. Of two that would share one, none is kept."""
    plain = {path: path.replace("/", "-") for path in dict.fromkeys(map(path_of, record.files)) if path}
    counts = Counter(plain.values())
    return {path: name for path, name in plain.items() if counts[name] == 1}


def _contents(path: str, file: FileRecord, steps: Sequence[Step], comparing: Comparing) -> Iterator[_Content]:
    """Each content that a file had while it was published, the newest first.

    What was committed before it was published counts from the day on which it was.
    """
    paths = (path, *file.formerly)
    found: list[_Content] = []
    name = ""
    for step in reversed(steps):
        touched = [step.spans[each].after for each in paths if each in step.spans]
        name = next(filter(None, touched), "" if touched else name)
        then = next((each for each in step.after.record.files if path_of(each) in paths), None)
        if not (step.after.is_out and then is not None and name and (touched or not step.before.is_out)):
            continue
        if not found or name != found[-1].name:
            is_repeated = bool(found) and comparing.is_same(found[-1].name, name) and is_rows_alone(found[-1].file)
            found.append(_Content(day=step.day, name=name, file=then, is_repeated=is_repeated and is_rows_alone(then)))
    return reversed(found)


def _versions(contents: Iterable[_Content], name: str, dataset: Sourced[DatasetRecord],
              choosing: Choosing) -> Iterator[Version]:
    """Those contents of a file that may stay to be had. Of one that a newer one holds whole nothing new can be seen."""
    newer = ""
    for content in contents:
        body = choosing.comparing.store.read(content.name) if _is_text(content.file) else None
        if body is None or is_stand_in(body):
            continue
        is_known = bool(newer) and is_rows_alone(content.file) and choosing.comparing.is_within(content.name, newer)
        if is_known or _is_harmless(content, body, dataset, choosing):
            newer = content.name
            form = format_of(path_of(content.file), content.file.format)
            yield Version(day=content.day, name=name, bytes=len(body), sha256=sha256(body), content=content.name,
                          media_type=form.media_type)


def _is_text(file: FileRecord) -> bool:
    """Whether all that is in a file can be looked through. A workbook may have sheets beside the one that is read."""
    return is_read(file) and format_of(path_of(file), file.format).name in TEXT


def _is_harmless(content: _Content, body: bytes, dataset: Sourced[DatasetRecord], choosing: Choosing) -> bool:
    """Whether a content can be looked through, and holds nothing that looks personal or secret."""
    record, path = dataset.record, path_of(content.file)
    job = replace(a_job(content.file, body, choosing.comparing.limits), sha256=sha256(body), title=record.title or "",
                  anonymity=asked_of(record.anonymity, path))
    if is_risky(job) and content.name not in choosing.comparing.guarded:
        return False
    profile = profile_all([job], MemoryTree({path: body}), choosing.keep, 1)[0].profile
    return profile is not None and not profile.personal and not any(met_in(body))
