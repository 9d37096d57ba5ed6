"""What the page of results moves over a thousand records: little, and from this host alone."""

import pytest

from asking import write_index
from bench import making_records
from bench.making_records import documents
from bench.page_readers import a_reader, searched_site, visits
from bench.readers import questions
from bench.wire import wired
from cityfolio.search import index, records
from cityfolio.search.index import index_files
from cityfolio.search.terms import Speech

pytestmark = pytest.mark.browser

FIRST_BYTES, NEXT_BYTES = 55_000, 50_000
REQUESTS = 30
MADE = tuple(making_records.records(1_000))
FEW = MADE[:400]     # enough for records in many files


@pytest.fixture(scope="module")
def wire(tmp_path_factory, bundled):
    """A site with the index of made-up records, served, and what was sent."""
    folder = tmp_path_factory.mktemp("transfer")
    index = write_index(index_files(tuple(documents(MADE)), Speech()), folder / "index")
    with wired(searched_site(index, folder / "site")) as served:
        yield served


@pytest.fixture(scope="module", params=[3, pytest.param(6, marks=pytest.mark.campaign)], ids="{} readers".format)
def visited(request, browser, wire):
    """Some readers who asked twice."""
    return visits(browser, wire, questions(MADE, 2 * request.param))


def test_a_first_question_moves_little_with_the_scripts(visited):
    assert max(visit.first.for_results for visit in visited) <= FIRST_BYTES


def test_the_next_question_moves_less_and_no_script(visited):
    assert max(visit.following.for_results for visit in visited) <= NEXT_BYTES
    assert {visit.following.scripts for visit in visited} == {0}


def test_a_first_question_needs_few_requests(visited):
    assert max(visit.first.requests for visit in visited) <= REQUESTS


def test_nothing_is_fetched_twice(visited):
    fetched = [[(each.path, each.part) for each in (*visit.first.sent, *visit.following.sent)] for visit in visited]

    assert [len(paths) for paths in fetched] == [len(set(paths)) for paths in fetched]


def test_a_search_asks_no_other_host(browser, wire):
    asked = []
    with a_reader(browser, wire) as reader:
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.come_asking("tree permits")
        reader.type(" inspections")

    assert [url for url in asked if not url.startswith(wire.address)] == []


@pytest.fixture(scope="module", params=[20, 4_500], ids=["cells", "packs"])
def in_many_files(request, tmp_path_factory, bundled):
    """A site with an index of as many files as there can be, with its records in cells or in packs."""
    folder = tmp_path_factory.mktemp("many-files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "ONE_FILE_BYTES", 0)
        patch.setattr(records, "MOST_LISTED", request.param)
        made = write_index(index_files(tuple(documents(FEW)), Speech()), folder / "index")
    return searched_site(made, folder / "site")


@pytest.mark.parametrize("gives_parts", [True, False], ids=["parts", "no parts"])
def test_hosts_that_give_parts_are_searched_and_others_too(browser, in_many_files, gives_parts):
    with wired(in_many_files, gives_parts=gives_parts) as wire:
        (visit,) = visits(browser, wire, questions(FEW, 2))

    of_records = [each for each in visit.first.sent if "/records/" in each.path]
    assert len(of_records) >= 10
    assert all(each.part for each in of_records)
    assert all((each.bytes < 1_000) == gives_parts for each in of_records)
