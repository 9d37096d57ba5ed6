"""Headers that the search was not made for: cut off, abbreviated, joined, or silent, so that what stands around has to tell."""

from __future__ import annotations

import pytest

from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.header import parts_of
from cityfolio.privacy.seen import as_columns

PEOPLE = ("Maria Alvarez", "James O'Brien", "Linh Nguyen", "Robert Smith", "Aisha Johnson", "Carlos Garcia", "Susan Miller",
          "David Kim", "Patricia Wilson", "Hannah Cole", "Omar Diaz", "Grace Lee", "Peter Novak", "Rosa Silva", "Alan Brook",
          "Nina Patel", "Paul Mensah", "Julia Weber", "Hugo Lind", "Clara Osei")
TURNED = tuple(", ".join(reversed(name.split(" "))) for name in PEOPLE)
ROWS = len(PEOPLE)
HOUSES = tuple(f"{117 + 211 * at} {street}" for at, street in enumerate(("Oak St", "Milton Rd", "Park Ave", "Central Ave") * 5))
FLATS = tuple(f"{house} Apt {at + 1}" for at, house in enumerate(HOUSES))
PHONES = tuple(f"704-{300 + 7 * at}-{1000 + 31 * at}" for at in range(ROWS))
MAILS = tuple(f"m.alvarez{at}@gmail.com" for at in range(ROWS))
BIRTHS = tuple(f"{3 + at % 9:02}/14/{1941 + 3 * at}" for at in range(ROWS))
SSNS = tuple(f"{101 + 7 * at}-{11 + at}-{1000 + 31 * at}" for at in range(ROWS))
NINE = tuple(str(100_000_123 + 37_654_321 * at % 800_000_000) for at in range(ROWS))
LICENSES = tuple(f"B{6_140_315 + 7_919 * at}" for at in range(ROWS))
PLATES = tuple(f"{chr(65 + at)}{chr(66 + at % 20)}{chr(70 + at % 9)}{1234 + 17 * at}" for at in range(ROWS))
MIXED_PLATES = tuple(plate if at % 2 else f"{2 + at % 8}{plate[:3]}{plate[-3:]}" for at, plate in enumerate(PLATES))
EXACT = tuple(f"35.22{70_851 + 137 * at}" for at in range(ROWS))
EMPTY = ("",) * ROWS

Table = dict[str, tuple[str, ...]]


def found(table: Table, title: str = "") -> dict[str, str]:
    """The kind that is found in each column of a table."""
    findings = personal_findings(as_columns(list(table), [[cell or None for cell in cells] for cells in table.values()]),
                                 title=title)
    return {finding.column: finding.kind for finding in reversed(findings)}


def beside(names: str) -> Table:
    """Empty columns of these names."""
    return dict.fromkeys(names.split(), EMPTY)


@pytest.mark.parametrize(("name", "parts"), [
    ("PHONE_NUMB", ("phone", "number")), ("OWNER_FIRS", ("owner", "first")), ("ADOPT_EMAI", ("adopt", "email")),
    ("MAILINGADD", ("mailing", "address")), ("phone_numb2", ("phone", "numb", "2")),
])
def test_a_name_that_a_shapefile_cut_off_at_ten_letters_is_completed(name: str, parts: tuple[str, ...]) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize(("name", "parts"), [
    ("LASTN", ("last", "name")), ("patronn", ("patron", "name")), ("pmessage", ("p", "message")), ("DOBX", ("dob", "x")),
    ("CSTMR_NM", ("customer", "nm")), ("DFNDNT", ("defendant",)), ("rename", ("rename",)), ("column", ("column",)),
])
def test_what_systems_shorten_is_read(name: str, parts: tuple[str, ...]) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize(("name", "kind", "cells"), [
    ("SSNO", "national-id", tuple(each.replace("-", "") for each in SSNS)),
    ("operator_license", "national-id", LICENSES),
    ("OLN", "national-id", LICENSES),
    ("Rel DL#", "national-id", LICENSES),
    ("Deft", "name", TURNED),
    ("clr_nm", "name", tuple(each.upper() for each in TURNED)),
    ("Released To", "name", PEOPLE),
    ("Reporting Party", "name", PEOPLE),
    ("After Hours Contact", "name", tuple(f"{name} {phone}" for name, phone in zip(PEOPLE, PHONES, strict=True))),
    ("u1_drv_addr", "address", HOUSES),
    ("RO Address", "address", HOUSES),
    ("clr_hm_addr", "address", HOUSES),
    ("callbacknum", "phone", PHONES),
    ("Ph. 1", "phone", PHONES),
    ("Núm. de contacto", "phone", PHONES),
    ("ani", "phone", tuple(each.replace("-", "") for each in PHONES)),
    ("BirthMoYr", "birth-date", tuple(f"{1 + at % 12:02}/{1941 + at}" for at in range(ROWS))),
    ("BIRTH_DD", "birth-date", tuple(str(1 + at) for at in range(ROWS))),
    ("b_dt", "birth-date", BIRTHS),
    ("Plate/State", "plate", tuple(f"NC {each}" for each in PLATES)),
    ("home_latlong", "home-place", tuple(f"{each}, -80.843124" for each in EXACT)),
    ("LinkedIn URL", "name", tuple(f"https://www.linkedin.com/in/person-{at}" for at in range(ROWS))),
    ("email", "email", tuple(f"{name} <{mail}>" for name, mail in zip(PEOPLE, MAILS, strict=True))),
])
def test_what_a_name_says_briefly_is_understood(name: str, kind: str, cells: tuple[str, ...]) -> None:
    assert found({name: cells}).get(name) == kind


@pytest.mark.parametrize("name", ["ph", "bd", "lp", "add_date", "rp", "ol", "account_no", "named_for", "Valid To"])
def test_a_short_word_alone_flags_nothing(name: str) -> None:
    assert found({name: tuple(f"{6 + at / 10:.1f}" for at in range(ROWS))}) == {}


def test_what_follows_a_person_in_a_table_is_that_persons() -> None:
    table = {"Complainant": PEOPLE, "Address": HOUSES, "Tel": PHONES, "Ward": EMPTY, **beside("agency office")}

    assert found(table, title="Complaints") == {"Complainant": "name", "Address": "address", "Tel": "phone"}


def test_what_follows_a_place_that_is_called_after_a_person_is_the_places() -> None:
    table = {"facility": EMPTY, "name": PEOPLE, "address": HOUSES, "phone": PHONES, **beside("hours")}

    assert found(table) == {}


def test_a_telephone_of_an_applicant_is_the_applicants_beside_a_business_too() -> None:
    assert found({"applicant_phone": PHONES, **beside("contractor_business permit")}) == {"applicant_phone": "phone"}


def test_an_account_of_a_customer_is_served_at_home() -> None:
    table = {"Customer": PEOPLE, "Svc Address": HOUSES, "Bill Address": HOUSES, **beside("Account Meter Usage")}

    assert found(table) == {"Customer": "name", "Svc Address": "address", "Bill Address": "address"}


def test_where_a_city_serves_someone_who_has_no_account_is_no_home() -> None:
    assert found({"service_address": HOUSES, **beside("request agency")}) == {}


def test_an_account_beside_a_routing_number_is_one_at_a_bank() -> None:
    account = tuple(str(1_000_200_300 + 7_654_321 * at) for at in range(ROWS))

    assert found({"AcctNo": account, **beside("Routing")}) == {"AcctNo": "bank-account"}
    assert found({"AcctNo": account, **beside("Meter")}) == {}


def test_owners_without_employees_give_their_own_number_among_those_of_firms() -> None:
    firms = tuple(f"{20 + at}-{1_234_567 + at}" for at in range(ROWS - 3))

    assert found({"fed_id": (*firms, *SSNS[:3])}) == {"fed_id": "national-id"}
    assert found({"fed_id": (*firms, "", "", "")}) == {}


def test_the_tax_number_of_a_parcel_is_nobodys() -> None:
    assert found({"taxid": NINE, **beside("parcel acres zoning")}) == {}


def test_an_account_in_the_form_of_a_social_security_number_breaks_its_rules_now_and_then() -> None:
    accounts = (*SSNS[:-2], "000-12-3456", "912-00-1234")

    assert found({"account_no": accounts}) == {}
    assert found({"account_no": SSNS}) == {"account_no": "national-id"}


@pytest.mark.parametrize("names", ["permit contractor", "parcel acres zoning", "case violation inspector"])
def test_apartments_where_something_stands_or_happens_are_nobodys_home(names: str) -> None:
    assert found({"address": FLATS, **beside(names)}) == {}


def test_few_addresses_in_a_register_are_where_many_go() -> None:
    table = {"LASTN": EMPTY, "BIRTHYR": EMPTY, "POLL_ADDR": HOUSES[:2] * (ROWS // 2)}

    assert found(table, title="Voters") == {}


def test_one_address_of_e_mail_in_many_rows_is_an_offices() -> None:
    assert found({"coordinatorEmail": ("alvarez@toronto.ca", "mreyes@toronto.ca") * 10}) == {}


def test_the_tag_of_an_animal_is_no_plate() -> None:
    assert found({"Tag No": PLATES, **beside("Breed Species")}) == {}
    assert found({"Tag No": PLATES, **beside("Vehicle Tow")}) == {"Tag No": "plate"}


def test_a_candidate_for_a_job_is_private_and_one_for_an_office_is_not() -> None:
    assert found({"Candidate": PEOPLE, **beside("Requisition Recruiter")}) == {"Candidate": "name"}
    assert found({"Candidate": PEOPLE, **beside("Votes Precinct")}) == {}


def test_where_social_security_numbers_stand_the_rest_without_a_name_is_of_people_too() -> None:
    table = {"c1": SSNS, "c2": MIXED_PLATES, "c3": tuple(name.split()[1] for name in PEOPLE), **beside("facility hours")}

    assert found(table) == {"c1": "national-id", "c2": "plate", "c3": "name"}
    assert found(table | {"c1": EMPTY}) == {}


@pytest.mark.parametrize("text", ["Spoke with {} about the noise.", "caller {} wants to know", "Per {}, dogs bark at night"])
def test_notes_that_name_people_are_told(text: str) -> None:
    assert found({"notes": (*map(text.format, PEOPLE[:6]), *["No contact."] * (ROWS - 6))}) == {"notes": "name"}


@pytest.mark.parametrize("text", ["Owner contacted, case {}.", "Per code {}", "Concert by {} in the park", "Ask at {}."])
def test_notes_that_name_nobody_are_left_alone(text: str) -> None:
    assert found({"notes": tuple(text.format(f"{name.split()[1]} Park") for name in PEOPLE)}) == {}


def test_ten_digits_in_a_note_are_a_telephone_where_it_says_so() -> None:
    numbers = [each.replace("-", "") for each in PHONES]

    assert found({"remarks": tuple(f"left cell {each} for the crew" for each in numbers)}) == {"remarks": "free-text"}
    assert found({"remarks": tuple(f"work order {each} closed" for each in numbers)}) == {}


def test_a_birth_in_a_table_of_readers_makes_their_telephones_private_whatever_their_library() -> None:
    table = {"bdate": BIRTHS, "home_branch": EMPTY, "tel": PHONES}

    assert found(table) == {"bdate": "birth-date", "tel": "phone"}


def test_given_names_under_the_name_of_a_child_are_found() -> None:
    names = ("Andrés", "Camila", "Lucía", "Mateo", "Sofía", "Diego") * 3

    assert found({"Nombre del niño/a": (*names, "", "")}) == {"Nombre del niño/a": "name"}
