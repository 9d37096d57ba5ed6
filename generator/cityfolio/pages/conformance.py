"""How far the pages of this program are accessible, as its tests found out, and on which day.

What they found is kept in `conformance.json` beside this module, which `make accessibility` writes. It is about the program's
own pages and theme, the same for every city.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from markupsafe import Markup

from cityfolio import files
from cityfolio.frozen import Frozen
from cityfolio.pages.criterion_words import criterion_words
from cityfolio.pages.day_spans import days
from cityfolio.pages.words import Words

FOUND = Path(__file__).resolve().parent / "conformance.json"
# What may be said of a criterion, in the words of VPAT 2.5, and of a group of tests.
SUPPORTS, IN_PART, FAILS, UNKNOWN = "supports", "supports in part", "does not support", "not evaluated"
PASSED, FAILED = "passed", "failed"


class OutcomeView(Frozen, kw_only=True):
    """What tests looked at."""

    what: Markup
    result: Markup
    on: Markup            # the day, or the first and the last; "" where no test ran
    rest: Markup          # what no test looks at; "" where there is nothing


class ConformanceView(Frozen, kw_only=True):
    """What tests found out about the pages of this program."""

    version: str                            # of the program that was tested
    when: Markup                            # from which day to which, within a sentence
    has_days: bool                          # whether tests ran on several days, so that each line says its own
    counts: tuple[tuple[str, Markup], ...]  # how many criteria there are of each result
    failed: tuple[Markup, ...]              # criteria that a test found not to be met
    checks: tuple[OutcomeView, ...]         # what the tests did
    criteria: tuple[OutcomeView, ...]       # of WCAG 2.2, levels A and AA


@cache
def found() -> Mapping[str, Any]:    # Any: JSON, as tools/accessibility_report.py writes it
    """What the tests found out."""
    kept: Mapping[str, Any] = orjson.loads(files.read_bytes(FOUND))
    return kept


def conformance(words: Words) -> ConformanceView:
    """The same in the words of a language."""
    evidence = found()
    results, names = result_words(words), criterion_words(words)
    criteria = tuple(
        OutcomeView(what=_criterion(each, names[each["number"]].name, words), result=results[each["result"]],
                    on=_when(each, words), rest=names[each["number"]].rest)
        for each in evidence["criteria"])
    checks = tuple(
        OutcomeView(what=what, result=results[evidence["checks"][key]["result"]], on=_when(evidence["checks"][key], words),
                    rest=Markup(""))
        for key, what in check_words(words, evidence).items())
    counted = [each["result"] for each in evidence["criteria"]]
    return ConformanceView(
        version=evidence["version"], when=_when(evidence, words), has_days=evidence["from"] != evidence["to"],
        checks=checks, criteria=criteria,
        counts=tuple((words.number(counted.count(result)), results[result]) for result in (SUPPORTS, IN_PART, FAILS, UNKNOWN)),
        failed=tuple(view.what for view, each in zip(criteria, evidence["criteria"], strict=True) if each["result"] == FAILS))


def result_words(words: Words) -> Mapping[str, Markup]:
    """What is said of a criterion, and of a group of tests."""
    _ = words.gettext
    return {SUPPORTS: _("supported"), IN_PART: _("supported in part"), FAILS: _("not supported"), UNKNOWN: _("not evaluated"),
            PASSED: _("passed"), FAILED: _("failed")}


def check_words(words: Words, evidence: Mapping[str, Any]) -> Mapping[str, Markup]:
    """What groups of tests look at, in a sentence each."""
    _ = words.gettext
    widths = words.all_of([words.number(each) for each in evidence["widths"]])
    return {
        "rules": _("The automated rules of axe-core %(version)s find no fault: %(pages)s addresses, %(widths)s pixels wide, in "
                   "light and in dark.", version=evidence["axe"], pages=words.number(evidence["pages"]), widths=widths),
        "narrow": _("Pages fit a screen 320 pixels wide."),
        "keyboard": _("The list of data, tables, maps, goals, SQL and forms can be used with the keyboard alone."),
        "script": _("Pages can be read without a script."),
        "colors": _("Light and dark follow the device and the reader’s choice."),
        "forced": _("States can be told apart where colors are forced."),
        "paper": _("Paper has what the screen had."),
        "motion": _("Without motion nothing glides."),
    }


def _criterion(each: Mapping[str, str], name: Markup, words: Words) -> Markup:
    return words.gettext("%(number)s %(name)s (level %(level)s)", number=each["number"], name=name, level=each["level"])


def _when(said: Mapping[str, str], words: Words) -> Markup:
    if not said["from"]:
        return Markup("")
    first, last = date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
    if first == last:
        return words.time(last)
    start, end = days(first, last, words)
    return words.gettext("%(start)s to %(end)s", start=start, end=end)
