"""The search finds what plugins give it: things of their own kinds, rows of tables, and their pages."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from campaigns import in_part
from cities import TREES
from cityfolio.cache import Cache
from cityfolio.plugins import Findable, PluginKind, PluginRows, applied, rows_with
from cityfolio.plugins.adding import Away
from cityfolio.plugins.documents import page_of
from cityfolio.plugins.fit import unfit
from cityfolio.plugins.hooks import Plugin
from cityfolio.plugins.texts import in_language, is_text
from cityfolio.plugins.things import MOST, GuardedThings, told_in, wrong_with
from cityfolio.publish.sinks import MemorySink
from plugin_installing import NAMED, Installed, installed
from plugin_triggers import a_plugin, built_with
from search.decoded_index import Decoded, read_index
from tables.exports.making_exports import of

IN_TWO = NAMED + "languages: [en, es]\n"
TITLES = {"en": "Kinds of tree", "es": "Especies"}
KIND = f'PluginKind(id="species", titles={TITLES})'
ROWS = 'PluginRows(kind="species", things=things)'
THINGS = """
def things(table):
    for row in typed_rows(table):
        yield Findable(id=row["species"], title=row["species"].title(), url=rows_with("species", row["species"]),
                       text=f"{row['height']} feet", words=("genus",))
"""
BOROUGHS = """
def boroughs(catalog, build):
    name = {"en": "Harbor borough", "es": "Barrio del puerto"}[build.languages[0]]
    yield Findable(id="harbor", title=name, url="/about/#harbor", about="A part of the city", words=("waterfront",))
"""
BOROUGH = 'PluginKind(id="borough", titles={"en": "Boroughs", "es": "Barrios"}, things=boroughs)'


def index_of(sink: MemorySink, tree: str = "") -> Decoded:
    home = f"{tree}search/index/"
    return read_index({path.removeprefix(home): body for path, body in sink.site.items() if path.startswith(home)})


def record(city: Installed, identifier: str, tree: str = "") -> list[str]:
    return next(each for each in index_of(city.sink, tree).records if each[0] == identifier)


def test_things_of_a_kind_are_found_in_each_language_under_its_heading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, BOROUGHS, kinds=f"({BOROUGH},)")

    assert city.found(site=IN_TWO) == []
    assert record(city, "harbor") == ["harbor", "Harbor borough", "", "A part of the city", "", "", "/about/#harbor"]
    assert index_of(city.sink).documents_of("waterfront") == {"harbor": "keywords"}
    assert index_of(city.sink, "es/").documents_of("barrio") == {"harbor": "title"}
    assert [city.page(url).by_id("found-borough").text for url in ("/search/", "/es/search/")] == ["Boroughs", "Barrios"]


def test_rows_of_a_table_are_found_and_lead_to_themselves_on_the_page_of_the_table(tmp_path: Path,
                                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, THINGS, kinds=f"({KIND},)", rows=f"({ROWS},)")

    assert city.found() == []
    assert record(city, "/data/trees/trees/oak") == ["/data/trees/trees/oak", "Oak", "12.5 feet", "Street trees", "", "",
                                                     "/data/trees/trees/?where=species~is~oak"]
    assert set(index_of(city.sink).documents_of("genus")) == {f"/data/trees/trees/{name}" for name in ("oak", "maple", "elm")}


def test_other_programs_are_told_by_which_words_things_of_plugins_are_found(tmp_path: Path,
                                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, BOROUGHS, kinds=f"({BOROUGH},)")
    city.built()

    assert city.json("search.json")["others"] == [
        {"kind": "borough", "id": "harbor", "url": "/about/#harbor", "text": "harbor borough a part of the city waterfront"}]


def test_rows_of_tables_that_a_kind_is_not_in_are_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fits = "def fits(columns):\n    return any(each.name == 'route_id' for each in columns)\n"
    rows = ROWS.replace("things=things", "things=things, fits=fits")
    city = installed(tmp_path, monkeypatch, f"{THINGS}{fits}", kinds=f"({KIND},)", rows=f"({rows},)")

    assert (city.found(), index_of(city.sink).documents_of("genus")) == ([], {})


def test_rows_that_are_found_hold_no_sensitive_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = THINGS.replace("{row['height']} feet", "{sorted(row)}")
    city = installed(tmp_path, monkeypatch, body, kinds=f"({KIND},)", rows=f"({ROWS},)")
    city.built(**{"datasets/trees/dataset.yaml": TREES.replace("unit: feet", "unit: feet, sensitive: true")})

    assert record(city, "/data/trees/trees/oak")[2] == "['species']"


def test_rows_are_gone_through_again_only_where_the_table_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = tmp_path / "marks"
    marked = THINGS.replace("def things(table):\n", f"def things(table):\n    open({str(marks)!r}, 'a').write('.')\n")
    city = installed(tmp_path, monkeypatch, marked, cache=Cache(tmp_path / "cache"), kinds=f"({KIND},)", rows=f"({ROWS},)")
    told = []
    for rows in ("species,height\noak,1\n", "species,height\noak,1\n", "species,height\nash,1\n"):
        city.built(**{"datasets/trees/trees.csv": rows})
        told.append(marks.read_text())

    assert told == [".", ".", ".."]
    assert set(index_of(city.sink).documents_of("genus")) == {"/data/trees/trees/ash"}


def test_a_thing_that_counts_less_is_found_by_words_that_say_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = ("def boroughs(catalog, build):\n    for name, weight in (('a', 1), ('b', 0.25)):\n"
            "        yield Findable(id=name, title='Harbor', url='/about/', weight=weight)\n")
    city = installed(tmp_path, monkeypatch, body, kinds=f"({BOROUGH},)")
    city.built()

    impacts = index_of(city.sink).impacts_of("harbor")
    assert impacts["b"] < impacts["a"] / 2


def test_a_site_for_a_folder_has_no_index_and_asks_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "def things(table):\n    raise KeyError('asked')\n"
    city = installed(tmp_path, monkeypatch, body, kinds=f"({KIND},)", rows=f"({ROWS},)")

    assert (city.found(for_folder=True), "search/index/root.bin" in city.sink.site) == ([], False)


def a_page(**given: object) -> str:
    said = "".join(f", {name}={value!r}" for name, value in given.items())
    body = f"def pages(catalog, build):\n    yield PluginPage(url='/transit/', title='Buses', text='**Trams** too.'{said})\n"
    return a_plugin(body, pages="(pages,)")


def test_a_page_of_a_plugin_is_found_by_its_title_its_text_and_its_description() -> None:
    sink = MemorySink()
    built_with(a_page(description="Where to wait."), sink=sink)
    found = index_of(sink)

    assert {word: found.documents_of(word) for word in ("buses", "trams", "wait")} == {
        "buses": {"/transit/": "title"}, "trams": {"/transit/": "description"}, "wait": {"/transit/": "text"}}
    assert found.records[found.ids.index("/transit/")] == ["/transit/", "Buses", "Where to wait.", "", "", "", "/transit/"]
    assert 'data-kind="page"' in sink.site["search/index.html"].decode()


def test_a_page_of_a_plugin_is_not_found_where_it_says_so() -> None:
    sink = MemorySink()
    built_with(a_page(is_found=False), sink=sink)

    assert ("transit/index.html" in sink.site, "/transit/" in index_of(sink).ids) == (True, False)


def test_without_plugins_the_page_of_results_has_no_further_kind() -> None:
    sink = MemorySink()
    built_with(a_plugin(""), sink=sink)

    assert 'data-kind="page"' not in sink.site["search/index.html"].decode()


A = "Findable(id='a', title='A', url='/about/')"
WRONG = {
    "raises": ("raise KeyError('stop')", "failed in `{}`: KeyError: 'stop'"),
    "raises later": (f"yield {A}\n    raise KeyError('stop')", "failed in `{}`: KeyError"),
    "gives nothing": ("pass", "gave None in `{}`"),
    "gives a text": ("return 'stop'", "gave a str in `{}`"),
    "gives texts": ("yield 'stop'", "gave a str "),
    "gives a number as a title": ("yield Findable(id='a', title=5, url='/about/')", "something to find with 5 as its title"),
    "gives no title": ("yield Findable(id='a', title=' ', url='/about/')", "with ' ' as its title"),
    "gives half a character": (r"yield Findable(id='a', title='\ud800', url='/about/')", "as its title"),
    "gives one text as words": ("yield Findable(id='a', title='A', url='/about/', words='a')", "words that are no tuple"),
    "gives no weight": ("yield Findable(id='a', title='A', url='/about/', weight=0)", "the weight 0"),
    "gives too much weight": ("yield Findable(id='a', title='A', url='/about/', weight=1.5)", "the weight 1.5"),
    "gives another site": ("yield Findable(id='a', title='A', url='https://example.gov/')", "which is no site path"),
    "gives two of one id": (f"for _ in 'ab':\n        yield {A}", 'with the id "a"'),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_kind_at_fault_is_one_problem_that_names_the_plugin(case: str) -> None:
    body, says = WRONG[case]
    plugin = a_plugin(f"from cityfolio.plugins import Findable, PluginKind\ndef boroughs(catalog, build):\n    {body}\n",
                      kinds=f"({BOROUGH},)")
    sink = MemorySink()
    found = [each for each in built_with(plugin, sink=sink).problems if each.code != "assets-unbundled"]

    assert [(each.code, '"transit"' in each.says) for each in found] == [("plugin-fault", True)]
    assert says.format("kinds") in found[0].says
    assert sink.site == {}


# What is wrong is judged as it is for kinds, right above.
@pytest.mark.parametrize("case", in_part(WRONG, 4))
def test_rows_at_fault_are_one_problem_that_names_the_plugin_and_the_file(case: str, tmp_path: Path,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    body, says = WRONG[case]
    city = installed(tmp_path, monkeypatch, f"def things(table):\n    {body}\n", kinds=f"({KIND},)", rows=f"({ROWS},)")
    found = city.found()

    assert [(each.code, each.where.path, '"transit"' in each.says) for each in found] == [
        ("plugin-fault", "datasets/trees/trees.csv", True)]
    assert says.format("rows") in found[0].says


def test_rows_that_a_plugin_refuses_to_tell_of_are_its_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "def things(table):\n    raise Unfit('no tree has a name')\n"
    found = installed(tmp_path, monkeypatch, body, kinds=f"({KIND},)", rows=f"({ROWS},)").found()

    assert [(each.code, each.where.path, each.says) for each in found] == [
        ("plugin-fault", "datasets/trees/trees.csv",
         'the plugin "transit" could not tell of the rows of trees.csv: no tree has a name')]


def test_all_tables_together_have_no_more_things_than_an_index_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applied, "MOST", 2)
    found = installed(tmp_path, monkeypatch, THINGS, kinds=f"({KIND},)", rows=f"({ROWS},)").found()

    assert [(each.code, 'more than 2 things to find of the kind "species"' in each.says) for each in found] == [
        ("plugin-fault", True)]


def test_what_is_found_at_a_page_that_is_not_there_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = ("def boroughs(catalog, build):\n    for name in ('b', 'a'):\n"
            "        yield Findable(id=name, title='Harbor', url=f'/no-{name}/?x=1')\n")
    city = installed(tmp_path, monkeypatch, body, kinds=f"({BOROUGH},)")

    assert [(each.code, each.says) for each in city.found()] == [
        ("plugin-fault", 'the plugin "transit" lets the search find something at "/no-a/?x=1", where no page is')]


def a_function(*given: object) -> tuple[Findable, ...]:
    """Finds nothing."""
    return ()


def a_kind(**given: object) -> PluginKind:
    return PluginKind(**{"id": "stop", "titles": {"en": "Stops"}, "things": a_function, **given})  # type: ignore[arg-type]


UNFIT = {
    "no kind": ({"kinds": (5,)}, "something in `kinds` that cannot be called"),
    "an id in capitals": ({"kinds": (a_kind(id="Stop"),)}, 'the kind "Stop"'),
    "a kind of Cityfolio's": ({"kinds": (a_kind(id="dataset"),)}, "which is one of Cityfolio's"),
    "the kind of pages": ({"kinds": (a_kind(id="page"),)}, "which is one of Cityfolio's"),
    "two of one id": ({"kinds": (a_kind(), a_kind())}, "is there twice"),
    "no heading": ({"kinds": (a_kind(titles="Stops"),)}, "without a heading in English"),
    "no English heading": ({"kinds": (a_kind(titles={"es": "Paradas"}),)}, "without a heading in English"),
    "an empty heading": ({"kinds": (a_kind(titles={"en": "Stops", "es": ""}),)}, "without a heading in English"),
    "nothing of it": ({"kinds": (a_kind(things=None),)}, "of which there is nothing"),
    "rows of no kind": ({"rows": (PluginRows(kind="stop", things=a_function),)}, "not among its `kinds`"),
    "rows by no function of a module": ({"kinds": (a_kind(),), "rows": (PluginRows(kind="stop", things=lambda table: ()),)},
                                        "no function of a module"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_a_kind_that_cannot_be_used_is_told_before_anything_is_called(case: str) -> None:
    hooks, says = UNFIT[case]

    assert says in next(unfit(Plugin(name="transit", api=1, **hooks)))  # type: ignore[arg-type]


def test_two_plugins_cannot_have_one_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed(tmp_path, monkeypatch, BOROUGHS, kinds=f"({BOROUGH},)")
    facts = tmp_path / "transit-1.dist-info" / "entry_points.txt"
    (tmp_path / "tram_of_city.py").write_text(city.module.read_text().replace('name="transit"', 'name="tram"'))
    facts.write_text(f"{facts.read_text()}tram = tram_of_city:plugin\n")
    found = city.found(site=NAMED.replace("[transit]", "[transit, tram]"))

    assert [(each.code, each.says) for each in found] == [
        ("plugin-fault", 'the plugin "transit" has kind "borough", as has the plugin "tram"')]


@pytest.mark.parametrize("hook", ["exports", "rows"])
def test_a_file_of_the_catalog_has_nothing_that_other_processes_call(hook: str) -> None:
    value = {"exports": 'PluginExport(id="a", ending="a", label="A", media_type="a/a", write=print)',
             "rows": 'PluginRows(kind="stop", things=print)'}[hook]
    plugin = a_plugin("from cityfolio.plugins import PluginExport, PluginRows\n", **{hook: f"({value},)"})
    found = [each for each in built_with(plugin).problems if each.code != "assets-unbundled"]

    assert [(each.code, f"has {hook}, which only an installed package can have" in each.says) for each in found] == [
        ("plugin-fault", True)]


SOUND = Findable(id="a", title="A", url="/about/")


@given(st.text(), st.text(), st.tuples(st.text()), st.floats(min_value=0, max_value=1, exclude_min=True))
def test_whatever_words_a_thing_has_it_can_be_found(text: str, about: str, words: tuple[str, ...], weight: float) -> None:
    thing = replace(SOUND, text=text, about=about, words=words, weight=weight)

    assert wrong_with(thing, set(), is_row=False) == ""


@given(st.lists(st.tuples(st.text(min_size=1).filter(str.strip), st.text(), st.lists(st.text()).map(tuple)), max_size=8))
def test_whatever_rows_are_told_of_they_come_back_as_they_were(told: list[tuple[str, str, tuple[str, ...]]]) -> None:
    things = [Findable(id=str(number), title=title, text=text, words=words) for number, (title, text, words) in enumerate(told)]
    stream = BytesIO()
    GuardedThings(Away("transit", ""), lambda table: things)(of("string", "oak"), stream)

    assert list(told_in(stream.getvalue())) == things


@given(st.floats(allow_nan=True).filter(lambda weight: not 0 < weight <= 1))
def test_no_thing_has_a_weight_that_is_none(weight: float) -> None:
    assert "weight" in wrong_with(replace(SOUND, weight=weight), set(), is_row=False)


def test_a_kind_has_no_more_things_than_an_index_can_hold() -> None:
    assert wrong_with(SOUND, set(map(str, range(MOST))), is_row=False) == "more than 50,000 things to find"


@given(st.text(st.characters(exclude_characters="?#", exclude_categories=["Cs"])), st.text())
def test_the_page_that_a_result_leads_to_is_what_stands_before_its_query(path: str, query: str) -> None:
    assert {page_of(f"{path}{mark}{query}") for mark in "?#"} == {path}


@given(st.text(), st.text())
def test_rows_are_asked_for_in_an_address_of_letters_that_need_no_care(column: str, value: str) -> None:
    query = rows_with(column, value)

    assert (query.startswith("?where="), query.isascii(), set(query[1:]) & set("?#/&\"<> ")) == (True, True, set())


@pytest.mark.parametrize(("language", "heading"), [("es", "Paradas"), ("es-MX", "Paradas"), ("fr", "Stops"), ("en", "Stops")])
def test_a_heading_is_in_the_readers_language_or_in_english(language: str, heading: str) -> None:
    assert in_language({"en": "Stops", "es": "Paradas"}, language) == heading


@given(st.text())
def test_a_text_is_one_unless_it_holds_half_a_character(text: str) -> None:
    assert (is_text(text), is_text(f"{text}\ud800"), is_text(text.encode())) == (True, False, False)
