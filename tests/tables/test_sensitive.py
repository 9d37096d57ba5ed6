"""Personal data is in no output file, whatever the format of its source, the form it is written in, or the archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cities import a_bench, a_build
from cityfolio.build import Workshop, build_site, inspect
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.model.site import CopyOf
from cityfolio.problems import Problem, as_github, as_json, as_text
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.sinks import MemorySink
from cityfolio.tables import workers
from cityfolio.tables.aside import Work
from cityfolio.tables.published import Published, read_tables
from cityfolio.tables.table import TableJob
from tables.making_personal import (
    FORMS,
    PERSONAL,
    a_city_of,
    files,
    found_in,
    names_in,
    truncated,
)
from themes_once import themes_once

SOURCES = files()


def a_site(folder: Path, *, hides: bool) -> dict[str, bytes]:
    """Every file of the site of a city with personal data, marked as such or not."""
    tree = MemoryTree(a_city_of(SOURCES, hides=hides))
    result = build_site(load(tree), a_build(), Workshop(tree=tree, sink=FolderSink(folder)))
    assert result.is_built, as_text(result.problems)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def here(work: Work, job: TableJob) -> bytes:
    """What comes of work on a job's file, done in this process."""
    return work()


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every file in this process: what is said of a file is asked here hundreds of times, not where it is read."""
    monkeypatch.setattr(workers, "aside", here)


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of a city that marked its personal data."""
    return a_site(tmp_path_factory.mktemp("hidden") / "site", hides=True)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of a city that did not. It tells what a search would find, so its files may be read in this process."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workers, "aside", here)
        return a_site(tmp_path_factory.mktemp("shown") / "site", hides=False)


@pytest.fixture(scope="module")
def found_hidden(hidden: dict[str, bytes]) -> dict[str, set[str]]:
    """The personal values in each file of the site of a city that marked them, where there are any."""
    return {path: found for path, body in hidden.items() if (found := found_in(path, body))}


@pytest.mark.parametrize("dataset", SOURCES)
def test_no_file_of_the_site_holds_a_personal_value(hidden: dict[str, bytes], found_hidden: dict[str, set[str]],
                                                    dataset: str) -> None:
    assert [path for path in hidden if path.startswith(f"data/{dataset}/")] != []
    assert {path: found for path, found in found_hidden.items() if path.startswith(f"data/{dataset}/")} == {}


def test_no_page_feed_or_index_of_the_site_holds_a_personal_value(found_hidden: dict[str, set[str]]) -> None:
    assert found_hidden == {}


def test_a_personal_column_is_named_only_where_its_dataset_says_that_it_is_left_out(hidden: dict[str, bytes]) -> None:
    named = {path: body.count(name.encode()) for path, body in hidden.items() for name in names_in(path, body)}

    assert named == {f"data/{dataset}/index.{form}": 1 for dataset in SOURCES for form in ("html", "json")}


@pytest.mark.parametrize("dataset", SOURCES)
def test_what_is_not_personal_is_published_in_every_format(hidden: dict[str, bytes], shown: dict[str, bytes],
                                                            dataset: str) -> None:
    endings = {path.rpartition(".")[2] for path in hidden if path.startswith(f"data/{dataset}/")}

    assert endings >= {"html", "csv", "json", "xlsx", "parquet", "zip"}
    assert b"maple" in hidden[next(path for path in hidden if path.startswith(f"data/{dataset}/") and path.endswith(".csv"))]


# They say what a table is, and nothing that is in it; the page of the other table has its first rows alone.
WITHOUT_ROWS = ("/index.json", "/oembed.json", "/changes/index.html", "/changes/changes.atom", "/changes.atom",
                "/bushes/index.html", "-metadata.json", "/ckan.json", "/croissant.json", "/datapackage.json", "/feed.atom",
                "/record.geojson", "/stac-collection.json", "/stac-item.json")


@pytest.mark.parametrize("dataset", SOURCES)
def test_the_search_finds_every_value_in_every_file_of_a_city_that_hides_nothing(shown: dict[str, bytes], dataset: str) -> None:
    data = {path: body for path, body in shown.items() if path.startswith(f"data/{dataset}/") and "trees-trees" not in path
            and not path.endswith(WITHOUT_ROWS)}

    assert {path: FORMS.keys() - found for path, body in data.items() if (found := found_in(path, body)) != FORMS.keys()} == {}
    assert {path for path, body in data.items() if names_in(path, body) != set(PERSONAL)} == set()


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("dataset", SOURCES)
def test_a_slip_in_the_name_of_a_personal_column_publishes_nothing_of_it(dataset: str) -> None:
    files = a_city_of({dataset: SOURCES[dataset]}, hides=True)
    record = str(files[f"datasets/{dataset}/dataset.yaml"])
    files[f"datasets/{dataset}/dataset.yaml"] = record.replace("  zq", "  ZQ_")
    tree = MemoryTree(files)
    published = read_tables(load(tree), a_bench(tree)).published

    assert [each.name for each in published.values() if isinstance(each.body, CopyOf)] == []
    assert {each.name: found for each in published.values() if (found := found_in(each.name, made(each)))} == {}


def made(published: Published) -> bytes:
    """The bytes of a copy."""
    return Path(published.body.path).read_bytes()


FAULTS = {
    "a type": ", type: integer", "a pattern": ', pattern: "[a-z]"', "a length": ", max_length: 2", "values": ", values: {a: A}",
    "a range": ", minimum: 99999999999999, maximum: 0", "uniqueness": ", unique: true, required: true",
}


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("dataset", SOURCES)
@pytest.mark.parametrize("more", FAULTS.values(), ids=FAULTS)
def test_no_message_about_a_personal_column_holds_a_value_of_it(dataset: str, more: str) -> None:
    assert found_in_messages(a_city_of({dataset: SOURCES[dataset]}, hides=True, more=more)) == set()


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("dataset", SOURCES)
def test_no_message_about_a_broken_file_holds_a_personal_value(dataset: str) -> None:
    name, body, entry = SOURCES[dataset]
    broken = {f"{dataset}-{at}": (name, part, entry) for at, part in enumerate(truncated(body))}

    assert found_in_messages(a_city_of(broken, hides=True)) == set()


# For each a place where a person or a program went wrong in the middle of personal data.
SLIPS: dict[str, tuple[str, bytes, bytes]] = {
    "a mark that is never closed": ("csv", b'"Bramblethorpe, Zebulonia"', b'"Bramblethorpe, Zebulonia'),
    "a mark within a field": ("csv", "Œnonella".encode(), 'Œnon"ella'.encode()),
    "a field too many": ("tsv", "Œnonella".encode(), "Œnon\tella".encode()),
    "a field too few": ("tsv", b"\t1913-11-07", b""),
    "a letter of another encoding": ("csv", "Œnonella".encode(), b"\x81nonella"),
    "a NUL": ("csv", b"Quillfeather", b"Quill\0feather"),
    "a comma too many": ("json", b'"zqkin"', b',"zqkin"'),
    "a text in a text": ("lines", b'"Bramblethorpe', b'""Bramblethorpe'),
    "a key that stands twice": ("json", b'"zqborn"', b'"zqkin"'),
    "a number that is none": ("lines", b"7394618257", b"7394618257x"),
    "a coordinate that is none": ("geojson", b"-80.84", b'"Quillfeather"'),
    "a tag that is not closed": ("kml", b"<value>7394618257</value>", b"<value>7394618257"),
    "an entity that nobody knows": ("kml", b"Quillfeather", b"Quillfeather&wysteria;"),
    "a name that stands twice": ("csv", b"zqborn", b"zqkin"),
    "a value for a name": ("csv", b"zqborn", b"1913-11-07"),
    "no header": ("csv", b"species,height,zqresident,zqkin,zqaccount,zqborn\r\n", b""),
    "an empty name": ("csv", b"zqborn", b""),
}


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(("dataset", "right", "wrong"), SLIPS.values(), ids=SLIPS)
def test_no_message_about_a_slip_shows_the_personal_value_beside_it(dataset: str, right: bytes, wrong: bytes) -> None:
    name, body, entry = SOURCES[dataset]
    files = a_city_of({dataset: (name, body.replace(right, wrong), entry)}, hides=True)

    assert codes(files) != []
    assert found_in_messages(files) == set()


def found_in_messages(files: dict[str, str | bytes]) -> set[str]:
    """The personal values in what `cityfolio check` prints in any of its forms."""
    problems = inspected(files)
    printed = (as_text(problems, "catalog"), json.dumps(as_json(problems, "catalog"), ensure_ascii=False), as_github(problems))
    return {value for text in printed for value in found_in("messages", text.encode())}


def codes(files: dict[str, str | bytes]) -> list[str]:
    """What is wrong with a city."""
    return [problem.code for problem in inspected(files)]


def inspected(files: dict[str, str | bytes]) -> tuple[Problem, ...]:
    """What `cityfolio check` says of a city."""
    tree = MemoryTree(files)
    with themes_once():
        return inspect(load(tree), a_build(), Workshop(tree=tree, sink=MemorySink()))[2]
