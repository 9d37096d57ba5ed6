"""What is said of a dataset inside of the files that are made of it."""

from __future__ import annotations

from cityfolio.frozen import replace
from cityfolio.model.catalog import Dataset, File
from cityfolio.tables.exports.schema import About


def about_dataset(dataset: Dataset, base_url: str) -> About:
    """What is known of a dataset as a whole. `base_url` has no final "/", and is "" where it is not known."""
    terms = dataset.license
    return About(
        name=dataset.id, title=dataset.title, description=dataset.record.summary or dataset.record.description or "",
        publisher=dataset.publisher.title if dataset.publisher else "", license=terms.title if terms else "",
        license_url=(terms.url or "") if terms else "", license_id=(terms.spdx or "") if terms else "",
        source_url=f"{base_url}/data/{dataset.id}/" if base_url else "", modified=dataset.updated,
        keywords=dataset.record.keywords,
    )


def about_file(dataset: Dataset, file: File, base_url: str) -> About:
    """What is known of one file of a dataset: its own title too, where there are several."""
    about = about_dataset(dataset, base_url)
    return about if len(dataset.files) == 1 else replace(about, title=f"{dataset.title}: {file.title}")
