"""The commands `cityfolio measures`, `measures explain` and `measures close`: arguments to calls, results to words."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from cityfolio.measuring.close import Closed, close_periods
from cityfolio.measuring.explanation import explained, periods_of
from cityfolio.measuring.reckoning import Reckoned, reckoning
from cityfolio.measuring.table import as_json, as_text, measures_of
from cityfolio.model.measured import Measure
from cityfolio.model.periods import grain_of
from cityfolio.options import options
from cityfolio.problems import did_you_mean, stops
from cityfolio.speech import Speech

COMMON = ("catalog", "as-of", "fetch", "workers", "no-cache")


class Period(click.ParamType[str]):
    """The name of a period that exists."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # Any: click's signature
        """Read it, or fail with wrong usage."""
        if grain_of(str(value)) is None:
            self.fail(f'"{value}" is not a period that exists; write 2026-06, 2026-Q2, 2026, FY2026, 2026-W07 or 2026-06-30',
                      param, ctx)
        return str(value)


@click.group("measures", invoke_without_command=True)
@options(*COMMON)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A table for people, or JSON for programs.")
@click.pass_context
def measures(context: click.Context, /, form: str, **given: Any) -> None:   # Any: as the options declare
    """Say where each measure stands: its newest value, what is expected, and its status.

    With a command, do more with them. Exit codes: 0 fine, 1 problems were found, 2 the command was used wrongly.
    """
    if context.invoked_subcommand is not None:
        # What is given before the command holds for it too.
        context.default_map = {context.invoked_subcommand: given}
        return
    with reckoning(given) as reckoned:
        found = measures_of(reckoned)
        # What is written to standard output must be JSON alone.
        Speech.of("text", quiet=False, verbose=False, aside=form == "json").report(reckoned.problems, reckoned.root)
        if form == "json":
            click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        elif found:
            click.echo(as_text(found, os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None))
        elif not reckoned.has_errors:
            click.echo("There are no measures: each is a file measures/ID/measure.yaml.")
        sys.exit(1 if reckoned.has_errors else 0)


@measures.command()
@click.argument("identifier", metavar="ID")
@options(*COMMON)
@click.option("--period", type=Period(), metavar="PERIOD", help="The period to explain. The newest, if none is given.")
def explain(identifier: str, period: str | None, **given: Any) -> None:   # Any: as the options declare
    """Show each step of the arithmetic behind a measure, with its numbers.

    From the rows that are counted to the value, the target in force, what is expected by then, the gap, the status and the
    trend.
    """
    with reckoning(given) as reckoned:
        _known(reckoned, [identifier])
        told = [each for each in reckoned.problems
                if each.severity == "error" or each.where.path.startswith(f"measures/{identifier}/")]
        Speech.of("text", quiet=False, verbose=False).report(told, reckoned.root)
        for each in measures_of(reckoned):
            if each.id == identifier:
                _refuse_unknown(each, period)
                click.echo(explained(each, period))
        sys.exit(1 if reckoned.has_errors else 0)


@measures.command()
@click.argument("period", metavar="[PERIOD]", type=Period(), required=False)
@options(*COMMON)
@click.option("--measure", "chosen", metavar="ID", multiple=True,
              help="A measure. May be given several times; all of them, if not given.")
@click.option("--until", type=Period(), metavar="PERIOD",
              help="In place of PERIOD: close all periods that end by its end, whatever their length.")
def close(period: str | None, until: str | None, chosen: tuple[str, ...], **given: Any) -> None:   # Any: as the options declare
    """Write down the values of a period that is over, for review: PERIOD of every measure that has such periods.

    Lines are added to measures/ID/observations.csv, and to closed-rows.csv beside it where the rows are published. From then
    on a build that would change one of the values stops. To change one, write a note under `revisions:` in measure.yaml, and
    close the period again. A period that is not over, or whose data is not complete, is not closed.
    """
    if (period is None) == (until is None):
        raise click.UsageError("name one period, or all periods up to one with --until.")
    with reckoning(given) as reckoned:
        _known(reckoned, chosen)
        speech = Speech.of("text", quiet=False, verbose=False)
        if reckoned.has_errors:
            speech.report(reckoned.problems, reckoned.root)
            speech.say("Nothing was closed.")
            sys.exit(1)
        wanted = close_periods(reckoned, chosen, period=period, until=until)
        if not wanted.measures:
            raise click.UsageError(f"no measure has periods such as {period or until}.")
        speech.report(wanted.problems, reckoned.root)
        speech.say(_added(wanted))
        sys.exit(1 if stops(wanted.problems, strict=False) else 0)


def _added(closed: Closed) -> str:
    lines = [f"{each.path}: {each.says}" for each in closed.added]
    return "\n".join(lines) if lines else "Nothing to add."


def _known(reckoned: Reckoned, identifiers: Sequence[str]) -> None:
    for each in identifiers:
        if not reckoned.loaded.knows("measures", each):
            raise click.UsageError(f'there is no measure "{each}". {did_you_mean(each, reckoned.loaded.measures)}')


def _refuse_unknown(measure: Measure, period: str | None) -> None:
    known = periods_of(measure)
    if period is not None and period not in known:
        raise click.UsageError(f"{measure.id} has no period {period}"
                               + (f"; it has those from {known[0]} to {known[-1]}." if known else "; it has none yet."))
