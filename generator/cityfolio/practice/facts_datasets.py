"""Facts about datasets, their files and their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from cityfolio.frozen import Frozen, field, replace
from cityfolio.model.catalog import Build, Catalog, Column, Dataset, File
from cityfolio.model.health import HealthCheck, Used
from cityfolio.model.measured import Measure
from cityfolio.model.practice import ReleaseReviewRecord
from cityfolio.model.profile import TableProfile
from cityfolio.model.records import ColumnRecord, ForeignKey
from cityfolio.practice.areas import columns_of_areas, has_places
from cityfolio.practice.fact_columns import CURRENT_MONTHS, USAGE_MONTHS
from cityfolio.practice.licenses import is_named, is_open
from cityfolio.practice.past_days import months_before

T = TypeVar("T")
Row = Mapping[str, object]
UNPACKED = " (gzip)"
# Formats for data that no company owns, with a published specification. XLSX is a standard too, and few programs keep to it;
# where it holds a table, that is offered in an open format.
OPEN_FORMATS = frozenset({"CSV", "TSV", "JSON", "JSON Lines", "GeoJSON", "Parquet", "PMTiles", "GeoPackage", "KML", "XML",
                          "RSS", "TXT", "ODS", "GTFS", "TopoJSON", "SQLite", "RDF", "Turtle", "JSON-LD"})
DATA_FORMATS = OPEN_FORMATS - {"TXT"} | {"XLSX", "XLS", "KMZ", "SHP", "Shapefile", "ZIP / SHP", "API", "WFS", "ArcGIS REST"}
_OPEN = frozenset(map(str.casefold, OPEN_FORMATS))
_DATA = frozenset(map(str.casefold, DATA_FORMATS))
VALID_ROWS = "valid-rows"         # the check of health that looks at rows
IN_INVENTORY = ("has_title", "has_publisher", "has_description", "has_sensitivity", "has_system")


class Around(Frozen, kw_only=True):
    """What else of the catalog names each dataset."""

    today: date
    current: date                 # the day since which what was updated is current
    measures: Mapping[str, int]
    goals: Mapping[str, int]
    uses: Mapping[str, int]
    requests: Mapping[str, int]
    guides: Mapping[str, int]
    used: Mapping[str, tuple[int, int]] | None        # views and downloads; None: nothing was counted
    health: Mapping[str, tuple[HealthCheck, ...]]
    areas: Mapping[str, tuple[str, ...]]
    by: Mapping[str, frozenset[str]] = field(default_factory=dict)   # columns by which measures of it are shown


def dataset_facts(catalog: Catalog, build: Build) -> Iterator[Row]:
    """A row for each dataset, in the order of the catalog."""
    around = _around(catalog, build)
    for dataset in catalog.datasets:
        yield facts_of(dataset, around)


def facts_of(dataset: Dataset, around: Around) -> Row:
    """The row of a dataset."""
    described = _described(dataset, around)
    return described | {"is_inventoried": all(described[name] for name in IN_INVENTORY)}


def around_each(catalog: Catalog, build: Build) -> Callable[[Dataset], Around]:
    """What gives for each dataset what else names it, without its health. Most are named by nothing, which is one value."""
    whole = _around(catalog, build)
    used = whole.used or {}

    def alone(name: str) -> Around:
        return replace(
            whole, measures=_one(whole.measures, name), goals=_one(whole.goals, name), uses=_one(whole.uses, name),
            requests=_one(whole.requests, name), guides=_one(whole.guides, name), areas=_one(whole.areas, name),
            by=_one(whole.by, name), used=None if whole.used is None else _one(used, name), health={})

    named = {*whole.measures, *whole.goals, *whole.uses, *whole.requests, *whole.guides, *whole.areas, *whole.by, *used}
    nothing = alone("")       # no dataset has that id
    return lambda dataset: alone(dataset.id) if dataset.id in named else nothing


def _one(values: Mapping[str, T], name: str) -> Mapping[str, T]:
    return {name: values[name]} if name in values else {}


def file_facts(catalog: Catalog) -> Iterator[Row]:
    """A row for each file that is listed."""
    for dataset in catalog.datasets:
        for file in dataset.files:
            profile = file.profile
            yield {"id": f"{dataset.id}/{file.id}", "dataset": dataset.id, "title": file.title, "format": file.format,
                   "rows": profile.rows if profile else None, "columns": len(profile.header) if profile else None,
                   "bytes": file.bytes, "is_sample": file.shows_sample, "is_table": profile is not None}


def column_facts(catalog: Catalog) -> Iterator[Row]:
    """A row for each column of a file that was read as a table, those that are left out of it included."""
    for dataset in catalog.datasets:
        for file in dataset.files:
            if file.profile:
                yield from _columns(dataset, file, file.profile)


def datasets_of(measure: Measure) -> tuple[str, ...]:
    """The datasets behind a measure: of its rows, and of the population that a rate is for."""
    compute = measure.record.compute
    population = compute.rate.population.dataset if compute and compute.rate and compute.rate.population else None
    return tuple(dict.fromkeys(each for each in (compute.dataset if compute else None, population) if each))


def _around(catalog: Catalog, build: Build) -> Around:
    practice = catalog.practice
    behind = [(dataset, measure) for measure in catalog.measures for dataset in datasets_of(measure)]
    by: dict[str, frozenset[str]] = {}
    for measure in catalog.measures:
        if measure.record.compute and measure.dataset:
            by[measure.dataset.id] = by.get(measure.dataset.id, frozenset()) | {*measure.record.compute.by}
    return Around(
        today=build.today,
        current=months_before(build.today, CURRENT_MONTHS),
        measures=Counter(dataset for dataset, _ in behind),
        goals=Counter(dataset for dataset, _ in {(dataset, measure.goal.id) for dataset, measure in behind if measure.goal}),
        uses=_naming(each.record.datasets for each in practice.uses),
        requests=_naming(each.record.datasets for each in practice.requests),
        guides=_naming(each.record.datasets for each in practice.guides),
        used=_used(practice.usage), health=practice.health, areas=columns_of_areas(catalog), by=by)


def _naming(lists: Iterable[tuple[str, ...]]) -> Counter[str]:
    return Counter(name for names in lists for name in set(names))


def _used(usage: tuple[Used, ...]) -> Mapping[str, tuple[int, int]] | None:
    """Views and downloads in the months that end with the newest one."""
    if not usage:
        return None
    newest = date.fromisoformat(f"{max(each.month for each in usage)}-01")
    since = months_before(newest, USAGE_MONTHS - 1).isoformat()[:7]
    found: dict[str, tuple[int, int]] = {}
    for each in usage:
        if each.month >= since:
            views, downloads = found.get(each.dataset, (0, 0))
            found[each.dataset] = views + each.views, downloads + each.downloads
    return found


def _described(dataset: Dataset, around: Around) -> dict[str, object]:
    record, is_placed = dataset.record, any(map(has_places, dataset.files))
    return {
        "id": dataset.id, "title": dataset.title, "title_lower": dataset.title.lower(), "status": dataset.status,
        "publisher": dataset.publisher.id if dataset.publisher else None,
        "topic": dataset.topics[0].id if dataset.topics else None, "topics": len(dataset.topics),
        "topic_ids": "; ".join(each.id for each in dataset.topics) or None,
        "keywords": "; ".join(record.keywords).lower() or None,
        "license": dataset.license.id if dataset.license else None, "is_open_license": is_open(dataset.license),
        "frequency": record.frequency.word if record.frequency else None, "has_frequency": record.frequency is not None,
        "updated": dataset.updated, "freshness": dataset.freshness.state, "days_late": dataset.freshness.days_late,
        "has_title": dataset.has_title, "has_description": bool(record.summary or record.description),
        "has_publisher": dataset.publisher is not None, "has_contact": dataset.contact is not None,
        "has_contact_email": bool(dataset.contact and dataset.contact.email), "has_license": is_named(dataset.license),
        "has_keywords": bool(record.keywords), "has_limits": bool(record.known_limits),
        "has_row_meaning": bool(record.each_row_is), "has_spatial": bool(record.spatial),
        "has_temporal": bool(record.temporal and (record.temporal.start or record.temporal.end)),
        "has_modified": record.modified is not None, "has_known_date": dataset.updated is not None,
        "is_current": dataset.updated is not None and dataset.updated >= around.current,
        **_kept(dataset, around.today), **_contents(dataset, is_placed), **_named(dataset.id, around),
        **_seen(dataset, around, is_placed),
        "url": f"/data/{dataset.id}/",
    }


def _kept(dataset: Dataset, today: date) -> Row:
    """Of the inventory and the review before release."""
    record, review = dataset.record, dataset.record.release_review
    release = record.release.on if record.release else None
    return {
        "sensitivity": record.sensitivity, "has_sensitivity": record.sensitivity is not None,
        "system_of_record": record.system_of_record, "has_system": bool(record.system_of_record),
        "value": record.value, "has_value": record.value is not None,
        "reason": record.reason, "has_reason": bool(record.reason),
        "release_on": release, "has_release_plan": release is not None,
        "is_release_overdue": dataset.status == "planned" and release is not None and release < today,
        "review_on": review.on if review else None, "review_expires": review.expires if review else None,
        "review_level": review.level if review else None, "is_reviewed": _holds(review, today),
        "has_field_standard": bool(record.conforms_to), "has_anonymity": bool(record.anonymity),
    }


def _holds(review: ReleaseReviewRecord | None, today: date) -> bool:
    """Whether a review was made and has not expired. The day that it expires still counts."""
    return bool(review and review.on and review.on <= today and (review.expires is None or today <= review.expires))


def _contents(dataset: Dataset, is_placed: bool) -> Row:
    """Of its files, as far as they were read."""
    tables = [file for file in dataset.files if file.profile]
    records = [column.record for file in tables for column in file.columns] if tables else [*dataset.record.columns.values()]
    described = sum(map(_has_meaning, records))
    plain = [file.format.casefold().removesuffix(UNPACKED) for file in dataset.files if file.name or file.url]
    whole = [file for file in tables if not file.shows_sample]
    return {
        "has_dictionary": bool(records) and described == len(records), "columns": len(records), "columns_described": described,
        "files": len(dataset.files), "tables": len(tables),
        "rows": sum(file.profile.rows for file in whole if file.profile) if whole else None,
        "formats": "; ".join(dict.fromkeys(file.format for file in dataset.files)) or None,
        "is_machine_readable": bool(tables) or any(each in _DATA for each in plain),
        "is_open_format": bool(tables) or any(each in _OPEN for each in plain),
        "has_places": is_placed,
        "has_bulk": any(file.url or (file.source_path and not file.is_sample) for file in dataset.files),
    }


def _named(identifier: str, around: Around) -> Row:
    """By what else it is named and how often it is used."""
    views, downloads = (None, None) if around.used is None else around.used.get(identifier, (0, 0))
    answered = [check for check in around.health.get(identifier, ()) if check.state != "unknown"]
    rows = [check.state for check in answered if check.id == VALID_ROWS]
    return {
        "measures": around.measures.get(identifier, 0), "goals": around.goals.get(identifier, 0),
        "uses": around.uses.get(identifier, 0), "requests": around.requests.get(identifier, 0),
        "guides": around.guides.get(identifier, 0), "views": views, "downloads": downloads,
        "health_passed": sum(check.state == "passed" for check in answered), "health_of": len(answered),
        "has_valid_rows": "failed" not in rows if rows else None,
    }


def _seen(dataset: Dataset, around: Around, is_placed: bool) -> Row:
    """By what its rows can be seen apart."""
    areas = around.areas.get(dataset.id, ())
    return {
        "is_by_area": bool(areas) or is_placed,
        "is_by_group": any(each.quasi_identifiers for each in dataset.record.anonymity)
        or bool(around.by.get(dataset.id, frozenset()) - {*areas}),
    }


def _columns(dataset: Dataset, file: File, profile: TableProfile) -> Iterator[Row]:
    types, filled = profile.types, profile.filled
    hidden = file.record.columns or dataset.record.columns
    left_out = [Column(name=name, record=hidden.get(name, ColumnRecord()), described=name in hidden) for name in file.left_out]
    for column in (*file.columns, *left_out):
        record, kind = column.record, types.get(column.name)
        yield {
            "id": f"{dataset.id}/{file.id}/{column.name}", "dataset": dataset.id, "file": file.id, "name": column.name,
            "title": record.title, "type": kind or record.type, "unit": record.unit,
            "shared": record.standard, "refers_to": _target(record.foreign_key),
            "has_meaning": _has_meaning(record), "has_unit": bool(record.unit), "is_sensitive": column in left_out,
            "filled_share": round(filled[column.name] / profile.rows, 4) if kind and profile.rows else None,
        }


def _target(key: ForeignKey | None) -> str | None:
    return f"{key.dataset}/{key.column}" if key else None


def _has_meaning(record: ColumnRecord) -> bool:
    return bool(record.title or record.description)
