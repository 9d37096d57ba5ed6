"""The command `cityfolio usage`: arguments to calls, results to words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from cityfolio.keeping.usage.addresses import Addresses
from cityfolio.keeping.usage.counting import Counting, Told
from cityfolio.keeping.usage.lines import Reader
from cityfolio.keeping.usage.logs import Unreadable, lines_of
from cityfolio.keeping.usage.merged import Merged, merged
from cityfolio.load.usage import PATH, kept_usage, written_usage
from cityfolio.model.health import Used
from cityfolio.moving.folder import catalog_folder, opened, shown, written
from cityfolio.options import options, throwaway_key
from cityfolio.speech import Speech

LEAST_UNDERSTOOD = 0.5               # of the lines of a log; with less it is in another format than any known one


@click.command("usage")
@click.argument("logs", metavar="LOG...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@options("catalog")
@click.option("--site-path", default="/", show_default=True, metavar="PATH", help="The path that the site is published below.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Lines for people, or JSON for programs.")
def usage(logs: tuple[Path, ...], catalog: Path, site_path: str, form: str) -> None:
    """Count in access logs how often each dataset was looked at and taken, and write it to usage.csv in the catalog.

    Logs may be in the Common, Combined, W3C, CloudFront, S3 or JSON format, packed with gzip or not; each is told apart by
    itself. Months that the logs are of replace what usage.csv had for them. Nothing about who asked is kept or printed: no
    address, no program, no page they came from. Exit codes: 0 fine, 1 a log could not be read, and nothing was written, 2 the
    command was used wrongly.
    """
    folder = catalog_folder(catalog)
    tree, loaded = opened(folder)
    speech = Speech.of("text", quiet=False, verbose=False, aside=form == "json")
    if not loaded.datasets:
        speech.report([each for each in loaded.problems if each.severity == "error" or each.code == "catalog-empty"],
                      shown(folder))
        sys.exit(1)
    counting = Counting(addresses=Addresses.of(loaded, site_path), key=throwaway_key())
    wrong = [says for path in logs if (says := _counted(path, counting))]
    before, problems = kept_usage(tree, {path for path, node in loaded.nodes.items() if node.kind == "file"})
    if wrong or problems:
        # What cannot be read in the file would be lost by writing it anew.
        speech.report(problems, shown(folder))
        speech.say("\n".join([*wrong, "Nothing was written."]))
        sys.exit(1)
    result = merged((each for _, each in before), counting.used(), counting.days)
    problems = written(folder, {PATH: written_usage(result.used)}) if counting.days else ()
    speech.report(problems, shown(folder))
    _say(form, counting, result, speech)
    sys.exit(1 if problems else 0)


def _counted(path: Path, counting: Counting) -> str:
    """Count one log, and say what is wrong with it."""
    reader, told = Reader(), counting.told
    lines, malformed = told.lines, told.malformed
    try:
        for line in lines_of(path):
            counting.take(reader.read(line))
    except Unreadable as unreadable:
        return f"{path}: {unreadable.says}."
    lines, malformed = told.lines - lines, told.malformed - malformed
    if malformed > lines * LEAST_UNDERSTOOD:
        return f"{path}: {malformed:,} of {lines:,} lines are in no format that is known."
    return ""


def _say(form: str, counting: Counting, result: Merged, speech: Speech) -> None:
    used, told = counting.used(), counting.told
    if form == "json":
        click.echo(json.dumps({"usage": [asdict(each) for each in used], "lines": asdict(told)}, indent=2))
    speech.say("\n".join([*(_months(used) if form == "text" else ()), *_kept(result, counting), _told(told)]))


def _months(used: Iterable[Used]) -> list[str]:
    rows = [("Month", "Dataset", "Views", "Downloads"),
            *((each.month, each.dataset, f"{each.views:,}", f"{each.downloads:,}") for each in used)]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    return [f"{month:<{widths[0]}}  {dataset:<{widths[1]}}  {views:>{widths[2]}}  {downloads:>{widths[3]}}"
            for month, dataset, views, downloads in rows]


def _kept(result: Merged, counting: Counting) -> list[str]:
    return [f"{month} stays as it was: these logs have {new:,} views and downloads of it, from {min(counting.days[month])} to "
            f"{max(counting.days[month])}, and {PATH} has {old:,}. To replace it, delete its lines first."
            for month, (old, new) in result.kept.items()]


def _told(told: Told) -> str:
    hint = "" if told.counted or told.elsewhere < told.lines else \
        "\nNo line is of a dataset. If the site is published below a path, name it with --site-path."
    return (f"{told.lines:,} lines: {told.counted:,} counted; {told.elsewhere:,} of no dataset, {told.bots:,} of bots, "
            f"{told.refused:,} answered with an error or sent on, {told.repeated:,} further parts of one view or download, "
            f"{told.by_pages:,} read by the site's own pages, {told.malformed:,} not understood.{hint}")
