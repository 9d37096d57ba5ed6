"""Standards answered from the tables of facts and from what the city attests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from unicodedata import normalize

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.assessment import (
    Answer,
    AreaStanding,
    Assessment,
    Attestation,
    CheckAnswer,
    CriterionAnswer,
    FactsTable,
    PastAssessment,
)
from cityfolio.model.catalog import Build
from cityfolio.model.practice import AttestationRecord
from cityfolio.model.standard import CriterionRecord, StandardRecord
from cityfolio.practice.criteria import areas_of, in_order_of_need, is_leaf
from cityfolio.practice.levels import Counts, counts, level_of_area, level_reached
from cityfolio.practice.next_steps import next_steps
from cityfolio.practice.past import past_assessments
from cityfolio.practice.shipped import standards_of


def assessments(loaded: Loaded, facts: Mapping[str, FactsTable], build: Build) -> tuple[Assessment, ...]:
    """The standards that the city assesses itself by, each answered."""
    named = loaded.site.record.standards if loaded.site else ()
    known = standards_of(loaded)
    found = [assessed(known[each], loaded, facts, build) for each in dict.fromkeys(named) if each in known]
    return tuple(sorted(found, key=lambda each: (normalize("NFKD", each.record.title or each.id).casefold(), each.id)))


def assessed(standard: Sourced[StandardRecord], loaded: Loaded, facts: Mapping[str, FactsTable], build: Build) -> Assessment:
    """A standard without faults, answered on the day of the build."""
    record = standard.record
    past = past_assessments(loaded, standard.id, build.today)
    evidence = _evidence(standard, loaded, facts, build.today)
    answers = _answers(record, evidence, past)
    met = {name: answer.is_met for name, answer in answers.items()}
    found = counts(record, met)
    level, above = level_reached(record, found, met)
    own = {name: each.holds for name, each in evidence.items()}
    return Assessment(
        id=standard.id, record=record, source_path=standard.document.path if standard.id in loaded.standards else "",
        answers=answers, areas=_areas(record, found), met=found.met, of=found.of, level=level, next_level=above,
        next_steps=next_steps(record, own, above) if above else (), past=past)


class _Evidence(Frozen, kw_only=True):
    """What there is to say to what one criterion asks itself, its parts and what comes before it left aside."""

    checks: tuple[CheckAnswer, ...]
    attestations: tuple[Attestation, ...]
    holds: bool
    by_word: bool                 # True: without an attestation it would not hold


def _evidence(standard: Sourced[StandardRecord], loaded: Loaded, facts: Mapping[str, FactsTable],
              today: date) -> dict[str, _Evidence]:
    # numpy and Arrow take longer to import than most catalogs take to read.
    from cityfolio.practice.answers import Asking

    asking, said = Asking(facts), attestations_for(standard.id, loaded, today)
    return {name: _of_criterion(criterion, tuple(map(asking.answer, criterion.checks)), said.get(name, ()))
            for name, criterion in standard.record.criteria.items()}


def _of_criterion(criterion: CriterionRecord, checks: tuple[CheckAnswer, ...], said: Sequence[Attestation]) -> _Evidence:
    by_rows = all(each.holds for each in checks)
    by_word = any(each.is_valid for each in said)
    if criterion.attest is None or not is_leaf(criterion):
        holds, needs_word = by_rows, False
    elif criterion.either and checks:
        holds, needs_word = by_rows or by_word, not by_rows
    else:
        holds, needs_word = by_rows and by_word, True
    return _Evidence(checks=checks, attestations=tuple(said), holds=holds, by_word=holds and needs_word)


def attestations_for(standard: str, loaded: Loaded, today: date) -> Mapping[str, tuple[Attestation, ...]]:
    """What the city attests for a standard, by criterion."""
    found: dict[str, list[Attestation]] = {}
    for each in loaded.attestations.values():
        attestation = Attestation(id=each.id, record=each.record, is_valid=is_valid(each.record, today),
                                  source_path=each.document.path)
        for name in dict.fromkeys(each.record.criteria):
            of, _, criterion = name.partition("/")
            if of == standard:
                found.setdefault(criterion, []).append(attestation)
    return {criterion: tuple(sorted(said, key=lambda each: each.id)) for criterion, said in found.items()}


def is_valid(record: AttestationRecord, today: date) -> bool:
    """Whether an attestation counts on a day: from the day it was made to the day it expires, both included."""
    return record.on is not None and record.expires is not None and record.on <= today <= record.expires


def _answers(record: StandardRecord, evidence: Mapping[str, _Evidence],
             past: Sequence[PastAssessment]) -> Mapping[str, CriterionAnswer]:
    """Every criterion answered, each after what it depends on; in the order of the standard."""
    areas, found = areas_of(record), dict[str, CriterionAnswer]()
    was = past[0].answers if past else {}
    for name in in_order_of_need(record):
        criterion, own = record.criteria[name], evidence[name]
        waits = tuple(each for each in criterion.after if not found[each].is_met)
        listed = dict.fromkeys(criterion.among.criteria) if criterion.among else ()
        parts = tuple(each for each in listed if found[each].is_met)
        least = (criterion.among.least or 1) if criterion.among else 0
        by_rows = sum(found[each].answer == "met" for each in parts)
        answer: Answer = "not-met"
        if own.holds and not waits and len(parts) >= least:
            answer = "attested" if own.by_word or by_rows < least else "met"
        found[name] = CriterionAnswer(id=name, record=criterion, area=areas[name], answer=answer, checks=own.checks,
                                      attestations=own.attestations, parts=parts, waits_for=waits, was=was.get(name))
    return {name: found[name] for name in record.criteria}


def _areas(record: StandardRecord, found: Counts) -> tuple[AreaStanding, ...]:
    return tuple(AreaStanding(id=area, record=record.areas[area], met=met, of=of, level=level_of_area(record, met, of))
                 for area, (met, of) in found.areas.items())
