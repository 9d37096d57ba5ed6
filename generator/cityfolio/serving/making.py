"""The work of `serve` on a catalog folder: a quick look in this process, and the whole build in one of its own.

A build beside takes nothing from the process that answers, and can be ended at any moment: when the next edit comes, what the
former one would have given is not wanted any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import perf_counter

from cityfolio.build import Prepared, prepare
from cityfolio.files import FolderTree
from cityfolio.folders import scratch_folder
from cityfolio.frozen import replace
from cityfolio.load.catalog import Parse, load
from cityfolio.load.drafts import of_drafts
from cityfolio.load.yaml import read_yaml
from cityfolio.machine_faults import in_words
from cityfolio.model.review import Diff
from cityfolio.options import environment, root_of, today
from cityfolio.problems import Problem, in_order
from cityfolio.rings import few_looks_for_rings
from cityfolio.run_options import cache_of
from cityfolio.running import Run, built, workshop_of
from cityfolio.serving.difference import difference_from_main
from cityfolio.serving.edition import edition_of, frame_of
from cityfolio.serving.work import BROKEN_OFF, NO_BRANCH, Comparison, Look, Work
from cityfolio.settings import Options, make_build
from cityfolio.speech import Speech
from cityfolio.tables.aside import worker_context

Beside = tuple[BaseProcess, Connection]       # a process, and what it answers
Differ = Callable[[Options], Diff | None]     # a function of a module: it is called in a process of its own


@dataclass(slots=True, eq=False)
class Making:
    """The work on one catalog."""

    chosen: Options
    speech: Speech
    differ: Differ
    parse: Parse = field(default_factory=lambda: lru_cache(maxsize=20_000)(read_yaml))   # what did not change is parsed once
    _is_stopped: bool = False
    _beside: Beside | None = None
    _shown: ExitStack = field(default_factory=ExitStack)     # keeps the files that the edition gives out
    _before: tuple[Problem, ...] = ()
    _is_shown: bool = False       # an edition, which stays while there are errors

    @property
    def work(self) -> Work:
        """It, as a server asks for it."""
        return Work(look=self.look, build=self.build, differ=self.difference, stop=self.stop)

    @few_looks_for_rings()
    def look(self) -> Look:
        """Load, check, measure and link; draw nothing yet."""
        started = perf_counter()
        self._is_stopped = False
        tree = FolderTree(self.chosen.catalog)
        loaded = load(tree, self.parse)
        told, problems = make_build(loaded, replace(self.chosen, with_history=True), environment(), today())
        workshop = replace(workshop_of(self.chosen, tree, cache_of(self.chosen), Run(is_kept=False)), shows_drafts=True)
        kept = ExitStack()
        made = prepare(loaded, told, workshop, problems, kept.enter_context(scratch_folder()))
        self._say(made.problems)
        if not isinstance(made, Prepared):
            kept.close()
            frame = None if self._is_shown else frame_of(loaded, told, tree, self.chosen.catalog)
            return Look(problems=made.problems, frame=frame)
        edition = edition_of(made, self.chosen.catalog, loaded, of_drafts(loaded))
        edition.page("/404.html")     # also the frame of what the server itself shows
        self._shown.close()
        self._shown, self._is_shown = kept, True
        self.speech.say(f"Shown after {perf_counter() - started:.1f} s.")
        return Look(problems=made.problems, edition=edition)

    def build(self) -> tuple[Problem, ...] | None:
        """Build the site in another process, drafts left out. None where it was stopped, or broke off."""
        _, answers = self._begun(_whole)
        with suppress(EOFError, OSError):
            problems: tuple[Problem, ...] = answers.recv()
            self._say(problems)
            return problems
        return None

    def difference(self) -> Comparison:
        """What that process found to differ from the main branch; one that only compares where errors stop a build."""
        process, answers = self._beside or self._begun(_compared)
        try:
            found: Diff | None = answers.recv()
        except (EOFError, OSError):
            return BROKEN_OFF
        finally:
            process.join()
            if self._beside and self._beside[0] is process:
                self._beside = None
        return NO_BRANCH if found is None else Comparison(state="done", diff=found)

    def _begun(self, work: Callable[[Options, Speech, Differ, Connection], None]) -> Beside:
        near, far = worker_context().Pipe(duplex=False)
        process = worker_context().Process(target=work, args=(self.chosen, self.speech, self.differ, far))
        process.start()
        far.close()
        self._beside = process, near
        if self._is_stopped:          # while it was being started
            process.kill()
        return process, near

    def stop(self) -> None:
        """End the build, if there is one. The output folder stays as it was: a site is replaced in one step."""
        self._is_stopped = True
        if self._beside is not None:
            self._beside[0].kill()
            self._beside = None

    def close(self) -> None:
        """Let go of everything."""
        self.stop()
        self._shown.close()

    def _say(self, problems: tuple[Problem, ...]) -> None:
        """Print what was not printed after the edit before."""
        known = set(self._before)
        self._before = problems
        self.speech.report([each for each in problems if each not in known], root_of(self.chosen.catalog))


@contextmanager
def making(chosen: Options, speech: Speech) -> Iterator[Work]:
    """The work on one catalog, until the block is left."""
    made = Making(chosen=chosen, speech=speech, differ=difference_from_main)
    try:
        yield made.work
    finally:
        made.close()


def _whole(chosen: Options, speech: Speech, differ: Differ, answers: Connection) -> None:
    """Build, say so, and tell the process that waits; then compare."""
    started = perf_counter()
    with _in_peace(speech):
        with few_looks_for_rings():
            closing = built(chosen, lambda stage: None, Run(is_kept=False))
        speech.say_built(closing, perf_counter() - started)
        answers.send(in_order(closing.result.problems))
        answers.send(differ(chosen))


def _compared(chosen: Options, speech: Speech, differ: Differ, answers: Connection) -> None:
    """Compare alone, where nothing can be built."""
    with _in_peace(speech):
        answers.send(differ(chosen))


@contextmanager
def _in_peace(speech: Speech) -> Iterator[None]:
    """What ends a process beside the server, and is no bug, ends it without a traceback."""
    try:
        yield
    except (KeyboardInterrupt, BrokenPipeError):
        pass      # they reach every process of a terminal; the one that serves ends this one
    except OSError as error:
        speech.say(in_words(error, "The work on the whole site"))
