"""Whether a commitment is still to be kept, and whether its day has passed. Checks, facts, pages and the calendar ask here."""

from __future__ import annotations

from datetime import date

from cityfolio.model.practice import CommitmentRecord


def is_unsettled(record: CommitmentRecord) -> bool:
    """Whether it was neither kept nor broken nor dropped."""
    return record.state in ("promised", "under-way")


def is_overdue(record: CommitmentRecord, today: date) -> bool:
    """Whether it should have been kept before today."""
    return is_unsettled(record) and record.due is not None and record.due < today
