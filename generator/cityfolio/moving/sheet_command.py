"""The commands `cityfolio sheet export` and `cityfolio sheet import`: arguments to calls, results to words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from cityfolio.files import Tree, read_bytes, replace_file
from cityfolio.load.licenses import BUILT_IN
from cityfolio.load.loaded import Loaded
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.sheet.exporting import workbook
from cityfolio.migrate.sheet.importing import Edits, edits, sheets_of
from cityfolio.migrate.sheet.read import read_book
from cityfolio.migrate.yaml.edit import values_of
from cityfolio.moving.folder import catalog_folder, opened, shown, written
from cityfolio.options import options
from cityfolio.problems import Problem, stops
from cityfolio.speech import Speech

BOOK = click.Path(dir_okay=False, path_type=Path)


@click.group()
def sheet() -> None:
    """Edit the catalog's metadata in a spreadsheet program."""


@sheet.command("export")
@click.argument("file", metavar="FILE", type=BOOK)
@options("catalog")
@click.option("--force", is_flag=True, help="Write over a FILE that holds something else, such as changes not yet imported.")
@options("quiet")
def export_sheet(file: Path, catalog: Path, force: bool, quiet: bool) -> None:
    """Write what the catalog says of its datasets, files and columns into FILE, an .xlsx workbook."""
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file} is no name of a workbook: give one that ends in .xlsx.")
    speech = Speech.of("text", quiet=quiet, verbose=False)
    folder = catalog_folder(catalog)
    tree, loaded = opened(folder)
    _refuse_unread(loaded, speech, folder)
    rows = sheets_of(_values(_texts(tree, loaded)))
    body = workbook(rows, {room: sorted(ids) for room, ids in _known(loaded).items()})
    if not force and _holds_else(file, body):
        raise click.UsageError(f"{file} is there already, with something else in it: import it first, give another name, or "
                               "--force to write over it.")
    try:
        replace_file(file, body)
    except OSError as error:
        raise click.ClickException(f"{file} could not be written: {error.strerror}") from error
    speech.say(f"{file} holds " + ", ".join(f"{len(found):,} rows of {name}" for name, found in rows.items()) + ".")


@sheet.command("import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@options("catalog")
@click.option("--remove", "removing", metavar="ROW", multiple=True,
              help='Take out what a row was about that is gone from FILE, such as "Columns: trees / height". Can be repeated.')
@click.option("--dry-run", is_flag=True, help="Say what is wrong and how much would change, and change nothing.")
@options("format", "quiet")
def import_sheet(file: Path, catalog: Path, dry_run: bool, form: str, quiet: bool, **given: tuple[str, ...]) -> None:
    """Put what was changed in FILE into the catalog's files, and nothing else. Comments in them stay.

    Cells that the catalog cannot take are named, and the others are taken. New rows become datasets, files and columns. A row
    that is gone takes nothing with it: write yes under `remove` in the workbook, or name it with --remove. A dataset is
    retired, not deleted.
    """
    speech = Speech.of(form, quiet=quiet, verbose=False)
    folder = catalog_folder(catalog)
    tree, loaded = opened(folder)
    _refuse_unread(loaded, speech, folder)
    book = read_book(file.name, read_bytes(file))
    texts = _texts(tree, loaded)
    found = edits(book, texts, _values(texts), _known(loaded), given["removing"])
    if found.unknown:
        raise click.UsageError(f'--remove "{found.unknown[0]}" names no row that is gone from {file.name}.')
    failed = () if dry_run else written(folder, found.writes)
    problems = (*book.problems, *found.problems, *failed)
    speech.report(problems, shown(folder))
    if found.passed_over:
        speech.say(f"Columns of your own, passed over: {', '.join(found.passed_over)}.")
    speech.say(_summary(found, is_dry=dry_run))
    sys.exit(1 if stops(problems, strict=False) else 0)


def _summary(found: Edits, *, is_dry: bool) -> str:
    """What was done, in one sentence."""
    done = [(found.cells, "cell", "taken"), (len(found.added), "row", "added"), (len(found.removed), "row", "taken out"),
            (len(found.writes), "file", "changed")]
    would = "would be " if is_dry else ""
    said = [f"{number:,} {word}{'' if number == 1 else 's'} {would}{what}" for number, word, what in done
            if number or word != "row"]
    return f"{', '.join(said)}."


def _holds_else(file: Path, body: bytes) -> bool:
    """Whether a file would lose what it holds."""
    try:
        return read_bytes(file) != body
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _refuse_unread(loaded: Loaded, speech: Speech, folder: Path) -> None:
    """End here where files of the catalog cannot be read: a sheet without them would say that they are not there."""
    broken: list[Problem] = [each for each in loaded.problems if each.code.startswith("yaml-") and each.severity == "error"]
    if loaded.site is None or loaded.unread or broken:
        speech.report([each for each in loaded.problems if each.severity == "error"], shown(folder))
        sys.exit(1)


def _texts(tree: Tree, loaded: Loaded) -> dict[str, str]:
    documents = [each.document for room in (loaded.datasets, loaded.columns) for each in room.values()]
    return {document.path: tree.read(document.path).decode() for document in documents}


def _values(texts: Mapping[str, str]) -> dict[str, Values]:
    return {path: values_of(text) for path, text in texts.items()}


def _known(loaded: Loaded) -> dict[str, set[str]]:
    return {"publishers": {*loaded.publishers}, "topics": {*loaded.topics}, "licenses": {*BUILT_IN, *loaded.licenses},
            "columns": {*loaded.columns}, "datasets": {*loaded.datasets}}
