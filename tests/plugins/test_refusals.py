"""What of a catalog's own code is not run, and what is said of plugins that do not work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cities import a_city, with_files
from cityfolio.cli import main
from cityfolio.publish.sinks import MemorySink
from plugin_triggers import HEAD, a_plugin, built_with, found_with

HOME = '{% extends "civic/home.html" %}\n{% block lede %}<h1>{{ "a"|shout }}</h1>{% endblock %}'
FILTERED = {"theme/templates/home.html": HOME}


def on_disk(folder: Path, **changed: str) -> Path:
    for path, body in with_files(a_city(), changed).items():
        (folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "catalog" / path).write_text(str(body))
    return folder


def run(folder: Path, *words: str, **environment: str) -> tuple[int, list[str]]:
    given = [*words, "--catalog", str(folder / "catalog"), "--format", "json", "--as-of", "2026-06-30", "--no-cache"]
    given += ["--output", str(folder / "output")] if words[0] == "build" else []
    done = CliRunner().invoke(main, given, env=environment)
    return done.exit_code, [each["code"] for each in json.loads(done.stdout)["problems"] if each["code"].startswith("plugin")]


@pytest.mark.parametrize("command", ["build", "check"])
def test_code_of_a_catalog_is_not_run_unless_the_command_line_allows_it(command: str, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    plugin = f"open({str(ran)!r}, 'w').close()\n" + a_plugin("")
    folder = on_disk(tmp_path, **{"plugins/transit.py": plugin, "site.yaml": a_city()["site.yaml"] + "plugins: []\n"})

    assert run(folder, command) == (1, ["plugin-refused"])
    assert not ran.exists()
    assert run(folder, command, "--allow-plugins") == (0, [])
    assert ran.exists()


def test_the_environment_of_the_machine_can_allow_it_too(tmp_path: Path) -> None:
    assert run(on_disk(tmp_path, **{"plugins/transit.py": a_plugin("")}), "check", CITYFOLIO_ALLOW_PLUGINS="1") == (0, [])


def test_site_yaml_cannot_allow_it() -> None:
    found = found_with(a_plugin(""), allows=False, **{"site.yaml": a_city()["site.yaml"] + "allow_plugins: true\n"})

    assert {"plugin-refused", "key-unknown"} == {each.code for each in found}


def test_a_template_that_asks_for_a_filter_of_a_refused_plugin_is_no_second_problem() -> None:
    plugin = a_plugin("", filters='{"shout": str.upper}')

    assert [each.code for each in found_with(plugin, allows=False, **FILTERED)] == ["plugin-refused"]


def test_a_plugin_that_is_not_installed_is_one_problem_with_the_name_that_was_meant(monkeypatch: pytest.MonkeyPatch,
                                                                                    tmp_path: Path) -> None:
    (tmp_path / "transit-1.dist-info").mkdir()
    (tmp_path / "transit-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: transit\nVersion: 1\n")
    (tmp_path / "transit-1.dist-info" / "entry_points.txt").write_text("[cityfolio.plugins]\ngtfs = nowhere:plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = found_with(a_plugin(""), **{"site.yaml": a_city()["site.yaml"] + "plugins: [gtsf]\n"})

    assert [(each.code, each.where.line, each.fix.partition("?")[0]) for each in found] == [
        ("plugin-unknown", 5, 'Did you mean "gtfs"')]


def test_an_installed_plugin_that_cannot_be_imported_is_one_problem_where_it_is_named(monkeypatch: pytest.MonkeyPatch,
                                                                                      tmp_path: Path) -> None:
    (tmp_path / "transit-1.dist-info").mkdir()
    (tmp_path / "transit-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: transit\nVersion: 1\n")
    (tmp_path / "transit-1.dist-info" / "entry_points.txt").write_text("[cityfolio.plugins]\ngtfs = nowhere_at_all:plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = found_with(a_plugin(""), **{"site.yaml": a_city()["site.yaml"] + "plugins: [gtfs]\n"})

    assert [(each.code, each.where.path, each.says) for each in found] == [
        ("plugin-fault", "site.yaml",
         'the plugin "gtfs" cannot be imported: ModuleNotFoundError: No module named \'nowhere_at_all\'')]


GIVES_NUMBER = "return replace(catalog, datasets=tuple(replace(each, title=5) for each in catalog.datasets))"
GIVES_STATUS = "return replace(catalog, datasets=tuple(replace(each, status='retired') for each in catalog.datasets))"
GIVES_GRAVE = "yield Finding(severity='grave', where=Location(path='site.yaml'), says='')"
GIVES_TEXT = "yield PluginFile(url='/a.txt', body='a', media_type='text/plain')"


def amending(body: str) -> str:
    return a_plugin(f"def f(catalog, build):\n    {body}\n", amend="f")


def ruling(body: str) -> str:
    return a_plugin(f"def f(loaded, build):\n    {body}\n", rules="(f,)")


def adding(hook: str, body: str) -> str:
    return a_plugin(f"def f(catalog, build):\n    {body}\n", **{hook: "(f,)"})


RAISE = "raise KeyError('stop')"
FAULTY = {
    "syntax": ("plugin = (", "cannot be run: SyntaxError"),
    "import": ("import nowhere_at_all", "cannot be run: ModuleNotFoundError"),
    "exit": ("raise SystemExit(3)", "cannot be run: SystemExit: 3"),
    "another end": ("raise GeneratorExit", "cannot be run: GeneratorExit"),
    "no plugin": ("", "is None where a cityfolio.plugins.Plugin is asked for"),
    "another name": (f'{HEAD}plugin = Plugin(name="tram", api=1)', 'calls itself "tram"'),
    "no function": (a_plugin("", rules="(3,)"), "something in `rules` that cannot be called"),
    "no list": (a_plugin("", rules="len"), "something in `rules` that cannot be called"),
    "a reader": (a_plugin("", readers='{"GTFS": len}'), "only an installed package can have"),
    "a filter of Jinja's": (a_plugin("", filters='{"upper": str.upper}'), 'the filter "upper"'),
    "a target of ours": (a_plugin("", targets='{"s3": len}'), 'the target "s3"'),
    "amend raises": (amending(RAISE), "failed in `amend`: KeyError: 'stop' (transit.py, line 4)"),
    "amend gives nothing": (amending("pass"), "gave None in `amend`"),
    "amend gives a wrong type": (amending(GIVES_NUMBER), "catalog.datasets[0].title is an int"),
    "amend takes a dataset away": (amending("return replace(catalog, datasets=())"), "datasets came or went (trees)"),
    "amend shows what is hidden": (amending(GIVES_STATUS), "the files, columns or status of trees"),
    "a rule raises": (ruling(RAISE), "failed in `rules`: KeyError"),
    "a rule raises later": (ruling(f"yield from ()\n    {RAISE}"), "failed in `rules`: KeyError"),
    "a rule gives text": (ruling("return 'no'"), "gave a str in `rules`"),
    "a rule gives texts": (ruling("return ['no']"), "gave a str in `rules`"),
    "a rule of its own weight": (ruling(GIVES_GRAVE), 'the severity "grave"'),
    "a rule of no weight": (ruling("yield Finding(severity=['error'], where=Location(path='site.yaml'), says='')"),
                            "the severity \"['error']\""),
    "a rule says nothing": (ruling("yield Finding(severity='error', where=Location(path='site.yaml'), says=None)"),
                            "gave a Finding in `rules` whose says is None"),
    "a rule says half a character": (
        ruling(r"yield Finding(severity='error', where=Location(path='site.yaml'), says='\ud800')"),
        "whose says holds half a character"),
    "a rule is nowhere": (ruling("yield Finding(severity='error', where='site.yaml', says='')"), "whose where is a str"),
    "a rule is at no line": (ruling("yield Finding(severity='error', where=Location(path='site.yaml', line='3'), says='')"),
                             "whose where.line is a str"),
    "a rule takes a dataset away": (ruling("loaded.datasets.clear()"), "failed in `rules`: AttributeError"),
    "amend writes half a character": (amending(r"return replace(catalog, site=replace(catalog.site, name='\ud800'))"),
                                      "catalog.site.name holds half a character"),
    "a page raises": (adding("pages", RAISE), "failed in `pages`: KeyError"),
    "a page is no page": (adding("pages", "yield 1"), "gave an int in `pages`"),
    "a page at a file": (adding("pages", "yield PluginPage(url='/a', title='A', text='')"), 'a page at "/a"'),
    "a page of a number": (adding("pages", "yield PluginPage(url='/a/', title='A', text=3)"),
                         "gave a PluginPage in `pages` whose text is an int"),
    "a page without a title": (adding("pages", "yield PluginPage(url='/a/', title=' ', text='a')"), 'without a title, "/a/"'),
    "a page of a text as its day": (adding("pages", "yield PluginPage(url='/a/', title='A', text='', updated='2025-01-01')"),
                                    "whose updated is a str"),
    "a page at a number": (adding("pages", "yield PluginPage(url=5, title='A', text='')"), "whose url is an int"),
    "a page ends what it may not": (adding("pages", "raise GeneratorExit"), "failed in `pages`: GeneratorExit"),
    "a feed at a number": (adding("feeds", "yield PluginFile(url=5, body=b'', media_type='text/plain')"),
                           "whose url is an int"),
    "a feed of no type": (adding("feeds", "yield PluginFile(url='/a.txt', body=b'', media_type=None)"),
                          "whose media_type is None"),
    "a feed of two lines as its type": (
        adding("feeds", r"yield PluginFile(url='/a.txt', body=b'', media_type='text/plain\r\nSet-Cookie: a')"),
        "which is none"),
    "a feed raises": (adding("feeds", RAISE), "failed in `feeds`: KeyError"),
    "a feed gives text": (adding("feeds", GIVES_TEXT), "where bytes are asked for"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_plugin_at_fault_is_one_problem_that_names_it_and_the_site_stays(case: str) -> None:
    plugin, says = FAULTY[case]
    sink = MemorySink()
    result = built_with(plugin, sink=sink)
    found = [each for each in result.problems if each.code != "assets-unbundled"]

    assert [(each.code, '"transit"' in each.says) for each in found] == [("plugin-fault", True)]
    assert says in found[0].says
    assert (result.is_built, sink.site) == (False, {})


def test_a_filter_that_fails_is_told_at_the_line_of_the_template_that_asked() -> None:
    found = found_with(a_plugin("def f(text):\n    return text / 2\n", filters='{"shout": f}'), **FILTERED)

    places = [(each.code, each.where.path, each.where.line) for each in found]
    assert places == [("plugin-fault", "theme/templates/home.html", 2)]


def test_what_a_plugin_prints_goes_where_messages_go(capsys: pytest.CaptureFixture[str]) -> None:
    plugin = a_plugin("print('loaded')\ndef f(loaded, build):\n    print('asked')\n    return []\n", rules="(f,)")

    assert built_with(plugin).is_built
    assert capsys.readouterr() == ("", "loaded\nasked\n")


def test_a_working_directory_that_a_plugin_leaves_is_gone_back_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plugin = a_plugin("import os\nos.chdir('/')\ndef f(loaded, build):\n    os.chdir('/')\n    return []\n", rules="(f,)")

    assert built_with(plugin).is_built
    assert Path.cwd() == tmp_path


def test_a_fault_in_a_file_of_the_catalog_says_how_to_do_without_it() -> None:
    assert found_with(ruling(RAISE))[0].fix == "Mend it; without it the site can be built: take the file out of the catalog."


def test_a_fault_names_the_file_that_the_plugin_had_in_hand() -> None:
    found = found_with(a_plugin("""
def rule(loaded, build):
    for each in loaded.datasets.values():
        yield from (1 / 0 for _ in each.record.files)
""", rules="(rule,)"))

    assert [(each.code, each.where.path) for each in found] == [("plugin-fault", "datasets/trees/dataset.yaml")]


ADDED = {
    "address-collision": ("feeds", "PluginFile(url='/catalog.json', body=b'{}', media_type='application/json')"),
    "address-invalid": ("feeds", "PluginFile(url='/a:b.txt', body=b'', media_type='text/plain')"),
    "link-broken": ("pages", "PluginPage(url='/transit/', title='Buses', text='[gone](/gone/)')"),
    "html-invalid": ("feeds", "PluginFile(url='/transit/', body=b'<p>no page</p>', media_type='text/html')"),
}


@pytest.mark.parametrize("code", ADDED)
def test_what_a_plugin_adds_is_held_to_what_holds_for_the_site(code: str) -> None:
    hook, value = ADDED[code]
    result = built_with(a_plugin(f"def f(catalog, build):\n    yield {value}\n", **{hook: "(f,)"}))

    assert (code in {each.code for each in result.problems}, result.is_built) == (True, False)
