"""How to ask for data: a letter or an issue that is begun already, with the questions whose answers help most."""

from __future__ import annotations

from cityfolio.pages import routes
from cityfolio.pages.repository import new_issue_url
from cityfolio.pages.shell import Link, Site
from cityfolio.pages.words import Words


def ways_to_ask(site: Site) -> tuple[Link, ...]:
    """By an issue, where the code host is known, and by mail, where an address is."""
    words, record = site.words, site.catalog.site
    asking, found = record.requests, list[Link]()
    asked = words.gettext("Data request:").unescape()
    issue = new_issue_url(record.repository, f"{asked} ", letter(words, is_public=True), asking.label)
    if issue:
        found.append(Link(href=issue, text=words.gettext("Ask in public, as an issue"),
                          note=words.gettext("Everybody can read it and add to it. You need an account there.")))
    address = asking.email or (record.contact.email if record.contact else None)
    if address:
        subject = str(words.gettext("Data request").unescape())
        found.append(Link(href=routes.mail(address, subject, letter(words, is_public=False).replace("\n", "\r\n")),
                          text=words.gettext("Ask by e-mail"), note=address))
    return tuple(found)


def letter(words: Words, *, is_public: bool) -> str:
    """The questions, with room for answers."""
    _ = words.gettext
    parts = [_("What data do you need?"), _("What would you use it for?"),
             _("For which places and years, and in what form: a table, a map, a document?"),
             _("Where have you looked already?")]
    if is_public:
        parts.append(_("Please leave out names, addresses and anything else about a person: everybody can read this."))
    return "\n\n\n".join(part.unescape() for part in parts)
