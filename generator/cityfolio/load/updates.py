"""When a dataset's data last changed."""

from __future__ import annotations

from datetime import date

from cityfolio.load.loaded import Sourced
from cityfolio.model.catalog import Build
from cityfolio.model.records import DatasetRecord


def updated_on(dataset: Sourced[DatasetRecord], build: Build) -> date | None:
    """`modified`, else the day of the last commit that touched one of its files; None when neither is known."""
    if dataset.record.modified is not None:
        return dataset.record.modified
    paths = (f"datasets/{dataset.id}/{file.path or file.sample}" for file in dataset.record.files if file.path or file.sample)
    days = [build.committed[path] for path in paths if path in build.committed]
    return max(days, default=None)
