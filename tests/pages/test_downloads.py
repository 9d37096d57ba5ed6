import pytest

from cityfolio.model.records import FileRecord
from pages.drawing import draw_site
from pages.factories import a_dataset, a_file, a_profile


def opening_of(*files):
    return draw_site(a_dataset(files=files)).page("/data/service-requests-311/").main.one("div", class_="opening")


def test_one_button_stands_out_and_other_files_are_links_with_sizes():
    opening = opening_of(a_file("requests.xlsx", title="For Excel", format="XLSX", bytes=22_000_000), a_file("requests.csv"))

    assert opening.one("a", class_="button").text == "Download CSV 18.4 MB"
    assert opening.one("a", class_="button").address == "requests.csv"
    assert [item.text for item in opening.all("li")] == ["For Excel XLSX, 22 MB"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([a_file("a.json", format="JSON"), a_file("b.csv")], "Download CSV 18.4 MB"),
        ([a_file(None, url="https://example.gov/a.csv"), a_file("b.json", format="JSON")], "Download JSON 18.4 MB"),
        (
            [a_file(None, url="https://example.gov/a.shp", format="SHP"), a_file(None, url="https://www.example.gov/a.csv")],
            "Get CSV from example.gov",
        ),
        ([a_file(None, url="https://example.gov/map", format="HTML")], "Open example.gov"),
        ([a_file(None, url="https://example.gov/all.csv", sample="some.csv")], "Get CSV from example.gov"),
    ],
    ids=["CSV before others", "here before elsewhere", "CSV elsewhere", "a page", "the whole before its sample"],
)
def test_the_button_is_for_the_most_useful_file(files, expected):
    assert opening_of(*files).one("a", class_="button").text == expected


def test_a_file_kept_elsewhere_names_its_host_and_opens_in_the_same_place():
    link = opening_of(
        a_file("a.csv"), a_file(None, url="https://phl.example.org/q?a=1&b=2", title="Service", format="API")
    ).link("Service")

    assert link.address == "https://phl.example.org/q?a=1&b=2"
    assert link.get("rel") == "noopener"
    assert link.get("target") is None


def test_a_sample_is_marked_as_one():
    opening = opening_of(a_file(None, url="https://example.gov/all.csv", title="All trees", sample="some.csv", bytes=12_000))

    assert [item.text for item in opening.all("li")] == ["Sample of All trees CSV, 12 kB"]
    assert opening.link("Sample of").address == "some.csv"


def test_what_is_said_of_a_file_stands_once_with_the_whole_and_not_with_its_sample():
    opening = opening_of(a_file(None, url="https://example.gov/all.csv", sample="some.csv", description="Every tree."))

    assert [part.text for part in opening.all("p") if part.text == "Every tree."] == ["Every tree."]
    assert "Every tree." not in opening.all("li")[0].text


SAMPLE = a_file(None, url="https://example.gov/a.csv", sample="s.csv", profile=a_profile())


@pytest.mark.parametrize(
    ("files", "expected"),
    [([SAMPLE], "300 in the sample"), ([SAMPLE, SAMPLE], "600 in 2 samples"), ([SAMPLE, a_file(profile=a_profile())], "300")],
    ids=["one", "two", "beside a whole file"],
)
def test_the_rows_of_a_sample_are_not_counted_as_the_datasets(files, expected):
    site = draw_site(a_dataset(files=files))

    assert site.page("/data/service-requests-311/").main.one("dl", class_="facts").facts()["Rows"] == expected


def test_many_files_are_folded_by_format_with_that_of_the_button_open():
    files = [a_file(None, url="https://example.gov/", title="Map", format="HTML")]
    files += [
        a_file(None, url=f"https://example.gov/{year}.{ending}", title=f"{year} ({ending})", format=ending)
        for year in range(2006, 2026)
        for ending in ("SHP", "CSV")
    ]
    opening = opening_of(*files)

    assert opening.one("a", class_="button").text == "Get CSV from example.gov"
    assert [each.one("summary").text for each in opening.all("details")] == ["CSV 19 files", "HTML 1 file", "SHP 20 files"]
    assert [each.get("open") is not None for each in opening.all("details")] == [True, False, False]
    assert len(opening.all("a")) == 41
    assert opening.all("li")[0].text == "2007 (CSV) example.gov"


def test_an_address_that_is_listed_twice_is_shown_twice():
    files = [a_file(None, url="https://example.gov/a.csv", title=name) for name in ("One", "Two")]

    assert [link.text for link in opening_of(*files).all("a")] == ["Get CSV from example.gov", "Two"]


def test_a_file_says_what_sets_it_apart():
    opening = opening_of(a_file("a.csv"), a_file("b.csv", title="Closed", description="Only *closed* ones."))

    assert [item.text for item in opening.all("li")] == ["Closed CSV, 18.4 MBOnly closed ones."]


def test_a_file_name_with_odd_letters_is_linked():
    assert opening_of(a_file("tree list.csv")).one("a", class_="button").address == "tree%20list.csv"


def test_a_file_that_cannot_be_had_is_listed_with_the_reason():
    lost = a_file(None, title="Archive", format="ZIP", source_path=None, record=FileRecord(missing="The disk is broken."))
    opening = opening_of(lost, a_file("a.csv"))

    assert [item.text for item in opening.all("li")] == ["Archive ZIP, The disk is broken."]
    assert "Archive" not in opening.links()
    assert opening.one("a", class_="button").text == "Download CSV 18.4 MB"


def test_where_no_file_can_be_had_there_is_no_button():
    lost = a_file(None, title="Archive", source_path=None, sha256=None, record=FileRecord(missing="Lost."))

    assert not opening_of(lost).all("a", class_="button")
