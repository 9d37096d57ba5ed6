"""What can be found on a site: every dataset, its columns and their values, and nothing that is kept from readers."""

import html
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from cities import CSV, TREES, a_city
from cityfolio.files import MemoryTree
from cityfolio.pages.pages import site_of
from cityfolio.search import kinds
from cityfolio.search.documents import Document
from cityfolio.search.kinds import documents_of, plain
from cityfolio.search.plain_words import _ADDRESS
from pages.catalogs import a_full_catalog
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_column, a_dataset, a_file, a_profile, categories, numbers
from search.searched_cities import searched


def found(*datasets, kind="dataset"):
    """The documents of one kind on a site of some datasets."""
    documents = documents_of(site_of(a_catalog(*datasets), a_build(), the_theme()))
    return [document for document in documents if document.kind == kind]


def the_dataset(**given):
    """The document of one dataset."""
    (document,) = found(a_dataset(**given))
    return document


def the_column(column, **given):
    """The document of the one column of a dataset."""
    (document,) = found(a_dataset("Trees", files=[a_file(columns=(column,), **given)]), kind="column")
    return document


def test_a_dataset_is_found_by_what_its_page_says():
    document = the_dataset(title="Trees", summary="All of them.", keywords=["oaks"], publisher="Parks", topics=["Nature"],
                           description="*Planted* by [us](https://example.gov/x).", known_limits="No shrubs.",
                           each_row_is="One tree", spatial="All wards")

    assert (document.id, document.title, document.text, document.about) == ("trees", "Trees", "All of them.", "Parks")
    assert document.url == "/data/trees/"
    assert document.updated == "2025-11-21"
    assert document.fields["keywords"] == ("oaks",)
    assert document.fields["about"] == ("Nature", "All wards", "CSV")
    assert document.fields["description"][:3] == ("*Planted* by [us .", "One tree", "No shrubs.")


def test_a_dataset_is_found_by_its_columns_and_their_values():
    column = a_column("RequestType", title="Kind of request", description="What was *asked* for", values={"SL": "Street light"})
    document = the_dataset(files=[a_file(columns=(column,))])

    assert document.fields["columns"] == ("Request Type", "Kind of request", "What was *asked* for")
    assert document.fields["values"] == ("SL: Street light",)


def test_a_dataset_says_its_formats_each_once():
    document = the_dataset(files=[a_file("a.csv"), a_file("b.csv"), a_file("c.json", format="JSON")])

    assert document.detail == "CSV, JSON"
    assert document.facets["format"] == (("csv", "CSV"), ("json", "JSON"))


def test_names_of_files_say_each_word_once():
    document = the_dataset(files=[a_file("a.csv", title="Trees as CSV"), a_file("b.csv", title="Trees as JSON")])

    assert "Trees as CSV JSON" in document.fields["description"]


def test_a_dataset_is_told_apart_by_its_facets():
    document = the_dataset(publisher="Parks", topics=["Nature", "Streets"])

    assert document.facets == {
        "topic": (("nature", "Nature"), ("streets", "Streets")), "publisher": (("parks", "Parks"),),
        "format": (("csv", "CSV"),),
        "freshness": (("on-time", document.facets["freshness"][0][1]),),
        "status": (("published", document.facets["status"][0][1]),)}


@pytest.mark.parametrize("status", ["planned", "restricted", "retired"], ids=str)
def test_a_dataset_that_is_not_published_is_found_and_says_so(status):
    document = the_dataset(title="Trees", status=status)

    assert document.detail == document.facets["status"][0][1] != ""
    assert document.facets["status"][0][0] == status
    assert (document.facets["format"], document.facets["freshness"]) == ((), ())


def test_a_dataset_without_a_publisher_or_an_update_has_neither():
    document = the_dataset(publisher=None, updated=None)

    assert (document.about, document.updated, document.facets["publisher"]) == ("", "", ())


def test_a_column_is_found_by_its_name_and_title():
    document = the_column(a_column("tree_species", title="Kind of tree", description="As [named](https://example.gov)"))

    assert (document.id, document.title, document.detail) == ("trees/tree_species", "Kind of tree", "tree_species")
    assert (document.about, document.parent) == ("Trees", "trees")
    assert document.fields["title"] == ("tree species",)
    assert document.url.startswith("/data/trees/#")


def test_a_column_without_a_title_is_called_by_its_name():
    assert the_column(a_column("tree_species")).title == "tree species"


def test_the_text_of_a_column_is_its_description_or_its_values():
    values = {"O": "Oak", "E": "Elm"}

    assert the_column(a_column("kind", description="Which kind", values=values)).text == "Which kind"
    assert the_column(a_column("kind", values=values)).text == "O: Oak, E: Elm"


def test_the_text_of_a_column_is_shown_without_the_signs_of_markdown():
    assert the_column(a_column("kind", description="As *named* [here](https://example.gov)")).text == "As named here"


def test_values_come_from_the_dictionary_where_it_lists_them():
    profile = a_profile(categories("kind"))

    assert the_column(a_column("kind", values={"elm": "Elm"}), profile=profile).fields["values"] == ("Elm",)


def test_values_come_from_the_rows_where_no_dictionary_lists_them():
    column = the_column(a_column("kind"), profile=a_profile(categories("kind")))

    assert column.fields["values"][:2] == ("Bulky item", "Missed pickup")


@pytest.mark.parametrize("profile", [a_profile(numbers("kind")), a_profile(categories("other")), None],
                         ids=["numbers", "of another column", "no rows read"])
def test_what_are_no_categories_are_no_values(profile):
    assert the_column(a_column("kind"), profile=profile).fields["values"] == ()


def test_no_more_than_so_many_values_are_taken():
    values = {str(at): f"Value {at}" for at in range(100)}

    assert len(the_column(a_column("kind", values=values)).fields["values"]) == kinds.MOST_VALUES


def test_a_column_of_two_files_is_found_once():
    files = [a_file("a.csv", columns=(a_column("kind"),)), a_file("b.csv", columns=(a_column("kind"), a_column("size")))]

    assert [each.detail for each in found(a_dataset("Trees", files=files), kind="column")] == ["kind", "size"]


def test_columns_of_a_dictionary_are_found_where_no_table_was_read():
    dataset = a_dataset("Trees", files=[a_file("map.pdf", columns=())])
    described = {"kind": a_column("kind").record, "owner": a_column("owner", sensitive=True).record}
    record = replace(dataset.record, columns=described)

    assert [each.detail for each in found(replace(dataset, record=record), kind="column")] == ["kind"]


def test_a_sensitive_column_is_nowhere_in_what_can_be_found():
    city = searched(MemoryTree(a_city(
        **{"datasets__trees__dataset.yaml": TREES + "  owner: {title: Secretholder, description: Hushhush, sensitive: true}\n",
           "datasets__trees__trees.csv": CSV.replace("height\n", "height,owner\n").replace(".5\n", ".5,Nobodysname\n").replace(
               "maple,\n", "maple,,Nobodysname\n").replace("elm,8\n", "elm,8,Nobodysname\n")})))
    said = repr(city.documents).lower()

    assert "species" in said
    assert [secret for secret in ("owner", "secretholder", "hushhush", "nobodysname") if secret in said] == []


def test_a_kind_of_which_there_are_too_many_is_left_out(monkeypatch):
    few = kinds.Kind(name="column", of_dataset=kinds.columns, most=2)
    monkeypatch.setattr(kinds, "KINDS", (kinds.KINDS[0], few))
    two, three = ([a_column(f"c{at}") for at in range(count)] for count in (2, 3))

    assert len(found(a_dataset(files=[a_file(columns=tuple(two))]), kind="column")) == 2
    assert found(a_dataset(files=[a_file(columns=tuple(three))]), kind="column") == []


@pytest.mark.parametrize(
    ("markdown", "words"),
    [("[the *map*](https://example.gov/a_b)", "[the *map*"), ("see https://example.gov/x now", "see now"),
     ("a <b>bold</b>\n\nword", "a bold word"), ("fish &amp; chips", "fish & chips")],
    ids=["link", "address", "tag", "entity"],
)
def test_markdown_is_read_without_addresses_and_tags(markdown, words):
    assert plain(markdown) == words


def test_no_more_columns_are_made_than_it_takes_to_see_that_there_are_too_many(monkeypatch):
    made = []

    def endless(site):
        while True:
            made.append(1)
            yield Document(id="", kind="column", title="", url="")

    monkeypatch.setattr(kinds, "KINDS", (kinds.Kind(name="column", documents=endless, most=3),))

    assert found(a_dataset(), kind="column") == []
    assert len(made) == 4


def test_columns_that_are_counted_as_too_many_are_not_made(monkeypatch):
    made = []
    counted = kinds.Kind(name="column", documents=lambda site: made.append(site) or (), most=3, count=lambda site: (2, 2, 2))
    monkeypatch.setattr(kinds, "KINDS", (counted,))

    assert found(a_dataset(), kind="column") == []
    assert made == []


def test_columns_are_counted_as_they_are_made():
    site = site_of(a_full_catalog(), a_build(), the_theme())

    assert sum(kinds.counts_of_columns(site)) == sum(
        len(list(kinds.columns(each, site.words))) for each in site.catalog.datasets) > 0


@given(st.text("ab<>](:/&;#x htp\n", max_size=24) | st.text())
def test_what_holds_no_address_is_read_as_what_does(text):
    assert plain(text) == " ".join(html.unescape(_ADDRESS.sub(" ", text)).split())
