import pytest

from cityfolio.model.profile import Count
from cityfolio.model.records import ColumnRecord
from cityfolio.pages.columns import FileTables, left_out, tables
from cityfolio.pages.first_rows import LONGEST_CELL
from cityfolio.pages.words import Words
from pages.drawing import draw_site
from pages.factories import a_column, a_dataset, a_file, a_profile, categories, dates, numbers, places, shapes, texts

WORDS = Words()


def entry_of(profile, **record):
    file = a_file(profile=a_profile(profile), columns=(a_column(profile.name, **record),))
    return tables(a_dataset(files=[file]), FileTables(WORDS))[0].entries[0]


@pytest.mark.parametrize(
    ("profile", "kind", "extent"),
    [
        (numbers(), "Whole number", "0 to 410, middle value 4"),
        (numbers(type="number", minimum="-3.5", maximum="123456"), "Number", "-3.5 to 123,456, middle value 4"),
        (numbers(quartiles=None), "Whole number", "0 to 410"),
        (dates(), "Date", "4 January 2016 to 21 November 2025"),
        (dates(type="datetime", minimum="2016-01-04T08:00"), "Date and time", "4 January 2016, 08:00 to 21 November 2025"),
        (texts(), "Text", "3 to 202 characters"),
        (texts(shortest=13, longest=13), "Text", "13 characters"),
        (categories(), "One of 5 categories", "Bulky item 40%, Missed pickup 30%, Nuisance 17%, others 13%"),
        (
            categories(type="boolean", distinct=2, top=(Count(value="true", rows=200), Count(value="false", rows=100))),
            "Yes or no",
            "Yes 67%, no 33%",
        ),
        (
            categories(type="boolean", distinct=2, top=(Count(value="false", rows=200), Count(value="true", rows=100))),
            "Yes or no",
            "No 67%, yes 33%",
        ),
        (numbers(minimum="7", maximum="12345"), "Whole number", "7 to 12,345, middle value 4"),
        (categories(distinct=1, top=(Count(value="NC", rows=300),)), "One value", "NC 100%"),
        (numbers(shape="empty", filled=0, bins=(), quartiles=None), "No values", ""),
        (places(), "Shape on the map", ""),
        (places(shape="empty", filled=0), "No values", ""),
    ],
    ids=[
        "integers",
        "decimals",
        "no quartiles",
        "days",
        "moments",
        "text",
        "text of one length",
        "categories",
        "booleans",
        "booleans, mostly false",
        "thousands",
        "one value",
        "empty",
        "shapes",
        "no shapes",
    ],
)
def test_a_column_says_its_type_and_range(profile, kind, extent):
    entry = entry_of(profile)

    assert (entry.type, entry.range) == (kind, extent)


def test_a_number_says_what_one_of_it_is():
    assert entry_of(numbers(), unit="days").type == "Whole number, days"


def test_codes_are_shown_by_their_meaning_and_listed():
    entry = entry_of(categories(), values={"Bulky item": "Bulky item pickup"})

    assert entry.range.startswith("Bulky item pickup 40%, Missed pickup 30%")
    assert entry.values == (("Bulky item", "Bulky item pickup"),)


def test_what_the_dictionary_demands_is_said():
    entry = entry_of(numbers(), required=True, unique=True, minimum="0", maximum="500", pattern="[0-9]+")

    assert entry.rules == ("Never empty. No value occurs twice. At least 0. At most 500. Written as <code>[0-9]+</code>.")


@pytest.mark.parametrize(
    ("profile", "record", "expected"),
    [
        (dates(), {"minimum": "2021-01-01", "maximum": "2025-12"}, "Not before 1 January 2021. Not after December 2025."),
        (dates(type="year", minimum="1990", maximum="2020", bins=()), {"minimum": "1900"}, "Not before 1900."),
        (dates(type="time", minimum="08:00", maximum="17:00", bins=()), {"maximum": "18:00"}, "Not after 18:00."),
        (numbers(), {"minimum": "-5", "maximum": "250000"}, "At least -5. At most 250,000."),
        (texts(), {"min_length": 2, "max_length": 40}, "At least 2 characters. At most 40 characters."),
        (texts(), {"min_length": 5, "max_length": 5}, "Exactly 5 characters."),
        (texts(), {"max_length": 1}, "At most 1 character."),
    ],
    ids=["days", "years", "times", "numbers", "lengths", "one length", "one character"],
)
def test_limits_are_said_as_what_they_are(profile, record, expected):
    assert entry_of(profile, **record).rules == expected


@pytest.mark.parametrize("codes", [("true", "false"), ("1", "0")], ids=["words", "figures"])
def test_yes_and_no_are_shown_by_their_meaning_when_they_have_one(codes):
    column = categories("open", type="boolean", distinct=2, top=(Count(value="true", rows=225), Count(value="false", rows=75)))

    assert entry_of(column, values={codes[0]: "Open", codes[1]: "Closed"}).range == "Open 75%, Closed 25%"


def test_the_share_filled_in_is_said():
    assert entry_of(numbers()).filled == "93%"


def test_nothing_is_said_of_the_share_when_there_are_no_rows():
    assert entry_of(numbers(rows=0, filled=0, bins=(), shape="empty")).filled == ""


def test_a_column_that_nobody_described_says_so():
    file = a_file(profile=a_profile(numbers()), columns=(a_column("days_open", described=False),))

    assert "Not described yet" in draw_site(a_dataset(files=[file])).page("/data/service-requests-311/").section("Columns").text


def test_files_of_the_same_columns_share_a_dictionary():
    files = [a_file(f"{year}.csv", title=str(year), profile=a_profile(numbers())) for year in (2025, 2024)]
    shown = tables(a_dataset(files=files), FileTables(WORDS))

    assert [table.title for table in shown] == [""]
    assert shown[0].note == (
        "1 column. Delivered as CSV, UTF-8, separated by commas. Bars show how values are spread. "
        "2 files have these columns; figures are from 2025."
    )


def test_what_is_told_of_a_file_is_made_once_for_every_page_that_shows_it():
    of_files, file = FileTables(WORDS), a_file(profile=a_profile(numbers()))
    [shown] = tables(a_dataset(files=[file]), of_files)

    assert of_files.of(file) is of_files.of(file)
    assert shown.entries[0] is of_files.of(file).entries[0]


def test_a_column_that_two_tables_have_is_led_to_in_each():
    files = [a_file(f"{name}.csv", profile=a_profile(numbers("height"), texts(name))) for name in "ab"]
    of_files = FileTables(WORDS)
    shown = tables(a_dataset(files=files), of_files)

    assert len({table.entries[0].anchor for table in shown}) == 2
    assert len({of_files.of(file).entries[0].anchor for file in files}) == 1


def test_a_dictionary_without_a_file_that_was_read_is_shown_without_figures():
    record = {"height": ColumnRecord(title="Height", type="number", unit="feet"), "owner": ColumnRecord(sensitive=True)}
    dataset = a_dataset(files=[a_file(None, url="https://example.gov/a.csv")], columns=record)
    page = draw_site(dataset).page("/data/service-requests-311/")

    assert page.table(0) == [["Name", "Meaning", "Type and range"], ["height", "Height", "Number, feet"]]
    assert "personal data" not in page.main.text


def test_only_files_published_here_are_said_to_lack_a_column():
    files = [a_file("a.csv", left_out=("owner",)), a_file(None, url="https://example.gov/b.csv", left_out=("phone",))]

    assert left_out(a_dataset(files=files, columns={"address": ColumnRecord(sensitive=True)})) == ("owner",)


def test_a_dataset_without_a_column_has_no_dictionary():
    assert tables(a_dataset(files=[a_file()]), FileTables(WORDS)) == ()


def test_the_first_rows_are_shown_with_numbers_to_the_right():
    page = draw_site(a_dataset(files=[a_file(title="All", profile=a_profile(dates(), numbers()))])).page(
        "/data/service-requests-311/"
    )
    table = page.section("First rows").one("table")

    assert table.one("caption").text == "The first 5 of 300 rows of All"
    assert page.section("First rows").table()[:2] == [["received_at", "days_open"], ["2016-01-01", "0"]]
    assert [cell.get("class") for cell in table.all("tr")[1].all("td")] == [None, "num"]


def test_rows_and_figures_of_a_sample_are_said_to_be_of_the_sample():
    sample = {"url": "https://example.gov/all.csv", "sample": "some.csv", "profile": a_profile(dates(), numbers())}
    shown = tables(a_dataset(files=[a_file(None, title="All trees", **sample)]), FileTables(WORDS))[0]

    assert shown.note.endswith("separated by commas. Bars show how values are spread in the sample.")
    assert shown.preview.caption == "The first 5 of 300 rows of the sample of All trees"


def test_figures_from_a_sample_are_said_to_be_so_beside_another_file():
    profile = a_profile(numbers())
    sample = a_file(None, title="All", url="https://example.gov/a.csv", sample="a.csv", profile=profile)
    shown = tables(a_dataset(files=[sample, a_file(profile=profile)]), FileTables(WORDS))[0]

    assert shown.note.endswith("figures are from the sample of All.")


def test_a_column_of_long_words_is_given_room():
    profile = a_profile(texts(), categories(), first_rows=(("word " * 20, "Pothole"),))
    page = draw_site(a_dataset(files=[a_file(profile=profile)])).page("/data/service-requests-311/")

    assert [cell.get("class") for cell in page.section("First rows").all("td")] == ["long", None]


def test_a_table_without_rows_shows_none():
    page = draw_site(a_dataset(files=[a_file(profile=a_profile(numbers(), rows=0, first_rows=()))]))

    assert "First rows" not in page.page("/data/service-requests-311/").headings(2)


def test_a_very_long_cell_is_cut_in_the_first_rows():
    profile = a_profile(texts(), first_rows=(("x" * (LONGEST_CELL + 1),),))
    page = draw_site(a_dataset(files=[a_file(profile=profile)])).page("/data/service-requests-311/")

    assert page.section("First rows").table()[1] == ["x" * LONGEST_CELL + "…"]


def test_only_the_first_few_tables_show_rows():
    files = [a_file(f"{name}.csv", title=name, profile=a_profile(numbers(name))) for name in "abcde"]
    shown = tables(a_dataset(files=files), FileTables(WORDS))

    assert [table.preview is not None for table in shown] == [True, True, True, False, False]


def test_in_place_of_a_chart_shapes_say_what_they_are_and_where():
    table = a_profile(numbers(), places("geometry"), shapes=shapes(invalid=2))
    row = draw_site(a_dataset(files=[a_file(profile=table)])).page("/data/service-requests-311/").by_id("column-geometry")

    assert not row.all("svg")
    assert [cell.text for cell in row.all("td")][1:] == [
        "Shape on the map",
        ("300 points, between 35.05° and 35.34° north and between 80.69° and 80.99° west. Coordinates have up to 5 decimals. "
         "2 shapes are not valid."),
        "Filled in: 100%",
    ]


@pytest.mark.parametrize(
    ("name", "described"), [("first", True), ("second", False)], ids=["the first", "any other"]
)
def test_of_two_columns_of_shapes_the_first_is_the_one_that_was_measured(name, described):
    table = a_profile(texts(), places("first"), places("second"), shapes=shapes())
    entries = {entry.name: entry for entry in tables(a_dataset(files=[a_file(profile=table)]), FileTables(WORDS))[0].entries}

    assert bool(entries[name].chart) is described


def test_shapes_are_not_among_the_first_rows_and_that_is_said():
    table = a_profile(places("geometry"), numbers(), first_rows=(('{"type":"Point","coordinates":[1,2]}', "7"),))
    section = draw_site(a_dataset(files=[a_file(title="All", profile=table)])).page("/data/service-requests-311/").section(
        "First rows")

    assert section.one("caption").text == "The first of 300 rows of All. Shapes are not shown."
    assert section.table() == [["days_open"], ["7"]]


def test_rows_of_nothing_but_shapes_are_not_shown():
    table = a_profile(places("geometry"), first_rows=(("{}",),))

    assert tables(a_dataset(files=[a_file(profile=table)]), FileTables(WORDS))[0].preview is None


def test_a_cell_without_a_value_is_shown_empty():
    table = a_profile(numbers(), texts(), first_rows=((None, ""), ("7", None)))
    page = draw_site(a_dataset(files=[a_file(profile=table)])).page("/data/service-requests-311/")

    assert page.section("First rows").table()[1:] == [["", ""], ["7", ""]]


def test_figures_from_some_of_the_rows_are_said_to_be_so_at_their_column():
    page = draw_site(a_dataset(files=[a_file(profile=a_profile(numbers(sampled=100_000), texts()))])).page(
        "/data/service-requests-311/"
    )

    assert "Figures from a sample of 100,000 rows." in page.by_id("column-days_open").text
    assert "Figures from a sample" not in page.by_id("column-comment").text


def test_two_sheets_are_two_tables_each_with_its_name():
    sheets = [a_profile(numbers(name), encoding="", delimiter="", sheet=name) for name in ("Vehicles", "Fuel")]
    files = [a_file("a.xlsx", title=sheet.sheet, format="XLSX", profile=sheet) for sheet in sheets]
    shown = tables(a_dataset(files=files), FileTables(WORDS))

    assert [table.title for table in shown] == ["Vehicles", "Fuel"]
    assert shown[1].note == "1 column. Delivered as XLSX, sheet Fuel. Bars show how values are spread."
