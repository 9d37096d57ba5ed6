"""The command `cityfolio export`: arguments to calls, results to words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from cityfolio.cache import NoCache
from cityfolio.check import check
from cityfolio.check.tables import check_tables
from cityfolio.files import FolderTree, MemoryTree, open_file, read_pieces, replace_file, write_new
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen
from cityfolio.link import link
from cityfolio.load.loaded import Loaded
from cityfolio.migrate.export.exported import Exported, as_markdown, as_text, records_of
from cityfolio.migrate.export.feeds import FORMS
from cityfolio.migrate.export.jkan import export_jkan
from cityfolio.migrate.export.round_trip import left_behind
from cityfolio.migrate.formats import importer
from cityfolio.migrate.reading import source_of
from cityfolio.migrate.source import Wishes
from cityfolio.model.catalog import Build
from cityfolio.model.site import CopyOf
from cityfolio.moving.folder import catalog_folder, opened, shown
from cityfolio.options import options, today
from cityfolio.problems import Location, Problem, stops
from cityfolio.settings import Options, make_build
from cityfolio.speech import Speech
from cityfolio.tables.published import Bench, Published, Tables, local_files, read_tables

REPORT = "export-report.md"
NEEDS_ADDRESS = frozenset({"data-json", "ckan"})   # formats that link to the site's files


class Exporting(Frozen, kw_only=True):
    """A catalog that was read and found right, and where it is to go."""

    tree: FolderTree
    loaded: Loaded
    tables: Tables
    build: Build
    folders: tuple[Path, Path]    # where it is to go, and where something can lie meanwhile

    @property
    def destination(self) -> Path:
        """Where it is to go."""
        return self.folders[0]

    @property
    def bodies(self) -> dict[str, Published]:
        """What may be published of each data file, by its path in the catalog: without sensitive columns, or not at all."""
        return {path: self.tables.published[key] for key, _, path in local_files(self.loaded) if key in self.tables.published}


@click.command("export")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(sorted((*FORMS, "jkan"))))
@click.argument("destination", metavar="DEST", type=click.Path(path_type=Path))
@options("catalog", "base-url", "format", "quiet")
def export_catalog(format_name: str, destination: Path, form: str, quiet: bool, **given: Path | str | None) -> None:
    """Write the catalog for another system into DEST, a new folder.

    FORMAT is one of ckan, data-json (DCAT-US 1.1), data-package, jkan. Ends with a report of what the format cannot carry; all
    else is in the files unchanged. Columns that are sensitive do not go along.
    """
    speech = Speech.of(form, quiet=quiet, verbose=False)
    folder = catalog_folder(Path(given["catalog"] or "catalog"))
    tree, loaded = opened(folder)
    chosen = Options(catalog=folder, output=Path("output"), base_url=str(given["base_url"]) if given["base_url"] else None)
    build, _ = make_build(loaded, chosen, {}, today())
    if format_name in NEEDS_ADDRESS and not build.base_url and loaded.site is not None:
        raise click.UsageError(f"{format_name} links to the site's files: say where it is with --base-url or in site.yaml.")
    with scratch_folder() as scratch:
        tables = read_tables(loaded, Bench(tree=tree, cache=NoCache(), workers=1, scratch=scratch))
        problems = [each for each in (*check(loaded, build), *check_tables(loaded, tables)) if each.severity == "error"]
        problems += _taken(destination)
        if not problems:
            exporting = Exporting(tree=tree, loaded=loaded, tables=tables, build=build, folders=(destination, scratch))
            problems += _exported(exporting, format_name, speech)
    speech.report(problems, shown(folder))
    sys.exit(1 if stops(problems, strict=False) else 0)


def _taken(destination: Path) -> list[Problem]:
    try:
        taken = FolderTree(destination).nodes()
    except FileNotFoundError:
        return []
    except OSError as error:
        return [_at(destination, "destination-taken", f"the folder cannot be used: {error.strerror}")]
    return [_at(destination, "destination-taken", f"the folder is not empty: it holds {taken[0].path}")] if taken else []


def _at(destination: Path, code: str, says: str) -> Problem:
    return Problem(code=code, where=Location(path=destination.as_posix(), in_catalog=False), says=says,
                   fix="Name a new folder.")


def _exported(exporting: Exporting, format_name: str, speech: Speech) -> list[Problem]:
    try:
        exported = _jkan(exporting) if format_name == "jkan" else _form(exporting, format_name)
        replace_file(exporting.destination / REPORT, as_markdown(exported).encode())
    except OSError as error:
        return [_at(exporting.destination, "output-unwritable", f"the files could not be written: {error.strerror}")]
    speech.say(f"{as_text(exported)}\n{exporting.destination / REPORT} names each of them.")
    return []


def _jkan(exporting: Exporting) -> Exported:
    exported = export_jkan(records_of(exporting.tree))
    bodies = exporting.bodies
    _write(exporting, exported.files, {path: bodies[home] for path, home in exported.copies.items() if home in bodies})
    return exported


def _form(exporting: Exporting, format_name: str) -> Exported:
    catalog = link(exporting.loaded, exporting.tables, exporting.build)
    form = FORMS[format_name](catalog, exporting.build)
    bodies = exporting.bodies
    _write(exporting, form.files, {path: bodies[home] for path, home in form.data.items() if home in bodies})
    source = source_of((exporting.destination / form.source).as_posix(), exporting.folders[1] / "answers")
    assert not isinstance(source, Problem)     # it has just been written
    imported = importer(format_name)(source, Wishes(today=today()))
    before = records_of(exporting.tree)
    left = left_behind(before, records_of(MemoryTree(imported.files)), form.identifiers)
    return Exported(format=form.name, datasets=len(before.room("datasets")), left=left)


def _write(exporting: Exporting, files: Mapping[str, str | bytes], data: Mapping[str, Published]) -> None:
    exporting.destination.mkdir(parents=True, exist_ok=True)   # also where no dataset has what the form is made of
    for path, text in files.items():
        replace_file(exporting.destination / path, text.encode() if isinstance(text, str) else text, sync=False)
    for path, published in data.items():
        body = published.body
        stream = exporting.tree.open(body.path) if isinstance(body, CopyOf) else open_file(Path(body.path))
        (exporting.destination / path).parent.mkdir(parents=True, exist_ok=True)
        write_new(exporting.destination / path, read_pieces(stream))
