"""One dataset of a DCAT feed of ArcGIS Hub as one of ours. Its keys have no prefix and are in small letters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.migrate.arcgis.addresses import old_paths
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.importing import Taking
from cityfolio.migrate.network.listing import first_group, group, items, parts_of
from cityfolio.migrate.values.given import Given, as_words

TEMPLATE = re.compile(r"\{\{.*\}\}")
ITEM = re.compile(r"[?&]id=([0-9a-f]{32})(?:&sublayer=(\d+))?")   # in the identifier that a feed gives
# `theme` of every dataset of a Hub: it says what kind of software it comes from, not what it is about.
NO_THEMES = frozenset({"geospatial", "geo"})
NO_THEME = "a theme that every dataset of the portal has, and that says what its software is for"
UNFILLED = "a template that was never filled in"
OLD_PAGE = "the page of the dataset on the old site, which this one takes the place of"
PUBLIC = frozenset({"public"})


def feed_described(draft: DatasetDraft, values: Mapping[str, Given]) -> None:
    """Describe a dataset."""
    taking = Taking({name: value for name, value in values.items() if not _is_unfilled(draft, name, value)})
    draft.words("title", *taking.take("title"))
    draft.text("description", *taking.take("description"), is_html=True)
    field, identifier = taking.take("identifier")
    draft.words("identifier", field, identifier)
    page = taking.words("landingpage", "@id")
    taking.taken |= {"@id", "@type", "landingpage"}
    field, publisher = taking.take("publisher", "source", "creator")
    draft.publisher(field, _name(publisher))
    _contact(draft, *taking.take("contactpoint"))
    field, words = taking.take("keyword")
    draft.keywords(field, words)
    field, themes = taking.take("theme")
    for each in items(themes):
        if as_words(each).lower() in NO_THEMES:
            draft.ledger.note("left-out", field, NO_THEME, as_words(each))
    draft.topics(field, [each for each in items(themes) if as_words(each).lower() not in NO_THEMES])
    draft.license(*taking.take("license"))
    field, rights = taking.take("accessrights", "accesslevel", "rights")
    if as_words(rights).lower() not in PUBLIC:
        draft.text("rights", field, rights, is_html=True)
    field, language = taking.take("language")
    draft.words("language", field, _last(language))
    draft.day("modified", *taking.take("modified"))
    draft.day("issued", *taking.take("issued", "created"))
    draft.frequency(*taking.take("accrualperiodicity"))
    draft.temporal(*taking.take("temporal"))
    _place(draft, *taking.take("spatial"))
    item = ITEM.search(as_words(identifier))
    for path in old_paths(parts_of(page).path, item[1] if item else "", (item[2] or "") if item else ""):
        draft.formerly("landingPage", path)
    _files(draft, values, page)
    draft.rest(taking.values, taking.taken | {"distribution"})


def _is_unfilled(draft: DatasetDraft, field: str, given: Given) -> bool:
    """Whether a value is nothing but the template that stood for one; that is written down."""
    if not isinstance(given, str) or TEMPLATE.fullmatch(given.strip()) is None:
        return False
    draft.ledger.note("left-out", field, UNFILLED, given)
    return True


def _name(given: Given) -> str:
    found = first_group(given)
    return as_words(found.get("name")) if found else as_words(given)


def _last(given: Given) -> str:
    """The code at the end of an address or prefixed name, such as `lang:ENG`."""
    words = as_words(group(given).get("@id")) if isinstance(given, dict) else as_words(given)
    return re.split(r"[:/#]", words)[-1]


def _place(draft: DatasetDraft, field: str, given: Given) -> None:
    """A place in words. Four numbers are the corners of a map, which the rows themselves show."""
    words = as_words(given)
    if isinstance(given, dict) or re.fullmatch(r"[-\d., ]+", words):
        draft.ledger.note("left-out", field, "the corners of a map, which the rows themselves show", words)
    else:
        draft.words("spatial", field, words)


def _contact(draft: DatasetDraft, field: str, given: Given) -> None:
    contact = first_group(given)
    said = {name: as_words(contact.get(name)) for name in ("fn", "hasemail", "hastelephone", "hasurl")}
    for name, words in said.items():
        if TEMPLATE.search(words):
            draft.ledger.note("left-out", f"{field}.{name}", UNFILLED, words)
            said[name] = ""
    email = said["hasemail"]
    if email and ("@" not in email or " " in email):
        draft.note("Contact", f"{field}.hasEmail", re.sub(r"^(?:mailto:|https?://)(?=\S+\s)", "", email))
        email = ""
    draft.contact(field, name=said["fn"], email=email, phone=said["hastelephone"], url=said["hasurl"])


def _files(draft: DatasetDraft, values: Mapping[str, Given], page: str) -> None:
    for number, given in enumerate(items(values.get("distribution")), 1):
        field, each = f"distribution[{number}]", group(given)
        if not as_words(given):
            draft.no_file(field)
            continue
        url = next((words for name in ("downloadurl", "accessurl") if (words := _address(each.get(name)))), "")
        if url and url == page:
            # Not something to download: the page itself, which forwards here.
            draft.gathered.count("files", found=1)
            draft.ledger.note("left-out", field, OLD_PAGE, url)
            continue
        draft.file(field, url=url, title=each.get("title"), description=each.get("description"),
                   format=_last(each.get("format")), media_type=each.get("mediatype"))


def _address(given: Given) -> str:
    return as_words(group(given).get("@id")) if isinstance(given, dict) else as_words(given)
