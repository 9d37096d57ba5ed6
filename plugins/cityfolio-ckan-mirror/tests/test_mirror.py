"""A catalog is told to a stand-in of a CKAN by the installed plugin of an installed Cityfolio: what changed, and no more."""

import json
import shutil
import sys
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from cityfolio.cli import main

sys.path.insert(0, str(Path(__file__).parent))

from stand_in import TOKEN, Ckan

SITE = """\
name: Example City
license: cc0-1.0
contact: {name: Data team, email: data@example.gov}
base_url: https://data.example.gov
as_of: 2026-06-30
twins: all
plugins: [ckan-mirror]
"""
DATASET = """\
title: %s
summary: Every one that the city has.
publisher: parks
topics: [nature]
keywords: [shade]
modified: 2026-06-01
frequency: yearly
files: [{path: rows.csv}]
columns: {name: {title: What it is called}}
"""


@pytest.fixture
def ckan():
    with Ckan() as server:
        yield server


class City:
    """A catalog, and the commands that are run beside it."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, path, text):
        (self.folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "catalog" / path).write_text(text)

    def dataset(self, name, title):
        self.write(f"datasets/{name}/dataset.yaml", DATASET % title)
        self.write(f"datasets/{name}/rows.csv", f"name\n{name}-1\n{name}-2\n")

    def run(self, *words, token=TOKEN):
        with chdir(self.folder):
            done = CliRunner(env={"CKAN_API_TOKEN": token}).invoke(main, [*words, "--format", "json"])
        assert "Traceback" not in done.stderr, done.stderr
        assert isinstance(done.exception, SystemExit | None), done.exception
        return done.exit_code, json.loads(done.stdout)

    def sent(self, address, *words, **given):
        code, said = self.run("deploy", f"ckan-mirror:{address}", *words, **given)
        assert code == 0, said
        return {name: said[name] for name in ("added", "changed", "removed", "unchanged")}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A city of two datasets whose site is built, which tests leave as it is."""
    city = City(tmp_path_factory.mktemp("built"))
    city.write("site.yaml", SITE)
    city.write("publishers/parks.yaml", "title: Parks and Recreation\n")
    city.write("topics/nature.yaml", "title: Nature\n")
    city.dataset("trees", "Street trees")
    city.dataset("benches", "Benches")
    city.run("build")
    return city


@pytest.fixture
def city(built, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)
    return City(tmp_path)


def test_each_dataset_becomes_a_package_with_its_organization_and_group(city, ckan):
    sent = city.sent(ckan.address)

    assert sent == {"added": ["benches", "trees"], "changed": [], "removed": [], "unchanged": 0}
    assert ckan.told == [("organization_create", "parks"), ("group_create", "nature"), ("package_create", "benches"),
                         ("package_create", "trees")]
    assert ckan.packages["trees"]["title"] == "Street trees"
    assert ckan.packages["trees"]["resources"][0]["url"] == "https://data.example.gov/data/trees/rows.csv"


def test_a_second_time_nothing_is_sent(city, ckan):
    city.sent(ckan.address)
    ckan.told.clear()
    city.run("build")

    assert (city.sent(ckan.address), ckan.told) == ({"added": [], "changed": [], "removed": [], "unchanged": 2}, [])


def test_what_changed_is_sent_alone(city, ckan):
    city.sent(ckan.address)
    ckan.told.clear()
    city.dataset("trees", "All street trees")
    city.run("build")

    assert city.sent(ckan.address) == {"added": [], "changed": ["trees"], "removed": [], "unchanged": 1}
    assert (ckan.told, ckan.packages["trees"]["title"]) == ([("package_update", "trees")], "All street trees")


def test_a_package_whose_dataset_is_no_longer_published_is_deleted(city, ckan):
    city.sent(ckan.address)
    (city.folder / "catalog/datasets/benches/rows.csv").unlink()
    (city.folder / "catalog/datasets/benches/dataset.yaml").unlink()
    shutil.rmtree(city.folder / "output")        # an address that was published is not given up otherwise
    (city.folder / "catalog/datasets/benches").rmdir()
    city.run("build")

    assert (city.sent(ckan.address)["removed"], set(ckan.packages)) == (["benches"], {"trees"})


def test_a_dry_run_says_the_same_and_changes_nothing(city, ckan):
    sent = city.sent(ckan.address, "--dry-run", token="")

    assert (sent["added"], ckan.told, ckan.packages) == (["benches", "trees"], [], {})


def test_a_package_that_somebody_else_made_stays(city, ckan):
    ckan.packages["bikes"] = {"name": "bikes", "id": "1", "extras": []}
    city.sent(ckan.address)

    assert ckan.packages["bikes"] == {"name": "bikes", "id": "1", "extras": []}


def refusal(city, address, **given):
    code, said = city.run("deploy", f"ckan-mirror:{address}", **given)
    return code, [(each["code"], each["says"]) for each in said["problems"]]


def test_a_package_of_the_same_name_that_is_another_city_s_is_never_replaced(city, ckan):
    ckan.packages["trees"] = {"name": "trees", "id": "1", "extras": [{"key": "cityfolio_from", "value": "https://other.example"}]}
    code, problems = refusal(city, ckan.address)

    assert (code, [each for each, _ in problems], ckan.told) == (1, ["deploy-refused"], [])


def test_without_a_token_nothing_is_sent_and_that_is_said(city, ckan):
    code, problems = refusal(city, ckan.address, token="")

    assert (code, [each for each, _ in problems], ckan.told) == (1, ["deploy-refused"], [])


@pytest.mark.parametrize("answer", [(403, "Access denied"), (302, "elsewhere"), (500, "broken")])
def test_a_server_that_does_not_do_what_is_asked_is_one_problem(city, ckan, answer):
    ckan.fails = answer
    code, problems = refusal(city, ckan.address)

    assert (code, [each for each, _ in problems]) == (1, ["deploy-refused"])
    assert str(answer[0]) in problems[0][1]


@pytest.mark.parametrize("address", ["http://ckan.example.gov", "ftp://127.0.0.1", "nowhere", "http://127.0.0.1:9"])
def test_an_address_that_cannot_be_spoken_to_is_one_problem(city, address):
    code, problems = refusal(city, address)

    assert (code, [each for each, _ in problems]) == (1, ["deploy-refused"])


def test_tables_are_offered_as_a_datastore_takes_them(city):
    city.write("site.yaml", f"{SITE}exports: [ckan-mirror/datastore]\n")
    city.run("build")
    found = json.loads((city.folder / "output/data/trees/rows.datastore.json").read_text())

    assert found["fields"][0] == {"id": "name", "type": "text", "info": {"label": "What it is called"}}
    assert [set(each) for each in found["records"]] == [{"name"}] * len(found["records"])


def test_a_token_is_never_printed(city, ckan):
    ckan.fails = (403, "Access denied")

    assert TOKEN not in json.dumps(city.run("deploy", f"ckan-mirror:{ckan.address}"))
