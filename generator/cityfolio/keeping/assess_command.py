"""The command `cityfolio assess`: a standard answered from a catalog, for people and for programs."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from cityfolio.keeping.assessment_text import as_json, as_text
from cityfolio.keeping.gathering import GATHERING, Gathered, gathered
from cityfolio.model.assessment import Assessment
from cityfolio.moving.folder import written
from cityfolio.options import options
from cityfolio.practice.assess import assessed
from cityfolio.practice.past import as_yaml, record_path
from cityfolio.practice.shipped import standards_of
from cityfolio.problems import did_you_mean, stops
from cityfolio.speech import Speech


@click.command("assess")
@click.argument("standard", metavar="STANDARD")
@options(*GATHERING)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Sentences for people, or JSON for programs.")
@click.option("--record", is_flag=True, help="Write the answers down in assessments/, to be compared with later ones.")
def assess(standard: str, form: str, record: bool, **given: Any) -> None:   # Any: as the options declare
    """Answer the criteria of STANDARD from the catalog: a self-assessment.

    STANDARD is the id of one that comes with Cityfolio (what-works-cities, open-data-guidelines, key-datasets,
    open-data-maturity, fair) or of one in the catalog's folder standards/. Each answer is given with its evidence, then the
    level that is reached, and the smallest set of criteria that reaches the next.

    Exit codes: 0 fine, 1 problems were found, 2 the command was used wrongly.
    """
    with gathered(given) as found:
        # What is written to standard output must be JSON alone.
        speech = Speech.of("text", quiet=False, verbose=False, aside=form == "json")
        assessment = _assessed(found, standard)
        speech.report(found.errors, found.root)
        if assessment is None:
            if form == "json":
                click.echo(json.dumps({"standard": standard, "criteria": [], "level": None, "next": []}))
            sys.exit(1)
        shown = json.dumps(as_json(assessment, found.build.today), ensure_ascii=False, indent=2) if form == "json" \
            else as_text(assessment, found.build.today)
        click.echo(shown)
        if record:
            _write_down(found, assessment, speech)


def _assessed(found: Gathered, standard: str) -> Assessment | None:
    known = standards_of(found.loaded)
    if standard not in known and found.loaded.site is not None and f"standards/{standard}" not in found.loaded.unread:
        raise click.UsageError(f'there is no standard "{standard}". {did_you_mean(standard, known)}')
    if found.catalog is None:
        return None
    practice = found.catalog.practice
    made = next((each for each in practice.assessments if each.id == standard), None)
    return made or assessed(known[standard], found.loaded, practice.facts, found.build)


def _write_down(found: Gathered, assessment: Assessment, speech: Speech) -> None:
    path = record_path(assessment, found.build.today)
    failed = written(found.folder, {path: as_yaml(assessment, found.build.today)})
    speech.report(failed, found.root)
    if stops(failed, strict=False):
        sys.exit(1)
    speech.say(f"\nWritten down in {path}." if not speech.aside else f"Written down in {path}.")
