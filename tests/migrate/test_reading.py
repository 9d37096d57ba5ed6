"""What an importer reads from: files as they are, or a portal whose answers are kept, so that a second run goes on."""

from __future__ import annotations

import pytest

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import NotRecorded
from cityfolio.migrate.network.recorded import path_of
from cityfolio.migrate.reading import Document, documents, portal_of, source_of, whole
from cityfolio.migrate.source import Source
from cityfolio.problems import Problem
from migrate.portals import Said, asking, in_json, portal, source

TREES = in_json({"records": ["oak", "elm"]})


def read(files, path=""):
    return list(documents(Source(tree=MemoryTree(files), path=path)))


def test_a_folder_gives_each_json_file_and_each_line_of_json():
    found = read({"a.json": "[1]", "b.jsonl": '{"x": 1}\n\n{"x": 2}\n', "notes.txt": "not read"})

    assert {each.place: each.value for each in found} == {"a.json": ["1"], "b.jsonl:1": {"x": "1"}, "b.jsonl:3": {"x": "2"}}


def test_a_file_is_read_whatever_it_is_called():
    found = read({"feed": "[1]", "other.json": "[2]"}, path="feed")

    assert [(each.place, each.value) for each in found] == [("feed", ["1"])]


def test_what_is_not_json_is_a_problem_and_holds_up_nothing_else():
    problem, document = read({"a.json": '{"cut": [1, 2', "b.json": "[1]"})

    assert isinstance(problem, Problem)
    assert (problem.code, problem.where.path) == ("source-unreadable", "a.json")
    assert isinstance(document, Document)


def test_a_folder_without_json_is_a_problem():
    [problem] = read({"notes.txt": "nothing"})

    assert problem.says == "the folder holds no JSON"


def test_a_source_that_is_not_there_is_a_problem(tmp_path):
    found = source_of(f"{tmp_path}/absent", tmp_path / "answers")

    assert isinstance(found, Problem)
    assert found.says == "there is no such file or folder"


@pytest.mark.parametrize("address", ["http://[", "https://", "https://jo:secret@data.example.gov/", "http://a b/"])
def test_what_is_no_address_or_holds_a_password_is_not_asked_and_not_written_down(address, tmp_path):
    found = source_of(address, tmp_path / "answers")

    assert isinstance(found, Problem)
    assert not (tmp_path / "answers").exists()


def test_a_file_is_a_source_of_its_own(tmp_path):
    (tmp_path / "a.json").write_text("[1]")
    (tmp_path / "b.json").write_text("[2]")

    found = source_of(f"{tmp_path}/a.json", tmp_path / "answers")

    assert [each.value for each in documents(found)] == [["1"]]


def test_an_answer_is_asked_for_once(tmp_path):
    with portal({"/trees": TREES}) as served:
        asked = portal_of(source(served.root, tmp_path), asking())
        first = asked.json(f"{served.root}/trees")
        again = portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")

    assert first == again == {"records": ["oak", "elm"]}
    assert served.asked == ["/trees"]


def test_recorded_answers_are_replayed_without_the_portal(tmp_path):
    with portal({"/trees": TREES}) as served:
        portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")

    replayed = portal_of(source_of(f"{tmp_path}", tmp_path / "unused"))

    assert replayed.json(f"{served.root}/trees") == {"records": ["oak", "elm"]}
    assert replayed.address == served.root


def test_what_was_not_recorded_is_not_there(tmp_path):
    source("http://portal.example", tmp_path)

    replayed = portal_of(source_of(f"{tmp_path}", tmp_path / "unused"))

    with pytest.raises(NotRecorded, match="not among the recorded answers"):
        replayed.json("http://portal.example/trees")


def test_a_refusal_is_replayed_and_asked_again_where_the_portal_is_there(tmp_path):
    with portal({}) as served:
        for _ in range(2):
            with pytest.raises(Refused):
                portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")
    with pytest.raises(Refused, match="404"):
        portal_of(source_of(f"{tmp_path}", tmp_path / "unused")).json(f"{served.root}/trees")

    assert served.asked == ["/trees", "/trees"]


def test_a_bad_answer_is_not_kept(tmp_path):
    with portal({"/trees": TREES}, dict.fromkeys(range(6), "ended early")) as served:
        with pytest.raises(Exception, match="6 tries"):
            portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")
        found = portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")

    assert found == {"records": ["oak", "elm"]}


def test_a_web_page_in_the_place_of_json_is_said_at_once(tmp_path):
    with portal({"/trees": Said(body=b"<html>Please log in</html>")}) as served, pytest.raises(Exception, match="web page"):
        portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")

    assert served.asked == ["/trees"]


def test_one_folder_holds_the_answers_of_one_portal(tmp_path):
    source("http://one.example", tmp_path)

    found = source_of("http://two.example", tmp_path)

    assert isinstance(found, Problem)
    assert "http://one.example" in found.says


def test_a_document_at_an_address_is_a_file_of_its_source(tmp_path):
    with portal({"/data.json": TREES}) as served:
        found = whole(source(f"{served.root}/data.json", tmp_path), ".json", asking())

    assert found.tree.read(found.path) == TREES.body


def test_a_document_at_an_address_that_is_not_there_is_a_problem(tmp_path):
    with portal({}) as served:
        found = whole(source(f"{served.root}/data.json", tmp_path), ".json", asking())

    assert isinstance(found, Problem)
    assert found.says == "the server answered 404 Not Found"


@pytest.mark.parametrize("url", [
    "http://a.example/../../etc/passwd", "http://a.example/%2e%2e/x", "http://a.example/" + "x" * 500,
    "http://a.example/?q=\udc80", "http://a.example"], ids=ascii)
def test_the_name_of_an_answer_leads_nowhere_else(url):
    path = path_of(url, ".json")

    assert path.startswith("answers/")
    assert ".." not in path
    assert path.count("/") == 1
    assert len(path) < 120


def test_a_folder_of_answers_is_a_folder_of_files(tmp_path):
    with portal({"/trees": TREES}) as served:
        portal_of(source(served.root, tmp_path), asking()).json(f"{served.root}/trees")

    names = [node.path for node in FolderTree(tmp_path).nodes() if node.kind == "file"]
    assert names == [path_of(f"{served.root}/trees", ".json"), "portal.json"]
