"""Former words that may be told again: what git remembers of a title or a name is looked through before a page quotes it.

A secret that once stood in a title was taken out of it for good reason. It must not come back on the page that says what
changed, nor stop every build until it is so old that nothing is told of it.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

import orjson

from cityfolio.frozen import replace
from cityfolio.model.history import ChangeDay, FileChange, KeyChange, RowCounts
from cityfolio.privacy.secrets import secret_findings
from cityfolio.publish.scan import met_in


@lru_cache(maxsize=10_000)
def may_be_told(text: str) -> bool:
    """Whether a text holds nothing that looks personal or secret, however it is written: in a page, a feed or JSON.

    The searches are those that every output must pass (`publish.scan`), and further ones for passwords beside their names.
    """
    if not text:
        return True
    # Names that git has may hold what is no UTF-8.
    raw, quoted = text.encode("utf-8", "replace"), escape(text).encode("utf-8", "replace")
    written = (raw, quoted, orjson.dumps(raw.decode())) if quoted != raw or "\\" in text else (raw,)
    return not any(any(met_in(each)) or secret_findings(each) for each in written)


def without_unsafe_words(day: ChangeDay) -> ChangeDay | None:
    """A day without what may not be told of it; None where nothing is left. A key is then told by its name alone."""
    files = tuple(told for each in day.files if (told := _file(each)))
    keys = tuple(_key(each) for each in day.keys if may_be_told(each.column))
    return replace(day, files=files, keys=keys) if files or keys or day.is_first else None


def _key(change: KeyChange) -> KeyChange:
    is_safe = may_be_told(change.before) and may_be_told(change.after)
    return change if is_safe else replace(change, before="", after="")


def _file(change: FileChange) -> FileChange | None:
    """What happened to a file. One with an unsafe name is not told; where only its former name was one, that is left out."""
    if not may_be_told(change.name):
        return None
    rows = _rows(change.rows) if change.rows else None
    if may_be_told(change.formerly):
        return replace(change, rows=rows)
    return replace(change, rows=rows, formerly="", happened="changed")


def _rows(rows: RowCounts) -> RowCounts:
    return replace(rows, added_columns=tuple(filter(may_be_told, rows.added_columns)),
                   removed_columns=tuple(filter(may_be_told, rows.removed_columns)),
                   renamed=tuple(pair for pair in rows.renamed if all(map(may_be_told, pair))))
