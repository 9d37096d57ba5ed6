"""Organizations, categories and licenses, and how datasets name them."""

import pytest

from migrate.jkan_sites import RESOURCE, a_site, entries, imported, matter, record, totals, whys


def with_license(name, table="", **files):
    """A site whose dataset has a license, and perhaps a table of licenses."""
    return imported(a_site(f"license: {name}\n", **({"_data/licenses.yml": table} if table else {}) | files))


def test_an_organization_becomes_a_publisher():
    result = imported(
        a_site("organization: Parks\n", **{"_organizations/parks.md": matter("title: Parks\ndescription: Green things.\n")})
    )

    assert (
        result.files["publishers/parks.yaml"] == "title: Parks\ndescription: Green things.\nformerly: [/organizations/parks/]\n"
    )


def test_an_organization_keeps_the_id_of_its_file_whatever_its_title():
    result = imported(a_site("organization: County GIS\n", **{"_organizations/the-county.md": matter("title: County GIS\n")}))

    assert record(result)["publisher"] == "the-county"


def test_the_id_of_an_organization_names_it_too():
    result = imported(a_site("organization: the-county\n", **{"_organizations/the-county.md": matter("title: County GIS\n")}))

    assert record(result)["publisher"] == "the-county"


def test_another_spelling_of_an_organization_is_the_same_and_that_is_said():
    result = imported(
        a_site("organization: us census bureau\n", **{"_organizations/census.md": matter("title: U.S. Census Bureau\n")})
    )

    assert record(result)["publisher"] == "census"
    assert ("joined", "organization", "us census bureau", "U.S. Census Bureau") in entries(result)
    assert totals(result)["publishers"] == (1, 1)


def test_an_organization_without_a_file_is_made_and_that_is_said():
    result = imported(a_site("organization: U.S. Census Bureau\n"))

    assert record(result)["publisher"] == "us-census-bureau"
    assert entries(result, "publishers/us-census-bureau.yaml") == [("joined", "organization", "U.S. Census Bureau", "")]


def test_an_organization_that_no_dataset_names_comes_over():
    result = imported(a_site(**{"_organizations/parks.md": matter("title: Parks\n")}))

    assert "publishers/parks.yaml" in result.files
    assert "1 without a dataset" in result.report.totals[2].because


@pytest.mark.parametrize("name", ["N/A", "none", "''"], ids=str)
def test_nobody_is_no_organization(name):
    result = imported(a_site(f"organization: {name}\n"))

    assert "publisher" not in record(result)
    assert "no organization" in whys(result)


def test_two_files_of_one_organization_become_one_with_both_addresses():
    files = {
        "_organizations/a.md": matter("title: City Parks\ndescription: One.\n"),
        "_organizations/b.md": matter("title: city parks.\ndescription: Two.\n"),
    }
    result = imported(a_site("organization: City Parks\n", **files))

    assert record(result, "publishers/a.yaml")["formerly"] == ["/organizations/a/", "/organizations/b/"]
    assert entries(result, "publishers/a.yaml") == [
        ("joined", "title", "city parks.", "City Parks"),
        ("left-out", "description", "Two.", ""),
    ]
    assert "1 merged with another spelling" in result.report.totals[2].because


def test_a_second_file_gives_the_description_that_the_first_lacks():
    files = {"_organizations/a.md": matter("title: City Parks\n"), "_organizations/b.md": matter("title: City parks\n", "Two.")}

    assert record(imported(a_site(**files)), "publishers/a.yaml")["description"] == "Two."


def test_what_a_publisher_has_no_place_for_is_in_the_report():
    result = imported(
        a_site(**{"_organizations/parks.md": matter("title: Parks\nlogo: a.png\ntags: [x, y]\nempty: ''\nname: n\nname: m\n")})
    )

    assert entries(result, "publishers/parks.yaml") == [
        ("left-out", "(file)", "name: n", ""),
        ("left-out", "logo", "a.png", ""),
        ("left-out", "tags", "x, y", ""),
        ("left-out", "name", "m", ""),
    ]


def test_an_organization_without_a_title_comes_over():
    result = imported(a_site(**{"_organizations/parks.md": matter("description: Green.\n")}))

    assert "title" not in record(result, "publishers/parks.yaml")
    assert whys(result, "publishers/parks.yaml") == ["no title"]


def test_two_organizations_without_a_title_stay_two():
    result = imported(a_site(**{"_organizations/a.md": matter("x: y\n"), "_organizations/b.md": matter("x: y\n")}))

    assert totals(result)["publishers"] == (2, 2)


def test_a_category_becomes_a_topic():
    result = imported(
        a_site("category: Parks / Recreation\n", **{"_dataset_categories/parks.md": matter("name: Parks / Recreation\n")})
    )

    assert record(result)["topics"] == ["parks"]
    assert result.files["topics/parks.yaml"] == "title: Parks / Recreation\nformerly: [/categories/parks/]\n"


def test_categories_of_an_older_site_stand_in_a_list():
    table = "- name: Arte\n  logo: a.png\n- name: Storia\n- x: y\n"
    result = imported(a_site("category: [arte, Storia, Altro]\n", **{"_data/categories.yml": table}))

    assert record(result)["topics"] == ["arte", "storia", "altro"]
    assert totals(result)["topics"] == (3, 3)


def test_a_category_that_two_spellings_name_is_named_once():
    result = imported(a_site("category: [Parks, parks]\n"))

    assert record(result)["topics"] == ["parks"]


@pytest.mark.parametrize(
    ("name", "table", "identifier"),
    [
        (
            "Creative Commons 4.0",
            "items:\n- {name: Creative Commons 4.0, url: 'https://creativecommons.org/licenses/by/4.0/'}\n",
            "cc-by-4.0",
        ),
        ("CC Zero", "", "cc0-1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "", "cc0-1.0"),
        ("Open Data Commons Attribution License", "- {name: Open Data Commons Attribution License}\n", "odc-by-1.0"),
    ],
    ids=str,
)
def test_a_license_that_is_built_in_needs_no_file(name, table, identifier):
    result = with_license(name, table)

    assert record(result)["license"] == identifier
    assert not [path for path in result.files if path.startswith("licenses/")]
    assert ("joined", "license", name, identifier) in entries(result)


def test_a_license_of_the_city_becomes_a_file():
    result = with_license("City License", "items:\n- name: City License\n  url: www.example.gov/terms\n")

    assert record(result)["license"] == "city-license"
    assert result.files["licenses/city-license.yaml"] == "title: City License\nurl: https://www.example.gov/terms\n"
    assert entries(result, "licenses/city-license.yaml") == [
        ("mended", "url", "www.example.gov/terms", "https://www.example.gov/terms")
    ]


def test_a_license_whose_name_and_address_disagree_is_not_taken_for_either():
    table = "items:\n- {name: CC0, url: 'https://creativecommons.org/licenses/by/4.0/'}\n"

    assert record(with_license("CC0", table))["license"] == "cc0-2"
    assert "licenses/cc0-2.yaml" in with_license("CC0", table).files


@pytest.mark.parametrize(
    "text",
    [matter("title: City License\nbody: All of it.\n"), matter("title: City License\n", "All of it.")],
    ids=["a key", "below"],
)
def test_the_text_of_a_license_comes_along(text):
    result = with_license("City License", **{"_licenses/city.md": text})

    assert record(result, "licenses/city-license.yaml")["description"] == "All of it."
    assert whys(result, "licenses/city-license.yaml") == ["no address of a license"]


def test_an_address_of_a_license_that_cannot_be_linked_to_is_in_the_report():
    result = with_license("City License", "items:\n- {name: City License, url: see city hall}\n")

    assert entries(result, "licenses/city-license.yaml") == [("left-out", "url", "see city hall", "")]


def test_a_license_given_as_an_address_is_named_by_its_host():
    result = with_license("https://example.gov/terms")

    assert record(result)["license"] == "example-gov"
    assert record(result, "licenses/example-gov.yaml") == {
        "title": "https://example.gov/terms",
        "url": "https://example.gov/terms",
    }


def test_two_spellings_of_a_license_are_one_file():
    result = imported(a_site("license: City License\n", **{"_datasets/u.md": matter(f"license: city license\n{RESOURCE}")}))

    assert [path for path in result.files if path.startswith("licenses/")] == ["licenses/city-license.yaml"]


def test_a_license_that_says_that_none_was_specified_stays_what_it_is():
    result = with_license(
        "License Not Specified", **{"_licenses/other.md": matter("title: License Not Specified\npermalink: /licenses/other\n")}
    )

    assert record(result)["license"] == "license-not-specified"
    assert ("doubtful", "license", "License Not Specified", "license-not-specified") in entries(result)
    assert "/licenses/other" in [each.old for each in result.report.addresses]
