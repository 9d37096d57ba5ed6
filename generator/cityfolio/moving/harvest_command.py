"""The command `cityfolio harvest`: arguments to calls, results to words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cityfolio.check.sources import unfit_sources
from cityfolio.folders import scratch_folder
from cityfolio.load.loaded import Loaded
from cityfolio.migrate.harvest.harvest import Harvest, Order, harvest
from cityfolio.migrate.harvest.report import as_markdown, as_text
from cityfolio.migrate.harvest.source import brought
from cityfolio.model.records import SourceRecord
from cityfolio.moving.folder import catalog_folder, opened, shown, written
from cityfolio.options import options, today
from cityfolio.problems import Problem, stops
from cityfolio.speech import Speech


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
    problems: list[Problem] = [*unfit_sources(loaded), *(each for each in loaded.problems if each.where.path == "site.yaml")]
    if stops(problems, strict=False):
        speech.report(problems, shown(folder))
        sys.exit(1)
    for identifier in _chosen(loaded, sources):
        found = _harvested(folder, loaded, identifier, given)
        problems += found.problems
        if found.outcomes:
            speech.say(as_text(identifier, found.outcomes))
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


def _harvested(folder: Path, loaded: Loaded, identifier: str, given: Mapping[str, Any]) -> Harvest:  # Any: the options
    assert loaded.site is not None
    source = loaded.site.record.sources[identifier]
    with scratch_folder() as scratch:
        found = brought(source, folder, scratch / "answers", today=today())
        if isinstance(found, Problem):
            return Harvest(problems=(found,))
        tree, _ = opened(folder)     # as the source before left it
        order = Order(id=identifier, source=source, today=today(), settles=given["settle"], may_shrink=given["may_shrink"])
        made = harvest(tree, found.imported, found.read, order)
    if given["dry_run"] or not made.writes:
        return made
    report = as_markdown(source.title or identifier, made.outcomes)
    failed = written(folder, {**made.writes, f"reports/harvest-{identifier}.md": report})
    return Harvest(writes=made.writes, outcomes=made.outcomes, problems=(*made.problems, *failed))
