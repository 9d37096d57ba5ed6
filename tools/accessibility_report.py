"""Writes what the browser tests found out about access: the report on it, and what each site says of it at /accessibility/.

    python tools/accessibility_report.py --tests      print the tests that it speaks of, for pytest
    python tools/accessibility_report.py FOLDER       sum up the evidence in FOLDER, and write both
    python tools/accessibility_report.py              write both from the evidence that is kept

`make accessibility` does both. What was found out is kept in docs/reference/accessibility-evidence.json, with the day of
each test. From it come docs/reference/accessibility-conformance.md, and generator/cityfolio/pages/conformance.json, from which
each build draws the statement of its site.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accessibility_criteria import CHECKS, CRITERIA, Criterion
from cityfolio.pages.conformance import FAILED, FAILS, FOUND, IN_PART, PASSED, SUPPORTS, UNKNOWN, check_words
from cityfolio.pages.words import ENGLISH

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = ROOT / "docs" / "reference" / "accessibility-evidence.json"
REPORT = ROOT / "docs" / "reference" / "accessibility-conformance.md"
NOT_OF_A_SITE = {"test_gallery.py"}     # shows the parts of a theme to who writes one; no site has it
AXE = re.compile(r"def (test_\w*(?:rule|rules)(?:_\w+)?)\(.*\baxe\b")
Evidence = Mapping[str, Any]     # Any: JSON, as `summed` gives it


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one criterion."""

    criterion: Criterion
    state: str
    by: tuple[str, ...]      # tests and rules
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a group of tests."""

    state: str
    by: tuple[str, ...]
    days: tuple[str, ...]


def named_tests() -> list[str]:
    """Every test that the report may speak of, as pytest names it."""
    named = {test for each in CRITERIA for test in each.tests} | {test for tests in CHECKS.values() for test in tests}
    return sorted({path_of(test) for test in named} | set(axe_tests()))


def path_of(test: str) -> str:
    """A test as pytest names it."""
    module, _, name = test.partition("::")
    return f"tests/browser/{module}.py::{name}"


def axe_tests() -> Iterator[str]:
    """The tests that let axe-core look at pages."""
    for path in sorted((ROOT / "tests" / "browser").glob("test_*.py")):
        found = () if path.name in NOT_OF_A_SITE else AXE.findall(re.sub(r"\(\n\s+", "(", path.read_text("utf-8")))
        for name in found:
            yield f"tests/browser/{path.name}::{name}"


def summed(lines: Iterable[str], version: str, axe: str) -> dict[str, Any]:   # Any: JSON
    """What lines of evidence come to: of each test and each rule how often it passed, and when last."""
    tests: dict[str, dict[str, Any]] = defaultdict(lambda: {"passed": 0, "failed": 0, "skipped": 0, "day": ""})
    rules: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"criteria": [], "passed": 0, "undecided": 0, "failed": 0, "day": ""})
    pages, widths, schemes = set[str](), set[int](), set[str]()
    for line in lines:
        said = json.loads(line)
        if "test" in said:
            found = tests[said["test"]]
            found[said["outcome"]] += 1
            found["day"] = max(found["day"], said["day"])
            continue
        pages.add(said["page"])
        widths.add(said["width"])
        schemes.add(said["scheme"])
        for outcome in ("passed", "undecided", "failed"):
            for rule, tags in said[outcome]:
                found = rules[rule]
                found["criteria"] = sorted(map(_number, tags))
                found[outcome] += 1
                found["day"] = max(found["day"], said["day"])
    return {"version": version, "axe": axe, "pages": len(pages), "widths": sorted(widths), "schemes": sorted(schemes),
            "tests": dict(sorted(tests.items())),
            "rules": {name: rule for name, rule in sorted(rules.items()) if rule["criteria"]}}


def _number(tag: str) -> str:
    digits = tag.removeprefix("wcag")
    return f"{digits[0]}.{digits[1]}.{digits[2:]}"


def answers(evidence: Evidence) -> list[Answer]:
    """What can be said of each criterion."""
    return [_answer(each, evidence) for each in CRITERIA]


def _answer(criterion: Criterion, evidence: Evidence) -> Answer:
    tests = [(path_of(test), evidence["tests"].get(path_of(test))) for test in criterion.tests]
    rules = {name: rule for name, rule in evidence["rules"].items() if criterion.number in rule["criteria"]}
    ran = [(_sentence(path), found) for path, found in tests if found and (found["passed"] or found["failed"])]
    looked = [(f"axe-core: {name}", rule) for name, rule in rules.items() if rule["passed"] or rule["failed"]]
    found = [*ran, *looked]
    state = SUPPORTS
    if any(each["failed"] for _, each in found):
        state = FAILS
    elif not found:
        state = UNKNOWN
    elif criterion.rest or len(ran) < len(tests) or any(each.get("undecided") for _, each in found):
        state = IN_PART
    by = tuple(f"{name} (failed)" if each["failed"] else name for name, each in found)
    return Answer(criterion, state, by, tuple(sorted({each["day"] for _, each in found})))


def _sentence(path: str) -> str:
    module, _, name = path.rpartition("/")[2].partition(".py::")
    return f"{module}: {name.removeprefix('test_').replace('_', ' ')}"


def report(evidence: Evidence) -> str:
    """The page."""
    found = answers(evidence)
    days = sorted({day for each in found for day in each.days})
    counts = {state: sum(each.state == state for each in found) for state in (SUPPORTS, IN_PART, FAILS, UNKNOWN)}
    rows = [_row(each) for each in found]
    return HEAD.format(
        version=evidence["version"], axe=evidence["axe"], when=_when(days), pages=evidence["pages"],
        widths=_listed([f"{width:,}" for width in evidence["widths"]]), schemes=_listed(evidence["schemes"]),
        counts="\n".join(f"| {state} | {number} |" for state, number in counts.items()),
    ) + "".join(_table(level, [row for each, row in zip(found, rows, strict=True) if each.criterion.level == level])
                for level in ("A", "AA")) + _besides(evidence)


def _row(answer: Answer) -> str:
    each = answer.criterion
    rest = each.rest if answer.by else "All of it."
    return f"| {each.number} {each.name} | {answer.state} | {'; '.join(answer.by)} | {_when(answer.days)} | {rest} |"


def _table(level: str, rows: Iterable[str]) -> str:
    head = "| criterion | result | by which test | on | what no test looks at |\n| --- | --- | --- | --- | --- |"
    return f"\n## Level {level}\n\n{head}\n" + "\n".join(rows) + "\n"


def _besides(evidence: Evidence) -> str:
    lines = ["\n## What is tested\n", "| what | result | by which test | on |", "| --- | --- | --- | --- |"]
    for key, what in check_words(ENGLISH, evidence).items():
        check = _checked(key, evidence)
        lines.append(f"| {what.unescape().rstrip('.')} | {check.state} | {'; '.join(check.by)} | {_when(check.days)} |")
    return "\n".join(lines) + "\n"


def _checked(key: str, evidence: Evidence) -> Checked:
    paths = tuple(axe_tests()) if key == "rules" else tuple(map(path_of, CHECKS[key]))
    ran = {path: found for path in paths if (found := evidence["tests"].get(path)) and (found["passed"] or found["failed"])}
    state = UNKNOWN
    if any(found["failed"] for found in ran.values()):
        state = FAILED
    elif ran and len(ran) == len(paths):
        state = PASSED
    return Checked(state, tuple(map(_sentence, ran)), tuple(sorted({found["day"] for found in ran.values()})))


def statement(evidence: Evidence) -> dict[str, Any]:     # Any: JSON
    """What each site says of itself: the results without the names of tests, which readers have no use for."""
    found = answers(evidence)
    days = [day for each in found for day in each.days]
    return {
        "version": evidence["version"], "axe": evidence["axe"], "pages": evidence["pages"], "widths": evidence["widths"],
        "from": min(days, default=""), "to": max(days, default=""),
        "checks": {key: {"result": check.state, **_span(check.days)}
                   for key in check_words(ENGLISH, evidence) for check in [_checked(key, evidence)]},
        "criteria": [{"number": each.criterion.number, "level": each.criterion.level, "result": each.state, **_span(each.days)}
                     for each in found]}


def _span(days: tuple[str, ...]) -> dict[str, str]:
    return {"from": min(days, default=""), "to": max(days, default="")}


def _when(days: Iterable[str]) -> str:
    told = list(days)
    return "" if not told else told[0] if told[0] == told[-1] else f"{told[0]} to {told[-1]}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


HEAD = """\
# Report on access

How the pages that Cityfolio {version} makes meet the Web Content Accessibility Guidelines (WCAG) 2.2, levels A and AA,
criterion by criterion, in the manner of a VPAT. It is written by a program from what the browser tests found out on {when},
and says nothing that no test looked at. `make accessibility` does it again.

The tests open pages of small invented cities in Chromium. The rules of axe-core {axe} looked at {pages} addresses,
{widths} pixels wide, in {schemes} colors.

| result | criteria |
| --- | --- |
{counts}

- **Supports**: tests decide it on every page they open, and all passed.
- **Supports in part**: what tests look at passed. What they do not look at is named, and was not evaluated.
- **Does not support**: a test failed. It is marked.
- **Not evaluated**: no test looks at it. It may hold or not.

Nobody who uses assistive technology in daily life has judged these pages for this report. It is about the program's own pages:
not about what a city writes, its data files and documents, or pages of other sites. A city that has to report on its site can
start from it, and has to look at the rest itself.
"""


def main(words: list[str]) -> None:
    """Do what the command line asks."""
    if words == ["--tests"]:
        print("\n".join(named_tests()))
        return
    if words:
        lines = [line for path in sorted(Path(words[0]).glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
        if not lines:
            sys.exit(f"{words[0]} holds no evidence. Run the browser tests with CITYFOLIO_EVIDENCE={words[0]}.")
        source = (ROOT / "generator" / "cityfolio" / "__init__.py").read_text("utf-8")
        version = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)[0]
        axe = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["axe-core"]
        EVIDENCE.write_text(json.dumps(summed(lines, version, axe), indent=1) + "\n", encoding="utf-8")
    evidence = json.loads(EVIDENCE.read_text("utf-8"))
    REPORT.write_text(report(evidence), encoding="utf-8")
    FOUND.write_text(json.dumps(statement(evidence), indent=1) + "\n", encoding="utf-8")
    print(REPORT.relative_to(ROOT))
    print(FOUND.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
