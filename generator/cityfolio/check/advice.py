"""Advice on targets, from what a measure did: what asks for nothing, what was never reached, what nobody looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cityfolio.load.loaded import Loaded
from cityfolio.measures.advice import Advice, AdviceKind, advice
from cityfolio.model.measured import Computation
from cityfolio.problems import Location, Problem

CODES: Mapping[AdviceKind, str] = {
    "always-met": "target-met", "beyond-reach": "target-far", "no-baseline": "baseline-missing",
    "never-reviewed": "review-missing", "only-outputs": "outcome-missing", "many-measures": "measures-many",
}


def performance_advice(loaded: Loaded, computed: Mapping[str, Computation]) -> Iterator[Problem]:
    """What a performance office would want to be told before a resident or a reporter tells it."""
    measures = {each.id: each.record for each in loaded.measures.values()}
    goals = {each.id: each.record for each in loaded.goals.values()}
    for each in advice(measures, goals, computed):
        says, fix = _words(each)
        yield Problem(code=CODES[each.kind], where=_place(each, loaded), says=says, fix=fix)


def _place(about: Advice, loaded: Loaded) -> Location:
    if about.kind == "many-measures":
        return loaded.publishers[about.about].document.at("title") if about.about in loaded.publishers \
            else Location(path="measures")
    if about.kind == "only-outputs":
        return loaded.goals[about.about].document.at("title")
    return loaded.measures[about.about].document.at({"always-met": "targets", "beyond-reach": "targets",
                                                     "no-baseline": "targets"}.get(about.kind, "title"))


def _words(about: Advice) -> tuple[str, str]:
    numbers = dict(about.numbers)
    match about.kind:
        case "always-met":
            return ("each of the last eight periods was better than the target", "Set a target that asks for something.")
        case "beyond-reach":
            return ("no period ever came up to the target", "See whether it can be reached, and by which steps.")
        case "no-baseline":
            return ("there is a target and no baseline, so nobody can tell how far the way is",
                    "Add `baseline:` with the period and the value it began with.")
        case "never-reviewed":
            return ("nobody has reviewed this measure, or its goal",
                    "Look at it in a meeting, and write down under `reviews:` what was seen.")
        case "only-outputs":
            return ("every measure of this goal counts what is put in or done, and none what comes of it",
                    "Add a measure with `type: outcome` or `quality`.")
        case "many-measures":
            return (f"{_whole(numbers['measures'])} measures are more than anybody can steer by",
                    f"Keep the {_whole(numbers['most'])} that are looked at.")


def _whole(number: Fraction | int) -> str:
    return f"{int(number)}"
