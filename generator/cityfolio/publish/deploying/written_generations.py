"""Generations as they are written down beside the sites that are kept, and the order that they stand in.

Each deploy has a number, counted at its target, since two may fall into one second. A site that is brought back counts as the
deploy that it comes from: what was deployed after that lies ahead, and going back again leads further back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import orjson

from cityfolio.frozen import Frozen, replace
from cityfolio.publish.deploying.target import Generation

Order = tuple[int, str]     # a number, and a name for those that nobody counted


class Written(Frozen, kw_only=True):
    """A generation with its place among the others of its target."""

    generation: Generation
    number: int = 0                 # 0: it was written down by a version that did not count
    brings_back: Order | None = None

    @property
    def order(self) -> Order:
        """When it was deployed, as against others."""
        return self.number, self.generation.name

    @property
    def stands(self) -> Order:
        """Which deploy it counts as: an earlier one, where it brings that back."""
        return self.brings_back or self.order


def newest_first(written: Iterable[Written]) -> tuple[Written, ...]:
    """In the order in which they were deployed."""
    return tuple(sorted(written, key=lambda each: each.order, reverse=True))


def numbered(generation: Generation, known: Sequence[Written]) -> Written:
    """A generation that is deployed now. Where its manifest is that of one which is known, it brings that one back."""
    twin = next((each for each in newest_first(known) if each.generation.manifest_sha256 == generation.manifest_sha256), None)
    number = 1 + max((each.number for each in known), default=0)
    return Written(generation=generation, number=number, brings_back=twin.stands if twin else None)


def led_back_to(kept: Iterable[Written], seen: Written | None) -> tuple[Generation, ...]:
    """The generations that are kept, the newest first; each says whether going back from the one that is seen leads there."""
    return tuple(replace(each.generation, leads_back=seen is None or each.stands < seen.stands) for each in newest_first(kept))


def leading_back(deployed: Iterable[Generation], seen: str) -> tuple[Generation, ...]:
    """The same of a target that counts nothing: of all its deploys, the oldest first, and with the name of the one seen."""
    found: list[Written] = []
    for generation in deployed:
        found.append(numbered(generation, found))
    now = next((each for each in found if each.generation.name == seen), None)
    twins = () if now is None else surplus(found, now, len(found))
    return led_back_to((each for each in found if each not in twins), now)


def surplus(kept: Iterable[Written], seen: Written, keep: int) -> tuple[Written, ...]:
    """What is not kept any more: a second one of the site that is seen, and the oldest ones, of more than are wanted."""
    ordered = newest_first(kept)
    twins = tuple(each for each in ordered if each.generation.manifest_sha256 == seen.generation.manifest_sha256)
    return (*twins, *[each for each in ordered if each not in twins][keep:])


def written_down(written: Written) -> bytes:
    """A generation as JSON."""
    each = written.generation
    said = {"name": each.name, "manifest_sha256": each.manifest_sha256, "bytes": each.bytes, "revision": each.revision,
            "leaving": dict(each.leaving), "number": written.number}
    return orjson.dumps({**said, "brings_back": written.brings_back} if written.brings_back else said)


def read_back(body: bytes) -> Written | None:
    """What was written down; None for what is none of ours."""
    try:
        said = orjson.loads(body)
        generation = Generation(
            name=str(said["name"]), manifest_sha256=str(said["manifest_sha256"]), revision=str(said["revision"]),
            bytes=int(said["bytes"]), leaving={str(path): str(since) for path, since in said["leaving"].items()})
        back = said.get("brings_back")
        return Written(generation=generation, number=int(said.get("number", 0)),
                       brings_back=(int(back[0]), str(back[1])) if back else None)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
