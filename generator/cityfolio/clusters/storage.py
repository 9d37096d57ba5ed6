"""A folder that all machines of a cluster reach, by an address as fsspec has them; each file in it is named by its digest.

What is read is held against its name, so that what was cut short or changed on the way is noticed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from cityfolio import files
from cityfolio.frozen import Frozen


class Altered(Exception):
    """What lies under a digest has another, or is not there; the message says which."""


class Storage(Frozen):
    """A folder at an address, such as file:///srv/shared/cityfolio or s3://bucket/cityfolio."""

    address: str

    def put(self, path: Path) -> str:
        """Keep a copy of a file, and give its digest. Raises OSError, or what else the storage has to say."""
        digest = files.digest_of(path)
        system, root = _opened(self.address)
        system.makedirs(root, exist_ok=True)
        system.put_file(str(path), f"{root}/{digest}")
        return digest

    def get(self, digest: str, target: Path) -> None:
        """Lay a copy of what is kept at a path. Raises Altered where that is not what was put."""
        system, root = _opened(self.address)
        try:
            system.get_file(f"{root}/{digest}", str(target))
        except FileNotFoundError as error:
            raise Altered(f"{digest} is not there any more") from error
        if files.digest_of(target) != digest:
            files.discard(target)
            raise Altered(f"what lies under {digest} is not what was put there")

    def drop(self, digest: str) -> None:
        """Remove what is kept. Raises OSError where it cannot be removed."""
        system, root = _opened(self.address)
        system.rm_file(f"{root}/{digest}")

    def clear(self) -> None:
        """Remove the whole folder."""
        system, root = _opened(self.address)
        if system.exists(root):
            system.rm(root, recursive=True)

    def below(self, name: str) -> Storage:
        """A folder in this one."""
        return Storage(f"{self.address.rstrip('/')}/{name}")


@lru_cache(maxsize=16)
def _opened(address: str) -> tuple[Any, str]:   # Any: fsspec declares no types
    # Imported here, because it is no package that everybody has.
    import fsspec  # type: ignore[import-untyped]  # fsspec has no types

    system, root = fsspec.url_to_fs(address)
    return system, root.rstrip("/")
