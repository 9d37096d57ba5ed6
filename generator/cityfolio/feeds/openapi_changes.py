"""The forms of answers about changes, for OpenAPI. Keys may be added; none is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from cityfolio.feeds.schema_forms import ADDRESS, COUNT, DAY, IS, MARKDOWN, TEXT, Json, form, list_of, ref
from cityfolio.model.changes import NOTE_KINDS
from cityfolio.model.history import FileHappened, Happened, Known

_KNOWN = {"enum": list(get_args(Known)), "description": "Whether the whole history was there when the site was built."}
_ROWS = form("before after added removed changed", before=COUNT, after=COUNT, added=COUNT, removed=COUNT, changed=COUNT,
             by_key={**IS, "description": "Rows are told apart by a key; else a changed row is one removed and one added."},
             added_columns=list_of(TEXT), removed_columns=list_of(TEXT),
             renamed_columns={"type": "object", "additionalProperties": TEXT})

CHANGE_SCHEMAS: Mapping[str, Json] = {
    "ChangeDay": form(
        "day", day=DAY, commit=TEXT, first={**IS, "description": "From this day on the dataset could be had."},
        files=list_of(form("file happened", file=TEXT, happened={"enum": list(get_args(FileHappened))}, formerly=TEXT,
                           before_bytes=COUNT, after_bytes=COUNT, rows=_ROWS)),
        keys=list_of(form("key happened", key=TEXT, happened={"enum": list(get_args(Happened))}, column=TEXT,
                          parts=list_of(TEXT), before=TEXT, after=TEXT))),
    "Note": form("id day title kind", id=TEXT, day=DAY, title=TEXT, kind={"enum": list(NOTE_KINDS)}, reason=TEXT, by=TEXT,
                 text=MARKDOWN, datasets=list_of(TEXT), measures=list_of(TEXT), columns=list_of(TEXT)),
    "DatasetChanges": form(
        "id title url known days notes versions", id=TEXT, title=TEXT, url=ADDRESS, known=_KNOWN, since=DAY, is_cut=IS,
        atom=ADDRESS, days=list_of(ref("ChangeDay")), notes=list_of(ref("Note")),
        versions=list_of(form("day name url bytes sha256 media_type", day=DAY, name=TEXT, url=ADDRESS, bytes=COUNT,
                              sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}, media_type=TEXT))),
    "Changes": form("title url datasets notes", title=TEXT, url=ADDRESS, notes=list_of(ref("Note")),
                    datasets={"type": "object", "additionalProperties": list_of(ref("ChangeDay"))}),
}
