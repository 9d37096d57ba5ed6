"""Rules for what standards require of a dataset: each lack is named with the standard, and never filled in.

That a title, a description, a publisher or a contact is missing, or the title of a publisher, is told by `check.metadata` and
by loading. Which datasets are meant is the same as in the feeds: all but the retired.
"""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.link import first_contact
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.updates import updated_on
from cityfolio.load.yaml import Document, Items
from cityfolio.model.catalog import Build
from cityfolio.model.records import Contact, DatasetRecord
from cityfolio.model.standards import MAILBOX, requirement
from cityfolio.problems import Problem


@rule("keyword-missing", of_each=True)
def it_has_keywords(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset has at least one keyword."""
    for each in loaded.listed:
        if not each.record.keywords and _lacks_items(each.document, "keywords"):
            yield Problem(
                code="keyword-missing",
                where=each.document.at("keywords"),
                says=f"there are no keywords; {requirement('dataset', 'keywords')}",
                fix="Add `keywords:` with words that residents search for, such as [potholes, trash].",
            )


@rule("modified-missing")
def it_is_known_when_it_changed(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset has a day of its last change, or promises to be renewed on a schedule, which stands in for it."""
    for each in loaded.listed:
        repeats = each.record.frequency is not None and each.record.frequency.iso
        if updated_on(each, build) is None and not repeats and not _was_refused(each):
            yield Problem(
                code="modified-missing",
                where=each.document.at("modified"),
                says=f"it is not known when this last changed; {requirement('dataset', 'modified')}",
                fix="Add `modified:` with a date, or `frequency:` with a schedule that is kept.",
            )


@rule("contact-name-missing", of_each=True)
def its_contact_has_a_name(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The contact of a dataset says who it is."""
    for each, contact, place in _contacts(loaded):
        if not contact.name:
            yield Problem(
                code="contact-name-missing",
                where=each.document.at("contact"),
                says=f"the contact has no name; {requirement('contact', 'name')}",
                fix=f"Add `name:` to the contact{place}, such as 311 data team.",
            )


@rule("contact-email-missing", of_each=True)
def its_contact_has_an_address(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The contact of a dataset has an e-mail address, of signs that the standards take."""
    for each, contact, place in _contacts(loaded):
        if not contact.email or not MAILBOX.fullmatch(contact.email):
            fault = f'the address "{contact.email}" has a sign that DCAT-US does not take' if contact.email \
                else "the contact has no e-mail address"
            yield Problem(
                code="contact-email-missing",
                where=each.document.at("contact", "email"),
                says=f"{fault}; {requirement('contact', 'email')}",
                fix=f"Add `email:` to the contact{place}, such as data@example.gov.",
            )


def _contacts(loaded: Loaded) -> Iterator[tuple[Sourced[DatasetRecord], Contact, str]]:
    """Each dataset with the contact that its page names, and where else than in the dataset that is written.

    Where none is named at all, or one was refused, that is reported as what it is.
    """
    site = loaded.site
    for each in loaded.listed if site is not None else ():
        publisher = loaded.publishers.get(each.record.publisher or "")
        asked = [(asking.record.contact, asking.document) for asking in (each, publisher, site) if asking]
        contact = first_contact(*(given for given, _ in asked))
        home = next((document for given, document in asked if given is contact), each.document)
        if contact is not None and not _refused(home, contact):
            yield each, contact, "" if home is each.document else f" in {home.path}"


def _refused(document: Document, contact: Contact) -> bool:
    return any(getattr(contact, key) is None and document.holds("contact", key) for key in ("name", "email"))


def _lacks_items(document: Document, key: str) -> bool:
    value = document.value(key)
    return not document.holds(key) or (isinstance(value, Items) and not value.items)


def _was_refused(each: Sourced[DatasetRecord]) -> bool:
    """Whether a date or a schedule is written that cannot be read, which is reported."""
    return any(getattr(each.record, key) is None and each.document.holds(key) for key in ("modified", "frequency"))
