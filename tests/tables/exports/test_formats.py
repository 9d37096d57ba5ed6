"""Every word that a city may write under `exports:` is a format that is written, or the archive."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cityfolio.model.formats import BY_ENDING
from cityfolio.model.records import EXPORTS
from cityfolio.tables.exports.formats import FORMATS, ExportFormat
from cityfolio.tables.offers import ARCHIVE


def test_every_word_has_a_format() -> None:
    assert {*FORMATS, ARCHIVE} == set(EXPORTS)


@pytest.mark.parametrize(("word", "export"), FORMATS.items(), ids=FORMATS)
def test_a_format_has_a_name_a_media_type_and_a_writer(word: str, export: ExportFormat) -> None:
    assert (export.name, export.media_type) == tuple(BY_ENDING[word])
    assert callable(export.write)
    assert export.write.__name__ == export.function


def test_only_maps_need_places() -> None:
    assert [word for word, export in FORMATS.items() if export.needs_shapes] == ["geojson", "pmtiles"]


def test_what_takes_long_to_load_is_loaded_when_it_is_wanted() -> None:
    program = ("import sys, cityfolio.tables.offers, cityfolio.tables.profiles\n"
               "print([name for name in ('pyarrow', 'pandas', 'numpy', 'xlsxwriter', 'shapely') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
