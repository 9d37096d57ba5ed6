"""The whole build, top to bottom: load, check, profile, link, render, write (which verifies before it swaps)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set as AbstractSet
from functools import partial
from itertools import chain
from pathlib import Path

from cityfolio import __version__
from cityfolio.cache import Keep, NoCache
from cityfolio.check.secrets import harmless_secrets, written_at
from cityfolio.feeds import feeds
from cityfolio.feeds.versions import Contents, version_files
from cityfolio.files import Tree
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen, field, replace
from cityfolio.inspecting import inspected, themes_of
from cityfolio.link import Computed, link
from cityfolio.load.columns_aside import MANY_DATASETS
from cityfolio.load.drafts import without_drafts
from cityfolio.load.known_looks import KnownLooks
from cityfolio.load.loaded import Loaded
from cityfolio.measures.measured import Measured
from cityfolio.measures.rows_files import rows_files
from cityfolio.memory import give_back, part_large_from_small
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.digests import Digests
from cityfolio.model.site import Manifest
from cityfolio.pages.known_pages import KnownPages
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.live_figures import figure_problems
from cityfolio.pages.mapping import MAPPED, map_policy
from cityfolio.pages.pages import Drawing
from cityfolio.pages.shell import POLICY
from cityfolio.pages.sql import OTHER_POLICIES
from cityfolio.pages.templates import Theme
from cityfolio.plugins.adding import exports_of
from cityfolio.plugins.applied import Additions, amended, filters_of
from cityfolio.plugins.found import plugins_of, without_followers
from cityfolio.plugins.guard import once
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.reading import readers_of
from cityfolio.plugins.things import FoundRows, RowsOf, rows_found
from cityfolio.practice.attached import attached_faults
from cityfolio.practice.known_health import KnownHealth
from cityfolio.practice.practised import Aside, practised
from cityfolio.problems import Problem, in_order, stops
from cityfolio.publish.laid_outputs import laid_aside
from cityfolio.publish.limits import beyond_limits
from cityfolio.publish.redirects import REDIRECTS
from cityfolio.publish.scan import Scan
from cityfolio.publish.sinks import Sink
from cityfolio.publish.sound_pages import SoundPages
from cityfolio.publish.write import Edition, Written, write_site
from cityfolio.review.changelog import with_changes
from cityfolio.review.edit_files import edit_files
from cityfolio.review.let_go import let_go
from cityfolio.review.rows_gone import gone_rows
from cityfolio.review.twins_gone import gone_twins, gone_with_exports, twins_problems
from cityfolio.review.versions_lost import lost_versions
from cityfolio.search import finds_meaning, search
from cityfolio.site_files import (
    at_old_addresses,
    data_addresses,
    data_files,
    hosts_files,
    measure_files,
    rows_asked,
    told_otherwise,
    withdrawn,
)
from cityfolio.site_languages import at_former_languages, further_trees, in_every_tree, sites_of_languages
from cityfolio.tables.answers.answering import answered
from cityfolio.tables.aside import end_server
from cityfolio.tables.explored import explored
from cityfolio.tables.fetched import FetchedFile, Key
from cityfolio.tables.former import former_exports
from cityfolio.tables.occurrences import Occurrences
from cityfolio.tables.offers import Offered, offer
from cityfolio.tables.outlines import outlines
from cityfolio.tables.published import Bench, Published, Tables
from cityfolio.tables.workers import Hands


class Workshop(Frozen, kw_only=True):
    """Where a build works and with what."""

    tree: Tree                                   # the catalog
    sink: Sink
    cache: Keep = field(default_factory=NoCache)
    workers: Hands = 1
    program: str = ""                            # a digest of the program; without it no page is known from a build before
    previous: Manifest | None = None             # the addresses that must still answer
    strict: bool = False                         # warnings stop the build too
    allows_plugins: bool = False                 # those that are files of the catalog
    shows_drafts: bool = False                   # as if they were published; only ever on the machine of who edits
    fetched: Mapping[Key, FetchedFile] = field(default_factory=dict)   # files kept elsewhere, under `--fetch`
    looks: KnownLooks = field(default_factory=KnownLooks)     # of the catalog's files, as a build before found them
    progress: Callable[[str], None] = lambda stage: None
    contents: Contents = lambda names: {}        # of former commits, by what git calls them


class Result(Frozen, kw_only=True):
    """What came of a build. Without a manifest in `written` the site is as it was before."""

    problems: tuple[Problem, ...]
    catalog: Catalog | None = None
    pages: int = 0
    written: Written = field(default_factory=Written)
    drafts: tuple[str, ...] = ()      # ids of datasets that were left out
    plugins: tuple[str, ...] = ()     # names of those that were used

    @property
    def is_built(self) -> bool:
        """Whether the site was replaced, or was already as it should be."""
        return self.written.manifest is not None


def build_site(loaded: Loaded, build: Build, workshop: Workshop, also: Iterable[Problem] = ()) -> Result:
    """Build a catalog that was loaded into the workshop's sink. Every problem of a run is reported together, `also` too."""
    with scratch_folder() as scratch:
        return _built(loaded, build, workshop, in_order(also), scratch)


def _built(loaded: Loaded, build: Build, workshop: Workshop, problems: tuple[Problem, ...], scratch: Path) -> Result:
    prepared = prepare(loaded, build, workshop, problems, scratch)
    return prepared if isinstance(prepared, Result) else finish(prepared)


class Prepared(Frozen, kw_only=True):
    """Everything that pages are drawn from. It can be drawn as long as the scratch folder that it was made in is there."""

    loaded: Loaded
    build: Build
    workshop: Workshop
    bench: Bench
    otherwise: Mapping[Key, Published]           # of files, where the catalog does not tell what is published of them
    occurrences: Occurrences                     # in the rows of its tables, of which nothing else is asked any more
    figures: Measured
    offered: Offered
    theme: Theme
    themes: tuple[Theme, ...]                    # the same in each language of the site, the first one's first
    plugins: Plugins
    rows: tuple[RowsOf, ...]                     # what plugins let the search find in tables
    catalog: Catalog                             # with what is known of how it is kept
    practised_with: Callable[[Iterable[Problem]], Catalog]
    taken_back: frozenset[str]                   # addresses of the former site that the city does not keep
    problems: tuple[Problem, ...]
    digests: Digests                             # of its datasets, as far as they were asked for


def prepare(loaded: Loaded, build: Build, workshop: Workshop, also: Iterable[Problem], scratch: Path) -> Prepared | Result:
    """Check, measure and link a catalog that was loaded; a result at once where something is wrong that stops a build."""
    part_large_from_small()
    workshop.progress("Reading tables")
    plugins, refused = plugins_of(loaded, workshop.tree, allows_own=workshop.allows_plugins)
    faults = dict[Problem, None]()
    bench = replace(_bench(workshop, scratch, plugins, faults), skims=True)
    tables, figures, theme, found = inspected(loaded, build, bench, plugins)
    give_back()      # of reading so many files
    problems = once([*also, *refused, *without_followers(found, refused)])
    if theme is None or stops(problems, strict=workshop.strict):
        return Result(problems=problems)
    loaded = loaded if not workshop.shows_drafts else replace(loaded, drafts=frozenset())

    workshop.progress("Making downloads")
    answers = answered(loaded, tables, bench)
    areas = outlines(loaded, tables, bench)
    computed = Computed(answers=answers.by_dataset, measures=figures.by_id, outlines=areas.by_target)
    linked = link(loaded, tables, build, computed)
    changed, faults_of_plugins = amended(plugins, linked, build)
    if changed is not linked:
        tables = replace(tables, known_by={})     # a plugin may say something else of the very same dataset
    offered = offer(changed, tables, build.base_url, bench)
    offered = explored(offered, tables, build.base_url, bench)
    rows = FoundRows() if build.for_folder else rows_found(plugins, offered.catalog, tables, bench)
    offered = replace(offered, catalog=with_changes(offered.catalog, loaded, build, workshop.previous))
    rows_gone = gone_rows(offered.catalog, workshop.previous)
    offered = replace(offered, catalog=replace(offered.catalog, forwards=(*offered.catalog.forwards, *rows_gone.forwards)))
    gone = gone_twins(offered.catalog, workshop.previous, rows_gone.withdrawn)
    taken_back = former_exports(offered.catalog, lambda: data_addresses(offered, tables, workshop.previous) | gone.keys(),
                                workshop.previous)
    lost = lost_versions(offered.catalog, loaded, build, workshop.previous)
    problems = once([*problems, *answers.problems, *offered.problems, *areas.problems, *taken_back.values(), *lost,
                     *faults_of_plugins, *rows.problems, *faults, *twins_problems(offered.catalog, gone), *rows_gone.problems])
    give_back()      # of joining all that was read, before what is larger is worked out
    digests = Digests()
    aside = Aside(document_faults=attached_faults(offered.catalog.published, workshop.tree, workshop.cache),
                  known_health=KnownHealth(workshop.cache, plugins.with_program(workshop.program), digests))
    practised_with = partial(practised, offered.catalog, loaded, build, aside=aside)
    return Prepared(loaded=loaded, build=build, workshop=workshop, bench=bench,
                    otherwise=told_otherwise(offered.catalog, tables.published),
                    occurrences=Occurrences.of(tables, bench.sources), figures=figures, offered=offered, theme=theme,
                    themes=themes_of(loaded, workshop.tree, theme, plugins), plugins=plugins,
                    rows=rows.tables, catalog=practised_with(problems),
                    practised_with=practised_with, problems=problems, digests=digests,
                    taken_back=gone_with_exports(offered.catalog, taken_back).union(
                        taken_back, _withdrawn_beside(offered.catalog, workshop.previous, gone.keys() | rows_gone.withdrawn)))


def _withdrawn_beside(catalog: Catalog, previous: Manifest | None, first: AbstractSet[str]) -> frozenset[str]:
    """The addresses beside datasets that settings take back, in each language; those in the `first` are known."""
    return in_every_tree(previous, catalog.site, lambda former: frozenset(
        first if former is previous else {*gone_twins(catalog, former), *gone_rows(catalog, former).withdrawn}))


def finish(prepared: Prepared) -> Result:
    """Draw every page, make what goes beside, and write the site."""
    workshop, build, theme, bench = prepared.workshop, prepared.build, prepared.theme, prepared.bench
    catalog, problems = _with_figures(prepared)
    drafts = tuple(sorted(prepared.loaded.drafts))
    if stops(problems, strict=workshop.strict):
        return Result(problems=problems, catalog=catalog, drafts=drafts)
    measure_rows = rows_files(rows_asked(catalog, prepared.figures), bench)
    if len(catalog.datasets) > MANY_DATASETS:
        end_server()     # no tables are read from here on; what is built next in this process would have to start it anew

    workshop.progress(_indexing(catalog))
    additions, program = Additions(prepared.plugins, prepared.rows), prepared.plugins.with_program(workshop.program)
    site, *others = sites_of_languages(catalog, build, prepared.themes, additions.pages, additions.headings)
    site.digests.take(prepared.digests)
    parts = KnownParts.of(site, workshop.cache, program, workshop.sink.lies)
    index = laid_aside(search(site, workshop.cache, tuple(additions.documents(site)), parts))
    give_back()      # of the search, which takes more than all that is written at a time

    workshop.progress("Drawing and writing")
    scan = _scan(prepared.loaded, prepared.occurrences, bench)
    known = KnownPages.of(site, workshop.cache, program)
    # Filters of plugins may do whatever they like, in this process.
    hands = 1 if filters_of(prepared.plugins) else workshop.workers
    drawing = Drawing(site, known, hands)
    trees = further_trees(others, workshop.cache, program, additions.documents, hands)
    drawings = (drawing, *(tree.drawing for tree in trees))
    if workshop.sink.is_empty:
        for pages_known in (known, *(tree.known for tree in trees)):
            pages_known.forget()

    def may_go(previous: Manifest | None) -> frozenset[str]:
        return withdrawn(catalog, previous) | let_go(prepared.loaded, build.today, previous)

    edition = Edition(made_by=f"cityfolio {__version__}", base_url=build.base_url, previous=workshop.previous,
                      revision=build.revision, committed=build.revised_utc,
                      withdrawn=lambda: in_every_tree(workshop.previous, catalog.site, may_go) | prepared.taken_back
                      | {REDIRECTS}, policy=POLICY,
                      other_policies={**OTHER_POLICIES, **dict.fromkeys(MAPPED, map_policy(POLICY, catalog.site))},
                      scan=scan, sound=_sound(workshop, program), workers=workshop.workers,
                      faults=lambda: dict.fromkeys(chain(additions.faults, additions.lost(page.url for each in drawings
                                                                                          for page in each.pages),
                                                         *(each.faults for each in drawings))))
    # Each output is made when it is written, and let go. The feeds come after the pages, which the sitemap lists.
    pages = chain.from_iterable(each.pages for each in drawings)
    outputs = chain(drawing.outputs(), *(tree.outputs(workshop.cache) for tree in trees),
                    feeds(site.catalog, site.build, pages, theme.words, parts),
                    additions.files(site.catalog, site.build), data_files(prepared.offered, prepared.otherwise),
                    measure_files(catalog, measure_rows), version_files(catalog, workshop.contents),
                    edit_files(without_drafts(prepared.loaded), workshop.tree, build), index, hosts_files(catalog))
    everywhere = at_former_languages(at_old_addresses(catalog, outputs, workshop.previous), site)
    written = write_site(everywhere, workshop.tree, workshop.sink, edition)
    beyond = beyond_limits(prepared.loaded, written.manifest) if written.manifest else ()
    if written.manifest:
        for each in (known, parts, *(kept for tree in trees for kept in (tree.known, tree.parts))):
            each.keep(written.manifest, scan.urls)
    return Result(problems=in_order([*problems, *written.problems, *beyond]), catalog=catalog, written=written, drafts=drafts,
                  plugins=prepared.plugins.names, pages=sum(len(each.pages) for each in drawings))


def _indexing(catalog: Catalog) -> str:
    by_meaning = finds_meaning(catalog.site.languages[0])
    return "Indexing words and meanings" if by_meaning else "Indexing words (the extra `meaning` is not installed)"


def _with_figures(prepared: Prepared) -> tuple[Catalog, tuple[Problem, ...]]:
    """The catalog as it is kept, and all problems: figures of guides that have no value are told on its pages too."""
    empty = tuple(figure_problems(prepared.catalog))
    if not empty:
        return prepared.catalog, prepared.problems
    catalog = prepared.practised_with(in_order([*prepared.problems, *empty]))
    return catalog, in_order([*prepared.problems, *figure_problems(catalog)])


def inspect(loaded: Loaded, build: Build, workshop: Workshop) -> tuple[Tables, Theme | None, tuple[Problem, ...]]:
    """Read the data files and the theme, and gather everything that is wrong with the catalog; nothing is written."""
    with scratch_folder() as scratch:
        plugins, refused = plugins_of(loaded, workshop.tree, allows_own=workshop.allows_plugins)
        tables, _, theme, problems = inspected(loaded, build, _bench(workshop, scratch, plugins, {}), plugins)
        return tables, theme, once([*refused, *without_followers(problems, refused)])


def _bench(workshop: Workshop, scratch: Path, plugins: Plugins, faults: dict[Problem, None]) -> Bench:
    return Bench(tree=workshop.tree, cache=workshop.cache, workers=workshop.workers, scratch=scratch, fetched=workshop.fetched,
                 readers=readers_of(plugins), exports=exports_of(plugins, faults), looks=workshop.looks)


def _sound(workshop: Workshop, program: str) -> SoundPages:
    return SoundPages(workshop.cache, f"{program} {workshop.sink.place}") if program else SoundPages()


def _scan(loaded: Loaded, occurrences: Occurrences, bench: Bench) -> Scan:
    return Scan(harmless=harmless_secrets(loaded, bench.tree), is_in_rows=occurrences.holds,
                source_of=partial(written_at, loaded, bench.tree))
