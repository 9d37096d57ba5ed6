"""Whom to ask: a contact as shown, and where contacts are found when the site has none of its own."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.lately import found_lately
from cityfolio.model.measured import Ref
from cityfolio.model.records import Contact
from cityfolio.pages import routes
from cityfolio.pages.markdown import told
from cityfolio.pages.shell import Site


def contact_words(contact: Contact | None) -> Markup:
    """Whom to ask: a name that leads to mail or a page, else the address itself; then the telephone."""
    if contact is None:
        return Markup("")
    target = routes.mail(contact.email) if contact.email else routes.outward(contact.url) if contact.url else ""
    name = contact.name or contact.email or contact.url or ""
    shown = [Markup('<a href="{}">{}</a>').format(target, told(name)) if target else Markup.escape(told(name))]
    if contact.phone:
        shown.append(Markup.escape(contact.phone))
    return Markup("<br>").join(each for each in shown if each)


def owner_contact(owner: Ref | None, site: Site) -> Contact | None:
    """Whom to ask about a goal or a measure: who answers for it, else the site's own contact."""
    found = next((each for each in site.catalog.publishers if owner and each.id == owner.id), None)
    return (found.record.contact if found else None) or site.catalog.site.contact


@found_lately
def where_contacts_are(site: Site) -> Markup:
    """On which pages a reader finds whom to ask, as a sentence; "" when no page names anybody."""
    catalog, _ = site.catalog, site.words.gettext
    if catalog.publishers and all(_names_anybody(each.record.contact) for each in catalog.publishers):
        return _("Each publisher’s page names a contact.")
    if catalog.datasets and all(_names_anybody(each.contact) for each in catalog.datasets):
        return _("Each dataset’s page names a contact.")
    if any(_names_anybody(each.contact) for each in catalog.datasets):
        return _("Pages of datasets name a contact where one is known.")
    return Markup("")


def _names_anybody(contact: Contact | None) -> bool:
    """Whether there are words for whom to ask, which need not be said to know it."""
    return contact is not None and bool(contact.email or contact.url or contact.phone or contact_words(contact))
