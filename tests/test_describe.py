"""`cityfolio describe`: a first dictionary that can be checked as it is, with what was seen and nothing that is personal."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings, strategies as st

from campaigns import in_part
from cities import TREES, a_city, with_files
from cityfolio.cli import main
from cityfolio.describe.draft import draft
from cityfolio.describe.seen import look
from cityfolio.files import MemoryTree
from cityfolio.load.yaml import read_yaml
from cityfolio.model.records import FileRecord
from cityfolio.privacy.header import words_of
from cityfolio.privacy.suspicion import suspicion
from cityfolio.problems import as_text
from cityfolio.tables.table import TableJob
from demonstration.charlotte_catalog import CATALOG, TABLES
from tables.making import as_csv, in_bytes, tables
from triggers import inspected

RECORD = TREES.partition("files:")[0]
OF_OTHER_FORMATS = tuple(each for each in TABLES if not each.endswith(".csv"))
JSON_VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8),
                        st.sampled_from(["N/A", "", "-", "2026-06-30"]))
TREE_ROWS = "tree_id,species,height_feet,planted\n" + "".join(
    f"{number:03},{('oak', 'elm')[number % 2]},{'N/A' if number == 7 else number / 2},2026-01-{number % 28 + 1:02}\n"
    for number in range(40))
PEOPLE = "applicant_name,contact,visits\nMaria Alvarez,maria@example.com,3\nJohn Doe,john@example.com,4\nMaria Alvarez,,3\n"


def described(body: str | bytes, path: str = "trees.csv", **file: object) -> str:
    """The first dictionary of a file that can be read."""
    job = TableJob(path=path, size_bytes=0, file=FileRecord(path=path, **file))  # type: ignore[arg-type]
    seen = look(MemoryTree({path: in_bytes(body)}), job)
    assert seen.report.profile is not None, seen.report.problems
    return draft(seen, seen.report.profile)


def errors(dictionary: str, body: str | bytes, path: str = "trees.csv") -> str:
    """What stops a build of a sound city whose one dataset is this file with this dictionary."""
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": RECORD + dictionary, "datasets/trees/trees.csv": None,
                                  f"datasets/trees/{path}": in_bytes(body)})
    return as_text(problem for problem in inspected(MemoryTree(files)) if problem.severity == "error")


def answered(dictionary: str) -> str:
    """The dictionary after someone said yes to each question whether a column is personal."""
    return re.sub(r"# personal data\? then write: (sensitive: true)", r"\1 #", dictionary)


def lines(text: str, column: str) -> list[str]:
    """The lines below a column's name, up to the next column."""
    found = re.search(rf"^  {column}:\n((?:    .*\n)*)", text, re.MULTILINE)
    assert found, text
    return [line.strip() for line in found[1].splitlines()]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["describe", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of trees in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trees.csv").write_text(TREE_ROWS)
    return Path("trees.csv")


@given(tables())
def test_a_dictionary_of_any_csv_can_be_checked_as_it_is(rows: list[list[str]]) -> None:
    body = as_csv(rows)

    assert errors(described(body), body) == ""


@given(st.lists(st.sampled_from(["1", "1.0", "2.5", "N/A", "", "true", "2026-06-30", "0042", "a b", " ", "#x", "null"]),
                min_size=1, max_size=60))
def test_a_dictionary_of_any_column_can_be_checked_as_it_is(cells: list[str]) -> None:
    body = as_csv([["id", "code"], *([cell, str(at)] for at, cell in enumerate(cells))])

    assert errors(described(body), body) == ""


@settings(max_examples=15)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "n", "text"]), JSON_VALUES), min_size=1, max_size=8).filter(any))
def test_a_dictionary_of_any_json_can_be_checked_as_it_is(rows: list[dict[str, object]]) -> None:
    body = json.dumps(rows)

    assert errors(described(body, "trees.json"), body, "trees.json") == ""


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("table", [*OF_OTHER_FORMATS, *in_part([each for each in TABLES if each not in OF_OTHER_FORMATS], 4)])
def test_a_dictionary_of_every_demonstration_file_can_be_checked_as_it_is(table: str) -> None:
    name, _, sheet = table.partition("#")
    body, path = (CATALOG / "datasets" / name).read_bytes(), name.partition("/")[2]

    assert errors(answered(described(body, path, sheet=sheet or None)), body, path) == ""


@pytest.mark.no_cover
@pytest.mark.parametrize("count", [1_200, pytest.param(5_000, marks=pytest.mark.campaign)])
def test_a_dictionary_of_more_columns_than_are_described_in_full_can_be_loaded(count: int) -> None:
    body = ",".join(f"column_{number:04}_{'x' * 90}" for number in range(count)) + "\n" + ",".join("1" * count) + "\n"

    assert errors(described(body), body) == ""


@pytest.mark.no_cover
def test_what_does_not_fit_a_dictionary_is_counted_in_it() -> None:
    body = ",".join(f"column_{number:04}_{'x' * 900}" for number in range(2_000)) + "\n"

    text = described(body)

    assert re.search(r"^# 1,\d\d\d columns are not described here: .*, or too many for one file\.$", text, re.MULTILINE)
    assert read_yaml("dataset.yaml", text.encode())[1] == ()


@pytest.mark.parametrize("name", ["a: b", "#", "null", "<<", "- x", "a\nb", "é\u2028", '"', "'\"\\", "x" * 2_000, "{}", "?"])
def test_a_column_of_any_name_is_described(name: str) -> None:
    body = as_csv([[name, "height"], ["1", "2"]])
    document, problems = read_yaml("dataset.yaml", described(body).encode())

    assert problems == ()
    assert document is not None
    assert list(document.value("columns").entries) == [name, "height"]  # type: ignore[union-attr]


def test_a_name_that_yaml_cannot_carry_is_left_out_and_said_to_be() -> None:
    text = described("a\x01b,height\n1,2\n")

    assert "  height:\n" in text
    assert "\x01" not in text
    assert "# 1 column is not described here: a control character in the name" in text


def test_a_column_is_described_by_what_its_rows_bear_out() -> None:
    assert lines(described(TREE_ROWS), "tree_id") == [
        "title: Tree ID",
        "# filled in every one of 40 rows; 40 different values",
        "# 3 characters each",
        "type: string",
        "required: true",
        "unique: true   # no value stands twice in 40 rows, and the name is that of a key",
    ]


def test_few_codes_are_listed_for_somebody_to_say_what_they_mean() -> None:
    assert lines(described(TREE_ROWS), "species")[-3:] == [
        "values:   # no others are allowed",
        "elm: elm   # what does it mean? (20 rows)",
        "oak: oak   # what does it mean? (20 rows)",
    ]


def test_bounds_are_what_was_seen_and_no_rules() -> None:
    assert lines(described(TREE_ROWS), "planted")[-2:] == [
        "# minimum: 2026-01-01   # seen; a rule, if you take away the first #",
        "# maximum: 2026-01-28   # seen; a rule, if you take away the first #",
    ]


def test_a_bound_is_a_rule_once_its_sign_is_taken_away() -> None:
    text = described(TREE_ROWS).replace("# minimum", "minimum").replace("# maximum", "maximum")

    assert errors(text, TREE_ROWS) == ""
    assert "cell-range" in errors(text, TREE_ROWS + "041,oak,9,2026-02-01\n")


def test_a_word_among_numbers_is_pointed_out_and_not_assumed_to_mean_nothing() -> None:
    text = described(TREE_ROWS)
    height = lines(text, "height_feet")

    assert "    # empty: [N/A]\n" in text
    assert "# type number, if `N/A` means that there is no value: then list it under the file's empty:" in height
    assert "type: string" in height


def test_a_word_that_is_said_to_mean_nothing_makes_a_column_of_numbers() -> None:
    text = described(TREE_ROWS, empty=("N/A",))

    assert "    empty: [N/A]\n" in text
    assert "type: number" in lines(text, "height_feet")
    assert errors(text, TREE_ROWS) == ""


@pytest.mark.parametrize(
    ("body", "path", "entry"),
    [
        (TREE_ROWS.replace(",", ";"), "trees.csv", ["delimiter: ;"]),
        (TREE_ROWS.replace(",", "\t"), "trees.csv", ["delimiter: tab"]),
        (TREE_ROWS.replace(",", "\t"), "trees.tsv", []),
        (TREE_ROWS.replace("oak", "chêne").encode("cp1252"), "trees.csv", ["encoding: cp1252"]),
        (gzip.compress(TREE_ROWS.encode()), "trees.csv.gz", []),
    ],
    ids=["semicolons", "tabs in a CSV", "tabs in a TSV", "Windows' encoding", "packed"],
)
def test_what_was_found_of_the_file_is_declared(body: str | bytes, path: str, entry: list[str]) -> None:
    text = described(body, path)

    assert [line.strip() for line in text.partition("columns:")[0].partition(f"  - path: {path}\n")[2].splitlines()
            if line.strip() and "#" not in line] == entry
    assert errors(text, body, path) == ""


def test_what_is_given_of_the_file_is_written_down() -> None:
    text = described("Trees of the city\n" + TREE_ROWS, header_row=2, encoding="utf-8", delimiter=",")

    assert '  - path: trees.csv\n    encoding: utf-8\n    delimiter: ","\n    header_row: 2\n' in text


def test_columns_that_make_a_key_together_and_rows_that_repeat_are_remarked() -> None:
    pairs = described("site,day\n" + "".join(f"{site},{day}\n" for site in "ab" for day in "xy"))

    assert "# Together these columns tell each row from every other: `site` and `day`." in pairs
    assert "# 1 row is the same as an earlier one in every column." in described("site\na\na\nb\n")


def test_a_column_that_is_never_filled_gets_no_type() -> None:
    assert lines(described("species,notes\noak,\nelm,\n"), "notes") == [
        "title: Notes", "# never filled in, so that no type was found",
    ]


def test_nothing_that_may_be_personal_is_shown() -> None:
    text = described(PEOPLE + "Maria Alvarez,maria@example.com,3\n" * 20)

    assert "Alvarez" not in text
    assert "@" not in text
    assert "# personal data? then write: sensitive: true   (its name suggests it)" in lines(text, "applicant_name")
    assert "# personal data? then write: sensitive: true   (some values look like e-mail addresses)" in lines(text, "contact")
    assert "# most often: " not in "".join(lines(text, "applicant_name"))
    assert "# values: 3 (22), 4 (1)" in lines(text, "visits")


def test_a_dictionary_in_which_personal_columns_are_marked_can_be_checked() -> None:
    text = answered(described(PEOPLE))

    assert "sensitive: true" in text
    assert errors(text, PEOPLE) == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [("days_open", ("days", "open")), ("DaysOpen", ("days", "open")), ("DAYS OPEN", ("days", "open")),
     ("XMLFile", ("xml", "file")), ("address1", ("address", "1")), ("größe", ("größe",)), ("#", ())],
)
def test_a_name_is_taken_apart_into_words(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize("name", ["name", "FirstName", "owner_name", "email", "E-mail", "Phone Number", "ssn", "Date of Birth",
                                  "HOME_ADDRESS", "applicant", "drivers_license", "ip_address"])
def test_some_names_suggest_personal_data(name: str) -> None:
    assert suspicion(name, "string") == "its name suggests it"


@pytest.mark.parametrize("name", ["park_name", "species", "StreetName", "days_open", "department", "vendor_name", "emailed_on",
                                  "owner_type", "driver_count"])
def test_most_names_do_not_suggest_personal_data(name: str) -> None:
    assert suspicion(name, "string") == ""


@pytest.mark.parametrize("name", ["phone_count", "residents", "owner"])
def test_figures_about_people_are_no_personal_data(name: str) -> None:
    assert suspicion(name, "integer") == ""


def test_a_dictionary_is_printed_alone_on_standard_output(file: Path) -> None:
    file.write_text(TREE_ROWS.replace(",", ";"))

    result = run(file)

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# A first dictionary of trees.csv, drawn from all 40 rows.")
    assert read_yaml("dataset.yaml", result.stdout.encode())[1] == ()
    assert "trees.csv:1:8: warning: " in result.stderr


def test_a_dictionary_can_be_written_to_a_new_file(file: Path) -> None:
    result = run(file, "--output", "first.yaml")

    assert (result.exit_code, result.stdout) == (0, "first.yaml holds a first dictionary of trees.csv.\n")
    assert Path("first.yaml").read_text() == described(TREE_ROWS)


def test_a_file_that_exists_is_never_overwritten(file: Path) -> None:
    Path("dataset.yaml").write_text("title: Trees\n")

    result = run(file, "--output", "dataset.yaml")

    assert (result.exit_code, Path("dataset.yaml").read_text()) == (2, "title: Trees\n")
    assert "dataset.yaml exists already, and nothing is overwritten" in result.stderr


def test_a_file_that_cannot_be_read_is_reported_with_its_line(file: Path) -> None:
    file.write_text("species,height\noak\n")

    result = run(file.absolute())

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{file.absolute()}:2:" in result.stderr
    assert "[csv-ragged]" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["trees.pdf"], ["gone.csv"], ["trees.csv", "--empty", "x" * 41], ["trees.csv", "--empty", " "],
     ["trees.csv", "--header-row", "0"], ["trees.csv", "--delimiter", "x"], ["trees.csv", "--output", "no/such/folder.yaml"]],
    ids=["format", "no file", "long word", "no word", "row", "delimiter", "no folder"],
)
def test_wrong_usage_is_told_apart_from_problems(file: Path, arguments: list[str]) -> None:
    Path("trees.pdf").write_bytes(b"%PDF")

    assert run(*arguments).exit_code == 2


def test_a_program_gets_the_whole_profile_with_the_problems(file: Path) -> None:
    file.write_text(TREE_ROWS.replace(",", ";"))

    told = json.loads(run(file, "--format", "json").stdout)

    assert [problem["code"] for problem in told["problems"]] == ["csv-delimiter"]
    assert (told["profile"]["rows"], told["profile"]["delimiter"]) == (40, ";")
    assert [column["name"] for column in told["profile"]["columns"]] == ["tree_id", "species", "height_feet", "planted"]
    assert told["perhaps_empty"] == {"height_feet": {"type": "number", "stand_ins": ["N/A"]}}


def test_a_program_gets_no_values_that_may_be_personal(file: Path) -> None:
    file.write_text(PEOPLE)

    result = run(file, "--format", "json")

    assert json.loads(result.stdout)["perhaps_personal"] == {
        "applicant_name": "its name suggests it", "contact": "some values look like e-mail addresses",
    }
    assert "Alvarez" not in result.stdout
    assert "@" not in result.stdout


def test_a_program_is_told_of_a_file_that_cannot_be_read(file: Path) -> None:
    file.write_text("species,height\noak\n")

    result = run(file, "--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["profile"] is None
    assert [problem["code"] for problem in json.loads(result.stdout)["problems"]] == ["csv-ragged"]


def test_a_file_that_meets_a_limit_is_reported(file: Path) -> None:
    Path("trees.json").write_text("[" * 100_000)

    result = run("trees.json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("trees.json")
