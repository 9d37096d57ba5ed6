"""The command `cityfolio describe`: arguments to calls, results to words."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from cityfolio.describe.draft import as_json, draft
from cityfolio.describe.seen import Seen, look
from cityfolio.files import FolderTree, write_new
from cityfolio.model.records import ENCODINGS, FileRecord
from cityfolio.options import options
from cityfolio.problems import as_json as problems_as_json, stops
from cityfolio.speech import Speech
from cityfolio.tables.readers import READERS, is_table
from cityfolio.tables.table import TableJob

LONGEST_WORD = 40


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--sheet", metavar="NAME",
              help="The sheet of a spreadsheet, or the layer of a map file. Needed where there are several.")
@click.option("--header-row", type=click.IntRange(min=1), metavar="N", default=1, show_default=True,
              help="The line or row that names the columns.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="How the file's characters are stored.")
@click.option("--delimiter", type=click.Choice((",", ";", "|", "tab")), help="What stands between fields.")
@click.option("--empty", metavar="WORD", multiple=True, help="A word that stands for no value. May be given several times.")
@click.option("--output", metavar="FILE", type=click.Path(path_type=Path),
              help="A new file to write to, in place of standard output. One that exists is never overwritten.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A dictionary in YAML for people, or the whole profile in JSON for programs.")
@options("quiet", "verbose")
def describe(file: Path, output: Path | None, form: str, quiet: bool, **given: Any) -> None:  # Any: as the options declare
    """Write a first dictionary of a data file, with what was seen in its rows, for a person to finish.

    FILE may be of any format that is read as a table. Columns that may hold personal data are pointed out, and nothing that
    stands in them is shown.
    """
    # What is written to standard output must be YAML alone, or JSON alone.
    speech = Speech.of(form, quiet=quiet, verbose=given.pop("verbose"), aside=form == "text" and output is None)
    _refuse_wrong_usage(file, output, given["empty"])
    seen = look(FolderTree(file.parent), _job(file, **given))
    found = seen.report.problems
    if form == "text" or output is not None:
        speech.report(found, "" if file.parent == Path() else file.parent.as_posix())
    text = _text(seen, form, file.parent)
    if text and output is not None:
        _write(output, text)
        speech.say(f"{output} holds a first dictionary of {file.name}." if form == "text" else f"{output} holds a profile.")
    elif text:
        click.echo(text, nl=False)
    sys.exit(1 if stops(found, strict=False) else 0)


def _refuse_wrong_usage(file: Path, output: Path | None, empty: tuple[str, ...]) -> None:
    if not is_table(file.name):
        raise click.UsageError(f"{file.name} is of no format that is read as a table: {', '.join(READERS)}.")
    if any(len(word) > LONGEST_WORD or not word.strip() for word in empty):
        raise click.BadParameter(f"a word for no value has up to {LONGEST_WORD} characters, and not only spaces",
                                 param_hint="--empty")
    if output is not None and os.path.lexists(output):
        raise click.BadParameter(f"{output} exists already, and nothing is overwritten", param_hint="--output")


def _job(file: Path, **given: Any) -> TableJob:   # Any: as the options declare
    return TableJob(path=file.name, size_bytes=file.stat().st_size, file=FileRecord(path=file.name, **given))


def _text(seen: Seen, form: str, folder: Path) -> str:
    """What is written: a dictionary, or a profile with the problems; no dictionary of a file that could not be read."""
    profile = seen.report.profile
    if form == "text":
        return draft(seen, profile) if profile else ""
    problems = problems_as_json(seen.report.problems, "" if folder == Path() else folder.as_posix())
    whole = problems | (as_json(seen, profile) if profile else {"profile": None})
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _write(output: Path, text: str) -> None:
    try:
        write_new(output, [text.encode()])
    except OSError as error:
        raise click.BadParameter(f"{output} cannot be written: {error.strerror or error}", param_hint="--output") from error
