"""What a deploy leaves at a host of whole sites for the deploy after it: one file beside the site, which holds no secret."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.target import Generation

MEMORY_PATH = "cityfolio-deploy.json"


class Memory(Frozen, kw_only=True):
    """What a deploy leaves for the next one."""

    generation: Generation
    keys: Mapping[str, str]           # path -> the host's name for the bytes there
    unserved: Mapping[str, str]       # path -> text, of what the host reads and shows to nobody


def remembering(memory: Memory) -> bytes:
    """What is remembered as the bytes of a file."""
    each = memory.generation
    generation = {"name": each.name, "manifest_sha256": each.manifest_sha256, "revision": each.revision, "bytes": each.bytes,
                  "leaving": dict(each.leaving)}
    said = {"generation": generation, "keys": dict(memory.keys), "unserved": dict(memory.unserved)}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def remembered(body: bytes) -> Memory | None:
    """What such a file says; None where it is none."""
    try:
        said = orjson.loads(body)
        about = said["generation"]
        name, digest, revision = (str(about[each]) for each in ("name", "manifest_sha256", "revision"))
        generation = Generation(name=name, manifest_sha256=digest, revision=revision, bytes=int(about["bytes"]),
                                leaving=_texts(about["leaving"]))
        return Memory(generation=generation, keys=_texts(said["keys"]), unserved=_texts(said["unserved"]))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _texts(said: Mapping[object, object]) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in said.items()}
