"""When a JKAN dataset was issued and changed, how often it is renewed, and what time and place it covers."""

from __future__ import annotations

import re
from datetime import date

from cityfolio.migrate.jkan.record import DatasetImport
from cityfolio.migrate.values.periods import period
from cityfolio.model.frequency import frequency
from cityfolio.model.records import DatasetRecord

DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)
# How often, in the words of SDMX that older JKAN sites use: http://purl.org/linked-data/sdmx/2009/code
SDMX = {"a": "yearly", "d": "daily", "m": "monthly", "n": "R/PT1M", "q": "quarterly", "s": "semiannual", "w": "weekly"}


def dates(each: DatasetImport) -> None:
    """Read the dates. JKAN sites write a repeat such as `R/P1D` where the date of the last change should be."""
    name, text = each.words("frequency")
    if text:
        _frequency(each, name, text)
    modified_name, text = each.words("modified")
    if re.match(r"R\d*/", text):
        _frequency(each, modified_name, text)
    elif text:
        each.values["modified"] = _day(each, modified_name, text)
    issued_name, text = each.words("issued")
    issued = _day(each, issued_name, text) if text else None
    modified = each.values.get("modified")
    if issued and modified and modified < issued:
        each.keep(issued_name, issued, "later than the data's last change, so it cannot be when the data was first published")
    else:
        each.values["issued"] = issued
    for field, day in ((modified_name, modified), (issued_name, issued)):
        if day and each.rooms.today and day > each.rooms.today.isoformat():
            each.ledger.note("doubtful", field, "a date that lies in the future", day, day)


def _frequency(each: DatasetImport, name: str, text: str) -> None:
    sdmx = re.fullmatch(r"(?:http://purl\.org/linked-data/sdmx/2009/code#)?freq-([A-Z])", text)
    found = frequency(SDMX.get(sdmx[1].lower(), text) if sdmx else text)
    if found is None:
        each.keep(name, text, "not a frequency that is known")
        return
    each.values["frequency"] = found.word
    if found.word != text:
        each.ledger.note("noted", name, "how often it is renewed, written as a frequency", text, f"frequency: {found.word}")


def _day(each: DatasetImport, name: str, text: str) -> str | None:
    match = DAY.fullmatch(text)
    try:
        day = date.fromisoformat(match[1] if match else "").isoformat()
    except ValueError:
        each.keep(name, text, "not a date as year, month and day")
        return None
    if day != text:
        each.ledger.note("mended", name, "the time of day left out", text, day)
    return day


def coverage(each: DatasetImport) -> None:
    """Read the place and the time that the data covers."""
    each.values["spatial"] = each.short("spatial", DatasetRecord, "spatial")
    name, text = each.words("temporal")
    covered = period(text) if text else None
    if text and covered is None:
        each.keep(name, text, "a time that cannot be read with certainty")
    elif covered:
        each.values["temporal"] = covered
        if [*covered.values()] != [text, text]:
            shown = ", ".join(f"{key} {value}" for key, value in covered.items())
            each.ledger.note("mended", name, "a time written as start and end", text, shown)
