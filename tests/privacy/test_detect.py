"""The detector of personal data: what it finds, what it leaves alone, and what it says."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from campaigns import in_part, some_or_all
from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.seen import SeenColumn, as_columns
from privacy.making_people import a_table, ssn
from privacy.making_strangers import strangers
from privacy.scoring import scored

PEOPLE = ("Maria Alvarez", "James O'Brien", "Linh Nguyen", "Robert Smith", "Aisha Johnson", "Carlos Garcia", "Susan Miller",
          "David Kim", "Patricia Wilson")
HOUSES = ("412 Oak Street Apt 3", "98 Milton Road", "1207 Park Avenue", "33 Central Avenue #4", "7611 Monroe Road")


def kinds(name: str, *cells: str | None, beside: str = "") -> list[str]:
    """What is found in one column of a table; names of other columns, which are empty, stand beside it."""
    others = [SeenColumn(name=each, cells=pa.nulls(len(cells), pa.string())) for each in beside.split()]
    column = SeenColumn(name=name, cells=pa.array(cells, pa.string()))
    return [finding.kind for finding in personal_findings([column, *others]) if finding.column == name]


def ssns(count: int) -> list[str]:
    """As many numbers that could be Social Security numbers."""
    return [f"{101 + 7 * at % 560:03}-{1 + 13 * at % 99:02}-{1000 + at:04}" for at in range(count)]


@pytest.mark.no_cover
@pytest.mark.parametrize("most", some_or_all(8))
def test_nineteen_of_twenty_personal_columns_are_found_and_one_of_twenty_harmless_ones_is_flagged_at_most(
        most: int | None) -> None:
    tables = [a_table(seed) for seed in range(most or 20)]

    score = scored((made.title, made.columns, [made.kinds[column.name] for column in made.columns]) for made in tables)

    assert score.recall >= 0.95, score
    assert score.false_share <= 0.05, score


def test_each_column_is_known_without_the_others_too() -> None:
    made = a_table(seed=7)

    score = scored(("", [column], [made.kinds[column.name]]) for column in made.columns)

    assert score.recall >= 0.95, score
    assert score.false_share <= 0.05, score


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", in_part(range(5), 2))
def test_tables_it_was_not_made_for_are_judged_as_well(seed: int) -> None:
    score = scored((made.title, made.columns, made.kinds) for made in strangers(seed))

    assert score.recall >= 0.95, score
    assert score.false_share <= 0.05, score


@pytest.mark.parametrize(("kind", "name", "cells"), [
    ("national-id", "ssn", ("123-45-6789",)),
    ("national-id", "SocSecNo", ("123456789", "23456789")),
    ("national-id", "ssn", ("***-**-6789",)),
    ("national-id", "field_7", ssns(20)),
    ("national-id", "nino", ("AB123456C",)),
    ("national-id", "ssnumber", ("536228714",)),
    ("national-id", "DL", ("A1234567", "B7654321")),
    ("national-id", "DrvLicNo", ("12345678", "87654321")),
    ("national-id", "case_notes", ("He gave 536-22-8714 as his number.", "Closed.")),
    ("payment-card", "CardNumber", ("4111 1111 1111 1111",)),
    ("payment-card", "x", ("4111111111111111", "5555555555554444", "378282246310005")),
    ("bank-account", "col", ("DE89370400440532013000", "GB82WEST12345698765432")),
    ("phone", "caller_phone", ("704-555-0123",)),
    ("phone", "custtelno", ("7045550123", "9805550123")),
    ("phone", "notes", ("(704) 555-0123", "803.555.0199")),
    ("email", "EMAILADDR", ("maria.alvarez@gmail.com",)),
    ("email", "user_email", ("maria.alvarez@gmail.com",)),
    ("email", "c5", ("m.alvarez@example.org", "bluejay9@example.net")),
    ("birth-date", "DOB_DT", ("03/14/1961",)),
    ("birth-date", "brth_dt", ("14-Mar-61",)),
    ("birth-date", "birth_year", ("1961", "1987")),
    ("birth-date", "fecha_nacimiento", ("14/03/1961",)),
    ("address", "home_address", HOUSES),
    ("address", "ownermailingaddress", ("PO Box 12", "98 Milton Road")),
    ("address", "address", HOUSES),
    ("name", "OwnerLastName", ("Alvarez", "Smith")),
    ("name", "fnm", ("Maria", "John")),
    ("name", "GivenNames", ("Maria", "John")),
    ("name", "ownername", ("ALVAREZ MARIA", "SMITH JOHN & ANN", "ACME LLC")),
    ("name", "field_3", PEOPLE),
    ("name", "name", PEOPLE),
    ("name", "complainant", ("Jules Pennywhistle", "Peyton Greywether")),
    ("plate", "vehLicense", ("ABC1234", "7XKJ321")),
    ("plate", "tag", tuple(f"{chr(65 + at)}{chr(66 + at)}{chr(67 + at)} {1234 + at}" for at in range(20))),
    ("plate", "LIC_PLATE", ("ABC1234", "7XKJ321")),
    ("home-place", "residence_lat", ("35.227085", "35.198122")),
    ("plate", "col4", tuple(f"{chr(65 + at)}{chr(66 + at)}{chr(67 + at)}-{1234 + at}" for at in range(20))),
    ("birth-date", "field_2", tuple(f"{1930 + 2 * at}-03-14" for at in range(40))),
    ("name", "last", ("Alvarez", "Smith", "Nguyen", "Garcia", "Kim", "Johnson", "Wilson", "Miller")),
    ("bank-account", "bank_account", ("1234567890", "998877665544")),
    ("bank-account", "BANKACCT", ("1234567890", "998877665544")),
    ("bank-account", "savings_acct", ("1234567890", "998877665544")),
    ("free-text", "additional_info", ("She can be reached at 704-555-0123 after five.", "Closed.")),
    ("national-id", "col", ("12345678Z", "X1234567L", "AB123456C")),
    ("home-place", "home_x", ("1449012.123", "1450220.7")),
    ("home-place", "patient_location", ("POINT (-80.843124 35.227085)",)),
    ("free-text", "remarks", ("She can be reached at 704-555-0123 after five.", "Closed.")),
    ("national-id", "Narrative", ("He gave SSN 123-45-6789 as proof.", "Closed.")),
    ("birth-date", "comments", ("DOB 03/14/1961, seen twice", "Closed.")),
])
def test_personal_data_is_found(kind: str, name: str, cells: tuple[str, ...]) -> None:
    assert kinds(name, *cells) == [kind]


@pytest.mark.parametrize(("name", "cells"), [
    ("parcel", tuple(ssns(20))),
    ("complaint_no", tuple(ssns(20))),
    ("gl_account_string", tuple(ssns(20))),
    ("cost_center", tuple(ssns(20))),
    ("TMS", tuple(ssns(20))),
    ("asset_tag", ("ABC1234", "DEF5678")),
    ("tag", tuple(f"IT{1000 + at}" for at in range(20))),
    ("nonemergency_phone", ("704-555-0123", "803-555-0199")),
    ("main_phone", ("704-336-7600", "704-55-1234")),
    ("case_number", ("123456789", "234567890")),
    ("ssn_verified", ("Y", "N")),
    ("zip9", ("282021234", "282051999")),
    ("ZIP+4", ("28202-1234",)),
    ("ein", ("12-3456789",)),
    ("order_no", ("4111111111111112", "5555555555554445", "378282246310006")),
    ("item_barcode", ("30100000000008", "36000000000008", "38520000023237")),
    ("created", ("1718000000", "1718000001")),
    ("edit_date", ("1718000000000",)),
    ("office_phone", ("704-336-7600",)),
    ("phone", ("704-336-7600", "704-336-2040", "704-336-3569", "704-336-1000")),
    ("phone", ("800-555-0123", "877-555-0199")),
    ("phones_answered", ("412", "98")),
    ("contact_email", ("parks@charlottenc.gov", "info@library.example.org")),
    ("url", ("https://example.org/@data",)),
    ("inspection_date", ("2019-03-14", "1961-03-14")),
    ("Births", ("412", "398")),
    ("country_of_birth", ("Mexico", "Vietnam")),
    ("facility_address", HOUSES),
    ("address", ("100 BLOCK OF OAK ST", "14XX MILTON RD")),
    ("location", ("OAK ST & PARK AVE", "OAK ST / MILTON RD", "OAK ST AT PARK AVE")),
    ("park_name", ("Romare Bearden Park", "Frazier Park", "Martin Luther King Park")),
    ("vendor_name", PEOPLE),
    ("council_member", PEOPLE),
    ("artist_last_name", ("Bearden", "Catlett")),
    ("FULLNAME", ("W 5th St", "Milton Rd", "Oak St", "Park Ave")),
    ("owner", ("City of Charlotte", "NCDOT", "Private", "Norfolk Southern")),
    ("species", ("Holly, American", "Cherry, Yoshino")),
    ("plate_state", ("NC", "SC")),
    ("unit_number", ("ENG-101", "TRK-204")),
    ("hydrant_lat", ("35.227085", "35.198122")),
    ("latitude", ("35.227085", "35.198122")),
    ("home_lat", ("35.23", "35.19")),
    ("first", ("2019", "2020")),
    ("field_4", tuple(str(100_000_123 + 7_654_321 * at) for at in range(60))),
    ("remarks", ("Second visit needed, see 2023-0114.", "Fee of $125.00; mile 104.5")),
    ("description", ("For more information call 704-336-7600.",)),
    ("value", ("3521418059.923445", "0.123456789")),
    ("employee_count", ("12", "40")),
])
def test_what_only_looks_personal_is_left_alone(name: str, cells: tuple[str, ...]) -> None:
    assert kinds(name, *cells) == []


def test_a_telephone_in_a_table_of_facilities_is_there_to_be_called() -> None:
    assert kinds("phone", "704-555-0123", "803-555-0199", "980-555-0142", beside="facility hours") == []


def test_an_address_in_a_register_of_people_is_a_home() -> None:
    assert kinds("address", "98 Milton Road", "12 Oak Street", beside="patient_first_name dob") == ["address"]


def test_one_number_in_many_rows_is_an_offices() -> None:
    assert kinds("phone", *["704-555-0123", "803-555-0199"] * 5) == []


def test_an_address_of_e_mail_in_a_table_of_firms_is_told_where_a_person_has_it() -> None:
    assert kinds("email", "sales@acme.com", "maria.alvarez@gmail.com", beside="business hours") == ["email"]
    assert kinds("email", "sales@acme.com", "acme@acme.com", beside="business hours") == []


def test_an_animal_has_a_year_of_birth_that_anyone_may_know() -> None:
    assert kinds("birth_year", "2015", "2018", beside="breed license_no") == []


def test_a_place_where_something_happened_is_no_home() -> None:
    assert kinds("latitude", "35.227085", beside="incident_id victim_age victim_sex driver_race") == []


def test_how_many_children_got_a_name_is_no_personal_data() -> None:
    assert kinds("first_name", "Liam", "Olivia", "Noah", beside="year count rank") == []


def test_a_finding_names_the_first_row_and_counts_the_cells() -> None:
    (finding,) = personal_findings(as_columns(["ssn"], [[None, "", "n/a", "123-45-6789", "123-45-6789", "234-56-7890"]]))

    assert (finding.row, finding.count, finding.of) == (4, 3, 3)
    assert finding.why == "3 of 3 values keep the rules of a Social Security or national number, and the name says so"


@pytest.mark.parametrize("seed", range(3))
def test_no_value_is_ever_quoted(seed: int) -> None:
    made = a_table(seed, rows=60)

    said = " ".join(finding.why for finding in personal_findings(made.columns))

    assert [cell for column in made.columns for cell in column.cells.to_pylist() if len(cell) > 4 and cell in said] == []


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()),
                                  pa.dictionary(pa.int8(), pa.large_string())], ids=str)
def test_cells_may_come_in_any_array_of_texts(kind: pa.DataType) -> None:
    cells = pa.array(["123-45-6789", None, "234-56-7890"], pa.string()).cast(kind)

    (finding,) = personal_findings([SeenColumn(name="ssn", cells=cells)])

    assert (finding.row, finding.count, finding.of) == (1, 2, 2)


@pytest.mark.parametrize("cells", [pa.array([], pa.string()), pa.nulls(3, pa.string()), pa.array(["", " "], pa.string())],
                         ids=["no rows", "nothing", "blanks"])
def test_an_empty_column_holds_nothing_personal(cells: pa.Array) -> None:
    assert personal_findings([SeenColumn(name="ssn", cells=cells)]) == ()


@pytest.mark.no_cover
@pytest.mark.parametrize("length", [200_000, pytest.param(1_000_000, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("part", ["a", "1-", "a@", "704-555-01", "A 1 ", "+1 23 ", "'a", "born "])
@pytest.mark.parametrize("name", ["notes", "plate", "ssn", "home_address", "owner_name", "caller_phone"])
def test_a_hostile_cell_takes_no_longer_than_its_length(name: str, part: str, length: int) -> None:
    text = part * (length // len(part))

    assert isinstance(kinds(name, text, text + "x"), list)


def test_a_number_at_the_end_of_a_very_long_text_is_found() -> None:
    assert kinds("notes", "Nothing to say. " * 60_000 + "SSN 123-45-6789", "Closed.") == ["national-id"]


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=30)), min_size=3, max_size=3), min_size=1, max_size=4),
       st.lists(st.text(max_size=20), min_size=4, max_size=4))
def test_no_table_makes_it_fail(cells: list[list[str | None]], names: list[str]) -> None:
    findings = personal_findings(as_columns(names[:len(cells)], cells))

    assert all(1 <= finding.row <= 3 and finding.count <= finding.of for finding in findings)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(chance) -> None:
    cells = [*ssns(30), "none", "see file"]
    chance.shuffle(cells)

    assert kinds("field_7", *cells) == ["national-id"]


def test_in_a_table_of_people_a_name_need_not_be_common() -> None:
    names = ("Eitan Molloy", "Ottoline Quigley", "Sigrun Haddad", "Ngozi Adeyemi", "Wolfram Mensah", "Zelda Pratt",
             "Cosima Yost", "Mary Fitz")
    people = as_columns(["Name", "DOB", "Race", "Sex"], [names, ["03/14/1961"] * 8, ["B"] * 8, ["F"] * 8])

    assert {finding.column for finding in personal_findings(people)} == {"Name", "DOB"}
    assert personal_findings(as_columns(["Name", "Length"], [names, ["12"] * 8])) == ()


def test_numbers_that_are_made_up_keep_the_rules() -> None:
    made = a_table(seed=3)

    assert {made.kinds[column.name] for column in made.columns} >= {"national-id", "payment-card", "free-text", ""}
    assert len(made.columns) == 34
    assert ssn.__doc__
