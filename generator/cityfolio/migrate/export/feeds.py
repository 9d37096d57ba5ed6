"""The catalog in the forms that the site publishes as feeds: DCAT-US, CKAN's packages, a Data Package for each dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.ckan import ckan
from cityfolio.feeds.data_package import data_packages
from cityfolio.feeds.dcat_us import dcat_us
from cityfolio.feeds.facts import facts, listed
from cityfolio.frozen import Frozen, field
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.routes import DCAT_US, ckan_action_url, ckan_url, data_package_url, publisher_url

Json = dict[str, Any]             # Any: JSON


class Form(Frozen, kw_only=True):
    """A catalog in another form: its files, and which of them our own importer reads."""

    name: str                     # as readers know it
    files: Mapping[str, bytes] = field(default_factory=dict)
    source: str = ""              # the file to import from; "" for the folder
    data: Mapping[str, str] = field(default_factory=dict)         # path in the folder -> path in the catalog of a data file
    identifiers: Mapping[str, str] = field(default_factory=dict)  # of datasets by id, as the form has them


def as_data_json(catalog: Catalog, build: Build) -> Form:
    """One `data.json`, as data.gov reads it, whose publishers have the addresses of their pages for an `@id`."""
    whole = orjson.loads(_body(dcat_us(catalog, build)))
    names: dict[str, str] = {}
    for each, dataset in zip(listed(catalog), whole["dataset"], strict=True):
        said = facts(each, catalog, build, DCAT_US)
        names[each.id] = said.identifier
        node = dataset.get("publisher")
        for publisher in takewhile(lambda publisher: publisher.has_title, said.publishers):
            node["@id"] = address(DCAT_US, publisher_url(publisher.id), build)
            node = node.get("subOrganizationOf")
    return Form(name="DCAT-US", files={"data.json": orjson.dumps(whole)}, source="data.json", identifiers=names)


def as_ckan(catalog: Catalog, build: Build) -> Form:
    """A line a package, as `ckanapi load datasets` reads them, with organizations and groups beside."""
    packages: dict[str, Json] = {}
    answers = {output.url: output for output in ckan(catalog, build)}
    for package in _result(answers[ckan_action_url("package_search")])["results"]:
        packages[package["name"]] = package
    for each in listed(catalog):
        if (answer := answers.get(ckan_url(each.id))) is not None:
            packages[each.id] = _result(answer)
    rooms = {kind: {group["name"]: group for package in packages.values() for group in _groups(package, key)}
             for kind, key in (("organizations", "organization"), ("groups", "groups"))}
    files = {f"{kind}.jsonl": _lines(found.values()) for kind, found in {"datasets": packages, **rooms}.items()}
    return Form(name="CKAN", files=files, source="datasets.jsonl", identifiers={each: each for each in packages})


def as_data_package(catalog: Catalog, build: Build) -> Form:
    """A folder a dataset, with `datapackage.json` and its data files."""
    files = {output.url.removeprefix("/data/"): _body(output) for output in data_packages(catalog, build)}
    data = {f"{dataset.id}/{file.name}": file.source_path for dataset in catalog.published
            if data_package_url(dataset.id).removeprefix("/data/") in files for file in dataset.files
            if file.name and file.source_path}
    names = {each.id: each.id for each in catalog.published}
    return Form(name="Data Package", files=files, data=data, identifiers=names)


FORMS: Mapping[str, Callable[[Catalog, Build], Form]] = {
    "data-json": as_data_json, "ckan": as_ckan, "data-package": as_data_package,
}


def _body(output: Output) -> bytes:
    assert isinstance(output.body, bytes)
    return output.body


def _result(output: Output) -> Json:
    found: Json = orjson.loads(_body(output))["result"]
    return found


def _groups(package: Json, key: str) -> Iterator[Json]:
    found = package.get(key)
    yield from found if isinstance(found, list) else [found] if isinstance(found, dict) else []


def _lines(values: Iterable[Json]) -> bytes:
    return b"".join(orjson.dumps(each) + b"\n" for each in values)
