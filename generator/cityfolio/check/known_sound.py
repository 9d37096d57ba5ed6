"""Datasets in which nothing was wrong in a build before, so that after an edit only the others are gone through again.

A dataset is known by a key, a digest of its own that is asked for, and by what all of them rest on beside it. One entry of the
cache tells of all that are sound: where it stands under other keys, or rests on something else, nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cityfolio.cache import Keep, NoCache, keeps_nothing
from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.loaded import Loaded
from cityfolio.problems import Problem

FORM = "1"                       # raised with every change to how they are written
KEY_LETTERS = 64                 # of a digest in hexadecimal


class Asked(Frozen, kw_only=True):
    """What is to be gone through, and by what each dataset is known."""

    what: str
    loaded: Loaded
    keys: Mapping[str, str]       # of datasets, by their ids; of others nothing is known
    rests_on: str                 # a digest of what all of them rest on beside


class KnownSound(Frozen):
    """What is known of the datasets of one catalog."""

    cache: Keep = field(default_factory=NoCache)
    made_by: str = ""             # a digest of the program, and the catalog's folder; "" where nothing is to be known

    @property
    def keeps_nothing(self) -> bool:
        """Whether nothing is known and nothing kept, so that no key needs to be made."""
        return not self.made_by or keeps_nothing(self.cache)

    def problems(self, asked: Asked, look: Callable[[Loaded], Iterable[Problem]]) -> list[Problem]:
        """What a look finds at the datasets that are not known to be sound; it may tell of other records too.

        Where it tells of a dataset, it names a place in the folder of it.
        """
        name = f"sound datasets {FORM}, {asked.what} of {self.made_by}"
        known = _read(self.cache.get(name) or b"", asked.rests_on)
        keys = asked.keys
        new = {at: each for at, each in asked.loaded.datasets.items() if at not in keys or known.get(at) != keys[at]}
        found = list(look(replace(asked.loaded, datasets=new)))
        faulty = {problem.where.path.partition("/")[2].partition("/")[0] for problem in found}
        sound = {at: key for at, key in keys.items() if at not in new or at not in faulty}
        if sound != known:
            self.cache.put(name, _written(sound, asked.rests_on))
        return found


def _written(sound: Mapping[str, str], rests_on: str) -> bytes:
    return b"\n".join((rests_on.encode(), "".join(sound.values()).encode(), "\0".join(sound).encode("utf-8", "surrogatepass")))


def _read(body: bytes, rests_on: str) -> Mapping[str, str]:
    told, _, rest = body.partition(b"\n")
    if told.decode() != rests_on:
        return {}
    listed, _, names = rest.partition(b"\n")
    keys = listed.decode()
    each = (keys[at:at + KEY_LETTERS] for at in range(0, len(keys), KEY_LETTERS))
    return dict(zip(names.decode("utf-8", "surrogatepass").split("\0"), each, strict=bool(keys)))
