"""The list of addresses for programs, and what is drawn from it, held against a whole site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from cities import a_build, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.feeds.llms import llms
from cityfolio.feeds.openapi import PARAMETERS, openapi
from cityfolio.feeds.openapi_schemas import SCHEMAS
from cityfolio.feeds.well_known import api_catalog
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.model.performance import CalendarRecord
from cityfolio.model.site import Output
from cityfolio.pages import program_addresses as program_addresses_module
from cityfolio.pages.program_addresses import program_addresses
from cityfolio.pages.words import Words
from cityfolio.publish.headers import media_type
from cityfolio.publish.sinks import MemorySink
from pages.assessments import a_full_assessment
from pages.catalogs import a_full_catalog
from pages.factories import a_catalog, a_dataset, a_topic
from pages.measures import a_measured_catalog
from pages.practice_texts import A_CITY_OF_TEXTS, a_guide, a_rule, with_texts

PLACES = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Point", "coordinates": [-80.8, 35.2]}}]}"""
CITY = with_files(A_CITY_OF_TEXTS, {
    "site.yaml": "name: Example City\nlicense: cc0-1.0\ntagline: All we know.\nexports: [csv, xlsx, parquet, geojson, zip]\n"
                 "contact: {name: Data team, email: data@example.gov}\nstandards: [what-works-cities]\ntwins: all\n",
    "datasets/parks/dataset.yaml": "title: Parks\nsummary: Each park.\npublisher: parks\ntopics: [nature]\n"
                                   "modified: 2026-01-02\ntemporal: {start: 2020, end: 2021}\nrelated: [trees]\n"
                                   "files:\n  - path: parks.geojson\n",
    "datasets/parks/parks.geojson": PLACES,
    "datasets/plan/dataset.yaml": "title: Plan\nstatus: planned\nreason: Next year.\n",
    "datasets/old/dataset.yaml": "title: Old\nstatus: retired\nreason: Replaced.\n",
    "publishers/trees.yaml": "title: Tree office\nparent: parks\ncontact: {email: trees@example.gov}\n",
})
# Pages and what belongs to them, what hosts read, and the search’s own files, which are described elsewhere.
NO_ADDRESS = re.compile(r".*\.html|_headers|assets/.*|search/.*|embed/.*")


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    tree, sink = MemoryTree(CITY), MemorySink()
    build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))
    return dict(sink.site)


@pytest.fixture(scope="module")
def described(site: dict[str, bytes]) -> Any:
    return orjson.loads(site["openapi.json"])


def patterns(described: Any) -> list[tuple[str, re.Pattern[str]]]:
    """Each path of an OpenAPI description as a pattern, those with the fewest places first."""
    paths = sorted(described["paths"], key=lambda path: (path.count("{"), -len(path)))
    return [(path, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path[1:])))) for path in paths]


def answers(site: dict[str, bytes], described: Any) -> Iterator[tuple[str, str]]:
    """Each file of a site that is no page, with the path that describes it; "" where none does."""
    known = patterns(described)
    for name in site:
        if not NO_ADDRESS.fullmatch(name):
            yield name, next((path for path, pattern in known if pattern.fullmatch(name)), "")


def test_every_file_that_programs_can_read_is_described(site: dict[str, bytes], described: Any) -> None:
    assert [name for name, path in answers(site, described) if not path] == []


def faults(site: dict[str, bytes], described: Any, schemas: Any) -> list[tuple[str, str]]:
    """What the answers of our own forms have that these do not allow, or lack."""
    found = []
    for name, path in answers(site, described):
        (content,) = described["paths"][path]["get"]["responses"]["200"]["content"].values()
        if "$ref" in content["schema"]:
            validator = Draft202012Validator({**content["schema"], "components": {"schemas": schemas}})
            found += [(name, each.message) for each in validator.iter_errors(orjson.loads(site[name]))]
    return found


def closed(schemas: Any) -> Any:
    """The same forms, where no key may stand that they do not name."""
    return orjson.loads(orjson.dumps(schemas).replace(b'"type":"object","properties"',
                                                      b'"additionalProperties":false,"type":"object","properties"'))


def test_every_answer_has_the_form_that_is_promised(site: dict[str, bytes], described: Any) -> None:
    assert faults(site, described, described["components"]["schemas"]) == []


def test_every_key_of_what_pages_say_is_described(site: dict[str, bytes], described: Any) -> None:
    # The description of a table has more keys, which its own page describes; so has the catalog with its questions.
    told = {name: body for name, body in site.items() if name.endswith("index.json") and name.count("/") < 3}

    assert faults(told, described, closed(SCHEMAS)) == []
    assert len(told) > 12


def test_a_key_that_is_not_described_is_found(described: Any) -> None:
    told = {"new/index.json": orjson.dumps({"title": "", "url": "", "count": 0, "datasets": [], "more": 1})}

    assert len(faults(told, described, closed(SCHEMAS))) == 1


def test_every_example_is_on_the_site(site: dict[str, bytes]) -> None:
    listed = orjson.loads(site["developers/index.json"])["addresses"]
    examples = [each["example"].removeprefix("https://data.example.gov/") for each in listed if "example" in each]

    assert [each for each in examples if each not in site and each != "manifest.json"] == []
    assert len(examples) > 40


def test_an_address_is_served_as_the_type_that_is_promised(site: dict[str, bytes]) -> None:
    listed = orjson.loads(site["developers/index.json"])["addresses"]
    served = [(each["path"], each["media_type"], media_type(each["example"].removeprefix("https://data.example.gov/")))
              for each in listed if "example" in each and each["media_type"] != "*/*"]

    # JSON-LD of Croissant is at an address that ends in .json, as its readers expect.
    assert [each for each in served if each[1] != each[2].partition(";")[0] and not each[0].endswith("croissant.json")] == []


def test_every_page_of_the_catalog_has_its_facts_beside_it(site: dict[str, bytes]) -> None:
    pages = {name.removesuffix("index.html") for name in site if name.endswith("index.html")}
    without = {page for page in pages if f"{page}index.json" not in site}

    # Pages for frames are views of pages that have one.
    assert {page for page in without if not page.startswith("embed/")} == set()
    assert {"goals/", "briefs/", "briefs/parks/", "search/", "sql/", "privacy/", "accessibility/"} <= pages


def test_every_page_names_its_facts_in_its_head_and_its_foot(site: dict[str, bytes]) -> None:
    drawn = {name: body.decode() for name, body in site.items()
             if name.endswith("index.html") and not name.startswith("embed/")}
    in_head = {name for name, body in drawn.items()
               if f'href="https://data.example.gov/{name.removesuffix(".html")}.json"' in body.partition("</head>")[0]}
    in_foot = {name for name, body in drawn.items() if 'href="index.json"' in body.partition("</main>")[2]}

    assert (set(drawn) - in_head, set(drawn) - in_foot) == (set(), set())


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_form_is_a_sound_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_place_in_an_address_is_explained() -> None:
    catalog = with_texts(replace(a_measured_catalog(), calendars={"city": CalendarRecord()}), rules=(a_rule(),),
                         guides=(a_guide(),), assessments=(a_full_assessment(),))
    paths = [each.path for each in program_addresses(catalog, a_build(), Words())]

    assert {name for path in paths for name in re.findall(r"{(\w+)}", path)} == set(PARAMETERS)


def test_no_two_addresses_are_the_same() -> None:
    paths = [each.path for each in program_addresses(a_measured_catalog(), a_build(), Words())]

    assert len(paths) == len(set(paths))


def test_what_needs_the_sites_address_is_not_promised_without_it() -> None:
    paths = {each.path for each in program_addresses(a_catalog(), a_build(base_url=""), Words())}

    assert paths.isdisjoint({"/sitemap.xml", "/.well-known/api-catalog", "/data/{dataset}/{table}/oembed.json"})


def test_a_city_without_data_promises_no_example_of_it() -> None:
    found = program_addresses(a_catalog(), a_build(), Words())

    assert [each.path for each in found if "{" in each.path and each.example] == []


def text(output: Output) -> str:
    assert isinstance(output.body, bytes)
    return output.body.decode()


def test_a_description_names_the_site_as_the_server_it_is() -> None:
    whole, relative = (orjson.loads(text(openapi(a_catalog(), a_build(base_url=base))))["servers"]
                       for base in ("https://data.example.gov", ""))

    assert (whole, relative) == ([{"url": "https://data.example.gov"}], [{"url": "."}])


def test_the_page_for_language_models_says_what_is_here_in_the_form_of_llms_txt() -> None:
    lines = text(llms(a_catalog(a_dataset("Trees", summary="Every tree.", topics=[a_topic("Nature")])), a_build())).splitlines()

    assert lines[:3] == ["# Example City open data", "", "> What the city knows, for everyone to use."]
    assert [line for line in lines if line.startswith("## ")] == ["## For programs", "## Topics", "## Datasets", "## Optional"]
    assert any(line.startswith("- [Trees](https://data.example.gov/data/trees/index.json): Every tree.") for line in lines)


def test_a_title_cannot_end_the_link_it_stands_in() -> None:
    page = text(llms(a_catalog(a_dataset("Trees](https://evil.example) [x", summary="One.\n# Two")), a_build()))

    assert "[Trees)(https://evil.example) (x](https://data.example.gov/data/" in page
    assert "\n# Two" not in page


def test_the_page_for_language_models_ends_before_it_is_too_long() -> None:
    page = text(llms(a_catalog(*(a_dataset(f"Number {at}") for at in range(150))), a_build()))

    assert page.count("/data/number-") == 100
    assert "## The 100 datasets that were updated last" in page


def test_the_api_catalog_links_to_what_it_is_described_by() -> None:
    (output,) = api_catalog(a_build())
    first, second = orjson.loads(text(output))["linkset"]

    assert {each["href"] for each in first["item"]} >= {"https://data.example.gov/data.json"}
    assert second["service-desc"][0]["href"] == "https://data.example.gov/openapi.json"
    assert media_type(".well-known/api-catalog").startswith("application/linkset+json; profile=")


def test_without_an_address_there_is_no_api_catalog() -> None:
    assert list(api_catalog(a_build(base_url=""))) == []


@pytest.mark.parametrize("twins", [(), ("all",), ("none",)], ids=["the usual", "all", "none"])
def test_examples_are_of_the_first_of_the_datasets_that_show_most(twins: tuple[str, ...]) -> None:
    catalog = a_full_catalog(twins=twins)
    worth = [program_addresses_module._worth(each) for each in catalog.published]

    shown = program_addresses_module._most_to_show(catalog.published)

    assert shown == catalog.published[worth.index(max(worth))]
    assert program_addresses_module._most_to_show(()) is None
