"""A run of `build` or `serve`, from its options to what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from cityfolio.build import Result, Workshop, build_site
from cityfolio.cache import Keep, keeps_nothing
from cityfolio.files import FolderTree, sha256
from cityfolio.frozen import Frozen, replace
from cityfolio.load.catalog import load
from cityfolio.load.known_documents import NO_MEMORY, KnownDocuments
from cityfolio.load.known_looks import KnownLooks
from cityfolio.options import environment, moment_ns, today
from cityfolio.program import program_digest
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.manifest import previous_manifest
from cityfolio.revision import contents_of
from cityfolio.run_options import cache_of, fetched_for, working
from cityfolio.settings import Options, make_build
from cityfolio.speech import Closing


class Run(Frozen, kw_only=True):
    """What differs between a build and the rebuilds of `serve`: whether the site is to last."""

    is_kept: bool = True


def built(chosen: Options, progress: Callable[[str], None], run: Run = Run()) -> Closing:
    """Build, and gather what the summary says."""
    progress("Loading")
    tree = FolderTree(chosen.catalog)
    cache = cache_of(chosen)
    # Of the folder a digest: its name may hold bytes that are no text here.
    made_by = f"{program_digest()} {sha256(os.fsencode(os.path.abspath(chosen.catalog)))}"
    looks = KnownLooks(cache, made_by, moment_ns())
    documents = KnownDocuments(cache, made_by, looks)
    loaded = load(tree, memory=NO_MEMORY if keeps_nothing(cache) else documents)
    documents.keep()
    told, problems = make_build(loaded, replace(chosen, with_history=True), environment(), today())
    previous, unreadable = previous_manifest(chosen.previous, chosen.output, told.base_url)
    if unreadable:
        return Closing(result=Result(problems=unreadable), output=chosen.output)
    with fetched_for(loaded, chosen, progress) as fetched, working(chosen, progress) as work:
        if work.problems:
            return Closing(result=Result(problems=work.problems), output=chosen.output)
        workshop = replace(workshop_of(chosen, tree, cache, run), progress=progress, previous=previous, fetched=fetched.files,
                           workers=work.hands, looks=looks)
        result = build_site(loaded, told, workshop, also=(*problems, *fetched.problems))
    notes = tuple(note for note in (result.written.note, cache.note, work.note()) if note)
    return Closing(result=result, output=chosen.output, is_compared=previous is not None, notes=notes)


def workshop_of(chosen: Options, tree: FolderTree, cache: Keep, run: Run) -> Workshop:
    """Where a run works and with what."""
    return Workshop(
        tree=tree,
        sink=FolderSink(chosen.output, apart_from=(chosen.catalog,), survives_power_loss=run.is_kept, cache=cache),
        cache=cache,
        program="" if keeps_nothing(cache) else program_digest(),
        workers=chosen.workers or os.cpu_count() or 1,
        strict=chosen.strict,
        allows_plugins=chosen.allow_plugins,
        contents=partial(contents_of, chosen.catalog),
    )
