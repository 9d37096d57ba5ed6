import json
import re

from hypothesis import given, settings, strategies as st

from cityfolio.pages.citing import citations
from cityfolio.pages.pages import site_of
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file, a_profile

DIGEST = "ab" * 32
HOSTILE = "50% of {all} #1 & \\input{x} $a_b^c~"


FILE = a_file("trees.csv", page="trees", profile=a_profile(), sha256=DIGEST)


def cited(title="Street trees", build=None, **given):
    dataset = a_dataset("Trees", files=(FILE,), **given)
    return citations(dataset, FILE, title, site_of(a_catalog(dataset), build or a_build(), the_theme()))


def fields(bibtex):
    """The fields of an entry, as a reader of BibTeX tells them apart: by braces, and those behind a backslash count, too."""
    found, depth, start = {}, 0, 0
    for at, sign in enumerate(bibtex):
        if sign == "{":
            start = at + 1 if depth == 1 else start
            depth += 1
        if sign == "}":
            depth -= 1
            if depth == 1:
                found[re.findall(r"(\w+) = $", bibtex[:start - 1])[0]] = bibtex[start:at]
    assert depth == 0
    return found


def test_apa_names_who_when_what_where_and_the_digest():
    assert cited().apa == (
        f"Customer Service Center. (2025). Street trees [Data set; SHA-256 {DIGEST}]. Example City open data. "
        "Retrieved [date], from https://data.example.gov/data/trees/trees/")


def test_apa_says_when_no_year_is_known_and_no_address():
    apa = cited(updated=None, build=a_build(base_url="")).apa

    assert "(n.d.)" in apa
    assert apa.endswith("Retrieved [date].")


def test_the_site_is_the_author_of_what_has_no_publisher():
    assert cited(publisher=None).apa.startswith("Example City open data. (2025). Street trees [")


def test_bibtex_has_the_same_facts():
    assert fields(cited().bibtex) == {
        "author": "{Customer Service Center}", "title": "{Street trees}", "year": "2025", "month": "11",
        "publisher": "Example City open data", "howpublished": "Data set", "url": "https://data.example.gov/data/trees/trees/",
        "urldate": "[date]", "language": "en", "note": f"SHA-256: {DIGEST}",
    }


def test_what_means_something_to_bibtex_is_escaped():
    assert fields(cited(HOSTILE).bibtex)["title"] == (
        r"{50\% of \textbraceleft{}all\textbraceright{} \#1 \& \textbackslash{}input\textbraceleft{}x\textbraceright{} "
        r"\$a\_b\textasciicircum{}c\textasciitilde{}}")


@settings(max_examples=30)
@given(st.text("{}\\%\"@,#~^$&_ \nab", min_size=1))
def test_no_title_breaks_out_of_its_field(title):
    found = cited(title)

    assert [*fields(found.bibtex)][:3] == ["author", "title", "year"]
    assert json.loads(found.csl)[0]["title"] == " ".join(title.split())


def test_csl_is_a_list_of_one_item():
    assert json.loads(cited().csl) == [{
        "id": "trees-trees", "type": "dataset", "title": "Street trees", "author": [{"literal": "Customer Service Center"}],
        "publisher": "Example City open data", "language": "en", "issued": {"date-parts": [[2025, 11, 21]]},
        "URL": "https://data.example.gov/data/trees/trees/", "note": f"SHA-256: {DIGEST}",
    }]


def test_signs_that_cannot_be_seen_are_left_out():
    assert "Street trees of all [Data set" in cited("Street\ttrees\n of\u202e all").apa
