"""What counts as a view or a download in a log, and what is left of who it was: nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, strategies as st

from cities import TREES, a_city, loaded
from cityfolio.keeping.usage.addresses import Addresses
from cityfolio.keeping.usage.bots import is_bot
from cityfolio.keeping.usage.counting import Counting
from cityfolio.keeping.usage.lines import LONGEST, Asked, Reader
from cityfolio.keeping.usage.merged import merged
from cityfolio.load.usage import read_usage, written_usage
from cityfolio.model.health import Used
from keeping.log_lines import BROWSER, FORMATS, Hit, combined, common

RENAMED = (TREES.replace("path: trees.csv", "path: trees.csv\n    formerly: [plants.csv]")
           + "formerly: [plants, /parks/plants]\n")
CITY = loaded(a_city(**{"datasets/trees/dataset.yaml": RENAMED}))
ADDRESSES = Addresses.of(CITY, "/")
SITE = "https://data.example.gov"


def counting(lines: Iterable[str], addresses: Addresses = ADDRESSES, most_held: int = 1_000) -> Counting:
    reader, found = Reader(), Counting(addresses=addresses, key=b"thrown away", most_held=most_held)
    for line in lines:
        for each in line.split("\n"):
            found.take(reader.read(each.encode()))
    return found


def counted(*hits: Hit) -> tuple[int, int]:
    """The views and downloads of the trees, whatever the month."""
    used = counting(map(combined, hits)).used()
    return sum(each.views for each in used), sum(each.downloads for each in used)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_request_is_read_from_each_format(form):
    hit = Hit(path="/data/trees/trees.csv", client="2001:db8::1", agent=f"{BROWSER} \\x22")
    reader = Reader()
    asked = [each for line in form(hit).split("\n") if isinstance(each := reader.read(line.encode()), Asked)]

    assert [(each.day, each.client, each.method, each.path, each.status) for each in asked] == [
        ("2026-06-12", "2001:db8::1", "GET", "/data/trees/trees.csv", 200)]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_view_and_a_download_are_counted_in_each_format(form):
    found = counting(map(form, (Hit(), Hit(path="/data/trees/trees.csv"), Hit(path="/data/trees/trees.csv", status=404))))

    assert found.used() == (Used(month="2026-06", dataset="trees", views=1, downloads=1),)
    assert (found.told.refused, found.told.malformed) == (1, 0)


@pytest.mark.parametrize(("path", "expected"), [
    ("/data/trees/", (1, 0)), ("/data/trees/index.html", (1, 0)), ("/data/trees/?from=mail", (1, 0)),
    ("/data/trees/trees/", (1, 0)), ("/data/trees/trees/index.html", (1, 0)),
    ("/data/trees/trees.csv", (0, 1)), ("/data/trees/trees.xlsx", (0, 1)), ("/data/trees/trees.json", (0, 1)),
    ("/data/trees/trees.zip", (0, 1)), ("/data/trees/plants.csv", (0, 1)), ("/data/trees/tree%73.csv", (0, 1)),
    ("/data/trees/index.json", (0, 0)), ("/data/trees/datapackage.json", (0, 0)), ("/data/trees/croissant.json", (0, 0)),
    ("/data/trees/trees.csv-metadata.json", (0, 0)), ("/data/trees/feed.atom", (0, 0)), ("/data/trees/record.geojson", (0, 0)),
    ("/data/trees/trees/index.json", (0, 0)), ("/assets/style.css", (0, 0)), ("/", (0, 0)), ("/data/", (0, 0)),
    ("/data/topic/nature/", (0, 0)), ("/data/bikes/", (0, 0)), ("/data/plants/", (1, 0)), ("/parks/plants/", (1, 0)),
    ("/data/plants/plants.csv", (0, 1)), (f"{SITE}/data/trees/", (1, 0)),
])
def test_pages_are_viewed_and_files_are_downloaded(path: str, expected: tuple[int, int]):
    assert counted(Hit(path=path)) == expected


@pytest.mark.parametrize(("path", "exports", "downloads"), [
    ("/data/trees/trees.gpx", "[transit/gpx]", 1), ("/data/trees/trees.datastore.json", "[csv, transit/datastore]", 1),
    ("/data/trees/trees-from-csv.gpx", "[transit/gpx]", 1), ("/data/trees/plants.gpx", "[transit/gpx]", 1),
    ("/data/trees/trees.gpx", "[csv]", 0), ("/data/trees/map.gpx", "[transit/gpx]", 0),
    ("/data/trees/trees.csv-metadata.json", "[transit/gpx]", 0), ("/data/trees/datapackage.json", "[transit/gpx]", 0),
])
def test_what_a_plugin_makes_of_a_file_is_downloaded_where_it_is_asked_for(path: str, exports: str, downloads: int):
    site = f"{a_city()['site.yaml']}exports: {exports}\n"
    city = loaded(a_city(**{"datasets/trees/dataset.yaml": RENAMED, "site.yaml": site}))
    used = counting([combined(Hit(path=path))], Addresses.of(city, "/")).used()

    assert sum(each.downloads for each in used) == downloads


@pytest.mark.parametrize("hit", [Hit(method="HEAD"), Hit(method="POST"), Hit(status=301), Hit(status=404), Hit(status=500),
                                 Hit(agent="Googlebot/2.1 (+http://www.google.com/bot.html)"), Hit(agent="-")])
def test_what_nobody_looked_at_is_no_view(hit: Hit):
    assert counted(hit) == (0, 0)


def test_a_page_that_the_browser_has_already_is_viewed_and_a_file_is_not_taken():
    assert counted(Hit(status=304), Hit(path="/data/trees/trees.csv", status=304)) == (1, 0)


def test_parts_of_a_file_are_one_download_of_a_client_and_day():
    parts = [Hit(path="/data/trees/trees.csv", status=206, agent="curl/8.5.0")] * 5
    others = [Hit(path="/data/trees/trees.csv", status=206, agent="curl/8.5.0", client="203.0.113.8"),
              Hit(path="/data/trees/trees.csv", status=206, agent="curl/8.5.0", day="2026-06-13"),
              Hit(path="/data/trees/trees.xlsx", status=206, agent="curl/8.5.0")]

    assert counted(*parts) == (0, 1)
    assert counted(*parts, *others, *parts) == (0, 4)


def test_parts_after_the_whole_file_are_of_the_same_download():
    whole = Hit(path="/data/trees/trees.csv")
    part = Hit(path="/data/trees/trees.csv", status=206)

    assert counted(whole, part, part, whole) == (0, 2)


@pytest.mark.parametrize(("hit", "downloads"), [
    (Hit(path="/data/trees/trees.parquet", status=206, referrer=f"{SITE}/data/trees/trees/"), 0),
    (Hit(path="/data/trees/trees.parquet", referrer=f"{SITE}/data/trees/trees/?filter=oak"), 0),
    (Hit(path="/data/trees/trees.pmtiles", status=206, referrer=f"{SITE}/data/trees/"), 0),
    (Hit(path="/data/trees/trees.parquet", status=206, referrer=f"{SITE}/sql/"), 0),
    (Hit(path="/data/trees/trees.parquet", status=206, referrer=f"{SITE}/embed/data/trees/trees/"), 0),
    (Hit(path="/data/trees/trees.parquet", referrer=f"{SITE}/data/trees/"), 1),
    (Hit(path="/data/trees/trees.csv", referrer=f"{SITE}/data/trees/trees/"), 1),
    (Hit(path="/data/trees/trees.parquet", status=206, agent="duckdb/v1.2"), 1),
])
def test_what_the_pages_of_the_site_read_to_show_it_is_no_download(hit: Hit, downloads: int):
    assert counted(hit) == (0, downloads)


def test_a_log_without_referrers_takes_parts_of_what_pages_read_for_theirs():
    parts = [Hit(path=f"/data/trees/trees.{ending}", status=206) for ending in ("parquet", "csv")]
    found = counting(map(common, parts))

    assert found.used() == (Used(month="2026-06", dataset="trees", views=0, downloads=1),)


def test_a_page_that_leads_on_and_the_one_it_leads_to_are_one_view():
    assert counted(Hit(path="/data/plants/"), Hit(), Hit()) == (2, 0)
    assert counted(Hit(path="/data/plants/"), Hit(client="203.0.113.8")) == (2, 0)


def test_a_site_below_a_path_has_its_datasets_there():
    found = counting(map(combined, (Hit(path="/open/data/trees/"), Hit())), Addresses.of(CITY, "open"))

    assert found.used() == (Used(month="2026-06", dataset="trees", views=1, downloads=0),)


@pytest.mark.parametrize("agent", [
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Slackbot-LinkExpanding 1.0",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; YandexBot/3.0)", "AhrefsBot/7.0", "UptimeRobot/2.0", "facebookexternalhit/1.1",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
    "Baiduspider", "cityfolio-links/1.0 (checks the links of an open data catalog)", "kube-probe/1.29", "CCBot/2.0", " "])
def test_programs_that_nobody_sits_in_front_of_are_bots(agent: str):
    assert is_bot(agent)


@pytest.mark.parametrize("agent", [
    BROWSER, "curl/8.5.0", "Wget/1.21", "python-requests/2.32", "pandas/2.2", "duckdb/v1.2", "R (4.3.1 x86_64-pc-linux-gnu)",
    "Mozilla/5.0 (Linux; Android 8.1; CUBOT_POWER) AppleWebKit/537.36 Chrome/90 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/124 YaBrowser/24.4 Yowser/2.5 Safari/537.36",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Excel 16.0)"])
def test_what_a_person_runs_is_no_bot(agent: str):
    assert not is_bot(agent)


@given(st.binary(max_size=300))
def test_no_line_is_a_surprise(line: bytes):
    assert isinstance(Reader().read(line), (bool, Asked))


@given(st.text(max_size=120), st.sampled_from(list(FORMATS.values())), st.integers(0, 200), st.integers(0, 200))
def test_no_damaged_line_is_a_surprise(text: str, form, start: int, end: int):
    reader = Reader()
    line = form(Hit())
    damaged = line[:start] + text + line[start + end:]

    assert all(isinstance(reader.read(each.encode()), (bool, Asked)) for each in damaged.split("\n"))


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"status": 200}', b'{"request": {"uri": []}, "status": {}, "ts": 1e300}',
                                  b"x" * (LONGEST + 1), b'1.2.3.4 - - [31/Feb/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 1',
                                  b'{"ts": true, "uri": "/data/trees/", "method": "GET", "status": 200}',
                                  b'{"ts": 12, "uri": "/data/trees/", "method": "GET", "status": 200}', b"hello world"])
def test_a_line_that_cannot_be_understood_is_counted_as_such(line: bytes):
    found = counting([])
    found.take(Reader().read(line))

    assert found.told.malformed == 1


@pytest.mark.parametrize("request_line", ["\\x16\\x03\\x01", "-", "", "OPTIONS * HTTP/1.0"])
def test_what_is_no_request_for_a_page_is_no_fault_of_the_log(request_line: str):
    line = combined(Hit()).replace("GET /data/trees/ HTTP/1.1", request_line)
    found = counting([line])

    assert (found.told.malformed, found.told.counted) == (0, 0)


PATHS = ["/data/trees/", "/data/plants/", "/data/trees/trees.csv", "/data/trees/trees.json", "/"]
HITS = st.builds(Hit, path=st.sampled_from(PATHS),
                 day=st.sampled_from(["2026-05-31", "2026-06-01", "2026-06-02"]), status=st.sampled_from([200, 206, 304, 404]),
                 client=st.sampled_from(["203.0.113.7", "203.0.113.8"]))


@given(st.lists(HITS, max_size=40))
def test_every_line_is_told_of_once(hits: list[Hit]):
    told = counting(map(combined, hits)).told

    assert told.lines == len(hits)
    assert told.lines == (told.counted + told.malformed + told.bots + told.refused + told.elsewhere + told.repeated
                          + told.by_pages)


@given(st.lists(HITS, max_size=40))
def test_what_is_counted_is_what_is_in_the_table(hits: list[Hit]):
    found = counting(map(combined, hits))

    assert sum(each.views + each.downloads for each in found.used()) == found.told.counted


@given(st.lists(HITS, max_size=40))
def test_downloads_are_whole_files_and_the_first_parts_of_others(hits: list[Hit]):
    taken = [hit for hit in hits if hit.path.endswith((".csv", ".json")) and hit.status in (200, 206)]
    begun = {(hit.client, hit.day, hit.path): hit.status for hit in reversed(taken)}

    assert counted(*hits)[1] == [hit.status for hit in taken].count(200) + [*begun.values()].count(206)


@given(st.lists(HITS, max_size=40), st.integers(2, 6))
def test_no_more_clients_are_held_than_are_allowed(hits: list[Hit], most: int):
    assert len(counting(map(combined, hits), most_held=most).held) <= most


@given(st.lists(HITS, min_size=1, max_size=20))
def test_nothing_of_who_asked_is_held(hits: list[Hit]):
    found = counting(map(combined, hits))
    kept = repr((found.held.lately, found.held.before, found.used(), found.told))

    assert not [word for word in ("203.0.113", "Mozilla", "example.gov/") if word in kept]


MONTHS = st.sampled_from(["2026-04", "2026-05", "2026-06"])
LINES = st.builds(Used, month=MONTHS, dataset=st.sampled_from(["trees", "bikes"]), views=st.integers(0, 50),
                  downloads=st.integers(0, 9))
USED = st.lists(LINES, unique_by=lambda each: (each.month, each.dataset), max_size=6)


@given(USED)
def test_what_is_written_is_read_back(used: list[Used]):
    lines, problems = read_usage(written_usage(used))

    assert sorted((each for _, each in lines), key=repr) == sorted(used, key=repr)
    assert problems == ()


@given(USED, USED)
def test_other_months_stay_as_they_were(before: list[Used], new: list[Used]):
    months = {each.month for each in new}
    result = merged(before, new, months)

    assert [each for each in result.used if each.month not in months] == sorted(
        (each for each in before if each.month not in months), key=lambda each: (each.month, each.dataset))


@given(USED)
def test_counting_again_changes_nothing(used: list[Used]):
    months = {each.month for each in used}

    assert set(merged(used, used, months).used) == set(used)


def test_a_month_that_is_counted_again_is_replaced_and_one_at_the_edge_of_a_log_is_not():
    def used(month: str, views: int, dataset: str = "trees") -> Used:
        return Used(month=month, dataset=dataset, views=views, downloads=0)

    before = [used("2026-05", 500), used("2026-06", 10), used("2026-06", 5, "bikes")]
    result = merged(before, [used("2026-05", 3), used("2026-06", 30)], {"2026-05", "2026-06"})

    assert result.used == (used("2026-05", 500), used("2026-06", 30))
    assert result.kept == {"2026-05": (500, 3)}
