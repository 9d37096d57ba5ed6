"""The addresses of the tables of facts, for programs."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Catalog
from cityfolio.pages import routes
from cityfolio.pages.program_address import CSV, ProgramAddress
from cityfolio.pages.words import Words

SAMPLE = "publishers"


def facts_addresses(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    """The inventory, and where a city assesses itself the other tables that its standards ask."""
    _ = words.gettext
    yield ProgramAddress(path=routes.INVENTORY_CSV, part="tables", title=_("The inventory as a spreadsheet"), media_type=CSV,
                         holds=_("A row for each dataset that the city holds, with what is known of how it is kept."),
                         example=routes.INVENTORY_CSV)
    if catalog.practice.assessments:
        yield ProgramAddress(path=routes.facts_url("{facts}"), part="tables", title=_("Facts about the catalog"),
                             media_type=CSV, holds=_("A table that the checks of standards ask: files, columns, publishers, "
                                                     "goals, measures, commitments, requests, uses, rules, guides or site."),
                             example=routes.facts_url(SAMPLE))
