"""Readers of plugins, as tables are read: what one raises ends the reading of that file, with a problem that names both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, TypeVar

from cityfolio.plugins.found import Plugins
from cityfolio.plugins.hooks import Reader
from cityfolio.problems import Location, Problem
from cityfolio.tables.table import Added, Portion, Reading, TableJob, Unreadable

T = TypeVar("T")
LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True)
class GuardedReader:
    """A reader that is sent to the process which reads a file, so it is a function of a module that can be imported there."""

    plugin: str
    read: Reader

    def __call__(self, stream: BinaryIO, job: TableJob) -> Reading:
        """Open a file."""
        reading: object = self._called(job, lambda: self.read(stream, job))
        if not isinstance(reading, Reading):
            raise Unreadable(self._fault(job, f"gave a {type(reading).__name__} in `readers`, where a Reading is asked for"))
        if reading.table is None:
            return reading
        return replace(reading, table=replace(reading.table, portions=_Portions(self, job, reading.table.portions)))

    def _called(self, job: TableJob, call: Callable[[], T]) -> T:
        try:
            return call()
        except (Unreadable, MemoryError, OSError):
            raise                  # those mean something to who reads tables
        except (Exception, SystemExit) as error:   # it is told as what it is: a fault of that plugin
            message = " ".join(str(error).split())[:LONGEST_MESSAGE]
            said = f"{type(error).__name__}: {message}" if message and not job.hides_values else type(error).__name__
            raise Unreadable(self._fault(job, f"failed in `readers`: {said}")) from error

    def _fault(self, job: TableJob, says: str) -> Problem:
        return Problem(code="plugin-fault", where=Location(path=job.path), says=f'the plugin "{self.plugin}" {says}',
                       fix="Mend the plugin, or tell who wrote it. To publish the file without reading it, write "
                           "`look_inside: false` in its entry.")

    def portions(self, job: TableJob, given: Iterable[Portion]) -> Iterator[Portion]:
        """The rows of a file, one portion after the other."""
        rows, end = iter(given), object()
        while (portion := self._called(job, lambda: next(rows, end))) is not end:
            yield portion  # type: ignore[misc]  # all but the end


@dataclass(frozen=True, slots=True)
class _Portions:
    """Rows that can be gone through as often as those of the plugin can."""

    reader: GuardedReader
    job: TableJob
    given: Iterable[Portion]

    def __iter__(self) -> Iterator[Portion]:
        return self.reader.portions(self.job, self.given)


def readers_of(plugins: Plugins) -> Mapping[str, Added]:
    """The readers of plugins, by the format in small letters."""
    return {name.casefold(): Added(reader=GuardedReader(used.name, each), digest=f"{used.name} {used.digest}")
            for used in plugins.used for name, each in used.plugin.readers.items()}
