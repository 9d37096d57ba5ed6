"""What stands beside the records of a JSON file: it may say that they are only a part of the table, or no table at all.

Services answer with a page at a time, and with lists that describe a table. Either can be read, and would be published in
place of what was meant.
"""

from __future__ import annotations

from typing import Any

from cityfolio.tables.readers.json_faults import Fault
from cityfolio.tables.readers.json_stream import JsonText, Whole
from cityfolio.tables.table import Place, Unreadable

NO_RECORDS = ("errors", "links", "fields", "columns")
NEXT = ("next", "nextlink", "next_page_url", "@odata.nextlink")
CUT = ("exceededtransferlimit", "has_more", "hasmore")
COUNTS = ("count", "total", "totalfeatures", "numbermatched")
ALL_RECORDS = "Export all records at once, as a list of objects or as CSV."
AS_RECORDS = "Export the records as a list of objects, or as CSV."
AS_GEOJSON = "Ask the service for GeoJSON (`f=geojson`), or export the records as CSV."


class Beside:
    """Looks at the members around the records, as they come."""

    def __init__(self, text: JsonText) -> None:
        self.records = 0              # so far, as whoever reads them counts
        self._text = text
        self._most = 0                # records, by what a member says
        self._says = ""
        self._place = Place(line=1, column=1)

    # Any, here and below: a member may be anything.
    def note(self, name: str, value: Any) -> None:
        """Look at a member of which the value was just read. Raises Unreadable where it says that there is more."""
        known = name.lower()
        if known in COUNTS and isinstance(value, Whole) and not value.startswith("-") and len(value) < 20:
            if int(value) > self._most:
                self._most, self._says = int(value), name
                self._place = self._text.place(self._text.start, self._text.at)
        elif _goes_on(known, value) or _has_next(value):
            says = f"the file is only a part of a longer table: `{name[:60]}` says that there is more"
            raise self._text.refusal(Fault(self._text.start, self._text.at, says, ALL_RECORDS), "table-shape")

    def refuse_fewer(self) -> None:
        """Refuse a file with fewer records than it says there are. Raises Unreadable."""
        if self._most > self.records:
            says = (f"the file is only a part of a longer table: `{self._says}` tells of {self._most:,} records, and it holds "
                    f"{self.records:,}")
            raise self._text.job.refusal(self._place, "table-shape", says, ALL_RECORDS)

    def refuse_name(self, name: str, place: Place) -> None:
        """Refuse a list of objects that by its name describes a table, or says why there is none. Raises Unreadable."""
        if name.lower() in NO_RECORDS:
            raise self._text.job.refusal(place, "table-shape", f"`{name}` is the only list of objects in the file, and by its "
                                         "name it holds no records", AS_RECORDS)

    def which(self, names: tuple[str, str], place: Place, *, are_objects: bool) -> Unreadable:
        """The refusal of two lists that hold something."""
        if set(names) == {"fields", "features"}:
            return self.esri(place)
        first, second = (f"`{name[:60]}`" for name in names)
        says = (f"{first} and {second} both are lists of objects, and which is the table is not said" if are_objects else
                f"{first} and {second} both are lists, one of objects and one of something else, and which is the table is not "
                "said")
        return self._text.job.refusal(place, "table-shape", says,
                                      "Publish each list as a file of its own." if are_objects else AS_RECORDS)

    def esri(self, place: Place) -> Unreadable:
        """The refusal of records that have their values one level deeper, beside the shape."""
        return self._text.job.refusal(place, "table-shape", "the file is the answer of a map service in Esri's own form, and "
                                      "its values stand in `attributes`", AS_GEOJSON)


def _goes_on(known: str, value: Any) -> bool:
    return (known in CUT and value is True) or (known in NEXT and _is_address(value))


def _has_next(value: Any) -> bool:
    """Whether an object, or a list of links, beside the records leads to more of them."""
    if isinstance(value, dict):
        return any(_goes_on(name.lower(), each) for name, each in value.items())
    return isinstance(value, list) and any(isinstance(each, dict) and each.get("rel") == "next" for each in value)


def _is_address(value: Any) -> bool:
    address = value.get("href") if isinstance(value, dict) else value
    return isinstance(address, str) and address.startswith(("http://", "https://", "/", "?"))
