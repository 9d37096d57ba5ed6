"""What can be had of a dataset: one button, and the other files as links with sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from markupsafe import Markup

from cityfolio.model.catalog import Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.markdown import rendered
from cityfolio.pages.shell import Site

# What is not a file to keep, but a page or a service.
PLACES_TO_GO = {"HTML", "API", "GEOSERVICE", "APPLICATION", "APP"}
FOLD_BEYOND = 12     # more files than these are folded into groups by format


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file as a link."""

    href: str                 # "" for what is listed and cannot be had
    text: str
    format: str
    note: str                 # size, the host it is kept at, or why it cannot be had
    is_here: bool             # published with the site, not kept elsewhere
    description: Markup = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Files of one format."""

    title: str
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """One file stands out; the others are listed, or folded into groups when they are many."""

    button: Download | None
    button_text: Markup
    others: tuple[Download, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """The digest of one published file."""

    name: str
    sha256: str


def downloads(dataset: Dataset, site: Site) -> Downloads:
    """The files of a dataset, the most useful first."""
    first = foremost(dataset.files)
    button = _download(first, dataset, site) if first else None
    listed = [each for file in dataset.files for each in _listed(file, dataset, site)]
    others = _without(button, listed) if button else tuple(listed)
    folded = len(others) > FOLD_BEYOND
    return Downloads(
        button=button, button_text=_button_text(first, button, site) if first and button else Markup(""),
        others=() if folded else others,
        groups=_groups(others, first.format if first else "") if folded else (),
    )


def foremost(files: tuple[File, ...]) -> File | None:
    """The file for the button: a whole CSV kept here, else anything whole kept here, else a CSV, else the first to be had."""
    def rank(file: File) -> int:
        whole_here = file.source_path is not None and not file.is_sample
        return 2 * (not whole_here) + (file.format != "CSV")

    return min((file for file in files if file.url or file.source_path), key=rank, default=None)


def checksums(dataset: Dataset) -> tuple[Checksum, ...]:
    """The digest of every file that is published here."""
    return tuple(Checksum(name=file.id, sha256=file.sha256) for file in dataset.files if file.sha256)


def host_of(url: str) -> str:
    """The host of an address, as a reader knows it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _without(button: Download, files: list[Download]) -> tuple[Download, ...]:
    """All files but the one on the button. An address that is listed twice stays in the list once."""
    at = files.index(button)
    return (*files[:at], *files[at + 1:])


def _listed(file: File, dataset: Dataset, site: Site) -> Iterable[Download]:
    yield _download(file, dataset, site)
    if file.url and file.source_path:
        yield _sample(file, dataset, site)


def _download(file: File, dataset: Dataset, site: Site) -> Download:
    """The whole file: at its own address when it has one, else the copy published here."""
    if file.url:
        return Download(href=routes.outward(file.url), text=file.title, format=file.format, note=host_of(file.url),
                        is_here=False, description=_description(file))
    if file.source_path is None:
        return Download(href="", text=file.title, format=file.format, note=file.record.missing or "", is_here=False,
                        description=_description(file))
    return _here(file, file.title, dataset, site)


def _sample(file: File, dataset: Dataset, site: Site) -> Download:
    # The description stands with the whole file, which is always shown beside its sample.
    here = _here(file, site.words.gettext("Sample of %(title)s", title=file.title), dataset, site)
    return replace(here, description=Markup(""))


def _here(file: File, text: str, dataset: Dataset, site: Site) -> Download:
    page = routes.dataset_url(dataset.id)
    href = site.link(page, routes.file_url(dataset.id, file.id))
    note = site.words.size(file.bytes) if file.bytes is not None else ""
    return Download(href=href, text=text, format=file.format, note=note, is_here=True, description=_description(file))


def _description(file: File) -> Markup:
    return rendered(file.record.description, 2) if file.record.description else Markup("")


def _button_text(file: File, button: Download, site: Site) -> Markup:
    if button.is_here:
        return site.words.gettext("Download %(format)s", format=file.format)
    if file.format.upper() in PLACES_TO_GO:
        return site.words.gettext("Open %(host)s", host=button.note)
    return site.words.gettext("Get %(format)s from %(host)s", format=file.format, host=button.note)


def _groups(files: tuple[Download, ...], first: str) -> tuple[Group, ...]:
    """The files by format: that of the button first, the others in the order they are listed."""
    by_format: dict[str, list[Download]] = {first: []}
    for file in files:
        by_format.setdefault(file.format, []).append(file)
    return tuple(Group(title=name, files=tuple(found)) for name, found in by_format.items() if found)
