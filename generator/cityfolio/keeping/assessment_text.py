"""An assessment in words for a terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cityfolio.model.assessment import Answer, Assessment, Attestation, CheckAnswer, CriterionAnswer
from cityfolio.practice.criteria import wholes_of

WORDS: dict[Answer, str] = {"met": "met", "not-met": "not met", "attested": "by word"}
WIDTH = 9                         # of these words with a space behind them
MOST_NAMED = 5                    # ids of rows in a line


def as_json(assessment: Assessment, today: date) -> dict[str, object]:
    """For programs: each criterion with the queries, the rows and the attestations that its answer rests on."""
    return {
        "standard": assessment.id, "title": assessment.record.title, "version": assessment.record.version,
        "on": today.isoformat(), "met": assessment.met, "of": assessment.of,
        "criteria": [{"id": each.id, "answer": each.answer, "evidence": list(_evidence(each))}
                     for each in assessment.answers.values()],
        "areas": [{"id": each.id, "met": each.met, "of": each.of, "level": each.level.id if each.level else None}
                  for each in assessment.areas],
        "level": assessment.level.id if assessment.level else None,
        "next_level": assessment.next_level.id if assessment.next_level else None,
        "next": list(assessment.next_steps),
    }


def _evidence(answer: CriterionAnswer) -> Iterator[dict[str, object]]:
    for check in answer.checks:
        rows = "datasets" if check.check.table == "datasets" else "rows"
        yield {"query": check.query, "holds": check.holds, "counted": check.counted, "of": check.of,
               "table": check.check.table, rows: list(check.good), "short": list(check.short)}
    for each in answer.attestations:
        record = each.record
        yield {"attestation": each.id, "valid": each.is_valid, "claim": record.claim, "by": record.by,
               "on": record.on.isoformat() if record.on else None,
               "expires": record.expires.isoformat() if record.expires else None, "evidence": list(record.evidence)}
    if answer.record.among:
        yield {"parts": list(answer.parts), "least": answer.record.among.least, "of": list(answer.record.among.criteria)}
    if answer.waits_for:
        yield {"waits_for": list(answer.waits_for)}


def as_text(assessment: Assessment, today: date) -> str:
    """For a person: by area, each criterion with its evidence in a line, then the level and what to do next."""
    return "\n".join(_lines(assessment, today))


def _lines(assessment: Assessment, today: date) -> Iterator[str]:
    record = assessment.record
    version = f" ({' '.join(record.version.split())})" if record.version else ""
    yield f"{record.title}{version}: a self-assessment on {today.isoformat()}"
    if record.partial:
        yield f"In part: {' '.join(record.partial.split())}"
    wholes = wholes_of(record)
    for area in assessment.areas:
        yield f"\n{area.record.title}: {area.met} of {area.of} met" + (f", {area.level.title}" if area.level else "")
        for answer in assessment.answers.values():
            if answer.area == area.id:
                indent = "    " if answer.id in wholes else "  "
                yield f"{indent}{WORDS[answer.answer]:{WIDTH}}{answer.record.title} [{answer.id}]"
                yield from (f"{indent}{'':{WIDTH}}{line}" for line in _reasons(answer))
    yield f"\nMet: {assessment.met} of {assessment.of}. Level: {assessment.level.title if assessment.level else 'none yet'}."
    yield from _next(assessment)


def _reasons(answer: CriterionAnswer) -> Iterator[str]:
    if answer.record.among:
        among = answer.record.among
        yield f"{len(answer.parts)} of {len(set(among.criteria))} parts are met; {among.least} needed"
    yield from map(_counted, answer.checks)
    suffices = answer.record.either and bool(answer.checks) and all(check.holds for check in answer.checks)
    if answer.record.attest is not None and not answer.attestations and not suffices:
        yield "attestation: none"
    yield from map(_attested, answer.attestations)
    if answer.waits_for:
        yield f"waits for {', '.join(answer.waits_for)}"


def _counted(check: CheckAnswer) -> str:
    counted = f"{check.counted:,} of {check.of:,} ({check.query})"
    if check.holds:
        return counted
    # Where too many rows count, it is these that stand in the way.
    is_over = check.check.most is not None and check.counted > check.check.most
    word, rows = ("these are", check.good) if is_over else ("not", check.short)
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"{counted}; {word} {', '.join(rows[:MOST_NAMED])}{more}" if rows else counted


def _attested(attestation: Attestation) -> str:
    record = attestation.record
    until = f"until {record.expires}" if attestation.is_valid else f"which does not count: {record.on} to {record.expires}"
    return f"attested by {record.by}, {until}: {record.claim}"


def _next(assessment: Assessment) -> Iterator[str]:
    if assessment.next_level is None:
        return
    count = len(assessment.next_steps)
    yield f"The shortest way to {assessment.next_level.title}: {count} {'criterion' if count == 1 else 'criteria'} to meet."
    for number, step in enumerate(assessment.next_steps, 1):
        yield f"  {number}. {assessment.record.criteria[step].title} [{step}]"
