"""Former files that stay to be had, each under an address with its day."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest

from changes.repositories import BASE_URL, a_repository, built, committed, git, known
from cities import CSV, SITE, TREES
from cityfolio.files import sha256
from cityfolio.model.site import Entry
from tables.readers.making_sheets import an_xlsx

NAMED = '<row r="1"><c t="str"><v>species</v></c></row><row r="2"><c t="str"><v>oak</v></c></row>'
MORE = f"{CSV}ash,3\n"
MOST = f"{MORE}fir,9\n"
THREE = (("2026-04-01", {"datasets/trees/trees.csv": MORE}), ("2026-05-01", {"datasets/trees/trees.csv": MOST}))


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A catalog with three versions of a file. Tests leave it as it is, or take a copy."""
    return a_repository(tmp_path_factory.mktemp("three"), *THREE)


@pytest.fixture(scope="module")
def made(three):
    """Its site."""
    return built(three)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A catalog with one version of a file, and the manifest of its site. Tests leave both as they are."""
    catalog = a_repository(tmp_path_factory.mktemp("plain"))
    return catalog, built(catalog).manifest


def a_copy(catalog, folder):
    """The same catalog in a repository of its own."""
    return shutil.copytree(catalog.parent, folder / "copy") / catalog.name


def days_of(catalog) -> list[str]:
    return [each.day.isoformat() for each in known(catalog).datasets["trees"].versions]


def test_each_version_is_at_its_address_with_its_digest(made):
    told = {each["day"]: each for each in made.changes()["versions"]}
    assert list(told) == ["2026-05-01", "2026-04-01", "2026-03-01"]
    assert (told["2026-04-01"]["url"], told["2026-04-01"]["sha256"]) == (
        f"{BASE_URL}/data/trees/versions/2026-04-01/trees.csv", sha256(MORE.encode()))
    assert made.site["data/trees/versions/2026-04-01/trees.csv"] == MORE.encode()


def test_the_newest_version_is_the_file_itself(made):
    assert made.site["data/trees/versions/2026-05-01/trees.csv"] == made.site["data/trees/trees.csv"]


def test_the_page_says_how_a_version_is_cited(made):
    assert re.search(rf"Parks and Recreation\. \(2026\)\. Street trees, trees\.csv \[Data set; version of 1 April 2026; "
                     rf"SHA-256 {sha256(MORE.encode())}\]\. Example City\. {BASE_URL}/data/trees/versions/2026-04-01/trees.csv",
                     made.page())


@pytest.mark.parametrize(("rule", "days"), [
    ("{keep: 1}", ["2026-05-01"]), ("{keep: 0}", []), (f"{{largest_bytes: {len(MORE)}}}", ["2026-04-01", "2026-03-01"]),
], ids=["only the newest", "none", "only small ones"])
def test_the_site_says_which_versions_stay(tmp_path, rule, days):
    catalog = a_repository(tmp_path, *THREE, ("2026-06-01", {"site.yaml": f"{SITE}versions: {rule}\n"}))

    assert days_of(catalog) == days


def test_a_dataset_may_keep_none(tmp_path):
    none = {"datasets/trees/dataset.yaml": f"{TREES}versions: none\n"}

    assert days_of(a_repository(tmp_path, *THREE, ("2026-06-01", none))) == []


def test_a_note_that_withdraws_data_takes_the_versions_before_it_along(tmp_path):
    note = "---\ntitle: Old files are withdrawn\nkind: withdrawal\ndatasets: [trees]\n---\n"

    assert days_of(a_repository(tmp_path, *THREE, ("2026-05-01", {"changes/2026-04-20-old.md": note}))) == ["2026-05-01"]


def test_versions_are_found_where_the_dataset_was_before_too(tmp_path):
    catalog = a_repository(tmp_path)
    git(catalog, "mv", "datasets/trees", "datasets/street-trees")
    committed(catalog, "2026-04-01", {"datasets/street-trees/dataset.yaml": f"{TREES}formerly: [trees]\n"})

    site = built(catalog).site
    assert site["data/trees/versions/2026-03-01/trees.csv"] == site["data/street-trees/versions/2026-03-01/trees.csv"]


def test_the_page_of_changes_forwards_from_where_it_was_before(tmp_path):
    catalog = a_repository(tmp_path)
    before = built(catalog).manifest
    git(catalog, "mv", "datasets/trees", "datasets/street-trees")
    committed(catalog, "2026-04-01", {"datasets/street-trees/dataset.yaml": f"{TREES}formerly: [trees]\n"})

    made = built(catalog, previous=before)
    assert "address-dropped" not in {each.code for each in made.problems}
    assert b"data/street-trees/changes/" in made.site["data/trees/changes/index.html"]


def test_a_version_past_the_rule_may_go(tmp_path, three, made):
    catalog = a_copy(three, tmp_path)
    committed(catalog, "2026-06-01", {"site.yaml": f"{SITE}versions: {{keep: 1}}\n"})

    later = built(catalog, previous=made.manifest)
    assert [each.code for each in later.problems if each.code == "address-dropped"] == []
    assert "data/trees/versions/2026-03-01/trees.csv" not in later.site


def test_a_table_called_versions_has_a_page_of_its_own(tmp_path):
    renamed = {"datasets/trees/versions.csv": CSV, "datasets/trees/trees.csv": None,
               "datasets/trees/dataset.yaml": TREES.replace("trees.csv", "versions.csv")}
    catalog = a_repository(tmp_path, ("2026-04-01", renamed))

    assert "data/trees/versions-csv/index.html" in built(catalog).site


def test_two_builds_are_the_same(three, made):
    assert built(three).site == made.site


def test_no_version_of_a_workbook_is_kept_because_it_may_have_further_sheets(tmp_path):
    workbook = {"datasets/trees/trees.xlsx": an_xlsx(NAMED), "datasets/trees/trees.csv": None,
                "datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.xlsx")}

    assert days_of(a_repository(tmp_path, ("2026-04-01", workbook))) == []


def renamed(catalog):
    git(catalog, "mv", "datasets/trees/trees.csv", "datasets/trees/all.csv")
    record = TREES.replace("path: trees.csv", "path: all.csv\n    formerly: [trees.csv]")
    committed(catalog, "2026-06-01", {"datasets/trees/dataset.yaml": record})
    return catalog


def test_versions_are_found_under_the_name_that_their_file_had_before_too(tmp_path, three, made):
    later = built(renamed(a_copy(three, tmp_path)), previous=made.manifest)

    assert later.site["data/trees/versions/2026-04-01/trees.csv"] == later.site["data/trees/versions/2026-04-01/all.csv"]
    assert [each.says for each in later.problems if each.code == "address-dropped"] == []


AS_IT_WAS = CSV.replace("\n", "\r\n").replace("oak", '"oak"')


def test_other_ends_of_lines_and_quotation_marks_make_no_new_version(tmp_path):
    assert days_of(a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": AS_IT_WAS}))) == ["2026-03-01"]


def test_a_version_that_older_software_kept_of_other_ends_of_lines_may_go(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": AS_IT_WAS}))

    assert lost(catalog, with_version(built(catalog).manifest, "2026-04-01", 30)) == []


def with_version(manifest, day: str, size: int, name: str = "trees.csv"):
    path = f"data/trees/versions/{day}/{name}"
    entry = Entry(path=path, bytes=size, sha256="0" * 64)
    return replace(manifest, entries={**manifest.entries, path: entry})


def lost(catalog, previous) -> list[str]:
    return [each.says for each in built(catalog, previous=previous).problems if each.code == "address-dropped"]


def test_a_version_that_git_does_not_know_any_more_stops_the_build(tmp_path, three, made):
    git(tmp_path, "clone", "-q", "--depth", "2", three.parent.as_uri(), "shallow")

    said, = lost(tmp_path / "shallow" / "catalog", made.manifest)
    assert said == ("/data/trees/versions/2026-04-01/trees.csv was published as a version to be cited, and git does not know "
                    "it any more, nor does it know 1 older one")


def test_a_version_of_a_catalog_that_is_in_no_repository_any_more_stops_the_build(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"about.txt": "Data."}))
    before = built(catalog).manifest
    (tmp_path / ".git").rename(tmp_path / "gone")

    assert len(lost(catalog, before)) == 1


@pytest.mark.parametrize(("day", "size"), [("2026-04-02", 1_000_001), ("2024-06-28", 9), ("2026-07-01", 9)],
                         ids=["too large", "two years old", "after the day of the build"])
def test_a_version_that_no_rule_keeps_may_be_unknown(plain, day, size):
    catalog, manifest = plain

    assert lost(catalog, with_version(manifest, day, size)) == []


def test_a_version_that_was_taken_back_before_its_day_was_over_may_go(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))
    before = built(catalog).manifest
    committed(catalog, "2026-04-01", {"datasets/trees/trees.csv": CSV})

    assert "data/trees/versions/2026-04-01/trees.csv" in before.entries
    assert lost(catalog, before) == []


@pytest.mark.parametrize("files", [
    {"datasets/trees/dataset.yaml": f"{TREES}versions: none\n"}, {"site.yaml": f"{SITE}versions: {{keep: 1}}\n"},
    {"changes/2026-05-09-old.md": "---\ntitle: Old files are withdrawn\nkind: withdrawal\ndatasets: [trees]\n---\n"},
], ids=["the dataset keeps none", "newer ones are as many as are kept", "a note withdraws it"])
def test_an_unknown_version_may_go_where_the_city_says_so(tmp_path, three, made, files):
    catalog = a_copy(three, tmp_path)
    before = with_version(made.manifest, "2026-04-02", 9)
    committed(catalog, "2026-05-10", files)

    assert lost(catalog, before) == []
