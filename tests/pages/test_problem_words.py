"""What problems say is said in Spanish on Spanish pages: every sentence that there is, with whatever values."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cities import a_city, with_files
from cityfolio.codes import CODES
from cityfolio.model.health import HealthCheck
from cityfolio.pages.health_words import reason
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.problem_words import SENTENCES, document_said, link_said, problem_said
from cityfolio.pages.sentences import FORMS, PLACE, Sentence, pattern, recognized
from cityfolio.pages.sentences_within import WITHIN
from cityfolio.pages.words import ENGLISH, Words
from cityfolio.practice.documents import FAULTS
from cityfolio.problems import Location, Problem
from cityfolio.tables.readers.csv_notes import BETWEEN, WRAPPINGS
from cityfolio.tables.readers.csv_rules import UNDECLARED
from cityfolio.tables.shape_rules import WORDS
from languages.spoken_cities import BOTH, built
from pages.sentences_in_source import LENIENT, unexplained, written
from triggers import TRIGGERS

SPANISH = words_of_language("es")
OF_PLUGINS = frozenset({"plugin-warning", "plugin-advice"})     # whose words are their own
CODES_TOLD = sorted(LENIENT - OF_PLUGINS)
ALL = [(of, sentence, form) for of, sentences in {**SENTENCES, **WITHIN}.items() for sentence in sentences
       for form in dict.fromkeys(filter(None, (sentence.one, sentence.many)))]
ENGLISH_MARK = 'lang="en"'


def a_problem(code: str, says: str) -> Problem:
    return Problem(code=code, where=Location(path="site.yaml"), says=says)


def in_spanish(code: str, says: str) -> str:
    return str(problem_said(a_problem(code, says), SPANISH))


def rebuilt(says: str, among: tuple[Sentence, ...]) -> str | None:
    """The English of a sentence, made again from its message and the values that were found."""
    found = recognized(says, among)
    return found.form % found.values if found else None


def a_text_for(name: str) -> st.SearchStrategy[str]:
    return st.from_regex(FORMS[name], fullmatch=True) if name in FORMS else st.text()


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence with values of any kind, which may look like others of its own sort, and of what it is."""
    of, _, form = draw(st.sampled_from(ALL))
    values = {name: draw(a_text_for(name)) for name in PLACE.findall(form)}
    free = [name for name in values if name not in FORMS]
    if free and draw(st.booleans()):
        values[draw(st.sampled_from(free))] = form
    return of, form % values


def test_every_warning_and_advice_has_sentences_but_those_of_plugins() -> None:
    assert sorted(SENTENCES) == CODES_TOLD


@pytest.mark.parametrize("code", CODES_TOLD)
def test_what_gives_rise_to_a_problem_is_told_in_spanish(code: str, tmp_path: Path) -> None:
    for each in (each for each in TRIGGERS[code](tmp_path) if each.severity != "error"):
        assert rebuilt(each.says, SENTENCES[each.code]) == each.says
        assert ENGLISH_MARK not in in_spanish(each.code, each.says)


@given(sentences())
def test_whatever_the_values_the_same_english_comes_of_a_sentence(drawn: tuple[str, str]) -> None:
    of, says = drawn

    assert rebuilt(says, {**SENTENCES, **WITHIN}[of]) == says


@given(sentences())
def test_whatever_the_values_a_page_shows_markup_that_is_whole(drawn: tuple[str, str]) -> None:
    of, says = drawn
    shown = in_spanish(of, says) if of in SENTENCES else str(link_said(says, SPANISH))
    rest = re.sub(r'<span lang="en">|</span>', "", shown)

    assert not set("<>") & set(rest)
    assert shown.count("<span") == shown.count("</span>")


def spoken(sentence: Sentence, form: str) -> str:
    """A form of a sentence in Spanish."""
    count = 1 if form == sentence.one else 2
    return (SPANISH.translations.ngettext(sentence.one, sentence.many, count) if sentence.many
            else SPANISH.translations.gettext(form))


def test_every_sentence_has_spanish_with_the_same_places() -> None:
    forms = {f"{of}: {form}": (form, spoken(sentence, form)) for of, sentence, form in ALL}

    assert [each for each, (form, said) in forms.items() if said == form] == []
    assert {each: said for each, (form, said) in forms.items() if {*PLACE.findall(said)} != {*PLACE.findall(form)}} == {}


def test_every_sentence_of_the_source_is_known_here() -> None:
    missing = [each for each in written() if not any(each.fits(form) for of, _, form in ALL if of in each.of.split())]

    assert [f"{each.place}: {each.pattern}" for each in missing] == [], "add it to cityfolio/pages/sentences_*.py, with Spanish"
    assert unexplained() == []


def test_no_sentence_is_kept_that_no_problem_says_any_more() -> None:
    found = written()
    told = {code: [each for each in found if code in each.of.split()] for code in SENTENCES}
    gone = [form for of, _, form in ALL if of in told and not any(each.fits(form) for each in told[of])]

    assert sorted(gone) == sorted(MADE_OTHERWISE)


# The first has the name of an issue put behind it; the other is kept together with its code until both are noted.
MADE_OTHERWISE = (
    "this was answered, and not told what (%(issue)s)",
    '%(sheet)s, cell %(cell)s: "%(name)s" was changed here and in the catalog, which now says "%(there)s"',
)


@pytest.mark.parametrize(("place", "words"), [
    ("flaw", WORDS.values()), ("marks", [name for _, name in WRAPPINGS.values()]), ("signs", UNDECLARED.values()),
    ("sign", [*BETWEEN.values(), *(f"{name}s" for name in BETWEEN.values())]), ("document", FAULTS),
], ids=["shapes", "marks", "delimiters", "signs", "documents"])
def test_words_that_stand_within_sentences_are_known_too(place: str, words: list[str]) -> None:
    assert [each for each in words if recognized(each, WITHIN[place]) is None] == []


@pytest.mark.parametrize("code", CODES_TOLD)
def test_a_sentence_on_an_english_page_is_as_it_was_found(code: str) -> None:
    says = SENTENCES[code][0].one.replace("%(", "<").replace(")s", ">")

    assert problem_said(a_problem(code, says), ENGLISH).unescape() == says
    assert problem_said(a_problem(code, says), Words(language="en-GB")).unescape() == says


def test_days_and_counts_are_written_by_the_custom_of_the_language() -> None:
    said = in_spanish("dataset-late", "the data was last updated 2020-04-30 and was due 2020-05-30, 2,222 days ago")

    assert said == ("los datos se actualizaron por última vez el 30 de abril de 2020 y estaban previstos para el "
                    "30 de mayo de 2020, hace 2,222 días")
    assert in_spanish("release-overdue", "this should have been out on 2026-05-31, 1 day ago").endswith("hace 1 día")


def test_a_value_is_left_as_it_is_and_cannot_be_markup() -> None:
    said = in_spanish("link-unusable", 'the link to "a el <b>%(x)s\n" has no full web address, so only its words are shown')

    assert said.startswith("el enlace a “a el &lt;b&gt;%(x)s\n” no tiene")


def test_a_day_that_does_not_exist_stays_as_it_is_written() -> None:
    assert "2026-99-99" in in_spanish("attestation-expired", "this counted until 2026-99-99, and counts no more")


def test_a_reason_within_a_sentence_is_told_too_and_one_of_a_system_is_marked() -> None:
    made = in_spanish("export-unfit", "trees.pmtiles was not made: none of its rows has a place on the map")
    read = in_spanish("links-unreadable", "the file could not be read: Stale file handle")

    assert made == "no se creó trees.pmtiles: ninguna de sus filas tiene un lugar en el mapa"
    assert read == 'no se pudo leer el archivo: <span lang="en">Stale file handle</span>'


def test_a_sentence_that_is_not_known_and_one_of_a_plugin_are_marked_as_english() -> None:
    assert in_spanish("license-missing", "no license") == '<span lang="en">no license</span>'
    assert in_spanish("plugin-advice", "this file is empty (plugin transit)") == (
        '<span lang="en">this file is empty (plugin transit)</span>')


@pytest.mark.parametrize(("code", "says"), [
    ("theme-unused", "nothing uses this file"), ("commitment-overdue", "this was due on 2026-05-31, 30 days ago"),
], ids=["plain", "counted"])
def test_a_language_that_lacks_a_sentence_shows_it_in_english(code: str, says: str) -> None:
    assert str(problem_said(a_problem(code, says), Words(language="fr"))) == f'<span lang="en">{says}</span>'


def test_what_was_found_at_an_address_and_in_a_document_is_told_in_spanish() -> None:
    assert link_said("404 Not Found (moved to https://example.gov/b)", SPANISH) == (
        '<span lang="en">404 Not Found</span> (se trasladó a https://example.gov/b)')
    assert link_said("the server cannot be reached", SPANISH) == "no se puede llegar al servidor"
    assert document_said("it has no title; it opens only with a password", SPANISH) == (
        "no tiene título; solo se abre con una contraseña")


def test_the_reason_of_a_check_is_told_in_spanish_with_what_was_found() -> None:
    document = HealthCheck(id="accessible", area="documents", state="failed",
                           facts={"path": "plan.pdf", "says": "it has no title"})
    link = HealthCheck(id="links", area="links", state="failed", of=2, count=1,
                       facts={"url": "https://example.gov/a?b&c", "says": "the server refuses connections"})

    assert reason(document, SPANISH) == "plan.pdf: no tiene título"
    assert reason(link, SPANISH).unescape().endswith("https://example.gov/a?b&c (el servidor rechaza las conexiones)")


def test_sentences_within_each_other_come_to_an_end() -> None:
    says = "no publisher is named; " + "A requires `b`, " * 500 + "A requires `b`"

    assert ENGLISH_MARK in in_spanish("publisher-missing", says)


@pytest.mark.parametrize("form", [form for _, _, form in ALL])
def test_a_long_value_takes_no_long_time(form: str) -> None:
    fixed = PLACE.split(form)[::2]
    hostile = ("".join(each or " " for each in fixed) * 2_000)[:200_000]
    begun = time.process_time()
    pattern(form).fullmatch(f"{fixed[0]}{hostile}x")

    assert time.process_time() - begun < 0.5


def test_the_spanish_page_of_open_problems_holds_no_english() -> None:
    page = built(with_files(a_city(), {**BOTH, **FAULTY}))[0]["es/health/problems/index.html"].decode()
    listed = "".join(re.findall(r"<li>.*?</li>", page.partition('id="problem-')[2].partition("</main>")[0], re.DOTALL))
    codes = [code for code in CODES if f'id="problem-{code}"' in page]

    assert len(codes) >= 8
    assert listed.count("<li>") > len(codes)
    assert ENGLISH_MARK not in listed


FAULTY = {
    "datasets/bikes/dataset.yaml": ("title: Bike racks\nfrequency: monthly\nmodified: 2026-01-01\nfiles: [{path: racks.csv}]\n"
                                    "columns: {rack: {title: Where it stands}}\n"),
    "datasets/bikes/racks.csv": "rack;kind\nMain;=1+1\n;\nElm;hoop\n",
    "datasets/benches/dataset.yaml": "title: Benches\nstatus: planned\nrelease: {on: 2026-05-31}\nreason: Not yet.\n",
    "datasets/walks/dataset.yaml": "summary: Where to walk.\nlicense: cc0-1.0\nmodified: 2062-01-01\n",
    "datasets/bikes/notes.txt": "None.\n",
    "commitments/budget.yaml": "title: Publish the budget\npromised: 2026-01-01\ndue: 2026-05-31\n",
    "theme/templates/nothing.html": "<p>Nothing.</p>\n",
}
