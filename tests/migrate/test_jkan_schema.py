"""A site's schema says which field is what."""

import pytest

from cityfolio.migrate.jkan.schema import Taking, schema_of

ITALIAN = {
    "dataset_fields": [
        {"field_name": "titolo", "label": "Titolo", "datajson": "title"},
        {"field_name": "ente", "label": "Ente", "datajson": "publisher.name"},
        {"field_name": "title", "label": "Sigla"},
        {"field_name": "parole", "label": "Parole", "datajson": "keyword"},
        {"field_name": "agg", "label": "Aggiornato", "datajson": "modified"},
    ],
    "resource_fields": [
        {"field_name": "indirizzo", "label": "Indirizzo", "datajson": "distribution.accessURL"},
        {"field_name": "scarica", "label": "Scarica", "datajson": "distribution.downloadURL"},
    ],
}
OLD_FORM = {
    "fields": [
        {"field_name": "publisher[name]", "system_field": "organization", "label": "Publisher"},
        {"field_name": "contactPoint[fn]", "label": "Contact Name", "datajson": "contactPoint.fn"},
    ]
}


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("title", "titolo"),
        ("publisher", "ente"),
        ("keywords", "parole"),
        ("modified", "agg"),
        ("description", "notes"),
    ],
    ids=str,
)
def test_the_schema_names_a_field_and_jkans_own_names_stand_in(role, name):
    assert schema_of(ITALIAN).dataset.names[role][0] == name


def test_the_address_for_download_comes_before_the_one_to_look_at():
    assert schema_of(ITALIAN).file.names["url"] == ("scarica", "indirizzo", "url")


def test_a_field_with_a_meaning_of_its_own_is_not_taken_for_the_title():
    taking = Taking({"titolo": "Alberi", "title": "ALB"}, schema_of(ITALIAN).dataset)

    assert taking.take("title") == ("titolo", "Alberi")
    assert taking.rest() == {"title": "ALB"}


def test_the_older_form_of_a_schema_names_values_inside_others():
    values = {"publisher": {"name": "Parks", "mbox": "parks@example.gov"}, "contactPoint": {"fn": "Ann"}}
    taking = Taking(values, schema_of(OLD_FORM).dataset)

    assert taking.take("publisher") == ("publisher[name]", "Parks")
    assert taking.take("contact.name") == ("contactPoint[fn]", "Ann")
    assert taking.rest() == {"publisher": {"mbox": "parks@example.gov"}}


def test_a_field_without_words_gives_way_to_the_next():
    taking = Taking({"organization": "", "publisher": "Parks"}, schema_of(None).dataset)

    assert taking.take("publisher") == ("publisher", "Parks")


def test_without_any_field_the_name_is_the_one_it_would_have():
    assert Taking({}, schema_of(None).dataset).take("title") == ("title", None)


def test_what_nobody_took_is_in_the_order_of_the_schema():
    taking = Taking({"z": "1", "agg": "2", "ente": "3", "empty": ""}, schema_of(ITALIAN).dataset)

    assert list(taking.rest()) == ["ente", "agg", "z"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ente", "Ente"),
        ("source_url", "Source URL"),
        ("metadata_modified", "Metadata modified"),
        ("_", "Note"),
    ],
    ids=str,
)
def test_a_field_is_labeled_by_the_schema_or_readably(name, label):
    assert schema_of(ITALIAN).dataset.label(name) == label


@pytest.mark.parametrize("given", [None, "words", [], {"dataset_fields": "x"}, {"dataset_fields": ["x", None]}], ids=repr)
def test_a_schema_that_is_none_leaves_jkans_own_names(given):
    assert schema_of(given).dataset.names["publisher"] == ("organization", "publisher")
