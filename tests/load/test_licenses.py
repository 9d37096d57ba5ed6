"""Built-in licenses and how other catalogs write them."""

import re

import pytest

from cityfolio.load.licenses import BUILT_IN, SHORT_IDS, license_id_for, means_no_license
from cityfolio.load.values import IDENTIFIER

EVERY = pytest.mark.parametrize("terms", list(BUILT_IN.values()), ids=list(BUILT_IN))


@EVERY
def test_a_built_in_license_has_an_id_a_title_and_an_address(terms):
    assert IDENTIFIER.fullmatch(terms.id.replace(".", ""))
    assert terms.title
    assert terms.url.startswith("https://")


@EVERY
def test_a_built_in_license_is_found_by_its_id_title_address_and_spdx_identifier(terms):
    written = (terms.id, terms.title, terms.url, terms.spdx or terms.id)

    assert {license_id_for(each) for each in written} == {terms.id}


@EVERY
def test_the_id_is_the_spdx_identifier_in_lower_case(terms):
    assert (terms.spdx or terms.id).lower() == terms.id


def test_no_two_licenses_share_a_title_or_an_address():
    licenses = set(BUILT_IN.values())

    assert len({each.title for each in licenses}) == len({each.url for each in licenses}) == len(licenses)


@pytest.mark.parametrize(("short", "full"), SHORT_IDS.items(), ids=list(SHORT_IDS))
def test_a_short_id_stands_for_the_license_with_its_version(short, full):
    assert BUILT_IN[short] is BUILT_IN[full]


@pytest.mark.parametrize(
    "identifier",
    [
        "cc0-1.0",
        "cc-by-4.0",
        "cc-by-sa-4.0",
        "cc-by-nc-4.0",
        "cc-by-3.0",
        "cc-by-sa-3.0",
        "odc-by",
        "odbl",
        "pddl",
        "odc-by-1.0",
        "odbl-1.0",
        "pddl-1.0",
        "ogl-uk-3.0",
        "us-pd",
        "us-gov",
        "mit",
        "apache-2.0",
    ],
    ids=str,
)
def test_the_documented_ids_are_built_in(identifier):
    assert identifier in BUILT_IN


@pytest.mark.parametrize(
    ("given", "identifier"),
    [
        ("Creative Commons CC Zero", "cc0-1.0"),
        ("Creative Commons CCZero", "cc0-1.0"),
        ("cc-zero", "cc0-1.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "cc0-1.0"),
        ("https://opendefinition.org/licenses/cc-zero/", "cc0-1.0"),
        ("CC BY 4.0", "cc-by-4.0"),
        ("  cc-by-4.0 ", "cc-by-4.0"),
        ("HTTP://CreativeCommons.org/licenses/by/4.0", "cc-by-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.en", "cc-by-4.0"),
        ("//creativecommons.org/licenses/by-sa/4.0/", "cc-by-sa-4.0"),
        ("http://www.opendefinition.org/licenses/odc-by", "odc-by-1.0"),
        ("Open Data Commons Open Database License (ODbL)", "odbl-1.0"),
        ("Open Data Commons Public Domain Dedication and Licence (PDDL)", "pddl-1.0"),
        ("http://opendatacommons.org/licenses/odbl/1.0/", None),
        ("https://opendatacommons.org/licenses/odbl/", "odbl-1.0"),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "ogl-uk-3.0"),
        ("Open Government Licence v3.0", "ogl-uk-3.0"),
        ("https://www.usa.gov/government-works", "us-pd"),
        ("http://www.usa.gov/publicdomain/label/1.0/", "us-pd"),
        ("U.S. Government Work", "us-pd"),
        ("Apache License, Version 2.0", "apache-2.0"),
        ("https://opensource.org/licenses/MIT", "mit"),
    ],
    ids=str,
)
def test_a_name_or_address_finds_its_license(given, identifier):
    assert license_id_for(given) == identifier


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Creative Commons Attribution",
        "Creative Commons 4.0",
        "Public Domain",
        "Other (Open)",
        "License Not Specified",
        "City of Philadelphia License",
        "https://example.gov/terms",
        "http://www.opendefinition.org/licenses/cc-by",
        "by",
        "GPL",
        "https://",
    ],
    ids=str,
)
def test_a_name_that_leaves_a_doubt_finds_none(given):
    assert license_id_for(given) is None


def test_titles_are_plain_words():
    assert [each.title for each in BUILT_IN.values() if re.search(r"[<>\"&]|\s{2}", each.title)] == []


@pytest.mark.parametrize("name", ["License Not Specified", "license-not-specified", "notspecified", "Licence not specified.",
                                  " NONE ", "N/A", "Other"])
def test_a_name_that_says_there_is_no_license_is_told_from_one(name):
    assert means_no_license(name)


@pytest.mark.parametrize("name", ["", "Other (Open)", "None of these rights are reserved", "CC0", "City license"])
def test_other_names_are_those_of_licenses(name):
    assert not means_no_license(name)
