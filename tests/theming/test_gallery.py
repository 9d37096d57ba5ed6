"""The gallery of components: complete, drawn from the templates of the site, and written where it harms nothing."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from cityfolio import theming
from cityfolio.cli import main
from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.load.catalog import load
from cityfolio.model.measured import STATUSES
from cityfolio.pages import promise_states
from cityfolio.publish.sinks import MemorySink
from cityfolio.theming.gallery import gallery, write_gallery
from pages.reader import page_at

PARTS = themes_root() / "civic" / "templates" / "parts"
# Words that scripts say, which have no look, and the foot, which stands below every page.
WITHOUT_A_SPECIMEN = {"edit-words.html", "explorer-words.html", "first-words.html", "sql-words.html", "footer.html"}
# By a component that pages call too.
DRAWN_WITHIN_OTHERS = {"late_words", "listed", "named", "text_to_take"}


@cache
def drawn():
    made = gallery()
    assert made.problems == ()
    return made.outputs


def a_city_with(settings):
    """What a city says of its site."""
    return load(MemoryTree({"site.yaml": f"name: Ours\n{settings}"})).site


def page():
    return page_at(drawn(), "/gallery/")


def text():
    return next(output.body for output in drawn() if output.url == "/gallery/").decode()


def test_every_part_of_the_theme_has_a_specimen():
    shown = set(re.findall(r'data-part="([\w.-]+)"', text()))

    assert {path.name for path in PARTS.glob("*.html")} - WITHOUT_A_SPECIMEN == shown


def test_every_component_that_pages_call_is_drawn():
    pages = "".join(path.read_text(encoding="utf-8") for path in PARTS.parent.glob("*.html"))
    written = (Path(theming.__file__).parent / "gallery.html").read_text(encoding="utf-8")
    components = {name for path in PARTS.glob("*.html") for name in re.findall(r"\{% macro (\w+)\(", path.read_text("utf-8"))}
    called = {name for name in components if re.search(rf"\{{\{{-? (\w+\.)?{name}\(", pages)}

    assert len(called) > 40
    assert {name for name in called if f" {name}(" not in written and f".{name}(" not in written} == DRAWN_WITHIN_OTHERS


def test_every_state_of_every_mark_is_shown():
    of_data, of_measures, of_promises = (
        page().section(title).all("ul")[0]
        for title in ("Freshness and status of data", "Where a measure stands", "Where a promise stands"))

    assert [each.get("data-state") for each in of_data.all("span") if each.get("data-state")] == [
        "on-time", "late", "unknown", "planned", "restricted", "retired"]
    assert len(of_measures.all("li")) == len(STATUSES)
    assert len(of_promises.all("li")) == len(promise_states.SHAPES)


def test_no_specimen_is_empty():
    parts = re.split(r'<section class="specimen"', text())[1:]

    assert [part[:60] for part in parts if len(re.sub(r"<[^>]+>|\s", "", part)) < 60] == []


def test_no_two_elements_have_one_name():
    assert [name for name, count in Counter(re.findall(r' id="([^"]+)"', text())).items() if count > 1] == []


def test_the_gallery_looks_as_the_city_that_it_is_drawn_for():
    tree = MemoryTree({"theme/theme.css": "@layer theme{.wordmark{color:red}}",
                       "theme/templates/parts/facts.html": "{% macro facts(lines) %}<p>Our facts</p>{% endmacro %}"})
    made = gallery(a_city_with('accent: "#7a1fa2"\nfont: system\n'), tree)
    styles = b"".join(output.body for output in made.outputs if output.media_type == "text/css").decode()

    assert made.problems == ()
    assert "--accent:#7a1fa2" in styles
    assert ".wordmark{color:red}" in styles
    assert "woff2" not in styles
    assert "Our facts" in page_at(made.outputs, "/gallery/").main.text


@pytest.mark.parametrize("name", ["parts/facts.html", "base.html"])
def test_a_template_that_fails_is_a_problem_and_nothing_is_written(name):
    made = gallery(a_city_with(""), MemoryTree({f"theme/templates/{name}": "{% if %}"}))

    assert made.outputs == ()
    assert ("theme-template", f"theme/templates/{name}") in [(each.code, each.where.path) for each in made.problems]


def test_a_template_that_fails_in_the_gallery_alone_is_a_problem():
    part = "{# Topics. #}{% macro topic_list(topics) %}{{ 1 if topics else nothing.at_all }}{% endmacro %}"
    other = part.replace("1 if topics else nothing.at_all", "nothing.at_all")
    made = gallery(a_city_with(""), MemoryTree({"theme/templates/parts/topics.html": other}))

    assert made.outputs == ()
    assert {each.code for each in made.problems} == {"theme-template"}


def test_what_is_wrong_with_a_citys_settings_is_told_of_its_own_file():
    [problem] = gallery(a_city_with('accent: "#ffff00"\n'), MemoryTree({})).problems

    assert (problem.code, problem.where.line, problem.where.excerpt) == ("accent-contrast", 2, 'accent: "#ffff00"')


@pytest.mark.parametrize(("settings", "code"), [("accent: blue\n", "color-invalid"), ("nam: Ours\n", "key-unknown")])
def test_no_gallery_is_drawn_of_settings_that_cannot_be_read(tmp_path, settings, code):
    (tmp_path / "site.yaml").write_text(f"name: Ours\n{settings}", encoding="utf-8")
    run = CliRunner().invoke(main, ["theme", "gallery", "--catalog", str(tmp_path), "--output", str(tmp_path / "look")])

    assert run.exit_code == 1
    assert f"[{code}]" in run.output
    assert not (tmp_path / "look").exists()


def test_no_gallery_is_drawn_of_a_catalog_that_is_not_there(tmp_path):
    given = ["--catalog", str(tmp_path / "gone"), "--output", str(tmp_path / "look")]
    run = CliRunner().invoke(main, ["theme", "gallery", *given])

    assert run.exit_code == 1
    assert "[catalog-missing]" in run.output


def test_two_galleries_are_the_same_byte_for_byte():
    assert gallery().outputs == drawn()


def test_a_gallery_is_written_in_place_of_a_former_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runs = [CliRunner().invoke(main, ["theme", "gallery", "--output", "look"]) for _ in range(2)]

    assert [run.exit_code for run in runs] == [0, 0]
    assert runs[0].output == "Written. Open look/gallery/index.html in a browser.\n"
    assert (tmp_path / "look/gallery/index.html").is_file()
    assert "plain" not in runs[0].output


def test_a_gallery_takes_no_sites_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog/site.yaml").write_text("name: Ours\ntheme: plain\n", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("Dear", encoding="utf-8")
    run = CliRunner().invoke(main, ["theme", "gallery", "--output", "mine"])

    assert run.exit_code == 1
    assert "output-foreign" in run.output
    assert (tmp_path / "mine/letter.txt").read_text(encoding="utf-8") == "Dear"


def test_what_is_written_is_what_was_drawn():
    sink = MemorySink()

    assert write_gallery(drawn(), sink) == len(drawn())
