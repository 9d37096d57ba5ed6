"""What an entry of a feed has to say so that one table of it can be read."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.plugins import Build, Finding, Loaded


def files_say_which_table(loaded: Loaded, build: Build) -> Iterator[Finding]:
    """Each entry of a feed names its table, for a feed has many."""
    for dataset in loaded.datasets.values():
        for place, file in enumerate(dataset.record.files):
            if (file.format or "").upper() == "GTFS" and not file.sheet and file.look_inside:
                yield Finding(severity="error", where=dataset.document.at("files", place),
                              says="this entry of a transit feed does not say which of its tables it is",
                              fix="Write `sheet: stops` or `sheet: routes`; a feed can have an entry for each.")
