"""What a difference of keys is called, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cityfolio.frozen import replace
from cityfolio.load.loaded import Sourced
from cityfolio.model import keys as k
from cityfolio.model.change_kinds import CHANGE_KINDS
from cityfolio.model.keys import keys_of
from cityfolio.model.records import FileRecord
from cityfolio.model.review import Change
from cityfolio.problems import Location
from cityfolio.review.compare_addresses import PAGES, file_address, page_address
from cityfolio.review.compare_records import At, Difference, as_written

# Keys whose change has a name of its own, by the type of their record; "" is any type.
NAMED: Mapping[tuple[str, str], str] = {
    ("", "title"): "title-changed", ("", "formerly"): "former-address", ("", "contact"): "contact-changed",
    ("Contact", "name"): "contact-changed", ("Contact", "email"): "contact-changed", ("Contact", "phone"): "contact-changed",
    ("Contact", "url"): "contact-changed",
    ("DatasetRecord", "license"): "license-changed", ("SiteRecord", "license"): "license-changed",
    ("DatasetRecord", "rights"): "rights-changed", ("DatasetRecord", "identifier"): "identifier-changed",
    ("DatasetRecord", "publisher"): "publisher-changed", ("DatasetRecord", "frequency"): "schedule-changed",
    ("DatasetRecord", "known_limits"): "limits-changed", ("SiteRecord", "base_url"): "site-moved",
    ("SiteRecord", "forwards"): "former-address", ("FileRecord", "primary_key"): "row-key-changed",
    ("ColumnRecord", "title"): "meaning-changed", ("ColumnRecord", "description"): "meaning-changed",
    ("ColumnRecord", "standard"): "meaning-changed", ("ColumnRecord", "source"): "meaning-changed",
    ("ColumnRecord", "format"): "meaning-changed", ("ColumnRecord", "type"): "meaning-changed",
    ("ColumnRecord", "unit"): "unit-changed",
    **{("ColumnRecord", name): "constraint-changed" for name in (
        "required", "unique", "minimum", "maximum", "min_length", "max_length", "pattern", "foreign_key")},
    **{("ForeignKey", name): "constraint-changed" for name in ("dataset", "column")},
    **{("MeasureRecord", name): "definition-changed" for name in (
        "type", "unit", "direction", "compute", "period", "readings", "breaks")},
    **{("MeasureRecord", name): "target-changed" for name in (
        "targets", "baseline", "tolerance", "trajectory", "steps", "fresh_within")},
    **{(record, ""): "definition-changed" for record in (
        "ComputeRecord", "PeriodRecord", "RatioRecord", "PercentileRecord", "RateRecord", "PopulationRecord", "ReadingRecord",
        "BreakRecord")},
    ("ReviewPolicyRecord", ""): "policy-changed",
    **{(record, ""): "target-changed" for record in ("TargetRecord", "BaselineRecord", "StepRecord")},
}
# A value that nothing was said of before moves nobody's program, and a site without an address has nobody who knows it.
ONLY_CHANGED = {"unit-changed": "meaning-changed", "site-moved": "key-added"}
FEEDS_OF = {"license-changed": ("DCAT-US", "DCAT-AP", "schema.org", "Data Package"),
            "identifier-changed": ("DCAT-US", "DCAT-AP", "schema.org"),
            "unit-changed": ("Data Package", "CSVW"), "column-hidden": ("Data Package", "CSVW", "Croissant")}
MOST_SHOWN = 80
LEAD = 20                # characters that are shown before the first that differs


def change_of(kind: str, about: str, says: str, where: Location, **more: Any) -> Change:   # Any: further fields of a Change
    """A change of a kind, with its usual weight."""
    return Change(kind=kind, weight=CHANGE_KINDS[kind].weight, about=about, says=says, where=where, **more)


def told(about: str, before: Sourced[Any], after: Sourced[Any], difference: Difference) -> Change:   # Any: a record type
    """A difference of keys as a change. What is gone is at the nearest place that is left."""
    difference = as_written(before, after, difference)
    kind = kind_of(difference)
    return change_of(kind, about, _sentence(difference), place_of(after, difference.at), part=difference.part,
                     before=difference.before, after=difference.after, breaks=_breaks(kind, about, difference))


def _breaks(kind: str, about: str, difference: Difference) -> tuple[str, ...]:
    """The feeds whose users would have to act, and of former addresses that are given up, these."""
    if kind != "former-address-removed":
        return FEEDS_OF.get(kind, ())
    room, _, identifier = about.partition("/")
    names = [difference.entry] if difference.entry else difference.before.split(", ")
    if difference.record is FileRecord:
        return tuple(file_address(identifier, each.replace("/", "-")) for each in names)
    return tuple(each if each.startswith("/") or room not in PAGES else page_address(room, each) for each in names)


def place_of(sourced: Sourced[Any], at: At) -> Location:   # Any: a record type
    """Where something stands in a document; what is not there, where it would be."""
    while at.after and sourced.document.value(*at.after) is None:
        at = replace(at, after=at.after[:-1])
    return sourced.document.at_key(*at.after) if at.after else sourced.document.at()


def kind_of(difference: Difference) -> str:
    """What a difference is called."""
    record, key = difference.record.__name__, difference.key
    if difference.how == "reordered":
        return "order-changed"
    if (record, key) == ("ColumnRecord", "values"):
        return f"code-{difference.how}"
    if (record, key, difference.how) == ("ColumnRecord", "type", "changed"):
        return "column-retyped"
    if (record, key) == ("ColumnRecord", "sensitive"):
        return "column-hidden" if difference.after == "true" else "column-shown"
    if (record, key) == ("DatasetRecord", "status"):
        return _status(difference)
    kind = NAMED.get((record, key)) or NAMED.get((record, "")) or NAMED.get(("", key)) or _by_kind(difference)
    if kind == "former-address":
        return "former-address-added" if difference.how == "added" else "former-address-removed" \
            if difference.before else "former-address-added"
    return ONLY_CHANGED.get(kind, kind) if difference.how == "added" else kind


def _by_kind(difference: Difference) -> str:
    declared = keys_of(difference.record)[difference.key]
    return "text-changed" if isinstance(declared.kind, k.Markdown) or difference.key == "summary" else f"key-{difference.how}"


def _status(difference: Difference) -> str:
    if difference.after == "published" or not difference.after:
        return "dataset-published"
    return "dataset-withdrawn" if difference.before == "published" else "status-changed"


def _sentence(difference: Difference) -> str:
    what = f'"{difference.part}"'
    before, after = contrasted(difference.before, difference.after)
    match difference.how:
        case "added":
            return f"{what} is said now: {after}"
        case "removed":
            return f"{what} is said no more; it was {before}"
        case "reordered":
            return f"{what} is in another order"
    return f"{what} was {before or 'empty'} and is {after or 'empty'}"


def contrasted(before: str, after: str, most: int = MOST_SHOWN) -> tuple[str, str]:
    """Two texts in one line each, from a little before the first place where they differ, and cut where they are long."""
    one, two = (" ".join(text.split()) for text in (before, after))
    if max(len(one), len(two)) <= most:
        return one, two
    same = next((at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), min(len(one), len(two)))
    start = one.rfind(" ", 0, max(0, same - LEAD)) + 1 if same > most - LEAD else 0
    lead = "… " if start else ""
    return lead + shortened(one[start:], most), lead + shortened(two[start:], most)


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most - 2].rstrip()} …"
