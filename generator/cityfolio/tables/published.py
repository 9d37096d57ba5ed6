"""What becomes of each local file: its digest, its profile, and the bytes that may be published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from functools import partial
from pathlib import Path

from cityfolio.cache import Keep, keeps_nothing
from cityfolio.files import Tree, sha256, sha256_of
from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.columns_aside import has_any
from cityfolio.load.dictionary import dictionary
from cityfolio.load.kept import digest_of_document
from cityfolio.load.known_looks import KnownLooks, Looked
from cityfolio.load.loaded import Loaded
from cityfolio.load.named_records import shared_digest
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.model.records import FileRecord
from cityfolio.model.site import CopyOf, Made
from cityfolio.problems import Location, Problem
from cityfolio.tables.copies import can_be_copied, copy_name, write_without
from cityfolio.tables.exports.formats import AddedFormat
from cityfolio.tables.exports.names import free_name, stem_of
from cityfolio.tables.fetched import FetchedFile, Key, Whole, read_wholes, tree_with
from cityfolio.tables.foreign import Reference, foreign_problems
from cityfolio.tables.limits import limits_of
from cityfolio.tables.made import NotMade, Wanted, made
from cityfolio.tables.personal import asked_of
from cityfolio.tables.profiles import KnownJobs, profile_all
from cityfolio.tables.readers import is_table
from cityfolio.tables.skimmed import Skimming
from cityfolio.tables.table import Added, TableJob
from cityfolio.tables.workers import Hands


class Published(Frozen, kw_only=True, gc=False):
    """The bytes that stand at a file's address: the source's own, or a copy without its sensitive columns."""

    name: str                     # last part of the address
    body: CopyOf | Made

    @property
    def size_bytes(self) -> int:
        """How many bytes."""
        return self.body.bytes

    @property
    def sha256(self) -> str:
        """Their digest."""
        return self.body.sha256


class Tables(Frozen, kw_only=True):
    """Everything that was learned from the data files of a catalog."""

    jobs: Mapping[Key, TableJob] = field(default_factory=dict)       # of files that are read as tables
    reports: Mapping[Key, TableReport] = field(default_factory=dict)
    published: Mapping[Key, Published] = field(default_factory=dict)
    wholes: Mapping[Key, Whole] = field(default_factory=dict)        # of files kept elsewhere, under `--fetch`
    skimmed: AbstractSet[Key] = frozenset()                          # tables of which only the first rows are shown
    other: tuple[Problem, ...] = ()                      # what is wrong with files that have no report, or between files
    # By the id of a dataset a digest of all that it, its tables and what was learned of them are made of, where that is known.
    known_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files themselves."""
        reports = (*self.reports.values(), *(whole.report for whole in self.wholes.values()))
        return (*self.other, *(problem for report in reports for problem in report.problems))


def local_files(loaded: Loaded) -> Iterator[tuple[Key, FileRecord, str]]:
    """Each file of a published dataset that lies in the catalog, with its path there."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            name = file.path or file.sample
            path = f"datasets/{each.id}/{name}"
            node = loaded.nodes.get(path)
            if name and node is not None and node.kind == "file":
                yield (each.id, place), file, path


class Bench(Frozen, kw_only=True):
    """With what tables are worked on."""

    tree: Tree
    cache: Keep
    workers: Hands
    scratch: Path                 # for files that are made, as long as the build lasts
    fetched: Mapping[Key, FetchedFile] = field(default_factory=dict)
    readers: Mapping[str, Added] = field(default_factory=dict)   # of formats that are not our own, in small letters
    exports: Mapping[str, AddedFormat] = field(default_factory=dict)   # those that are not our own, by the word for them
    looks: KnownLooks = field(default_factory=KnownLooks)        # of the catalog's files, as a build before found them
    skims: bool = False           # tables may be read by their first rows, where the settings say so

    def added_for(self, file: FileRecord) -> Added | None:
        """What reads a file whose entry says that it is of such a format."""
        return self.readers.get(format_of("", file.format).name.casefold()) if self.readers and file.format else None

    @property
    def knows(self) -> bool:
        """Whether anything is known of what builds before made of the catalog, and kept for those after."""
        return bool(self.looks.made_by) and not keeps_nothing(self.cache)

    @property
    def sources(self) -> Tree:
        """The catalog and what was fetched for it."""
        return tree_with(self.tree, self.fetched)


def read_tables(loaded: Loaded, bench: Bench) -> Tables:
    """Digest every local file, profile those that are tables, and copy those that hold sensitive columns."""
    found = list(local_files(loaded))
    known = bench.looks.of("digests", loaded.nodes)
    sizes, unreadable = _sizes(dict.fromkeys(path for _, _, path in found), bench.tree, known)
    known.keep()
    limits = limits_of(loaded)
    jobs = {
        key: TableJob(path=path, size_bytes=sizes[path].bytes, file=file, sha256=sizes[path].sha256, limits=limits,
                      anonymity=asked_of(loaded.datasets[key[0]].record.anonymity, file.path or file.sample),
                      title=loaded.datasets[key[0]].record.title or "", added=bench.added_for(file),
                      columns=dictionary(loaded, loaded.datasets[key[0]].record, file))
        for key, file, path in found
        if path in sizes and file.look_inside and (is_table(file.format or path) or bench.added_for(file))
    }
    skimming = Skimming(loaded) if bench.skims else None
    if skimming and skimming.is_asked:
        jobs = {key: replace(job, is_skimmed=skimming.covers(key[0], job)) for key, job in jobs.items()}
    profiled = profile_all(list(jobs.values()), bench.tree, bench.cache, bench.workers, _known_jobs(loaded, jobs, bench))
    reports = dict(zip(jobs, profiled, strict=True))
    hidden = {path for key, _, path in found if _hides(key, jobs, reports)}
    names = _names(found)
    published = {key: Published(name=names[path], body=sizes[path]) for key, _, path in found
                 if path in sizes and path not in hidden}
    copied = _copied({key: (names[path], jobs[key]) for key, _, path in found if path in hidden and key in jobs
                       and can_be_copied(format_of(path, jobs[key].file.format).name)}, found, names)
    copies, problems = _copies(copied, reports, bench)
    foreign = foreign_problems(list(_references(jobs, reports)), bench.tree, bench.cache, bench.workers)
    wholes = read_wholes(loaded, bench.fetched, bench.sources, bench.cache, bench.workers)
    skimmed = frozenset(key for key, job in jobs.items() if job.is_skimmed)
    tables = Tables(jobs=jobs, reports=reports, published=published | copies, wholes=wholes, skimmed=skimmed,
                    other=(*unreadable, *problems, *foreign))
    return replace(tables, known_by=_known_by(loaded, tables, bench))


def _known_jobs(loaded: Loaded, jobs: Mapping[Key, TableJob], bench: Bench) -> KnownJobs | None:
    """By what jobs are known: by their files and by the documents that say how to read them; by nothing that plugins read."""
    if not bench.knows or bench.readers:
        return None
    common, documents = f"{bench.looks.made_by} {shared_digest(loaded)}", loaded.datasets
    return KnownJobs(catalog=bench.looks.made_by, digests=[
        sha256(f"{common} {digest_of_document(documents[dataset].document)} {place} {job.sha256} {job.is_skimmed}".encode())
        for (dataset, place), job in jobs.items()])


def _known_by(loaded: Loaded, tables: Tables, bench: Bench) -> dict[str, str]:
    """By what each dataset is known. None is where plugins read tables, drafts are left out or files are fetched."""
    if not bench.knows or bench.readers or bench.exports or bench.fetched or loaded.drafts:
        return {}
    common = f"{bench.looks.made_by} {shared_digest(loaded)}"
    found = {}
    for each in loaded.published:
        told = [common, each.id, digest_of_document(each.document)]
        for place in range(len(each.record.files)):
            key = each.id, place
            if published := tables.published.get(key):
                told += published.name, published.sha256
            if job := tables.jobs.get(key):
                profile = tables.reports[key].profile
                told += job.sha256, profile.digest if profile else "", "first rows" if job.is_skimmed else ""
                if not profile or not profile.digest:
                    break       # what is not known to have been read well may be read otherwise
            told.append("\n")
        else:
            found[each.id] = sha256("\0".join(told).encode("utf-8", "surrogatepass"))
    return found


def _references(jobs: Mapping[Key, TableJob], reports: Mapping[Key, TableReport]) -> Iterator[Reference]:
    """Each foreign key whose column, and whose target, is in files that could be read."""
    for key, job in jobs.items():
        for name, record in job.columns.items() if has_any(job.columns, "foreign_key") else ():
            target = record.foreign_key
            if target is None or not target.dataset or not target.column or name not in columns_of(reports[key]):
                continue
            targets = tuple(jobs[other] for other in jobs if other[0] == target.dataset
                            and target.column in columns_of(reports[other]))
            if targets:
                yield Reference(job=job, column=name, dataset=target.dataset, target=target.column, targets=targets)


def columns_of(report: TableReport) -> tuple[str, ...]:
    """Every column of a file, the sensitive ones too; none of a file that could not be read."""
    profile = report.profile
    return (*profile.header, *profile.left_out) if profile else ()


def _names(found: Iterable[tuple[Key, FileRecord, str]]) -> dict[str, str]:
    """The last part of the address of each file. A file of a folder may come to bear a name that another has already."""
    names: dict[str, str] = {}
    by_dataset = defaultdict[str, dict[str, str]](dict)       # path -> name
    for (dataset, _), file, path in found:
        plain = (file.path or file.sample or "").replace("/", "-")
        taken = {name for other, name in by_dataset[dataset].items() if other != path}
        stem = stem_of(plain)
        numbered = (plain, *(f"{stem}-{number}{plain[len(stem):]}" for number in range(2, len(taken) + 3)))
        names.setdefault(path, next(name for name in numbered if name not in taken))
        by_dataset[dataset][path] = names[path]
    return names


def _copied(jobs: Mapping[Key, tuple[str, TableJob]], found: Iterable[tuple[Key, FileRecord, str]],
            names: Mapping[str, str]) -> dict[Key, tuple[str, TableJob]]:
    """The name of each copy. One in another format than its source may not come to bear the name of another file."""
    taken = defaultdict[str, set[str]](set)
    for (dataset, _), _, path in found:
        taken[dataset].add(names[path])
    copied = {}
    for key, (name, job) in jobs.items():
        form = format_of(job.path, job.file.format).name
        free = copy_name(name, job.file.sheet, form)
        if free != name:
            stem, _, ending = free.rpartition(".")
            free = free_name(stem, ending, form, taken[key[0]])
            taken[key[0]].add(free)
        copied[key] = free, job
    return copied


def _hides(key: Key, jobs: Mapping[Key, TableJob], reports: Mapping[Key, TableReport]) -> bool:
    """Whether the bytes of a file may not be published as they are."""
    if key not in jobs:
        return False
    profile = reports[key].profile
    # A file that could not be read stops the build; until it does, nothing of it may be published.
    return profile is None or bool(profile.left_out)


def _sizes(paths: Mapping[str, None], tree: Tree, known: Looked) -> tuple[dict[str, CopyOf], tuple[Problem, ...]]:
    """Bytes and digest of each file, and a problem for each that cannot be read."""
    sizes, problems = {}, []
    for path in paths:
        if told := known.found(path):
            sizes[path] = CopyOf(path=path, bytes=known.nodes[path].bytes, sha256=told.hex())
            continue
        try:
            with tree.open(path) as stream:
                digest, size = sha256_of(stream), stream.tell()
        except OSError as error:
            problems.append(Problem(code="folder-unreadable", where=Location(path=path), fix="Check its permissions.",
                                    says=f"the file could not be read: {error.strerror or error}"))
        else:
            sizes[path] = CopyOf(path=path, bytes=size, sha256=digest)
            known.note(path, bytes.fromhex(digest))
    return sizes, tuple(problems)


def _copies(jobs: Mapping[Key, tuple[str, TableJob]], reports: Mapping[Key, TableReport],
            bench: Bench) -> tuple[dict[Key, Published], tuple[Problem, ...]]:
    """Copies of the files that hold sensitive columns, each named as its format allows."""
    profiles = {key: profile for key in jobs if (profile := reports[key].profile) is not None}
    wanted = [_copy(jobs[key][1], profile, bench.tree) for key, profile in profiles.items()]
    copies, problems = {}, []
    for key, found in zip(profiles, made(wanted, bench.scratch, bench.cache, bench.workers, "copies"), strict=True):
        name, job = jobs[key]
        if isinstance(found, NotMade):
            problems.append(Problem(code="sensitive-unprotected", where=Location(path=job.path), fix=found.fix,
                                    says=f"a copy without the sensitive columns cannot be made: {found.says}"))
        else:
            copies[key] = Published(name=name, body=found)
    return copies, tuple(problems)


def _copy(job: TableJob, profile: TableProfile, tree: Tree) -> Wanted:
    types = profile.types
    return Wanted(job=job, depends_on=("without", profile.left_out, types, dict(job.columns)),
                  write=partial(write_without, tree, job, profile))
