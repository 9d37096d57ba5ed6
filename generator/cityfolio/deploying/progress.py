"""What is seen while files are on their way: a bar with bytes and rate on a terminal, a line a stage elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import click

from cityfolio.speech import Speech

Told = Callable[[str, int], None]


@contextmanager
def moving(speech: Speech, total: int | None = None) -> Iterator[Told]:
    """A function that is told what is being done, and how many bytes that has moved. `total` is the most there can be."""
    if speech.quiet or speech.form != "text":
        yield lambda doing, size: None
    elif speech.terminal and not speech.verbose:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

        columns = (TextColumn("{task.description:<20}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Deploying", total=total)
            yield lambda doing, size: bar.update(task, description=doing, advance=size)
    else:
        yield _Lines().told


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
