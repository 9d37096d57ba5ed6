"""Facts about what the city promised, was asked for, and keeps by rule: the files of its practice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cityfolio.model.practice import CommitmentRecord
from cityfolio.model.practised import Practice
from cityfolio.practice.commitment_days import is_overdue, is_unsettled
from cityfolio.practice.past_days import days_since
from cityfolio.practice.request_days import days_to_answer, is_late, is_waiting

Row = Mapping[str, object]


def commitment_facts(practice: Practice, today: date) -> Iterator[Row]:
    """A row for each commitment."""
    for each in practice.commitments:
        record = each.record
        yield {
            "id": each.id, "title": each.title, "owner": record.owner, "state": record.state, "promised": record.promised,
            "due": record.due, "is_overdue": is_overdue(record, today),
            "has_evidence": bool(record.evidence), "days_late": _days_late(record, today),
        }


def _days_late(record: CommitmentRecord, today: date) -> int | None:
    if record.due is None:
        return None
    end = today if is_unsettled(record) else record.settled or today
    return max((end - record.due).days, 0)


def request_facts(practice: Practice, promised_days: int | None, today: date) -> Iterator[Row]:
    """A row for each request. `promised_days`: within how many days the city means to answer."""
    for each in practice.requests:
        record = each.record
        days, waits = days_to_answer(record, today), is_waiting(record)
        yield {
            "id": each.id, "title": each.title, "state": record.state, "asker": record.asker, "owner": record.owner,
            "asked": record.asked, "answered": record.answered, "days_to_answer": None if waits else days,
            "days_open": days if waits else None,
            "is_late": None if promised_days is None or days is None else is_late(record, promised_days, today),
            "has_reason": bool(record.reason), "has_answer": bool(record.answer),
        }


def use_facts(practice: Practice) -> Iterator[Row]:
    """A row for each use."""
    for each in practice.uses:
        record = each.record
        yield {"id": each.id, "title": each.title, "kind": record.kind, "by": record.by, "date": record.date,
               "datasets": len(set(record.datasets)), "has_change": bool(record.change)}


def rule_facts(practice: Practice, today: date) -> Iterator[Row]:
    """A row for each rule and each meeting."""
    for each in practice.rules:
        record = each.record
        yield {
            "id": each.id, "title": each.title, "kind": record.kind, "by": record.by, "adopted": record.adopted,
            "has_code": bool(record.code), "has_text": bool(each.body.strip() or record.link), "reviewed": record.reviewed,
            "review_by": record.review_by, "is_current": record.review_by is None or today <= record.review_by,
            "held": record.held, "days_since_held": days_since(record.held, today),
            "is_past": record.held is not None and record.held < today,
        }


def guide_facts(practice: Practice) -> Iterator[Row]:
    """A row for each guide."""
    for each in practice.guides:
        yield {"id": each.id, "title": each.title, "datasets": len(set(each.record.datasets)),
               "topics": len(set(each.record.topics)), "reviewed": each.record.reviewed}
