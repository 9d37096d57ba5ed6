"""What the inventory, the calendar, requests and commitments say for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from cityfolio.feeds.openapi_schemas import SCHEMAS
from cityfolio.feeds.promises_json import promise_files
from cityfolio.model.catalog import Catalog
from pages.drawing import draw_site
from pages.factories import a_build, a_catalog, a_dataset, a_publisher
from pages.promises import a_commitment, a_plan, a_request, a_rule, an_answer, promised


def a_promised_catalog() -> Catalog:
    """A catalog with something of each kind."""
    past = date(2025, 11, 1)
    trees = a_dataset("Trees", sensitivity="public", system_of_record="GIS", value="high", frequency="monthly")
    benches = a_plan(on=past, release={"earlier": (date(2025, 3, 31),)})
    return promised(a_catalog(trees, benches, publishers=[a_publisher("Fire")]), days=10,
                    requests=[an_answer(datasets=("trees",), owner="fire"), a_request()],
                    commitments=[a_commitment(evidence="/data/trees/", state="kept"), a_commitment("Late", due=past)],
                    rules=[a_rule(review_by=date(2026, 1, 1))])


def told(catalog: Catalog, **build: Any) -> dict[str, Any]:
    """Each file by its address."""
    return {each.url: orjson.loads(each.body) for each in promise_files(catalog, a_build(**build))}   # type: ignore[arg-type]


def test_the_inventory_counts_what_its_page_counts() -> None:
    said = told(a_promised_catalog())["/inventory/index.json"]

    assert (said["counts"], said["complete"]) == ({"planned": 1, "published": 1}, 1)
    assert {key: said["publishers"][key] for key in ("listing", "of")} == {"listing": 1, "of": 2}
    assert [each["title"] for each in said["publishers"]["without"]] == ["Fire"]


def test_a_row_of_the_inventory_has_what_is_known_and_says_what_is_missing() -> None:
    assert told(a_promised_catalog())["/inventory/index.json"]["datasets"][0] == {
        "id": "benches", "title": "Benches", "url": "https://data.example.gov/data/benches/", "status": "planned",
        "publisher": "customer-service-center", "reason": "Being counted.",
        "release": {"on": "2025-11-01", "earlier": ["2025-03-31"]}, "missing": ["sensitivity", "system_of_record"]}


def test_days_say_what_is_overdue() -> None:
    days = told(a_promised_catalog())["/calendar/index.json"]["days"]

    assert [(each["kind"], each.get("is_overdue", False)) for each in days] == [
        ("release", True), ("commitment", True), ("update", False), ("rule", False)]


def test_a_request_says_how_long_it_took_or_waits() -> None:
    said = told(a_promised_catalog())["/request/requests.json"]["requests"]

    assert [(each["days"], each["is_waiting"], each["is_late"]) for each in said] == [(10, False, False), (52, True, True)]
    assert said[0]["datasets"] == [{"id": "trees", "url": "https://data.example.gov/data/trees/"}]


def test_requests_are_a_file_of_their_own_and_beside_their_page() -> None:
    files = told(a_promised_catalog())

    assert files["/request/requests.json"]["requests"] == files["/request/index.json"]["requests"]


def test_a_commitment_says_how_it_stands_today_and_where_that_can_be_seen() -> None:
    said = told(a_promised_catalog())["/commitments/index.json"]["commitments"]

    assert [each["state"] for each in said] == ["kept", "overdue"]
    assert said[0]["evidence"] == "https://data.example.gov/data/trees/"


@pytest.mark.parametrize("build", [{}, {"base_url": ""}], ids=["with an address", "without one"])
def test_every_page_has_its_twin_and_no_other_is_there(build: dict[str, Any]) -> None:
    catalog = a_promised_catalog()
    pages = {url for url in draw_site(catalog=catalog).urls() if url.startswith(("/inventory/", "/calendar/", "/request/",
                                                                                 "/commitments/"))}

    assert {f"{url}index.json" for url in pages} == {*told(catalog, **build)} - {"/request/requests.json"}


def test_a_city_that_promised_nothing_has_no_file_of_promises() -> None:
    assert {*told(a_catalog(a_dataset("Trees", frequency=None)))} == {
        "/inventory/index.json", "/inventory/status/published/index.json", "/inventory/missing/sensitivity/index.json",
        "/inventory/missing/system-of-record/index.json", "/request/index.json", "/request/requests.json"}


@pytest.mark.parametrize(("url", "schema"), [
    ("/inventory/index.json", "Inventory"), ("/inventory/status/planned/index.json", "InventoryPart"),
    ("/calendar/index.json", "Days"), ("/request/requests.json", "Requests"), ("/commitments/index.json", "Commitments"),
], ids=lambda each: each)
def test_answers_are_of_the_form_that_is_described(url: str, schema: str) -> None:
    form = {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": dict(SCHEMAS)}}

    assert list(Draft202012Validator(form).iter_errors(told(a_promised_catalog())[url])) == []
