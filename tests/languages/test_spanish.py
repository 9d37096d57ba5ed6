"""Spanish: every word of the interface is there, and a city that speaks it shows no English."""

import re
from datetime import date

import pytest

from cityfolio.files import read_bytes
from cityfolio.folders import locale_root
from cityfolio.load.languages import FILE
from cityfolio.pages.day_spans import days, span
from cityfolio.pages.languages import numbers_of, own_name, words_of_language
from cityfolio.pages.measure_figures import end_words, in_period, period_words, when_words
from cityfolio.pages.sound_words import read_words
from cityfolio.pages.words import Numbers, Words
from cityfolio.translating.messages import brought_up, messages, unfilled, wrong
from languages.gathered import each_file_read_once
from languages.spoken_cities import ENGLISH, in_spanish, words_seen

SPANISH = words_of_language("es")
FILE_OF_SPANISH = locale_root() / "es" / FILE


@pytest.fixture(autouse=True, scope="module")
def each_file_is_read_once():
    """Keep what is asked for in each file of the program."""
    with each_file_read_once():
        yield


def spoken():
    """The file of Spanish words."""
    return read_words(read_bytes(FILE_OF_SPANISH), "es")


def test_every_message_of_the_interface_has_spanish_words():
    lacking = [message.id for message in unfilled(brought_up(spoken(), messages()))]

    assert lacking == [], "write them in generator/cityfolio/locale/es/LC_MESSAGES/cityfolio.po"


def test_no_spanish_words_are_kept_for_messages_that_are_gone():
    known, there = spoken(), messages()

    gone = (message.id for message in known if message.id and there.get(message.id, message.context) is None)

    assert list(gone) == []


def test_spanish_words_hold_the_places_that_their_messages_hold():
    assert [(message.id, fault) for message, fault in wrong(spoken())] == []


def test_no_page_of_a_city_that_speaks_spanish_holds_english_words():
    seen = {path: sorted(words_seen(body) & ENGLISH) for path, body in in_spanish().items() if path.endswith(".html")}

    assert {path: words for path, words in seen.items() if words} == {}


def test_numbers_and_sizes_are_written_as_in_the_americas():
    said = (SPANISH.number(1_234_567), SPANISH.figure("12345.5"), SPANISH.size(1_234_567))

    assert said == ("1,234,567", "12,345.5", "1.2 MB")


def test_dates_are_written_with_small_months_and_de():
    assert SPANISH.day(date(2025, 11, 21)) == "21 de noviembre de 2025"
    assert SPANISH.month_day(7, 1) == "1 de julio"


def test_a_month_begins_a_heading_with_a_capital_and_stands_small_within_a_sentence():
    assert SPANISH.begun(period_words("2026-05", SPANISH)) == "Mayo de 2026"
    assert in_period("2026-05", SPANISH) == "mayo de 2026"
    assert when_words("2026-05-03", SPANISH) == "el 3 de mayo de 2026"
    assert in_period("2026-05-03", SPANISH) == "el 3 de mayo de 2026"


@pytest.mark.parametrize(("start", "end", "said"), [
    ("2026-05-01", "2026-05-31", "del 1 al 31 de mayo de 2026"),
    ("2026-05-01", "2026-06-03", "del 1 de mayo al 3 de junio de 2026"),
    ("2025-12-30", "2026-01-02", "del 30 de diciembre de 2025 al 2 de enero de 2026"),
    ("2016", "2020", "de 2016 a 2020"), ("2025-05", "2026-06", "de mayo de 2025 a junio de 2026"),
    ("2016-03", "2026-05-01", "de marzo de 2016 al 1 de mayo de 2026"),
    ("2026-05-01T10:00:00", "2026-05-02T11:00:00", "del 1 de mayo de 2026, 10:00 al 2 de mayo de 2026, 11:00"),
])
def test_a_span_of_days_has_its_articles_and_says_month_and_year_once(start, end, said):
    assert span(start, end, SPANISH) == said


def test_a_span_of_days_in_english_is_said_in_full():
    assert span("2026-05-01", "2026-05-31", Words()) == "1 May 2026 to 31 May 2026"


def test_days_of_a_span_can_be_read_by_programs():
    start, end = days(date(2026, 5, 1), date(2026, 5, 31), SPANISH)

    assert SPANISH.gettext("%(start)s to %(end)s", start=start, end=end) == (
        'del <time datetime="2026-05-01">1</time> al <time datetime="2026-05-31">31 de mayo de 2026</time>')


@pytest.mark.parametrize(("period", "said"), [
    ("FY2026", "el año fiscal 2026"), ("2026-Q2", "el trimestre 2 de 2026"), ("2026-W07", "la semana del 9 de febrero de 2026"),
    ("2026-05", "mayo de 2026"), ("2026-05-03", "el 3 de mayo de 2026"), ("2026", "2026"),
])
def test_a_period_at_the_end_of_a_span_has_its_article(period, said):
    assert end_words(period, SPANISH) == said


def test_a_name_that_begins_with_el_is_left_whole():
    assert SPANISH.gettext("Data from %(publisher)s", publisher="El Paso") == "Datos de El Paso"


@pytest.mark.parametrize(("names", "said"), [
    (["padres", "hijos"], "padres e hijos"), (["agua", "hielo"], "agua y hielo"),
    (["calles", "iglesias"], "calles e iglesias"), (["calles", "parques"], "calles y parques"),
])
def test_and_is_e_before_a_word_that_begins_with_i(names, said):
    assert SPANISH.all_of(names) == said


@pytest.mark.parametrize(("count", "said"), [
    (0, "0 filas agregadas"), (1, "1 fila agregada"), (1_000, "1,000 filas agregadas"),
])
def test_what_is_counted_has_the_number_of_its_count(count, said):
    assert SPANISH.ngettext("%(count)s row added", "%(count)s rows added", count) == said


def test_other_languages_write_numbers_as_they_do():
    assert numbers_of("de").written("1,234,567.5") == "1.234.567,5"
    assert numbers_of("hi").written("1,234,567.5") == "12,34,567.5"
    assert numbers_of("xx") == Numbers()


def test_a_language_is_called_what_those_who_speak_it_call_it():
    assert (own_name("es"), own_name("ar"), own_name("en"), own_name("qq")) == ("Español", "العربية", "English", "qq")


def test_a_language_without_words_has_none():
    assert words_of_language("tlh") is None


def test_the_language_of_a_region_has_the_words_of_the_language():
    mexican = words_of_language("es-MX")

    assert mexican is not None
    assert (mexican.language, str(mexican.gettext("Topics"))) == ("es-MX", "Temas")


def test_spanish_alone_has_its_pages_at_the_addresses_without_a_folder():
    site = in_spanish()

    assert re.search(r'<html lang="es-US">', site["index.html"].decode())
    assert not [path for path in site if path.startswith("es/")]
