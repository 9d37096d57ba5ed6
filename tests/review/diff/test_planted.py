"""Every kind of edit that was planted in a catalog is found, and nothing that was not."""

from __future__ import annotations

from collections import Counter

import pytest

from campaigns import in_part
from cityfolio.files import FolderTree
from cityfolio.migrate.jkan.importer import import_jkan
from migrate.imports import TODAY
from review.diff.comparing import compared, told
from review.diff.planted import an_invented_catalog, planted

KINDS_OF_EDIT = 200


@pytest.fixture(scope="module")
def philadelphia(inputs):
    """The catalog of OpenDataPhilly, brought over."""
    imported = import_jkan(FolderTree(inputs / "jkan-opendataphilly"), name="OpenDataPhilly", today=TODAY)
    return {path: text for path, text in imported.files.items() if not path.startswith("reports/")}


@pytest.fixture(scope="module")
def invented():
    return an_invented_catalog()


def due(found):
    """What the edits should be called."""
    return sorted(each for edit in found.edits for each in edit.due)


def test_there_are_at_least_200_kinds_of_edit(invented):
    assert len({edit.name for edit in planted(invented, 1).edits}) >= KINDS_OF_EDIT


@pytest.mark.parametrize("seed", in_part([1, 2], 1))
def test_every_edit_of_an_invented_catalog_is_found_and_none_is_invented(invented, seed):
    found = planted(invented, seed)

    changes = told(compared(found.before, found.after).changes)

    assert (Counter(due(found)) - Counter(changes), Counter(changes) - Counter(due(found))) == (Counter(), Counter())


@pytest.mark.parametrize("seed", in_part([1, 2], 1))
def test_every_edit_of_philadelphia_is_found_and_none_is_invented(philadelphia, seed):
    found = planted(philadelphia, seed)

    changes = told(compared(found.before, found.after).changes)

    assert (Counter(due(found)) - Counter(changes), Counter(changes) - Counter(due(found))) == (Counter(), Counter())
