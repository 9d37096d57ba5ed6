"""What others made with the data, as it is met, and how more is added."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from cityfolio.load.yaml import read_yaml
from cityfolio.pages.repository import new_file_url
from cityfolio.pages.uses import use_template
from cityfolio.pages.words import Words
from pages.drawing import draw_site
from pages.factories import a_catalog, a_contact, a_repository
from pages.practice_texts import a_city_build, a_use, the_catalog, with_texts


def page():
    """The page of the city of texts."""
    return draw_site(catalog=the_catalog(), build=a_city_build()).page("/uses/")


def test_a_use_says_what_it_is_by_whom_when_and_what_changed():
    found = page().by_id("use-potholes")

    assert found.text.startswith("Where potholes come back Students of Eastway High School 12 April 2026 A third of all holes")
    assert "What changed because of it The city now seals the edges." in found.text
    assert found.links()["Pothole repairs"] == "../data/repairs/"
    assert found.one("h3").one("a").get("rel") == "noopener"


def test_the_counts_of_kinds_lead_to_what_they_count():
    assert [(each.text, each.address) for each in page().main.all("a")][:2] == [
        ("Stories: 1", "#kind-story"), ("Apps: 1", "#kind-app")]
    assert page().section("Stories").headings(3) == ["Where potholes come back"]


def test_a_use_without_a_kind_stands_with_the_others():
    catalog = with_texts(a_catalog(), uses=(a_use(),))

    assert draw_site(catalog=catalog).page("/uses/").section("Others").headings(3) == ["Tree finder"]


def test_a_resident_is_told_how_to_add_one_and_that_it_is_read_first():
    found = page().by_id("add")

    assert found.text == "Add yours"
    assert "Somebody of the city reads each addition before it appears here" in page().main.text
    file = urlsplit(page().link("Propose a file").address)
    assert (file.path, parse_qs(file.query)["filename"]) == ("/city/data/new/main/catalog/uses", ["new-use.yaml"])
    assert parse_qs(file.query)["value"] == [use_template(Words())]
    assert page().link("Write an issue").address.startswith("https://github.com/city/data/issues/new?title=Something%20made")
    assert page().link("Write an e-mail").address.startswith("mailto:data@example.gov?subject=Something%20made")


def test_where_no_repository_is_named_a_letter_is_what_is_left():
    found = draw_site(catalog=with_texts(a_catalog(contact=a_contact()), uses=(a_use(),))).page("/uses/")

    assert [each for each in ("Propose a file", "Write an issue", "Write an e-mail") if each in found.links()] == [
        "Write an e-mail"]
    assert "This is what the city needs to know:" in found.main.text


def test_what_a_file_begins_with_can_be_read():
    document, problems = read_yaml("uses/new-use.yaml", use_template(Words()).encode())

    assert problems == ()
    assert document is not None
    assert [*document.root.entries] == ["title", "kind", "by", "date", "link", "datasets", "description", "change"]


def test_each_host_is_asked_for_a_new_file_as_it_understands():
    def url(home: str) -> str:
        return new_file_url(a_repository(url=home, path="catalog"), "uses/new.yaml", "a: b\n")

    assert url("https://github.com/city/data") == (
        "https://github.com/city/data/new/main/catalog/uses?filename=new.yaml&value=a%3A%20b%0A")
    assert url("https://gitlab.com/city/data") == "https://gitlab.com/city/data/-/new/main/catalog/uses?file_name=new.yaml"
    assert url("https://codeberg.org/city/data/") == (
        "https://codeberg.org/city/data/_new/main/catalog/uses?filename=new.yaml&value=a%3A%20b%0A")
    assert new_file_url(None, "uses/new.yaml", "") == ""


def test_a_city_without_uses_has_no_page_of_them():
    assert "/uses/" not in draw_site(catalog=a_catalog()).urls()
