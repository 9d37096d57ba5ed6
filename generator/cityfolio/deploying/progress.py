"""What is seen while files are on their way: a bar with bytes and rate on a terminal, a line a stage elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import click

from cityfolio.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Whom to tell what is being done with the bytes that it moved, and once how many bytes there will be."""

    told: Callable[[str, int], None] = lambda doing, size: None
    expects: Callable[[int], None] = lambda size: None


@contextmanager
def moving(speech: Speech) -> Iterator[Moving]:
    """Show what is on its way until it has arrived."""
    if speech.quiet or speech.form != "text":
        yield Moving()
    elif speech.terminal and not speech.verbose:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

        columns = (TextColumn("{task.description:<20}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Deploying", total=None)
            yield Moving(told=lambda doing, size: bar.update(task, description=doing, advance=size),
                         expects=lambda size: bar.update(task, total=size))
    else:
        yield Moving(told=_Lines().told)


class _Lines:
    """Prints the name of a stage when it begins."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.doing = ""

    def told(self, doing: str, size: int) -> None:
        """Print what is being done, once."""
        with self.lock:
            if doing != self.doing:
                self.doing = doing
                click.echo(doing[:1].upper() + doing[1:], err=True)
