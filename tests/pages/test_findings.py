import pytest

from cityfolio.model.profile import Gap, Together
from cityfolio.model.records import FileRecord
from cityfolio.pages.findings import findings
from cityfolio.pages.words import Words
from pages.drawing import draw_site
from pages.factories import a_column, a_dataset, a_file, a_profile, categories, dates, numbers, places, shapes, texts

WORDS = Words()
URL = "/data/service-requests-311/"
GAP = Gap(after="2024-03-02", before="2024-03-10", days=7)


def plain(sentence):
    return sentence.striptags()


def found_in(*columns, record=None, described=None, left_out=(), **profile):
    table = a_profile(*columns, **profile)
    given = {"record": record} if record else {}
    file = a_file(profile=table, left_out=left_out, **given, **({"columns": described} if described else {}))
    found = findings(file, table, "What the rows show", WORDS)
    return [plain(each) for each in found.sentences] if found else []


def together(one, other, correlation="1.00"):
    return Together(one=one, other=other, correlation=correlation)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((("received_at",),), ["No two rows have the same received_at."]),
        ((("received_at", "request_type"),), ["No two rows have the same received_at and request_type together."]),
        (
            (("received_at",), ("comment",)),
            ["No two rows have the same received_at.", "No two rows have the same comment."],
        ),
    ],
    ids=["one column", "a pair", "two that each do"],
)
def test_columns_that_tell_rows_apart_are_named(keys, expected):
    assert found_in(dates(), categories(), texts(), keys=keys) == expected


def test_columns_that_measure_tell_rows_apart_by_chance_and_are_not_named():
    columns = (numbers("price", type="number"), places(), categories("open", type="boolean"), numbers("miles"), texts("id"))
    described = tuple(a_column(each.name, unit="miles" if each.name == "miles" else None) for each in columns)
    keys = (("price",), ("geometry",), ("open", "id"), ("miles",), ("id",))

    assert found_in(*columns, described=described, keys=keys) == ["No two rows have the same id."]


def test_three_keys_are_enough():
    columns = [texts(name) for name in "abcd"]

    assert len(found_in(*columns, keys=tuple((name,) for name in "abcd"))) == 3


def test_a_declared_key_is_named_alone():
    record = FileRecord(path="a.csv", primary_key=("received_at", "request_type", "days_open"))
    found = found_in(record=record, keys=(("received_at",),))

    assert found == ["No two rows have the same received_at, request_type and days_open together."]


def test_of_keys_that_were_seen_those_that_are_declared_unique_are_enough():
    described = (a_column("comment"), a_column("id", unique=True))
    found = found_in(texts(), texts("id"), described=described, keys=(("comment",), ("id",)))

    assert found == ["No two rows have the same id."]


@pytest.mark.parametrize(("rows", "expected"), [(29, []), (30, ["No two rows have the same comment."])])
def test_in_a_handful_of_rows_nothing_is_said_of_keys(rows, expected):
    assert found_in(texts(rows=rows), keys=(("comment",),)) == expected


@pytest.mark.parametrize(
    ("key", "rows"), [(("phone",), 300), (("received_at",), 1)], ids=["a column that is left out", "one row"]
)
def test_a_declared_key_says_nothing_of_what_is_not_there(key, rows):
    assert found_in(dates(rows=rows), record=FileRecord(path="a.csv", primary_key=key)) == []


@pytest.mark.parametrize(
    ("count", "left_out", "expected"),
    [
        (1, (), "1 row is the same as an earlier one in every column."),
        (1_299, (), "1,299 rows are the same as an earlier one in every column."),
        (1, ("phone",), "1 row is the same as an earlier one in every column that is published."),
        (299, ("phone",), "299 rows are the same as an earlier one in every column that is published."),
    ],
    ids=["one", "many", "one, of a copy", "many, of a copy"],
)
def test_rows_that_repeat_are_counted(count, left_out, expected):
    assert found_in(repeated_rows=count, left_out=left_out) == [expected]


@pytest.mark.parametrize(
    ("correlation", "expected"),
    [
        ("1.00", "a and b are nearly always empty in the same rows."),
        ("0.95", "a and b are nearly always empty in the same rows."),
        ("0.94", "a and b are usually empty in the same rows."),
        ("0.74", "a and b are often empty in the same rows."),
        ("-1.00", "Nearly always just one of a and b is filled in."),
        ("-0.80", "Usually just one of a and b is filled in."),
        ("-0.50", "Often just one of a and b is filled in."),
    ],
)
def test_columns_that_are_empty_together_are_named_without_a_coefficient(correlation, expected):
    assert found_in(missing_together=(together("a", "b", correlation),)) == [expected]


def test_columns_that_are_all_empty_in_the_same_rows_share_a_sentence():
    pairs = (together("closed", "days"), together("lat", "long"), together("closed", "outcome"), together("days", "outcome"))

    assert found_in(missing_together=pairs) == [
        "closed, days and outcome are nearly always empty in the same rows.",
        "lat and long are nearly always empty in the same rows.",
    ]


def test_two_groups_that_turn_out_to_be_one_are_one():
    pairs = (together("a", "b"), together("c", "d"), together("b", "c"))

    assert found_in(missing_together=pairs) == ["a, b, c and d are nearly always empty in the same rows."]


def test_what_holds_of_a_group_is_said_once():
    pairs = (together("a", "b"), together("a", "c", "0.64"), together("b", "c", "0.64"))

    assert found_in(missing_together=pairs) == [
        "a and b are nearly always empty in the same rows.",
        "a and c are often empty in the same rows.",
    ]


def test_four_sentences_on_what_is_missing_are_enough():
    pairs = tuple(together(f"a{at}", f"b{at}", "0.80") for at in range(6))

    assert len(found_in(missing_together=pairs)) == 4


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ((GAP,), "Days without rows, by received_at: 3 March 2024 to 9 March 2024 (7 days)."),
        ((Gap(after="2024-12-30", before="2025-01-01", days=1),), "Days without rows, by received_at: 31 December 2024."),
        (
            (GAP, Gap(after="2023-02-27", before="2023-03-02", days=2)),
            ("Days without rows, by received_at: 28 February 2023 to 1 March 2023 (2 days); "
             "3 March 2024 to 9 March 2024 (7 days)."),
        ),
        (
            (GAP, Gap(after="2021-07-31", before="2021-08-02", days=1), Gap(after="2025-01-01", before="2025-01-03", days=1)),
            ("Longest stretches of days without rows, by received_at: 1 August 2021; 3 March 2024 to 9 March 2024 (7 days); "
             "2 January 2025."),
        ),
    ],
    ids=["a week", "a day", "two, in order of time", "three, of perhaps more"],
)
def test_days_without_rows_are_named(gaps, expected):
    assert found_in(dates(gaps=gaps)) == [expected]


def test_days_can_be_read_by_programs():
    page = draw_site(a_dataset(files=[a_file(profile=a_profile(dates(gaps=(GAP,))))])).page(URL)

    assert [part.get("datetime") for part in page.main.one("ul", class_="findings").all("time")] == ["2024-03-03", "2024-03-09"]


@pytest.mark.parametrize("file", [a_file(), a_file(profile=a_profile())], ids=["not read", "nothing found"])
def test_where_nothing_is_found_there_is_no_list(file):
    page = draw_site(a_dataset(files=[file])).page(URL)

    assert not page.main.all("ul", class_="findings")
    assert "What the rows show" not in page.main.text


def test_what_the_rows_show_stands_below_their_columns():
    page = draw_site(a_dataset(files=[a_file(profile=a_profile(keys=(("received_at",),), repeated_rows=0))])).page(URL)
    section = page.section("Columns")

    assert section.headings(3) == ["What the rows show"]
    assert [item.text for item in section.one("ul", class_="findings").all("li")] == ["No two rows have the same received_at."]


@pytest.mark.parametrize(
    ("files", "heading"),
    [
        (
            [a_file(None, url="https://example.gov/a.csv", sample="s.csv", title="All", profile=a_profile(repeated_rows=2))],
            "What the rows of the sample of All show",
        ),
        (
            [a_file(f"{year}.csv", title=str(year), profile=a_profile(repeated_rows=2)) for year in (2025, 2024)],
            "What the rows of 2025 show",
        ),
    ],
    ids=["a sample", "one of several files"],
)
def test_the_heading_says_whose_rows_these_are(files, heading):
    assert draw_site(a_dataset(files=files)).page(URL).section("Columns").headings(3) == [heading]


def test_below_a_table_with_a_title_the_heading_is_one_level_lower():
    files = [a_file("a.csv", title="One", profile=a_profile(dates(), repeated_rows=2)),
             a_file("b.csv", title="Two", profile=a_profile(numbers(), repeated_rows=3))]
    section = draw_site(a_dataset(files=files)).page(URL).section("Columns")

    assert (section.headings(3), section.headings(4)) == (["One", "Two"], ["What the rows show"] * 2)


def test_the_names_of_columns_are_only_text():
    page = draw_site(a_dataset(files=[a_file(profile=a_profile(missing_together=(together("<b>", "<i>"),)))])).page(URL)

    assert page.main.one("ul", class_="findings").text == "<b> and <i> are nearly always empty in the same rows."


def test_shapes_take_no_part_in_what_tells_rows_apart():
    assert found_in(texts(), places(), shapes=shapes(), keys=(("geometry",),)) == []
