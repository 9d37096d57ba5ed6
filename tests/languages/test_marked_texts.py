"""A text of the city that is missing in a language says on every page of it in which language it is."""

import re

from cityfolio.model.said import Said
from cityfolio.pages.day_spans import span
from cityfolio.pages.languages import words_of_language
from cityfolio.pages.markdown import told, untold
from languages.unspoken_city import Unmarked, unspoken

# Where a text stays as it is, and why: what it stands in as the page names it.
EXCEPTIONS = {
    "pre code": "it is to be copied as it is, and holds no markup",
    "p.cite": "a script writes the citation of a table as text, with the day of access",
    "text": "a word of a picture; the table below it has the same unit, marked",
}
IN_AN_ATTRIBUTE = re.compile(r'[\w-]+="[^"<>]*<(?:span|div) lang=')


def pages():
    """The pages in Spanish, by path."""
    return {path: body for path, body in unspoken().items() if path.startswith("es/") and path.endswith(".html")}


def is_excepted(found):
    """Whether a text stands where none is marked."""
    return any(found.partition(":")[0].endswith(place) for place in EXCEPTIONS)


def test_every_text_that_is_not_in_the_language_of_the_page_says_so():
    unmarked = {path: [each for each in Unmarked(page).found if not is_excepted(each)] for path, page in pages().items()}

    assert {path: found for path, found in unmarked.items() if found} == {}


def test_what_says_a_language_never_stands_in_an_attribute_nor_is_shown_as_text():
    texts = {path: page.decode() for path, page in pages().items()}

    assert {path: found for path, text in texts.items() if (found := IN_AN_ATTRIBUTE.findall(text))} == {}
    assert [path for path, text in texts.items() if "&lt;span lang=" in text] == []


def test_nothing_is_marked_outside_of_pages():
    marked = [path for path, body in unspoken().items() if path.startswith("es/") and not path.endswith(".html")
              and b"<span lang=" in body]

    assert marked == []


def test_a_heading_is_the_same_words_without_its_marks():
    heading = told(Said("Trees & shrubs", "en", foreign=True))

    assert str(untold(heading)) == "Trees &amp; shrubs"
    assert untold("Trees") == "Trees"


def test_a_text_that_is_written_from_the_right_says_so_on_a_page_that_is_not():
    told_in_arabic = told(Said("مدينة", "ar", foreign=True))

    assert str(told_in_arabic) == '<span lang="ar" dir="rtl">مدينة</span>'
    assert str(untold(told_in_arabic)) == "مدينة"


def test_a_span_within_a_year_or_a_month_is_said_once_in_spanish():
    spanish = words_of_language("es")

    assert (span("2024", "2024", spanish), span("2024-05", "2024-05", spanish)) == ("en 2024", "en mayo de 2024")
    assert span("2024", "2025", spanish) == "de 2024 a 2025"
