"""GeoJSON (RFC 7946): a row for each feature, a column for each property, and the shape as the last column.

A cell of the shape is the geometry object as JSON without spaces, its coordinates with the digits they are written with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from cityfolio.tables.readers.json_beside import Beside
from cityfolio.tables.readers.json_columns import Columns, JsonColumn, Record
from cityfolio.tables.readers.json_faults import Fault, Member
from cityfolio.tables.readers.json_parts import START, members_of, objects, refuse_rest, refuse_scalar, refused
from cityfolio.tables.readers.json_records import Layout, reading_of
from cityfolio.tables.readers.json_stream import JsonText
from cityfolio.tables.table import Reading, TableJob

# Names that no property can have, since half a character is refused.
ID, SHAPE = "\ud800id", "\ud800shape"
SHAPE_NAMES = ("geometry", "shape")
SHAPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
# The one system of RFC 7946, by each of its names. Some programs write EPSG:4326 and mean it.
WGS_84 = re.compile(r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
                    r"(?:OGC[:/](?:1\.3|1\.3\.0|0)?[:/]?CRS84|CRS:84|EPSG[:/](?:[0-9.]*[:/])?4326)", re.IGNORECASE)
COLLECTION = 'Write {"type": "FeatureCollection", "features": [...]} with a feature for each row.'
TO_WGS_84 = "Convert it to longitude and latitude: `ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson`."


def read_geojson(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a feature collection."""
    return reading_of(stream, job, Layout(records=_features, columns=_columns, member=_member))


def _features(text: JsonText) -> Iterator[Record]:
    opening = text.space()
    if opening == "[":
        raise text.refusal(Fault(text.at, text.at + 1, "the file is a list, and no collection of features", COLLECTION),
                           "table-shape")
    if opening != "{":
        raise refuse_scalar(text, opening)
    kind: object = None
    beside, found = Beside(text), False
    for name in members_of(text):
        if name == "features" and text.space() == "[":
            found = True
            text.at += 1
            for feature in objects(text):
                _refuse_feature(text, feature)
                beside.records += 1
                yield _record(feature)
            continue
        value = text.value()
        kind = value if name == "type" else kind
        if name == "crs":
            _refuse_crs(text, value)
        else:
            beside.note(name, value)
    refuse_rest(text, "Write a single collection.")
    if kind != "FeatureCollection" or not found:
        raise text.job.refusal(START, "table-shape", _instead(kind), COLLECTION)
    beside.refuse_fewer()


# Any, below: a member of a feature may be anything until it was looked at.
def _record(feature: dict[str, Any]) -> Record:
    own = {ID: feature["id"]} if "id" in feature else {}
    return {**own, **(feature["properties"] or {}), SHAPE: feature["geometry"]}


def _columns(columns: Columns, job: TableJob) -> tuple[JsonColumn, ...]:
    """The `id` of features first, unless a property is called so; the shape last."""
    found = {each.key: each for each in columns.found}
    shape, own = found.pop(SHAPE, None), found.pop(ID, None)
    if shape is None:
        raise job.refusal(START, "table-shape", "the collection holds no feature, so the file has no columns", COLLECTION)
    name = next((each for each in SHAPE_NAMES if each not in found), None)
    if name is None:
        raise job.refusal(columns.places["geometry"], "column-repeated", "properties are named `geometry` and `shape`, so no "
                          "name is left for the shapes themselves", "Rename one of them.")
    first = [own.called("id")] if own and "id" not in found else []
    return (*first, *found.values(), shape.called(name, "geometry"))


def _member(text: JsonText, key: str) -> Member | None:
    """Where a property stands in the feature just read, or its own `id` or shape."""
    own = text.members(text.start)
    if key in (ID, SHAPE):
        return own.get("id" if key == ID else "geometry")
    start = own["properties"].value[0]
    return text.members(start).get(key) if text.text[start] == "{" else None


def _refuse_feature(text: JsonText, feature: dict[str, Any]) -> None:
    fix = 'Write {"type": "Feature", "properties": {...}, "geometry": {...}}, with null for a geometry that is not known.'
    if feature.get("type") != "Feature":
        raise refused(text, "this item of `features` is not a feature", fix)
    for name in ("properties", "geometry"):
        if name not in feature:
            raise refused(text, f"this feature has no `{name}`", fix)
        if not isinstance(feature[name], (dict, type(None))):
            raise refused(text, f"the `{name}` of this feature are no object" if name == "properties" else
                          "the `geometry` of this feature is no object", fix)
    if not isinstance(feature.get("id"), (str, type(None))):   # a number comes as its digits
        raise refused(text, "the `id` of this feature is neither a text nor a number", "Give it one, or leave it out.")


def _refuse_crs(text: JsonText, crs: Any) -> None:
    """Refuse coordinates of another system: as longitudes and latitudes they would lie somewhere else."""
    if crs is None:
        return
    about = crs.get("properties") if isinstance(crs, dict) else None
    name = about.get("name") if isinstance(about, dict) else None
    if not isinstance(name, str) or not WGS_84.fullmatch(name):
        given = f", {str(name)[:80]}" if isinstance(name, str) else ""
        raise refused(text, f"the coordinates are of another system than longitude and latitude in WGS 84{given}", TO_WGS_84)


def _instead(kind: object) -> str:
    if kind == "FeatureCollection":
        return "the collection has no list of features"
    if kind == "Feature":
        return "the file is a single feature, and no collection of features"
    if isinstance(kind, str) and kind in SHAPES:
        return f"the file is a single shape ({kind}), and no collection of features"
    return "the file is TopoJSON, not GeoJSON" if kind == "Topology" else "the file is no collection of features"
