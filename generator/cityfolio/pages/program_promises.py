"""The addresses of the inventory, the calendar, requests and commitments, for programs."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Build, Catalog
from cityfolio.pages import routes
from cityfolio.pages.calendar_days import has_calendar, has_days_for_calendars
from cityfolio.pages.inventory_parts import InventoryPart, inventory_parts
from cityfolio.pages.program_address import CALENDAR, JSON, ProgramAddress
from cityfolio.pages.words import Words


def promise_addresses(catalog: Catalog, build: Build, words: Words) -> Iterator[ProgramAddress]:
    """What these pages say, beside them; the requests and the calendar as files of their own."""
    _, parts = words.gettext, inventory_parts(catalog, words)
    said = [(routes.INVENTORY, _("The inventory"), "Inventory", 'found["counts"]', routes.INVENTORY)]
    named = (("status", _("The inventory by status")), ("missing", _("Rows of the inventory that lack something")),
             ("publisher", _("The inventory of a publisher")))
    for dimension, title in named:
        first = next((each for each in parts if each.dimension == dimension), None)
        long = next((each for each in parts if each.dimension == dimension and len(each.pages) > 1), None)
        said += [(routes.inventory_url(dimension, "{value}"), title, "InventoryPart", 'found["count"]',
                  first.url if first else ""),
                 (f"{routes.inventory_url(dimension, '{value}')}{{number}}/", _("%(title)s, further pages", title=title),
                  "InventoryPart", 'found["count"]', _second(long))]
    if has_calendar(catalog, build.today):
        said.append((routes.CALENDAR, _("The calendar"), "Days", 'len(found["days"])', routes.CALENDAR))
    said.append((routes.REQUEST, _("Requests for data"), "Requests", 'found["counts"]', routes.REQUEST))
    if catalog.practice.commitments:
        said.append((routes.COMMITMENTS, _("Commitments"), "Commitments", 'found["counts"]', routes.COMMITMENTS))
    for page, title, schema, shows, example in said:
        yield ProgramAddress(path=routes.index_url(page), part="pages", title=title, media_type=JSON, schema=schema,
                             holds=_("What the page says, beside it."), shows=shows,
                             example=routes.index_url(example) if example else "")
    yield ProgramAddress(path=routes.REQUESTS_JSON, part="pages", title=_("Every request"), media_type=JSON, schema="Requests",
                         holds=_("What was asked for, what was answered and in how many days; nobody who asked is named."),
                         shows='[each["state"] for each in found["requests"]]', example=routes.REQUESTS_JSON)
    if has_days_for_calendars(catalog):
        yield ProgramAddress(path=routes.CALENDAR_FEED, part="pages", title=_("Days of data"), media_type=CALENDAR,
                             holds=_("Releases, reviews, meetings, commitments and updates, for calendars."),
                             follows=_("iCalendar (RFC 5545)"), example=routes.CALENDAR_FEED)


def _second(part: InventoryPart | None) -> str:
    return part.pages[1][0] if part else ""
