"""The JSON-LD in pages, as search engines read it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from cityfolio.feeds.schema_org import data_blocks
from cityfolio.model.catalog import Dataset, License
from cityfolio.model.records import Temporal
from cityfolio.pages.pages import Drawing, site_of
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_column, a_dataset, a_file, a_publisher, an_export

SHORT = "Every tree."


def block(dataset: Dataset, url: str = "/data/trees/", **site: Any) -> Any:
    return orjson.loads(data_blocks(a_catalog(dataset, **site), a_build())(url) or "{}")


def test_a_dataset_is_said_in_the_words_of_schema_org() -> None:
    said = block(a_dataset("Trees", keywords=("oak",), spatial="Example City", temporal=Temporal(start="2016")))

    assert (said["@context"], said["@type"], said["name"]) == ("https://schema.org", "Dataset", "Trees")
    assert (said["url"], said["identifier"]) == ("https://data.example.gov/data/trees/",) * 2
    assert said["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert said["creator"] == said["publisher"]
    assert (said["temporalCoverage"], said["spatialCoverage"]["name"]) == ("2016/..", "Example City")
    assert said["includedInDataCatalog"]["name"] == "Example City open data"


def test_a_file_is_a_download_with_its_digest() -> None:
    file = a_file("trees.csv", bytes=37, sha256="ab" * 32, exports=(an_export("trees.json"),))

    downloads = block(a_dataset("Trees", files=(file,)))["distribution"]

    assert [each["contentUrl"].rpartition("/")[2] for each in downloads] == ["trees.csv", "trees.json"]
    assert (downloads[0]["contentSize"], downloads[0]["encodingFormat"]) == ("37 B", "text/csv")
    assert downloads[0]["sha256"] == "ab" * 32


def test_a_service_is_no_download() -> None:
    assert "distribution" not in block(a_dataset("Trees", files=(a_file(None, url="https://gis.example.gov/x", format="API"),)))


def test_columns_are_what_was_measured() -> None:
    columns = (a_column("height", title="How tall it is", unit="feet", minimum="0", maximum="12.5"),
               a_column("planted", minimum="2016-01-01"))

    said = block(a_dataset("Trees", files=(a_file(columns=columns), a_file("more.csv", columns=columns[:1]))))

    assert said["variableMeasured"] == [
        {"@type": "PropertyValue", "name": "height", "alternateName": "How tall it is", "unitText": "feet", "minValue": 0,
         "maxValue": 12.5},
        {"@type": "PropertyValue", "name": "planted"},
    ]


def test_of_data_that_was_not_read_the_dictionary_tells_the_columns_but_no_personal_ones() -> None:
    described = {"species": a_column().record, "owner": a_column(sensitive=True).record}

    said = block(a_dataset("Trees", columns=described, files=(a_file(None, url="https://example.gov/trees"),)))

    assert [each["name"] for each in said["variableMeasured"]] == ["species"]


def test_a_short_description_goes_on_with_what_else_the_record_says() -> None:
    said = block(a_dataset("Trees", summary=SHORT, each_row_is="One tree"))

    assert said["description"] == "Every tree. One tree. Customer Service Center. Example City open data."


def test_a_description_is_made_of_nothing_only_where_there_is_one() -> None:
    assert "description" not in block(a_dataset("Trees", summary=None))


def test_a_license_without_an_address_is_named() -> None:
    said = block(a_dataset("Trees", license=License(id="mine", title="City terms of use")))

    assert said["license"] == {"@type": "CreativeWork", "name": "City terms of use"}


def test_a_publisher_stands_within_what_it_is_part_of() -> None:
    dataset = a_dataset("Trees", publisher=a_publisher("Parks", parent="city", url="https://example.gov/parks"))

    said = block(dataset, publishers=(a_publisher("City of Example", id="city"),))["publisher"]

    assert (said["url"], said["parentOrganization"]["name"]) == ("https://example.gov/parks", "City of Example")
    assert said["parentOrganization"]["url"] == "https://data.example.gov/publishers/city/"


def test_the_home_page_says_what_the_site_is_and_how_it_is_searched() -> None:
    catalog, website = block(a_dataset("Trees"), "/")["@graph"]

    assert (catalog["@type"], catalog["@id"]) == ("DataCatalog", "https://data.example.gov/#catalog")
    assert website["potentialAction"]["target"]["urlTemplate"] == "https://data.example.gov/search/?q={search_term_string}"


@pytest.mark.parametrize("status", ["planned", "restricted"])
def test_what_cannot_be_had_says_what_it_is_and_why(status: str) -> None:
    said = block(a_dataset("Trees", status=status, reason="By law.", summary="What is planned.", files=[]))

    assert (said["isAccessibleForFree"], said["conditionsOfAccess"], "distribution" in said) == (False, "By law.", False)


def test_what_cannot_be_had_and_is_not_described_has_none() -> None:
    assert block(a_dataset("Trees", status="planned", reason="Next year.", summary=None, description=None)) == {}


@pytest.mark.parametrize(("status", "url"), [("retired", "/data/plan/"), ("published", "/about/")])
def test_what_is_retired_and_other_pages_have_none(status: str, url: str) -> None:
    assert block(a_dataset("Plan", status=status, reason="Replaced."), url) == {}


def test_nothing_a_city_writes_ends_the_block_in_the_page() -> None:
    catalog = a_catalog(a_dataset("Trees", summary="</script><script>alert(1)</script> and a good many more words than that."))

    site = replace(site_of(catalog, a_build(), the_theme()), data_block=data_blocks(catalog, a_build()))

    (body,) = (each.body for each in Drawing(site).outputs() if each.url == "/data/trees/")
    assert isinstance(body, bytes)
    start = body.index(b'<script type="application/ld+json">') + len(b'<script type="application/ld+json">')
    said = orjson.loads(body[start : body.index(b"</script>", start)])
    assert said["description"].startswith("</script><script>")
