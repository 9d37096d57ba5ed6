"""What a city says of its maps: what lies below the rows, and where a map opens."""

from __future__ import annotations

from cityfolio.model.keys import Keyed, ListOf, Number, Prose, Record, Text, Url, key

TILE_SLOTS = ("{z}", "{x}", "{y}")
MOST_BOUNDARIES = 5     # each is fetched with every map
DEEPEST_ZOOM = 19


class CenterRecord(Keyed, kw_only=True):
    """A point on the globe, in degrees (WGS 84)."""

    latitude: float | None = key("Degrees north of the equator.", Number(-90, 90), example="35.2271", needed="error")
    longitude: float | None = key("Degrees east of Greenwich; west of it they are below zero.", Number(-180, 180),
                                  example="-80.8431", needed="error")


class TilesRecord(Keyed, kw_only=True):
    """A server of pictures that lie below the rows. Readers' browsers ask it, so its host learns where they look."""

    url: str | None = key("Address of a picture, with `{z}`, `{x}` and `{y}` where its place is filled in.",
                          Url(("https",), slots=TILE_SLOTS), needed="error",
                          example="https://tiles.example.gov/{z}/{x}/{y}.png")
    attribution: str | None = key("Whom the pictures are from, as their license asks to have it said.", Prose(200),
                                  example="City of Charlotte, GIS", needed="error")


class MapRecord(Keyed, kw_only=True):
    """What lies below the rows of a map, and where a map opens."""

    boundaries: tuple[str, ...] = key(
        "Datasets of shapes whose outlines are drawn on every map: `DATASET` for its first file of shapes, or "
        "`DATASET/PATH` for another. The file is published as GeoJSON, and best kept small.",
        ListOf(Text(300), most=MOST_BOUNDARIES), example="[council-district-boundaries]")
    center: CenterRecord | None = key("Where a map opens. At all of its rows, when left out.", Record(CenterRecord),
                                      example="{latitude: 35.2271, longitude: -80.8431}")
    zoom: float | None = key("How near a map opens at `center`: 11 shows a city, 16 a street.", Number(0, DEEPEST_ZOOM),
                             example="11")
    tiles: TilesRecord | None = key("A server of map pictures. Without one, no other host is asked for anything.",
                                    Record(TilesRecord))
