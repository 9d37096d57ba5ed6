"""oEmbed (oembed.com, version 1.0) for the page of each table: what other sites read to show it within a page of theirs."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.model.catalog import Build, Catalog, Dataset, File
from cityfolio.model.site import Output
from cityfolio.pages.embedding import HEIGHT, WIDTH, embed_url, iframe, oembed_url
from cityfolio.pages.files import heading_of
from cityfolio.pages.routes import HOME, absolute


def oembeds(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The oEmbed of every table that has a page. Its addresses have to be full, so without the site's own there is none."""
    for dataset in catalog.published if build.base_url else ():
        for file in dataset.files:
            if file.page:
                yield Output(url=oembed_url(dataset.id, file.page), body=orjson.dumps(_oembed(catalog, dataset, file, build)),
                             media_type="application/json", kind="feed", source=file.source_path or dataset.source_path)


def _oembed(catalog: Catalog, dataset: Dataset, file: File, build: Build) -> dict[str, str | int]:
    title = heading_of(dataset, file)
    said: dict[str, str | int] = {
        "version": "1.0", "type": "rich", "title": title, "provider_name": catalog.site.name,
        "provider_url": absolute(build.base_url, HOME),
        "html": iframe(absolute(build.base_url, embed_url(dataset.id, file.page)), title), "width": WIDTH, "height": HEIGHT,
    }
    return said | ({"author_name": dataset.publisher.title} if dataset.publisher else {})
