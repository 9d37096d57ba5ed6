"""Pictures of a page as coarse grids: what a browser drew, averaged over small squares, kept as PNG and compared.

Letters are drawn with smooth edges, and how smooth differs a little between machines. Within a square of 4 by 4 pixels such
differences all but cancel out, while a line that is missing, a color or a place that changed stays.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from playwright.sync_api import Page

Grid = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]

SQUARE = 4         # pixels
MOST_COLORS = 256  # of one file
LEVELS = 8         # a mean is kept to the nearest multiple of this, so that few colors are left and files are small
# Of 255. Half of LEVELS is lost in rounding; a letter moved by a tenth of a pixel changes the mean of a square by up to 6.
# A hairline in the color of borders, on the ground of the page, makes 12.
TOLERATED = 10
TOLERATED_SHARE = 0.0005    # of the squares of a specimen: a letter or two that fell on the other side of a pixel

# Halved twice: what a browser draws at half the size, smoothly, is the mean of two by two pixels.
AVERAGE = """async ([png, halvings]) => {
  const bytes = Uint8Array.from(atob(png), (each) => each.charCodeAt(0));
  let picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  let context = null;
  for (let times = 0; times < halvings; times++) {
    const canvas = new OffscreenCanvas(picture.width >> 1, picture.height >> 1);
    context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0, canvas.width * 2, canvas.height * 2, 0, 0, canvas.width, canvas.height);
    picture = canvas;
  }
  const means = context.getImageData(0, 0, picture.width, picture.height).data;
  let text = "";
  for (let at = 0; at < means.length; at += 32768) text += String.fromCharCode.apply(null, means.subarray(at, at + 32768));
  return [picture.width, picture.height, btoa(text)];
}"""


@dataclass(frozen=True)
class Difference:
    """How far two grids are apart: the share of their squares that differ, or why they cannot be compared."""

    share: float
    says: str


def averaged(shot: bytes, page: Page, square: int = SQUARE) -> Grid:
    """A screenshot as a grid of squares of so many of its pixels. The page does the work; it can be any."""
    width, height, means = page.evaluate(AVERAGE, [b64encode(shot).decode(), square.bit_length() - 1])
    return np.frombuffer(b64decode(means), np.uint8).reshape(height, width, 4)[:, :, :3]


def coarse(grid: Grid) -> Grid:
    """A grid as it is kept."""
    return (np.minimum((grid.astype(np.uint16) + LEVELS // 2) // LEVELS * LEVELS, 255)).astype(np.uint8)


def difference(now: Grid, kept: Grid) -> Difference:
    """How far what is drawn now is from what is kept."""
    if now.shape != kept.shape:
        return Difference(1.0, f"{now.shape[1]} by {now.shape[0]} squares, and was {kept.shape[1]} by {kept.shape[0]}")
    apart = np.abs(now.astype(np.int16) - kept.astype(np.int16)).max(axis=2) > TOLERATED
    share = float(apart.mean())
    rows, columns = np.nonzero(apart)
    where = f", first at {columns[0] * SQUARE}, {rows[0] * SQUARE} px" if len(rows) else ""
    return Difference(share, f"{int(apart.sum())} of {apart.size} squares differ{where}")


def colors_of(grid: Grid) -> set[int]:
    """The colors of a grid, as numbers."""
    return set(np.unique(grid.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)).tolist())


def png(grid: Grid) -> bytes:
    """A grid as a PNG file, with a list of its colors where there are few."""
    height, width, _ = grid.shape
    colors, at = np.unique(grid.reshape(-1, 3), axis=0, return_inverse=True)
    has_list = len(colors) <= MOST_COLORS
    samples = at.astype(np.uint8).reshape(height, width) if has_list else grid.reshape(height, width * 3)
    rows = np.hstack([np.zeros((height, 1), np.uint8), samples])
    header = struct.pack(">IIBBBBB", width, height, 8, 3 if has_list else 2, 0, 0, 0)
    listed = ((b"PLTE", colors.tobytes()),) if has_list else ()
    chunks = ((b"IHDR", header), *listed, (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks)


def of_png(data: bytes) -> Grid:
    """A grid that `png` wrote."""
    chunks, at = {}, 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        chunks[kind] = data[at + 8:at + 8 + size]
        at += size + 12
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)[:, 1:]
    if b"PLTE" in chunks:
        return np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)[rows]
    return rows.reshape(height, width, 3)
