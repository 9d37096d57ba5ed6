"""Twins that a former site had beside its datasets, of kinds that this one does not have.

Which kinds there are is the city's to decide, so they may go where its settings say it. A site that is built by a newer
Cityfolio and says nothing loses none in silence: it is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.site import Manifest
from cityfolio.pages.described import has_croissant, has_outline, tells_changes
from cityfolio.pages.routes import croissant_url, dataset_url, outline_url
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import url_of

# What lies below the page of a dataset, by kind. A page of changes is none of a table, so it is looked for first.
FORMS: Mapping[str, str] = {
    "changes": r"changes/(?:index\.json|changes\.atom)?|versions/[^/]+/[^/]+",
    "explorer": r"[^/]+/(?:index\.json|rows\.parquet)",
    "feed": r"feed\.atom",
    "data-package": r"datapackage\.json",
    "croissant": r"croissant\.json",
    "csvw": r"[^/]+-metadata\.json",
    "ckan": r"ckan\.json",
    "record": r"record\.geojson",
    "stac": r"stac-collection\.json|[^/]+/stac-item\.json",
    "embed": r"[^/]+/oembed\.json",
}
# All of them at once: the first that fits is named by the number of its group.
ANY_FORM = re.compile("|".join(f"({form})" for form in FORMS.values()))
KINDS = tuple(FORMS)
EMBED = "/embed"
DATA = re.compile(r"(/data/[^/]+/)(.+)")


def gone_twins(catalog: Catalog, previous: Manifest | None, others: Collection[str] = ()) -> Mapping[str, str]:
    """The addresses of twins of the former site that are not written any more, each with its kind; but for others that go.

    They belong to datasets that are published, by the address that these have or had. What was beside others goes or stays by
    other rules.
    """
    if previous is None:
        return {}
    homes = {dataset_url(each.id): each for each in catalog.published}
    moved = {forward.old: forward.new for forward in catalog.forwards}
    found: dict[str, str] = {}
    for path in previous.entries:
        url = url_of(path)
        parts = DATA.fullmatch(url.removeprefix(EMBED))
        dataset = homes.get(moved.get(parts[1], parts[1])) if parts else None
        if parts and dataset:
            kind = "embed" if url.startswith(EMBED) else _kind_of(parts[2])
            is_gone = bool(kind) and kind not in dataset.twins
            if is_gone and url not in others and not _is_kept(kind, url, dataset, catalog, moved):
                found[url] = kind
    return found


def gone_with_exports(catalog: Catalog, exports: Collection[str]) -> frozenset[str]:
    """What goes with exports: a description for machine learning, where no table is left that can be loaded."""
    homes = {f"{url.rpartition('/')[0]}/" for url in exports}
    return frozenset(croissant_url(each.id) for each in catalog.published if dataset_url(each.id) in homes
                     and not has_croissant(each))


def kinds_beside(site: Manifest | None) -> frozenset[str]:
    """The kinds of files that a site has beside its datasets."""
    urls = [url_of(path) for path in site.entries] if site else []
    found = {"embed" if url.startswith(f"{EMBED}/") else _kind_of(parts[2]) for url in urls
             if (parts := DATA.fullmatch(url.removeprefix(EMBED)))}
    return frozenset(found - {""})


def twins_problems(catalog: Catalog, gone: Mapping[str, str]) -> Iterator[Problem]:
    """What is said of twins that go: a question where the settings name no kinds, and else what is withdrawn, once."""
    if not gone:
        return
    kinds, count = sorted(set(gone.values())), f"{len(gone):,} address{'es' if len(gone) > 1 else ''}"
    if not catalog.site.twins:
        yield Problem(
            code="twins-unsaid", where=Location(path="site.yaml"),
            says=f"{count} beside datasets would go, such as {min(gone)}: of the kinds {_list(kinds)}, which the settings do "
                 "not name",
            fix="Write `twins: all` to keep them, or name those to keep. With `twins: [explorer]` the others are withdrawn.")
    else:
        yield Problem(
            code="twins-withdrawn", where=Location(path="site.yaml"),
            says=f"{count} beside datasets went, such as {min(gone)}, because `twins:` does not name the kinds {_list(kinds)}",
            fix="Name them to keep them, or accept it: the next build will not say it any more.")


def _kind_of(name: str) -> str:
    found = ANY_FORM.fullmatch(name)
    return KINDS[found.lastindex - 1] if found and found.lastindex else ""


def _is_kept(kind: str, url: str, dataset: Dataset, catalog: Catalog, moved: Mapping[str, str]) -> bool:
    """Whether an address is there although its kind is not asked for: a large table is looked into, and notes are told."""
    if kind == "changes":
        return tells_changes(dataset, catalog)
    if kind != "explorer":
        return False
    folder, _, name = url.rpartition("/")
    now = f"{moved.get(f'{folder}/', f'{folder}/')}{name}"
    kept = ((outline_url(dataset.id, file.page), file.rows.url if file.rows else "")
            for file in dataset.files if has_outline(dataset, file))
    return any(now in each for each in kept)


def _list(kinds: Collection[str]) -> str:
    return ", ".join(kinds)
