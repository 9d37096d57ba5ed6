"""Standards with their answers for tests of pages: say what matters, the rest is filled in.

    an_assessment(an_answer("inventory", "met"), an_answer("board", "attested", area="people"))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cityfolio.model.assessment import (
    Answer,
    AreaStanding,
    Assessment,
    Attestation,
    CheckAnswer,
    CriterionAnswer,
    PastAssessment,
)
from cityfolio.model.catalog import Catalog
from cityfolio.model.practice import AttestationRecord
from cityfolio.model.practised import Practice
from cityfolio.model.standard import AmongRecord, AreaRecord, CheckRecord, CriterionRecord, LevelRecord, StandardRecord
from cityfolio.practice.facts import facts
from pages.factories import a_build
from pages.measures import a_measured_catalog

LEVELS = (LevelRecord(id="starting", title="Starting", says="A city that *begins*.", share=0.25),
          LevelRecord(id="building", title="Building", says="A city that goes on.", share=0.5, each_area=0.25,
                      criteria=("inventory",)),
          LevelRecord(id="leading", title="Leading", share=0.9))


def a_check(**given: Any) -> CheckRecord:
    """Eight in ten published datasets have a dictionary."""
    return CheckRecord(**{"table": "datasets", "where": "status == 'published'", "good": "has_dictionary == true",
                          "share": 0.8, **given})


def a_check_answer(good: tuple[str, ...] = ("crimes",), short: tuple[str, ...] = (), **given: Any) -> CheckAnswer:
    """What the catalog answered. `check` is what was asked."""
    check = given.pop("check", a_check())
    return CheckAnswer(**{"check": check, "holds": not short, "counted": len(good), "of": len(good) + len(short),
                          "query": f"{check.table} where {check.where}: share of {check.good}, at least 80%", "good": good,
                          "short": short, **given})


def an_attestation(is_valid: bool = True, **given: Any) -> Attestation:
    """What the chief data officer says of the city."""
    return Attestation(id=given.pop("id", "board"), is_valid=is_valid, source_path="attestations/board.yaml",
                       record=AttestationRecord(**{
                           "criteria": ("charter/board",), "claim": "The board meets each quarter.",
                           "evidence": ("https://example.gov/minutes", "/about/", "/nowhere/"), "by": "Chief data officer",
                           "on": date(2025, 4, 1), "expires": date(2026, 4, 1), **given}))


def an_answer(criterion_id: str = "inventory", answer: Answer = "met", **given: Any) -> CriterionAnswer:
    """A criterion with its answer. `record` holds keys of the criterion; `area` is "data" where nothing is said."""
    record = {"title": criterion_id.replace("-", " ").capitalize(), **given.pop("record", {})}
    return CriterionAnswer(**{"id": criterion_id, "record": CriterionRecord(**record), "area": "data", "answer": answer,
                              **given})


def an_assessment(*answers: CriterionAnswer, **given: Any) -> Assessment:
    """A standard with these answers; its areas and totals are counted from them."""
    named = {each.id: each for each in answers}
    parts = {part for each in answers if each.record.among for part in each.record.among.criteria}
    whole = [each for each in answers if each.id not in parts]
    areas = tuple(dict.fromkeys(each.area for each in answers))
    levels = given.pop("levels", LEVELS)
    record = StandardRecord(**{"title": "Data charter", "levels": levels, **given.pop("record", {})})
    standings = tuple(_standing(area, [each for each in whole if each.area == area]) for area in areas)
    return Assessment(**{
        "id": "charter", "record": record, "source_path": "standards/charter.yaml", "answers": named, "areas": standings,
        "met": sum(each.is_met for each in whole), "of": len(whole), "level": levels[0] if levels else None,
        "next_level": levels[1] if len(levels) > 1 else None, **given})


def _standing(area: str, answers: list[CriterionAnswer]) -> AreaStanding:
    return AreaStanding(id=area, record=AreaRecord(title=area.capitalize(), says=f"About *{area}*."),
                        met=sum(each.is_met for each in answers), of=len(answers), level=LEVELS[0])


def a_past(answers: Mapping[str, Answer] | None = None, **given: Any) -> PastAssessment:
    """An assessment that was written down in January 2025."""
    return PastAssessment(**{"on": date(2025, 1, 31), "level": "starting", "answers": answers or {"inventory": "not-met"},
                             "source_path": "assessments/charter-2025-01-31.yaml", **given})


def a_full_assessment() -> Assessment:
    """A standard with every kind of answer, each kind of evidence, a way to the next level and an earlier assessment."""
    many = tuple(f"gone-{at:02}" for at in range(14))
    answers = (
        an_answer("inventory", was="not-met", record={"says": "Every dataset is *listed*.", "source": "https://example.org/5"},
                  checks=(a_check_answer(("crimes", "late-one")),)),
        an_answer("dictionaries", "not-met", was="met", record={"says": "Describe each column.", "among": None},
                  checks=(a_check_answer(("service-requests-311",), ("crimes", "late-one", *many)),)),
        an_answer("topics", checks=(a_check_answer(("crimes", "late-one"), counted=1, check=a_check(
            share=None, least=1, good=None, different="topic")),)),
        an_answer("licenses", "not-met", waits_for=("dictionaries",), record={"after": ("dictionaries",)},
                  checks=(a_check_answer(check=a_check(where=None, share=None, most=0), holds=True),)),
        an_answer("board", "attested", area="people", was="attested", attestations=(an_attestation(),),
                  record={"attest": "Minutes of two meetings."}),
        an_answer("training", "not-met", area="people", record={"attest": "Who was taught.", "either": True,
                                                                 "checks": (a_check(table="guides"),)},
                  attestations=(an_attestation(False, id="old", expires=date(2025, 6, 1)),),
                  checks=(a_check_answer((), (), check=a_check(table="guides", where=None), holds=False),)),
        an_answer("engagement", "not-met", area="people", parts=("survey",),
                  record={"among": AmongRecord(least=2, criteria=("survey", "meetings", "contact"))}),
        an_answer("survey", "attested", area="people", record={"attest": "Its results."}, attestations=(an_attestation(),)),
        an_answer("meetings", "not-met", area="people", record={"attest": "Minutes."}),
        an_answer("contact", "not-met", area="people",
                  checks=(a_check_answer((), ("site",), check=a_check(table="site", where=None, good="has_contact == true")),)),
    )
    return an_assessment(
        *answers, next_steps=("dictionaries", "meetings"), past=(a_past({"inventory": "not-met", "dictionaries": "met"}),),
        record={"publisher": "City council", "version": "2026", "partial": "One part.",
                "url": "https://data.example.org/standards/of-the-city/charter", "read_on": date(2025, 11, 1),
                "description": "What the council *asks*."})


def an_assessed_catalog(*assessments: Assessment, **settings: Any) -> Catalog:
    """A catalog of a city that assesses itself by these standards, or by one with everything that there can be."""
    catalog = a_measured_catalog(**settings)
    return replace(catalog, practice=Practice(facts=facts(catalog, a_build()),
                                              assessments=assessments or (a_full_assessment(),)))
