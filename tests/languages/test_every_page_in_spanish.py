"""Every type of page in Spanish, the forms too: no word of English is left on any of them."""

import ast
import re
from functools import cache

import pytest

from cities import a_build
from cityfolio.files import FolderTree, read_bytes
from cityfolio.folders import locale_root, themes_root
from cityfolio.load.languages import FILE
from cityfolio.pages.edit import EDITABLE
from cityfolio.pages.edit_fields import form_fields
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.pages import all_pages, site_of
from cityfolio.pages.sound_words import read_words
from cityfolio.pages.templates import load_theme
from cityfolio.pages.words import ENGLISH as WITHOUT_WORDS
from cityfolio.translating.messages import messages
from languages.gathered import each_file_read_once
from languages.spanish_city import EVERYTHING
from languages.spoken_cities import ENGLISH, built, words_in, words_seen

SPANISH = words_of_language("es")
FORMS = [each.kind for each in EDITABLE]
MARKUP = re.compile(r"<[^>]+>|`[^`]+`")


@cache
def everything():
    """The city that has everything, in Spanish, and what came of the build."""
    return built(EVERYTHING)


@cache
def english_alone():
    """Words of the interface that stand in English messages and nowhere in Spanish ones, nor in what the city writes."""
    words = [each for each in read_words(read_bytes(locale_root() / "es" / FILE), "es") if each.id]
    english, spanish = ({word for each in words for word in words_of(getattr(each, side))} for side in ("id", "string"))
    return english - spanish - words_in(body for body in EVERYTHING.values() if isinstance(body, str))


def words_of(message):
    """The words of a message, or of all its forms."""
    return words_in(MARKUP.sub(" ", each) for each in ([message] if isinstance(message, str) else message))


def test_every_page_type_is_on_the_site_that_is_looked_at():
    theme, _ = load_theme("civic", (themes_root(),), words=SPANISH)
    drawn = {page.template for page in all_pages(site_of(everything()[1].catalog, a_build(languages=("es",)), theme))}
    there = {node.path.rpartition("/")[2] for node in FolderTree(themes_root()).nodes()
             if re.fullmatch(r"civic/templates/[^/]+\.html", node.path)}

    assert there - drawn == {"base.html", "group.html"}     # what others are made from


def test_no_page_holds_a_word_that_only_english_messages_have():
    unwanted = ENGLISH | english_alone()
    seen = {path: sorted(words_seen(body) & unwanted) for path, body in everything()[0].items() if path.endswith(".html")}

    assert {path: words for path, words in seen.items() if words} == {}


def test_every_message_of_forms_and_of_facts_is_found_for_translators():
    with each_file_read_once():
        found = messages()
    labels = [each.label for each in form_fields(EDITABLE[0].record, WITHOUT_WORDS)]

    assert [label for label in labels if found.get(label, "field") is None] == []
    assert found.get("What one row stands for.") is not None
    assert found.get("Whether it has a title.") is not None
    assert found.get("fiscal-year", "choice of grain") is not None


def fields_of(kind, words):
    """The fields of a form by their ids."""
    waiting, found = list(form_fields({each.kind: each.record for each in EDITABLE}[kind], words)), {}
    while waiting:
        each = waiting.pop()
        found[each.id] = each
        waiting += [*each.parts, *each.folded, *filter(None, [each.entry])]
    return found


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_of_a_form_has_a_label_a_help_and_a_kind_of_its_own_in_spanish(kind):
    english, spanish = fields_of(kind, WITHOUT_WORDS), fields_of(kind, SPANISH)
    same = [at for at, each in spanish.items() if each.help and each.help == english[at].help or each.kind == english[at].kind]

    assert same == []
    assert not [at for at, each in spanish.items() if 'lang="en"' in each.help + each.kind]


@pytest.mark.parametrize("words", [SPANISH, WITHOUT_WORDS], ids=["Spanish", "English"])
@pytest.mark.parametrize("kind", FORMS)
def test_what_a_button_adds_is_called_as_one_and_not_as_the_whole_list(kind, words):
    lists = [each for each in fields_of(kind, words).values() if each.entry]

    assert [each.label for each in lists if each.label == each.entry.label] == []


def test_a_label_that_is_two_words_in_spanish_says_the_one_that_fits():
    use, dataset = fields_of("use", SPANISH), fields_of("dataset", SPANISH)
    commitment, measure = fields_of("commitment", SPANISH), fields_of("measure", SPANISH)

    assert (use["f-by"].label, dataset["f-charts-0-by"].label) == ("Quién", "Por")
    assert (commitment["f-where"].label, measure["f-compute-where"].label) == ("Dónde", "Condiciones")


def test_a_choice_is_in_words_and_its_kind_names_what_a_file_holds_as_code():
    status = fields_of("dataset", SPANISH)["f-status"]

    assert dict(status.choices)["planned"] == "previsto"
    assert "<code>planned</code>" in status.kind
    assert status.help.endswith("Si se omite: <code>published</code>.")


def test_help_without_words_in_a_language_is_marked_as_english():
    title = fields_of("dataset", words_of_language("fr-CA") or words_without("fr"))["f-title"]

    assert title.help == '<span lang="en">Its name, as a resident would say it.</span>'
    assert title.kind == '<span lang="en">Text, up to 200 characters.</span>'


def words_without(language):
    """A language that has no words yet."""
    return type(WITHOUT_WORDS)(language=language)


def test_no_message_stands_within_an_f_string_where_it_would_not_be_found():
    package = FolderTree(locale_root().parent)
    hidden = [f"{node.path}:{call.lineno}" for node in package.nodes() if node.path.endswith(".py")
              for text in ast.walk(ast.parse(package.read(node.path))) if isinstance(text, ast.JoinedStr)
              for call in ast.walk(text) if isinstance(call, ast.Call) and asks_for_words(call)]

    assert hidden == []


def asks_for_words(call):
    """Whether a call asks for a message that it writes out."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name in ("_", "gettext", "ngettext", "pgettext") and any(isinstance(each, ast.Constant) for each in call.args)
