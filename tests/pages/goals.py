"""Goals with everything that their pages can show, for tests: a catalog of two priorities, three goals and five measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import Ref
from cityfolio.model.performance import ActionRecord, FollowUpRecord, GoalRecord, HeardRecord, PriorityRecord, ReviewRecord
from pages.catalogs import a_full_catalog, a_greek_catalog
from pages.measures import a_computation, a_few_measures, a_goal, a_measure, a_measure_record, a_priority, a_standing, a_trend

PUBLIC_WORKS = Ref(id="public-works", title="Public Works")


def a_goal_record(title: str = "Streets are smooth", **given: Any) -> GoalRecord:
    """A goal that was reviewed and heard about."""
    return GoalRecord(**{
        "title": title, "owner": "public-works", "description": "Why it *matters*.", "why": "Rain in *May*.",
        "plan": "https://example.gov/plan", "topics": ("streets",), "next_report": date(2026, 2, 15),
        "actions": (an_action("Ask the state for money", due=date(2025, 11, 1)),
                    an_action("Buy a grader", due=date(2026, 1, 31))),
        "reviews": (a_review(date(2025, 11, 10), FollowUpRecord(what="Bring the budget", owner="customer-service-center",
                                                              due=date(2026, 1, 10))),),
        "heard": (HeardRecord(date=date(2025, 4, 2), how="Meeting at the library", says="The *alley* is forgotten.",
                              answer="It was paved."),
                  HeardRecord(date=date(2025, 9, 9), says="Trucks break it.")),
        **given})


def an_action(title: str = "Second crew", **given: Any) -> ActionRecord:
    """Something that is under way."""
    return ActionRecord(**{"title": title, "state": "under-way", **given})


def a_review(day: date = date(2025, 8, 14), *follow_ups: FollowUpRecord, **given: Any) -> ReviewRecord:
    """A meeting of the city manager."""
    return ReviewRecord(**{"date": day, "by": "City manager", "notes": "Looked at crews.", "follow_ups": follow_ups, **given})


def a_goal_catalog(**settings: Any) -> Catalog:
    """A catalog in which the pages of goals have all that they can show."""
    streets_measures = tuple(each for each in a_few_measures() if each.goal)
    loose = tuple(each for each in a_few_measures() if not each.goal)
    safe = Ref(id="nobody-is-hurt", title="Nobody is hurt")
    deaths = a_measure("Deaths in traffic", goal=safe, owner=PUBLIC_WORKS, dataset=Ref(id="crimes", title="Crimes"),
                       record=a_measure_record(title="Deaths in traffic", direction="down", unit="deaths", decimals=0))
    streets = a_goal("Streets are smooth", *streets_measures, record=a_goal_record(), owner=PUBLIC_WORKS,
                     priority=Ref(id="well-run-government", title="Well-run government"))
    safety = a_goal("Nobody is hurt", deaths, owner=PUBLIC_WORKS, priority=Ref(id="safe-streets", title="Safe streets"))
    alone = a_goal("Everybody can read")
    priorities = (
        a_priority("Well-run government", streets, record=PriorityRecord(
            title="Well-run government", description="Decided by the *council*.", plan="https://example.gov/strategy")),
        a_priority("Safe streets", safety), a_priority("Nothing yet"))
    return replace(a_full_catalog(**settings), priorities=priorities, goals=(streets, safety, alone),
                   measures=(*streets_measures, deaths, *loose))


def a_greek_goal_catalog() -> Catalog:
    """The same in Greek letters, so that any Latin one that is found is the interface's."""
    owner, goal = Ref(id="e", title="εκδότης"), Ref(id="g", title="στόχος")
    common = {"goal": goal, "owner": owner, "dataset": Ref(id="1", title="δεδομένα")}
    work = {"actions": (an_action("έργο", due=date(2025, 1, 1)), an_action("έργο", due=date(2026, 1, 1), state="planned")),
            "reviews": (a_review(date(2025, 8, 14), FollowUpRecord(what="έργο", due=date(2025, 9, 1)),
                                 FollowUpRecord(what="έργο"), by="δήμαρχος", notes="λόγια"),), "why": "λόγια"}
    records = [a_measure_record(title="μέτρο", unit="ώρες", direction=direction, **work)
               for direction in ("up", "down", "range", "watch")]
    measures = tuple(
        a_measure("μέτρο", id=f"m{at}", record=records[at % 4], **common, computed=a_computation(
            status=status, standing=a_standing(status), is_recountable=at % 2 == 0, trend=a_trend(word=word)))
        for at, (status, word) in enumerate((
            ("achieved", "improving"), ("on-track", "worsening"), ("near", "rising"), ("off-track", "falling"),
            ("worse-than-baseline", "no-clear-change"), ("inside", "too-short"), ("outside", "rising"), ("stale", "rising"),
            ("suppressed", "rising"), ("no-data", "rising"), ("watch", "rising"))))
    loose = a_measure("μέτρο", id="loose", record=records[0], **{**common, "goal": None})
    record = a_goal_record("στόχος", owner="e", description="λόγια", plan="https://1.2/3", topics=("t",), **work, heard=(
        HeardRecord(date=date(2025, 4, 2), how="συνάντηση", says="λόγια", answer="λόγια"),
        HeardRecord(date=date(2025, 4, 3), says="λόγια")))
    goals = (a_goal("στόχος", *measures, id="g", record=record, owner=owner, priority=Ref(id="p", title="πόλη")),
             a_goal("στόχος", id="h", record=GoalRecord(title="στόχος"), owner=None))
    priority = a_priority("πόλη", goals[0], record=PriorityRecord(title="πόλη", description="λόγια", plan="https://1.2/3"))
    return replace(a_greek_catalog(), goals=goals, priorities=(priority,), measures=(*measures, loose))
