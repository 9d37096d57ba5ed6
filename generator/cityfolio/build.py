"""The whole build, top to bottom: load, check, profile, link, render, write (which verifies before it swaps)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from cityfolio import __version__
from cityfolio.cache import Keep, NoCache
from cityfolio.check.secrets import harmless_secrets, written_at
from cityfolio.feeds import feeds
from cityfolio.feeds.csvw import csvw_addresses
from cityfolio.feeds.schema_org import data_blocks
from cityfolio.feeds.versions import Contents, version_files
from cityfolio.files import Tree
from cityfolio.folders import scratch_folder
from cityfolio.inspecting import inspected
from cityfolio.link import Computed, link
from cityfolio.load.drafts import without_drafts
from cityfolio.load.loaded import Loaded
from cityfolio.measures.measured import Measured
from cityfolio.measures.rows_files import RowsAsked, rows_files
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.formats import format_of
from cityfolio.model.site import CopyOf, Made, Manifest, Output
from cityfolio.pages.mapping import MAPPED, map_policy
from cityfolio.pages.measure_rows import rows_file
from cityfolio.pages.pages import Drawn, draw, site_of
from cityfolio.pages.review_routes import goes_with_time
from cityfolio.pages.routes import CSVW_ENDING, dataset_url, file_page_url, file_url, is_view
from cityfolio.pages.shell import POLICY
from cityfolio.pages.sql import OTHER_POLICIES
from cityfolio.pages.templates import Theme
from cityfolio.practice.attached import attached_faults
from cityfolio.practice.practised import practised
from cityfolio.problems import Problem, count, in_order, stops
from cityfolio.publish.addresses import url_of
from cityfolio.publish.headers import headers_file
from cityfolio.publish.markup import Page, read_page
from cityfolio.publish.redirects import REDIRECTS, Moved, redirects_file
from cityfolio.publish.scan import Scan
from cityfolio.publish.sinks import Sink
from cityfolio.publish.write import Edition, Written, write_site
from cityfolio.review.changelog import with_changes
from cityfolio.review.edit_files import edit_files
from cityfolio.review.let_go import let_go
from cityfolio.review.versions_lost import lost_versions
from cityfolio.search import finds_meaning, search
from cityfolio.tables.answers.answering import answered
from cityfolio.tables.explored import explored
from cityfolio.tables.exports.names import stem_of
from cityfolio.tables.fetched import FetchedFile, Key
from cityfolio.tables.former import former_exports
from cityfolio.tables.occurrences import Occurrences
from cityfolio.tables.offers import Offered, offer
from cityfolio.tables.outlines import outlines
from cityfolio.tables.published import Bench, Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where a build works and with what."""

    tree: Tree                                   # the catalog
    sink: Sink
    cache: Keep = field(default_factory=NoCache)
    workers: int = 1
    previous: Manifest | None = None             # the addresses that must still answer
    strict: bool = False                         # warnings stop the build too
    shows_drafts: bool = False                   # as if they were published; only ever on the machine of who edits
    fetched: Mapping[Key, FetchedFile] = field(default_factory=dict)   # files kept elsewhere, under `--fetch`
    progress: Callable[[str], None] = lambda stage: None
    contents: Contents = lambda names: {}        # of former commits, by what git calls them
    parse_page: Callable[[str], Page] = read_page   # with a memory where the same pages are verified again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a build. Without a manifest in `written` the site is as it was before."""

    problems: tuple[Problem, ...]
    catalog: Catalog | None = None
    pages: int = 0
    written: Written = field(default_factory=Written)
    drafts: tuple[str, ...] = ()      # ids of datasets that were left out

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that pages are drawn from. It can be drawn as long as the scratch folder that it was made in is there."""

    loaded: Loaded
    build: Build
    workshop: Workshop
    bench: Bench
    tables: Tables
    figures: Measured
    offered: Offered
    theme: Theme
    catalog: Catalog                             # with what is known of how it is kept
    practised_with: Callable[[Iterable[Problem]], Catalog]
    taken_back: Mapping[str, Problem]
    problems: tuple[Problem, ...]


def prepare(loaded: Loaded, build: Build, workshop: Workshop, also: Iterable[Problem], scratch: Path) -> Prepared | Result:
    """Check, measure and link a catalog that was loaded; a result at once where something is wrong that stops a build."""
    workshop.progress("Reading tables")
    bench = _bench(workshop, scratch)
    tables, figures, theme, found = inspected(loaded, build, bench)
    problems = in_order([*also, *found])
    if theme is None or stops(problems, strict=workshop.strict):
        return Result(problems=problems)
    loaded = loaded if not workshop.shows_drafts else replace(loaded, drafts=frozenset())

    workshop.progress("Making downloads")
    answers = answered(loaded, tables, bench)
    areas = outlines(loaded, tables, bench)
    computed = Computed(answers=answers.by_dataset, measures=figures.by_id, outlines=areas.by_target)
    offered = offer(link(loaded, tables, build, computed), tables, build.base_url, bench)
    offered = explored(offered, tables, build.base_url, bench)
    offered = replace(offered, catalog=with_changes(offered.catalog, loaded, build, workshop.previous))
    taken_back = former_exports(offered.catalog, data_addresses(offered, tables), workshop.previous)
    lost = lost_versions(offered.catalog, loaded, build, workshop.previous)
    problems = in_order([*problems, *answers.problems, *offered.problems, *areas.problems, *taken_back.values(), *lost])
    faults = attached_faults(offered.catalog.published, workshop.tree, workshop.cache)
    practised_with = partial(practised, offered.catalog, loaded, build, document_faults=faults)
    return Prepared(loaded=loaded, build=build, workshop=workshop, bench=bench, tables=tables, figures=figures, offered=offered,
                    theme=theme, catalog=practised_with(problems), practised_with=practised_with, taken_back=taken_back,
                    problems=problems)


def finish(prepared: Prepared) -> Result:
    """Draw every page, make what goes beside, and write the site."""
    workshop, build, theme, bench = prepared.workshop, prepared.build, prepared.theme, prepared.bench
    workshop.progress("Drawing pages")
    catalog, drawn = _drawn(prepared)
    problems = in_order([*prepared.problems, *drawn.problems])
    drafts = tuple(sorted(prepared.loaded.drafts))
    if stops(problems, strict=workshop.strict):
        return Result(problems=problems, catalog=catalog, drafts=drafts)
    measure_rows = rows_files(rows_asked(catalog, prepared.figures), bench)

    by_meaning = finds_meaning(catalog.site.languages[0])
    workshop.progress("Indexing words and meanings" if by_meaning else "Indexing words (the extra `meaning` is not installed)")
    index = tuple(search(site_of(catalog, build, theme), workshop.cache))

    workshop.progress("Writing")
    edition = Edition(made_by=f"cityfolio {__version__}", base_url=build.base_url, previous=workshop.previous,
                      revision=build.revision, committed=build.revised_utc,
                      withdrawn=withdrawn(catalog, workshop.previous) | prepared.taken_back.keys() | {REDIRECTS}
                      | let_go(prepared.loaded, build.today, workshop.previous), policy=POLICY,
                      other_policies={**OTHER_POLICIES, **dict.fromkeys(MAPPED, map_policy(POLICY, catalog.site))},
                      parse=workshop.parse_page, scan=_scan(prepared.loaded, prepared.tables, bench))
    # What is made of the catalog is made when it is written, and let go: of all feeds together the bodies would be too many.
    outputs = chain(drawn.outputs, feeds(catalog, build, drawn.outputs, theme.words),
                    data_files(prepared.offered, prepared.tables), measure_files(catalog, measure_rows),
                    version_files(catalog, workshop.contents),
                    edit_files(without_drafts(prepared.loaded), workshop.tree, build), index, hosts_files(catalog))
    written = write_site(at_old_addresses(catalog, outputs), workshop.tree, workshop.sink, edition)
    return Result(problems=in_order([*problems, *written.problems]), catalog=catalog, written=written, drafts=drafts,
                  pages=sum(output.media_type == "text/html" for output in drawn.outputs))


def hosts_files(catalog: Catalog) -> Iterator[Output]:
    """What hosts of files read: headers, and where addresses went."""
    yield headers_file()
    moved = redirects_file(Moved(old=forward.old, new=forward.new) for forward in catalog.forwards)
    if moved:
        yield moved


def _drawn(prepared: Prepared) -> tuple[Catalog, Drawn]:
    """The catalog as it is kept, and its pages: what shows itself while they are drawn is told on them too."""
    catalog, build, theme = prepared.catalog, prepared.build, prepared.theme
    drawn = draw(catalog, build, theme, data_blocks(catalog, build))
    if not drawn.problems or count(drawn.problems, "error"):
        return catalog, drawn
    catalog = prepared.practised_with(in_order([*prepared.problems, *drawn.problems]))
    return catalog, draw(catalog, build, theme, data_blocks(catalog, build))


def inspect(loaded: Loaded, build: Build, workshop: Workshop) -> tuple[Tables, Theme | None, tuple[Problem, ...]]:
    """Read the data files and the theme, and gather everything that is wrong with the catalog; nothing is written."""
    with scratch_folder() as scratch:
        tables, _, theme, problems = inspected(loaded, build, _bench(workshop, scratch))
        return tables, theme, problems


def _bench(workshop: Workshop, scratch: Path) -> Bench:
    return Bench(tree=workshop.tree, cache=workshop.cache, workers=workshop.workers, scratch=scratch, fetched=workshop.fetched)


def _scan(loaded: Loaded, tables: Tables, bench: Bench) -> Scan:
    return Scan(harmless=harmless_secrets(loaded, bench.tree), is_in_rows=Occurrences(tables, bench.sources).holds,
                source_of=partial(written_at, loaded, bench.tree))


def data_files(offered: Offered, tables: Tables) -> Iterator[Output]:
    """The files of the published datasets, as they are or without their sensitive columns, and those made of them."""
    for dataset in offered.catalog.published:
        # Two sheets of one workbook are one file.
        sources = {file.name: (file, tables.published[dataset.id, place]) for place, file in enumerate(dataset.files)
                   if (dataset.id, place) in tables.published}
        for name, (file, published) in sources.items():
            form = format_of(name, file.record.format if isinstance(published.body, CopyOf) else None)
            yield Output(url=file_url(dataset.id, name), body=published.body, kind="data", source=file.source_path or name,
                         media_type=form.media_type, updated=dataset.updated)
        exports = [(each, file.source_path) for file in dataset.files for each in file.exports]
        exports += [(dataset.archive, dataset.source_path)] if dataset.archive else []
        for export, source in exports:
            yield Output(url=file_url(dataset.id, export.name), body=offered.files[dataset.id, export.name], kind="export",
                         source=source or export.name, media_type=format_of(export.name).media_type, updated=dataset.updated)
        for file in dataset.files:
            if file.rows and file.rows.url.startswith(file_page_url(dataset.id, file.page)):
                name = file.rows.url.removeprefix(dataset_url(dataset.id))
                yield Output(url=file.rows.url, body=offered.files[dataset.id, name], kind="rows",
                             source=file.source_path or name, media_type=format_of(name).media_type, updated=dataset.updated)


def rows_asked(catalog: Catalog, figures: Measured) -> dict[str, RowsAsked]:
    """The rows of each measure that are published beside it: those of its newest complete period."""
    return {each.id: RowsAsked(counted=figures.counted[each.id], period=each.computed.overall.observations[-1].period)
            for each in catalog.measures if each.id in figures.counted and rows_file(each)}


def measure_files(catalog: Catalog, rows: Mapping[str, Made]) -> Iterator[Output]:
    """Beside each measure its rows."""
    for measure in catalog.measures:
        if measure.id in rows:
            yield Output(url=rows_file(measure), body=rows[measure.id], kind="feed", source=measure.source_path,
                         media_type="text/csv")


def data_addresses(offered: Offered, tables: Tables) -> frozenset[str]:
    """Where data files, those made of them and the metadata beside them are to be had, their old addresses included."""
    now = chain((output.url for output in data_files(offered, tables)), csvw_addresses(offered.catalog))
    former = _old_addresses(offered.catalog)
    return frozenset(url for each in now for url in (each, *former(each)))


def at_old_addresses(catalog: Catalog, outputs: Iterable[Output]) -> Iterator[Output]:
    """Every output, then data files and feeds once more at the addresses they had: a page can forward; a file must answer."""
    former, copies = _old_addresses(catalog), list[Output]()
    for output in outputs:
        yield output
        if output.media_type != "text/html" and output.kind != "source":
            copies += [replace(output, url=url) for url in former(output.url)]
    yield from copies


def _old_addresses(catalog: Catalog) -> Callable[[str], list[str]]:
    """What gives the addresses that a file had before.

    Below an address of another portal, such as /datasets/Example::trees/, there never were files of ours.
    """
    moved = defaultdict(list)
    for forward in catalog.forwards:
        if forward.takes_along:
            moved[forward.new].append(forward.old)
    renamed = {url: names for dataset in catalog.published for url, names in former_names(dataset)}

    def former(url: str) -> list[str]:
        folder, _, name = url.rpartition("/")
        names = (name, *(each.replace("/", "-") for each in renamed.get(url, ())))
        folders = (f"{folder}/", *moved.get(f"{folder}/", ()))
        return [each for each in (within + each for within in folders for each in names) if each != url]

    return former


def former_names(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each file of a dataset that had other names before, with these; what is made of a file had the other name too."""
    for url, former in _renamed(dataset):
        yield url, former
        yield f"{url}{CSVW_ENDING}", tuple(f"{name}{CSVW_ENDING}" for name in former)


def _renamed(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in dataset.files:
        if file.name:
            yield file_url(dataset.id, file.name), file.record.formerly
        for export in file.exports:
            ending = export.name.rpartition(".")[2]
            yield file_url(dataset.id, export.name), tuple(f"{stem_of(former)}.{ending}" for former in file.record.formerly)
    if dataset.archive:
        before = tuple(f"{former}.zip" for former in dataset.record.formerly if not former.startswith("/"))
        yield file_url(dataset.id, dataset.archive.name), before


def withdrawn(catalog: Catalog, previous: Manifest | None) -> frozenset[str]:
    """Addresses that may go, because the city has taken back what was there, or because nothing passes a filter any more.

    Taken back are the files of datasets that are no longer published, and those that turned out to hold personal data.
    """
    held = {f"/data/{dataset.id}/" for dataset in catalog.datasets if dataset.status != "published"}
    held |= {forward.old for forward in catalog.forwards if forward.new in held}
    unsafe = {file_url(dataset.id, (file.record.path or file.record.sample or "").replace("/", "-"))
              for dataset in catalog.published for file in dataset.files if file.left_out}
    listed = [url_of(path) for path in previous.entries] if previous else []
    return frozenset(url for url in listed
                     if is_view(url) or goes_with_time(url) or url in unsafe or _dataset_of(url) in held)


def _dataset_of(url: str) -> str:
    """The page of the dataset that an address belongs to, its place within pages of others included."""
    return "/".join([*url.removeprefix("/embed").split("/")[:3], ""])
