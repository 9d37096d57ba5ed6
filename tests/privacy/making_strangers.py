"""Tables as cities keep them, for the detector to meet unprepared: other names of columns, other spellings, gaps and noise.

Nothing here is shared with `making_people`: other people, other streets, other forms. Each column says what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cityfolio.privacy.seen import SeenColumn, as_columns

Make = Callable[[Random], str]

GIVEN = (
    "Guadalupe",
    "Wei",
    "Dmitri",
    "Abena",
    "Thuy",
    "Earl",
    "Bernadine",
    "Nasser",
    "Ingrid",
    "Jamal",
    "Consuelo",
    "Pham",
    "Rosalyn",
    "Vikram",
    "Halima",
    "Stuart",
    "Yolanda",
    "Ezra",
    "Phyllis",
    "Mohammed",
    "Eun-ji",
    "Clarence",
    "Beatriz",
    "Tadeusz",
    "Shanelle",
    "Gwen",
    "Arturo",
    "Lorna",
    "Kwabena",
    "Hilde",
    "Marcus",
    "Delphine",
    "Rufus",
    "Anjali",
    "Bo",
    "Sequoia",
    "Angela",
    "Kenneth",
    "Michelle",
    "Donna",
    "Steven",
    "Cheryl",
    "Gregory",
    "Raymond",
    "Janet",
    "Walter",
    "Diana",
    "Peter",
    "Joyce",
    "Harold",
)
FAMILY = (
    "Baptiste",
    "Kowalczyk",
    "Delacroix",
    "Mbeki",
    "Trujillo",
    "Fitzgerald",
    "Yamada",
    "Osei",
    "Lindqvist",
    "Abernathy",
    "Castellanos",
    "Zhou",
    "Petrov",
    "Hargrove",
    "Saetang",
    "Quintero",
    "Boateng",
    "McAllister",
    "Villanueva",
    "Sorensen",
    "Papadopoulos",
    "Tran",
    "Whitfield",
    "Begum",
    "Escobar",
    "Hollingsworth",
    "Nakamura",
    "Dube",
    "Ferreira",
    "Goldstein",
    "Harris",
    "Perry",
    "Long",
    "Foster",
    "Sanders",
    "Ross",
    "Powell",
    "Sullivan",
    "Russell",
    "Ortiz",
    "Jenkins",
    "Gutierrez",
    "Butler",
    "Barnes",
    "Fisher",
    "Henderson",
    "Coleman",
    "Simmons",
    "Patterson",
    "Jordan",
)
WAYS = (
    "Maple Grove",
    "W 5th",
    "Kings Canyon",
    "E Colfax",
    "Peachtree",
    "Lakeshore",
    "N Lamar",
    "Ridgewood",
    "Old Mill",
    "S Halsted",
    "Del Mar",
    "Chestnut Hill",
    "MLK Jr",
    "Sycamore",
    "Vine",
    "Frederick Douglass",
    "Cesar Chavez",
)
ENDS = ("Ave", "ST", "Blvd", "Dr", "LN", "Rd", "Ct", "Way", "Pl")
FIRMS = (
    "ACME PAVING CO",
    "Garcia Landscaping LLC",
    "Smith & Wesson Plumbing",
    "BIG LOTS #1422",
    "Rosa's Cafe",
    "Harris Teeter",
    "Jones Lang LaSalle",
    "Ben & Jerry's",
    "McDonald's",
    "Walter's Barbershop",
    "KPMG LLP",
    "Office Depot",
    "Arthur Murray Dance Studio",
    "Mama Ruth's Kitchen",
    "Wells Fargo",
    "Henry Schein",
    "Baker Tilly",
    "Morgan Stanley",
    "Sherwin Williams",
    "Kimley-Horn",
    "AECOM",
    "Brown and Caldwell",
    "Black & Veatch",
    "Mary Kay",
)
PARKS = (
    "George Washington Carver Park",
    "Pease Park",
    "Griffith Observatory",
    "Mary Moore Searight Park",
    "Booker T. Washington Rec Ctr",
    "Zilker Metropolitan Park",
    "John Chavis Memorial Park",
    "Lincoln Elementary",
    "Cesar Chavez High School",
    "Sandra Day Square",
)
SITES = (
    "George Stevens",
    "Betty Hill",
    "Margaret T Hance",
    "Jesse Owens",
    "Harriet Tubman",
    "Rosa Parks",
    "Barbara Jordan",
    "Earl Warren",
)
TREES = (
    "Acer rubrum",
    "Quercus virginiana",
    "Platanus occidentalis",
    "Betula nigra",
    "Holly, American",
    "Cherry, Yoshino",
    "Myrtle, Crape",
    "Olive",
    "Ginkgo biloba",
)
JOBS = (
    "Police Officer I",
    "Senior Planner",
    "Equipment Operator II",
    "Librarian",
    "Civil Engineer",
    "Account Clerk",
    "Fire Captain",
    "Custodian",
)


def digits(chance: Random, count: int) -> str:
    """Some digits of which the first is no 0."""
    return str(chance.randint(10 ** (count - 1), 10**count - 1))


def person(chance: Random) -> str:
    """A name as one system or another writes it."""
    given, family, middle = chance.choice(GIVEN), chance.choice(FAMILY), chance.choice("ABCDEJLMRST")
    return chance.choice((f"{given} {family}", f"{given} {middle}. {family}", f"{given} {middle} {family}"))


def turned(chance: Random) -> str:
    """A name with the surname first, in capitals."""
    middle = chance.choice(("", " " + chance.choice("ABCDEJLMRST")))
    return f"{chance.choice(FAMILY)}, {chance.choice(GIVEN)}{middle}".upper()


def crowded(chance: Random) -> str:
    """Who owns a parcel: people, couples, firms."""
    family = chance.choice(FAMILY).upper()
    pick = chance.random()
    if pick < 0.3:
        return chance.choice(FIRMS).upper()
    if pick < 0.5:
        return f"{family} {chance.choice(GIVEN)} & {chance.choice(GIVEN)}".upper()
    return f"{family} {chance.choice(GIVEN)} {chance.choice('ABCDEJLM')}".upper()


def social(chance: Random) -> str:
    """A number that could be a Social Security number."""
    area = chance.choice([*range(1, 666), *range(667, 900)])
    return f"{area:03}-{chance.randint(1, 99):02}-{chance.randint(1, 9999):04}"


def bare(make: Make) -> Make:
    """The same without hyphens."""
    return lambda chance: make(chance).replace("-", "")


def tel(chance: Random) -> str:
    """A telephone number, in the form that one clerk or another likes."""
    area = chance.choice(("512", "737", "303", "720", "215", "267", "415", "602", "312", "773"))
    exchange = chance.choice([each for each in range(222, 989) if each % 100 != 11])
    form = chance.choice(
        (
            "{}-{}-{:04}",
            "({}) {}-{:04}",
            "({}){}-{:04}",
            "{} {} {:04}",
            "{}.{}.{:04}",
            "{}{}{:04}",
            "+1 {} {} {:04}",
            "1-{}-{}-{:04}",
        )
    )
    return form.format(area, exchange, chance.randint(0, 9999))


def ten(chance: Random) -> str:
    """A telephone number as ten digits."""
    exchange = chance.choice([each for each in range(222, 989) if each % 100 != 11])
    return f"{chance.choice(('512', '303', '215', '415', '602'))}{exchange}{chance.randint(0, 9999):04}"


def mail(chance: Random) -> str:
    """An address of e-mail of a person."""
    at = chance.choice(("gmail.com", "icloud.com", "aol.com", "comcast.net", "mybusiness.co", "utmail.net", "protonmail.com"))
    name = chance.choice(
        (
            chance.choice(GIVEN) + chance.choice(FAMILY),
            chance.choice(GIVEN)[0] + chance.choice(FAMILY),
            "bluejay" + digits(chance, 3),
        )
    )
    return f"{name}@{at}".lower()


def born(form: str) -> Make:
    """A day of birth, written in some form."""
    return lambda chance: (date(1938, 1, 1) + timedelta(days=chance.randint(0, 25_000))).strftime(form)


def on(form: str, first: int = 2012, last: int = 2025) -> Make:
    """Some other day."""
    return lambda chance: (date(first, 1, 1) + timedelta(days=chance.randint(0, (last - first) * 365))).strftime(form)


def house(chance: Random) -> str:
    """An exact address."""
    unit = chance.choice(
        ("", "", "", f" APT {chance.randint(1, 300)}", f", Unit {chance.choice('ABCD')}", f" #{chance.randint(1, 99)}")
    )
    return f"{chance.randint(101, 12_999)} {chance.choice(WAYS)} {chance.choice(ENDS)}{unit}"


def site(chance: Random) -> str:
    """The address of a place that anyone may visit."""
    return f"{chance.randint(101, 9_999)} {chance.choice(WAYS)} {chance.choice(ENDS)}"


def blurred(chance: Random) -> str:
    """A place no more exact than a block."""
    way, end = chance.choice(WAYS), chance.choice(ENDS)
    return chance.choice(
        (
            f"{chance.randint(1, 99)}00 BLOCK {way} {end}",
            f"{chance.randint(1, 99)}XX {way} {end}",
            f"{way} {end} / {chance.choice(WAYS)} {chance.choice(ENDS)}",
            f"{way} {end} AT {chance.choice(WAYS)} ST",
        )
    )


def tag(chance: Random) -> str:
    """A plate of a car."""
    letters = "".join(chance.choice("BCDFGHJKLMNPRSTVWXYZ") for _ in range(3))
    return chance.choice(
        (f"{letters}{digits(chance, 4)}", f"{digits(chance, 1)}{letters}{digits(chance, 3)}", f"{letters} {digits(chance, 3)}")
    )


def degree(middle: float, decimals: int = 6) -> Make:
    """A latitude or longitude near another."""
    return lambda chance: f"{middle + chance.random() / 4:.{decimals}f}"


def pick(*values: str) -> Make:
    """One of some words."""
    return lambda chance: chance.choice(values)


def rarely(make: Make, plain: Make, share: float = 0.03) -> Make:
    """Mostly something plain."""
    return lambda chance: make(chance) if chance.random() < share else plain(chance)


def sometimes(make: Make, share: float = 0.1) -> Make:
    """Mostly nothing."""
    return lambda chance: make(chance) if chance.random() < share else ""


def told(make: Make, *sentences: str) -> Make:
    """A sentence with something of a person in it."""
    return lambda chance: chance.choice(sentences).format(make(chance))


SAYS = pick(
    "Left door tag.",
    "No violation found at time of visit",
    "Referred to Public Works, see 2023-0114",
    "Owner absent. Will retry 10/12/2023.",
    "Re-inspect in 30 days; fee $125.00",
    "Pothole 3ft x 2ft near mm 104.5",
    "See case 20230041277",
    "Duplicate of SR 23-00418822",
)
CALL = "Call 512-974-2000 for questions."


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column to make: spellings of its name, its cells, and what kind of personal data it holds; "" for none."""

    names: str  # apart by "|"
    make: Make
    kind: str = ""


def f(names: str, make: Make, kind: str = "") -> Field:
    """A field, briefly."""
    return Field(names=names, make=make, kind=kind)


def _card(chance: Random) -> str:
    body = chance.choice(("4", "52", "2221")) + digits(chance, 14)
    body = body[:15]
    odd = sum(int(each) for each in body[1::2])
    even = sum(2 * int(each) - 9 * (int(each) > 4) for each in body[0::2])
    number = body + str((10 - (odd + even) % 10) % 10)
    return chance.choice((number, " ".join(number[at : at + 4] for at in range(0, 16, 4))))


def _aba(chance: Random) -> str:
    body = f"{chance.choice(('02', '05', '11', '26', '31'))}{chance.randint(0, 999_999):06}"
    return body + str(-sum(int(each) * (3, 7, 1)[at % 3] for at, each in enumerate(body)) % 10)


def _iban(chance: Random) -> str:
    account = digits(chance, 20)
    return f"ES{98 - int(account + '142800') % 97:02}{account}"


TABLES: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (
        "Parcels",
        (
            f("PIN|parcelid|APN|TAXPIN", lambda c: f"{digits(c, 3)}-{digits(c, 2)}-{digits(c, 4)}"),
            f("OwnerLastName|OWNER_LAST|ownerlname", pick(*FAMILY), "name"),
            f("ownername|OWN_NAME|Owner1|OWNERNME1|own_nm", crowded, "name"),
            f("MAILADDR|OwnerAddress|own_addr1|mailing_street_address", house, "address"),
            f("SITUS|SITEADDRESS|prop_addr|PropertyLocation", site),
            f("YEARBUILT|yr_blt|ActYrBuilt", lambda c: str(c.randint(1890, 2024))),
            f("SALE_DATE|last_sale_dt", on("%m/%d/%Y", 1960, 2024)),
            f("DEED_BOOK|DB_PG", lambda c: digits(c, 5)),
            f("ACRES|gis_acres", lambda c: f"{c.random() * 3:.5f}"),
            f(
                "legaldesc|LEGAL_DESC",
                lambda c: f"LOT {c.randint(1, 99)} BLK {c.choice('ABC')} {c.choice(WAYS).upper()} SEC {c.randint(1, 9)}",
            ),
            f("ASSESSED|tot_val", lambda c: digits(c, 6)),
            f("SUBDIVNAME|subdivision", pick("Myers Park", "Jordan Ridge", "Taylor Glen", "Harris Village", "Ashley Woods")),
        ),
    ),
    (
        "Utility accounts",
        (
            f("cust_tel_no|CUSTPHONE|customer_ph_no|HomePhone", tel, "phone"),
            f("CUST_NM|customerName|custname", person, "name"),
            f("EMAILADDR|e_mail|EmailAddress", mail, "email"),
            f("svc_addr|SERVICE_ADDRESS|serviceaddress", house, "?"),
            f("ACCT_NO|account_number", lambda c: digits(c, 10)),
            f("SSN_TIN|SocSecNo|soc_sec_nbr|SSNUM", bare(social), "national-id"),
            f("meter_no|MTR_NUM", lambda c: digits(c, 8)),
            f("read_dt|ReadDate", on("%Y%m%d")),
            f("consumption|CCF", lambda c: str(c.randint(0, 90))),
            f("DOB_DT|birthdt|CustDOB", born("%m/%d/%Y"), "birth-date"),
        ),
    ),
    (
        "Payroll",
        (
            f("EMPLOYEE_NAME|Employee Name|emp_nm|EMPNAME", turned, "name"),
            f("JOB_TITLE|Position", pick(*JOBS)),
            f("Department Name|DEPT_NM", pick("POLICE", "Parks & Rec", "Fire", "Water")),
            f("EMPLID|employee_id|EmpNo", lambda c: digits(c, 6)),
            f("HIRE_DT|Hire Date", on("%Y-%m-%d", 1985, 2025)),
            f("ANNUAL_RT|Base Pay", lambda c: f"{c.randint(30, 160)}{digits(c, 3)}.00"),
            f("overtime_pay|OT", lambda c: f"{c.random() * 20000:.2f}"),
            f("PAY_GRADE", pick("A12", "B07", "P21")),
            f("FTE", pick("1.0", "0.5")),
            f("last_four_ssn|SSN4", lambda c: f"{c.randint(1, 9999):04}", "national-id"),
        ),
    ),
    (
        "Business licenses",
        (
            f("BUSINESS_NAME|DBA|TradeName|legal_business_name", pick(*FIRMS)),
            f("business_address|PREMISE_ADDR|BusAddress", site),
            f("bus_phone|BUSINESS_PHONE|BusinessTelephone", tel),
            f("LICENSE_NUMBER|LicNo|license_id", lambda c: f"BL-{digits(c, 6)}"),
            f("NAICS|naics_code", lambda c: digits(c, 6)),
            f("FEIN|fed_tax_ein", lambda c: f"{digits(c, 2)}-{digits(c, 7)}"),
            f("issue_date|ISSUED", on("%m/%d/%Y")),
            f("website|URL", pick("www.rosascafe.com", "http://acmepaving.com", "https://walters.net/barber")),
            f("business_email|BUS_EMAIL", pick("info@acmepaving.com", "rosa@rosascafe.com")),
            f("owner_ssn|OwnerSSN", social, "national-id"),
            f("business_owner_name|PrincipalOwner|owner_full_name", person, "name"),
            f("lat|LATITUDE|y", degree(30.2)),
            f("lon|LONGITUDE|x", degree(-97.8)),
        ),
    ),
    (
        "Libraries and recreation centers",
        (
            f("FACILITY|FacilityName|site_name", pick(*PARKS)),
            f("name|NAME|Name", pick(*SITES)),
            f("address|ADDRESS|StreetAddress", site),
            f("phone|PHONE|Telephone|contact_phone_number", lambda c: f"512-974-{digits(c, 4)}"),
            f("email|CONTACT_EMAIL", pick("library@austin.gov", "info@parksfoundation.org", "recreation@austin.gov")),
            f("geocoded_column|the_geom|location", lambda c: f"POINT (-97.{digits(c, 6)} 30.{digits(c, 6)})"),
            f("latitude|Y", degree(30.1, 8)),
            f("longitude|X", degree(-97.7, 8)),
            f("hours|OPEN_HRS", pick("M-F 9-5", "9:00 AM - 8:00 PM")),
            f("notes|Description|about", rarely(pick(CALL), SAYS, 0.2)),
            f("OBJECTID|FID", lambda c: digits(c, 4)),
            f("zip|ZIP_CODE|zip4", lambda c: f"787{digits(c, 2)}-{digits(c, 4)}"),
            f("last_edited|created_ms", lambda c: str(c.randint(1_300_000_000_000, 1_780_000_000_000))),
        ),
    ),
    (
        "Parking citations",
        (
            f("plate_no|LIC_PLATE|VehPlate|RP_PLATE|licenseplate", tag, "plate"),
            f("plate_state|RP_STATE|RegState", pick("TX", "CA", "NY")),
            f("CITATION_NO|ticket_number|issue_no", lambda c: digits(c, 10)),
            f("MAKE|veh_make", pick("FORD", "HOND", "TOYT")),
            f("LOCATION|violation_location|block_location", blurred),
            f("officer_badge|BADGE|beat_id", lambda c: digits(c, 4)),
            f("FINE_AMT|fine_amount", pick("25.00", "63.00")),
            f("issue_time|TM", lambda c: f"{c.randint(0, 23):02}{c.randint(0, 59):02}"),
            f("meter_id|MeterID", lambda c: f"{c.choice('ABC')}{c.choice('ABC')}{c.choice('XY')}-{digits(c, 4)}"),
            f("VIN|vin_masked", pick("", "")),
            f("issued_ts", lambda c: str(c.randint(1_300_000_000, 1_780_000_000))),
        ),
    ),
    (
        "311 requests",
        (
            f("SR_NUMBER|service_request_id|CaseID", lambda c: f"{c.randint(18, 25)}-{digits(c, 8)}"),
            f("case_ref|incident_no", lambda c: digits(c, 9)),
            f("caller|CALLERNAME|reported_by|requestor_nm", sometimes(person, 0.4), "name"),
            f("callback|callback_number|CALLER_TEL|callbacknumber", sometimes(tel, 0.1), "phone"),
            f(
                "comments|notes|RequestDetails|resolution_notes",
                rarely(told(tel, "Pls call {} after 5", "{} cell"), SAYS),
                "free-text",
            ),
            f("STREET|street_name", lambda c: c.choice(WAYS)),
            f("BLOCK_ADDR|hundred_block|location_text", blurred),
            f("ZIP|zipcode", lambda c: f"787{digits(c, 2)}"),
            f("lat|latitude", degree(30.2, 8)),
            f("long|longitude", degree(-97.8, 8)),
            f(
                "council_member|CouncilMember|Council Member Name",
                pick(*[f"{a} {b}" for a, b in zip(GIVEN[:9], FAMILY[9:18], strict=True)]),
            ),
            f("CLOSED_EPOCH|closed_at", lambda c: str(c.randint(1_300_000_000, 1_780_000_000))),
            f("dept|DEPARTMENT", pick("Solid Waste", "Watershed")),
        ),
    ),
    (
        "Unlabelled export",
        (
            f("field_7|col3|F12", social, "national-id"),
            f("field_2|c4|Column5", mail, "email"),
            f("field_3|c9", person, "name"),
            f("notes|text1|misc", sometimes(tel), "phone"),
            f("field_9|column10", bare(social), "national-id"),
            f("field_4|v2", lambda c: digits(c, 9)[:1].replace("9", "8") + digits(c, 8)),
            f("field_5", lambda c: digits(c, 12)),
            f("field_6|c11", on("%Y-%m-%d")),
            f("field_8|c12", pick(*FIRMS)),
            f("field_10", pick(*PARKS)),
            f("field_11", degree(30.2, 7)),
            f("other|remarks2", SAYS),
        ),
    ),
    (
        "Clinic visits",
        (
            f("PatientLName|pt_last_nm|patlast", pick(*FAMILY), "name"),
            f("patient_first|PtFirstName|patfirst", pick(*GIVEN), "name"),
            f("patient_dob|PT_DOB|birth_date|DateOfBirth", born("%Y-%m-%d"), "birth-date"),
            f("residence_lat|home_latitude|pt_lat", degree(30.2, 7), "home-place"),
            f("residence_lon|home_longitude|pt_lon", degree(-97.8, 7), "home-place"),
            f("home_addr|PATIENT_ADDRESS|ResidenceAddress|street_addr_home", house, "address"),
            f("mobile|cell_phone|PT_PHONE", ten, "phone"),
            f("visit_date|VISIT_DT", on("%m/%d/%Y")),
            f("MRN|chart_no", lambda c: digits(c, 7)),
            f("icd10|DX_CODE", pick("E11.9", "I10", "J45.909")),
            f("ZIP5|zip", lambda c: f"787{digits(c, 2)}"),
            f("insurer|PAYER", pick("Medicaid", "Aetna", "Self Pay")),
        ),
    ),
    (
        "Campaign contributions",
        (
            f("CONTRIBUTOR|contributor_name|DonorName|donor_full_nm", turned, "name"),
            f("donor_address|CONTRIB_ADDR1|DonorStreet", house, "address"),
            f("candidate|CANDIDATE_NAME", pick("Committee to Elect Ortiz", "Friends of Powell")),
            f("amount|CONTRIB_AMT", lambda c: f"{c.randint(5, 500)}.00"),
            f("contrib_date|DT_RCVD", on("%d-%b-%Y")),
            f("check_no", lambda c: digits(c, 4)),
            f("filing_id", lambda c: digits(c, 9)),
            f("employer|DONOR_EMPLOYER", pick(*FIRMS, "Retired", "Self", "None")),
            f("occupation|Occ", pick("Attorney", "Retired", "Teacher")),
        ),
    ),
    (
        "Vendor payments",
        (
            f("VENDOR|vendor_name|PAYEE_NAME|SupplierName", pick(*FIRMS)),
            f("vendor_no|VEND_NUM|supplier_id", lambda c: digits(c, 10)),
            f("PO|po_number", lambda c: f"45{digits(c, 8)}"),
            f("INVOICE|invoice_no", lambda c: digits(c, 16)),
            f("amount|CHK_AMT", lambda c: f"{c.random() * 9000:.2f}"),
            f("vendor_address|REMIT_ADDR", site),
            f("vendor_phone", tel),
            f("routing_no|ABA_ROUTING|bank_routing_number", _aba, "bank-account"),
            f("pay_date|CHECK_DT", on("%m/%d/%y")),
            f("gl_account|GL_ACCT", lambda c: f"{digits(c, 3)}-{digits(c, 4)}-{digits(c, 5)}"),
            f("card_no|pcard_number|PCARDNUM", _card, "payment-card"),
        ),
    ),
    (
        "Building permits",
        (
            f("PERMIT_NUM|PermitNo", lambda c: f"{c.randint(2012, 2025)}-{digits(c, 6)} BP"),
            f("applicant|APPLICANT_NAME|AppName|applicantname", person, "name"),
            f("contractor|CONTRACTOR_NAME|GenContractor", pick(*FIRMS)),
            f("contractor_phone|CONTR_PH", tel),
            f("ADDRESS|original_address1|site_addr", site),
            f("applicant_email|APPL_EMAIL|applicantemail", mail, "email"),
            f("applied|APPLY_DT", on("%Y-%m-%dT00:00:00.000")),
            f("valuation|JobValue", lambda c: digits(c, 6)),
            f("tract|CENSUS_TRACT|geoid", lambda c: f"48453{digits(c, 6)}"),
            f("inspector_init", pick("JT", "MKR", "BL")),
            f("units|HOUSING_UNITS", pick("1", "2", "12")),
            f("LATITUDE|lat", degree(30.1)),
            f("LONGITUDE|lng", degree(-97.8)),
        ),
    ),
    (
        "Trees, assets and measures",
        (
            f("species|common_name|SPP_COM", pick(*TREES)),
            f("asset_tag|AssetID|unit_no", lambda c: f"TRK-{digits(c, 4)}"),
            f("dbh", lambda c: str(c.randint(1, 60))),
            f("street|ON_STREET", lambda c: f"{c.choice(WAYS)} {c.choice(ENDS)}"),
            f("cross_street|XSTREET", lambda c: f"{c.choice(WAYS)} {c.choice(ENDS)}"),
            f("x_coord|X_SP", lambda c: f"14{digits(c, 5)}.{digits(c, 4)}"),
            f("y_coord|Y_SP", lambda c: f"5{digits(c, 5)}.{digits(c, 4)}"),
            f("value|Value|GDP", lambda c: f"{digits(c, 10)}.{digits(c, 4)}"),
            f("GEOID|block_fips", lambda c: f"37119{digits(c, 10)}"),
            f("Country of birth|Births|birth_rate", pick("UK", "12.4", "Not stated")),
            f("phones_answered|Calls Answered", lambda c: str(c.randint(100, 9999))),
            f("names_on_list|name_count", lambda c: str(c.randint(1, 99))),
            f("imei|device_id", lambda c: f"35{digits(c, 13)}"),
            f("guid|globalid", lambda c: f"{{{c.getrandbits(128):032X}}}"),
            f("artist|sculptor", person),
            f("Neighborhood|nhood", pick("Elizabeth", "Grier Heights", "Wesley Heights", "Dilworth")),
        ),
    ),
    (
        "Voter and member lists in other languages",
        (
            f("nombre_completo|NombreCliente|nombre", person, "name"),
            f("apellido|apellidos|Apellido1", pick(*FAMILY), "name"),
            f("correo_electronico|correo|CorreoElectronico", mail, "email"),
            f("telefono|tel_movil|Teléfono", tel, "phone"),
            f("fecha_nacimiento|FechaDeNacimiento|date_naissance|Geburtsdatum", born("%d/%m/%Y"), "birth-date"),
            f("domicilio|direccion_domicilio|adresse_domicile", house, "address"),
            f("placa|matricula", tag, "plate"),
            f("fecha|fecha_alta", on("%d/%m/%Y")),
            f("colonia|barrio", pick("Centro", "Del Valle", "Roma Norte")),
            f("monto|importe", lambda c: digits(c, 4)),
            f("iban|IBAN_NR|cuenta_iban", _iban, "bank-account"),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A table with the kind that each column is of: "" for none, "?" where people differ."""

    title: str
    columns: tuple[SeenColumn, ...]
    kinds: tuple[str, ...]


def strangers(seed: int, rows: int = 300) -> tuple[Stranger, ...]:
    """Each of the tables, with names spelled one way or another, some gaps, and some cells that are out of place."""
    chance = Random(seed)
    return tuple(_made(title, fields, chance, rows) for title, fields in TABLES)


def _made(title: str, fields: Sequence[Field], chance: Random, rows: int) -> Stranger:
    style = chance.choice(
        (str, str, str.upper, str.lower, lambda name: name.replace("_", " "), lambda name: name.replace("_", ""))
    )
    names, cells = [], []
    for each in fields:
        name = style(chance.choice(each.names.split("|")))
        names.append(name if name not in names else name + "_2")
        filled, noise = chance.choice((1.0, 0.9, 0.1 if rows >= 200 else 0.9)), chance.choice((0, 0, 0.03))
        cells.append([_cell(each, chance, filled, noise) for _ in range(rows)])
    shown = title if chance.random() < 0.5 else ""
    return Stranger(title=shown, columns=as_columns(names, cells), kinds=tuple(each.kind for each in fields))


def _cell(each: Field, chance: Random, filled: float, noise: float) -> str | None:
    if chance.random() > filled:
        return None
    return chance.choice(("N/A", "unknown", "see file", "0", "-", " ")) if chance.random() < noise else each.make(chance)
