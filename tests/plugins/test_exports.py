"""A plugin offers tables in a format of its own, which stands beside Cityfolio's wherever these do."""

from __future__ import annotations

import errno
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from cities import CSV, SITE, TREES
from cityfolio.cache import Cache
from cityfolio.plugins import PluginExport, Unfit
from cityfolio.plugins.adding import Away, GuardedWriter
from cityfolio.plugins.fit import unfit
from cityfolio.plugins.hooks import Plugin
from cityfolio.tables.exports.schema import Fault
from plugin_installing import NAMED, installed
from tables.exports.making_exports import of

ROOT = Path(__file__).resolve().parents[2]
ASKED = NAMED + "exports: [csv, transit/list]\n"
WRITE = """
def write(table, stream):
    for row in typed_rows(table):
        stream.write(("; ".join(f"{name}={value}" for name, value in row.items()) + "\\n").encode())
def fits(columns):
    return any(each.name == "species" for each in columns)
"""
LIST = 'PluginExport(id="list", ending="list", label="List", media_type="text/x-list", write=write, fits=fits)'
LISTED = "species=oak; height=12.5\nspecies=maple; height=None\nspecies=elm; height=8\n"
PATH = "data/trees/trees.list"


def with_exports(exports: str) -> str:
    return TREES.replace("  - path: trees.csv\n", f"  - path: trees.csv\n    exports: [{exports}]\n")


def test_a_process_that_calls_a_plugin_imports_nothing_that_draws_or_searches() -> None:
    asked = ("cityfolio.pages.shell", "cityfolio.search.index", "cityfolio.plugins.found", "jinja2")
    program = (f"import sys, cityfolio.plugins.adding, cityfolio.plugins.reading, cityfolio.plugins.things\n"
               f"print([name for name in {asked} if name in sys.modules])")
    environment = {"PYTHONPATH": str(ROOT / "generator")}
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment).stdout

    assert said == "[]\n"


def test_an_export_of_a_plugin_is_among_the_downloads_the_feeds_and_the_manifest(tmp_path: Path,
                                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({LIST},)")
    found = city.found(site=ASKED)

    assert (found, city.text(PATH)) == ([], LISTED)
    assert city.page("/data/trees/").link("List of Street trees").address == "trees.list"
    offered = [each for each in city.json("data.json")["dataset"][0]["distribution"] if each["format"] == "List"]
    assert [(each["downloadURL"], each["mediaType"]) for each in offered] == [
        ("https://data.example.gov/data/trees/trees.list", "text/x-list")]
    assert [each["made_from"] for each in city.json("catalog.json")["datasets"][0]["files"] if each["format"] == "List"] == [
        "trees.csv"]
    resources = city.json("data/trees/ckan.json")["result"]["resources"]
    assert [each["mimetype"] for each in resources if each["format"] == "List"] == ["text/x-list"]
    assert [each["made"] for each in city.json("manifest.json")["files"] if each["path"] == PATH] == [True]


@pytest.mark.parametrize(
    ("site", "exports", "is_there"),
    [(NAMED, "", False), (NAMED, "transit/list", True), (ASKED, "none", False), (ASKED, "json", False)],
    ids=["nobody asks", "the file asks", "the file asks for none", "the file asks for others"])
def test_an_export_of_a_plugin_is_made_where_it_is_asked_for(site: str, exports: str, is_there: bool, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({LIST},)")
    trees = with_exports(exports) if exports else TREES

    assert city.found(site=site, **{"datasets/trees/dataset.yaml": trees}) == []
    assert (PATH in city.sink.site) == is_there


def test_a_table_that_an_export_is_not_for_has_none_and_who_asked_for_it_alone_is_told(tmp_path: Path,
                                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE.replace('"species"', '"route_id"'), exports=f"({LIST},)")

    assert (city.found(site=ASKED), PATH in city.sink.site) == ([], False)
    found = city.found(site=NAMED, **{"datasets/trees/dataset.yaml": with_exports("transit/list")})
    assert [(each.code, each.where.path) for each in found] == [("export-unfit", "datasets/trees/trees.csv")]
    assert found[0].says == "trees.csv is not offered as transit/list, which is for tables with other columns"


def test_a_table_that_an_export_cannot_hold_has_none_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = 'def write(table, stream):\n    raise Unfit("an oak has no color", "Paint it.")\nfits = bool\n'
    found = installed(tmp_path, monkeypatch, body, exports=f"({LIST},)").found(site=ASKED)

    assert [(each.code, each.says, each.fix) for each in found] == [
        ("export-unfit", 'trees.list was not made by the plugin "transit": an oak has no color', "Paint it.")]


def test_an_export_that_no_plugin_has_is_told_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({LIST},)")
    found = city.found(site=ASKED.replace("transit/list", "transit/lits"))

    assert [(each.code, each.where.path, each.where.line, each.fix) for each in found] == [
        ("choice-unknown", "site.yaml", 7, 'Did you mean "transit/list"? Known: transit/list.')]


def test_an_export_of_a_plugin_that_is_not_there_is_no_second_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({LIST},)")
    site = ASKED.replace("[transit]", "[tram]").replace("transit/list", "tram/list")

    assert [each.code for each in city.found(site=site)] == ["plugin-unknown"]


def test_without_a_plugin_an_export_of_one_is_told_as_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({LIST},)")
    found = city.found(site=f"{SITE}exports: [transit/list]\n")

    assert [(each.code, each.fix.partition(".")[0]) for each in found] == [("choice-unknown", "No plugin that is used has one")]


def test_an_export_is_given_no_sensitive_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({LIST},)")
    city.built(site=ASKED, **{"datasets/trees/dataset.yaml": TREES.replace("unit: feet", "unit: feet, sensitive: true")})

    assert city.text(PATH) == "species=oak\nspecies=maple\nspecies=elm\n"


def test_an_export_is_kept_until_the_rows_or_the_plugin_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = tmp_path / "marks"
    head = "def write(table, stream):\n"
    marked = WRITE.replace(head, f"{head}    open({str(marks)!r}, 'a').write('.')\n")
    city = installed(tmp_path, monkeypatch, marked, cache=Cache(tmp_path / "cache"), exports=f"({LIST},)")
    told = []
    for rows in (CSV, CSV, CSV.replace("oak", "ash")):
        city.built(site=ASKED, **{"datasets/trees/trees.csv": rows})
        told.append(marks.read_text())
    city.module.write_text(f"{city.module.read_text()}# changed\n")
    city.built(site=ASKED)

    assert [*told, marks.read_text()] == [".", ".", "..", "..."]


def test_an_export_with_the_ending_of_another_has_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    likeness = LIST.replace('ending="list", label="List"', 'ending="csv", label="CSV"')
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({likeness},)")

    assert city.found(site=ASKED) == []
    assert (city.text("data/trees/trees.csv"), city.text("data/trees/trees-from-csv.csv")) == (CSV, LISTED)


def test_pages_and_feeds_do_not_take_the_export_of_a_plugin_for_cityfolios_own(tmp_path: Path,
                                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    likeness = LIST.replace('ending="list", label="List"', 'ending="parquet", label="Parquet"')
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({likeness},)")

    assert (city.found(site=ASKED), city.text("data/trees/trees.parquet")) == ([], LISTED)
    assert city.json("data/trees/trees/index.json")["file"]["url"] == "rows.parquet"
    assert "trees.parquet" not in city.text("data/trees/datapackage.json")


def test_what_is_made_of_a_file_answers_at_the_names_that_the_file_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_two_parts = LIST.replace('ending="list"', 'ending="list.json"')
    city = installed(tmp_path, monkeypatch, WRITE, exports=f"({in_two_parts},)")
    renamed = TREES.replace("path: trees.csv\n", "path: trees.csv\n    formerly: [oaks.csv]\n")

    assert city.found(site=ASKED.replace("csv", "json"), **{"datasets/trees/dataset.yaml": renamed}) == []
    assert city.text("data/trees/oaks.list.json") == LISTED
    assert city.json("data/trees/oaks.json")[0]["species"] == "oak"


WRONG = {
    "raises": ("    raise KeyError('stop')", "True", "failed in `exports`: KeyError: 'stop' (transit_"),
    "ends the program": ("    raise SystemExit(3)", "True", "failed in `exports`: SystemExit: 3"),
    "opens what is not there": ("    open('/nowhere/at/all')", "True", "failed in `exports`: FileNotFoundError"),
    "gives bytes": ("    return b'rows'", "True", "gave a bytes in `exports`"),
    "asks for a column that is not there": ("    table.columns[9]", "True", "failed in `exports`: IndexError"),
    "cannot tell whether": ("    pass", "columns[9]", "failed in `exports`: IndexError"),
    "tells a number": ("    pass", "3", "gave an int in `exports` as what `fits` says"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_export_at_fault_is_one_problem_that_names_the_plugin_and_the_file(case: str, tmp_path: Path,
                                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    writes, fits, says = WRONG[case]
    body = f"def write(table, stream):\n{writes}\ndef fits(columns):\n    return {fits}\n"
    city = installed(tmp_path, monkeypatch, body, exports=f"({LIST},)")
    found = city.found(site=ASKED)

    assert [(each.code, each.where.path, '"transit"' in each.says) for each in found] == [
        ("plugin-fault", "datasets/trees/trees.csv", True)]
    assert says in found[0].says
    assert city.sink.site == {}


def test_an_export_at_fault_in_many_tables_is_one_problem_that_counts_the_others(tmp_path: Path,
                                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    body = "def write(table, stream):\n    1 / 0\nfits = bool\n"
    city = installed(tmp_path, monkeypatch, body, exports=f"({LIST},)")
    three = TREES.replace("  - path: trees.csv\n", "  - path: trees.csv\n  - path: elms.csv\n  - path: oaks.csv\n")
    found = city.found(site=ASKED, **{"datasets/trees/dataset.yaml": three, "datasets/trees/elms.csv": CSV + "elm,9\n",
                                      "datasets/trees/oaks.csv": CSV + "oak,7\n"})

    assert [(each.code, each.where.path) for each in found] == [("plugin-fault", "datasets/trees/elms.csv")]
    assert "ZeroDivisionError" in found[0].says
    assert found[0].says.endswith(" (and 2 more of the kind)")


def test_what_was_not_made_for_a_fault_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = tmp_path / "ready"
    body = f"def write(table, stream):\n    open({str(ready)!r})\nfits = bool\n"
    city = installed(tmp_path, monkeypatch, body, cache=Cache(tmp_path / "cache"), exports=f"({LIST},)")
    found = [each.code for each in city.found(site=ASKED)]
    ready.touch()

    assert (found, city.found(site=ASKED), city.text(PATH)) == (["plugin-fault"], [], "")


@pytest.mark.parametrize("error", [MemoryError(), OSError(errno.ENOSPC, "full"), Unfit("no"), Fault("no", "")],
                         ids=["no memory", "a full disk", "unfit", "told already"])
def test_what_is_no_fault_of_a_plugin_is_not_told_as_one(error: Exception) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        Away("transit", "").called("exports", fails)

    assert raised.value is error


@pytest.mark.parametrize(("given", "kind"), [(b"rows", "a bytes"), (5, "an int"), (False, "a bool")], ids=repr)
def test_a_writer_gives_nothing_but_what_it_writes(given: object, kind: str) -> None:
    quiet, loud = (GuardedWriter(Away("transit", ""), lambda table, stream, said=said: said)  # type: ignore[arg-type, misc]
                   for said in (None, given))
    quiet(of("string", "oak"), BytesIO())

    with pytest.raises(Fault, match=f"gave {kind} in `exports`"):
        loud(of("string", "oak"), BytesIO())


def a_writer(table: object, stream: object) -> None:
    """Writes nothing."""


def an_export(**given: object) -> PluginExport:
    known: dict[str, object] = {"id": "list", "ending": "list", "label": "List", "media_type": "text/x-list", "write": a_writer}
    return PluginExport(**{**known, **given})  # type: ignore[arg-type]


UNFIT = {
    "no export": (5, "something in `exports` that cannot be called"),
    "no function": (an_export(write="write"), "something in `exports` that cannot be called"),
    "a question that is none": (an_export(fits=True), "something in `exports` that cannot be called"),
    "an id in capitals": (an_export(id="List"), 'the export "List"'),
    "an id that is none": (an_export(id=None), 'the export "None"'),
    "an ending with a slash": (an_export(ending="a/b"), 'the ending "a/b"'),
    "an ending of pages": (an_export(ending="list.html"), 'the ending "list.html"'),
    "a type that is none": (an_export(media_type="list"), 'the media type "list"'),
    "a type of scripts": (an_export(media_type="text/javascript"), 'the media type "text/javascript"'),
    "no label": (an_export(label=" "), "without a label"),
    "a function of no module": (an_export(write=lambda table, stream: None), "no function of a module"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_an_export_that_cannot_be_used_is_told_before_anything_is_called(case: str) -> None:
    export, says = UNFIT[case]

    assert says in next(unfit(Plugin(name="transit", api=1, exports=(export,))))  # type: ignore[arg-type]


def test_two_exports_of_a_plugin_cannot_have_one_id() -> None:
    assert "is there twice" in next(unfit(Plugin(name="transit", api=1, exports=(an_export(), an_export()))))


def test_an_export_that_is_as_it_should_be_is_fit() -> None:
    assert list(unfit(Plugin(name="transit", api=1, exports=(an_export(), an_export(id="lists", ending="list.gz"))))) == []
