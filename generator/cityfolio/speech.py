"""What the command line says: problems, progress, and the summary that closes a run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count as count_from
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from cityfolio.problems import Problem, as_github, as_json, as_text, count
from cityfolio.unchanged import Made

if TYPE_CHECKING:     # a check of one file does not wait for all that a build needs
    from cityfolio.build import Result
    from cityfolio.publish.weights import Weight

SHOWN_AT_MOST = 200
DRAFTS_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What the end of a build is told from."""

    result: Result
    output: Path
    is_compared: bool = False  # with the addresses of a former site
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How to speak: results go to standard output, everything else to standard error when programs read the output."""

    form: str
    quiet: bool
    verbose: bool
    terminal: bool
    aside: bool = False           # problems go to standard error too, because the output is a document

    @classmethod
    def of(cls, form: str, *, quiet: bool, verbose: bool, aside: bool = False) -> Speech:
        """For the streams of this process."""
        return cls(form=form, quiet=quiet, verbose=verbose, terminal=sys.stderr.isatty(), aside=aside)

    def say(self, text: str) -> None:
        """Print a line for a person."""
        if not self.quiet:
            click.echo(text, err=self.aside or self.form != "text")

    def report(self, problems: Iterable[Problem], root: str) -> None:
        """Print problems in the chosen format. Advice is kept for `--verbose` and for programs."""
        found = tuple(problems)
        if self.form == "json":
            click.echo(json.dumps(as_json(found, root), ensure_ascii=False, indent=2))
        elif self.form == "github":
            click.echo(as_github(found, root), nl=False)
        else:
            shown = found if self.verbose else tuple(each for each in found if each.severity != "advice")
            click.echo(as_text(shown[:SHOWN_AT_MOST], root), nl=False, err=self.aside)
            if len(shown) > SHOWN_AT_MOST:
                click.echo(f"... and {len(shown) - SHOWN_AT_MOST:,} more; --format json prints them all.", err=self.aside)

    def say_checked(self, problems: tuple[Problem, ...], note: str = "", *, before: str = "") -> None:
        """Close a check."""
        self.say("\n".join([before + self._counted(problems), *([note] if note else [])]))

    def say_built(self, closing: Closing, seconds: float) -> None:
        """Close a build: what was made, what changed, what it weighs."""
        result = closing.result
        if not result.is_built:
            self.say("\n".join([f"{self._counted(result.problems)} The site was not built.", *closing.notes]))
            return
        self._say_site(made_of(result), closing, seconds)

    def say_unchanged(self, made: Made, output: Path, seconds: float) -> None:
        """Close a build that had nothing to do."""
        self.say("\n".join([f"Nothing changed since {output} was built: {_summary(made)}, looked through in {seconds:.1f} s.",
                            self._counted(made.problems), *_left_out(made.drafts)]))

    def _say_site(self, made: Made, closing: Closing, seconds: float) -> None:
        change = closing.result.written.change
        lines = [
            f"Built {closing.output}: {_summary(made)} in {seconds:.1f} s.",
            self._counted(made.problems),
            *_left_out(made.drafts),
            (
                f"Changed: {change.added:,} added, {change.changed:,} changed, {change.removed:,} removed, "
                f"{change.unchanged:,} unchanged."
            ),
            "Addresses were compared with those of the former site."
            if closing.is_compared
            else "Addresses were not compared: there is no former manifest.",
            *_weights(closing.result.written.weights),
        ]
        self.say("\n".join([*lines, *closing.notes]))

    def _counted(self, problems: tuple[Problem, ...]) -> str:
        errors, warnings, advice = (count(problems, severity) for severity in ("error", "warning", "advice"))
        if not problems:
            return "No problems."
        hint = " (see it with -v)" if advice and not self.verbose and self.form == "text" else ""
        return f"{_of(errors, 'error')}, {_of(warnings, 'warning')}, {advice:,} advice{hint}."

    def say_imported(self, report: str, destination: Path) -> None:
        """Close an import."""
        self.say(f"{report.rstrip()}\n\nNext:\n\n  cityfolio build --catalog {destination}")

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A function that is told when a stage begins: it moves a bar on a terminal, and prints a line elsewhere.

        What the machine refuses within bears a note of the stage.
        """
        begun = ""

        def begin(stage: str) -> None:
            nonlocal begun
            begun = stage
            show(stage)

        with self._shown() as show:
            try:
                yield begin
            except OSError as error:
                error.add_note(begun)
                raise

    @contextmanager
    def _shown(self) -> Iterator[Callable[[str], None]]:
        if self.quiet or self.form != "text":
            yield lambda stage: None
        elif self.terminal and not self.verbose:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (TextColumn("{task.description:<16}"), BarColumn())
            with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
                task, begun = bar.add_task("Loading", total=STAGES), count_from(0)
                # The bar shows what is done, so a stage counts when the next one begins.
                yield lambda stage: bar.update(task, description=stage, completed=next(begun))
        else:
            started = perf_counter()
            yield lambda stage: click.echo(f"{perf_counter() - started:6.2f} s  {stage}" if self.verbose else stage, err=True)


def made_of(result: Result) -> Made:
    """What a build made, in numbers."""
    datasets = result.catalog.datasets if result.catalog else ()
    return Made(datasets=len(datasets), files=sum(len(dataset.files) for dataset in datasets), pages=result.pages,
                drafts=result.drafts, problems=result.problems)


def _summary(made: Made) -> str:
    return ", ".join((_of(made.datasets, "dataset"), _of(made.files, "file"), _of(made.pages, "page")))


STAGES = 4  # loading, tables, pages, writing


def _weights(weights: Iterable[Weight]) -> list[str]:
    lines = [
        f"  {each.kind:<14} {each.gzipped / 1000:6.1f} {each.together / 1000:9.1f} kB {each.requests:>9}  {each.url}"
        for each in weights
    ]
    heading = ["Heaviest page of each type, compressed, alone and with all it loads, and its requests:"]
    return [*heading, *lines] if lines else []


def _left_out(drafts: tuple[str, ...]) -> list[str]:
    more = ", ..." if len(drafts) > DRAFTS_NAMED else ""
    return [f"Left out: {_of(len(drafts), 'draft')} ({', '.join(drafts[:DRAFTS_NAMED])}{more})."] if drafts else []


def _of(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
