"""Every kind of change between two states of a catalog, with what it means and how much it weighs when nothing else is said.

docs/reference/diff.md lists them; a test holds the list equal to this one.
"""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.frozen import Frozen
from cityfolio.model.review import Weight


class ChangeKind(Frozen):
    """A kind of change: how much it weighs, and the sentence that explains it."""

    weight: Weight
    means: str


CHANGE_KINDS: Mapping[str, ChangeKind] = {
    # Datasets
    "dataset-added": ChangeKind("notable", "A dataset is new."),
    "dataset-removed": ChangeKind("breaking", "A dataset is gone, and its address answers no more."),
    "dataset-renamed": ChangeKind("notable", "A dataset has another id; its old address leads to it by `formerly:`."),
    "dataset-published": ChangeKind("notable", "A dataset that was only listed can be had now."),
    "dataset-withdrawn": ChangeKind("breaking", "A dataset that could be had is only listed now."),
    "status-changed": ChangeKind("minor", "A dataset that cannot be had is so in another way: planned, restricted, retired."),
    # Addresses
    "address-broken": ChangeKind("breaking", "Something has another name, and nothing leads there from the old one."),
    "former-address-removed": ChangeKind("breaking", "An old address that still answered answers no more."),
    "former-address-added": ChangeKind("minor", "An old address answers again."),
    "site-moved": ChangeKind("breaking", "The whole site is to have another address."),
    # Files
    "file-added": ChangeKind("notable", "A dataset has one more file."),
    "file-removed": ChangeKind("breaking", "A file is gone."),
    "file-renamed": ChangeKind("notable", "A file has another name; it is published under the old one too, by `formerly:`."),
    "file-address-changed": ChangeKind("breaking", "A file that is kept elsewhere has another address there."),
    "file-changed": ChangeKind("notable", "A file that is not read as a table has other content."),
    "file-unread": ChangeKind("notable", "A table has other content, and its rows could not be compared."),
    "format-changed": ChangeKind("breaking", "A file is in another format."),
    "export-added": ChangeKind("minor", "Tables are offered in one more format."),
    "export-removed": ChangeKind("breaking", "Tables are no longer offered in a format."),
    # Rows
    "rows-added": ChangeKind("minor", "A table has more rows; those that it had are as they were."),
    "rows-removed": ChangeKind("notable", "Rows of a table are gone; the others are as they were, perhaps with new ones."),
    "rows-changed": ChangeKind("notable", "Rows of a table hold other values."),
    # Columns and the dictionary
    "column-added": ChangeKind("minor", "A table has one more column."),
    "column-removed": ChangeKind("breaking", "A column is gone."),
    "column-renamed": ChangeKind("breaking", "A column has another name."),
    "column-retyped": ChangeKind("breaking", "The values of a column are of another type."),
    "column-hidden": ChangeKind("breaking", "A column is sensitive now, so it is published no more."),
    "column-shown": ChangeKind("breaking", "A column is no longer sensitive, so it is published."),
    "column-described": ChangeKind("minor", "A column of a table has an entry in the dictionary now."),
    "column-undescribed": ChangeKind("notable", "A column is there still, and its entry in the dictionary is gone."),
    "meaning-changed": ChangeKind("notable", "What the dictionary says that a column holds is otherwise."),
    "unit-changed": ChangeKind("breaking", "A column counts in another unit."),
    "code-added": ChangeKind("minor", "A column may hold one more code."),
    "code-removed": ChangeKind("notable", "A column may no longer hold a code."),
    "code-changed": ChangeKind("notable", "A code means something else."),
    "constraint-changed": ChangeKind("minor", "What the values of a column are held to is otherwise."),
    "row-key-changed": ChangeKind("notable", "Rows are told apart by other columns."),
    # What is said of a dataset
    "title-changed": ChangeKind("minor", "Something has another title."),
    "text-changed": ChangeKind("minor", "A longer text is otherwise."),
    "limits-changed": ChangeKind("notable", "What a user must know before using the data is otherwise."),
    "license-changed": ChangeKind("breaking", "Other terms hold."),
    "rights-changed": ChangeKind("notable", "The conditions beside the license are otherwise."),
    "identifier-changed": ChangeKind("breaking", "Other catalogs will take the dataset for another one."),
    "publisher-changed": ChangeKind("notable", "Somebody else answers for it."),
    "contact-changed": ChangeKind("minor", "Somebody else is to be asked about it."),
    "schedule-changed": ChangeKind("notable", "It promises to be renewed more or less often."),
    "key-added": ChangeKind("minor", "A key has a value that had none."),
    "key-changed": ChangeKind("minor", "A key has another value."),
    "key-removed": ChangeKind("minor", "A key has no value any more."),
    "order-changed": ChangeKind("minor", "A list whose order shows on the site is in another order."),
    "policy-changed": ChangeKind("notable", "What needs a note, or how much a kind of change weighs, is otherwise."),
    # Goals and measures
    "measure-added": ChangeKind("notable", "A measure is new."),
    "measure-removed": ChangeKind("breaking", "A measure is gone, and its address answers no more."),
    "measure-renamed": ChangeKind("notable", "A measure has another id; its old address leads to it by `formerly:`."),
    "definition-changed": ChangeKind("notable", "A measure is computed in another way, unit or direction."),
    "target-changed": ChangeKind("notable", "A target, a baseline or a tolerance is otherwise."),
    "measure-value-moved": ChangeKind("notable", "The newest value of a measure is another."),
    "measure-status-moved": ChangeKind("notable", "A measure stands otherwise: on track, near, off track."),
    "measure-past-moved": ChangeKind("notable", "A measure has other values for earlier periods."),
    # Everything else
    "page-added": ChangeKind("minor", "A publisher, topic, goal, rule or guide is new."),
    "page-removed": ChangeKind("breaking", "A publisher, topic, goal, rule or guide is gone, and so is its address."),
    "page-renamed": ChangeKind("notable", "One of these has another id; its old address leads to it by `formerly:`."),
    "record-added": ChangeKind("minor", "A file of the catalog that has no page of its own is new."),
    "record-removed": ChangeKind("minor", "A file of the catalog that has no page of its own is gone."),
    "record-renamed": ChangeKind("minor", "A file of the catalog that has no page of its own has another name."),
    "theme-changed": ChangeKind("minor", "A file of the theme is otherwise."),
    # What `cityfolio check` says
    "error-added": ChangeKind("notable", "There is an error that was not there; the site is not built while it is."),
    "problem-added": ChangeKind("minor", "There is a warning or advice that was not there."),
    "problem-gone": ChangeKind("minor", "A problem is there no more."),
}
