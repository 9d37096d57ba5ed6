"""How many days a request for data waits or waited, and whether that is longer than the city promised.

Pages, feeds and the facts that standards ask all count by these, so that they say the same number.
"""

from __future__ import annotations

from datetime import date

from cityfolio.model.practice import RequestRecord


def is_waiting(record: RequestRecord) -> bool:
    """Whether nobody has answered yet. To be told that data is planned is an answer, once it has a day."""
    return record.state == "open" or (record.state == "planned" and record.answered is None)


def days_to_answer(record: RequestRecord, today: date) -> int | None:
    """From the day it was asked to the first answer, or to today while there is none.

    None where one of the days is not known, and where it was withdrawn, which nobody has to answer.
    """
    until = today if is_waiting(record) else record.answered
    if record.state == "withdrawn" or record.asked is None or until is None:
        return None
    return max(0, (until - record.asked).days)


def is_late(record: RequestRecord, promised_days: int | None, today: date) -> bool:
    """Whether a request took longer, or waits longer, than the city means to take."""
    taken = days_to_answer(record, today)
    return promised_days is not None and taken is not None and taken > promised_days
