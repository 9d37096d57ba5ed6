"""Numbers with rules: which texts can be a number of this kind, by its check digits and the ranges that were given out."""

from __future__ import annotations

import re

SSN = re.compile(r"(\d{3})[- ]?(\d{2})[- ]?(\d{4})", re.ASCII)
SSN_APART = re.compile(r"(?<![\w.-])(\d{3})([- ])(\d{2})\2(\d{4})(?![\w-])", re.ASCII)
ITIN_GROUPS = frozenset((*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)))
NANP = re.compile(r"(?:\+?1[ .-]?)?\(?([2-9]\d\d)\)?[ ./-]{0,3}([2-9]\d\d)[ .-]?(\d{4})(?: ?(?:x|ext\.?|#) ?\d{1,6})?",
                  re.ASCII | re.IGNORECASE)
E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
TOLL_FREE = frozenset(("800", "833", "844", "855", "866", "877", "888", "900"))
IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]){10,30}", re.ASCII)
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "LI": 21,
    "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}
CARD = re.compile(r"\d(?:[ -]?\d){12,18}", re.ASCII)
CARD_STARTS = re.compile(r"(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}"
                         r"|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})",
                         re.ASCII)
ROUTING = re.compile(r"(?:0[1-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}", re.ASCII)
NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]")
DNI = re.compile(r"([XYZ]?)(\d{7,8})-?([A-Z])", re.ASCII)
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
CURP = re.compile(r"[A-Z]{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{5}[A-Z0-9]\d", re.ASCII)
CODICE_FISCALE = re.compile(r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", re.ASCII)
FOREIGN = re.compile(r"[A-Z]|\d{8}-?[A-Z]|\d{3}\.", re.ASCII)    # how any of these five begins
CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}", re.ASCII)


def digits(text: str) -> str:
    """The digits of a text."""
    return "".join(letter for letter in text if letter in "0123456789")


def is_ssn(text: str) -> bool:
    """Whether a text can be a Social Security number.

    By the rules of the Social Security Administration no area is 000, 666 or 900 to 999, no group 00 and no serial 0000
    (https://www.ssa.gov/employer/randomization.html).
    """
    found = SSN.fullmatch(text)
    if not found:
        return False
    area, group, serial = found.groups()
    return area not in ("000", "666") and area[0] != "9" and group != "00" and serial != "0000"


def is_itin(text: str) -> bool:
    """Whether a text can be an Individual Taxpayer Identification Number: a 9 first, and a group that the IRS gives out."""
    found = SSN.fullmatch(text)
    return bool(found) and found is not None and found[1][0] == "9" and int(found[2]) in ITIN_GROUPS


def passes_luhn(number: str) -> bool:
    """Whether the last digit checks the others by Luhn's formula (ISO/IEC 7812-1)."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        twice = int(digit) * (1 + at % 2)
        total += twice - 9 if twice > 9 else twice
    return total % 10 == 0


def is_card(text: str) -> bool:
    """Whether a text can be the number of a payment card: a beginning and length that are given out, and Luhn's digit."""
    if not CARD.fullmatch(text):
        return False
    number = digits(text)
    return bool(CARD_STARTS.fullmatch(number)) and len(set(number)) > 1 and passes_luhn(number)


def is_iban(text: str) -> bool:
    """Whether a text is an International Bank Account Number: its country's length, and 1 as remainder of 97 (ISO 13616)."""
    upper = text.upper()
    if not IBAN.fullmatch(upper):
        return False
    plain = upper.replace(" ", "")
    if IBAN_LENGTHS.get(plain[:2]) != len(plain):
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def is_routing_number(text: str) -> bool:
    """Whether a text can be the routing number of an American bank: its range, and weights 3, 7, 1 (ABA)."""
    if not ROUTING.fullmatch(text):
        return False
    return sum(int(digit) * (3, 7, 1)[at % 3] for at, digit in enumerate(text)) % 10 == 0


def is_phone(text: str) -> bool:
    """Whether a text can be a telephone number: of the North American plan, or in the form of E.164.

    In the plan an area and an exchange begin with 2 to 9, and neither ends in 11 (https://nationalnanpa.com).
    """
    found = NANP.fullmatch(text)
    if found:
        return found[1][1:] != "11" and found[2][1:] != "11" and len(set(found[1] + found[2] + found[3])) > 1
    return "+" in text and bool(E164.fullmatch(re.sub(r"[ ().-]", "", text))) and len(text) <= 24


def is_toll_free(text: str) -> bool:
    """Whether a telephone number is one that the called party pays for, and so an office's."""
    found = NANP.fullmatch(text)
    return bool(found) and found is not None and found[1] in TOLL_FREE


def is_foreign_id(text: str) -> bool:
    """Whether a text is the national number of a person elsewhere, of a form that hardly anything else has."""
    plain = text.upper()
    if not FOREIGN.match(plain):
        return False
    if NINO.fullmatch(plain) or CURP.fullmatch(plain) or CODICE_FISCALE.fullmatch(plain):
        return True
    spanish = DNI.fullmatch(plain)
    if spanish:
        number = int({"": "", "X": "0", "Y": "1", "Z": "2"}[spanish[1]] + spanish[2])
        return len(spanish[1] + spanish[2]) == 8 and spanish[3] == DNI_LETTERS[number % 23]
    return bool(CPF.fullmatch(plain)) and is_cpf(digits(plain))


def is_cpf(number: str) -> bool:
    """Whether eleven digits are the number of a Brazilian taxpayer, by its two check digits (remainders of 11)."""
    if len(number) != 11 or len(set(number)) == 1:
        return False
    for length in (9, 10):
        rest = sum(int(digit) * (length + 1 - at) for at, digit in enumerate(number[:length])) * 10 % 11 % 10
        if rest != int(number[length]):
            return False
    return True


