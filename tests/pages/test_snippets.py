import json
import subprocess
from pathlib import Path

import pytest

from cityfolio.pages.pages import site_of
from cityfolio.pages.snippets import CodeFile, code_file, code_of, code_outline, language_titles, snippets
from cityfolio.pages.words import Words
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file, a_profile, an_export

ROOT = Path(__file__).resolve().parents[2]
WRITER = (ROOT / "themes" / "civic" / "assets" / "js" / "explorer" / "take" / "snippets.js").as_uri()
BY_SCRIPT = f"""
import {{ readFileSync }} from "node:fs";
import {{ LANGUAGES, snippet }} from "{WRITER}";
const {{ file }} = JSON.parse(readFileSync(0, "utf8"));
const state = {{ filters: [], sort: [], columns: null, ask: null }};
const code = (each) => snippet(each, {{ file, columns: [], state }}).code;
console.log(JSON.stringify(Object.fromEntries(LANGUAGES.map((each) => [each, code(each)]))));
"""
URL = "https://data.example.gov/data/trees/it's%20a%20%22tree%22.csv"
CODE = {"name": "trees.csv", "url": "../../../data/trees/trees.csv"}
FILES = {
    "as most are": CodeFile(name="trees.csv"),
    "with a hostile name": CodeFile(name="it's a \"tree\"\\.csv"),
    "with tabs": CodeFile(name="a.tsv", delimiter="\t"),
    "with bars, in Windows letters": CodeFile(name="a.csv", delimiter="|", encoding="cp1252"),
    "with semicolons below a note": CodeFile(name="a.csv", delimiter=";", encoding="latin-1", header=3),
    "in two bytes a letter": CodeFile(name="a.csv", encoding="utf-16"),
    "with words for nothing": CodeFile(name="a.csv", empty=("NA", "-", "it's \"none\"", "\\")),
}


def a_table_file(name="trees.csv", **given):
    return a_file(name, **{"page": "trees", "profile": a_profile(), **given})


def a_site_of(dataset, **build):
    return site_of(a_catalog(dataset), a_build(**build), the_theme())


@pytest.mark.npm
@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_the_page_and_its_script_write_the_same_code(file, node):
    given = {"url": URL, "name": file.name, "delimiter": file.delimiter, "encoding": file.encoding, "header": file.header,
             "empty": list(file.empty)}
    done = subprocess.run([node, "--input-type=module", "-e", BY_SCRIPT], input=json.dumps({"file": given}), text=True,
                          capture_output=True, check=True)

    assert {each: code_of(each, file, URL) for each in language_titles(Words())} == json.loads(done.stdout)


def test_code_reads_the_csv_that_is_made_of_a_file():
    assert code_file(a_table_file("trees.xlsx", format="XLSX", exports=(an_export("trees.csv"),))) == CodeFile(name="trees.csv")


def test_code_reads_a_text_as_it_is_written():
    profile = a_profile(delimiter=";", encoding="cp1252")

    assert code_file(a_table_file(profile=profile)) == CodeFile(name="trees.csv", delimiter=";", encoding="cp1252")


def test_code_reads_a_copy_without_sensitive_columns_as_the_copy_is_written():
    profile = a_profile(delimiter=";", encoding="cp1252")

    assert code_file(a_table_file(profile=profile, left_out=("name",))) == CodeFile(name="trees.csv", delimiter=";")


@pytest.mark.parametrize("file", [a_table_file("trees.parquet", format="Parquet"), a_file("trees.csv")],
                         ids=["no text", "no table"])
def test_there_is_no_code_for_what_is_no_table_of_text(file):
    dataset = a_dataset("Trees", files=(file,))

    assert code_file(file) is None
    assert code_outline(dataset, file) is None
    assert snippets(dataset, file, a_site_of(dataset)) == ()


def test_the_outline_says_what_is_not_usual():
    usual, other = a_table_file(), a_table_file(profile=a_profile(delimiter="\t"))

    assert code_outline(a_dataset("Trees", files=(usual,)), usual) == CODE
    assert code_outline(a_dataset("Trees", files=(other,)), other) == {**CODE, "delimiter": "\t"}


def test_code_names_the_file_in_full():
    file = a_table_file()
    dataset = a_dataset("Trees", files=(file,))

    code = {each.language: each.code for each in snippets(dataset, file, a_site_of(dataset))}

    assert code["curl"] == "curl --fail --location --output 'trees.csv' 'https://data.example.gov/data/trees/trees.csv'\n"
    assert [*code] == ["python", "r", "javascript", "duckdb", "curl"]


def test_there_is_no_code_where_the_address_of_the_site_is_not_known():
    file = a_table_file()
    dataset = a_dataset("Trees", files=(file,))

    assert snippets(dataset, file, a_site_of(dataset, base_url="")) == ()
