"""Assessments that were written down: read again, and written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from cityfolio.load.loaded import Loaded
from cityfolio.model.assessment import Answer, Assessment, PastAssessment


def past_assessments(loaded: Loaded, standard: str, today: date) -> tuple[PastAssessment, ...]:
    """Those by a standard up to a day, the newest first."""
    found = [PastAssessment(on=each.record.on, level=each.record.level, source_path=each.document.path,
                            answers={name: cast("Answer", answer) for name, answer in each.record.answers.items()})
             for each in loaded.assessments.values()
             if each.record.standard == standard and each.record.on is not None and each.record.on <= today]
    return tuple(sorted(found, key=lambda each: (each.on, each.source_path), reverse=True))


def record_path(assessment: Assessment, today: date) -> str:
    """Where an assessment of a day is written down, below the catalog's folder."""
    return f"assessments/{assessment.id}-{today.isoformat()}.yaml"


def as_yaml(assessment: Assessment, today: date) -> str:
    """An assessment as a file of the catalog."""
    return "".join(f"{line}\n" for line in _lines(assessment, today))


def _lines(assessment: Assessment, today: date) -> Iterator[str]:
    yield f"standard: {_word(assessment.id)}"
    if assessment.record.version:
        # In quotation marks, within which a single one is doubled: a version may look like a number or a date.
        yield "version: '{}'".format(" ".join(assessment.record.version.split()).replace("'", "''"))
    yield f"on: {today.isoformat()}"
    if assessment.level:
        yield f"level: {_word(assessment.level.id or '')}"
    yield "answers:"
    yield from (f"  {_word(identifier)}: {answer.answer}" for identifier, answer in assessment.answers.items())


def _word(identifier: str) -> str:
    # The one word that an id can be and that YAML takes for no text.
    return f"'{identifier}'" if identifier == "null" else identifier
