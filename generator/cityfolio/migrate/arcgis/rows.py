"""Rows of a layer, brought along as the CSV that a Hub site makes of it.

A site makes such a file when it is first asked for, and says until then that it is being made.
"""

from __future__ import annotations

from typing import Any

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.drafts.files import FileDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.network.listing import question
from cityfolio.migrate.rows import NOT_BROUGHT, bring, file_rows

Columns = dict[str, dict[str, Any]]   # Any: text and groups of it


def bring_layer(file: FileDraft, layer: tuple[str, str], columns: Columns, origin: Origin, name: str) -> None:
    """Put the rows of a layer (its item and number) beside the record, where that is wished."""
    portal, (item, number) = origin.portal, layer
    if portal is None or not origin.wishes.with_data:
        return
    url = question(portal.root, f"/api/download/v1/items/{item}/csv", redirect="true", layers=number)
    try:
        rows = file_rows(portal, url, origin.most_bytes)
    except Failed as why:
        if portal.stops_at(why, url):
            raise
        file.ledger.note("left-out", f"{file.field}.url", NOT_BROUGHT, url, why.says)
        return
    _name_as(rows.header.names, columns)
    bring(file, rows, name, columns)


def _name_as(header: tuple[str, ...], columns: Columns) -> None:
    """Call columns what the file calls them: by their aliases, which are their titles."""
    renamed = {}
    for name, record in columns.items():
        title = str(record.get("title", name))
        known = name if name in header or title not in header else title
        renamed[known] = {key: value for key, value in record.items() if key != "title" or known == name}
    columns.clear()
    columns.update(renamed)
