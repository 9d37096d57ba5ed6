"""A site that is built has its index, which a change may rename, and a site for a folder has none."""

import json
from dataclasses import replace

from cities import TREES, a_build, a_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache, NoCache
from cityfolio.files import MemoryTree
from cityfolio.pages.pages import site_of
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.manifest import previous_manifest
from cityfolio.search import INDEX, index, search, speech_of
from pages import factories
from pages.drawing import the_theme
from search.decoded_index import read_index

REFUSALS = {"assets-unbundled"}


def built(folder, tree):
    """Build a city into a folder, over what is there, and say what was found wrong."""
    workshop = Workshop(tree=MemoryTree(tree), sink=FolderSink(folder), previous=previous_manifest(None, folder)[0])
    result = build_site(loaded(tree), a_build(), workshop)
    return [problem.code for problem in result.problems if problem.code not in REFUSALS]


def index_of(folder):
    """The files of the index in a built site."""
    home = folder / "search" / "index"
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def outputs(*datasets, cache=None, **build):
    """The outputs of the search of a small site, by their addresses."""
    site = site_of(factories.a_catalog(*datasets), factories.a_build(**build), the_theme())
    return {output.url: output for output in search(site, cache or NoCache())}


def test_a_site_has_an_index_that_finds_its_datasets(tmp_path):
    assert built(tmp_path / "site", a_city()) == []
    assert "trees" in read_index(index_of(tmp_path / "site")).documents_of("street")


def test_a_site_still_has_the_words_of_its_datasets_for_other_programs(tmp_path):
    built(tmp_path / "site", a_city())
    words = json.loads((tmp_path / "site" / "search.json").read_bytes())

    assert [each["id"] for each in words["datasets"]] == ["trees"]


def test_two_builds_have_the_same_index(tmp_path):
    built(tmp_path / "one", a_city())
    built(tmp_path / "other", a_city())

    assert index_of(tmp_path / "one") == index_of(tmp_path / "other")


def test_files_of_an_index_may_go_when_it_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "ONE_FILE_BYTES", 0)
    first = built(tmp_path / "site", a_city())
    before = index_of(tmp_path / "site")
    second = built(tmp_path / "site", a_city(**{"datasets__trees__dataset.yaml": TREES.replace("Street", "Avenue")}))
    after = index_of(tmp_path / "site")

    assert first == second == []
    assert set(before) & set(after) == {"root.bin"}


def test_a_site_for_a_folder_has_no_index():
    assert set(outputs(factories.a_dataset(), for_folder=True)) == {"/search.json"}


def test_a_site_without_datasets_has_an_index_too():
    assert set(outputs()) == {"/search.json", f"{INDEX}root.bin"}


def test_files_of_the_index_are_bytes_of_the_search():
    found = outputs(factories.a_dataset())[f"{INDEX}root.bin"]

    assert (found.kind, found.media_type) == ("search", "application/octet-stream")


def test_what_was_made_before_is_the_same_from_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "ONE_FILE_BYTES", 0)
    cache = Cache(tmp_path)
    made, kept, without = (outputs(factories.a_dataset(), cache=each) for each in (cache, cache, NoCache()))

    assert made == kept == without


def test_another_city_is_not_taken_from_the_cache(tmp_path):
    cache = Cache(tmp_path)
    one, other = (outputs(factories.a_dataset(title), cache=cache) for title in ("Trees", "Crime"))

    assert one != other


def test_residents_of_a_city_speak_its_first_language():
    catalog = factories.a_catalog(site=replace(factories.a_site(), languages=("es", "en")))

    assert speech_of(catalog).language == "es"
    assert ("basura",) in speech_of(catalog).said

