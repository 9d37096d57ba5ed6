"""A draft takes facts as other systems give them; each comes over, or is written down."""

import pytest
import yaml
from hypothesis import given, strategies as st

from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.values.names import MAX_ID_LENGTH
from migrate.imports import TODAY, entries, errors, only, records, totals, whys


def drafted(fill, **options):
    """What becomes of a catalog with one dataset that a function describes."""
    draft = Draft("data-json", today=TODAY, **options)
    fill(draft.dataset("dataset[1]", "Trees"))
    return draft.imported()


def test_a_dataset_is_written_as_a_person_would_have():
    def fill(each):
        each.words("title", "title", "Street trees")
        each.text("description", "notes", "All of them.\n\nCounted by hand.")
        each.publisher("org", "Parks", url="https://parks.example.gov", parent="City")
        each.keywords("tags", ["oak", "elm"])
        each.day("modified", "modified", "2026-01-02T10:00:00Z")
        file = each.file("files[1]", url="https://example.gov/trees.csv", title="Trees", format="csv")
        file.column("fields[1]", "height", type="number")

    result = drafted(fill)

    assert result.files["datasets/trees/dataset.yaml"] == (
        "title: Street trees\ndescription: |\n  All of them.\n\n  Counted by hand.\npublisher: parks\nkeywords: [oak, elm]\n"
        "modified: 2026-01-02\nfiles:\n  - url: https://example.gov/trees.csv\n    title: Trees\n    format: CSV\n"
        "    columns:\n      height: {type: number}\n"
    )
    assert yaml.safe_load(result.files["publishers/parks.yaml"]) == {
        "title": "Parks", "url": "https://parks.example.gov", "parent": "city"}


def test_a_word_that_comes_in_two_fields_is_written_once_and_the_second_is_told():
    def fill(each):
        for field in ("tags", "subjects"):
            each.keywords(field, ["oak", "elm"])
            each.topics(field, ["Nature"])

    result = drafted(fill)

    assert (only(result)["keywords"], only(result)["topics"]) == (["oak", "elm"], ["nature"])
    assert entries(result, ("left-out",)) == [("left-out", f"subjects[{place}]") for place in (1, 2, 1)]
    assert "a word that the list has already" in whys(result)


@pytest.mark.parametrize("nothing", [None, "", "null", "N/A", [], {}, [None, ""]],
                         ids=["none", "empty", "null", "n/a", "list", "group", "empty words"])
def test_what_says_nothing_writes_nothing(nothing):
    def fill(each):
        each.words("title", "title", nothing)
        each.text("description", "description", nothing)
        each.keywords("keyword", nothing)
        each.topics("theme", nothing)
        each.license("license", nothing)
        each.day("modified", "modified", nothing)
        each.frequency("repeat", nothing)
        each.temporal("temporal", nothing)
        each.contact("contact", name=nothing, email=nothing)
        each.landing_page("page", nothing)
        each.note("Note", "note", nothing)

    assert only(drafted(fill)) == {}


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-01-02", "2026-01-02"), ("2026-01-02T23:59:00-05:00", "2026-01-02"), ("1577836800000", "2020-01-01"),
     (1577836800000, "2020-01-01"), ("1577836800", "2020-01-01"), ("20260102", "2026-01-02"), ("January 2, 2026", "2026-01-02"),
     ("01/31/2026", "2026-01-31"), ({"@value": "2026-01-02", "@type": "xsd:date"}, "2026-01-02")],
    ids=["day", "moment", "milliseconds", "a number", "seconds", "compact", "words", "American", "typed"],
)
def test_a_date_is_read_as_it_is_written(text, day):
    assert only(drafted(lambda each: each.day("modified", "modified", text)))["modified"] == day


@pytest.mark.parametrize("text", ["2026", "02/03/2026", "2026-02-30", "soon", "99999999999999"],
                         ids=["year", "two readings", "no day", "words", "far"])
def test_what_is_no_certain_day_is_kept_as_words(text):
    assert only(drafted(lambda each: each.day("modified", "modified", text))) == {"notes": {"Modified": text}}


@pytest.mark.parametrize(
    ("text", "word"),
    [("R/P1D", "daily"), ("R/P1Y", "yearly"), ("Annually", "yearly"), ("R5/P1M", "monthly"),
     ("http://publications.europa.eu/resource/authority/frequency/BIWEEKLY", "fortnightly"),
     ("http://purl.org/cld/freq/quarterly", "quarterly"), ("As needed", "irregular"), ("weekly", "weekly")],
    ids=["daily", "yearly", "word", "limited", "European", "Dublin Core", "as needed", "as it is"],
)
def test_a_frequency_is_read_as_it_is_written(text, word):
    assert only(drafted(lambda each: each.frequency("repeat", text)))["frequency"] == word


def test_a_repeat_in_the_place_of_a_date_is_the_frequency():
    assert only(drafted(lambda each: each.day("modified", "modified", "R/P1W"))) == {"frequency": "weekly"}


@pytest.mark.parametrize(
    ("given", "span"),
    [("2016-01-01/2020-12-31", {"start": "2016-01-01", "end": "2020-12-31"}),
     ("2016-01-01T00:00:00Z/2020-12-31T23:59:59Z", {"start": "2016-01-01", "end": "2020-12-31"}),
     ({"startDate": "2016-01-01", "endDate": ""}, {"start": "2016-01-01"}),
     ([{"startDate": "2016"}], {"start": "2016"}), ("2016/..", {"start": "2016"})],
    ids=["interval", "moments", "group", "list", "open"],
)
def test_a_time_covered_is_read_as_it_is_written(given, span):
    assert only(drafted(lambda each: each.temporal("temporal", given)))["temporal"] == span


def test_a_license_is_known_by_its_name_and_by_its_address():
    def fill(each):
        each.license("license", {"name": "cc-by", "path": "https://creativecommons.org/licenses/by/4.0/"})

    assert only(drafted(fill))["license"] == "cc-by-4.0"


def test_a_license_of_the_city_becomes_a_file():
    result = drafted(lambda each: each.license("license", "https://example.gov/terms", title="City terms"))

    assert yaml.safe_load(result.files["licenses/city-terms.yaml"]) == {"title": "City terms", "url": "https://example.gov/terms"}


def test_the_text_of_a_license_becomes_conditions():
    result = only(drafted(lambda each: each.license("license", "You may use it. " * 30)))

    assert (result.get("license"), result["rights"].startswith("You may use it.")) == (None, True)


def test_html_becomes_markdown_without_what_runs():
    def fill(each):
        each.text("description", "description",
                  '<p>Trees &amp; <b>shrubs</b></p><script>alert(1)</script><a href="javascript:x">bad</a>')

    result = drafted(fill)

    assert only(result)["description"] == "Trees & **shrubs**\n\nbad\n"
    assert {"a script or style in a text", "a link that cannot be followed in a text"} <= whys(result)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "../../etc/passwd", "[[REDACTED-EX B4]]"],
                         ids=["script", "data", "path", "withheld"])
def test_an_address_that_is_none_is_never_linked_to(url):
    def fill(each):
        each.landing_page("landingPage", url)
        each.file("distribution[1]", url=url)

    result = only(drafted(fill))

    assert "landing_page" not in result
    assert [sorted(each) for each in result["files"]] == [["missing"]]


def test_what_was_withheld_is_written_down_and_not_shown():
    result = drafted(lambda each: each.words("title", "title", "[[REDACTED-EX B6]]"))

    assert only(result) == {}
    assert ("left-out", "title") in entries(result)


def test_every_word_of_a_list_is_counted_also_one_that_says_nothing():
    result = drafted(lambda each: each.keywords("keyword", ["oak", "null", "[[REDACTED-EX B6]]", ""]))

    assert totals(result)["keywords"] == (3, 1)


def test_marks_that_turn_text_around_are_removed():
    result = drafted(lambda each: each.words("title", "title", "Trees\u202egnp.exe\x00"))

    assert only(result)["title"] == "Treesgnp.exe"
    assert "invisible marks and control characters removed" in whys(result)


@given(st.text(max_size=300))
def test_an_id_is_always_a_plain_name(name):
    draft = Draft("data-json")
    identifier = draft.dataset("dataset[1]", name).id

    assert identifier.replace("-", "").isalnum()
    assert identifier.isascii()
    assert len(identifier) <= MAX_ID_LENGTH


def test_datasets_of_one_name_are_told_apart_by_numbers():
    draft = Draft("data-json")
    names = [draft.dataset(f"dataset[{number}]", "Trees").id for number in range(3)]

    assert names == ["trees", "trees-2", "trees-3"]


def test_old_pages_of_the_site_forward_and_others_are_linked_to():
    draft = Draft("data-json", today=TODAY)
    draft.site(title="Data", homepage="https://old.example.gov")
    each = draft.dataset("dataset[1]", "Trees")
    each.landing_page("landingPage", "https://old.example.gov/dataset/street-trees")
    each.formerly("url", "https://old.example.gov/page?id=5")
    other = draft.dataset("dataset[2]", "Parks")
    other.landing_page("landingPage", "https://parks.example.gov/trees")
    result = draft.imported()

    assert records(result) == {"trees": {"formerly": ["/dataset/street-trees"]},
                               "parks": {"landing_page": "https://parks.example.gov/trees"}}
    assert [(each.old, each.why) for each in result.report.addresses] == [
        ("/page?id=5", "a path with a query cannot be forwarded from")]


def test_no_old_address_is_promised_twice():
    draft = Draft("data-json", today=TODAY)
    for number in (1, 2):
        draft.dataset(f"dataset[{number}]", "Trees").formerly("url", ("/d/Trees", "/d/trees/")[number - 1])
    result = draft.imported()

    assert errors(result) == []
    assert [each.why for each in result.report.addresses] == ["another record has it too"]


def test_columns_come_with_type_unit_and_codes():
    def fill(each):
        each.column("fields[1]", "kind", title="Kind", type="esriFieldTypeString", values={"P": "Pothole"})
        each.column("fields[2]", "age", type="double", unit="years", minimum="0", required=True)

    assert only(drafted(fill))["columns"] == {
        "kind": {"title": "Kind", "type": "string", "values": {"P": "Pothole"}},
        "age": {"type": "number", "unit": "years", "required": "true", "minimum": "0"},
    }


def test_a_column_without_a_name_or_named_twice_is_written_down():
    def fill(each):
        for name in ("age", "age", ""):
            each.column("fields", name)

    result = drafted(fill)

    assert totals(result)["columns"] == (3, 1)
    assert {"a column without a name that can be used", "a column of a name that was there before"} <= whys(result)


def test_publishers_that_are_part_of_one_another_make_no_ring():
    def fill(each):
        each.publisher("publisher", "A", parent="B")
        each.part_of("publisher", "B", "A")

    assert errors(drafted(fill)) == []


def test_a_record_that_grew_beyond_measure_does_not_come_over():
    def fill(each):
        for number in range(600):
            each.file(f"distribution[{number}]", url="https://example.gov/x", description="x" * 2_000)

    result = drafted(fill)

    assert records(result) == {}
    assert totals(result)["datasets"] == (1, 0)


def test_words_too_long_for_their_key_are_kept_whole():
    title = "word " * 60
    result = only(drafted(lambda each: each.words("title", "title", title)))

    assert result["title"].endswith("…")
    assert result["notes"]["Title"].strip() == title.strip()


def test_facts_of_a_file_without_a_key_stand_behind_its_description():
    def fill(each):
        file = each.file("resources[1]", url="https://example.gov/x", title="word " * 50, description="What it is.")
        file.note("lastChecked", "resources[1].lastChecked", "yesterday")
        file.note("size", "resources[1].size", None)

    (file,) = only(drafted(fill))["files"]

    assert file["title"].endswith("…")
    assert file["description"].startswith("What it is.\n\nword word")
    assert file["description"].endswith("Last checked: yesterday\n")


def test_what_does_not_fit_the_key_of_a_column_is_kept_behind_its_description():
    def fill(each):
        each.column("f", "a", unit="u" * 70, type="wibble", pattern="(", min_length="x", max_length="5",
                    description="d" * 11_000, values={"A": "m" * 500})
        each.column("f", "b", values={str(number): "" for number in range(3_000)})

    result = drafted(fill)
    column = only(result)["columns"]["a"]

    assert (column["max_length"], len(column["values"]["A"]), len(column["description"]) <= 10_001) == ("5", 400, True)
    assert "values" not in only(result)["columns"].get("b", {})
    assert {"not a regular expression that can be used here", "not a whole number",
            "longer than the description of a column should be"} <= whys(result)


def test_a_contact_is_put_where_it_belongs():
    def fill(each):
        each.contact("contact", name="d@example.gov", phone="tel:704-555-0100", url="mailto:x@example.gov")

    assert only(drafted(fill))["contact"] == {"phone": "704-555-0100", "email": "d@example.gov"}


def test_a_contact_that_is_no_address_is_kept_as_words():
    result = only(drafted(lambda each: each.contact("contact", name="n" * 300, email="call us", url="our page")))

    assert sorted(result["notes"]) == ["Contact", "Email", "URL"]


@pytest.mark.parametrize(
    ("given", "tag"),
    [("es", "es"), ("spa", "es"), ("Spanish", "es"), ("es-mx", "es-MX"), ("en-US", None), ("en-GB", "en-GB"), ("tlh", None),
     ("http://publications.europa.eu/resource/authority/language/FRA", "fr"), ("xx-YY", None)],
    ids=["tag", "code", "name", "place", "ours", "other English", "unknown", "European", "no language"],
)
def test_a_language_is_read_as_it_is_written(given, tag):
    assert only(drafted(lambda each: each.words("language", "language", given))).get("language") == tag


def test_a_license_that_says_that_there_is_none_is_left_out():
    result = drafted(lambda each: each.license("license", "License not specified"))

    assert only(result) == {}
    assert "its license says that none was specified" in whys(result)


def test_other_datasets_are_pointed_to_by_what_they_are_called():
    draft = Draft("data-json", today=TODAY)
    one, other = draft.dataset("dataset[1]", "Trees"), draft.dataset("dataset[2]", "Parks")
    other.called.add("P-2")
    one.related("relation", ["P-2", "https://elsewhere.example/x"])

    assert records(draft.imported())["trees"] == {
        "related": ["parks"], "notes": {"Related": "https://elsewhere.example/x"}}


def test_lists_of_the_old_site_forward_where_they_can():
    draft = Draft("data-json", today=TODAY)
    draft.site(title="Data", description="What we know.", homepage="not an address")
    draft.forward("/dataset/", "/data/")
    draft.forward("/data/", "/data/")
    draft.left_out("dataset[2]", "it could not be read")
    result = draft.imported()

    assert yaml.safe_load(result.files["site.yaml"]) == {
        "name": "Data", "tagline": "What we know.", "forwards": {"/dataset/": "/data/"}}
    assert totals(result)["datasets"] == (1, 0)


def test_a_publisher_is_described_once():
    def fill(each):
        each.publisher("a", "Parks", url="javascript:x", description="<p>We plant <b>trees</b>.</p>")
        each.publisher("b", "PARKS", url="https://parks.example.gov", description="Other words.")

    result = drafted(fill)

    assert yaml.safe_load(result.files["publishers/parks.yaml"])["description"] == "We plant **trees**."


def test_issued_after_the_last_change_is_kept_as_words():
    def fill(each):
        each.day("issued", "issued", "2026-02-01")
        each.day("modified", "modified", "2026-01-01")

    assert only(drafted(fill)) == {"modified": "2026-01-01", "notes": {"Issued": "2026-02-01"}}


def test_two_frequencies_are_both_kept():
    def fill(each):
        each.frequency("accrualPeriodicity", "monthly")
        each.day("modified", "modified", "R/P1D")

    assert only(drafted(fill)) == {"frequency": "monthly", "notes": {"Modified": "R/P1D"}}


def test_a_note_that_is_longer_than_a_line_is_a_block():
    words = "A tree is counted when its trunk is thicker than four inches, and again when another book has it."

    text = drafted(lambda each: each.note("Counting", "counting", f"{words} {words}")).files["datasets/trees/dataset.yaml"]

    assert f"  Counting: |\n    {words} {words}\n" in text


def test_an_identifier_that_two_have_stays_with_the_first():
    draft = Draft("data-json", today=TODAY)
    for number in (1, 2):
        draft.dataset(f"dataset[{number}]", f"Trees {number}").words("identifier", "identifier", "id-1")

    first, second = records(draft.imported()).values()

    assert (first["identifier"], second.get("identifier"), second["notes"]) == ("id-1", None, {"Identifier": "id-1"})
