"""A generation as it is written down beside a site that is kept, and read back."""

from __future__ import annotations

import orjson

from cityfolio.publish.deploying.target import Generation


def written_down(generation: Generation) -> bytes:
    """A generation as JSON."""
    return orjson.dumps({"name": generation.name, "manifest_sha256": generation.manifest_sha256, "bytes": generation.bytes,
                         "revision": generation.revision, "leaving": dict(generation.leaving)})


def read_back(body: bytes) -> Generation | None:
    """What was written down; None for what is none of ours."""
    try:
        said = orjson.loads(body)
        return Generation(name=str(said["name"]), manifest_sha256=str(said["manifest_sha256"]), revision=str(said["revision"]),
                          bytes=int(said["bytes"]), leaving={str(path): str(since) for path, since in said["leaving"].items()})
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
