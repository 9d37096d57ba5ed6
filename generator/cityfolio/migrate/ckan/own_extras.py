"""What our own export keeps as extras of a package, and what a package says twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.importing import Taking
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.texts import REPEATED
from cityfolio.model.records import STATUSES


def own_texts(draft: DatasetDraft, values: Mapping[str, Given], taking: Taking) -> None:
    """What our own export keeps as extras: CKAN has no place for it."""
    draft.words("summary", *taking.take("summary"))
    if draft.values.get("summary") and draft.values["summary"] == (draft.values.get("description") or "").strip():
        draft.values["description"] = None     # the summary stood in for one
    draft.words("each_row_is", *taking.take("each_row_is"))
    draft.text("known_limits", *taking.take("known_limits"))
    draft.related(*taking.take("related"))
    draft.called |= {name for key in ("name", "id") if (name := as_words(values.get(key)))}


def own_status(draft: DatasetDraft, taking: Taking) -> bool:
    """Take the status and its reason as our own export says them."""
    extras = next(iter(taking.deeper), taking)
    status, reason = (as_words(extras.values.get(name)) for name in ("status", "reason"))
    if status not in STATUSES or not reason:
        return False
    extras.taken |= {"status", "reason"}
    taking.take("private")
    draft.status(status, reason)
    field, rights = taking.take("rights")
    if as_words(rights) != reason:    # which stood in for conditions
        draft.text("rights", field, rights)
    return True


def repeated_author(taking: Taking, publishers: Collection[str]) -> None:
    """An author that is the publisher says nothing more."""
    for each in (taking, *taking.deeper):
        if comparable(as_words(each.values.get("author"))) in publishers:
            each.taken.add("author")


def repeated_place(draft: DatasetDraft, taking: Taking) -> None:
    """What names the place once more says nothing more."""
    for name in ("spatial", "spatial_text"):
        for each in (taking, *taking.deeper):
            words = as_words(each.values.get(name))
            if name not in each.taken and words and comparable(words) == comparable(draft.values.get("spatial") or ""):
                each.taken.add(name)
                draft.ledger.note("left-out", each.place(name), REPEATED, words)
