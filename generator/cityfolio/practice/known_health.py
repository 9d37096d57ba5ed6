"""The health of each dataset as a build before found it, so that after an edit only what it touched is looked at again.

What is known has a key: a digest of the dataset, of its document, and of all else that its checks rest on. Of checks that tell
of no place there are few different ones, so each of these is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from sys import intern

import orjson

from cityfolio.cache import Keep, NoCache
from cityfolio.frozen import Frozen, field as member, replace
from cityfolio.model.catalog import Dataset
from cityfolio.model.digests import Digests, digest_of
from cityfolio.model.health import HealthCheck
from cityfolio.problems import Location
from cityfolio.tables.shelves import Item, Shelves

WIDE = 128                 # datasets on a shelf, on average: all are read in every build, and few are written
ALIKE = 20_000             # checks that tell of no place
Checks = tuple[HealthCheck, ...]


class KnownHealth(Frozen):
    """The checks of the datasets of one catalog."""

    cache: Keep = member(default_factory=NoCache)
    program: str = ""      # a digest of the program; "" where nothing is to be known
    digests: Digests = member(default_factory=Digests)

    def checks(self, datasets: Sequence[Dataset], beside: Callable[[Dataset], tuple[object, ...]],
               make: Callable[[Dataset], Checks]) -> Mapping[str, Checks]:
        """The checks of each dataset, by its id. `beside` is what they rest on but the dataset itself."""
        shared = _Shared()
        if not self.program:
            return {dataset.id: shared.checks(make(dataset)) for dataset in datasets}
        items = [Item(f"datasets/{dataset.id}", self._key(dataset, beside(dataset))) for dataset in datasets]
        shelves = Shelves(self.cache, "health", WIDE, is_packed=True)
        written = dict(shelves.found(items))
        new = {at: shared.checks(make(dataset)) for at, dataset in enumerate(datasets) if at not in written}
        more = {at: _written(checks) for at, checks in new.items() if items[at].key}
        shelves.keep(items, more)
        checks = [new[at] if at in new else _read(written[at]) for at in range(len(datasets))]
        for at, body in (written | more).items():
            self.digests.note(checks[at], body)
        return {dataset.id: each for dataset, each in zip(datasets, checks, strict=True)}

    def _key(self, dataset: Dataset, beside: tuple[object, ...]) -> str:
        digest = self.digests.of_dataset(dataset)
        return digest_of(self.program, digest, *beside) if digest else ""


@dataclass(slots=True)
class _Shared:
    """Checks that tell of no place, and what sentences name: of many that are equal, one is held."""

    alike: dict[tuple[object, ...], HealthCheck] = field(default_factory=dict)
    facts: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)

    def checks(self, made: Checks) -> Checks:
        """The same checks."""
        return tuple(map(self._check, made))

    def _check(self, made: HealthCheck) -> HealthCheck:
        named = tuple(made.facts.items())
        if made.where:
            return replace(made, facts=self.facts.setdefault(named, made.facts))
        return self.alike.setdefault((made.id, made.area, made.state, made.count, made.of, named), made)


def _written(checks: Iterable[HealthCheck]) -> bytes:
    """A line for each check: a list of what it is, to which lists of its places are added where it has some.

    An empty line parts those that have some from the runs of those that have none.
    """
    runs = groupby(checks, lambda check: check if check.where else None)
    return b"\n\n".join(b"\n".join(map(_line, run)) for _, run in runs)


def _line(check: HealthCheck) -> bytes:
    return orjson.dumps([check.id, check.area, check.state, check.count, check.of, dict(check.facts),
                         *map(_place, check.where)])


def _place(where: Location) -> list[object]:
    return [where.path, where.line, where.column, where.width, where.excerpt, where.in_catalog]


def _read(body: bytes) -> Checks:
    checks: list[HealthCheck] = []
    for run in body.split(b"\n\n"):
        if run.endswith(b"]]"):
            checks.append(_placed(run))
        else:
            checks += _run(run)
    return tuple(checks)


def _placed(line: bytes) -> HealthCheck:
    identifier, area, state, count, of, facts, *places = orjson.loads(line)
    where = tuple(Location(path=intern(path), line=number, column=column, width=width, excerpt=excerpt, in_catalog=in_catalog)
                  for path, number, column, width, excerpt, in_catalog in places)
    return HealthCheck(id=identifier, area=area, state=state, count=count, of=of, facts=facts, where=where)


_alike = lru_cache(maxsize=ALIKE)(_placed)     # a mapping of facts is read, and never written to


@lru_cache(maxsize=ALIKE)
def _run(lines: bytes) -> Checks:
    return tuple(map(_alike, lines.split(b"\n")))
