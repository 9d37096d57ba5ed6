"""Whom to ask about a JKAN dataset: name, e-mail, telephone and page of its maintainer."""

from __future__ import annotations

from cityfolio.migrate.jkan.record import DatasetImport
from cityfolio.migrate.values.addresses import mended_email, mended_url
from cityfolio.model.records import Contact


def contact(each: DatasetImport) -> None:
    """Read the contact. What is no address is kept among the notes."""
    found = {"name": each.short("contact.name", Contact, "name"), "email": _email(each),
             "phone": each.short("contact.phone", Contact, "phone"), "url": _link(each)}
    field, name = each.schema.dataset.names["contact.name"][0], found["name"] or ""
    if name and name.lower() == (found["email"] or "").lower():
        each.ledger.note("left-out", field, "a contact's name that only repeats the e-mail address", name)
        found["name"] = None
    elif name and not found["email"] and mended_email(name)[0]:
        each.ledger.note("mended", field, "an e-mail address in the place of a name moved", name, f"contact.email: {name}")
        found |= {"name": None, "email": name}
    each.values["contact"] = {key: value for key, value in found.items() if value}


def _email(each: DatasetImport) -> str | None:
    name, text = each.words("contact.email")
    email, why = mended_email(text)
    if text and email is None:
        each.keep(name, text, "not one e-mail address")
    for reason in why:
        each.ledger.note("mended", name, reason, text, email or "")
    return email


def _link(each: DatasetImport) -> str | None:
    name, text = each.words("contact.url")
    mended = mended_url(text)
    if text and mended.url is None:
        each.keep(name, text, "not an address that can be linked to")
    for reason in mended.why:
        each.ledger.note("mended", name, reason, text, mended.url or "")
    return mended.url
