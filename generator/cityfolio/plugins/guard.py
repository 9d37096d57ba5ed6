"""Calls into plugins: whatever one raises, or gives that it should not, becomes a problem that names it and where it was."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir, redirect_stdout
from types import FrameType, TracebackType
from typing import TypeVar

from cityfolio.frozen import Frozen, replace
from cityfolio.load.loaded import Sourced
from cityfolio.plugins.hooks import Plugin
from cityfolio.plugins.shapes import Shapes
from cityfolio.plugins.texts import a_kind
from cityfolio.problems import Location, Problem, in_order

T = TypeVar("T")
LONGEST_MESSAGE = 300
FIX = "Mend the plugin, or tell who wrote it; without it the site can be built: take its name out of `plugins:`."
# What a disk or a machine refuses is no fault of who reads or writes a file.
OF_THE_MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENOMEM, errno.EMFILE, errno.ENFILE})
OWN_FIX = "Mend it; without it the site can be built: take the file out of the catalog."


class Faulty(Exception):
    """A plugin did not do what it promised. It carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


class Used(Frozen, kw_only=True):
    """A plugin that is used: where it was asked for, the files it is made of, and a digest of them."""

    plugin: Plugin
    where: Location               # the line of site.yaml that names it, or its own file in the catalog
    folder: str                   # where its modules lie, or the name of its file, as tracebacks have it
    digest: str
    is_own: bool = False          # of the catalog, and not installed

    @property
    def name(self) -> str:
        """Its name."""
        return self.plugin.name

    def fault(self, says: str, where: Location | None = None, fix: str = "") -> Problem:
        """That it did something wrong."""
        return Problem(code="plugin-fault", where=where or self.where, says=f'the plugin "{self.name}" {says}',
                       fix=fix or (OWN_FIX if self.is_own else FIX))

    def failed(self, hook: str, error: BaseException) -> Problem:
        """That it raised something. The catalog's file is the one it had in hand, as far as that can be told."""
        where = None
        for frame, line in _own_frames(error, self.folder):
            file = frame.f_code.co_filename.replace("\\", "/")
            where = _in_hand(frame) or where or (Location(path=file, line=line) if self.is_own else None)
        return self.fault(failure(hook, error, self.folder), where)


def failure(hook: str, error: BaseException, folder: str) -> str:
    """What is said of something that the modules of a folder raised, with the innermost of their lines."""
    at = ""
    for frame, line in _own_frames(error, folder):
        at = f" ({frame.f_code.co_filename.replace(chr(92), '/').rpartition('/')[2]}, line {line})"
    return f"failed in `{hook}`: {words_of(error)}{at}"


def words_of(error: BaseException) -> str:
    """What was raised, in one line."""
    message = " ".join(str(error).split())[:LONGEST_MESSAGE]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def aside(call: Callable[[], T]) -> T:
    """What a call gives. What it prints goes where messages go, because programs read what a command says.

    A working directory that it leaves is gone back to: paths of the command line lead on from there.
    """
    with redirect_stdout(sys.stderr), chdir(os.curdir):
        return call()


def called(used: Used, hook: str, call: Callable[[], T]) -> T:
    """What a call into a plugin gives. Raises Faulty for whatever it raises."""
    try:
        return aside(call)
    except KeyboardInterrupt:
        raise
    except BaseException as error:    # it is told as what it is: a fault of that plugin
        raise Faulty(used.failed(hook, error)) from error


def each_of(used: Used, hook: str, kind: type[T], call: Callable[[], Iterable[object]]) -> Iterator[T]:
    """Each thing that a call into a plugin gives, one after the other. Raises Faulty, also for a thing of another type."""
    given = called(used, hook, call)
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise Faulty(used.fault(f"gave {a_kind(given)} in `{hook}`, where a list of {kind.__name__} is asked for"))
    things = called(used, hook, lambda: iter(given))
    end = object()
    while (thing := called(used, hook, lambda: next(things, end))) is not end:
        if not isinstance(thing, kind):
            raise Faulty(used.fault(f"gave {a_kind(thing)} in `{hook}`, where a {kind.__name__} is asked for"))
        yield thing


def sound(used: Used, hook: str, thing: T) -> T:
    """Something that a plugin gave. Raises Faulty where a value in it is of another type than its field declares."""
    if wrong := next(Shapes().misfits(thing, type(thing), ""), None):
        raise Faulty(used.fault(f"gave {a_kind(thing)} in `{hook}` whose {wrong}"))
    return thing


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in which a fault of a plugin that is met in many files is one: at the first, with how many more there are."""
    told = in_order(problems)
    met = Counter(each.says for each in told if each.code == "plugin-fault")
    found = list[Problem]()
    for each in told:
        others = met.pop(each.says, 0) - 1 if each.code == "plugin-fault" else 0
        if others >= 0:
            more = f" (and {others} more of the kind)" if others else ""
            found.append(replace(each, says=f"{each.says}{more}"))
    return tuple(found)


def can_travel(reader: object) -> bool:
    """Whether another process can be told of a function by the name of its module and its own."""
    module = sys.modules.get(getattr(reader, "__module__", None) or "")
    return module is not None and getattr(module, getattr(reader, "__qualname__", ""), None) is reader


def _own_frames(error: BaseException, folder: str) -> Iterator[tuple[FrameType, int]]:
    """The frames of a plugin's own modules, the outermost first."""
    return (each for each in _frames(error.__traceback__) if folder and each[0].f_code.co_filename.startswith(folder))


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _in_hand(frame: FrameType) -> Location | None:
    """The catalog's file behind the newest of a function's values that has one."""
    for value in reversed(list(frame.f_locals.values())):
        if isinstance(value, Sourced):
            return value.document.at()
        path = getattr(value, "source_path", None)
        if isinstance(path, str) and path:
            return Location(path=path)
    return None
