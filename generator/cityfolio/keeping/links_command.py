"""The command `cityfolio links`: arguments to calls, results to words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from cityfolio.fetch.question import Patience
from cityfolio.files import FolderTree
from cityfolio.frozen import Frozen
from cityfolio.keeping.links.addresses import addresses
from cityfolio.keeping.links.asking import Asking
from cityfolio.keeping.links.report import as_json, as_text
from cityfolio.keeping.links.rounds import found
from cityfolio.keeping.links.servers import server_of
from cityfolio.keeping.links.turns import Turns
from cityfolio.load.checked_links import Line, Unreadable, newest, path_of, read_lines, written_lines
from cityfolio.load.loaded import Loaded
from cityfolio.migrate.network.manner import MachineClock
from cityfolio.moving.folder import catalog_folder, opened, shown, written
from cityfolio.options import options, today
from cityfolio.problems import Problem
from cityfolio.speech import Speech

PAUSE = 0.5                          # seconds between two questions to one server
WRITTEN_EVERY = 25                   # findings; after an end in the middle the rest is asked for the next time
HOSTS_ENOUGH = 3                     # when none of so many servers answers, it is rather this machine that is cut off
ALONE = "no server could be reached, so this machine seems to have no network. Nothing was written."
WITHOUT_SITE = ("", "site.yaml")


@click.command("links")
@options("catalog")
@click.option("--only", metavar="HOST", multiple=True, help="Ask this server alone. May be given several times.")
@click.option("--again-after", "days", type=click.IntRange(0), default=1, show_default=True, metavar="DAYS",
              help="Ask again for what was well when that is so many days ago; 0 asks for everything again.")
@click.option("--allow-private", is_flag=True, help="Ask servers inside this network too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Lines for people, or JSON for programs.")
def links(catalog: Path, form: str, **given: Any) -> None:   # Any: as the options declare
    """Ask for every address that the catalog names, and say which lead nowhere, with the file and line.

    Servers are asked side by side, each one question at a time and with pauses. What is found is written to links/DATE.csv in
    the catalog, from which the site tells it. What was asked for today is not asked for again. Exit codes: 0 all is well, 1
    something is broken, 2 the command was used wrongly.
    """
    folder = catalog_folder(catalog)
    tree, loaded = opened(folder)
    speech = Speech.of("text", quiet=False, verbose=False, aside=form == "json")
    lacking = tuple(each for each in loaded.problems if each.severity == "error" and each.where.path in WITHOUT_SITE)
    if lacking:
        speech.report(lacking, shown(folder))
        sys.exit(1)
    places, day = addresses(loaded), today()
    known = {url: line for url, line in _before(tree, loaded).items() if url in places}
    wanted = [url for url in places if _is_due(known.get(url), day, given["days"]) and _is_chosen(url, given["only"])]
    speech.say(_beginning(wanted, len(places)))
    asking = Asking(turns=Turns(clock=MachineClock(), pause=PAUSE), patience=Patience(may_be_local=given["allow_private"]))
    problems = _Round(known=known, day=day, folder=folder).go(wanted, asking)
    speech.report(problems, shown(folder))
    click.echo(json.dumps(as_json(known.values(), places, shown(folder)), ensure_ascii=False, indent=2) if form == "json"
               else as_text(tuple(known.values()), places, shown(folder)))
    sys.exit(1 if problems or any(not line.link.is_well for line in known.values()) else 0)


class _Round(Frozen, kw_only=True):
    """What is known of each address, and where it is written."""

    known: dict[str, Line]
    day: date
    folder: Path

    def go(self, wanted: Sequence[str], asking: Asking) -> tuple[Problem, ...]:
        """Ask for each, and write what is known every now and then and at the end, whatever ends it."""
        is_heard = len(_hosts(wanted)) < HOSTS_ENOUGH   # that there is a network at all
        count, problems = 0, tuple[Problem, ...]()
        try:
            with click.progressbar(found(wanted, asking), length=len(wanted), file=sys.stderr, hidden=not sys.stderr.isatty(),
                                   label="Asking") as bar:
                for count, link in enumerate(bar, 1):
                    self.known[link.url] = Line(link=link, checked=self.day)
                    is_heard |= link.status is not None
                    if is_heard and count % WRITTEN_EVERY == 0:
                        self.write()
        finally:
            if is_heard and count:
                problems = self.write()
        if not is_heard:
            raise click.ClickException(ALONE)
        return problems

    def write(self) -> tuple[Problem, ...]:
        return written(self.folder, {path_of(self.day): written_lines(self.known.values())})


def _before(tree: FolderTree, loaded: Loaded) -> Mapping[str, Line]:
    path = newest(each.path for each in loaded.nodes.values() if each.kind == "file")
    try:
        return read_lines(tree.read(path)) if path else {}
    except (OSError, Unreadable):
        return {}   # the build says what is wrong with it; here everything is asked for anew


def _is_due(line: Line | None, day: date, days: int) -> bool:
    if line is None or days == 0:
        return True
    return line.checked < day and (not line.link.is_well or line.checked <= day - timedelta(days=days))


def _is_chosen(url: str, hosts: Iterable[str]) -> bool:
    chosen = {host.lower() for host in hosts}
    parts = urlsplit(url)
    return not chosen or bool({(parts.hostname or "").lower(), parts.netloc.lower()} & chosen)


def _hosts(urls: Iterable[str]) -> set[str]:
    return {server_of(url) for url in urls}


def _beginning(wanted: list[str], every: int) -> str:
    return f"Asking for {len(wanted):,} of {every:,} addresses, at {len(_hosts(wanted)):,} servers." if wanted else \
        f"None of {every:,} addresses has to be asked for."
