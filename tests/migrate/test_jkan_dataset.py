"""Each field of a JKAN dataset: mapped, mended, kept elsewhere or reported."""

import pytest

from migrate.jkan_sites import a_site, entries, imported, matter, record, whys

SCHEMA = """dataset_fields:
- {field_name: ente, label: Ente responsabile, datajson: publisher.name}
- {field_name: altro, label: Altre notizie}
resource_fields:
- {field_name: link, label: Link, datajson: distribution.downloadURL}
- {field_name: licenza, label: Licenza}
"""


def of(dataset, **files):
    """The record and the report of one dataset."""
    result = imported(a_site(dataset, **files))
    return record(result), result


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("area_of_interest: City limits", "spatial", "City limits"),
        ("area_of_interest: '\tCity  limits '", "spatial", "City limits"),
        ("time_period: 2012 - 2017", "temporal", {"start": "2012", "end": "2017"}),
        ("time_period: 2011 - present", "temporal", {"start": "2011"}),
        ("modified: R/P1D", "frequency", "daily"),
        ("modified: R/PT5M", "frequency", "R/PT5M"),
        ("frequency: Monthly", "frequency", "monthly"),
        ("frequency: http://purl.org/linked-data/sdmx/2009/code#freq-A", "frequency", "yearly"),
        ("modified: 2026-01-02T03:04:05", "modified", "2026-01-02"),
        ("created: '2016-04-21T22:27:16.878591'", "issued", "2016-04-21"),
        ("maintainer: Ann", "contact", {"name": "Ann"}),
        ("maintainer_email: ann@example.gov", "contact", {"email": "ann@example.gov"}),
        ("maintainer_phone: 704-555-0100", "contact", {"phone": "704-555-0100"}),
        ("maintainer_link: www.example.gov", "contact", {"url": "https://www.example.gov"}),
        ("maintainer: ann@example.gov", "contact", {"email": "ann@example.gov"}),
        ("maintainer: ANN@example.gov\nmaintainer_email: ann@example.gov", "contact", {"email": "ann@example.gov"}),
        ("tags: 'trees, parks; streets'", "keywords", ["trees", "parks", "streets"]),
        ("tags: trees", "keywords", ["trees"]),
        ("tags: [' FEMA', trees, trees, '', none]", "keywords", ["FEMA", "trees"]),
        ('notes: "One.\\r\\n\\r\\nTwo. \\r\\n"', "description", "One.\n\nTwo.\n"),
        ('notes: "Line  \\nbreak \\nkept"', "description", "Line  \nbreak\nkept\n"),
        ("usage: Public use", "notes", {"Usage": "Public use"}),
        ("more: {a: b}\nsome: [c, d]", "notes", {"More": "a: b", "Some": "c, d"}),
        ("time_period: FY2016", "notes", {"Time period": "FY2016"}),
        ("modified: last week", "notes", {"Modified": "last week"}),
        ("modified: R/often", "notes", {"Modified": "R/often"}),
        ("created: '2012'", "notes", {"Created": "2012"}),
        ("created: 2026-05-03\nmodified: 2026-01-01", "notes", {"Created": "2026-05-03"}),
        ("maintainer_email: http://example.gov/contact", "notes", {"Maintainer email": "http://example.gov/contact"}),
        ("maintainer_link: room 12", "notes", {"Maintainer link": "room 12"}),
        ("organization: [Parks, Streets]", "notes", {"Organization": "Streets"}),
    ],
    ids=str,
)
def test_a_field_finds_its_place(line, key, value):
    assert of(f"{line}\n")[0][key] == value


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("modified: R/P1D", ("noted", "modified", "R/P1D", "frequency: daily")),
        ("created: '2016-04-21T22:27:16'", ("mended", "created", "2016-04-21T22:27:16", "2016-04-21")),
        ("time_period: March 2024", ("mended", "time_period", "March 2024", "start 2024-03, end 2024-03")),
        ("time_period: Current", ("noted", "time_period", "Current", "notes")),
        ("usage: none", ("left-out", "usage", "none", "")),
        ("maintainer_link: none", ("left-out", "maintainer_link", "none", "")),
        ("maintainer_link: www.example.gov", ("mended", "maintainer_link", "www.example.gov", "https://www.example.gov")),
        ("maintainer_email: ' ann@example.gov'", ("mended", "maintainer_email", " ann@example.gov", "ann@example.gov")),
        ("maintainer: ann@example.gov", ("mended", "maintainer", "ann@example.gov", "contact.email: ann@example.gov")),
        ("maintainer: a@b.gov\nmaintainer_email: a@b.gov", ("left-out", "maintainer", "a@b.gov", "")),
        ("modified: 2999-01-01", ("doubtful", "modified", "2999-01-01", "2999-01-01")),
        ("tags: [trees, trees]", ("left-out", "tags[2]", "trees", "")),
        ("tags: ['']", ("left-out", "tags[1]", "", "")),
        ("usage: Public use", ("noted", "usage", "Public use", "notes")),
        ("created: 2026-05-03\nmodified: 2026-01-01", ("noted", "created", "2026-05-03", "notes")),
    ],
    ids=str,
)
def test_whatever_is_not_as_it_was_is_in_the_report(line, entry):
    assert entry in entries(of(f"{line}\n")[1])


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ("organization", "no organization"),
        ("notes", "no description"),
        ("license", "no license"),
        ("modified", "no date of the last change"),
    ],
    ids=str,
)
def test_what_is_missing_is_in_the_report(field, why):
    found = [(each.field, each.why) for each in of("")[1].report.records[1].entries if each.kind == "missing"]

    assert (field, why) in found


def test_a_dataset_that_is_renewed_has_no_missing_date():
    assert "no date of the last change" not in whys(of("modified: R/P1D\n")[1])


def test_a_missing_title_is_left_out_and_reported():
    result = imported({"_datasets/trees.md": matter("title:\nresources: []\n")})

    assert "title" not in record(result)
    assert {"no title", "nothing to download"} <= set(whys(result))


def test_a_title_that_is_too_long_is_cut_at_a_word_and_kept_whole():
    long = "tree " * 60
    result = imported({"_datasets/trees.md": matter(f"title: {long}\n")})

    assert record(result)["title"].endswith("tree…")
    assert record(result)["notes"] == {"Title": long.strip()}


@pytest.mark.parametrize(
    ("field", "key"), [("maintainer", "contact"), ("area_of_interest", "spatial"), ("maintainer_phone", "contact")], ids=str
)
def test_words_that_are_too_long_for_their_key_are_kept(field, key):
    found, _ = of(f"{field}: {'x' * 500}\n")

    assert key not in found
    assert list(found["notes"].values()) == ["x" * 500]


def test_a_keyword_that_is_too_long_is_kept():
    found, _ = of(f"tags: [{'x' * 201}]\n")

    assert (found.get("keywords"), found["notes"]) == (None, {"Tags": "x" * 201})


def test_a_note_that_is_too_long_stands_below_the_description():
    found, result = of(f"notes: Trees.\nusage: {'x' * 5_000}\n")

    assert found["description"] == f"Trees.\n\n**Usage**\n\n{'x' * 5_000}\n"
    assert ("noted", "usage", "x" * 5_000, "description") in entries(result)


def test_what_fits_nowhere_is_whole_in_the_report():
    found, result = of(f"notes: {'d' * 60_000}\nusage: {'x' * 5_000}\n")

    assert len(found["description"]) <= 50_000
    assert [(kind, field, len(before)) for kind, field, before, _ in entries(result)] == [
        ("left-out", "notes", 60_000 - 49_998),
        ("left-out", "usage", 5_000),
    ]


def test_text_below_the_front_matter_stands_behind_the_description():
    result = imported({"_datasets/trees.md": matter("notes: Trees.\n", "\nMore of *them*.\n")})

    assert record(result)["description"] == "Trees.\n\nMore of *them*.\n"
    assert ("noted", "(text below the front matter)", "More of *them*.", "description") in entries(result)


def test_the_schema_that_a_record_names_is_asked_first():
    files = {"_data/schemas/it.yml": SCHEMA, "_organizations/parchi.md": matter("title: Parchi\n")}
    found, _ = of("schema: it\nente: Parchi\naltro: Nessuna\n", **files)

    assert (found["publisher"], found["notes"]) == ("parchi", {"Altre notizie": "Nessuna"})


def test_the_schema_of_the_settings_stands_in():
    found, _ = of("ente: Parchi\n", **{"_data/schemas/it.yml": SCHEMA, "_config.yml": "schema: it\n"})

    assert found["publisher"] == "parchi"


def test_a_schema_that_cannot_be_read_is_a_problem_and_jkans_names_stand_in():
    found, result = of("schema: it\norganization: Parks\n", **{"_data/schemas/it.yml": "}"})

    assert found["publisher"] == "parks"
    assert [each.where.path for each in result.problems] == ["_data/schemas/it.yml"]


def test_values_that_repeated_keys_hide_are_kept_and_reported():
    found, result = of("x: old\nx: new\n")

    assert found["notes"] == {"Hidden in the record": "x: old", "X": "new"}
    assert ("noted", "", "x: old", "notes") in entries(result)


def test_two_notes_of_one_label_are_both_kept():
    found, _ = of("some_thing: a\nsome thing: b\n")

    assert found["notes"] == {"Some thing": "a", "Some thing (2)": "b"}


def test_mends_of_the_file_are_in_the_records_report():
    result = of("usage: \tPublic use\n")[1]

    assert ("mended", "usage", "usage: \tPublic use", "usage: Public use") in entries(result)
