"""A list of datasets that somebody keeps as a spreadsheet comes over, however its columns are called."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, strategies as st
from openpyxl.worksheet.hyperlink import Hyperlink

from cityfolio.cli import main
from migrate.imports import entries, errors, imported, only, records, totals, whys
from tables.readers.making_sheets import a_zip

HEADER = ["Dataset Name", "Description", "Department", "Owner", "Contact e-mail", "Update frequency", "License", "Tags", "URL",
          "Format", "Last updated", "Public?", "Server"]
TREES = ["Street trees", "Every tree.", "Parks", "Ann Lee", "a@example.gov", "Yearly", "CC0", "trees, parks",
         "https://example.gov/t.csv", "CSV", "3/14/2025", "Yes", "gis-1"]
AGAIN = [*TREES[:8], "https://example.gov/t.geojson", "GeoJSON", *TREES[10:]]
PAYROLL = ["Payroll", "Wages.", "Finance", "", "", "Monthly", "", "pay", "https://inside.example.gov/p", "XLS", "3/4/2025",
           "No", ""]

NO_WORKBOOK = {
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                   '<Relationship Id="a" Type="x/officeDocument" Target="a.xml"/></Relationships>',
    "a.xml": "<a/>",
}


def as_csv(*rows, delimiter=",", encoding="utf-8"):
    """The files of a source with one list as delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return {"inventory.csv": text.getvalue().encode(encoding)}


def a_book(**sheets):
    """A workbook with rows by the name of their sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book):
    """The files of a source with one workbook."""
    body = io.BytesIO()
    book.save(body)
    return {"inventory.xlsx": body.getvalue()}


def replaced(body, part, old, new):
    """A workbook with other words in one of its parts: openpyxl would make each of a million merged cells."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    return a_zip(parts | {part: parts[part].replace(old, new)})


def of_rows(*rows, **how):
    """What the import makes of a list as CSV."""
    return imported("spreadsheet", as_csv(*rows, **how))


def of_cells(**cells):
    """The one dataset of a list with these columns beside its title, underscores for spaces."""
    return only(of_rows(["Title", *(name.replace("_", " ") for name in cells)], ["Trees", *cells.values()]))


def test_a_row_becomes_a_dataset_with_every_fact():
    result = of_rows(HEADER, TREES)

    assert result.files["datasets/street-trees/dataset.yaml"] == (
        "title: Street trees\ndescription: Every tree.\npublisher: parks\ncontact: {name: Ann Lee, email: a@example.gov}\n"
        "keywords: [trees, parks]\nlicense: cc0-1.0\nfrequency: yearly\nmodified: 2025-03-14\n"
        "files:\n  - url: https://example.gov/t.csv\n    format: CSV\nnotes:\n  Server: gis-1\n"
    )
    assert errors(result) == []


def test_a_workbook_says_the_same_as_delimited_text():
    from_book = imported("spreadsheet", saved(a_book(Inventory=[HEADER, TREES, AGAIN, PAYROLL])))

    assert records(from_book) == records(of_rows(HEADER, TREES, AGAIN, PAYROLL))


@pytest.mark.parametrize(
    "how", [{"delimiter": ";"}, {"delimiter": "\t"}, {"encoding": "utf-8-sig"}, {"encoding": "utf-16"}, {"encoding": "cp1252"}],
    ids=["semicolons", "tabs", "marked", "utf-16", "western"])
def test_delimited_text_is_read_as_other_programs_write_it(how):
    result = of_rows(HEADER, ["Arbres — été", *TREES[1:]], **how)

    assert (only(result)["title"], only(result)["keywords"]) == ("Arbres — été", ["trees", "parks"])


@pytest.mark.parametrize("title", ["DATASET NAME", "dataset_name", "Dataset-Name:", "DatasetName", "Data Set", "Title", "Name"])
def test_case_and_punctuation_of_a_header_do_not_matter(title):
    result = of_rows([title, "DESCRIPTION"], ["Trees", "All."])

    assert only(result) == {"title": "Trees", "description": "All."}


def test_a_header_may_stand_below_a_heading():
    result = of_rows(["Inventory of the city"], [], HEADER, TREES, HEADER)

    assert (list(records(result)), totals(result)["datasets"]) == (["street-trees"], (1, 1))


def test_every_row_comes_over_or_is_named_in_the_report():
    files = as_csv(HEADER, TREES, AGAIN, ["", *TREES[1:]], TREES, ["n/a", *TREES[1:]], PAYROLL, [],
                   ["Payroll", "Others.", "Parks", *PAYROLL[3:]])
    rows = [row for row in csv.DictReader(io.StringIO(files["inventory.csv"].decode())) if any(row.values())]
    result = imported("spreadsheet", files)

    joined = [each for kind, each in entries(result) if kind == "joined" and each.startswith("row ")]
    lost = {each.source: each.entries[0].why for each in result.report.records if not each.path}
    titled = [row for row in rows if row["Dataset Name"] not in ("", "n/a")]
    assert len(rows) == len(records(result)) + len(lost) + len(joined) == 7
    assert lost == {"row 4": "a row without a title", "row 5": "the same as row 2", "row 6": "a row without a title"}
    assert sorted(records(result)) == ["payroll", "payroll-2", "street-trees"]
    assert totals(result)["files"] == (len({(row["Dataset Name"], row["Department"], row["URL"]) for row in titled}), 2)
    assert totals(result)["keywords"] == (4, 4)


def test_rows_with_one_title_and_different_addresses_are_one_dataset():
    result = of_rows(HEADER, TREES, [*AGAIN[:-1], "gis-2"])

    assert only(result)["files"] == [
        {"url": "https://example.gov/t.csv", "format": "CSV"},
        {"url": "https://example.gov/t.geojson", "format": "GeoJSON", "description": "Server: gis-2"},
    ]


def test_what_a_further_row_of_it_says_otherwise_is_kept_too():
    result = of_rows(HEADER, PAYROLL, [*PAYROLL[:8], "https://inside.example.gov/q", *PAYROLL[9:12], "hr-1"])

    assert (only(result)["notes"], totals(result)["files"]) == ({"Last updated": "3/4/2025", "Server": "hr-1"}, (2, 0))


def test_a_dictionary_needs_a_dataset_and_a_column_in_each_row():
    book = a_book(Columns=[["Column", "Type"], ["a", "b"]], List=[HEADER, TREES])

    assert totals(imported("spreadsheet", saved(book)))["columns"] == (0, 0)


def test_a_dataset_that_is_not_public_is_restricted_and_its_address_stays_inside():
    result = of_rows(HEADER, PAYROLL)

    assert (only(result)["status"], only(result)["reason"]) == ("restricted", "The list it comes from says Public?: No.")
    assert not any("inside.example.gov" in text for text in result.files.values())
    assert totals(result)["files"] == (1, 0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Link": "https://a.gov/1.csv; https://a.gov/2.zip", "Formats": "CSV, SHP"},
         {"files": [{"url": "https://a.gov/1.csv", "format": "CSV"}, {"url": "https://a.gov/2.zip", "format": "SHP"}]}),
        ({"CSV_link": "https://a.gov/1", "Shapefile_URL": "https://a.gov/2"},
         {"files": [{"url": "https://a.gov/1", "format": "CSV"}, {"url": "https://a.gov/2", "format": "SHP"}]}),
        ({"URL": '=HYPERLINK("https://a.gov/1.csv","Open")'}, {"files": [{"url": "https://a.gov/1.csv"}]}),
        ({"Format": "CSV", "File_name": "t.csv"}, {"notes": {"Format": "CSV", "File name": "t.csv"}}),
        ({"Owner": "Parks"}, {"publisher": "parks"}),
        ({"Owner": "a@b.gov", "Department": "Parks"}, {"publisher": "parks", "contact": {"email": "a@b.gov"}}),
        ({"Owner": "Ann", "Department": "Parks", "Contact": "Bo"},
         {"publisher": "parks", "contact": {"name": "Bo"}, "notes": {"Owner": "Ann"}}),
        ({"Start_date": "2020", "End_date": "2021-06"}, {"temporal": {"start": "2020", "end": "2021-06"}}),
        ({"Time_period": "2020", "End_date": "2021"},
         {"temporal": {"start": "2020", "end": "2020"}, "notes": {"End date": "2021"}}),
        ({"Last_updated": "3/4/2025"}, {"notes": {"Last updated": "3/4/2025"}}),
        ({"Date_created": "25/12/2020", "Last_updated": "3/4/2025"}, {"issued": "2020-12-25", "modified": "2025-04-03"}),
        ({"Date_created": "31/31/2020", "Last_updated": "1/14/2025"},
         {"modified": "2025-01-14", "notes": {"Date created": "31/31/2020"}}),
        ({"Date_created": "31/2/2020"}, {"notes": {"Date created": "31/2/2020"}}),
        ({"Status": "Planned"}, {"status": "planned", "reason": "The list it comes from says Status: Planned."}),
        ({"Status": "Active", "Reason": "Law"}, {"notes": {"Reason": "Law"}}),
        ({"Status": "Odd", "Public?": "Perhaps"}, {"notes": {"Status": "Odd", "Public?": "Perhaps"}}),
        ({"Public?": "n", "Reason": "By law"}, {"status": "restricted", "reason": "By law"}),
        ({"Dataset_Name": "Oaks", "Description": "x"}, {"title": "Oaks", "description": "x", "notes": {"Title": "Trees"}}),
        ({"Description": "x", "": "y"}, {"description": "x", "notes": {"Column D": "y"}}),
    ],
    ids=["several addresses", "format in the name", "formula", "no address", "owner is a department", "owner is an address",
         "owner is too much", "ends", "period and end", "unclear date", "day first", "two orders", "no date", "planned",
         "active", "unknown words", "reason", "two titles", "no name"])
def test_cells_are_understood_as_people_mean_them(cells, expected):
    assert of_cells(**{"Tags": "x"} | cells) == {"title": "Trees", "keywords": ["x"]} | expected


def test_the_address_behind_a_cell_is_taken():
    book = a_book(List=[["Title", "Tags", "Download", "Contact"], ["Trees", "x", "Here", "Ann"], ["Oaks", "x", "Open", ""]])
    links = {"A2": "https://example.gov/about", "C2": "https://example.gov/t.csv", "D2": "mailto:a@example.gov"}
    for cell, address in links.items():
        book["List"][cell].hyperlink = Hyperlink(ref=cell, target=address)
    book["List"]["C3"] = '=HYPERLINK("https://example.gov/o.csv", "Open")'
    result = imported("spreadsheet", saved(book))

    assert records(result)["trees"] == {
        "title": "Trees", "keywords": ["x"], "contact": {"name": "Ann"}, "landing_page": "https://example.gov/about",
        "files": [{"url": "https://example.gov/t.csv"}], "notes": {"Contact, link": "mailto:a@example.gov"}}
    assert records(result)["oaks"]["files"] == [{"url": "https://example.gov/o.csv"}]


def test_merged_cells_speak_for_each_of_their_rows():
    book = a_book(List=[["Department", "Title"], ["Parks", "Trees"], [None, "Benches"], ["Police", "Calls"]])
    book["List"].merge_cells("A2:A3")
    result = imported("spreadsheet", saved(book))

    assert {name: each["publisher"] for name, each in records(result).items()} == {
        "trees": "parks", "benches": "parks", "calls": "police"}
    assert ("mended", "List, A2:A3") in entries(result)


def test_a_sheet_about_columns_gives_the_dictionaries():
    dictionary = [["Dataset", "Column Name", "Data type", "Definition", "Units", "Required", "Steward"],
                  ["Street trees", "height", "Number", "How tall.", "feet", "Yes", "Ann"], ["", "kind", "text"], ["Gone", "x"],
                  ["Street trees", ""]]
    book = a_book(**{"Read me": [["Hello"]], "Data Dictionary": dictionary, "List": [HEADER, TREES], "Old": [HEADER, TREES]})
    result = imported("spreadsheet", saved(book))

    assert only(result)["columns"] == {
        "height": {"description": "How tall.\n\nSteward: Ann\n", "type": "number", "unit": "feet", "required": "true"},
        "kind": {"type": "string"}}
    assert totals(result)["columns"] == (4, 2)
    assert {"a column of a dataset that is not in the list", "a sheet that was not read"} <= whys(result)
    assert errors(result) == []


def test_a_sheet_of_people_is_no_list_of_datasets():
    book = a_book(People=[["Name", "E-mail", "Phone"], ["Ann", "a@example.gov", "1"]], List=[HEADER, TREES])

    assert list(records(imported("spreadsheet", saved(book)))) == ["street-trees"]


def test_a_formula_that_was_never_worked_out_is_named_and_harms_no_other_cell():
    book = a_book(List=[HEADER, ["Trees", "=A1&B1", *TREES[2:]]])
    result = imported("spreadsheet", saved(book))

    assert ("description" in only(result), ("left-out", "List, B2") in entries(result)) == (False, True)


@pytest.mark.parametrize(
    "files",
    [{"inventory.csv": b""}, {"inventory.csv": b"a,b\n1,2\n"}, {"inventory.csv": b"\x81\x00\xff"},
     {"inventory.xlsx": b"PK\3\4"}, {"inventory.xlsx": bytes.fromhex("d0cf11e0a1b11ae1")},
     {"inventory.xlsx": a_zip({"x.txt": "x"})}, {"inventory.xlsx": a_zip(NO_WORKBOOK)}, {"notes.txt": b"x"},
     saved(a_book(Empty=[]))],
    ids=["empty", "no title", "bytes", "cut", "old", "no package", "no workbook", "no file", "empty workbook"])
def test_what_is_no_list_is_a_problem(files):
    result = imported("spreadsheet", files)

    assert ({each.code for each in result.problems}, result.files) == ({"source-unreadable"}, {})


def test_a_cell_that_is_longer_than_any_reader_takes_is_a_problem(monkeypatch):
    monkeypatch.setattr("cityfolio.tables.readers.csv_rules.LIMIT_FIELD", 5)

    assert [each.code for each in of_rows(HEADER, TREES).problems] == ["source-unreadable"]


def test_merged_cells_without_end_are_not_followed(monkeypatch):
    book = a_book(List=[["Department", "Title"], ["Parks", "Trees"], [None, "Benches"]])
    book["List"].merge_cells("A2:A3")
    endless = {name: replaced(body, "xl/worksheets/sheet1.xml", b"A2:A3", b"A2:A1048576") for name, body in saved(book).items()}
    monkeypatch.setattr("cityfolio.migrate.spreadsheet.cells.MOST_FILLED", 0)

    assert "publisher" not in records(imported("spreadsheet", endless))["benches"]


def test_more_cells_than_a_list_has_are_refused(monkeypatch):
    monkeypatch.setattr("cityfolio.migrate.spreadsheet.cells.MOST_CELLS", 20)
    sources = (as_csv(HEADER, TREES), saved(a_book(List=[HEADER, TREES])))

    assert [imported("spreadsheet", files).files for files in sources] == [{}, {}]


@pytest.mark.parametrize("words", [340_000, pytest.param(3_400_000, marks=pytest.mark.campaign)])
def test_hostile_cells_harm_nothing(words):
    huge = "x, " * words
    hostile = ["../../etc/passwd", "<script>alert(1)</script><b>Hi</b>", "=cmd|' /C calc'!A0", "\u202egnp", "a@b\n@c",
               "weekley", "x" * 300, huge, "javascript:alert(1)", huge, "99/99/2025", "no\0", "[[REDACTED-EX B6]]"]
    another = ["con", *hostile[1:8], "file:///etc/passwd", *hostile[9:11], "yes\u202e"]
    result = of_rows(HEADER, hostile, ["\x07 ", *hostile[1:]], another)

    assert sorted(records(result)) == ["con", "etc-passwd"]
    assert not [text for path, text in result.files.items() if path.startswith("datasets/") and "<script" in text]
    assert [each for record in records(result).values() for each in record.get("files", ()) if "url" in each] == []
    assert errors(result) == []


@given(st.lists(st.lists(st.text(max_size=8) | st.sampled_from(HEADER + TREES), max_size=6), max_size=5))
def test_any_rows_make_a_catalog_without_errors(rows):
    result = of_rows(["Title", "URL", "Tags", "Public?", "Last updated"], *rows, encoding="utf-8")

    assert errors(result) == []


def test_the_command_makes_a_catalog_that_check_passes(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(saved(a_book(Inventory=[HEADER, TREES, AGAIN, PAYROLL]))["inventory.xlsx"])
    arguments = ["import", "spreadsheet", str(tmp_path / "list.xlsx"), str(tmp_path / "new"), "--name", "City"]
    made = CliRunner().invoke(main, arguments, catch_exceptions=False)
    checked = CliRunner().invoke(main, ["check", "--catalog", str(tmp_path / "new")], catch_exceptions=False)

    assert (made.exit_code, checked.exit_code) == (0, 0)
