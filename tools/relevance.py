"""How good a ranking is, by the measures of trec_eval, and the files that it reads and writes.

The measures are those of the TREC evaluations (Voorhees and Harman, "TREC: Experiment and Evaluation in Information Retrieval",
2005), computed as trec_eval does with `-c`: every question that has judgements counts, with 0 where nothing was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

Judged = Mapping[str, int]                # document -> how relevant it is
LEAST_STEP = 0.0001                       # between the scores of a run: trec_eval sorts anew, and ties by document


class FaultyLineError(ValueError):
    """A line of a collection that cannot be read: its number, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """Means over the judged questions."""

    questions: int
    ndcg_at_10: float
    map_at_10: float
    recall_at_100: float


def relevance(rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Judged]) -> Relevance:
    """The measures of the rankings (question -> documents, the best first) of the questions that have judgements."""
    judged = [(ranking, judgements[question]) for question, ranking in rankings.items() if question in judgements]
    if not judged:
        raise FaultyLineError("no question has a judgement")
    return Relevance(
        questions=len(judged),
        ndcg_at_10=fmean(ndcg(*each, 10) for each in judged),
        map_at_10=fmean(average_precision(*each, 10) for each in judged),
        recall_at_100=fmean(recall(*each, 100) for each in judged),
    )


def ndcg(ranking: Sequence[str], judged: Judged, depth: int) -> float:
    """Discounted cumulative gain over the greatest possible one (Järvelin and Kekäläinen 2002), the gain as it was judged."""
    best = _gain(sorted((max(0, grade) for grade in judged.values()), reverse=True)[:depth])
    return _gain(max(0, judged.get(document, 0)) for document in ranking[:depth]) / best if best else 0.0


def average_precision(ranking: Sequence[str], judged: Judged, depth: int) -> float:
    """The precision at each relevant document among the first ones, summed and shared by all relevant documents."""
    relevant, found, total = _relevant(judged), 0, 0.0
    for rank, document in enumerate(ranking[:depth], 1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0


def recall(ranking: Sequence[str], judged: Judged, depth: int) -> float:
    """The share of the relevant documents that are among the first ones."""
    relevant = _relevant(judged)
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _relevant(judged: Judged) -> set[str]:
    return {document for document, grade in judged.items() if grade > 0}


def read_questions(lines: Iterable[str]) -> dict[str, str]:
    """Questions by their ids: `id<TAB>text` a line."""
    questions: dict[str, str] = {}
    for number, line in _filled(lines):
        question, _, text = line.partition("\t") if "\t" in line else line.partition(" ")
        if question.strip() in questions:
            raise FaultyLineError(f"line {number}: question {question.strip()} is there twice")
        questions[question.strip()] = text.strip()
    return questions


def read_judgements(lines: Iterable[str]) -> dict[str, dict[str, int]]:
    """Judgements by question and document: `question iteration document grade` a line, with tabs or spaces between."""
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _filled(lines):
        parts = [part.strip() for part in (line.split("\t") if "\t" in line else line.split())]
        try:
            question, _, document, grade = parts
            judgements.setdefault(question, {})[document] = int(float(grade))
        except ValueError:
            raise FaultyLineError(f"line {number} is not a question, an iteration, a document and a grade: {line}") from None
    return judgements


def run_lines(question: str, ranking: Iterable[tuple[str, float]], tag: str) -> Iterator[str]:
    """The ranking of a question as lines of a TREC run. Scores that do not fall are made to, so that they keep the order."""
    before = float("inf")
    for rank, (document, score) in enumerate(ranking, 1):
        before = min(score, before - LEAST_STEP)
        yield f"{question} Q0 {document} {rank} {before:.4f} {tag}\n"


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1) if line.strip())
