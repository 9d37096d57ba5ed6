"""Files made of data files, each written once and then taken from the cache, however large it is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import digest_of, discard, naming, sha256
from cityfolio.frozen import Frozen, replace
from cityfolio.model.site import Made
from cityfolio.tables.aside import Ended
from cityfolio.tables.exports.schema import ExtraMissing, Fault, ParquetOutline, Unfit
from cityfolio.tables.shelves import Item, Shelves
from cityfolio.tables.table import TableJob, Unreadable
from cityfolio.tables.workers import Hands, Making, Task, worked

RULES = "2"                       # raised with every change to what is written, or to what an outline tells
Write = Callable[[BinaryIO], object]     # a ParquetOutline that it gives back is kept with the file


class Wanted(Frozen, kw_only=True):
    """A file that is to be made of a job's rows."""

    job: TableJob
    depends_on: tuple[object, ...]    # what it holds beside the rows: anything that orjson can say, records too
    write: Write                      # a `partial` of a function of a module; raises Unfit, ExtraMissing and Fault
    is_added: bool = False            # what writes it is no part of this program, so it works in a process of its own


class Place(Frozen):
    """Where files are made, and with what."""

    scratch: Path
    cache: Keep
    workers: Hands


class NotMade(Frozen, kw_only=True):
    """Why a file could not be made, in words, and what would help."""

    says: str
    fix: str = ""
    extra: str = ""                   # the optional packages that are missing
    is_lasting: bool = True           # False: another build may make it of the same file
    is_fault: bool = False            # of what others added to write it, and not of the file


def made(wanted: Sequence[Wanted], scratch: Path, cache: Keep, workers: Hands, kind: str = "files") -> list[Made | NotMade]:
    """Make files, or take them from the cache, in the order they are wanted. They lie in `scratch` as long as that does.

    What is in the cache is brought there when somebody asks for it: where a site is as it was before, nobody does.
    """
    keys = [_key(each) for each in wanted]
    items = [Item(each.job.path, key) for each, key in zip(wanted, keys, strict=True)]
    shelves, place = Shelves(cache, kind), Place(scratch, cache, workers)
    found: dict[str, Made | NotMade] = {}
    for at, body in shelves.found(items):
        outcome, key = orjson.loads(body), keys[at]
        if "sha256" not in outcome or cache.has_file(_file(key)) or _target(scratch, key).exists():
            lay = partial(_lay, place, key, outcome.get("sha256", ""), partial(wanted.__getitem__, at))
            found[key] = _outcome(outcome, _target(scratch, key), lay)
    # Two datasets may hold the same file: what is made of it is made once.
    missing = sorted({keys[at]: at for at in reversed(range(len(wanted))) if keys[at] not in found}.values())
    new = {}
    for at, (outcome, is_lasting) in zip(missing, _anew([wanted[at] for at in missing], scratch, workers), strict=True):
        found[keys[at]] = _outcome(outcome, _target(scratch, keys[at]))
        if is_lasting:
            _keep_file(keys[at], outcome, scratch, cache)
            new[at] = orjson.dumps(outcome)
    shelves.keep(items, new)
    return [found[key] for key in keys]


def _anew(wanted: Sequence[Wanted], scratch: Path, workers: Hands) -> list[tuple[dict[str, Any], bool]]:   # Any: as JSON has it
    """Make files. What comes of each, and whether it would be the same another day."""
    by_job: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for at, each in enumerate(wanted):
        by_job[id(each.job), each.is_added].append(at)
    groups = list(by_job.values())
    writes = [tuple((wanted[at].write, Making(_target(scratch, _key(wanted[at])))) for at in group) for group in groups]
    # Each file that is made has as much time as reading has.
    tasks = [Task(_with_time(wanted[group[0]].job, len(group)), partial(_write_all, some), wanted[group[0]].is_added)
             for group, some in zip(groups, writes, strict=True)]
    outcomes: dict[int, tuple[dict[str, Any], bool]] = {}
    for group, done in zip(groups, worked(tasks, workers), strict=True):
        if isinstance(done, Ended):
            outcomes |= dict.fromkeys(group, ({"says": done.problem.says, "fix": done.problem.fix}, False))
        else:
            outcomes |= {at: (each, each.get("is_lasting", True)) for at, each in zip(group, orjson.loads(done), strict=True)}
    return [outcomes[at] for at in range(len(wanted))]


def _with_time(job: TableJob, files: int) -> TableJob:
    return replace(job, limits=replace(job.limits, seconds=job.limits.seconds * files))


def _key(wanted: Wanted) -> str:
    parts = ["made", __version__, RULES, wanted.job.identity, wanted.depends_on]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))


def _target(scratch: Path, key: str) -> Path:
    return scratch / key


def _file(key: str) -> str:
    """The key of the file itself."""
    return f"{key} file"


def made_before(place: Place, before: Made, wanted: Callable[[], Wanted]) -> Made | None:
    """A file that was made for a build before, of which all is known but what it was made of; None where it is lost."""
    key = before.path
    if not place.cache.has_file(_file(key)) and not _target(place.scratch, key).exists():
        return None
    return Made(path=os.path.join(place.scratch, key), bytes=before.bytes, sha256=before.sha256,
                lay=partial(_lay, place, key, before.sha256, wanted))


def as_before(made: Made) -> Made:
    """The same file as it is to be kept for `made_before`, which knows it by its key alone."""
    return Made(path=Path(made.path).name, bytes=made.bytes, sha256=made.sha256)


def _lay(place: Place, key: str, digest: str, wanted: Callable[[], Wanted]) -> None:
    """Bring a file that is kept to its place; make it anew where the cache has lost it, or holds something else by now."""
    target = _target(place.scratch, key)
    if not target.exists() and not place.cache.get_file(_file(key), digest, target):
        (again, _), = _anew([wanted()], place.scratch, place.workers)
        _keep_file(key, again, place.scratch, place.cache)


def _keep_file(key: str, outcome: Mapping[str, Any], scratch: Path, cache: Keep) -> None:
    if "sha256" in outcome:
        cache.put_file(_file(key), _target(scratch, key))


def _outcome(outcome: Mapping[str, Any], target: Path, lay: Callable[[], None] | None = None) -> Made | NotMade:
    if "sha256" in outcome:
        return Made(path=str(target), bytes=int(outcome["bytes"]), sha256=outcome["sha256"], lay=lay,
                    outline=outcome.get("outline"))
    return NotMade(says=outcome["says"], fix=outcome.get("fix", ""), extra=outcome.get("extra", ""),
                   is_lasting=bool(outcome.get("is_lasting", True)), is_fault=bool(outcome.get("is_fault", False)))


def _write_all(writes: Sequence[tuple[Write, Making]]) -> bytes:
    return orjson.dumps([_written(write, making.path) for write, making in writes])


def _written(write: Write, target: Path) -> dict[str, object]:
    discard(target)
    try:
        with naming(target), target.open("x+b") as stream:
            outline = write(stream)
    except Unfit as unfit:
        discard(target)
        return {"says": unfit.says, "fix": unfit.fix}
    except ExtraMissing as missing:
        discard(target)
        return {"says": f"the package for it is not installed: {missing}", "extra": missing.extra, "is_lasting": False}
    except Fault as fault:
        discard(target)
        return {"says": fault.says, "fix": fault.fix, "is_fault": True, "is_lasting": False}
    except Unreadable:
        discard(target)
        # It could be read when it was profiled.
        return {"says": "the file changed while the site was being built",
                "fix": "Run the build again when nothing is writing to the file.", "is_lasting": False}
    size = target.stat().st_size
    made = {"bytes": size, "sha256": digest_of(target, size)}
    return made | {"outline": outline} if isinstance(outline, ParquetOutline) else made
