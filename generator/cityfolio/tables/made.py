"""Files made of data files, each written once and then taken from the cache, however large it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import digest_of, discard, naming, sha256
from cityfolio.model.site import Made
from cityfolio.tables.aside import Ended
from cityfolio.tables.exports.schema import ExtraMissing, Unfit
from cityfolio.tables.table import TableJob, Unreadable
from cityfolio.tables.workers import Task, worked

RULES = "2"                       # raised with every change to what is written
Write = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file that is to be made of a job's rows."""

    job: TableJob
    depends_on: tuple[object, ...]    # what it holds beside the rows: anything that JSON can say
    write: Write                      # a `partial` of a function of a module; raises Unfit and ExtraMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMade:
    """Why a file could not be made, in words, and what would help."""

    says: str
    fix: str = ""
    extra: str = ""                   # the optional packages that are missing
    is_lasting: bool = True           # False: another build may make it of the same file


def made(wanted: Sequence[Wanted], scratch: Path, cache: Keep, workers: int) -> list[Made | NotMade]:
    """Make files, or take them from the cache, in the order they are wanted. They lie in `scratch` as long as that does."""
    keys = [_key(each) for each in wanted]
    found = [_kept(key, scratch, cache) for key in keys]
    # Two datasets may hold the same file: what is made of it is made once.
    missing = {keys[at]: at for at in reversed(range(len(wanted))) if found[at] is None}
    by_job: dict[int, list[int]] = defaultdict(list)
    for at in sorted(missing.values()):
        by_job[id(wanted[at].job)].append(at)
    groups = list(by_job.values())
    writes = [tuple((wanted[at].write, str(_target(scratch, keys[at]))) for at in group) for group in groups]
    # Each file that is made has as much time as reading has.
    tasks = [Task(_with_time(wanted[group[0]].job, len(group)), partial(_write_all, some))
             for group, some in zip(groups, writes, strict=True)]
    for group, done in zip(groups, worked(tasks, workers), strict=True):
        outcomes = [{"says": done.problem.says, "fix": done.problem.fix}] * len(group) if isinstance(done, Ended) \
            else orjson.loads(done)
        for at, outcome in zip(group, outcomes, strict=True):
            found[at] = _outcome(outcome, _target(scratch, keys[at]))
            if not isinstance(done, Ended) and outcome.get("is_lasting", True):
                _keep(keys[at], outcome, _target(scratch, keys[at]), cache)
    by_key = {key: each for key, each in zip(keys, found, strict=True) if each is not None}
    return [by_key[key] for key in keys]


def _with_time(job: TableJob, files: int) -> TableJob:
    return replace(job, limits=replace(job.limits, seconds=job.limits.seconds * files))


def _key(wanted: Wanted) -> str:
    parts = ["made", __version__, RULES, wanted.job.identity, wanted.depends_on]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))


def _target(scratch: Path, key: str) -> Path:
    return scratch / key


def _kept(key: str, scratch: Path, cache: Keep) -> Made | NotMade | None:
    body = cache.get(key)
    if body is None:
        return None
    outcome, target = orjson.loads(body), _target(scratch, key)
    if "sha256" in outcome and not target.exists() and not cache.get_file(f"{key} file", outcome["sha256"], target):
        return None
    return _outcome(outcome, target)


def _keep(key: str, outcome: dict[str, str], target: Path, cache: Keep) -> None:
    if "sha256" in outcome:
        cache.put_file(f"{key} file", target)
    cache.put(key, orjson.dumps(outcome))


def _outcome(outcome: dict[str, str], target: Path) -> Made | NotMade:
    if "sha256" in outcome:
        return Made(path=str(target), bytes=int(outcome["bytes"]), sha256=outcome["sha256"])
    return NotMade(says=outcome["says"], fix=outcome.get("fix", ""), extra=outcome.get("extra", ""),
                   is_lasting=bool(outcome.get("is_lasting", True)))


def _write_all(writes: Sequence[tuple[Write, str]]) -> bytes:
    return orjson.dumps([_written(write, Path(target)) for write, target in writes])


def _written(write: Write, target: Path) -> dict[str, object]:
    discard(target)
    try:
        with naming(target), target.open("x+b") as stream:
            write(stream)
    except Unfit as unfit:
        discard(target)
        return {"says": unfit.says, "fix": unfit.fix}
    except ExtraMissing as missing:
        discard(target)
        return {"says": f"the package for it is not installed: {missing}", "extra": missing.extra, "is_lasting": False}
    except Unreadable:
        discard(target)
        # It could be read when it was profiled.
        return {"says": "the file changed while the site was being built",
                "fix": "Run the build again when nothing is writing to the file.", "is_lasting": False}
    return {"bytes": target.stat().st_size, "sha256": digest_of(target)}
