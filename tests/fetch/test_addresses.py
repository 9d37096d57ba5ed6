"""Which addresses are fetched, and where they may lead on to."""

from __future__ import annotations

import pytest

from cities import TREES, a_city, loaded
from cityfolio.fetch.addresses import is_local, is_service, may_lead_on, name_of, wishes

RECORD = TREES.partition("files:")[0]


def wanted(entry: str, more: str = "") -> list[tuple[object, str]]:
    """What is to be fetched of a dataset with this entry."""
    files = a_city(datasets__trees__trees__csv=None, **{"datasets/trees/dataset.yaml": f"{RECORD}{more}files:\n  - {entry}\n"})
    return [(wish.key, wish.url) for wish in wishes(loaded(files))]


@pytest.mark.parametrize(
    "entry",
    ["{url: https://example.gov/trees.csv}", "{url: https://example.gov/trees.csv?version=2}",
     "{url: 'https://example.gov/export?id=7', format: CSV}", "{url: http://127.0.0.1:8000/trees.parquet}",
     "{url: ftp://example.gov/trees.csv.gz}", "{url: https://example.gov/trees.csv, sample: trees.csv}"],
    ids=["by its name", "with a question", "by its format", "on this machine", "by ftp", "with a sample"],
)
def test_an_address_of_a_table_is_fetched(entry: str) -> None:
    assert [key for key, _ in wanted(entry)] == [("trees", 0)]


@pytest.mark.parametrize(
    ("entry", "more"),
    [("{url: https://example.gov/trees.pdf}", ""), ("{url: https://example.gov/trees}", ""), ("{path: trees.csv}", ""),
     ("{url: https://example.gov/trees.csv, look_inside: false}", ""), ("{missing: It was lost}", ""),
     ("{url: https://example.gov/trees.csv}", "status: planned\nreason: Soon.\n"),
     ("{url: 'https://gis.example.gov/arcgis/rest/services/Trees/FeatureServer/0', format: GeoJSON}", "")],
    ids=["no table", "of no format", "a file here", "not to be read", "nowhere", "not published", "a service"],
)
def test_any_other_file_is_not_fetched(entry: str, more: str) -> None:
    assert wanted(entry, more) == []


@pytest.mark.parametrize("url", [
    "https://gis.example.gov/arcgis/rest/services/Trees/FeatureServer/0/query?where=1%3D1&f=geojson",
    "https://gis.example.gov/geoserver/ows?service=WFS&typeName=trees", "https://example.gov/wfs", "https://example.gov/a?REQUEST=GetMap",
    "https://data.example.gov/resource/ab12-cd34.csv", "https://data.example.gov/api/3/action/datastore_search?resource_id=1",
])
def test_a_service_answers_with_a_part_and_is_no_file(url: str) -> None:
    assert is_service(url)


@pytest.mark.parametrize("url", ["https://example.gov/trees.csv", "https://data.example.gov/resource/trees.csv",
                                 "https://data.example.gov/api/views/ab12-cd34/rows.csv?accessType=DOWNLOAD"])
def test_a_file_is_no_service(url: str) -> None:
    assert not is_service(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://example.gov/a/trees.csv?x=/b.pdf", "trees.csv"), ("https://example.gov/Street%20trees.csv", "Street-trees.csv"),
     ("https://example.gov/", "file"), ("https://example.gov/..%2F..%2Fetc%2Fpasswd", "passwd"),
     ("https://example.gov/.csv", "csv"),
     (f"https://example.gov/{'x' * 300}.csv", f"{'x' * 96}.csv")],
    ids=["question", "space", "none", "climbing", "dot", "long"],
)
def test_a_file_is_named_after_the_end_of_its_address(url: str, name: str) -> None:
    assert name_of(url) == name


WHERE = {"cdn.example.com": ("93.184.216.34",), "inside.example.com": ("10.0.0.7",), "six.example.com": ("fe80::1%eth0",)}


def refusal(target: str, written: str = "https://example.gov/trees.csv", current: str = "") -> str:
    """Why a redirect is not followed."""
    return may_lead_on(written, current or written, target, lambda host: WHERE.get(host, ()))


@pytest.mark.parametrize(
    ("target", "written"),
    [("https://cdn.example.com/trees.csv", "https://example.gov/trees.csv"), ("https://example.gov/b", "http://example.gov/a"),
     ("http://example.gov/b", "http://example.gov/a"), ("https://unknown.example.com/b", "https://example.gov/a"),
     ("http://10.0.0.7/b", "http://10.0.0.7/a"), ("http://localhost:8000/b", "http://localhost:9000/a")],
    ids=["to another server", "to https", "on the same", "to one not known here", "inside, as written", "here, as written"],
)
def test_a_redirect_may_lead_on(target: str, written: str) -> None:
    assert refusal(target, written) == ""


@pytest.mark.parametrize("target", [
    "http://example.gov/trees.csv", "ftp://example.gov/trees.csv", "file:///etc/passwd", "https:///trees.csv",
    "data:text/csv,a", "https://localhost/", "https://LOCALHOST./", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/",
    "https://192.168.1.1/", "https://printer.local/", "https://inside.example.com/", "https://six.example.com/",
])
def test_a_redirect_may_not_lead_into_the_network_or_out_of_the_web(target: str) -> None:
    assert refusal(target).startswith("it redirects to ")


def test_a_server_that_was_led_to_may_not_lead_into_the_network_either() -> None:
    assert refusal("https://10.0.0.7/", current="https://cdn.example.com/trees.csv") != ""


def test_a_name_that_is_not_known_is_not_local() -> None:
    assert not is_local("example.gov", lambda host: ())
