"""Formats of plugins that tables are offered in: each as tables know formats, and what does not work told as a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, TypeVar

from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import Document
from cityfolio.plugins.guard import FIX, OF_THE_MACHINE, Faulty, Used, aside, called, failure
from cityfolio.plugins.hooks import Fits, Writer
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.texts import a_kind
from cityfolio.problems import Location, Problem, did_you_mean
from cityfolio.tables.exports.formats import AddedFormat
from cityfolio.tables.exports.schema import ExportColumn, ExportTable, Fault, Unfit
from cityfolio.tables.table import Unreadable

T = TypeVar("T")
NO_EXPORT = "is no export of a plugin that is used"
NONE_HAS = "No plugin that is used has one. Name the plugin under `plugins:` in site.yaml, or take the word out."


class Away(Frozen):
    """What is known of a plugin in the process that reads a file, where its functions are called."""

    plugin: str
    folder: str

    def called(self, hook: str, call: Callable[[], T]) -> T:
        """What a call gives. Raises Fault for whatever means nothing to who makes files."""
        try:
            return aside(call)
        except (Unfit, Unreadable, Fault, MemoryError, KeyboardInterrupt):
            raise
        except BaseException as error:   # it is told as what it is: a fault of that plugin
            if isinstance(error, OSError) and error.errno in OF_THE_MACHINE:
                raise
            raise self.fault(failure(hook, error, self.folder)) from error

    def fault(self, says: str) -> Fault:
        """That it did something wrong."""
        return Fault(f'the plugin "{self.plugin}" {says}', FIX)


class GuardedWriter(Frozen):
    """What writes tables in a format. It is sent to the process that reads a file."""

    by: Away
    write: Writer

    def __call__(self, table: ExportTable, stream: BinaryIO) -> None:
        """Write a table."""
        given: object = self.by.called("exports", partial(self.write, table, stream))
        if given is not None:
            raise self.by.fault(f"gave {a_kind(given)} in `exports`, where nothing is asked for: what is to be in the "
                                "file is written into the stream")


class GuardedFits(Frozen):
    """Whether something is made for a table. What fails is told once, and then it is not made for any."""

    used: Used
    hook: str
    fits: Fits
    faults: dict[Problem, None]
    failed: list[Problem] = field(default_factory=list)

    def __call__(self, columns: tuple[ExportColumn, ...], where: Location) -> bool | None:
        """By its columns. None where that cannot be told."""
        if self.failed:
            return None
        try:
            given: object = called(self.used, self.hook, partial(self.fits, columns))
            if not isinstance(given, bool):
                raise Faulty(self.used.fault(f"gave {a_kind(given)} in `{self.hook}` as what `fits` says, "
                                             "where true or false is asked for"))
        except Faulty as faulty:
            self.failed.append(replace(faulty.problem, where=where))
            self.faults[self.failed[0]] = None
            return None
        return given


def exports_of(plugins: Plugins, faults: dict[Problem, None]) -> Mapping[str, AddedFormat]:
    """The formats of plugins, by the words that ask for them. What does not work is added to the faults as it is met."""
    found = ((used, each) for used in plugins.used for each in used.plugin.exports)
    return {word: AddedFormat(word=word, plugin=used.name, ending=each.ending, name=each.label, media_type=each.media_type,
                              write=GuardedWriter(Away(used.name, used.folder), each.write), digest=used.digest,
                              fits=GuardedFits(used, "exports", each.fits, faults))
            for used, each in found for word in (f"{used.name}/{each.id}",)}


def unknown_exports(plugins: Plugins, loaded: Loaded) -> Iterator[Problem]:
    """Each word for an export of a plugin that none of those in use has."""
    known = {f"{used.name}/{each.id}" for used in plugins.used for each in used.plugin.exports}
    for document, keys, words in _asked(loaded):
        for place, word in enumerate(words):
            if "/" in word and word not in known:
                yield Problem(code="choice-unknown", where=document.at(*keys, "exports", place),
                              says=f'exports "{word}" {NO_EXPORT}', fix=did_you_mean(word, known) if known else NONE_HAS)


def _asked(loaded: Loaded) -> Iterator[tuple[Document, tuple[str | int, ...], Iterable[str]]]:
    if loaded.site is not None:
        yield loaded.site.document, (), loaded.site.record.exports
    for dataset in loaded.datasets.values():
        for place, file in enumerate(dataset.record.files):
            yield dataset.document, ("files", place), file.exports
