"""What is seen while files are on their way: a bar with bytes and rate on a terminal, a line a stage elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

import click

from cityfolio.frozen import Frozen
from cityfolio.speech import Speech

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SHORTEST_SECONDS = 1.0      # a pause that is worth a word


class Moving(Frozen, kw_only=True):
    """Whom to tell what is being done with the bytes that it moved, once how many there will be, and of each pause."""

    told: Callable[[str, int], None] = lambda doing, size: None
    expects: Callable[[int], None] = lambda size: None
    waits: Callable[[float, str], None] = lambda seconds, says: None


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
            shown = _Bar(bar, bar.add_task("Deploying", total=None))
            yield Moving(told=shown.told, expects=shown.expects, waits=shown.waits)
    else:
        lines = _Lines()
        yield Moving(told=lines.told, waits=lines.waits)


class _Bar:
    """Moves a bar that names what is being done, or what is waited for."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self.bar = bar
        self.task = task

    def told(self, doing: str, size: int) -> None:
        """Name what is being done."""
        self.bar.update(self.task, description=_capital(doing), advance=size)

    def expects(self, size: int) -> None:
        """Know where the end is."""
        self.bar.update(self.task, total=size)

    def waits(self, seconds: float, says: str) -> None:
        """Say that the host is waited for, and how long."""
        if seconds >= SHORTEST_SECONDS:
            self.bar.update(self.task, description=f"Waiting {seconds:.0f} s")


class _Lines:
    """Prints the name of a stage when it begins, and why a host is waited for: each once."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.said: set[str] = set()

    def told(self, doing: str, size: int) -> None:
        """Print what is being done."""
        self._once(doing, _capital(doing))

    def waits(self, seconds: float, says: str) -> None:
        """Print that the host is waited for; shorter pauses are nobody's business."""
        if seconds >= SHORTEST_SECONDS:
            self._once("waiting", f"Waiting {seconds:.0f} s: {says}. Further pauses are not told.")

    def _once(self, key: str, line: str) -> None:
        with self.lock:
            if key not in self.said:
                self.said.add(key)
                click.echo(line, err=True)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
