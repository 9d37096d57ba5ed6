"""Addresses that come and go with what passes them: nobody is promised that they answer tomorrow."""

from __future__ import annotations

import re

from cityfolio.model.site import VIEWS

_COMES_AND_GOES = re.compile(r"/(?:dcat-ap|ogc/collections/datasets/items)/\d+\.[a-z]+|"
                             r"/data/[^/]+/(?:stac-collection|[^/]+/stac-item)\.json|"
                             r"/measures/changes/changes\.atom|/goals/calendar\.ics|/data/[^/]+/dataset\.yaml|"
                             r"/new\.atom|/(?:data|topics|publishers)/[^/]+/feed\.atom|/sitemap-\d+\.xml|"
                             r"/inventory/(?:status|missing|publisher)/[^/]+/(?:\d+/)?(?:index\.json)?|"
                             r"/calendar/(?:index\.json|calendar\.ics)?|"
                             r"/practice/[^/]+/evidence/[a-z]+\.csv|"
                             r"/health/(?:[a-z-]+/\d+/|publishers/[^/]+/(?:\d+/)?(?:index\.json)?)")


def is_view(url: str) -> bool:
    """Whether an address comes and goes with what passes it.

    Such are the filters of the data list and of the inventory, the further pages of a feed or of a list of health, the
    rows that a standard asks, what STAC says of the places in a dataset, and Atom feeds and calendars, of which there is none
    while no day is known that it could tell.
    """
    match url.split("/"):
        case ["", "data", part, _, _] | ["", "data", part, _, _, ""]:
            return part in VIEWS or bool(_COMES_AND_GOES.fullmatch(url))
    return bool(_COMES_AND_GOES.fullmatch(url))
