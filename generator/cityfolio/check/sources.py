"""Other portals that the catalog brings in: each can be read, and each dataset that came from one says which."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.load.values import IDENTIFIER
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem, did_you_mean


@rule("source-unfit")
def sources_can_be_read(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each source has an id that can be part of a path, and one place where it is."""
    yield from unfit_sources(loaded)


def unfit_sources(loaded: Loaded) -> Iterator[Problem]:
    """Everything that keeps a source from being brought in."""
    if loaded.site is None:
        return
    document = loaded.site.document
    for identifier, source in loaded.site.record.sources.items():
        for name, keys in ((identifier, ()), (source.prefix or identifier, ("prefix",))):
            if not IDENTIFIER.fullmatch(name):
                yield Problem(code="source-unfit", where=document.at_key("sources", identifier, *keys),
                              says=f'"{name}" cannot be part of a path',
                              fix="Use lower-case letters, digits and single hyphens, such as matthews.")
                break
        if source.publisher and not loaded.knows("publishers", source.publisher):
            yield Problem(code="source-unfit", where=document.at("sources", identifier, "publisher"),
                          says=f'"{source.publisher}" is not in publishers/',
                          fix=did_you_mean(source.publisher, loaded.publishers))
        given = [key for key in ("url", "path") if document.holds("sources", identifier, key)]
        if len(given) != 1:
            says = f'the source "{identifier}" has {"both a url and a path" if given else "neither a url nor a path"}'
            yield Problem(code="source-unfit", where=document.at_key("sources", identifier), says=says,
                          fix="Write where its catalog is: url: for an address, path: for a file or folder.")


@rule("source-unknown")
def homes_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset that was brought in names a source of site.yaml."""
    known = loaded.site.record.sources if loaded.site else {}
    for each in loaded.datasets.values():
        home = each.record.source
        if home is not None and home.id and home.id not in known:
            yield Problem(code="source-unknown", where=each.document.at("source", "id"),
                          says=f'"{home.id}" is not among the sources in site.yaml',
                          fix=f"{did_you_mean(home.id, known)} Its page cannot say whose data it is.")
