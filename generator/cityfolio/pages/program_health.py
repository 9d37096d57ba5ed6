"""The addresses of health, for programs."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Catalog
from cityfolio.pages import routes
from cityfolio.pages.program_address import JSON, ProgramAddress
from cityfolio.pages.words import Words


def health_addresses(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    """Every check of every dataset, and what the pages of health say, beside them."""
    _ = words.gettext
    named = next((each.id for each in catalog.publishers if each.datasets), "")
    said = [
        (routes.HEALTH_JSON, _("Health of every dataset"), _("Every check of every dataset, with the file and line that would "
                                                             "mend it."), "Health", 'found["totals"]', routes.HEALTH_JSON),
        (routes.index_url(routes.HEALTH), _("Health of the catalog"), _("What the page says, beside it."), "HealthOverview",
         'found["checks"]', routes.index_url(routes.HEALTH)),
        (routes.index_url(routes.health_url("{check}")), _("A check of health"), _("What the page says, beside it."),
         "HealthCheck", 'found["datasets"]', routes.index_url(routes.health_url("title")) if catalog.datasets else ""),
    ]
    if named:
        said.append((routes.index_url(routes.health_publisher_url("{publisher}")), _("Health of a publisher’s data"),
                     _("What the page says, beside it."), "HealthPublisher", 'found["areas"]',
                     routes.index_url(routes.health_publisher_url(named))))
    for path, title, holds, schema, shows, example in said:
        yield ProgramAddress(path=path, part="pages", title=title, media_type=JSON, holds=holds, schema=schema, shows=shows,
                             example=example)
