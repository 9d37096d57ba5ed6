"""The command `cityfolio import`: arguments to calls, results to words."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cityfolio.migrate.formats import FORMATS, NO_NETWORK, importer
from cityfolio.migrate.reading import is_address, source_of
from cityfolio.migrate.report import as_text
from cityfolio.migrate.source import Wishes
from cityfolio.migrate.write import write_imported
from cityfolio.options import options, today
from cityfolio.problems import Problem, stops
from cityfolio.speech import Speech


@click.command("import")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("source")
@click.argument("destination", metavar="DEST", type=click.Path(path_type=Path))
@click.option("--name", default="", help="The name of the site, if the source does not say.")
@click.option("--data", "with_data", is_flag=True, help="Bring rows along too, where the format can.")
@click.option("--answers", type=click.Path(path_type=Path), metavar="DIR",
              help="Where the answers of an address are kept, for a second run to go on from. DEST-answers, if none is given.")
@options("format", "quiet")
def import_catalog(format_name: str, source: str, destination: Path, form: str, quiet: bool,
                   **given: str | bool | Path | None) -> None:
    """Bring a catalog over from another portal into DEST, a new folder.

    FORMAT is one of jkan, data-json (DCAT-US 1.1 and 3.0), dcat-rdf (Turtle, RDF/XML, JSON-LD), data-package, ckan, arcgis-hub,
    socrata, opendatasoft, spreadsheet (a list of datasets, XLSX or CSV), open-sdg (indicators, with goals and measures). SOURCE
    is a file, a folder, or an address that starts with https://. Ends with a report of what came over, what was mended and what
    could not be.
    """
    if format_name in NO_NETWORK and is_address(source):
        raise click.UsageError(f"{format_name} is read from a folder: name a copy of it on this machine.")
    speech = Speech.of(form, quiet=quiet, verbose=True)
    answers = given["answers"]
    kept = answers if isinstance(answers, Path) else _beside(destination) if is_address(source) else destination
    opened = source_of(source, kept)
    if isinstance(opened, Problem):
        speech.report((opened,), "")
        sys.exit(1)
    wishes = Wishes(name=str(given["name"] or ""), today=today(), with_data=bool(given["with_data"]))
    imported = importer(format_name)(opened, wishes)
    problems = imported.problems
    # A record that cannot be read is named, and holds up none of the others.
    if imported.files:
        problems = (*problems, *write_imported(imported, opened.tree, destination))
    speech.report(problems, "" if is_address(source) else Path(source).as_posix())
    if imported.files and "destination-taken" not in {each.code for each in problems}:
        speech.say_imported(as_text(imported.report), destination)
    sys.exit(1 if stops(problems, strict=False) else 0)


def _beside(destination: Path) -> Path:
    """The folder for the answers of an address, beside the new one."""
    named = destination if destination.name not in ("", "..") else destination.resolve()   # "." has no name of its own
    if not named.name:
        raise click.UsageError(f"There is no place beside {destination}: name a new folder.")
    return named.with_name(f"{named.name}-answers")
