"""Rules about values that are held back: where they need not be, where they should be, and where others give them away."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.files import Tree
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.measures.definition import Definition, definition_of
from cityfolio.measures.sources import Source, sources_of
from cityfolio.measures.tokens import ExpressionError
from cityfolio.model.performance import MeasureRecord
from cityfolio.problems import Problem
from cityfolio.tables.published import Tables


def suppression_problems(loaded: Loaded, tables: Tables, tree: Tree) -> Iterator[Problem]:
    """What is wrong with what measures hold back. Of a measure that cannot be computed others tell why."""
    first: dict[tuple[str, int], str] = {}
    for measure in loaded.measures.values():
        compute, definition = measure.record.compute, definition_of(measure.record)
        found = sources_of(loaded, tables, compute.dataset or "", compute.file, tree) if compute else ()
        if compute is None or definition is None or len(found) != 1 or not _is_readable(definition):
            continue
        source, place = found[0], (found[0].dataset, found[0].place)
        if _are_published(source, definition):
            yield from _needless(measure, source)
        elif compute.min_n is None:
            yield Problem(code="suppression-missing", where=measure.document.at("compute"),
                          says="some of what is behind this measure is not published, and every count is shown, however small",
                          fix="Add `min_n: 10` under `compute:`.")
        elif place in first:
            yield Problem(code="suppression-overlap", where=measure.document.at("compute", "min_n"),
                          says=f"{first[place]} holds back small values of the same rows, and what one of the two hides may be "
                          "had by comparing them", fix="Measure these rows once, or see to it that the two cannot be compared.")
        else:
            first[place] = measure.id


def _is_readable(definition: Definition) -> bool:
    try:
        return bool(definition.columns)
    except ExpressionError:
        return False


def _are_published(source: Source, definition: Definition) -> bool:
    """A column that the file does not have is no column that is not published."""
    known = source.columns
    there = [name for name in definition.columns if known is None or name in known]
    return source.is_public and source.publishes(tuple(there))


def _needless(measure: Sourced[MeasureRecord], source: Source) -> Iterator[Problem]:
    compute = measure.record.compute
    if compute is not None and compute.min_n is not None:
        yield Problem(code="measure-hidden", where=measure.document.at("compute", "min_n"),
                      says=f"the rows of {source.dataset} are published, so what is held back here can be counted by anyone",
                      fix="Take `min_n:` away, or do not publish the rows.")
