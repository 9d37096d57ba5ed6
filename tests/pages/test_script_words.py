from gettext import NullTranslations

import orjson

from cityfolio.files import MemoryTree
from cityfolio.folders import themes_root
from cityfolio.pages.assets import assets
from cityfolio.pages.templates import load_theme
from pages.drawing import a_theme, the_theme
from pages.factories import a_site

PART = "theme/templates/parts/explorer-words.html"


class Swedish(NullTranslations):
    """One word in another language."""

    def gettext(self, message: str) -> str:
        return "Karta" if message == "Map" else message


def words_of(theme):
    return orjson.loads(theme.script_words)


def test_the_scripts_words_are_a_file_of_their_own_named_by_its_content():
    made = assets(the_theme(), a_site())
    [output] = [output for output in made.outputs if output.url == made.words]

    assert made.words.startswith("/assets/explorer-words-")
    assert output.media_type == "application/json"
    assert output.body == the_theme().script_words


def test_a_word_has_a_form_for_each_number():
    words = words_of(the_theme())

    assert (words["rows one"], words["rows other"]) == ("%(count)s row", "%(count)s rows")
    assert words["view-map"] == "Map"


def test_words_are_text_not_markup():
    city = {PART: "<template><b data-word=said>a &lt;b&gt; &amp; <i>c</i>\nd</b> not this</template>"}

    assert words_of(a_theme(city=city)) == {"said": "a <b> & c\nd"}


def test_words_are_in_the_language_of_the_site():
    assert words_of(a_theme(translations=Swedish()))["view-map"] == "Karta"


def test_a_fault_in_the_citys_own_words_is_a_problem_with_its_line():
    _, problems = load_theme("civic", (themes_root(),), MemoryTree({PART: "<template>\n{{ view.title }}</template>"}))
    [problem] = [each for each in problems if each.severity == "error"]

    assert (problem.code, problem.where.path, problem.where.line) == ("theme-template", PART, 2)


def test_a_theme_without_words_for_scripts_has_no_file_of_them(tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/theme.yaml").write_text("", "utf-8")
    theme, _ = load_theme("bare", (tmp_path,))

    assert theme is not None
    assert assets(theme, a_site()).words == ""
