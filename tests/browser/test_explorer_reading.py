"""The explorer reads a file in parts: what it fetches is little, and what it finds is what all of the file holds."""

from __future__ import annotations

import base64
import csv
import json
import subprocess
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bench.wire import wired
from browser.explorer_reading import by_nginx, nginx, visitor, write_site
from cityfolio.files import sha256
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.manifest import to_bytes
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.parquet_outline import outline_of
from explorer.making_questions import asked
from servers import serving
from tables.exports.making_exports import of, written

PROGRAM = Path(__file__).parent / "js" / "explorer-data-tables.mjs"
SMALL_GROUPS = {"GROUP_ROWS": 6, "LEAST_ROWS": 3}
ROWS = 120_000
FIRST_REQUESTS, FIRST_BYTES = 2, 400_000
FIRST_ROWS = "await session.view({}); return session.rows(0, 30, names)"
OLDEST = "await session.view({sort: [{column: 'received_at', isDown: false}]}); return session.rows(0, 30, names)"
PLACES = "return (await session.rows(0, 30, names)).places"


def asking(table, told, questions, room=1_000_000):
    """A line for the program that looks at tables."""
    with patch.multiple("cityfolio.tables.exports.parquet", **SMALL_GROUPS):
        body = written(write_parquet, table)
    return json.dumps({"parquet": base64.b64encode(body).decode(), "told": told, "room": room, "asked": questions,
                       "sortedBy": outline_of(BytesIO(body)).sorted_by}) + "\n"


@pytest.mark.npm
@pytest.mark.parametrize(("kind", "offset", "cells"), [
    ("datetime", "-04:00", ["2024-01-31T22:30:00-04:00", None]),
    ("datetime", "Z", ["2024-01-31T22:30:00.000001Z", "9999-12-31T23:59:59.999999Z"]),
    ("number", "", ["-99999999999999999999999999999999999999999999999.25", "0.01"]),
    ("integer", "", ["9223372036854775807", "-9223372036854775808"]),
    ("time", "", ["00:00:00.000001", "23:59:59"]),
    ("boolean", "", ["true", None, "false"]),
    ("string", "", ["\ufeffa\u0000", "\U0001f333" * 2_000, "x" * 1_000_000]),
    ("geometry", "", ['{"type":"Point","coordinates":[-80.25,35.5]}', None]),
    ("integer", "", []),
], ids=["offset", "Greenwich", "wide", "large", "time", "yes or no", "texts", "shapes", "no rows"])
def test_cells_come_as_they_were(node, kind, offset, cells):
    told = [{"name": "height", "type": kind, **({"offset": offset} if offset else {})}]
    everything = {"filters": [], "sort": [], "place": [], "question": {"measure": "count", "by": []}}

    done = subprocess.run([node, PROGRAM], input=asking(of(kind, *cells), told, [everything]), encoding="utf-8",
                          capture_output=True, check=True)

    assert json.loads(done.stdout)[0][0]["downloaded"] == [cells]


@pytest.mark.npm
def test_groups_read_one_by_one_say_what_the_whole_file_says(node):
    pipe = subprocess.PIPE

    with subprocess.Popen([node, PROGRAM], stdin=pipe, stdout=pipe, encoding="utf-8") as process:

        @settings(suppress_health_check=list(HealthCheck))
        @given(each=asked(), room=st.sampled_from((0, 1_000, 1_000_000)))
        def agrees(each, room):
            names = [column.name for column in each.table.columns]
            told = [{"name": name, "type": kind} for name, kind in zip(names, each.types, strict=True)]
            process.stdin.write(asking(each.table, told, each.questions, room))
            process.stdin.flush()
            answers = json.loads(process.stdout.readline())

            assert isinstance(answers, list), answers["error"]
            assert [said for said, _ in answers] == [right for _, right in answers]

        agrees()
        process.stdin.close()


@contextmanager
def by_serve(folder):
    """Serve a folder by the development server, which serves what a manifest lists."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*") if path.name != "manifest.json"}
    bodies = {name: path.read_bytes() for name, path in paths.items()}
    entries = {name: Entry(path=name, bytes=len(body), sha256=sha256(body)) for name, body in bodies.items()}
    (folder / "manifest.json").write_bytes(to_bytes(Manifest(entries=entries, made_by="cityfolio", base_url="")))
    with serving(folder) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="module")
def site(tmp_path_factory, node):
    """The folder of a page that reads a file of 120,000 rows."""
    return write_site(tmp_path_factory.mktemp("reading") / "site", node, ROWS)


@pytest.fixture(scope="module", params=["parts", "nginx", "serve"])
def host(request, site):
    """The address of the page on a host that gives parts."""
    program = nginx()
    if request.param == "nginx" and not program:
        pytest.skip("nginx is not on this machine")
    hosts = {"parts": lambda: wired(site), "nginx": lambda: by_nginx(site, program), "serve": lambda: by_serve(site)}
    with hosts[request.param]() as served:
        yield getattr(served, "address", served)


@pytest.fixture
def visit(open_page, site, host):
    """A reader who has just come."""
    return visitor(open_page, site, host)


@pytest.fixture(scope="module")
def records(site):
    """The rows as they stand in the CSV file."""
    with (site / "requests.csv").open(newline="") as stream:
        return [*csv.reader(stream)][1:]


def rows_of(result):
    return [list(row) for row in zip(*([cell or "" for cell in cells] for cells in result["cells"]), strict=True)]


pytestmark = pytest.mark.browser


def test_the_first_rows_need_two_requests(visit, records):
    done = visit.do(FIRST_ROWS)

    assert [row[:7] for row in rows_of(done.result)] == [row[:7] for row in records[:30]]
    assert (done.requests, done.bytes <= FIRST_BYTES) == (FIRST_REQUESTS - 1, True)   # the footer came before


def test_the_last_rows_need_one_more(visit, records):
    visit.do(FIRST_ROWS)
    done = visit.do(f"return session.rows({ROWS - 5}, {ROWS + 5}, names)")

    assert [row[:7] for row in rows_of(done.result)] == [row[:7] for row in records[-5:]]
    assert done.requests == 1


def test_rows_that_came_are_not_fetched_again(visit):
    visit.do(FIRST_ROWS)

    assert visit.do("return session.rows(0, 100, names)").requests == 0


def test_a_filter_on_the_column_of_order_needs_two_requests_with_its_first_rows(visit):
    visit.do(FIRST_ROWS)
    done = visit.do("""
      const between = {column: "request_id", test: "between", low: "1041234", high: "1081233"};
      const {rows} = await session.view({filters: [between]});
      const {cells, places} = await session.rows(0, 30, names);
      return [rows, cells[0][0], places[0]]""")

    assert done.result == [40_000, "1041234", 41_234]
    assert done.requests <= 2
    assert done.bytes <= FIRST_BYTES


def test_rows_in_another_order_are_the_right_ones(visit, records):
    done = visit.do(OLDEST)

    oldest = sorted(records, key=lambda row: row[2])[:30]
    assert [row[0] for row in rows_of(done.result)] == [row[0] for row in oldest]


def test_a_sort_by_the_column_of_order_fetches_nothing(visit):
    visit.do(FIRST_ROWS)
    done = visit.do("await session.view({sort: [{column: 'request_id', isDown: false}]});" + PLACES)

    assert (done.result, done.requests) == ([*range(30)], 0)


def test_a_question_fetches_only_the_columns_it_names(visit, records):
    visit.do(FIRST_ROWS)
    done = visit.do("return session.answer({measure: 'count', by: [{column: 'status'}]})")

    assert done.result["total"] == {"value": str(ROWS), "rows": ROWS}
    assert done.bytes < 50_000


def test_calls_wait_for_the_view_that_was_asked_for_before(visit, records):
    done = visit.do("""
      const seen = session.view({filters: [{column: "status", test: "is", values: ["Open"]}]});
      const {total} = await session.answer({measure: "count", by: []});
      return [(await seen).rows, Number(total.value)]""")

    assert done.result == [sum(row[10] == "Open" for row in records)] * 2


def test_a_later_view_takes_the_place_of_an_earlier_one(visit):
    done = visit.do("""
      const first = session.view({sort: [{column: "received_at", isDown: true}]}).catch((error) => error.name);
      const second = await session.view({});
      const {places} = await session.rows(0, 3, ["request_id"]);
      return [await first, second.rows, places]""")

    assert done.result == ["AbortError", ROWS, [0, 1, 2]]


def test_all_rows_come_in_a_download(visit):
    done = visit.do("""
      await session.view({filters: [{column: "status", test: "is", values: ["Open"]}]});
      let rows = 0;
      for await (const {places} of session.download(["request_id", "status"])) rows += places.length;
      return [rows, (await session.answer({measure: "count", by: []})).total.rows]""")

    assert done.result[0] == done.result[1] > 0


def test_rows_have_their_places_on_the_map(visit, records):
    done = visit.do("""
      await session.view({filters: [{column: "request_id", test: "between", low: "1000005", high: "1000006"}]});
      const {latitudes, longitudes, places} = await session.shapes(["latitude", "longitude"]);
      return [...places].map((place, at) => [place, latitudes[at], longitudes[at]])""")

    assert done.result == [[at, float(records[at][7]), float(records[at][8])] for at in (5, 6)]


def test_a_host_that_gives_no_parts_sends_a_file_of_some_megabytes_whole(open_page, site, records):
    with wired(site, gives_parts=False) as wire:
        done = visitor(open_page, site, wire.address).do(FIRST_ROWS)
        sent = [each for each in wire.taken() if each.path.endswith(".parquet")]

    assert rows_of(done.result)[0][0] == records[0][0]
    assert len(sent) == 1


def test_a_host_that_gives_no_parts_of_a_large_file_is_told_of(open_page, site):
    with wired(site, gives_parts=False) as wire:
        visit = visitor(open_page, site, wire.address)
        visit.outline["file"]["bytes"] = 80_000_000
        done = visit.do("return [session.isWhole, await session.view({}).catch(({name, bytes}) => [name, bytes])]")

    assert done.result == [False, ["TooLarge", 80_000_000]]
