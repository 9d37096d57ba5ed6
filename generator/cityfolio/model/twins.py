"""What is written beside each dataset for programs and for pages of others: which kinds there are, and which a city asked for.

Each kind is one file for a dataset or a table, or a few that are of use only together. The page of a dataset, the pages of its
tables, its files and its `index.json` are no twins: they are always there.
"""

from __future__ import annotations

from collections.abc import Collection

# As site.yaml names them; docs/reference/feeds.md says what each is.
TWINS = ("explorer", "changes", "feed", "data-package", "croissant", "csvw", "ckan", "record", "stac", "embed")
ALL = "all"
NONE = "none"
# Six files for a dataset of one table: two pages, the file, `index.json`, and the two that let readers look into all rows.
# Nothing else that is beside a dataset does something for a resident that the site could not do without it: what the
# descriptions for programs say is in `index.json` too, and in the feeds of the whole catalog.
USUAL = frozenset({"explorer"})
EVERY = frozenset(TWINS)


def twins_asked(named: Collection[str]) -> frozenset[str]:
    """The kinds that a site has, by what its settings name: the usual ones where they name none."""
    if not named:
        return USUAL
    return EVERY if ALL in named else frozenset(named) - {NONE}
