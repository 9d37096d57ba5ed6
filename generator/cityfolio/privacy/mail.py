"""Addresses of e-mail: whose they are, a person's or an office's."""

from __future__ import annotations

import re

from cityfolio.privacy.words import word_set

EMAIL = re.compile(r"(?<![\w.+-])([\w.+'-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
FREE_MAIL = word_set("""
    gmail googlemail yahoo ymail rocketmail hotmail outlook live msn aol aim icloud me mac comcast verizon att sbcglobal
    bellsouth charter cox earthlink juno frontier windstream protonmail proton pm gmx web mail zoho carolina roadrunner
    optonline fastmail qq naver
""")
OFFICIAL_ENDS = (".gov", ".mil", ".us", ".int", ".edu")
ROLES = word_set("""
    info data contact help office admin support webmaster service services records permits permitting planning press media
    news customer customerservice clerk cityclerk citymanager mayor council police fire parks parksandrec recreation library
    housing utilities water transit transportation finance budget purchasing procurement bids jobs hr hello team mail email
    enquiries inquiries general noreply no-reply donotreply opendata gis foia publicrecords feedback reservations sales
    billing accounts registration events volunteer frontdesk reception main desk store manager owner orders booking questions
    hotline tips communications publicaffairs webteam postmaster hostmaster abuse privacy security legal marketing accounting
    payroll licensing inspections enforcement codeenforcement zoning engineering publicworks streets trash recycling storm
    stormwater animal adoption shelter museum arts grants principal school district community center commission board
    association
""")
SEPARATORS = re.compile(r"[._+\d-]+")


def is_official(local: str, domain: str) -> bool:
    """Whether an address is a government's or a university's, or one of a role that many may read: `info@`, `parks@`."""
    name = domain.lower()
    if name.endswith(OFFICIAL_ENDS) or ".gov." in name:
        return True
    parts = [part for part in SEPARATORS.split(local.lower()) if part]
    return local.lower() in ROLES or (bool(parts) and all(part in ROLES or part in name for part in parts))


def is_free_mail(domain: str) -> bool:
    """Whether anyone may have an address there."""
    return domain.lower().partition(".")[0] in FREE_MAIL
