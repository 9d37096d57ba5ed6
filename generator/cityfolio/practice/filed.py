"""Commitments, requests, uses, rules and guides as pages show them: in order, with their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.practice import GuideRecord, RuleRecord
from cityfolio.model.practised import Filed, Practice


class _Titled(Protocol):
    @property
    def title(self) -> str | None: ...


R = TypeVar("R", bound=_Titled)


def filed(loaded: Loaded) -> Practice:
    """What a city wrote, in the order of pages. What is computed is added later."""
    return Practice(
        commitments=_newest_first(loaded.commitments, lambda record: record.promised),
        requests=_newest_first(loaded.requests, lambda record: record.asked),
        uses=_newest_first(loaded.uses, lambda record: record.date),
        rules=tuple(sorted(_all(loaded.policy.values()), key=_rank_of_rule)),
        guides=tuple(sorted(_all(loaded.guides.values()), key=lambda each: (*_rank(each.record), each.title))),
    )


def _all(sourced: Iterable[Sourced[R]]) -> tuple[Filed[R], ...]:
    return tuple(Filed(id=each.id, title=each.record.title or each.id, record=each.record, source_path=each.document.path,
                       body=each.body, body_line=each.body_line, further=each.further) for each in sourced)


def _newest_first(room: Mapping[str, Sourced[R]], day: Callable[[Any], date | None]) -> tuple[Filed[R], ...]:  # Any: R
    dated = sorted(_all(room.values()), key=lambda each: each.title)
    return tuple(sorted(dated, key=lambda each: day(each.record) or date.min, reverse=True))


def _rank(record: RuleRecord | GuideRecord) -> tuple[bool, int]:
    return record.order is None, record.order or 0


def _rank_of_rule(rule: Filed[RuleRecord]) -> tuple[bool, int, tuple[bool, int], str]:
    is_meeting = rule.record.kind == "meeting"
    days = -(rule.record.held or date.min).toordinal() if is_meeting else 0
    return is_meeting, days, _rank(rule.record), rule.title
