"""The command `cityfolio harvest`: arguments to calls, results to words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cityfolio.check.sources import unfit_sources
from cityfolio.files import FolderTree
from cityfolio.folders import scratch_folder
from cityfolio.frozen import replace
from cityfolio.load.loaded import Loaded
from cityfolio.migrate.harvest.harvest import harvest
from cityfolio.migrate.harvest.kept_answers import drop_others
from cityfolio.migrate.harvest.order import Harvest, Order
from cityfolio.migrate.harvest.report import as_markdown, as_text
from cityfolio.migrate.harvest.source import Brought, Place, brought
from cityfolio.model.records import SourceRecord
from cityfolio.moving.folder import catalog_folder, opened, shown, written
from cityfolio.options import options, today
from cityfolio.problems import Problem, stops
from cityfolio.speech import Speech

OF_THE_SITE = ("", "site.yaml")   # where what is wrong leaves no sources to be read: the folder itself, and its settings
NONE_RETIRED = " Nothing is taken for gone this time."


@click.command("harvest")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@options("catalog")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--settle", is_flag=True, help="Keep what the catalog says in every conflict, and show none of them again.")
@click.option("--may-shrink", is_flag=True, help="Retire datasets also where a source lists less than half of the last time.")
@options("format", "quiet")
def harvest_sources(sources: tuple[str, ...], catalog: Path, form: str, quiet: bool, **given: bool) -> None:
    """Bring in what changed at the portals that `sources:` in site.yaml names: SOURCE by its id there, or all of them.

    Files of the catalog change as a person would change them, for you to look at and commit. What was changed here stays, and
    where both sides changed the same it is shown. A dataset that a portal no longer lists is retired, and never deleted.
    """
    speech = Speech.of(form, quiet=quiet, verbose=False)
    folder = catalog_folder(catalog)
    _, loaded = opened(folder)
    problems: list[Problem] = [*unfit_sources(loaded), *(each for each in loaded.problems if each.where.path in OF_THE_SITE)]
    if stops(problems, strict=False):
        speech.report(problems, shown(folder))
        sys.exit(1)
    chosen = _chosen(loaded, sources)
    drop_others(folder, loaded.site.record.sources if loaded.site else ())
    for identifier in chosen:
        found = _harvested(folder, loaded, identifier, given, speech)
        problems += found.problems
        if found.outcomes:
            speech.say(as_text(identifier, found.outcomes, found.missed))
    speech.report(problems, shown(folder))
    sys.exit(1 if stops(problems, strict=False) else 0)


def _chosen(loaded: Loaded, asked: tuple[str, ...]) -> tuple[str, ...]:
    known: Mapping[str, SourceRecord] = loaded.site.record.sources if loaded.site else {}
    for each in asked:
        if each not in known:
            raise click.UsageError(f'site.yaml has no source "{each}"; it has {", ".join(known) or "none"}.')
    if not known:
        raise click.UsageError("site.yaml names no sources: write sources: {ID: {title: , format: , url: }}.")
    return asked or tuple(known)


def _harvested(folder: Path, loaded: Loaded, identifier: str, given: Mapping[str, Any],  # Any: the options
               speech: Speech) -> Harvest:
    assert loaded.site is not None
    source = loaded.site.record.sources[identifier]
    with scratch_folder() as scratch:
        found = brought(source, Place(catalog=folder, id=identifier, spare=scratch / "answers"), today=today())
        if isinstance(found, Problem):
            return Harvest(problems=(found,))
        if found.says:
            speech.say(f"{identifier}: {found.says}.{'' if found.is_of_one_time else NONE_RETIRED}")
        made = _compared(folder, identifier, source, found, given)
        found.end()
    return made


def _compared(folder: Path, identifier: str, source: SourceRecord, found: Brought,
              given: Mapping[str, Any]) -> Harvest:  # Any: the options
    order = Order(id=identifier, source=source, today=today(), settles=given["settle"], may_shrink=given["may_shrink"],
                  may_retire=found.is_of_one_time)
    made = harvest(FolderTree(folder), found.imported, found.read, order)
    if given["dry_run"] or not (made.writes or made.removes):
        return made
    report = as_markdown(source.title or identifier, made.outcomes, made.missed)
    failed = written(folder, {**made.writes, f"reports/harvest-{identifier}.md": report}, made.removes)
    return replace(made, problems=(*made.problems, *failed))
