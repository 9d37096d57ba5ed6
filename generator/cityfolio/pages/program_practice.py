"""The addresses of standards with their answers, of the evidence for them and of what can be seen by group, for programs."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Catalog
from cityfolio.pages import routes
from cityfolio.pages.equity import has_equity
from cityfolio.pages.program_address import CSV, JSON, ZIP, ProgramAddress
from cityfolio.pages.words import Words

STANDARD, FACTS = "{standard}", "{facts}"


def practice_addresses(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    """Everything about standards, where a city assesses itself by one; then what can be seen by district or group."""
    _, made = words.gettext, catalog.practice.assessments
    if made:
        yield from _standards(catalog, words)
    if has_equity(catalog):
        yield ProgramAddress(path=routes.index_url(routes.EQUITY), part="pages", title=_("What can be seen by group"),
                             holds=_("Each measure and dataset, by which columns it can be seen, and what it lacks."),
                             media_type=JSON, schema="Equity", shows='sum(each["by_area"] for each in found["datasets"])',
                             example=routes.index_url(routes.EQUITY))


def _standards(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    _, sample = words.gettext, catalog.practice.assessments[0]
    beside, level = _("What the page says, beside it."), '[each["level"] for each in found["standards"]]'
    said = (
        (routes.index_url(routes.PRACTICE), routes.index_url(routes.PRACTICE), _("Practice"), beside, "Practice", level),
        (routes.PRACTICE_JSON, routes.PRACTICE_JSON, _("Every answer to every standard"),
         _("Each standard with its criteria, their answers and evidence."), "Answers", level),
        (routes.index_url(routes.standard_url(STANDARD)), routes.index_url(routes.standard_url(sample.id)), _("A standard"),
         _("Every criterion with its answer, the query and the rows it rests on."), "Answered",
         '[each["answer"] for each in found["criteria"]]'),
        (routes.index_url(routes.evidence_url(STANDARD, "/")), routes.index_url(routes.evidence_url(sample.id, "/")),
         _("Evidence for a standard"), _("Where all of it is."), "Evidence", 'found["pack"]'))
    for path, example, title, holds, schema, shows in said:
        yield ProgramAddress(path=path, part="pages", title=title, holds=holds, media_type=JSON, schema=schema, shows=shows,
                             example=example)
    table = next((check.check.table or "" for answer in sample.answers.values() for check in answer.checks
                  if check.check.table in catalog.practice.facts), "")
    yield ProgramAddress(path=routes.evidence_table_url(STANDARD, FACTS), part="pages", title=_("Rows with their answers"),
                         holds=_("Each row of a table of facts, and whether it counts in each check of a standard."),
                         media_type=CSV, example=routes.evidence_table_url(sample.id, table) if table else "")
    yield ProgramAddress(path=routes.evidence_url(STANDARD, "zip"), part="pages", title=_("All evidence for a standard"),
                         holds=_("Answers, attestations, facts and rows in one file."), media_type=ZIP,
                         example=routes.evidence_url(sample.id, "zip"))
