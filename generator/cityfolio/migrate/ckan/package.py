"""One package of a CKAN site as a dataset.

Names are those of CKAN's own schema, of ckanext-dcat (which older versions keep as extras, some of them with `dcat_` before
them), and of ckanext-fluent, which says things in several languages.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cityfolio.migrate.ckan.own_extras import own_status, own_texts, repeated_author, repeated_place
from cityfolio.migrate.ckan.resource import resources
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.importing import Taking, in_language
from cityfolio.migrate.network.listing import first_group, items
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.json_values import unpacked
from cityfolio.migrate.values.names import comparable

# What only the software itself uses, or what says again in numbers what the lists say.
MACHINERY = frozenset({
    "creator_user_id", "entity_type", "extras", "id_given", "index_id", "indexed_ts", "isopen", "num_resources", "num_tags",
    "owner_org", "revision_id", "revision_timestamp", "site_id", "state", "tracking_summary", "type", "data_dict",
    "validated_data_dict", "capacity", "ratings_average", "ratings_count", "metadata_language", "harvest_object_id",
    "harvest_source_id", "harvest_source_title", "resources", "res_name", "res_description", "res_format", "res_url",
})
PRIVATE = "The former site kept this record private."
NOT_PUBLIC = ("NON_PUBLIC", "RESTRICTED", "CONFIDENTIAL")
RECORD_ONLY = "the day of the record's own last change stands for the data's, for which none is given"


@dataclass(slots=True)
class Package:
    """A package while it is read."""

    draft: DatasetDraft
    values: Mapping[str, Given]
    origin: Origin
    below: str                    # the path below which the site was


def described(package: Package) -> None:
    """Describe a package."""
    extras = Taking(_extras(package.values.get("extras")), "extras")
    taking = Taking(package.values, deeper=(extras,))
    _texts(package, taking)
    _people(package, taking)
    _lists(package, taking)
    _times(package, taking)
    _rights(package, taking)
    files = resources(package.draft, package.values, package.origin)
    if not package.draft.values.get("license") and files:
        _license_of_resources(package)
    taking.taken |= MACHINERY
    package.draft.rest(taking.values, taking.taken)
    package.draft.rest(extras.values, extras.taken, "extras")


def _extras(given: Given) -> dict[str, Given]:
    """Extras as one group: newer versions list them, older ones have the group. Some values are JSON in a text."""
    pairs = given.items() if isinstance(given, dict) else (
        (as_words(each.get("key")), each.get("value")) for each in items(given) if isinstance(each, dict))
    found: dict[str, Given] = {}
    for name, value in pairs:
        if name:
            said = _unpacked(value)
            found[name] = said if found.get(name, said) == said else [*items(found[name]), *items(said)]
    return found


def _unpacked(value: Given) -> Given:
    is_packed = isinstance(value, str) and value.lstrip().startswith(("[", '"'))
    return unpacked(value) if isinstance(value, str) and is_packed else value


def _texts(package: Package, taking: Taking) -> None:
    draft = package.draft
    field, title = _said(package, taking, "title")
    draft.words("title", field, title)
    field, notes = _said(package, taking, "notes")
    draft.text("description", field, notes)
    own_texts(draft, package.values, taking)
    draft.words("identifier", *taking.take("identifier", "guid", "dcat_identifier", "uri", "id"))
    _page_elsewhere(package, *taking.take("url", "landing_page", "landingpage"))
    for name in (as_words(package.values.get("name")), as_words(package.values.get("id"))):
        if name and "/" not in name:
            draft.formerly("name", f"{package.below}/dataset/{name}")
    taking.taken |= {"name", "id"}
    languages = taking.take("language")
    draft.words("language", languages[0], [*as_words(languages[1]).split(",")])
    draft.words("conforms_to", *taking.take("conforms_to"))


def _page_elsewhere(package: Package, field: str, given: Given) -> None:
    """The page that a package names: where its data comes from. Without the site's address none of them is the site's own."""
    draft = package.draft
    if package.origin.portal is not None:
        draft.landing_page(field, given)
    elif (text := draft.said(field, given)) and (mended := draft.mended(field, text)):
        draft.values["landing_page"] = mended


def _said(package: Package, taking: Taking, name: str) -> tuple[str, Given]:
    """A text in the site's language; what is said in others becomes a note."""
    translated, plain = taking.take(f"{name}_translated"), taking.take(name)
    field, given = translated if as_words(translated[1]) else plain
    chosen, others = in_language(_languages(given), package.origin.language)
    for language, words in others.items():
        package.draft.note(f"{name} ({language})", f"{field}.{language}", words)
    return (field, chosen) if as_words(chosen) else plain


def _languages(given: Given) -> Given:
    """Texts by language that are kept as JSON in a text."""
    if isinstance(given, str) and given.startswith("{") and given.endswith("}"):
        found = unpacked(given)
        return found if isinstance(found, dict) and in_language(found, "en")[0] is not found else given
    return given


def _people(package: Package, taking: Taking) -> None:
    draft = package.draft
    field, given = taking.take("publisher")
    publisher = first_group(given)
    name = as_words(publisher.get("name")) or ("" if publisher else as_words(given)) \
        or taking.words("publisher_name", "dcat_publisher_name")
    url = as_words(publisher.get("url")) or taking.words("publisher_url", "publisher_uri")
    email = as_words(publisher.get("email")) or taking.words("publisher_email", "dcat_publisher_email")
    organization_field, given = taking.take("organization")
    organization = first_group(given)
    title = as_words(in_language(organization.get("title"), package.origin.language)[0]) or as_words(organization.get("name"))
    if name:
        draft.publisher(field, name, url=url)
        if title and comparable(title) != comparable(name):
            draft.note("Organization", organization_field, title)
    elif title:
        about = as_words(in_language(organization.get("description"), package.origin.language)[0])
        draft.gathered.publishers.keep_id(title, as_words(organization.get("name")), organization_field, draft.source)
        draft.publisher(organization_field, title, description=about, url=as_words(organization.get("url")))
        _forward_from(package, "organization", organization, title)
    elif author := as_words(package.values.get("author")):
        draft.publisher("author", author)
        taking.taken.add("author")
    _contact(package, taking, email, {comparable(name), comparable(title)})


def _contact(package: Package, taking: Taking, publisher_email: str, publishers: Collection[str]) -> None:
    """Whom to ask: the contact of ckanext-dcat, else the maintainer, else the author, else whoever publishes it."""
    field, given = taking.take("contact")
    first, *others = [each for each in items(given) if isinstance(each, dict)] or [{}]
    if as_words(first):
        package.draft.contact(field, name=first.get("name"), email=first.get("email"), phone=first.get("phone"),
                              url=first.get("url"))
        if others:
            package.draft.note("Further contacts", field, [*others])
        return
    for person in ("contact", "maintainer", "author"):
        names = (f"{person}_name", "contact_point") if person == "contact" else (person,)
        field, name = taking.take(*names)
        email = taking.take(f"{person}_email")[1]
        if as_words(email) or as_words(name) and person != "author":
            package.draft.contact(field, name=name, email=email, phone=taking.take("contact_phone")[1],
                                  url=taking.take("contact_url")[1])
            repeated_author(taking, publishers)
            return
        if as_words(name) and comparable(as_words(name)) not in publishers:
            package.draft.note("Author", field, name)
    if publisher_email:
        package.draft.contact("publisher", email=publisher_email)


def _lists(package: Package, taking: Taking) -> None:
    draft = package.draft
    field, translated = taking.take("tags_translated")
    chosen, others = in_language(translated, package.origin.language)
    own_field, own = taking.take("tags")
    draft.keywords(*((field, chosen) if as_words(chosen) else (own_field, own)))
    for language, words in others.items():
        draft.note(f"Tags ({language})", f"{field}.{language}", words)
    field, groups = taking.take("groups")
    for each in items(groups):
        if isinstance(each, dict):
            draft.gathered.topics.keep_id(as_words(_title(package, each)), as_words(each.get("name")), field, draft.source)
    draft.topics(field, [_title(package, each) for each in items(groups)])
    for each in items(groups):
        _forward_from(package, "group", each if isinstance(each, dict) else {"name": each}, as_words(_title(package, each)))


def _title(package: Package, given: Given) -> Given:
    if not isinstance(given, dict):
        return given
    titles = (in_language(given.get(name), package.origin.language)[0] for name in ("title", "display_name", "name"))
    return next((title for title in titles if as_words(title)), None)


def _forward_from(package: Package, what: str, given: Mapping[str, Given], title: str) -> None:
    """Let the page of an organization or group forward from its old one."""
    draft = package.draft.gathered
    room, folder = (draft.publishers, "publishers") if what == "organization" else (draft.topics, "topics")
    identifier, name = room.by_title.get(comparable(title)), as_words(given.get("name"))
    if identifier and name and "/" not in name and "formerly" not in room.entities[identifier].values:
        room.entities[identifier].values["formerly"] = draft.addresses.formerly(
            [f"{package.below}/{what}/{name}"], f"/{folder}/{identifier}/")


def _times(package: Package, taking: Taking) -> None:
    draft = package.draft
    draft.frequency(*taking.take("frequency", "accrual_periodicity", "update_frequency"))
    field, modified = taking.take("modified", "dcat_modified")
    if as_words(modified):
        draft.day("modified", field, modified)
    elif changed := max(_changes(package.values), default=""):
        draft.day("modified", "resources.last_modified", changed)
    elif as_words(package.values.get("metadata_modified")):
        draft.day("modified", "metadata_modified", package.values["metadata_modified"])
        draft.ledger.note("doubtful", "metadata_modified", RECORD_ONLY)
    draft.day("issued", *taking.take("issued", "dcat_issued", "metadata_created"))
    taking.taken |= {"metadata_modified", "metadata_created"}
    _coverage(package, taking)


def _changes(values: Mapping[str, Given]) -> list[str]:
    return [as_words(each.get("last_modified")) for each in items(values.get("resources")) if isinstance(each, dict)]


def _coverage(package: Package, taking: Taking) -> None:
    draft = package.draft
    field, given = taking.take("temporal_coverage")
    if as_words(given):
        draft.temporal(field, given)
    else:
        start, end = (taking.take(*names)[1] for names in (("temporal_start", "temporal_coverage-from"),
                                                            ("temporal_end", "temporal_coverage-to")))
        if as_words(start) or as_words(end):
            draft.temporal("temporal_start", {"start": as_words(start), "end": as_words(end)})
    field, given = taking.take("spatial_coverage")
    place, *others = [each for each in items(given) if isinstance(each, dict)] or [{}]
    text = as_words(place.get("text")) or as_words(place.get("uri"))
    if others:
        draft.note("Further places", field, [*others])
    if text:
        draft.words("spatial", field, text)
        draft.rest(place, {"text", "uri"} if not as_words(place.get("text")) else {"text"}, field)
    else:
        draft.rest(place, (), field)
        draft.words("spatial", *taking.take("spatial_text"))
    if "spatial" not in draft.values and not as_words(package.values.get("spatial")).startswith("{"):
        words = taking.take("spatial")
        draft.words("spatial", *words) if not as_words(words[1]).startswith("{") else draft.note("Extent", *words)
    repeated_place(draft, taking)


def _rights(package: Package, taking: Taking) -> None:
    draft, values = package.draft, package.values
    draft.license(*taking.take("license_url", "license_id", "license"), title=as_words(values.get("license_title")))
    taking.taken |= {"license_id", "license_title", "license_url"}
    field, rights = taking.take("access_rights")
    words = as_words(rights)
    if own_status(draft, taking):
        return
    has_files = bool(items(values.get("resources")) or items(values.get("res_url")) or as_words(values.get("download_url")))
    if words.rpartition("/")[2] in NOT_PUBLIC and not has_files:
        draft.status("restricted", f"The former site says of its access rights: {words}")
    elif words and not words.endswith("/PUBLIC"):
        draft.text("rights", field, rights)
    draft.text("rights", *taking.take("rights"))
    if taking.words("private").lower() == "true":
        draft.status("planned", PRIVATE)


def _license_of_resources(package: Package) -> None:
    """A package that names no license has the one that all of its resources name."""
    named = [as_words(each.get("license")) for each in items(package.values.get("resources")) if isinstance(each, dict)]
    if named and named[0] and set(named) == {named[0]}:
        package.draft.license("resources.license", named[0])
