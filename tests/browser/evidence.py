"""What the browser tests found out about access, noted for the report on it: `make accessibility` asks for that.

Where CITYFOLIO_EVIDENCE names a folder, each process writes a file of lines into it: one a test with its outcome, and one a
page that axe-core looked at, with the rules that it passed. Else nothing is noted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

MARK = "axe-evidence "
# Behind the source of axe-core: what it finds is said on the console too. A rule that had nothing to look at is no evidence.
SAYING = """
;(() => {
  const run = axe.run.bind(axe);
  const named = (rules) => rules.map((rule) => [rule.id, rule.tags.filter((tag) => /^wcag\\d{3,}$/.test(tag))]);
  axe.run = async (...given) => {
    const found = await run(...given);
    console.debug("axe-evidence " + JSON.stringify({
      page: location.pathname, width: innerWidth, scheme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
      passed: named(found.passes), undecided: named(found.incomplete), failed: named(found.violations),
    }));
    return found;
  };
})();
"""


def folder() -> Path | None:
    """Where evidence is kept; None where nobody asked for it."""
    named = os.environ.get("CITYFOLIO_EVIDENCE")
    return Path(named) if named else None


def note(record: Mapping[str, object]) -> None:
    """Keep one line of evidence, with the day."""
    where = folder()
    if where is not None:
        where.mkdir(parents=True, exist_ok=True)
        day = datetime.now(UTC).date().isoformat()
        with (where / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({**record, "day": day}) + "\n")


def note_page(said: str) -> None:
    """Keep what axe-core said of a page, if a line of the console is that."""
    if said.startswith(MARK):
        note(json.loads(said.removeprefix(MARK)))


def note_test(item: pytest.Item, report: pytest.TestReport) -> None:
    """Keep the outcome of a test, by the name of its function: passed, failed or skipped."""
    if report.when == "call" or report.outcome != "passed":
        note({"test": item.nodeid.partition("[")[0], "outcome": report.outcome})
