"""The gallery: an example city, drawn with a theme as any city is, and one page more with every component of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from cityfolio.build import Result, Workshop, prepare
from cityfolio.files import FolderTree, Node, Tree, sha256
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen, replace
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.catalog import Build
from cityfolio.model.records import SiteRecord
from cityfolio.model.site import Entry, Manifest, Output
from cityfolio.pages.city_theme import CITY_FOLDER
from cityfolio.pages.pages import Drawing, site_of
from cityfolio.pages.shell import Page, Site, frame
from cityfolio.pages.templates import fault_of
from cityfolio.problems import Problem, count
from cityfolio.publish.refusals import Unwritable, foreign
from cityfolio.publish.sinks import MemorySink, Sink
from cityfolio.theming.showing import gallery_page

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)    # the example is as old on every day
MADE_BY = "cityfolio theme gallery"            # so that no site is taken for a former gallery
ADDRESS = "https://data.maplewood.example"
# What of a city's own settings the example is drawn with.
LOOKS = ("theme", "accent", "font", "font_file", "logo", "header_links", "footer_links", "footer_text")


class Dressed(Frozen):
    """The example city's files, with those of another city's theme."""

    example: Tree
    city: Tree

    def nodes(self) -> tuple[Node, ...]:
        """What lies in both."""
        own = (node for node in self.city.nodes() if node.path.startswith(CITY_FOLDER))
        others = (node for node in self.example.nodes() if not node.path.startswith(CITY_FOLDER))
        return tuple(sorted((*others, *own), key=lambda node: node.path))

    def read(self, path: str) -> bytes:
        """What is in a file."""
        return self._home(path).read(path)

    def open(self, path: str) -> BinaryIO:
        """The file, opened for reading."""
        return self._home(path).open(path)

    def _home(self, path: str) -> Tree:
        return self.city if path.startswith(CITY_FOLDER) else self.example


class Gallery(Frozen, kw_only=True):
    """What came of it. Without outputs, the problems say why."""

    outputs: tuple[Output, ...] = ()
    problems: tuple[Problem, ...] = ()


def example() -> FolderTree:
    """The catalog of the example city."""
    return FolderTree(HERE / "example")


def gallery(city: Sourced[SiteRecord] | None = None, tree: Tree | None = None) -> Gallery:
    """Draw the example city as it would look with another's settings and theme, and the gallery. Files of data are left out."""
    dressed: Tree = Dressed(example(), tree) if tree else example()
    loaded, build = _looking_like(load(dressed), city), Build(now=NOW, revision="", base_url=ADDRESS, for_folder=True)
    with scratch_folder() as scratch:
        prepared = prepare(loaded, build, Workshop(tree=dressed, sink=MemorySink()), (), scratch)
    if isinstance(prepared, Result):
        return Gallery(problems=_of_the_theme(prepared.problems))
    site = site_of(prepared.catalog, build, prepared.theme)
    drawing = Drawing(site)
    try:
        outputs = (*(_whole(each) for each in drawing.outputs()), drawn_gallery(gallery_page(site), site))
    except Exception as error:   # whatever a template's expressions may raise; what is not the city's is raised again
        fault = fault_of(error, site.theme)
        if fault is None:
            raise
        return Gallery(problems=(fault,))
    problems = _of_the_theme((*prepared.problems, *drawing.faults))
    return Gallery(outputs=() if count(problems, "error") else outputs, problems=problems)


def drawn_gallery(page: Page, site: Site) -> Output:
    """The page of the gallery. Its template is no part of a theme, and extends the theme's frame."""
    template = site.theme.environment.from_string(FolderTree(HERE).read(page.template).decode())
    text = template.render(frame=frame(page, site), view=page.shown)
    return Output(url=page.url, body=text.encode(), media_type="text/html", kind=page.kind, source=page.source)


def write_gallery(outputs: Iterable[Output], sink: Sink) -> int:
    """Write what was drawn in place of a former gallery, all at once, and say how many files. Raises Unwritable."""
    entries = {}
    with sink.draft() as draft:
        if draft.former and draft.former.made_by != MADE_BY:
            raise Unwritable(foreign(Path(sink.place), "a site lies there that no gallery is"))
        for output in outputs:
            assert isinstance(output.body, bytes)
            path = output.url.lstrip("/") + ("index.html" if output.url.endswith("/") else "")
            entries[path] = Entry(path=path, bytes=len(output.body), sha256=sha256(output.body))
            draft.put(entries[path], iter([output.body]))
        draft.commit(Manifest(entries=entries, made_by=MADE_BY))
    return len(entries)


def _looking_like(loaded: Loaded, city: Sourced[SiteRecord] | None) -> Loaded:
    """The example with the looks of another city, whose file a problem of these is told of."""
    if city is None:
        return loaded
    assert loaded.site is not None
    looks = {name: getattr(city.record, name) for name in LOOKS}
    return replace(loaded, site=replace(city, record=replace(loaded.site.record, **looks)))


def _of_the_theme(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems but those of the example's own metadata, which shows what is to be mended on purpose."""
    return tuple(_told(problems))


def _told(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from (each for each in problems if each.severity == "error" or each.where.path.startswith(CITY_FOLDER))


def _whole(output: Output) -> Output:
    assert isinstance(output.body, bytes)
    return output
