import errno
import os
from pathlib import Path

import pytest

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.folders import themes_root
from cityfolio.pages.pages import Drawing, site_of
from cityfolio.pages.templates import load_theme
from pages.drawing import a_theme, draw_site, the_theme
from pages.factories import a_build, a_catalog, a_dataset

URL = "/data/service-requests-311/"


def extending(name, block, text):
    """A template that changes one block of another."""
    return f'{{% extends "{name}" %}}{{% block {block} %}}{text}{{% endblock %}}'


class Unreadable(FolderTree):
    """A folder on a disk that is broken."""

    def read(self, path: str) -> bytes:
        raise OSError(errno.EIO, "Input/output error")


def load(city=None, name="civic", folders=None):
    return load_theme(name, folders or (themes_root(),), MemoryTree(city or {}))


def write_theme(folder: Path, name: str, described: str, **templates: str) -> Path:
    (folder / name / "templates").mkdir(parents=True)
    (folder / name / "theme.yaml").write_text(described, encoding="utf-8")
    for template, text in templates.items():
        (folder / name / "templates" / f"{template}.html").write_text(text, encoding="utf-8")
    return folder


def drawn_with(theme, *datasets):
    """A site that was drawn to its end, and what it came to."""
    drawing = Drawing(site_of(a_catalog(*datasets), a_build(), theme))
    return drawing, tuple(drawing.outputs())


def test_a_city_overrides_a_block_of_a_template():
    city = {"theme/templates/dataset.html": extending("civic/dataset.html", "aside", "<p>Ask us.</p>{{ super() }}")}
    page = draw_site(a_dataset(), theme=a_theme(city=city)).page(URL)

    assert page.heading(1) == "Service requests (311)"
    assert "Ask us. Each row is" in page.main.text


def test_a_city_overrides_the_frame_of_every_page():
    city = {"theme/templates/base.html": extending("civic/base.html", "header", "<header><p>Our seal</p></header>")}
    site = draw_site(a_dataset(), theme=a_theme(city=city))

    assert [site.page(url).one("header").text for url in ("/", URL, "/about/")] == ["Our seal"] * 3


def test_a_city_overrides_one_part():
    city = {"theme/templates/parts/facts.html": "{% macro facts(lines) %}<p>{{ lines|length }} facts</p>{% endmacro %}"}

    assert "6 facts" in draw_site(a_dataset(), theme=a_theme(city=city)).page(URL).main.text


def test_a_citys_template_is_given_what_ours_is_given():
    city = {"theme/templates/about.html": extending("base.html", "main", "<h1>{{ frame.heading }}: {{ view.counts }}</h1>")}

    assert draw_site(a_dataset(), theme=a_theme(city=city)).page("/about/").heading(1) == "About this site: 1 dataset"


def test_a_template_that_changed_between_two_builds_is_read_anew():
    drawn = [draw_site(a_dataset(), theme=a_theme(city={"theme/templates/about.html": extending("base.html", "main", text)}))
             for text in ("<h1>First</h1>", "<h1>Second</h1>", "<h1>First</h1>")]

    assert [site.page("/about/").heading(1) for site in drawn] == ["First", "Second", "First"]


def test_plain_inherits_civic_in_a_handful_of_files():
    files = [path for path in (themes_root() / "plain").rglob("*") if path.is_file()]
    page = draw_site(a_dataset(), theme=the_theme("plain")).page(URL)

    assert len(files) <= 5
    assert page.main.headings(2)[0] == "Key facts"
    assert page.link("Download CSV")


def test_plain_sends_no_font():
    site = draw_site(a_dataset(), theme=the_theme("plain"))

    assert not [url for url in site.urls() if url.endswith(".woff2")]
    assert not site.page("/").all("link", rel="preload")


def test_a_city_may_extend_a_child_theme_by_its_name():
    city = {
        "theme/templates/home.html": '{% extends "plain/home.html" %}{% block lede %}<h1>Hello</h1>{% endblock %}',
        "theme/templates/about.html": '{% extends "plain/about.html" %}{% block about %}<p>Ours.</p>{% endblock %}',
    }
    site = draw_site(a_dataset(), theme=a_theme("plain", city))

    assert site.page("/").main.headings(2) == ["Topics"]
    assert site.page("/").heading(1) == "Hello"
    assert site.page("/about/").main.text == "About this site Ours."


def test_a_theme_of_the_citys_own_inherits_by_name(tmp_path):
    own = write_theme(
        tmp_path,
        "ours",
        "extends: plain\n",
        privacy='{% extends "civic/privacy.html" %}{% block privacy %}<p>Hm.</p>{% endblock %}',
    )
    theme, problems = load(name="ours", folders=(own, themes_root()))

    assert theme is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    assert draw_site(a_dataset(), theme=theme).page("/privacy/").main.text == "Privacy Hm."


@pytest.mark.parametrize("name", ["civc", "../civic", "", "nothing-like-it"])
def test_a_theme_that_does_not_exist_is_a_problem(name):
    theme, problems = load(name=name or ".")

    assert theme is None
    assert [problem.code for problem in problems] == ["theme-unknown"]
    assert "civic" in problems[0].fix


def test_themes_that_are_each_others_parents_are_a_problem(tmp_path):
    write_theme(tmp_path, "one", "extends: two\n")
    write_theme(tmp_path, "two", "extends: one\n")
    theme, problems = load(name="one", folders=(tmp_path,))

    assert theme is None
    assert [problem.code for problem in problems] == ["theme-unknown"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<p>\n{% if %}\n", 2, "Expected an expression"),
        ("one\ntwo\n{{ view.title }", 3, "unexpected '}'"),
        ("{% nothing %}", 1, "Encountered unknown tag 'nothing'"),
    ],
    ids=["statement", "expression", "tag"],
)
def test_a_template_that_cannot_be_read_is_a_problem_at_its_line(text, line, says):
    _theme, problems = load({"theme/templates/dataset.html": text})
    [problem] = [each for each in problems if each.severity == "error"]

    assert (problem.code, problem.where.path, problem.where.line) == ("theme-template", "theme/templates/dataset.html", line)
    assert says in problem.says


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('{% extends "civic/dataset.html" %}\n{% block aside %}\n{{ view.titel }}{% endblock %}', 3, "no attribute 'titel'"),
        ("<p>{{ nothing }}</p>", 1, "'nothing' is undefined"),
        ('\n{% extends "civic/datasets.html" %}', 2, "civic/datasets.html"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ view.__class__.__mro__ }}", 1, "unsafe"),
    ],
    ids=["a slip in a name", "no such value", "no such template", "arithmetic", "reaching past its values"],
)
def test_a_template_that_fails_when_drawn_is_a_problem_said_once(text, line, says):
    drawing, outputs = drawn_with(a_theme(city={"theme/templates/dataset.html": text}), a_dataset(), a_dataset("Trees"))
    [problem] = drawing.faults

    assert (problem.code, problem.where.path, problem.where.line) == ("theme-template", "theme/templates/dataset.html", line)
    assert says in problem.says
    assert {output.kind for output in outputs} >= {"home", "list"}
    assert "dataset" not in {output.kind for output in outputs}


def test_a_page_is_drawn_when_it_is_asked_for_and_let_go():
    drawing = Drawing(site_of(a_catalog(a_dataset()), a_build(), the_theme()))
    first = next(output for output in drawing.outputs() if output.kind == "home")

    assert first.body
    assert [(page.url, page.body) for page in drawing.pages] == [("/", b"")]


def test_a_fault_of_our_own_template_is_not_the_citys_problem(tmp_path):
    own = write_theme(tmp_path, "ours", "extends: civic\n", dataset="{{ nothing }}")
    theme, _ = load(name="ours", folders=(own, themes_root()))
    assert theme is not None

    with pytest.raises(Exception, match="'nothing' is undefined"):
        drawn_with(theme, a_dataset())


def test_a_template_of_ours_that_cannot_be_read_is_not_the_citys_problem(tmp_path):
    own = write_theme(tmp_path, "ours", "extends: civic\n", dataset="{% if %}")
    theme, problems = load({"theme/templates/about.html": "<p>Ours.</p>"}, "ours", (own, themes_root()))
    assert theme is not None

    assert [problem.code for problem in problems if problem.severity == "error"] == []
    with pytest.raises(Exception, match="Expected an expression"):
        drawn_with(theme, a_dataset())


def test_a_city_with_sound_templates_has_no_problem():
    city = {"theme/templates/dataset.html": '{% extends "civic/dataset.html" %}'}

    drawing, _ = drawn_with(a_theme(city=city), a_dataset())

    assert not drawing.faults


def test_a_template_that_is_not_utf8_is_a_problem():
    _, problems = load({"theme/templates/dataset.html": b"\xff\xfe"})

    assert ("theme-template", "theme/templates/dataset.html") in [(each.code, each.where.path) for each in problems]


def test_without_a_bundle_there_is_a_warning_and_pages_still_work(tmp_path):
    own = write_theme(tmp_path, "bare", "", home="<p>Home</p>")
    theme, problems = load(name="bare", folders=(own,))

    assert theme is not None
    assert [(problem.code, problem.severity) for problem in problems] == [("assets-unbundled", "warning")]
    assert "public-sans-latin.woff2" in problems[0].says


def test_other_files_in_the_citys_folder_are_left_alone():
    theme, problems = load({"theme/readme.md": b"\xff", "theme/logo.svg": "<svg/>"})

    assert theme is not None
    assert not [problem for problem in problems if problem.code == "theme-template"]


def test_themes_are_found_beside_the_package():
    assert (themes_root() / "civic" / "theme.yaml").is_file()


def test_a_file_of_the_citys_theme_that_cannot_be_read_is_a_problem(tmp_path):
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/theme.css").write_text("a { color: red }", encoding="utf-8")

    problems = load_theme("civic", (themes_root(),), Unreadable(tmp_path))[1]

    assert [(each.code, each.where.path, each.says) for each in problems] == [
        ("folder-unreadable", "theme/theme.css", "the file could not be read: Input/output error")]


def test_a_theme_of_which_a_folder_cannot_be_listed_is_refused_and_not_taken_for_one_that_lacks_it(tmp_path):
    folder = write_theme(tmp_path, "ours", "extends: civic\n")
    os.mkfifo(folder / "ours/templates/parts")

    with pytest.raises(PermissionError, match=r"ours/templates/parts"):
        load(name="ours", folders=(folder, themes_root()))


def test_a_filter_of_a_plugin_is_asked_anew_by_each_theme_that_is_loaded():
    city = MemoryTree({"theme/templates/dataset.html": extending("civic/dataset.html", "aside", "<p>{{ 'x'|shout }}</p>")})
    shouts = (lambda text: f"{text}!", lambda text: f"{text}?")
    themes = [load_theme("civic", (themes_root(),), city, filters={"shout": shout})[0] for shout in shouts]

    assert ["x!" in draw_site(a_dataset(), theme=theme).page(URL).text for theme in themes] == [True, False]
    assert "x?" in draw_site(a_dataset(), theme=themes[1]).page(URL).text
