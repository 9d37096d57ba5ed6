"""oEmbed (oembed.com, version 1.0) for the page of each table and measure: what other sites read to show it in theirs."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.model.catalog import Build, Catalog, PublisherRef
from cityfolio.model.measured import Ref
from cityfolio.model.site import Output
from cityfolio.pages.described import has_embed
from cityfolio.pages.embedding import HEIGHT, WIDTH, embed_url, iframe, oembed_url
from cityfolio.pages.files import heading_of
from cityfolio.pages.measure_embedding import EMBED_HEIGHT, measure_oembed_url
from cityfolio.pages.routes import HOME, absolute, measure_embed_url


def oembeds(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The oEmbed of every table that has a page for pages of others, and of every measure.

    Its addresses have to be full, so without the site's own there is none.
    """
    for dataset in catalog.published if build.base_url else ():
        for file in dataset.files:
            if has_embed(dataset, file):
                said = _oembed(heading_of(dataset, file), embed_url(dataset.id, file.page), catalog, build)
                yield _output(oembed_url(dataset.id, file.page), said, dataset.publisher,
                              file.source_path or dataset.source_path)
    for measure in catalog.measures if build.base_url else ():
        said = _oembed(measure.title, measure_embed_url(measure.id), catalog, build)
        yield _output(measure_oembed_url(measure.id), said, measure.owner, measure.source_path)


def _output(url: str, said: dict[str, str | int], author: PublisherRef | Ref | None, source: str) -> Output:
    body = orjson.dumps(said | ({"author_name": author.title} if author else {}))
    return Output(url=url, body=body, media_type="application/json", kind="feed", source=source)


def _oembed(title: str, frame: str, catalog: Catalog, build: Build) -> dict[str, str | int]:
    height = HEIGHT if frame.startswith("/embed/data/") else EMBED_HEIGHT
    return {
        "version": "1.0", "type": "rich", "title": title, "provider_name": catalog.site.name,
        "provider_url": absolute(build.base_url, HOME), "html": iframe(absolute(build.base_url, frame), title, height),
        "width": WIDTH, "height": height,
    }
