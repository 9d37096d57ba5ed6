"""Ids in the addresses of a data.json: read where they are those of its own site's pages, and left alone elsewhere."""

from __future__ import annotations

import pytest

from migrate.imports import from_data_json, only, records

SITE = "https://data.example.gov/city"


def of_site(*datasets, feed="data.json"):
    """What the import makes of a feed that says where it is."""
    return from_data_json(*datasets, **{"@id": f"{SITE}/{feed}"})


def ids(result):
    """The ids of the datasets."""
    return [*records(result)]


@pytest.mark.parametrize("given", [
    {"identifier": f"{SITE}/data/tree-data/"}, {"identifier": "wxyz-1234", "landingPage": f"{SITE}/data/tree-data/"},
    {"identifier": "wxyz-1234", "landingPage": {"@type": "Document", "accessURL": f"{SITE}/data/tree-data/"}},
    {"identifier": "wxyz-1234", "@id": f"{SITE}/data/tree-data/"},
    {"identifier": "wxyz-1234", "landingPage": "https://example.org/trees",
     "describedBy": f"{SITE}/data/tree-data/datapackage.json"},
], ids=["identifier", "landing page", "landing page as a group", "node", "dictionary"])
def test_a_dataset_keeps_the_id_that_its_page_on_the_site_has(given):
    assert ids(of_site({"title": "Street trees"} | given)) == ["tree-data"]


@pytest.mark.parametrize("address", [
    "https://other.example.gov/city/data/tr/", "https://data.example.gov/data/tr/", f"{SITE}/data/tr/trees.csv",
    f"{SITE}/datasets/tr/", f"{SITE}/data/../tr/", f"{SITE}/data/Tr/", f"{SITE}/data/tr/?a=/", f"{SITE}/data//",
], ids=["another host", "another path", "a file", "another room", "dots", "capitals", "a query", "nothing"])
def test_an_address_that_is_not_of_a_page_here_says_nothing(address):
    result = of_site({"title": "Street trees", "identifier": "1234-5678", "landingPage": address})

    assert ids(result) == ["street-trees"]


@pytest.mark.parametrize("itself", ["https://data.example.gov/api/feed/dcat-us/1.1.json", "data.json", "", None],
                         ids=["another feed", "no address", "nothing", "null"])
def test_a_feed_that_does_not_say_where_it_is_has_no_pages_of_its_own(itself):
    result = from_data_json({"title": "Street trees", "identifier": f"{SITE}/data/2020/"}, **{"@id": itself})

    assert ids(result) == ["street-trees"]


def test_addresses_that_name_two_ids_say_nothing():
    result = of_site({"title": "Street trees", "identifier": f"{SITE}/data/tr/", "landingPage": f"{SITE}/data/ees/"})

    assert ids(result) == ["street-trees"]


def test_two_datasets_of_one_page_both_come_over():
    each = {"title": "Street trees", "identifier": f"{SITE}/data/trees/"}

    assert sorted(ids(of_site(each, each))) == ["trees", "trees-2"]


def test_dcat_us_3_is_read_in_the_same_way():
    assert ids(of_site({"title": "Street trees", "identifier": f"{SITE}/data/tr/"}, feed="dcat-us.json")) == ["tr"]


def test_publishers_keep_the_ids_that_their_pages_have():
    above = {"@id": f"{SITE}/publishers/city/", "name": "City of Example"}
    publisher = {"@id": f"{SITE}/publishers/parks/", "name": "Parks and Recreation", "subOrganizationOf": above}
    by_name = {"name": "Parks and Recreation"}
    result = of_site({"title": "Trees", "publisher": publisher}, {"title": "Oaks", "publisher": by_name})

    assert [each["publisher"] for each in records(result).values()] == ["parks", "parks"]
    assert "publishers/city.yaml" in result.files
    assert "parent: city" in result.files["publishers/parks.yaml"]


@pytest.mark.parametrize("publisher", [
    {"@id": "https://example.org/publishers/parks/", "name": "Parks and Recreation"},
    {"@id": f"{SITE}/publishers/parks", "name": "Parks and Recreation"}, {"name": "Parks and Recreation"},
], ids=["another site", "no page", "nothing"])
def test_other_publishers_have_ids_made_of_their_names(publisher):
    assert only(of_site({"title": "Trees", "publisher": publisher}))["publisher"] == "parks-and-recreation"
