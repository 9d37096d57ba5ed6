"""The command `cityfolio privacy`: files searched for personal data and secrets, before anyone else sees them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cityfolio.files import FolderTree
from cityfolio.keeping.searching import Searched, searched
from cityfolio.model.records import ENCODINGS, FileRecord
from cityfolio.problems import as_text as problems_as_text
from cityfolio.tables.readers import READERS, is_table
from cityfolio.tables.table import TableJob

NEXT = ("Take such a column out, make it coarser, or mark it `sensitive: true` under `columns:` in dataset.yaml, so that it\n"
        "is not published. Where it may be, say why under `release_review: acknowledged:`, with the column and the kind.")
OF_SECRETS = "Withdraw a key or password where it was given out; taking it out of the file is not enough."
NOTHING = ("Nothing that looks personal was found. A person should look all the same: no program knows what others can find\n"
           "out by joining tables.")


@click.command("privacy")
@click.argument("files", metavar="FILE...", nargs=-1, required=True,
                type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--header-row", type=click.IntRange(min=1), metavar="N", default=1, show_default=True,
              help="The line or row that names the columns.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="How the files' characters are stored.")
@click.option("--delimiter", type=click.Choice((",", ";", "|", "tab")), help="What stands between fields.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Sentences for people, or JSON for programs.")
def privacy(files: tuple[Path, ...], form: str, **given: Any) -> None:   # Any: as the options declare
    """Search data files for personal data, each table in them, and for keys and passwords.

    Each finding says the file, the column, the first row and why; no value is shown. FILE may be of any format that is read as
    a table, and need not be in a catalog.

    Exit codes: 0 nothing was found, 1 something was found, 2 the command was used wrongly, or a file could not be read.
    """
    for file in files:
        if not is_table(file.name):
            raise click.UsageError(f"{file.name} is of no format that is read as a table: {', '.join(READERS)}.")
    found = [(file, each) for file in files for each in searched(FolderTree(file.parent), _job(file, **given))]
    has_findings = any(each.findings for _, each in found)
    click.echo(_as_json(found) if form == "json" else _as_text(found))
    unread = [problem for _, each in found for problem in each.problems]
    if unread:
        click.echo("\n".join(problems_as_text(each.problems, _folder(file)).rstrip() for file, each in found if each.problems),
                   err=True)
    sys.exit(2 if unread else int(has_findings))


def _job(file: Path, **given: Any) -> TableJob:   # Any: as the options declare
    return TableJob(path=file.name, size_bytes=file.stat().st_size, file=FileRecord(path=file.name, **given))


def _folder(file: Path) -> str:
    return "" if file.parent == Path() else file.parent.as_posix()


def _as_json(found: Sequence[tuple[Path, Searched]]) -> str:
    findings = [finding | {"file": file.as_posix()} for file, each in found for finding in each.findings]
    return json.dumps({"findings": findings}, ensure_ascii=False, indent=2)


def _as_text(found: Sequence[tuple[Path, Searched]]) -> str:
    lines, has_secrets, read = list[str](), False, 0
    for file, each in found:
        place = f"{file.as_posix()}, {each.sheet}" if each.sheet else file.as_posix()
        lines += [f"{place}: column `{finding.column}`, first in row {finding.row:,}: {finding.why} [{finding.kind}]"
                  for finding in each.personal]
        lines += [f"{place}: line {finding.line:,}: {finding.why} [{finding.kind}]" for finding in each.secrets]
        has_secrets, read = has_secrets or bool(each.secrets), read + (not each.problems)
    if not lines:
        return NOTHING if read else "No table was read."
    return "\n".join([*lines, "", NEXT, *([OF_SECRETS] if has_secrets else [])])
