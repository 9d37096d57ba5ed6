"""Map files that hold several layers: which one is meant, and how much of such a file is read at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from cityfolio.problems import did_you_mean
from cityfolio.tables.table import Place, SeveralTables, TableJob

START = Place(line=1, column=1)
LIMIT_BYTES = 128 << 20       # these formats have to be in memory as a whole to be read
WGS_84 = (("EPSG", 4326), ("OGC", 4326), ("OGC", "CRS84"), ("EPSG", "4326"))
TO_WGS_84 = "Convert it to longitude and latitude: `ogr2ogr -t_srs EPSG:4326 {0}`."


def chosen_layer(names: Sequence[str], job: TableJob) -> str:
    """The layer that an entry names under `sheet:`, or the only one. Raises Unreadable."""
    wanted = job.file.sheet
    if not names:
        raise job.refusal(START, "table-shape", "the file holds no layer", "Export it again with the layer in it.")
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted is None:
        listed = ", ".join(f'"{name[:60]}"' for name in names[:12]) + (" and others" if len(names) > 12 else "")
        refusal = job.refusal(START, "sheet-unknown", f"the file has {len(names)} layers, and none is named",
                              f"Write one of them as `sheet:` in its entry: {listed}.")
        raise SeveralTables(refusal.problems[0], names)
    if wanted not in names:
        raise job.refusal(START, "sheet-unknown", f'the file has no layer "{wanted}"', did_you_mean(wanted, names))
    return wanted


def whole(stream: BinaryIO, job: TableJob) -> bytes:
    """All bytes of a file. Raises Unreadable where they are too many."""
    stream.seek(0)
    body = stream.read(LIMIT_BYTES + 1)
    refuse_large(len(body), job)
    return body


def refuse_large(size_bytes: int, job: TableJob) -> None:
    """Refuse what is too much to be held in memory. Raises Unreadable."""
    if size_bytes > LIMIT_BYTES:
        raise job.refusal(START, "file-large", f"the map is larger than {LIMIT_BYTES >> 20} MiB, the most that can be read",
                          "Publish it as GeoJSON or GeoParquet, which can be of any size.")
