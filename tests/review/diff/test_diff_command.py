"""`cityfolio diff` between commits, folders, and what lies in the folder now."""

from __future__ import annotations

import json
import pickle

import pytest
from click.testing import CliRunner

from cities import CSV, TREES, a_city
from cityfolio.cli import main
from cityfolio.files import FolderTree
from cityfolio.review.diff_commit import commit_tree
from cityfolio.review.policy import REASON, TITLE
from cityfolio.revision import commit_named, why_no_commit
from review.diff.repositories import a_repository, commit, git, write

TALL = {"datasets/trees/dataset.yaml": TREES.replace("height:", "tallness:"),
        "datasets/trees/trees.csv": CSV.replace("height", "tallness")}
MORE = {"datasets/trees/trees.csv": CSV + "ash,3\n"}


@pytest.fixture
def catalog(tmp_path):
    return a_repository(tmp_path, a_city())


def run(catalog, *arguments):
    return CliRunner().invoke(main, ["diff", *arguments, "--catalog", str(catalog), "--no-cache", "--as-of", "2026-06-30",
                                     "--workers", "1"])


def filled_in(note):
    return note.replace(TITLE, "It is called tallness").replace(REASON, "The register calls it so.")


def kinds(result):
    return [each["kind"] for each in json.loads(result.stdout)["changes"]]


def test_nothing_differs_right_after_a_commit(catalog):
    result = run(catalog, "HEAD")

    assert (result.exit_code, result.stdout.startswith("Nothing differs between HEAD and ")) == (0, True)


def test_what_is_not_committed_yet_is_compared_with_a_commit(catalog):
    write(catalog, MORE)

    result = run(catalog, "HEAD", "--format", "json")

    assert (result.exit_code, kinds(result)) == (0, ["rows-added"])


def test_two_commits_are_compared_whatever_lies_in_the_folder(catalog):
    write(catalog, MORE)
    commit(catalog.parent)
    write(catalog, TALL | {"site.yaml": "[\n"})

    assert kinds(run(catalog, "HEAD~1", "HEAD", "--format", "json")) == ["rows-added"]


def test_branches_and_tags_are_commits(catalog):
    git(catalog.parent, "tag", "v1")
    git(catalog.parent, "switch", "-q", "-c", "trees/more")
    write(catalog, MORE)
    commit(catalog.parent)

    assert [kinds(run(catalog, base, "trees/more", "--format", "json")) for base in ("main", "v1")] == [["rows-added"]] * 2


def test_a_folder_is_compared_with_a_folder(catalog, tmp_path):
    write(tmp_path / "other", {**a_city(), **MORE})

    assert kinds(run(catalog, str(catalog), str(tmp_path / "other"), "--format", "json")) == ["rows-added"]


def test_a_commit_is_compared_with_a_folder_that_is_in_no_repository(catalog, tmp_path):
    write(tmp_path / "other" / "catalog", {**a_city(), **MORE})

    assert kinds(run(catalog, "main", str(tmp_path / "other"), "--format", "json")) == ["rows-added"]


def test_a_breaking_change_without_a_note_ends_with_1(catalog):
    write(catalog, TALL)

    result = run(catalog, "HEAD")

    assert (result.exit_code, "trees-column-renamed.md" in result.stdout) == (1, True)


def test_the_note_that_is_printed_lets_it_pass(catalog):
    write(catalog, TALL)
    notes = json.loads(run(catalog, "HEAD", "--format", "json").stdout)["notes"]
    write(catalog.parent, {each["path"].removeprefix(f"{catalog.parent}/"): filled_in(each["text"]) for each in notes})

    result = run(catalog, "HEAD", "--format", "json")

    assert (result.exit_code, kinds(result)) == (0, ["column-renamed", "record-added"])


@pytest.mark.parametrize("form", ["markdown", "github"])
def test_every_format_tells_the_change(catalog, form):
    write(catalog, TALL)

    assert "height of trees.csv is called tallness now" in run(catalog, "HEAD", "--format", form).stdout


@pytest.mark.parametrize("name", ["no-such-branch", "--all", "HEAD:catalog", "/no/such/folder"])
def test_what_is_no_state_of_a_catalog_is_wrong_usage(catalog, name):
    result = run(catalog, "--", name) if name.startswith("--") else run(catalog, name)

    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def a_repository_without_a_catalog(folder):
    write(folder, {"README.md": "Soon.\n"})
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    write(folder / "catalog", a_city())
    return folder / "catalog"


def test_of_the_first_catalog_everything_is_new(tmp_path):
    result = run(a_repository_without_a_catalog(tmp_path), "HEAD", "--format", "json")

    assert (result.exit_code, {each.rpartition("-")[2] for each in kinds(result)}) == (0, {"added"})


def test_a_newer_state_without_a_catalog_is_wrong_usage(tmp_path):
    catalog = a_repository_without_a_catalog(tmp_path)

    result = run(catalog, str(catalog), "HEAD")

    assert (result.exit_code, "there is no catalog in HEAD" in result.output) == (2, True)


@pytest.mark.parametrize("names", [("",), ("", "HEAD"), ("HEAD", ""), (" ", "HEAD")])
def test_an_empty_word_is_wrong_usage(catalog, names):
    result = run(catalog, *names)

    assert (result.exit_code, "an empty word" in result.output) == (2, True)


def said(result):
    return " ".join(result.output.split())


def test_a_name_that_is_mistyped_is_told_with_the_one_that_was_meant(catalog):
    assert 'Did you mean "main"?' in said(run(catalog, "mian"))


def test_a_repository_without_a_commit_is_told(tmp_path):
    write(tmp_path / "catalog", a_city())
    git(tmp_path, "init", "-q", "-b", "main")

    assert "nothing has been committed yet" in said(run(tmp_path / "catalog", "main"))


def test_a_folder_outside_of_any_repository_is_told(tmp_path):
    write(tmp_path / "catalog", a_city())

    assert "is in no repository of git" in said(run(tmp_path / "catalog", "main"))


def test_a_folder_without_a_catalog_is_told(catalog, tmp_path):
    (tmp_path / "empty").mkdir()

    assert "it has no site.yaml" in said(run(catalog, str(tmp_path / "empty")))


def test_a_repository_of_another_user_is_told_with_what_to_do(catalog, monkeypatch):
    monkeypatch.setattr("cityfolio.reviewing.diff_command.commit_named", lambda folder, name: "")
    monkeypatch.setattr("cityfolio.reviewing.diff_command.why_no_commit", lambda folder: "foreign")

    assert "git config --global --add safe.directory" in said(run(catalog, "main"))


def test_what_the_environment_sets_for_git_holds(catalog, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.abbrev")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "no number")

    assert why_no_commit(catalog) == "no-repository"


def test_the_variables_of_a_hook_lead_nowhere(catalog, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")

    assert why_no_commit(catalog) == "unknown"


def test_a_commit_reads_as_the_folder_that_was_committed(catalog, tmp_path):
    write(catalog, {".hidden": "x", "datasets/.keep": "x", "datasets/trees/a b\u00e9.bin": bytes(range(256))})
    (catalog / "link").symlink_to("site.yaml")
    commit(catalog.parent)
    (tmp_path / "scratch").mkdir()
    tree = commit_tree(catalog, commit_named(catalog, "HEAD"), tmp_path / "scratch")

    assert tree.nodes() == FolderTree(catalog).nodes()
    assert all(tree.read(node.path) == FolderTree(catalog).read(node.path) for node in tree.nodes() if node.kind == "file")


def test_a_commit_can_be_sent_to_another_process(catalog, tmp_path):
    (tmp_path / "scratch").mkdir()
    tree = commit_tree(catalog, commit_named(catalog, "HEAD"), tmp_path / "scratch")

    sent = pickle.loads(pickle.dumps(tree))

    assert (sent.read("site.yaml"), sent.nodes()) == (tree.read("site.yaml"), tree.nodes())


def test_a_file_that_is_not_in_a_commit_is_not_found(catalog, tmp_path):
    tree = commit_tree(catalog, commit_named(catalog, "HEAD"), tmp_path)

    with pytest.raises(FileNotFoundError):
        tree.read("no-such.csv")


def test_a_draft_that_is_published_is_a_dataset_more(catalog):
    write(catalog, {"datasets/bushes/dataset.yaml": TREES + "status: draft\n", "datasets/bushes/trees.csv": CSV})
    commit(catalog.parent)
    write(catalog, {"datasets/bushes/dataset.yaml": TREES})

    assert "dataset-added" in kinds(run(catalog, "HEAD", "--format", "json"))


def test_what_changes_in_a_draft_is_minor(catalog):
    write(catalog, {"datasets/bushes/dataset.yaml": TREES + "status: draft\n", "datasets/bushes/trees.csv": CSV})
    commit(catalog.parent)
    write(catalog, {"datasets/bushes/dataset.yaml": TREES.replace("height:", "tallness:") + "status: draft\n",
                    "datasets/bushes/trees.csv": CSV.replace("height", "tallness")})

    changes = json.loads(run(catalog, "HEAD", "--format", "json").stdout)["changes"]
    assert [(each["kind"], each["weight"]) for each in changes] == [("column-renamed", "minor")]
