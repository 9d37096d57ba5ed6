"""Where the time of a build goes: what was at work is looked at 200 times in each second that the processor worked.

Nothing in the build knows of it, and it costs three thousandths. A part is the module that a stage called; what is opened,
parsed or compared on its behalf counts with it. Processes that a build starts are told with their sum alone.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import FrameType

import click
import orjson

from cityfolio.files import replace_file

EVERY_SECONDS = 0.005
PACKAGE = str(Path(__file__).parents[1]) + os.sep
# What hands on to others, and is no part itself.
THROUGH = frozenset((
    "build", "running", "commands.build", "commands.timings", "cli", "inspecting", "link", "site_files", "site_languages",
    "publish.write", "publish.laid_outputs", "feeds.__init__", "search.__init__", "pages.pages", "tables.published",
    "tables.profiles", "tables.workers", "tables.made", "lazy_commands", "__main__", "files", "cache", "folders",
))
STAGES = {
    "load": "load", "check": "check", "tables": "profile", "privacy": "profile", "measures": "measure", "practice": "practice",
    "pages": "draw", "feeds": "feeds", "search": "search", "review": "history", "revision": "history", "settings": "history",
}
DOWNLOADS = ("tables.explored", "tables.offers", "tables.exports", "tables.answers", "tables.copies", "tables.packages")
VERIFYING = frozenset(("publish.verify", "publish.markup", "publish.links", "publish.weights"))
TEMPLATES = "/templates/"

# The file and the function of each call, the innermost first. Not their code, which is equal to that of another file.
Stack = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Samples:
    """What was at work, how often, and what it all took."""

    stacks: Counter[Stack] = field(default_factory=Counter)
    start_cpu_seconds: float = 0.0     # before the first look: Python, and the imports of the command
    cpu_seconds: float = 0.0
    children_cpu_seconds: float = 0.0
    wall_seconds: float = 0.0


@contextmanager
def sampled(samples: Samples) -> Iterator[None]:
    """Look at what is at work as long as the block lasts. The samples are whole when it ends."""
    before, started, process = os.times(), perf_counter(), os.getpid()
    samples.start_cpu_seconds = before.user + before.system

    def look(_: int, frame: FrameType | None) -> None:
        stack: list[tuple[str, str]] = []
        while frame is not None:
            stack.append((frame.f_code.co_filename, frame.f_code.co_qualname))
            frame = frame.f_back
        if os.getpid() == process:
            samples.stacks[tuple(stack)] += 1

    if not hasattr(signal, "setitimer"):
        raise click.ClickException("this system cannot tell what a process is at, so there are no timings: use Linux or macOS")
    former = signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)
        after = os.times()
        samples.wall_seconds = perf_counter() - started
        samples.cpu_seconds = after.user + after.system - before.user - before.system
        samples.children_cpu_seconds = (after.children_user + after.children_system
                                        - before.children_user - before.children_system)


def module_of(path: str) -> str:
    """The module of the package that a file is, `pages.routes`; nothing for any other file."""
    return path.removeprefix(PACKAGE).removesuffix(".py").replace(os.sep, ".") if path.startswith(PACKAGE) else ""


def part_of(stack: Stack) -> tuple[str, str]:
    """The stage and the part that a stack belongs to: the outermost module that does something itself."""
    if any(path.startswith("<frozen importlib") for path, _ in stack):
        return "start", "imports"
    modules = [module for path, _ in reversed(stack) if (module := module_of(path))]
    template = next((path for path, _ in stack if TEMPLATES in path.replace(os.sep, "/")), "").replace(os.sep, "/")
    if template:
        # The innermost, so that what a page includes is told apart from it.
        return "draw", f"template {template.rpartition(TEMPLATES)[2].rstrip('>')}"
    if any(module.startswith("privacy.") for module in modules):
        return "profile", "personal data"
    part = next((module for module in modules if module not in THROUGH), "")
    if part:
        return _stage_of(part), part
    return ("write", "files") if "publish.write" in modules else ("other", modules[-1] if modules else "start")


def _stage_of(part: str) -> str:
    if part.startswith(DOWNLOADS):
        return "downloads"
    room = part.partition(".")[0]
    return "verify" if part in VERIFYING else STAGES.get(room, "write" if room == "publish" else "other")


def as_json(samples: Samples) -> bytes:
    """The seconds of each stage and, within it, of each part, the longest first."""
    seen = sum(samples.stacks.values())
    each = samples.cpu_seconds / seen if seen else 0.0
    stages: dict[str, Counter[str]] = {}
    for stack, count in samples.stacks.items():
        stage, part = part_of(stack)
        stages.setdefault(stage, Counter())[part] += count
    told = [{"stage": stage, "cpu_seconds": round(parts.total() * each, 3),
             "parts": [{"part": part, "cpu_seconds": round(count * each, 3)} for part, count in parts.most_common()]}
            for stage, parts in sorted(stages.items(), key=lambda item: (-item[1].total(), item[0]))]
    sums = {name: round(getattr(samples, name), 3)
            for name in ("start_cpu_seconds", "cpu_seconds", "children_cpu_seconds", "wall_seconds")}
    return orjson.dumps({**sums, "samples": seen, "stages": told}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def folded(samples: Samples) -> bytes:
    """Stacks as flame graph tools read them: `outermost;...;innermost microseconds` a line."""
    seen = sum(samples.stacks.values())
    each = samples.cpu_seconds * 1_000_000 / seen if seen else 0.0
    lines = Counter[str]()
    for stack, count in samples.stacks.items():
        lines[";".join((*part_of(stack), *map(_name, reversed(stack))))] += count
    return "".join(f"{line} {round(count * each)}\n" for line, count in sorted(lines.items())).encode()


def _name(call: tuple[str, str]) -> str:
    path, function = call[0].replace(os.sep, "/"), call[1]
    short = module_of(call[0]) or path.rpartition(TEMPLATES if TEMPLATES in path else "/")[2].rstrip(">")
    return f"{short} {function}".replace(";", ",")


@contextmanager
def timed(file: Path) -> Iterator[None]:
    """When the block ends, write its seconds to a file as JSON, and its stacks for a flame graph beside that, as .folded."""
    samples = Samples()
    try:
        with sampled(samples):
            yield
    finally:     # a command ends by leaving, and one that fails has taken its time too
        replace_file(file, as_json(samples))
        replace_file(file.with_suffix(".folded"), folded(samples))
