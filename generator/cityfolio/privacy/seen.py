"""Columns as the search gets them where rows are Arrow's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.privacy.arrow import numbers_of, texts_of


class SeenColumn(Frozen, kw_only=True):
    """A column as the detector gets it: its name, its type where that is known, and its cells. None is an empty cell."""

    name: str
    type: ColumnType | None = None
    cells: pa.Array[Any]          # Any: of texts, or a dictionary of texts

    @property
    def coded(self) -> pa.DictionaryArray[Any, Any]:   # Any: texts by numbers of any width
        """Its cells by numbers of different texts."""
        return self.cells if isinstance(self.cells, pa.DictionaryArray) else self.cells.dictionary_encode()


def as_columns(header: Sequence[str], columns: Sequence[Sequence[str | None]]) -> tuple[SeenColumn, ...]:
    """Columns from Python's texts."""
    return tuple(SeenColumn(name=name, cells=texts_of(cells)) for name, cells in zip(header, columns, strict=True))


def codes_of(column: SeenColumn) -> npt.NDArray[np.int64]:
    """A number for each cell, the same for the same text; 0 for all blank ones."""
    coded = column.coded
    trimmed = pc.utf8_trim_whitespace(coded.dictionary.cast(pa.large_string()))
    texts = pc.coalesce(trimmed, texts_of([""])[0]).dictionary_encode()
    again = numbers_of(texts.indices) + 1
    blank = texts.dictionary.to_pylist().index("") + 1 if "" in texts.dictionary.to_pylist() else 0
    again[again == blank] = 0
    codes = numbers_of(coded.indices)
    return np.append(again, 0)[codes]   # -1 is the last, which stands for blank
