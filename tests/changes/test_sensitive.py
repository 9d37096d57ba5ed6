"""Nothing is told, and no version is kept, of what may not be seen."""

from __future__ import annotations

import pytest

from changes.repositories import a_repository, built, known
from cities import CSV, TREES

PHONES = "species,height,phone\noak,12.5,704-555-0101\nmaple,,704-555-0102\n"
SHIELDED = f"{TREES}  phone: {{type: string, sensitive: true}}\n"
KEYED = SHIELDED.replace("  - path: trees.csv\n", "  - path: trees.csv\n    primary_key: [species]\n")
SHIELD = {"datasets/trees/dataset.yaml": SHIELDED, "datasets/trees/trees.csv": PHONES}
SHIELD_KEYED = {"datasets/trees/dataset.yaml": KEYED, "datasets/trees/trees.csv": PHONES}


def test_what_changed_in_a_sensitive_column_alone_is_no_change(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", SHIELD_KEYED),
                           ("2026-05-01", {"datasets/trees/trees.csv": PHONES.replace("0101", "0199")}))

    assert [each.day.isoformat() for each in known(catalog).datasets["trees"].days] == ["2026-04-01", "2026-03-01"]


def test_of_a_file_with_a_sensitive_column_neither_its_name_nor_the_size_of_the_file_is_told(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", SHIELD_KEYED))

    told = built(catalog).site
    assert b"phone" not in told["data/trees/changes/index.json"] + told["data/changes.json"]
    assert b"bytes" not in told["data/trees/changes/index.json"]


def test_rows_of_a_file_with_a_sensitive_column_are_counted_by_key(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", SHIELD_KEYED),
                           ("2026-05-01", {"datasets/trees/trees.csv": f"{PHONES}elm,8,704-555-0103\n"}))

    rows = known(catalog).datasets["trees"].days[0].files[0].rows
    assert (rows.before, rows.after, rows.added, rows.changed) == (2, 3, 1, 0)


def test_without_a_key_only_the_file_is_told(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", SHIELD),
                           ("2026-05-01", {"datasets/trees/trees.csv": f"{PHONES}elm,8,704-555-0103\n"}))

    assert known(catalog).datasets["trees"].days[0].files[0].rows is None


@pytest.mark.parametrize("commits", [
    (("2026-04-01", SHIELD_KEYED),),
    (("2026-04-01", SHIELD_KEYED), ("2026-05-01", {"datasets/trees/dataset.yaml": TREES, "datasets/trees/trees.csv": CSV})),
], ids=["sensitive now", "sensitive once"])
def test_no_version_is_kept_of_a_dataset_with_a_sensitive_column(tmp_path, commits):
    assert known(a_repository(tmp_path, *commits)).datasets["trees"].versions == ()


def test_no_version_is_kept_where_a_shared_column_was_sensitive_once(tmp_path):
    shared = TREES.replace("species: {title: What kind of tree it is}", "species: {standard: kind}")
    shielded = {"columns/kind.yaml": "title: Kind\nsensitive: true\n", "datasets/trees/dataset.yaml": shared}
    catalog = a_repository(tmp_path, ("2026-04-01", shielded), ("2026-05-01", {"columns/kind.yaml": "title: Kind\n"}))

    assert known(catalog).datasets["trees"].versions == ()


def test_a_version_with_what_looks_personal_is_not_kept(tmp_path):
    leak = "species,height,phone\noak,12.5,704-555-0101\nmaple,,704-555-0102\nelm,8,704-555-0103\n"
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": leak}),
                           ("2026-05-01", {"datasets/trees/trees.csv": f"{CSV}ash,3\n"}))

    assert [each.day.isoformat() for each in known(catalog).datasets["trees"].versions] == ["2026-05-01", "2026-03-01"]


def test_a_version_with_a_secret_is_not_kept(tmp_path):
    key = "AKIA" + "Q3EGRIO7HZ4TSXVB"
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": f"{CSV}{key},3\n"}),
                           ("2026-05-01", {"datasets/trees/trees.csv": f"{CSV}ash,3\n"}))

    assert [each.day.isoformat() for each in known(catalog).datasets["trees"].versions] == ["2026-05-01", "2026-03-01"]


def test_no_version_is_kept_of_what_was_released_although_it_looks_personal(tmp_path):
    review = ("release_review: {benefit: B, risk: R, level: low, reviewer: Office, on: 2026-03-02, expires: 2027-03-02,\n"
              "  acknowledged: [{kind: phone, reason: Of offices.}]}\n")
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/dataset.yaml": f"{TREES}{review}"}))

    assert known(catalog).datasets["trees"].versions == ()


def test_no_version_is_kept_of_what_was_not_published_then(tmp_path):
    held = {"datasets/trees/dataset.yaml": f"{TREES}status: restricted\nreason: By law.\n",
            "datasets/trees/trees.csv": f"{CSV}ash,1\n"}
    out = {"datasets/trees/dataset.yaml": TREES, "datasets/trees/trees.csv": f"{CSV}ash,2\n"}
    catalog = a_repository(tmp_path, ("2026-04-01", held), ("2026-05-01", out))

    assert [each.day.isoformat() for each in known(catalog).datasets["trees"].versions] == ["2026-05-01", "2026-03-01"]
