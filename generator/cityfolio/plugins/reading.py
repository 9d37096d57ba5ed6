"""Readers of plugins, as tables are read: what one raises ends the reading of that file, with a problem that names both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO, TypeVar

from cityfolio.frozen import Frozen, replace
from cityfolio.plugins.guard import OF_THE_MACHINE, aside, failure
from cityfolio.plugins.hooks import Reader
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.texts import a_kind, is_text
from cityfolio.problems import Location, Problem
from cityfolio.tables.table import Added, Portion, Reading, Table, TableJob, Unreadable

T = TypeVar("T")


class GuardedReader(Frozen):
    """A reader that is sent to the process which reads a file, so it is a function of a module that can be imported there."""

    plugin: str
    folder: str                   # of its modules, as tracebacks have it
    read: Reader

    def __call__(self, stream: BinaryIO, job: TableJob) -> Reading:
        """Open a file."""
        reading: object = self._called(job, lambda: self.read(stream, job))
        if not isinstance(reading, Reading):
            raise Unreadable(self._fault(job, f"gave {a_kind(reading)} in `readers`, where a Reading is asked for"))
        if reading.table is None:
            return reading
        if wrong := _wrong_with(reading.table):
            raise Unreadable(self._fault(job, f"gave a Reading in `readers` with {wrong}"))
        return replace(reading, table=replace(reading.table, portions=_Portions(self, job, reading.table.portions)))

    def _called(self, job: TableJob, call: Callable[[], T]) -> T:
        try:
            return aside(call)
        except (Unreadable, MemoryError, KeyboardInterrupt):
            raise                  # those mean something to who reads tables
        except BaseException as error:   # it is told as what it is: a fault of that plugin
            if isinstance(error, OSError) and error.errno in OF_THE_MACHINE:
                raise
            # Of a file that holds personal data, what was raised could say a value.
            hidden = f"failed in `readers`: {type(error).__name__}"
            says = hidden if job.hides_values else failure("readers", error, self.folder)
            raise Unreadable(self._fault(job, says)) from error

    def _fault(self, job: TableJob, says: str) -> Problem:
        return Problem(code="plugin-fault", where=Location(path=job.path), says=f'the plugin "{self.plugin}" {says}',
                       fix="Mend the plugin, or tell who wrote it. To publish the file without reading it, write "
                           "`look_inside: false` in its entry.")

    def portions(self, job: TableJob, given: Iterable[Portion]) -> Iterator[Portion]:
        """The rows of a file, one portion after the other."""
        rows, end = self._called(job, lambda: iter(given)), object()
        while (portion := self._called(job, lambda: next(rows, end))) is not end:
            if isinstance(portion, (list, tuple)) or not all(hasattr(portion, name) for name in ("rows", "texts", "array")):
                raise Unreadable(self._fault(job, f"gave {a_kind(portion)} in `readers` among the portions of a "
                                                  "table; `in_portions` makes them of rows"))
            yield portion  # type: ignore[misc]  # all but the end


class _Portions(Frozen):
    """Rows that can be gone through as often as those of the plugin can."""

    reader: GuardedReader
    job: TableJob
    given: Iterable[Portion]

    def __iter__(self) -> Iterator[Portion]:
        return self.reader.portions(self.job, self.given)


def _wrong_with(table: object) -> str:
    """What is wrong with a table as it was opened; "" where nothing is."""
    if not isinstance(table, Table):
        return f"{a_kind(table)} where a Table is asked for"
    header: object = table.header
    if not isinstance(header, tuple) or not all(is_text(name) and name for name in header) or len(set(header)) < len(header):
        return "a header that is no tuple of names, each once"
    return "" if isinstance(table.portions, Iterable) else f"{a_kind(table.portions)} as the portions of its table"


def readers_of(plugins: Plugins) -> Mapping[str, Added]:
    """The readers of plugins, by the format in small letters."""
    return {name.casefold(): Added(reader=GuardedReader(used.name, used.folder, each), digest=f"{used.name} {used.digest}")
            for used in plugins.used for name, each in used.plugin.readers.items()}
