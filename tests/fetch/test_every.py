"""`--fetch`: what is kept elsewhere is read whole, shown whole, and offered as Parquet; without it nothing changes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from cities import SITE, TREES, a_city, loaded
from cityfolio.cli import main
from cityfolio.fetch import every
from cityfolio.fetch.every import fetching
from fetch.loopback import Reply, Web, versioned, web

ROWS = "species,height\n" + "".join(f"oak,{number}\n" for number in range(1, 301))
PINNED = SITE + "as_of: 2026-06-30\nbase_url: https://data.example.gov\nexports: [csv, parquet]\n"
RECORD = TREES.partition("files:")[0]
NOTHING: Mapping[str, str] = {}
COLUMNS = "columns:\n" + TREES.partition("columns:\n")[2]


def a_record(files: str, columns: str = COLUMNS) -> str:
    """A dataset with these files."""
    return f"{RECORD}files:\n{files}{columns}"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def run(here: Path, files: str, *arguments: str, columns: str = COLUMNS, more: Mapping[str, str] = NOTHING) -> Result:
    """A command in a city whose one dataset has these files."""
    record = a_record(files, columns)
    city = a_city(**{"site.yaml": PINNED, "datasets/trees/dataset.yaml": record, "datasets/trees/trees.csv": None, **more})
    for path, body in city.items():
        (here / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (here / "catalog" / path).write_bytes(body.encode() if isinstance(body, str) else body)
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def listed(here: Path) -> list[dict[str, object]]:
    """The files of the one dataset, as programs read them."""
    files: list[dict[str, object]] = json.loads((here / "output/catalog.json").read_text())["datasets"][0]["files"]
    return files


def page(here: Path) -> str:
    """What the dataset's page says, without the frame that all pages have."""
    return (here / "output/data/trees/index.html").read_text().partition("<main")[2].partition("</main>")[0]


def elsewhere(server: Web, more: str = "") -> str:
    """An entry for the file on a server."""
    return f"  - url: {server.root}/trees.csv\n{more}"


def test_without_the_option_no_server_is_asked(here: Path) -> None:
    with web(Reply(body=ROWS.encode())) as server:
        result = run(here, elsewhere(server), "build")

    assert result.exit_code == 0, result.output
    assert server.asked == []
    assert "300" not in page(here)


def test_a_file_kept_elsewhere_is_shown_whole_and_is_not_published(here: Path) -> None:
    with web(Reply(body=ROWS.encode())) as server:
        result = run(here, elsewhere(server), "build", "--fetch")

    assert result.exit_code == 0, result.output
    assert "300" in page(here)
    assert f'href="{server.root}/trees.csv"' in page(here)
    assert [(file["format"], file["url"]) for file in listed(here)] == [
        ("CSV", f"{server.root}/trees.csv"), ("Parquet", "https://data.example.gov/data/trees/trees.parquet"),
    ]
    assert not (here / "output/data/trees/trees.csv").exists()
    assert (here / "output/data/trees/trees.parquet").is_file()


def test_the_parquet_file_holds_every_row(here: Path) -> None:
    with web(Reply(body=ROWS.encode())) as server:
        run(here, elsewhere(server), "build", "--fetch")

    read = pq.read_table(BytesIO((here / "output/data/trees/trees.parquet").read_bytes()))
    assert (read.num_rows, read.column_names) == (300, ["species", "height"])


def test_the_whole_is_shown_in_place_of_its_sample(here: Path) -> None:
    sample = {"datasets/trees/sample.csv": "species,height\nelm,7\n"}
    with web(Reply(body=ROWS.encode())) as server:
        result = run(here, elsewhere(server, "    sample: sample.csv\n"), "build", "--fetch", more=sample)

    assert result.exit_code == 0, result.output
    assert "in the sample" not in page(here)
    assert "of the sample" not in page(here)
    assert (here / "output/data/trees/sample.csv").read_text() == "species,height\nelm,7\n"
    assert [file["format"] for file in listed(here)] == ["CSV", "Parquet"]
    assert "is_sample" not in listed(here)[1]


def test_an_archive_describes_the_sample_that_is_in_it(here: Path) -> None:
    more = {"datasets/trees/sample.csv": "species;height\nelm;7\n", "site.yaml": PINNED.replace("[csv, parquet]", "[zip]")}
    with web(Reply(body=ROWS.encode())) as server:
        result = run(here, elsewhere(server, "    sample: sample.csv\n"), "build", "--fetch", more=more)

    assert result.exit_code == 0, result.output
    assert (here / "output/data/trees/trees.zip").is_file()


def test_two_sheets_of_one_address_are_fetched_once(here: Path) -> None:
    with web(Reply(body=ROWS.encode())) as server:
        run(here, elsewhere(server) + elsewhere(server, "    title: Once more\n"), "check", "--fetch")

    assert server.paths == ["/trees.csv"]


def test_a_second_build_of_a_file_that_has_not_changed_takes_what_was_kept(here: Path) -> None:
    with web(versioned(ROWS.encode())) as server:
        run(here, elsewhere(server), "build", "--fetch")
        again = run(here, elsewhere(server), "build", "--fetch")

    assert "0 added, 0 changed, 0 removed" in again.output
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"1"']


def test_without_a_cache_nothing_is_kept(here: Path) -> None:
    with web(versioned(ROWS.encode())) as server:
        run(here, elsewhere(server), "check", "--fetch", "--no-cache")
        run(here, elsewhere(server), "check", "--fetch", "--no-cache")

    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, None]
    assert not (here / "cache").exists()


def test_a_mistake_in_a_fetched_file_is_told_at_its_address_and_line(here: Path) -> None:
    with web(Reply(body=f"{ROWS}elm,tall\n".encode())) as server:
        result = run(here, elsewhere(server), "check", "--fetch")

    assert result.exit_code == 1
    assert f"{server.root}/trees.csv:302:5: error: " in result.output
    assert "[cell-type]" in result.output


def test_a_fetched_file_that_cannot_be_read_is_told_at_its_address(here: Path) -> None:
    with web(Reply(body=b"species,height\noak\n")) as server:
        result = run(here, elsewhere(server), "check", "--fetch")

    assert f"{server.root}/trees.csv:2:" in result.output
    assert "[csv-ragged]" in result.output


def test_columns_of_a_fetched_file_are_compared_with_the_dictionary(here: Path) -> None:
    with web(Reply(body=b"species,planted\noak,2020\n")) as server:
        result = run(here, elsewhere(server), "check", "--fetch")

    assert f"{server.root}/trees.csv:1:9: warning: the dictionary does not describe the column `planted`" in result.output
    assert "[column-absent]" in result.output


def test_a_sensitive_column_of_a_file_kept_elsewhere_stays_refused(here: Path) -> None:
    columns = COLUMNS + "  owner: {sensitive: true}\n"
    with web(Reply(body=b"species,height,owner\noak,3,Maria Alvarez\n")) as server:
        result = run(here, elsewhere(server), "build", "--fetch", columns=columns)

    assert result.exit_code == 1
    assert "[sensitive-unprotected]" in result.output
    assert "Alvarez" not in result.output


def test_a_file_that_cannot_be_fetched_is_told_at_its_entry(here: Path) -> None:
    with web(Reply(status=404)) as server:
        result = run(here, elsewhere(server), "build", "--fetch")

    assert result.exit_code == 1
    assert "catalog/datasets/trees/dataset.yaml:9:10: error: " in result.output
    assert f"{server.root}/trees.csv could not be fetched: the server answered 404" in result.output
    assert "[fetch-failed]" in result.output


def test_the_limit_of_a_site_holds(here: Path) -> None:
    more = {"site.yaml": PINNED + "limits: {fetch_bytes: 1000}\n"}
    with web(Reply(body=ROWS.encode())) as server:
        result = run(here, elsewhere(server), "check", "--fetch", more=more)

    assert f"the file has {len(ROWS):,} bytes, and the limit is 1,000" in result.output


def test_a_file_of_another_format_is_fetched_too(here: Path) -> None:
    with web(Reply(body=json.dumps([{"species": "oak", "height": 3}]).encode())) as server:
        result = run(here, f"  - url: {server.root}/trees.json\n", "build", "--fetch")

    assert result.exit_code == 0, result.output
    assert pq.read_table(BytesIO((here / "output/data/trees/trees.parquet").read_bytes())).num_rows == 1


def test_a_fetched_parquet_file_is_not_made_again(here: Path) -> None:
    body = BytesIO()
    pq.write_table(pq.read_table(BytesIO(_parquet())), body)
    with web(Reply(body=body.getvalue())) as server:
        result = run(here, f"  - url: {server.root}/trees.parquet\n", "build", "--fetch")

    assert result.exit_code == 0, result.output
    assert [file["format"] for file in listed(here)] == ["Parquet"]


def _parquet() -> bytes:
    import pyarrow as pa

    body = BytesIO()
    pq.write_table(pa.table({"species": ["oak"], "height": [3.5]}), body)
    return body.getvalue()


def test_what_is_missing_to_fetch_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "find_spec", lambda name: None)
    city = loaded(a_city(**{"datasets/trees/dataset.yaml": a_record("  - url: https://example.gov/trees.csv\n")}))
    with fetching(city, None, lambda stage: None) as fetched:
        (problem,) = fetched.problems

    assert (problem.code, problem.where.line, problem.fix) == ("extra-missing", 9, "Install it: pip install 'cityfolio[fetch]'")


def test_a_city_with_nothing_elsewhere_fetches_nothing() -> None:
    with fetching(loaded(a_city()), None, lambda stage: None) as fetched:
        assert fetched == every.Fetched()


def test_the_packages_for_fetching_are_imported_for_that_alone() -> None:
    program = "import sys, cityfolio.cli; print({'aiohttp', 'fsspec'} & set(sys.modules))"

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "set()\n"
