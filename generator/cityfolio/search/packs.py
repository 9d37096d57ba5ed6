"""Files of an index that share one: a site is files on a host, and every one has its price there.

Each is compressed by itself, and a reader fetches the part of a pack that it is. How wide each one is stands in the root, so
nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cityfolio.frozen import Frozen
from cityfolio.search.coding import varint

__all__ = ["UNIT", "Folder", "Packs", "cell", "packs_of"]

UNIT = 16      # bytes: the list of such rough widths is half as long, and what they waste is less than that saves


class Folder(Frozen, kw_only=True):
    """Files of one kind, numbered from 0: how many share a pack, and with how many the list would be too long for the root."""

    name: str
    together: int
    most: int


# So many together that a host that gives no parts of files sends some 10 kB of records, or 25 of words, for the one asked for.
FOLDERS = (Folder(name="records", together=32, most=4_500), Folder(name="words", together=8, most=1_000),
           Folder(name="places", together=8, most=1_000), Folder(name="spelling", together=16, most=1_000))


class Packs(Frozen, kw_only=True):
    """The files of an index as they are stored, and for each folder that is in packs how many share one, and their widths."""

    files: Mapping[str, bytes]
    together: Mapping[str, int]
    widths: Mapping[str, bytes]


def packs_of(stored: Mapping[str, bytes]) -> Packs:
    """Put files into packs that would be many, and leave the others as they are."""
    files, widths = dict(stored), dict[str, bytes]()
    together: dict[str, int] = {}
    for folder in FOLDERS:
        numbered = [path for path in stored if path.startswith(f"{folder.name}/")]
        if not 1 < len(numbered) <= folder.most:
            continue
        bodies = [cell(files.pop(path)) for path in numbered]
        units = [-(-len(body) // UNIT) for body in bodies]
        together[folder.name] = folder.together
        widths[f"{folder.name}/widths.bin"] = b"".join(map(varint, units))
        filled = [body.ljust(unit * UNIT, b"\0") for body, unit in zip(bodies, units, strict=True)]
        files |= {f"{folder.name}/{at}.bin": body for at, body in enumerate(joined(filled, folder.together))}
    return Packs(files=files, together=together, widths=widths)


def cell(stored: bytes) -> bytes:
    """What is stored as a part of a file, so that a reader knows where it ends."""
    return varint(len(stored)) + stored


def joined(bodies: Sequence[bytes], together: int) -> list[bytes]:
    """So many bodies at a time as one."""
    return [b"".join(bodies[at:at + together]) for at in range(0, len(bodies), together)]
