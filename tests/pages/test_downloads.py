import pytest

from cityfolio.model.records import FileRecord
from pages.drawing import draw_site
from pages.factories import a_dataset, a_file, a_profile, an_export

URL = "/data/service-requests-311/"
CSV, XLSX = an_export("a.csv", bytes=64_000), an_export("a.xlsx")


def page_of(*files, **given):
    return draw_site(a_dataset(files=files, **given)).page(URL)


def opening_of(*files, **given):
    return page_of(*files, **given).main.one("div", class_="opening")


def a_sheet(name, **given):
    exports = tuple(an_export(f"fleet-{name.lower()}.{ending}") for ending in ("csv", "parquet"))
    return a_file("fleet.xlsx", title=name, **{"format": "XLSX", "bytes": 90_600, "exports": exports, **given})


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
        ([a_file("a.xlsx", format="XLSX", exports=(CSV,)), a_file("b.csv")], "Download CSV 18.4 MB"),
        ([a_file("b.json", format="JSON"), a_file("a.ods", format="ODS", exports=(CSV,))], "Download CSV 64 kB"),
        ([a_file("a.csv.gz", format="CSV (gzip)", exports=(CSV,))], "Download CSV 64 kB"),
        ([a_file("a.parquet", format="Parquet", exports=(XLSX,))], "Download Parquet 18.4 MB"),
        ([a_file("a.csv", exports=(an_export("a-from-csv.csv"),))], "Download CSV 18.4 MB"),
        (
            [a_file(None, url="https://example.gov/all.csv", sample="some.csv", exports=(an_export("some.csv"),))],
            "Get CSV from example.gov",
        ),
    ],
    ids=["CSV before others", "here before elsewhere", "CSV elsewhere", "a page",
         "a CSV as delivered before one that is made", "a CSV that is made before others", "unpacked", "no CSV", "as delivered",
         "the whole before its sample"],
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
    assert len(opening.all("a")) == 42   # with the link to what changed
    assert opening.all("li")[0].text == "2007 (CSV) example.gov"


def test_an_address_that_is_listed_twice_is_shown_twice():
    files = [a_file(None, url="https://example.gov/a.csv", title=name) for name in ("One", "Two")]

    assert [link.text for link in opening_of(*files).all("a")] == ["What changed", "Get CSV from example.gov", "Two"]


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


def test_further_formats_stand_below_the_button_with_their_sizes():
    opening = opening_of(a_file("a.csv", exports=(XLSX, an_export("a.parquet", bytes=40_000))))

    assert opening.one("a", class_="button").address == "a.csv"
    assert opening.one("p", class_="also").text == (
        "Also as: Excel (XLSX) of Service requests (311) 91 kB, Parquet of Service requests (311) 40 kB"
    )
    assert opening.link("Excel").address == "a.xlsx"
    assert opening.link("Excel").get("download") is not None


def test_what_a_format_is_of_is_told_to_those_who_hear_the_link_alone():
    link = opening_of(a_file("a.csv", exports=(XLSX,))).link("Excel")

    assert link.one("span", class_="visually-hidden").text == "of Service requests (311)"


def test_where_the_button_is_made_of_a_file_that_file_is_the_first_of_the_others():
    exports = (CSV, XLSX, an_export("a.pmtiles", bytes=500))
    opening = opening_of(a_file("a.geojson", format="GeoJSON", exports=exports))

    assert opening.one("a", class_="button").address == "a.csv"
    assert opening.one("p", class_="also").text.replace(" of Service requests (311)", "") == (
        "Also as: GeoJSON 18.4 MB (as delivered), Excel (XLSX) 91 kB, Map tiles (PMTiles) 500 bytes"
    )
    assert opening.link("GeoJSON").address == "a.geojson"
    assert not opening.all("ul")


def test_a_file_that_lacks_columns_is_not_called_delivered():
    opening = opening_of(a_file("a.xlsx", format="XLSX", left_out=("phone",), exports=(CSV,)))

    assert "as delivered" not in opening.text


def test_a_csv_that_is_made_of_another_csv_says_what_is_different():
    opening = opening_of(a_file("a.csv", exports=(an_export("a-from-csv.csv"),)))

    assert opening.link("CSV (UTF-8, separated by commas)").address == "a-from-csv.csv"


def test_each_file_has_its_formats_beside_it():
    opening = opening_of(
        a_file("a.csv", title="One", exports=(XLSX,)), a_file("b.csv", title="Two", exports=(an_export("b.json"),))
    )

    assert [item.text for item in opening.all("li")] == ["Two CSV, 18.4 MBAlso as: JSON of Two 91 kB"]
    assert opening.all("p", class_="also")[0].text == "Also as: Excel (XLSX) of One 91 kB"


def test_what_is_said_of_a_file_stands_once_when_the_button_is_made_of_it():
    opening = opening_of(a_file("a.xlsx", format="XLSX", exports=(CSV,), description="Every tree."))

    assert opening.text.count("Every tree.") == 1


def test_formats_of_a_sample_are_said_to_be_of_the_sample():
    given = {"url": "https://example.gov/all.csv", "sample": "some.csv", "exports": (an_export("some.json"),)}
    opening = opening_of(a_file(None, title="Trees", **given), a_file(None, url="https://example.gov/b", title="B"))

    assert opening.all("li")[0].text == "Sample of Trees CSV, 18.4 MBAlso as: JSON of the sample of Trees 91 kB"


def test_a_workbook_is_one_download_and_its_sheets_are_named_with_their_formats():
    opening = opening_of(a_sheet("Vehicles", description="One row each."), a_sheet("Fuel"))
    whole = opening.one("ul", class_="files").all("li")[0]

    assert opening.one("a", class_="button").address == "fleet-vehicles.csv"
    assert [link.address for link in opening.all("a") if link.address == "fleet.xlsx"] == ["fleet.xlsx"]
    assert whole.text.startswith("fleet.xlsx XLSX, 90.6 kB, as delivered, 2 tables")
    assert [item.text for item in whole.one("ul").all("li")] == [
        "VehiclesOne row each.CSV of Vehicles 91 kB, Parquet of Vehicles 91 kB",
        "FuelCSV of Fuel 91 kB, Parquet of Fuel 91 kB",
    ]


def test_a_workbook_without_further_formats_is_on_the_button_and_lists_its_sheets():
    opening = opening_of(a_sheet("Vehicles", exports=()), a_sheet("Fuel", exports=()))

    assert opening.one("a", class_="button").text == "Download XLSX 90.6 kB"
    assert opening.one("ul", class_="files").all("li")[0].text == "fleet.xlsx XLSX, 90.6 kB, 2 tables Vehicles Fuel"


def test_a_workbook_offered_in_other_formats_than_csv_is_on_the_button_as_it_is():
    opening = opening_of(a_sheet("Vehicles", exports=(XLSX,)), a_sheet("Fuel", exports=()))

    assert opening.one("div", class_="get").text == "Download XLSX 90.6 kB fleet.xlsx"


def test_tables_whose_samples_share_a_workbook_lead_to_where_each_is_kept():
    files = [a_file(None, url=f"https://example.gov/{name}", sample="fleet.xlsx", title=name) for name in ("One", "Two")]

    assert list(opening_of(*files).links()) == [
        "What changed", "Get CSV from example.gov", "Sample of One", "Two", "Sample of Two"]


def test_the_rows_of_two_sheets_are_those_of_two_tables():
    page = page_of(a_sheet("Vehicles", profile=a_profile()), a_sheet("Fuel", profile=a_profile()))

    assert page.main.one("dl", class_="facts").facts()["Rows"] == "600 in 2 tables"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([a_file("a.csv")], "Everything in one ZIP file, with the dictionary 24 kB"),
        (
            [a_file("a.csv"), a_file(None, url="https://example.gov/")],
            "Everything kept here in one ZIP file, with the dictionary 24 kB",
        ),
    ],
    ids=["all of it", "with a file elsewhere"],
)
def test_everything_in_one_file_comes_last(files, expected):
    opening = opening_of(*files, archive=an_export("all.zip", bytes=24_000))

    assert opening.all("p")[-1].text == expected
    assert opening.link("Everything").address == "all.zip"


def test_formats_are_folded_with_their_files():
    files = [a_file(f"{year}.csv", title=str(year), exports=(an_export(f"{year}.json"),)) for year in range(2000, 2020)]
    opening = opening_of(*files, archive=an_export("all.zip"))

    assert [each.one("summary").text for each in opening.all("details")] == ["CSV 19 files"]
    assert opening.all("li")[0].text == "2001 18.4 MBAlso as: JSON of 2001 91 kB"
    assert opening.all("p")[-1].text.startswith("Everything")


def test_checksums_are_those_of_files_of_what_is_made_of_them_and_of_the_archive():
    page = page_of(a_sheet("Vehicles"), a_sheet("Fuel"), a_file(None, url="https://example.gov/"), archive=an_export("all.zip"))

    assert list(page.section("Checksums").facts()) == [
        "fleet.xlsx", "fleet-vehicles.csv", "fleet-vehicles.parquet", "fleet-fuel.csv", "fleet-fuel.parquet", "all.zip",
    ]


def test_a_list_names_the_formats_that_were_delivered():
    site = draw_site(a_dataset(files=[a_sheet("Vehicles"), a_sheet("Fuel")]))

    assert site.page("/data/").one("p", class_="meta").text.endswith("XLSX")
    assert [url for url in site.urls() if url.startswith("/data/format/")] == ["/data/format/xlsx/"]
