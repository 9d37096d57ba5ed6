"""What a dataset came to in a feed is known by all that it can be made of, and by nothing that could be otherwise then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.feeds import feeds
from cityfolio.feeds.outlines import outlines
from cityfolio.files import sha256
from cityfolio.model.catalog import Build, Catalog, Dataset, PublisherRef
from cityfolio.model.digests import Digests
from cityfolio.model.maps import MapRecord
from cityfolio.model.site import Drawn, Entry, InPieces, Manifest, Output
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.pages import site_of
from cityfolio.pages.shell import Site
from cityfolio.publish.addresses import path_of
from pages.catalogs import a_full_catalog
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file, a_publisher

DATASETS = tuple(a_dataset(title=f"Trees of district {at:02}") for at in range(20))


def a_site(*datasets: Dataset, build: Build | None = None, name: str = "Example City",
           above: Sequence[PublisherRef] = ()) -> Site:
    """A site of some datasets, whatever was found out of them before forgotten."""
    catalog = a_catalog(*(datasets or DATASETS), publishers=above, name=name)
    return replace(site_of(catalog, build or a_build(), the_theme()), digests=Digests())


def a_line_of_publishers(top: str) -> Site:
    """A site whose datasets are of an office, which is part of a department, which is part of what is named."""
    office, department, city = (
        a_publisher(title, id=name, parent=parent)
        for title, name, parent in (("Forestry", "forestry", "parks"), ("Parks", "parks", "city"), (top, "city", None)))
    return a_site(*(replace(each, publisher=office) for each in DATASETS), above=(department, city))


def made(site: Site, cache: Keep, feed: str = "titles", program: str = "1") -> tuple[list[bytes], list[str]]:
    """The parts of a feed, and of which datasets they had to be made."""
    asked = list[str]()

    def make(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
        asked.append(dataset.id)
        return f"{dataset.title} {[each.title for each in catalog.publishers]} {catalog.site.name} {build.base_url}".encode()

    return list(KnownParts.of(site, cache, program).made(feed, site.catalog.datasets, make)), asked


def test_a_part_is_made_once(tmp_path: Path):
    first, _ = made(a_site(), Cache(tmp_path))
    second, asked = made(a_site(), Cache(tmp_path))

    assert second == first
    assert asked == []


def test_one_edit_makes_one_part(tmp_path: Path):
    made(a_site(), Cache(tmp_path))
    edited = replace(DATASETS[7], title="Shrubs")

    parts, asked = made(a_site(*DATASETS[:7], edited, *DATASETS[8:]), Cache(tmp_path))

    assert asked == [edited.id]
    assert parts == made(a_site(*DATASETS[:7], edited, *DATASETS[8:]), NoCache())[0]


@pytest.mark.parametrize("change", [
    lambda cache: made(a_site(name="Sample City"), cache),
    lambda cache: made(a_site(build=a_build(base_url="")), cache),
    lambda cache: made(a_site(build=a_build(base_url="https://open.example.gov")), cache),
    lambda cache: made(a_site(build=a_build(for_folder=True)), cache),
    lambda cache: made(a_site(build=a_build(tree="/es", languages=("es", "en"))), cache),
    lambda cache: made(a_site(), cache, feed="names"),
    lambda cache: made(a_site(), cache, program="2"),
], ids=["the site's name", "no address", "another address", "a site for a folder", "another language", "another feed",
        "another program"])
def test_what_all_parts_depend_on_makes_them_all_anew(tmp_path: Path, change: Callable[[Keep], tuple[list[bytes], list[str]]]):
    made(a_site(), Cache(tmp_path))

    parts, asked = change(Cache(tmp_path))

    assert len(asked) == len(DATASETS)
    assert parts == change(NoCache())[0]


@pytest.mark.parametrize("change", [{"revision": "ffff"}, {"now": a_build().now.replace(year=2030)}], ids=["commit", "day"])
def test_what_no_part_can_see_leaves_them_as_they_are(tmp_path: Path, change: dict[str, object]):
    made(a_site(), Cache(tmp_path))

    assert made(a_site(build=a_build(**change)), Cache(tmp_path))[1] == []


def test_a_publisher_two_levels_up_makes_the_parts_below_it_anew(tmp_path: Path):
    made(a_line_of_publishers("City"), Cache(tmp_path))
    parts, asked = made(a_line_of_publishers("County"), Cache(tmp_path))

    assert len(asked) == len(DATASETS)
    assert parts == made(a_line_of_publishers("County"), NoCache())[0]


def test_without_a_program_nothing_is_kept(tmp_path: Path):
    made(a_site(), Cache(tmp_path), program="")

    assert list(tmp_path.rglob("*")) == []


def test_an_entry_that_was_changed_is_made_anew(tmp_path: Path):
    clean, _ = made(a_site(), Cache(tmp_path))
    for path in tmp_path.glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    parts, asked = made(a_site(), Cache(tmp_path))

    assert parts == clean
    assert len(asked) == len(DATASETS)


def written(outputs: Iterable[Output]) -> Manifest:
    """What a write notes down of outputs."""
    found = [(path_of(each.url), each.body) for each in outputs]
    return Manifest(entries={path: Entry(path=path, bytes=len(body), sha256=sha256(body)) for path, body in found
                             if isinstance(body, bytes)})


def files(site: Site, cache: Keep, unfit: frozenset[str] = frozenset(), notes: str = "") -> list[Output]:
    """A file beside each dataset, as it was written and kept."""
    def make(dataset: Dataset, catalog: Catalog, build: Build, beside: str) -> Iterator[Output]:
        yield Output(url=f"/data/{dataset.id}/notes.txt", body=f"{dataset.title} {beside}".encode(), media_type="text/plain",
                     kind="feed", source=dataset.source_path)

    known = KnownParts.of(site, cache, "1")
    outputs = list(known.files("notes", site.catalog.datasets, make, lambda dataset: (notes,)))
    known.keep(written(map(made_again, outputs)), unfit)
    return outputs


def made_again(output: Output) -> Output:
    """An output with its bytes. Those that were known by their digest are the very same."""
    if not isinstance(output.body, Drawn):
        return output
    body = output.body.draw()
    assert sha256(body) == output.body.sha256
    return replace(output, body=body)


def were_known(outputs: Iterable[Output]) -> list[bool]:
    return [isinstance(each.body, Drawn) for each in outputs]


def test_files_that_were_written_are_known_and_can_be_made_again(tmp_path: Path):
    first = files(a_site(), Cache(tmp_path))
    second = files(a_site(), Cache(tmp_path))

    assert (any(were_known(first)), all(were_known(second))) == (False, True)
    assert list(map(made_again, second)) == first


def test_one_edit_makes_the_files_of_one_dataset(tmp_path: Path):
    files(a_site(), Cache(tmp_path))
    edited = files(a_site(replace(DATASETS[0], title="A"), *DATASETS[1:]), Cache(tmp_path))

    assert were_known(edited) == [False] + [True] * 19


def test_what_files_tell_beside_their_dataset_makes_them_anew(tmp_path: Path):
    files(a_site(), Cache(tmp_path))

    assert not any(were_known(files(a_site(), Cache(tmp_path), notes="more")))


def test_a_file_in_which_something_was_met_is_made_again(tmp_path: Path):
    url = f"/data/{DATASETS[3].id}/notes.txt"
    files(a_site(), Cache(tmp_path), frozenset({url}))

    assert [each.url for each in files(a_site(), Cache(tmp_path)) if not isinstance(each.body, Drawn)] == [url]


def lists(site: Site, cache: Keep, beside: object = "list") -> list[Output]:
    """A list of each five datasets, as it was written and kept."""
    def make(at: int) -> Iterator[Output]:
        body = " ".join(each.title for each in site.catalog.datasets[at:at + 5])
        yield Output(url=f"/list-{at}.txt", body=f"{body} {beside}".encode(), media_type="text/plain", kind="feed",
                     source="datasets/")

    known = KnownParts.of(site, cache, "1")
    outputs = [each for at in range(0, len(site.catalog.datasets), 5)
               for each in known.together("list", site.catalog.datasets[at:at + 5], partial(make, at), beside)]
    known.keep(written(map(made_again, outputs)), frozenset())
    return outputs


def test_lists_of_the_same_datasets_are_known_and_can_be_made_again(tmp_path: Path):
    first = lists(a_site(), Cache(tmp_path))
    second = lists(a_site(), Cache(tmp_path))

    assert (any(were_known(first)), all(were_known(second))) == (False, True)
    assert list(map(made_again, second)) == first


def test_one_edit_makes_the_lists_of_one_dataset(tmp_path: Path):
    lists(a_site(), Cache(tmp_path))
    edited = replace(DATASETS[7], title="Trees of district 07 and 08")

    assert were_known(lists(a_site(*DATASETS[:7], edited, *DATASETS[8:]), Cache(tmp_path))) == [True, False, True, True]


@pytest.mark.parametrize("beside", ["more", None], ids=["something else", "what cannot be told"])
def test_what_lists_tell_beside_their_datasets_makes_them_anew(tmp_path: Path, beside: object):
    lists(a_site(), Cache(tmp_path))

    assert not any(were_known(lists(a_site(), Cache(tmp_path), beside)))


def test_a_list_of_datasets_that_are_not_of_the_catalog_is_never_known(tmp_path: Path):
    for _ in range(2):
        known = KnownParts.of(a_site(), Cache(tmp_path), "1")
        outputs = list(known.together("list", [replace(DATASETS[0])], lambda: [Output(
            url="/list.txt", body=b"", media_type="text/plain", kind="feed", source="datasets/")]))
        known.keep(written(outputs), frozenset())

        assert were_known(outputs) == [False]


def test_a_known_file_that_was_made_in_pieces_can_be_made_again(tmp_path: Path):
    def every() -> Iterator[Output]:
        body = InPieces(bytes=6, sha256=sha256(b"shrubs"), read=lambda: iter((b"shr", b"ubs")))
        yield Output(url="/all.txt", body=body, media_type="text/plain", kind="feed", source="datasets/")

    entries = {"all.txt": Entry(path="all.txt", bytes=6, sha256=sha256(b"shrubs"))}
    first, second = (KnownParts.of(a_site(), Cache(tmp_path), "1") for _ in range(2))
    list(first.together("all", (), every))
    first.keep(Manifest(entries=entries), frozenset())

    assert [made_again(each).body for each in second.together("all", (), every)] == [b"shrubs"]


def joined(site: Site, cache: Keep) -> tuple[bytes, list[str]]:
    """The titles of datasets as a list, and of which of them one had to be made."""
    asked = list[str]()

    def make(dataset: Dataset, catalog: Catalog, build: Build, beside: str) -> bytes:
        asked.append(dataset.id)
        return f"{dataset.title} {beside}".encode()

    known = KnownParts.of(site, cache, "" if isinstance(cache, NoCache) else "1")
    return b",".join(known.listed("titles", site.catalog.datasets, make, lambda dataset: (dataset.id[-2:],))), asked


@pytest.mark.parametrize("datasets", [
    DATASETS, (*DATASETS[:7], replace(DATASETS[7], title="Shrubs"), *DATASETS[8:]), DATASETS[1:],
    (DATASETS[1], DATASETS[0], *DATASETS[2:]), (), (a_dataset(title="Shrubs"), *DATASETS),
], ids=["same", "another title", "one less", "turned", "none", "one more"])
def test_a_list_of_parts_is_that_of_a_clean_build_whatever_came_and_went(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, datasets: Sequence[Dataset]):
    monkeypatch.setattr("cityfolio.pages.known_parts.WIDE_RUN", 4)
    joined(a_site(), Cache(tmp_path))
    catalog = replace(a_site().catalog, datasets=tuple(datasets))

    told, asked = joined(replace(a_site(), catalog=catalog), Cache(tmp_path))

    assert told == b",".join(f"{each.title} {each.id[-2:]}".encode() for each in datasets)
    assert set(asked) == {each.id for each in datasets if each not in DATASETS}


def the_feeds(site: Site, known: KnownParts | None) -> list[Output]:
    return list(feeds(site.catalog, site.build, (), site.words, known))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (0,), (3, 0, 1, 2)], ids=["same", "turned", "fewer", "more"])
@pytest.mark.parametrize("base_url", ["", "https://data.example.gov"], ids=["without an address", "with one"])
def test_feeds_of_known_parts_are_those_of_a_clean_build(tmp_path: Path, order: Sequence[int], base_url: str):
    build = a_build(base_url=base_url)
    before = a_site(*DATASETS[:9], build=build)
    known = KnownParts.of(before, Cache(tmp_path), "1")
    known.keep(written(the_feeds(before, known)), frozenset())
    after = a_site(*(DATASETS[3 * at + more] for at in order for more in range(3)), build=build)

    found = the_feeds(after, KnownParts.of(after, Cache(tmp_path), "1"))

    assert any(were_known(found))
    assert list(map(made_again, found)) == the_feeds(after, None)


@pytest.mark.parametrize("change", [{"title": "Precincts"}, {"status": "retired"}], ids=["title", "status"])
def test_outlines_of_tables_follow_the_boundaries_that_are_drawn_on_maps(tmp_path: Path, change: dict[str, Any]):
    wards = a_dataset("Wards", files=(a_file("wards.geojson", format="GeoJSON"),))
    catalog = a_full_catalog(map=MapRecord(boundaries=("wards",)))
    sites = (site_of(replace(catalog, datasets=(*catalog.datasets, each)), a_build(), the_theme())
             for each in (wards, replace(wards, **change)))
    known, after = (KnownParts.of(replace(each, digests=Digests()), Cache(tmp_path), "1") for each in sites)
    known.keep(written(outlines(known.catalog, known.build, known)), frozenset())

    found = list(map(made_again, outlines(after.catalog, after.build, after)))

    assert found == list(outlines(after.catalog, after.build))
    assert found != list(outlines(known.catalog, known.build))
