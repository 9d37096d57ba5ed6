"""`/data.json` and `/dcat-us.json`, as harvesters read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cityfolio.feeds.addresses import uri
from cityfolio.feeds.dcat_us import dcat_us
from cityfolio.feeds.dcat_us_3 import dcat_us_3
from cityfolio.model.catalog import License
from cityfolio.model.records import Contact, Temporal
from feeds.standard_feeds import only, read
from pages.factories import a_build, a_column, a_contact, a_dataset, a_file, a_publisher, an_export

BOTH = pytest.mark.parametrize("feed", [dcat_us, dcat_us_3], ids=["1.1", "3.0"])
ELSEWHERE = "https://gis.example.gov/requests"


def test_a_dataset_is_said_in_the_words_of_1_1() -> None:
    dataset = a_dataset("Trees", keywords=("oak", "elm"), spatial="Example City", issued=date(2020, 1, 1), files=())

    assert only(dcat_us, dataset) == {
        "@type": "dcat:Dataset", "title": "Trees",
        "description": "Every non-emergency request residents made to the city since 2016.",
        "identifier": "https://data.example.gov/data/trees/", "keyword": ["oak", "elm"], "modified": "2025-11-21",
        "publisher": {"@type": "org:Organization", "name": "Customer Service Center"},
        "contactPoint": {"@type": "vcard:Contact", "fn": "Data team", "hasEmail": "mailto:data@example.gov"},
        "accessLevel": "public", "license": "https://creativecommons.org/publicdomain/zero/1.0/", "accrualPeriodicity": "R/P1D",
        "issued": "2020-01-01", "spatial": "Example City", "language": ["en"],
        "landingPage": "https://data.example.gov/data/trees/", "theme": ["Streets"],
    }


def test_a_dataset_is_said_in_the_words_of_3_0() -> None:
    dataset = a_dataset("Trees", keywords=("oak",), spatial="Example City", known_limits="Parks alone.", files=(),
                        conforms_to="https://example.gov/standard", contact=a_contact(phone="704-555-0100"))

    assert only(dcat_us_3, dataset) == {
        "@id": "https://data.example.gov/data/trees/", "@type": "Dataset", "title": "Trees",
        "description": "Every non-emergency request residents made to the city since 2016.",
        "identifier": "https://data.example.gov/data/trees/", "keyword": ["oak"], "modified": "2025-11-21",
        "publisher": {"@type": "Organization", "name": "Customer Service Center"},
        "contactPoint": {"@type": "Kind", "fn": "Data team", "hasEmail": "mailto:data@example.gov", "tel": "704-555-0100"},
        "accessRights": "public", "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "accrualPeriodicity": "R/P1D", "spatial": [{"@type": "Location", "prefLabel": "Example City"}], "language": ["en"],
        "landingPage": {"@type": "Document", "title": "Trees", "accessURL": "https://data.example.gov/data/trees/"},
        "theme": [{"@type": "Concept", "prefLabel": "Streets"}],
        "conformsTo": [{"@type": "Standard", "@id": "https://example.gov/standard"}], "scopeNote": "Parks alone.",
    }


@BOTH
def test_what_a_record_does_not_say_is_absent(feed: Any) -> None:
    bare = a_dataset("trees", summary=None, publisher=None, contact=None, license=None, topics=(), frequency=None, updated=None,
                     files=(), has_title=False)

    said = only(feed, bare)

    assert set(said) <= {"@id", "@type", "identifier", "accessLevel", "accessRights", "language", "landingPage"}


@BOTH
def test_an_identifier_of_its_own_goes_before_the_address(feed: Any) -> None:
    assert only(feed, a_dataset(identifier="wxyz-1234"))["identifier"] == "wxyz-1234"


@BOTH
def test_what_is_not_published_is_listed_with_its_reason_and_what_is_retired_is_not(feed: Any) -> None:
    listed = read(feed, a_dataset("Plan", status="planned", reason="Next year."),
                  a_dataset("Old", status="retired", reason="Replaced."))["dataset"]

    assert [each["title"] for each in listed] == ["Plan"]
    assert ("Next year." in listed[0]["rights"], "distribution" in listed[0]) == (True, False)


def test_a_schedule_stands_in_for_the_day_of_the_last_change_in_1_1_alone() -> None:
    dataset = a_dataset(updated=None, frequency="weekly")

    assert only(dcat_us, dataset)["modified"] == "R/P1W"
    assert "modified" not in only(dcat_us_3, dataset)


@pytest.mark.parametrize(("word", "one", "three"), [
    ("monthly", "R/P1M", "R/P1M"), ("irregular", "irregular", "irregular"), ("never", None, "notPlanned"),
])
def test_a_frequency_is_a_repeat_or_a_word_of_the_standard(word: str, one: str | None, three: str) -> None:
    dataset = a_dataset(frequency=word)

    assert (only(dcat_us, dataset).get("accrualPeriodicity"), only(dcat_us_3, dataset)["accrualPeriodicity"]) == (one, three)


@pytest.mark.parametrize(("start", "end", "every", "one", "three"), [
    ("2016", "2024-03", "daily", "2016/2024-03", {"startDate": "2016", "endDate": "2024-03"}),
    ("2016-01-01", None, "monthly", "R/2016-01-01/P1M", {"startDate": "2016-01-01"}),
    ("2016-01-01", None, "irregular", None, {"startDate": "2016-01-01"}),
    (None, "2024", "daily", None, {"endDate": "2024"}),
], ids=["both ends", "goes on by a schedule", "goes on", "no start"])
def test_the_time_covered_is_an_interval(start: str | None, end: str | None, every: str, one: str | None,
                                         three: dict[str, str]) -> None:
    dataset = a_dataset(temporal=Temporal(start=start, end=end), frequency=every)

    assert only(dcat_us, dataset).get("temporal") == one
    assert only(dcat_us_3, dataset)["temporal"] == [{"@type": "PeriodOfTime", **three}]


@BOTH
@pytest.mark.parametrize(("contact", "lacks"), [
    (Contact(email="data@example.gov"), "fn"), (Contact(name="Data team"), "hasEmail"),
    (Contact(name="Data team", email="one#two@example.gov"), "hasEmail"),
], ids=["no name", "no address", "a sign that is not taken"])
def test_half_a_contact_is_said_as_far_as_it_is_known(feed: Any, contact: Contact, lacks: str) -> None:
    card = only(feed, a_dataset(contact=contact))["contactPoint"]

    assert {"fn", "hasEmail"} - card.keys() == {lacks}


def test_a_publisher_stands_within_what_it_is_part_of() -> None:
    parent = a_publisher("City of Example", id="city")
    dataset = a_dataset(publisher=a_publisher("Parks", parent="city"))

    catalog = {"publishers": (parent,)}
    one, three = (read_with(feed, dataset, catalog)["publisher"] for feed in (dcat_us, dcat_us_3))

    assert one["subOrganizationOf"]["name"] == "City of Example"
    assert three["subOrganizationOf"][0]["name"] == "City of Example"


def read_with(feed: Any, dataset: Any, catalog: dict[str, Any]) -> Any:
    (entry,) = read(feed, dataset, **catalog)["dataset"]
    return entry


@BOTH
def test_a_publisher_without_a_title_is_left_out_and_its_parent_does_not_take_its_place(feed: Any) -> None:
    nameless = replace(a_publisher("parks", parent="city"), has_title=False)

    said = read_with(feed, a_dataset(publisher=nameless), {"publishers": (a_publisher("City of Example", id="city"),)})

    assert "publisher" not in said


def test_a_file_kept_here_is_given_with_all_formats_and_its_dictionary() -> None:
    file = a_file("trees.csv", columns=(a_column("species"),), exports=(an_export("trees.json"),))

    said = only(dcat_us, a_dataset("Trees", files=(file,)))

    assert [(each["downloadURL"], each["mediaType"], each["format"]) for each in said["distribution"]] == [
        ("https://data.example.gov/data/trees/trees.csv", "text/csv", "CSV"),
        ("https://data.example.gov/data/trees/trees.json", "application/json", "JSON"),
    ]
    assert said["describedBy"] == said["distribution"][0]["describedBy"] == "https://data.example.gov/data/trees/datapackage.json"
    assert said["describedByType"] == "application/json"


def test_3_0_has_the_size_and_the_digest() -> None:
    (file,) = only(dcat_us_3, a_dataset("Trees", files=(a_file("trees.csv", bytes=37, sha256="ab" * 32),)))["distribution"]

    assert file["byteSize"] == "37"
    assert file["checksum"] == {"@type": "Checksum", "algorithm": "SHA-256", "checksumValue": "ab" * 32}


@BOTH
@pytest.mark.parametrize(("format_", "key"), [("CSV", "downloadURL"), ("HTML", "accessURL"), ("API", "accessURL")])
def test_what_is_kept_elsewhere_is_a_download_where_its_format_is_one(feed: Any, format_: str, key: str) -> None:
    (file,) = only(feed, a_dataset(files=(a_file(None, url=ELSEWHERE, format=format_),)))["distribution"]

    assert {name: file.get(name) for name in ("downloadURL", "accessURL") if name in file} == {key: ELSEWHERE}
    assert ("mediaType" in file) == (format_ != "API")


def test_a_sample_is_not_listed_as_the_data() -> None:
    dataset = a_dataset("Trees", files=(a_file(None, url=ELSEWHERE, sample="some.csv"),))

    one, three = only(dcat_us, dataset), only(dcat_us_3, dataset)

    assert [each["downloadURL"] for each in one["distribution"]] == [ELSEWHERE]
    assert [each["downloadURL"] for each in three["distribution"]] == [ELSEWHERE]
    assert [each["downloadURL"] for each in three["sample"]] == ["https://data.example.gov/data/trees/some.csv"]


@BOTH
def test_without_an_address_of_the_site_no_address_is_half(feed: Any) -> None:
    said = only(feed, a_dataset("Trees"), build=a_build(base_url=""))

    assert not {"landingPage", "distribution", "describedBy", "@id"} & said.keys()


def test_texts_are_cut_to_what_1_1_has_room_for() -> None:
    said = only(dcat_us, a_dataset(description="word " * 3_000, rights="word " * 100))

    assert (len(said["description"]) <= 10_000, said["description"][-5:]) == (True, "word…")
    assert len(said["rights"]) <= 255


def test_a_license_without_an_address_is_left_out_of_1_1() -> None:
    assert "license" not in only(dcat_us, a_dataset(license=License(id="mine", title="City terms of use")))


def test_each_catalog_says_what_it_is() -> None:
    one = read(dcat_us, a_dataset())
    three = read(dcat_us_3, a_dataset(), contact=Contact(phone="704-555-0100"))

    assert (one["conformsTo"], one["@id"]) == ("https://project-open-data.cio.gov/v1.1/schema", "https://data.example.gov/data.json")
    assert (three["title"], three["conformsTo"]["title"]) == ("Example City open data", "DCAT-US 3.0")
    assert "contactPoint" not in three     # half a card would spoil the whole catalog


@pytest.mark.parametrize(("given", "written"), [
    ("https://example.gov/ä b?q=[1]#a#b", "https://example.gov/%C3%A4%20b?q=%5B1%5D#a%23b"),
    ("https://example.gov/100%25?x=5%", "https://example.gov/100%25?x=5%25"), ("data/trees/", ""),
], ids=["letters and brackets", "a stray sign", "half an address"])
def test_an_address_holds_what_an_address_may_hold(given: str, written: str) -> None:
    assert uri(given) == written
