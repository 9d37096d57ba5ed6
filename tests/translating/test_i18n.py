"""`cityfolio i18n`: a language of a city's own, from the list of messages to pages that speak it."""

import pytest
from babel.messages.plurals import PLURALS
from click.testing import CliRunner

from cities import SITE, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache
from cityfolio.cli import main
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.sound_words import read_words, translations_of
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.translating.messages import messages
from languages.gathered import each_file_read_once
from languages.spoken_cities import built

FRENCH = '''\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Topics"
msgstr "Thèmes"

msgid "%(count)s dataset"
msgid_plural "%(count)s datasets"
msgstr[0] "%(count)s jeu de données"
msgstr[1] "%(count)s jeux de données"
'''
PLACE = "locale/fr/LC_MESSAGES/cityfolio.po"


def run(*words):
    """The exit code and what was said."""
    result = CliRunner().invoke(main, ["i18n", *map(str, words)])
    return result.exit_code, result.output


@pytest.fixture(autouse=True, scope="module")
def each_file_is_read_once():
    """Keep what is asked for in each file of the program."""
    with each_file_read_once():
        yield


@pytest.fixture
def catalog(tmp_path):
    """An empty catalog folder."""
    (tmp_path / "site.yaml").write_text(SITE, "utf-8")
    return tmp_path


def test_every_message_is_written_for_translators_with_those_of_the_city_s_own_templates(catalog):
    own = catalog / "theme" / "templates" / "extra.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>{% trans %}Ask the mayor{% endtrans %}</p>", "utf-8")
    code, said = run("extract", "--catalog", catalog, "--output", catalog / "all.pot")
    found = (catalog / "all.pot").read_text("utf-8")

    assert (code, f"{len(messages(FolderTree(catalog))):,} messages" in said) == (0, True)
    assert ('msgid "Ask the mayor"' in found, 'msgid "Topics"' in found) == (True, True)


def test_a_language_begins_with_every_message_and_the_plural_forms_of_that_language(catalog):
    code, said = run("init", "ar", "--catalog", catalog)
    words = read_words((catalog / PLACE.replace("fr", "ar")).read_bytes(), "ar")

    assert (code, "wait for words" in said) == (0, True)
    assert (len(words), words.num_plurals) == (len(messages()), 6)


def test_a_language_that_is_begun_again_keeps_the_words_that_it_has(catalog):
    (catalog / PLACE).parent.mkdir(parents=True)
    (catalog / PLACE).write_text(FRENCH, "utf-8")
    run("init", "fr", "--catalog", catalog)
    once = (catalog / PLACE).read_bytes()
    run("init", "fr", "--catalog", catalog)

    assert b'msgid "Topics"\nmsgstr "Th\xc3\xa8mes"' in once
    assert (catalog / PLACE).read_bytes() == once


@pytest.mark.parametrize("language", ["french-words", "FR", "pt_BR", "../fr"])
def test_what_is_no_language_cannot_be_begun(catalog, language):
    code, said = run("init", language, "--catalog", catalog)

    assert (code, "is not a language" in said) == (2, True)


def test_words_that_are_missing_are_counted_and_named(catalog):
    (catalog / PLACE).parent.mkdir(parents=True)
    (catalog / PLACE).write_text(FRENCH, "utf-8")
    code, said = run("compile", "fr", "--catalog", catalog)

    assert (code, "messages have no words" in said) == (0, True)


def test_words_that_lost_a_place_are_named_with_their_line(catalog):
    (catalog / PLACE).parent.mkdir(parents=True)
    (catalog / PLACE).write_text(FRENCH.replace("%(count)s jeux", "des jeux"), "utf-8")
    code, said = run("compile", "fr", "--catalog", catalog)

    assert (code, '"%(count)s dataset"' in said) == (1, True)


def test_words_that_cannot_be_read_and_a_language_without_any_are_said_so(catalog):
    (catalog / PLACE).parent.mkdir(parents=True)
    (catalog / PLACE).write_text("Topics are Thèmes", "utf-8")

    assert "The words in fr cannot be read" in run("compile", "fr", "--catalog", catalog)[1]
    assert "`cityfolio i18n init de` begins them" in run("compile", "de", "--catalog", catalog)[1]


def test_all_spanish_words_are_there(catalog):
    assert run("compile", "es", "--catalog", catalog) == (0, f"All {len(messages()):,} messages are there in es.\n")


def test_a_city_that_brings_words_has_pages_in_that_language_and_english_where_they_lack():
    files = with_files(a_city(), {"site.yaml": f"{SITE}languages: [en, fr]\n", PLACE: FRENCH})
    site, result = built(files, a_build(languages=loaded(files).site.record.languages))
    page = site["fr/topics/index.html"].decode()

    assert [each for each in result.problems if each.severity == "error"] == []
    assert "<h1>Thèmes</h1>" in page
    assert "1 jeu de données" in page
    assert ">Publishers</a>" in page


def in_french(words):
    """A city that speaks French by a file of words."""
    return with_files(a_city(), {"site.yaml": f"{SITE}languages: [en, fr]\n", PLACE: words})


SEVERAL = '\nmsgid "%(count)s goal"\nmsgid_plural "%(count)s goals"\n'
SEEN = '\nmsgctxt "seen"\nmsgid "Topics"\nmsgstr "Sujets"\n'
UNREADABLE = {     # each with its line and a part of what is said of it
    "no words": ("not a file <<< \"\n", 1, "neither msgid nor msgstr"),
    "bytes": (b"\x00\xff\xfe", 1, "not written in utf-8"),
    "an encoding that is not": (FRENCH.replace("utf-8", "klingon"), 3, '"klingon", is none'),
    "an encoding that nobody filled in": (FRENCH.replace("utf-8", "CHARSET"), 3, '"CHARSET", is none'),
    "another encoding": (FRENCH.encode("latin-1"), 7, "not written in utf-8"),
    "two bytes a letter": (FRENCH.encode("utf-16"), 1, "not written in utf-8"),
    "plural forms that are no rule": (FRENCH.replace("(n > 1)", "__import__(1)"), 4, "the rule of Plural-Forms is none"),
    "plural forms that divide by nothing": (FRENCH.replace("(n > 1)", "n % 0"), 4, "modulo by zero"),
    "more plural forms than any language has": (FRENCH.replace("nplurals=2", "nplurals=9"), 4, "1 to 6 forms"),
    "fewer plural forms than the rule asks for": (FRENCH.replace("nplurals=2", "nplurals=1"), 4, "asks for form 2"),
    "no number of plural forms": (FRENCH.replace("nplurals=2", "nplurals=two"), 4, "how many forms there are"),
    "a form beyond those": (f'{FRENCH}{SEVERAL}msgstr[2] "x"\n', 14, "more forms than Plural-Forms says"),
    "a form without a number": (f'{FRENCH}{SEVERAL}msgstr[x] "x"\n', 16, "neither msgid nor msgstr"),
    "one form of a message of several": (f'{FRENCH}{SEVERAL}msgstr "x"\n', 16, "msgstr cannot stand here"),
    "a line without its closing quotation mark": (f'{FRENCH}\nmsgid "Goals"\nmsgstr "Objectifs\n', 15, "ends with one"),
    "a text of nothing": (f'"Thèmes"\n{FRENCH}', 1, "without msgid or msgstr before it"),
    "a message without words": (f'{FRENCH}\nmsgid "Goals"\nmsgid "Data"\nmsgstr "Données"\n', 15, "has no msgstr"),
    "a last message without words": (f'{FRENCH}\nmsgid "Goals"\n', 14, "has no msgstr"),
    "a message twice": (f'{FRENCH}\nmsgid "Topics"\nmsgstr "Sujets"\n', 15, '"Topics" is there twice'),
    "the first message twice": ('msgid "Topics"\nmsgstr "Thèmes"\n' * 2, 4, '"Topics" is there twice'),
    "a message of one form and of several": (f'{FRENCH}\nmsgid "%(count)s dataset"\nmsgstr "x"\n', 15, "is there twice"),
    "a message twice in one place": (f'{FRENCH}{2 * SEEN}', 20, '"Topics" is there twice'),
    "two files one behind the other": (FRENCH + FRENCH, 14, 'the message "" is there twice'),
    "an encoding with a sign that none has": (FRENCH.replace("utf-8", "utf\0-8"), 3, "U+0000"),
    "a sign that ends a text": (FRENCH.replace('d "%(', 'd "\0%('), 9, "U+0000 cannot be in a text"),
    "a second rule that is none":
        (FRENCH.replace('1);\\n"', '1);\\n"\n"Plural-Forms: nplurals=2; plural=(\\n"'), 1, "plural form"),
    "more plural forms than a number can say": (FRENCH.replace("nplurals=2", f"nplurals={'9' * 5_000}"), 4, "how many forms"),
    "a conflict of two changes": (f"{FRENCH}<<<<<<< HEAD\n", 13, "not brought together"),
    "a conflict as programs for such files mark it": (f"{FRENCH}#-#-#-#-# fr.po #-#-#-#-#\n", 13, "not brought together"),
    "a day in the head that is none": (FRENCH.replace('"Plural', '"PO-Revision-Date: yesterday\\n"\n"Plural'), 1, "yesterday"),
}


@pytest.mark.parametrize(("words", "line", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_words_that_cannot_be_read_are_one_problem_of_a_build_with_their_line(words, line, says):
    result = built(in_french(words), a_build(languages=("en", "fr")))[1]
    (error,) = [each for each in result.problems if each.severity == "error"]

    assert (error.code, error.where.path, error.where.line) == ("words-unreadable", PLACE, line)
    assert says in error.says


READABLE = {
    "the ends of lines of Windows": FRENCH.replace("\n", "\r\n"),
    "a mark of its encoding": f"\N{ZERO WIDTH NO-BREAK SPACE}{FRENCH}",
    "another encoding that it names": FRENCH.replace("utf-8", "iso-8859-1").encode("latin-1"),
    "messages that are gone": f'{FRENCH}\n#~| msgid "old"\n#~ msgid "gone"\n#~ msgstr "parti"\n',
    "a rule on several lines": FRENCH.replace("nplurals=2; plural=(n > 1)", 'nplurals=2; "\n"plural=(n > "\n"1)'),
    "a form that no whole number takes": FRENCH.replace("nplurals=2", "nplurals=3"),
    "a comment that is a line": f"#{'-' * 40}\n# Words of a city\n#{'-' * 40}\n{FRENCH}",
    "a comment and an empty line before another encoding":
        ("# Words\n\n" + FRENCH.replace("utf-8", "iso-8859-1")).encode("latin-1"),
    "a name that another message has as its context": f'{FRENCH}{SEEN}\nmsgid "seen"\nmsgid_plural "Topics"\nmsgstr[0] ""\n',
    "no space after a key": FRENCH.replace('msgid "', 'msgid"'),
    "a tab after a key": FRENCH.replace('msgstr "', 'msgstr\t"'),
    "messages that are gone, further to the right": f'{FRENCH}\n  #~ msgid "gone"\n\t#~ msgstr "parti"\n',
    "a message about an encoding": f'{FRENCH}\nmsgid "charset=klingon"\nmsgstr "charset=klingon"\n',
    "an encoding in a head that is none": f'{FRENCH}\nmsgctxt "x"\nmsgid ""\nmsgstr "Content-Type: a/b; charset=klingon\\n"\n',
    "no head": 'msgid "Topics"\nmsgstr "Thèmes"\n',
}


@pytest.mark.parametrize("words", READABLE.values(), ids=READABLE)
def test_words_are_read_however_programs_write_them(words):
    body = words if isinstance(words, bytes) else words.encode()

    assert translations_of(body, "fr").gettext("Topics") == "Thèmes"


def test_words_that_cannot_be_read_say_their_line_to_a_translator(catalog):
    (catalog / PLACE).parent.mkdir(parents=True)
    (catalog / PLACE).write_text(f'{FRENCH}\nmsgid "Goals"\nmsgstr "Objectifs\n', "utf-8")
    code, said = run("compile", "fr", "--catalog", catalog)

    assert (code, "The words in fr cannot be read: line 15: " in said) == (1, True)


@pytest.mark.parametrize("language", sorted(PLURALS))
def test_the_rule_for_plural_forms_that_a_language_begins_with_can_be_read(language):
    count, rule = PLURALS[language]
    head = f'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals={count}; plural={rule};\\n"\n'

    assert translations_of(head.encode(), language).gettext("Topics") == "Topics"


def test_an_empty_file_of_words_leaves_a_tree_in_english():
    site, result = built(in_french(""), a_build(languages=("en", "fr")))

    assert result.is_built
    assert b"<h1>Topics</h1>" in site["fr/topics/index.html"]


BROKEN = {
    "a script": ("Topics", "<script>alert(1)</script>"),
    "the end of an attribute": ("Skip to main content", '\\" onload=\\"alert(1)'),
    "a place that is not": ("Topics", "%(nothing)s"),
    "a place that is lost": ("About %(title)s", "Sur"),
    "a sign that begins a place": ("Topics", "100% raw"),
    "a sign alone where the message has it twice": ("%(title)s%% of it", "%(title)s%% de ello, el 5 % deseado"),
    "a place without an end": ("About %(title)s", "%(title)s %("),
    "a link elsewhere": ('See <a href=\\"%(url)s\\">here</a>', '<a href=\\"https://example.com/%(url)s\\">ici</a>'),
}


@pytest.mark.parametrize(("message", "told"), BROKEN.values(), ids=BROKEN)
def test_words_that_would_break_a_page_are_not_taken(message, told):
    words = words_of_language("fr", MemoryTree({PLACE: f'{FRENCH}\nmsgctxt "seen"\nmsgid "{message}"\nmsgstr "{told}"\n'}))

    assert words.pgettext("seen", message.replace("\\", "")) == message.replace("\\", "")


def test_words_that_are_not_taken_are_one_warning_with_their_line():
    words = [f'\nmsgctxt "seen in {where}"\nmsgid "{message}"\nmsgstr "{told}"\n' for where, (message, told) in BROKEN.items()]
    result = built(in_french(FRENCH + "".join(words)), a_build(languages=("en", "fr")))[1]
    problems = [each for each in result.problems if each.code == "words-unfit"]

    assert sorted((each.severity, each.where.path, each.where.line) for each in problems) == [
        ("warning", PLACE, 15 + 4 * at) for at in range(len(BROKEN))]


def test_a_translation_may_have_other_quotation_marks():
    words = words_of_language("fr", MemoryTree({PLACE: f'{FRENCH}\nmsgid "with a \\"/\\" between"\nmsgstr "avec « / »"\n'}))

    assert words.gettext('with a "/" between') == "avec « / »"


def test_pages_that_are_known_are_drawn_again_once_their_words_change(tmp_path):
    def made(topics):
        files = in_french(FRENCH.replace("Thèmes", topics))
        workshop = Workshop(tree=MemoryTree(files), sink=FolderSink(tmp_path / "site"), cache=Cache(tmp_path / "cache"),
                            program="as it is")
        build_site(loaded(files), a_build(languages=("en", "fr")), workshop)
        return (tmp_path / "site" / "fr" / "data" / "trees" / "index.html").read_text("utf-8")

    assert (">Thèmes<" in made("Thèmes"), ">Sujets<" in made("Sujets")) == (True, True)
