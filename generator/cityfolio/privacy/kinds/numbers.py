"""Numbers that stand for one person or account: national ids, payment cards, bank accounts."""

from __future__ import annotations

import re

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.checksums import (
    CARD,
    digits,
    is_card,
    is_foreign_id,
    is_iban,
    is_itin,
    is_routing_number,
    is_ssn,
    passes_luhn,
)
from cityfolio.privacy.context import ABOUT_EVENTS, TAXES
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.words import word_set

APART = re.compile(r"\d{3}[- ]\d{2}[- ]\d{4}", re.ASCII)
NINE = re.compile(r"\d{9}(?:\.0)?", re.ASCII)
NUMBERED = re.compile(r"[A-Za-z]{0,3}[\dxX*#][\w*# -]{2,24}(?:\.0)?", re.ASCII)
LETTERED = re.compile(r"[A-Z0-9][A-Z0-9 -]{5,20}", re.ASCII)
MASKED = frozenset("0123456789xX*#")
LIKE_PARCELS = word_set("""
    parcel parcels apn pin ain folio map block lot tract case caseno docket naics sic part sku isbn bbl taxlot plat pid permit
    invoice po contract zip zipcode zip4 postal geoid fips phone epoch timestamp tms fund funds ledger gl code codes segment
    string dept department budget org object cad
""")
# What happened has a number too: complaint_no, incident. The same words as in `context`, where they tell what rows are.
EVENTS = ABOUT_EVENTS - {"perp", "perpetrator"}
OTHER_LUHN = word_set("barcode item imei isbn upc gtin library tracking")   # these have its check digit too
BANK_NUMBER = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9 ]{10,38}|[\d -]{6,24}|[Xx*]{2,}\d{3,6}", re.ASCII)
LICENSES = frozenset(("license", "licence", "lic"))
SIDES = frozenset(("d", "p", "u", "v"))      # driver 1, unit 2: as reports of crashes say who is meant
NUMBERED_AS = frozenset(("no", "num", "nbr", "number", "id", "1", "2", "3"))
# As most states write it: a letter or two and digits (https://ntsi.com/drivers-license-format).
LEAST_OWN = 0.03              # of the different texts are of either kind, where both are mixed
EMPLOYER = re.compile(r"\d{2}-\d{7}", re.ASCII)
DRIVERS_LICENSE = re.compile(r"[A-Z]{1,2}\d{5,12}", re.ASCII)
DRIVERS = frozenset(("dl", "cdl", "ol", "oln"))  # a driver's license, where nothing else is said
ACCOUNTS = frozenset(("account", "acct", "acc", "acctnum"))
NO_ACCOUNT = word_set("type name status holder code gl ledger utility water customer date balance")
AT_BANKS = word_set("bank bnk bankaccount bankacct cuentabancaria iban checking savings deposit kontonummer clabe")
CALLED_SOCIAL = frozenset(("social", "soc", "no", "num", "nbr", "number"))
# Digits that a text has at least: of the shortest (a British number of insurance), of nine, of a card.
IN_FOREIGN, IN_NATIONAL, IN_CARD = 6, 9, 13
IN_IBAN = 2                   # the check digits alone; the rest may be letters
SOME = 0.3                    # of the different texts, where the name says so already
MOST = 0.5
NEARLY = 0.9
ALL = 0.97
PERFECT = 0.997
FEW = 8                       # different texts below which nothing is concluded from their spread


def national_id(column: Column) -> PersonalFinding | None:
    """Social Security numbers and their like, by name, by form, or by nine digits that keep all their rules."""
    header, cells, around = column.header, column.cells, column.around
    says = (header.says("national-id") or _is_drivers(column)) and not _is_of_taxes(column)
    if says and not header.has(known.STATES - {"id", "ids", "number", "no", "num", "nbr", "code"}):
        if cells.share(_is_numbered) >= SOME:
            valid = cells.where(_is_national)
            if len(valid):
                return column.finding("national-id", valid,
                                      "keep the rules of a Social Security or national number, and the name says so")
            return column.named("national-id", "the name says that these are national numbers of people")
        return None
    if header.has(LIKE_PARCELS, EVENTS, known.FIGURES, known.IDENTIFIERS - known.ANY_NUMBER) or header.says("bank-account"):
        return None
    if not cells.reaches(digits=IN_FOREIGN):
        return None
    if cells.reaches(digits=IN_NATIONAL) and _are_of_owners(column):
        return column.finding("national-id", cells.where(_is_own),
                              "keep the rules of a Social Security number, among numbers of employers")
    # Of other numbers in this form one in nine breaks the rules, whose columns are called as theirs are.
    least = PERFECT if header.is_identifier and not header.is_plain and not header.says("national-id") else MOST
    if cells.reaches(digits=IN_NATIONAL) and cells.share(_is_apart) >= least and _has_groups(column):
        return column.finding("national-id", cells.where(_is_apart),
                              "have the form of a Social Security number and keep its rules")
    if cells.share(is_foreign_id) >= MOST and cells.distinct >= 3:
        return column.finding("national-id", cells.where(is_foreign_id), "are national numbers of people by their check digits")
    is_open = header.is_plain or (header.is_strange and around.is_of_people) or header.meant <= CALLED_SOCIAL or \
        (header.side == "private" and not (header.is_identifier or header.has(known.THINGS, known.FIGURES)))
    if is_open and cells.reaches(digits=IN_NATIONAL) and _are_bare(column):
        return column.finding("national-id", cells.where(_is_bare), "are nine digits by the rules of a Social Security number")
    return None


def _is_own(text: str) -> bool:
    return _is_apart(text) or _is_bare(text)


def _are_of_owners(column: Column) -> bool:
    """Whether numbers of employers (EIN) are mixed with Social Security numbers, which owners without employees use."""
    cells = column.cells
    own, employers = cells.share(_is_own), cells.share(EMPLOYER.fullmatch)
    return cells.distinct >= FEW and own >= LEAST_OWN and employers >= LEAST_OWN and own + employers >= NEARLY


def _is_drivers(column: Column) -> bool:
    """Whether it is the license of a driver: by name, or in a table of people that are no animals by its form."""
    header, around = column.header, column.around
    meant = header.meant - known.PEOPLE - NUMBERED_AS - SIDES
    if meant and meant <= DRIVERS:
        return True
    if header.has(DRIVERS) and not header.has(known.STATES - NUMBERED_AS, known.FIGURES):
        return column.is_spread and column.cells.share(_is_lettered) >= NEARLY
    is_persons = around.is_of_people or header.who in known.PRIVATE
    is_open = bool(meant) and meant <= LICENSES and not around.is_of_animals and is_persons
    return is_open and column.is_spread and column.cells.share(DRIVERS_LICENSE.fullmatch) >= ALL


def _is_of_taxes(column: Column) -> bool:
    """Whether what the name says can be a firm's or a parcel's tax number, and no cell is written as a person's."""
    header, around = column.header, column.around
    is_only = not header.has(known.SPEAK["national-id"]) and \
        header.pairs & known.SPEAK_IN_PAIRS["national-id"] == TAXES and header.who not in known.PRIVATE
    return is_only and (around.is_of_parcels or around.is_of_places) and column.cells.share(_is_apart) < SOME


def _is_apart(text: str) -> bool:
    return bool(APART.fullmatch(text)) and is_ssn(text)


def _is_lettered(text: str) -> bool:
    """Whether a text can be the license of a driver in any state: letters, digits and hyphens, five digits at least."""
    return bool(LETTERED.fullmatch(text)) and sum(map(str.isdigit, text)) >= 5


def _is_numbered(text: str) -> bool:
    """Whether a text can be a number of a person, or what is left of it after masking: four digits or more."""
    return bool(NUMBERED.fullmatch(text) or LETTERED.fullmatch(text)) and sum(1 for letter in text if letter in MASKED) >= 4


def _is_national(text: str) -> bool:
    plain = text.removesuffix(".0")
    padded = plain.zfill(9) if plain.isdigit() and 7 <= len(plain) <= 9 else plain   # a spreadsheet takes zeros away
    return is_ssn(padded) or is_itin(padded) or is_foreign_id(plain)


def _is_bare(text: str) -> bool:
    return bool(NINE.fullmatch(text)) and is_ssn(text[:9])


def _has_groups(column: Column) -> bool:
    """Whether the middle digits vary as those of people do, and not as the year in 102-24-0031."""
    sample = column.cells.sample
    groups = {digits(text)[3:5] for text in sample}
    return len(sample) < FEW or len(groups) >= min(12, len(sample) / 3)


def _are_bare(column: Column) -> bool:
    sample = column.cells.sample
    nine = [text for text in sample if NINE.fullmatch(text)]
    # Of random numbers one in a hundred has the group 00, and one in ten begins with 9.
    if len(nine) < max(2 * FEW, 0.9 * len(sample)) or not column.is_spread or sum(map(_is_bare, nine)) < PERFECT * len(nine):
        return False
    # Of people from anywhere one in nine has a number that begins with 0; what is counted up from 100000000 never has.
    if column.around.people == 0 and len(nine) >= 5 * FEW and not any(text[0] == "0" for text in nine):
        return False
    areas, groups = {text[:3] for text in nine}, {text[3:5] for text in nine}
    return len(areas) >= min(20, len(nine) / 4) and len(groups) >= min(30, len(nine) / 3)


def payment_card(column: Column) -> PersonalFinding | None:
    """Numbers of payment cards, by their beginnings and Luhn's digit."""
    header, cells = column.header, column.cells
    says = header.says("payment-card")
    if not cells.reaches(digits=IN_CARD) or header.has(OTHER_LUHN) or (not says and cells.distinct < 3):
        return None
    if says and cells.share(CARD.fullmatch) >= MOST and cells.share(lambda text: passes_luhn(digits(text))) >= 0.8:
        return column.finding("payment-card", cells.where(CARD.fullmatch), "can be payment card numbers, and the name says so")
    if cells.share(is_card) >= (0.1 if says else MOST):
        return column.finding("payment-card", cells.where(is_card), "are payment card numbers by beginning and check digit")
    return None


def bank_account(column: Column) -> PersonalFinding | None:
    """Numbers of bank accounts: IBAN anywhere, routing numbers by their checksum, others where the name says so."""
    header, cells = column.header, column.cells
    says = header.says("bank-account")
    if cells.reaches(digits=IN_IBAN) and cells.has_letters and cells.share(is_iban) >= (0.1 if says else MOST):
        return column.finding("bank-account", cells.where(is_iban), "are international bank account numbers by their checksum")
    if cells.reaches(digits=IN_NATIONAL) and cells.distinct >= (1 if says else FEW) \
            and cells.share(is_routing_number) >= (MOST if says else ALL):
        return column.finding("bank-account", cells.where(is_routing_number), "are routing numbers of banks by their checksum")
    # An account beside a bank is one at that bank.
    is_there = column.around.has_bank and header.has(ACCOUNTS) and not header.has(NO_ACCOUNT)
    if (is_there or (says and header.has(AT_BANKS))) and cells.share(BANK_NUMBER.fullmatch) >= MOST:
        return column.finding("bank-account", cells.where(BANK_NUMBER.fullmatch), "can be bank accounts, and the name says so")
    return None
