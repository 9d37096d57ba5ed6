"""The first rows of a table, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.pages.escaping import escaped

LONGEST_CELL = 200        # characters shown of one cell
LONG_CELL = 40            # characters from which on a column of words is given room to wrap
NUMERIC = ("integer", "number")
Rows = Sequence[Sequence[str | None]]


class Preview(Frozen, kw_only=True):
    """The first rows of a table."""

    caption: Markup
    table: Markup


def rows_table(types: Mapping[str, ColumnType], rows: Rows, caption: Markup) -> Markup:
    """The first rows as a table, built here and not in a template because a page may hold two thousand cells."""
    classes = [_cell_class(kind, [row[at] for row in rows]) for at, kind in enumerate(types.values())]
    head = "".join(f'<th scope="col"{each}>{escaped(name)}</th>' for name, each in zip(types, classes, strict=True))
    body = "\n".join(f"<tr>{_cells(row, classes)}</tr>" for row in rows)
    return Markup(f'<table class="table first-rows"><caption>{caption}</caption><thead><tr>{head}</tr></thead>\n'
                  f"<tbody>{body}</tbody></table>")


def _cell_class(kind: ColumnType, values: Sequence[str | None]) -> str:
    if kind in NUMERIC:
        return ' class="num"'
    return ' class="long"' if any(len(value or "") > LONG_CELL for value in values) else ""


def _cells(row: Sequence[str | None], classes: Sequence[str]) -> str:
    """The cells of a row. Most hold little, of which nothing has to be escaped: that is asked of all at once."""
    texts = [value or "" for value in row]
    joined = "".join(texts)
    if len(joined) > LONGEST_CELL or escaped(joined) is not joined:
        texts = list(map(_cell, row))
    return "".join([f"<td{each}>{text}</td>" for text, each in zip(texts, classes, strict=True)])


def _cell(value: str | None) -> str:
    if value is None:
        return ""
    return escaped(value if len(value) <= LONGEST_CELL else f"{value[:LONGEST_CELL]}…")
