"""Rules for the files that datasets list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set as AbstractSet

from cityfolio.check.registry import rule
from cityfolio.load.columns_aside import has_any
from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.yaml import Group, Items, Scalar
from cityfolio.model.catalog import Build
from cityfolio.model.formats import format_of
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.problems import Location, Problem, closest, did_you_mean
from cityfolio.tables.copies import can_be_copied
from cityfolio.tables.readers import is_table

# What a browser opens as a document with scripts, or takes for a script, in the origin of the site.
ACTIVE_ENDINGS = frozenset({"html", "htm", "shtml", "xhtml", "xht", "xml", "svg", "svgz", "js", "mjs", "xsl", "xslt"})

SOURCES = frozenset({"path", "url", "sample", "missing"})     # keys of an entry


@rule("files-missing", of_each=True)
def published_data_can_be_had(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A published dataset lists at least one file."""
    for each in loaded.published:
        if each.record.files or each.document.value("files") is not None:
            continue
        status = each.document.value("status")
        if not isinstance(status, Scalar) or (status.text or "").strip() in ("", each.record.status):
            yield Problem(
                code="files-missing",
                where=each.document.at(),
                says="it is published, and there is nothing to download",
                fix="Add `files:`, or `status: planned` with a reason.",
            )


@rule("file-source", of_each=True)
def each_file_has_one_source(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """An entry has a path or an address, and a sample only beside an address."""
    for each in loaded.datasets.values():
        for place in range(len(each.record.files)):
            written = _sources(each, place)
            says, fix = _sources_at_odds(written) if written is not None else ("", "")     # None: it was refused
            if says:
                yield Problem(code="file-source", where=each.document.at("files", place), says=says, fix=fix)


def _sources(dataset: Sourced[DatasetRecord], place: int) -> AbstractSet[str] | None:
    """Which of the keys that say where a file is are written in an entry, with a value or without; None where it is none."""
    if dataset.says_all:
        file = dataset.record.files[place]
        return {key for key in SOURCES if getattr(file, key) is not None}
    entry = dataset.document.value("files", place)
    return entry.entries.keys() & SOURCES if isinstance(entry, Group) else None


def _sources_at_odds(written: AbstractSet[str]) -> tuple[str, str]:
    """What is wrong with them, and what would be right; two empty texts where nothing is."""
    if "path" in written and "url" in written:
        return ("both path and url are given",
                "Keep `path` for a file of this folder; for one kept elsewhere `url`, with a `sample` of its rows.")
    if "path" in written and "sample" in written:
        return "a sample stands beside a path", "A sample belongs to a `url`."
    if written <= {"sample"}:
        return "neither path nor url is given", "Add one of them."
    return "", ""


@rule("file-missing")
def named_files_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each path and sample leads to a file of the dataset's folder."""
    beside: Mapping[str, list[str]] = {}
    for each in loaded.datasets.values():
        folder = f"datasets/{each.id}"
        for place, file in enumerate(each.record.files):
            for key, name in (("path", file.path), ("sample", file.sample)):
                node = loaded.nodes.get(f"{folder}/{name}") if name else None
                if name and (node is None or node.kind == "folder"):
                    beside = beside or _folders(loaded)
                    yield Problem(
                        code="file-missing",
                        where=each.document.at("files", place, key),
                        says=f"there is no file {folder}/{name}",
                        fix=did_you_mean(name, set(beside[each.id]) - {"dataset.yaml"}),
                    )


@rule("file-repeated", of_each=True)
def no_file_is_listed_twice(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Two entries of a dataset do not publish the same file, or the same sheet of one."""
    for each in loaded.datasets.values():
        seen: set[tuple[str, str | None]] = set()
        for place, file in enumerate(each.record.files):
            name = file.path or file.sample
            if name and (name, file.sheet) in seen:
                yield Problem(
                    code="file-repeated",
                    where=each.document.at("files", place),
                    says=f"{name} is listed already",
                    fix="Delete one of the entries.",
                )
            seen.add((name or "", file.sheet))


@rule("file-former", of_each=True)
def former_names_are_of_one_format(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """At a former name the same file is published, so the name ends as a file of that format does."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            form = format_of(file.path or file.sample or "", file.format).name
            for at, former in enumerate(file.formerly if file.path or file.sample else ()):
                if format_of(former).name != form:
                    yield Problem(
                        code="file-former",
                        where=each.document.at("files", place, "formerly", at),
                        says=f"{former} does not end as a file of the format {form} does",
                        fix="Name what this file was called. What is made of it keeps its former name by itself.",
                    )


@rule("file-unlisted")
def no_file_is_forgotten(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A file in a dataset's folder is published or is not there."""
    listed = {
        f"datasets/{each.id}/{name}"
        for each in loaded.datasets.values()
        for file in each.record.files
        for name in (file.path, file.sample)
        if name
    }
    rest = loaded.nodes.keys() - listed - {f"datasets/{each}/dataset.yaml" for each in loaded.datasets}
    folders = {f"datasets/{each}" for each in loaded.datasets}
    unlisted = sorted(path for path in rest - folders if _is_data(path, loaded))
    beside = _folders(loaded) if unlisted else {}
    of = {path.split("/")[1] for path in unlisted}
    meant = {path for each in of for path in _meant(loaded.datasets[each], beside[each])}
    for path in unlisted:
        if path not in meant:
            yield Problem(
                code="file-unlisted",
                where=Location(path=path),
                says="no entry of files: names this file, so it is not published",
                fix=f"Add `- path: {path.split('/', 2)[2]}` to dataset.yaml, or move the file away.",
            )


@rule("file-active", of_each=True)
def no_file_is_a_program(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A file to download is of no type that browsers run, because it would run as a part of the city's site."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            name = file.path or file.sample or ""
            if name.lower().rpartition(".")[2] in ACTIVE_ENDINGS:
                yield Problem(
                    code="file-active",
                    where=each.document.at("files", place),
                    says=f"browsers run {name} as a program or page, and it would act as a part of this site",
                    fix="Publish it inside a zip file, or keep it at another address and name that as `url:`.",
                )


@rule("sensitive-unprotected", of_each=True)
def personal_data_can_be_left_out(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A file with a sensitive column is one that the build copies, in a format from which columns can be left out."""
    for each in loaded.published:
        for place, file in enumerate(each.record.files):
            described = dictionary(loaded, each.record, file)
            hides = has_any(described, "sensitive")
            sensitive = next(name for name, column in described.items() if column.sensitive) if hides else None
            says, fix = _exposed(file, sensitive) if sensitive else ("", "")
            if says:
                yield Problem(code="sensitive-unprotected", where=each.document.at("files", place), says=says, fix=fix)


def _exposed(file: FileRecord, sensitive: str) -> tuple[str, str]:
    """Why a sensitive column cannot be kept out of a file, and what to do; two empty texts where it can."""
    name = file.path or file.sample
    if file.url:
        return (
            f"the sensitive column `{sensitive}` cannot be left out of {file.url}, which is kept elsewhere",
            "Take the column out at its source and out of the dictionary, or give this file a dictionary of its own.",
        )
    if name and not (file.look_inside and is_table(file.format or name) and can_be_copied(format_of(name, file.format).name)):
        return (
            f"{name} may hold the sensitive column `{sensitive}`, and columns are left out only of what is read as a table",
            "Publish a CSV or XLSX, or give this file a dictionary of its own that says what is in it.",
        )
    return "", ""


def _folders(loaded: Loaded) -> Mapping[str, list[str]]:
    """The names in the folder of each dataset, gathered in one pass over the catalog."""
    beside: dict[str, list[str]] = defaultdict(list)
    for path in loaded.nodes:
        room, _, rest = path.partition("/")
        if room == "datasets" and "/" in rest:
            identifier, _, name = rest.partition("/")
            beside[identifier].append(name)
    return beside


def _is_data(path: str, loaded: Loaded) -> bool:
    """Whether something is a file in the folder of a dataset that is not for people to read."""
    parts = path.split("/")
    inside = len(parts) > 2 and parts[0] == "datasets" and parts[1] in loaded.datasets
    return inside and loaded.nodes[path].kind == "file" and not _is_prose(parts[-1])


def _meant(dataset: Sourced[DatasetRecord], beside: list[str]) -> Iterator[str]:
    """The files that were probably meant by entries that name no file: those entries are reported already."""
    folder = f"datasets/{dataset.id}/"
    value = dataset.document.value("files")
    for entry in value.items if isinstance(value, Items) else (value,):
        for name in (entry.entries.get("path"), entry.entries.get("sample")) if isinstance(entry, Group) else (entry,):
            if isinstance(name, Scalar) and name.text and (name is entry or name.text not in beside):
                near = closest(name.text.replace("\\", "/").rpartition("/")[2], beside)
                yield from (f"{folder}{near}",) if near else ()


def _is_prose(name: str) -> bool:
    return name.upper().startswith("README")
