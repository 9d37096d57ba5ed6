"""The command `cityfolio set`: one value of the catalog changed, and nothing else in its file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from cityfolio.files import is_plain, read_bytes
from cityfolio.moving.folder import catalog_folder, shown, written
from cityfolio.options import options
from cityfolio.review.set_value import Target, target_of, with_value
from cityfolio.speech import Speech


@click.command("set")
@click.argument("path", metavar="PATH")
@click.argument("value", metavar="[VALUE]", required=False)
@click.option("--remove", "removing", is_flag=True, help="Take out what is there.")
@click.option("--from", "source", metavar="FILE", type=click.File("rb"),
              help="Take the value from FILE, or with - from standard input: for long texts.")
@options("catalog", "quiet")
def set_value(path: str, value: str | None, removing: bool, source: BinaryIO | None, **given: object) -> None:
    """Set one value of the catalog. Comments, order and everything else in its file stay.

    PATH is where the value is: datasets/trees/title, datasets/trees/columns/height/unit, site/name. Items of a list are
    counted from 0; `-` adds one: datasets/trees/keywords/-. Of a list of words VALUE may hold several, with commas between.

    What the catalog could not read is refused, with the reason, and the file stays as it is: exit code 1.
    """
    if sum((value is not None, removing, source is not None)) != 1:
        raise click.UsageError("give a VALUE, or --from FILE, or --remove.")
    target = target_of(path)
    if isinstance(target, str):
        raise click.UsageError(target)
    folder = catalog_folder(Path(str(given["catalog"])))
    speech = Speech.of("text", quiet=bool(given["quiet"]), verbose=False)
    said = None if removing else value if value is not None else _text(source)
    edit = with_value(target, _read(folder, target), said)
    if edit.wrong:
        raise click.UsageError(f"{path}: {edit.wrong}")
    problems = edit.problems or written(folder, {target.file: edit.body})
    speech.report(problems, shown(folder))
    if problems:
        speech.say(f"{folder / target.file} stays as it was.")
        sys.exit(1)
    speech.say(f"{folder / target.file} is changed.")


def _text(source: BinaryIO | None) -> str:
    try:
        return source.read().decode() if source else ""
    except UnicodeDecodeError as error:
        raise click.UsageError(f"what --from gives is not UTF-8: byte {error.start + 1} fits into no character.") from error


def _read(folder: Path, target: Target) -> bytes:
    if not is_plain(folder, target.file):
        raise click.UsageError(f"{folder / target.file} is not there.")
    try:
        return read_bytes(folder / target.file)
    except OSError as error:
        raise click.ClickException(f"{folder / target.file} could not be read: {error.strerror}") from error
