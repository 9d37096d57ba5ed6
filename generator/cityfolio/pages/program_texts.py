"""The addresses of rules, guides and uses, for programs; none of what a city has none of."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.model.catalog import Catalog
from cityfolio.pages import routes
from cityfolio.pages.program_address import JSON, ProgramAddress
from cityfolio.pages.words import Words


def text_addresses(catalog: Catalog, words: Words) -> Iterator[ProgramAddress]:
    """What these pages say, beside them."""
    _, known = words.gettext, catalog.practice
    said: list[tuple[str, Markup, str, str, str]] = []
    if known.rules:
        said += [(routes.RULES, _("Rules and meetings"), "Rules", 'len(found["rules"])', routes.RULES),
                 (routes.rule_url("{rule}"), _("A rule or a meeting"), "Rule", 'found["title"]',
                  routes.rule_url(known.rules[0].id))]
    if known.guides:
        said += [(routes.GUIDES, _("Guides"), "Guides", '[each["title"] for each in found["guides"]]', routes.GUIDES),
                 (routes.guide_url("{guide}"), _("A guide"), "Guide", 'found["figures"]', routes.guide_url(known.guides[0].id))]
    if known.uses:
        said += [(routes.USES, _("Made with this data"), "Uses", '[each["title"] for each in found["uses"]]', routes.USES)]
    for page, title, schema, shows, example in said:
        yield ProgramAddress(path=routes.index_url(page), part="pages", title=title, media_type=JSON,
                             holds=_("What the page says, beside it."), schema=schema, shows=shows,
                             example=routes.index_url(example))
