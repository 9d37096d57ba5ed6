"""The catalog as a JKAN site's content: datasets, organizations, categories and licenses, as files with front matter.

JKAN shows whatever fields its schema names, so a schema comes along with every label. Pages keep their addresses: each file
says with `permalink:` where this catalog has published it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from cityfolio.load.values import is_site_path
from cityfolio.migrate.export.exported import WHOLE, Exported, Left, Records, beside, group, listed, merged_left, words
from cityfolio.migrate.export.jkan_files import exported_files
from cityfolio.migrate.harvest.merge import Values, alike
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.names import comparable, slug
from cityfolio.migrate.values.old_addresses import OURS
from cityfolio.migrate.values.texts import NO_WORDS, markdown, readable
from cityfolio.migrate.yaml.text import Yaml, yaml_text
from cityfolio.model.frequency import frequency

NO_FIELD = "JKAN has no field for it"
AS_NOTE = "shown by JKAN as a field of its own, which comes back among the notes"
NOT_PUBLISHED = "JKAN lists only what can be had"
# Our key -> JKAN's field, and what the field is in data.json's words.
FIELDS: Mapping[str, tuple[str, str]] = {
    "title": ("title", "title"), "publisher": ("organization", "publisher.name"), "description": ("notes", "description"),
    "topics": ("category", "category"), "keywords": ("tags", "keyword"), "license": ("license", "license"),
    "contact.name": ("maintainer", "contactPoint.fn"), "contact.email": ("maintainer_email", "contactPoint.hasEmail"),
    "contact.phone": ("maintainer_phone", "contactPoint.hasTelephone"),
    "contact.url": ("maintainer_link", "contactPoint.hasURL"), "frequency": ("frequency", "accrualPeriodicity"),
    "issued": ("created", "issued"), "modified": ("modified", "modified"), "temporal": ("time_period", "temporal"),
    "spatial": ("area_of_interest", "spatial"), "files": ("resources", "distribution"),
}
FILE_FIELDS: Mapping[str, tuple[str, str]] = {
    "title": ("name", "distribution.title"), "url": ("url", "distribution.downloadURL"),
    "format": ("format", "distribution.format"), "description": ("description", "distribution.description"),
}
NOTED = ("summary", "each_row_is", "known_limits", "rights", "identifier", "conforms_to", "landing_page", "language")
CARRIED = frozenset({*FIELDS, *NOTED, "notes", "formerly", "status"})


def export_jkan(records: Records) -> Exported:
    """Write a catalog as JKAN's files."""
    making = _Making(records)
    for identifier, values in records.room("datasets").items():
        making.dataset(identifier, values)
    for room, folder, name in (("publishers", "_organizations", "title"), ("topics", "_dataset_categories", "name")):
        for identifier, values in records.room(room).items():
            making.named(room, identifier, values, (folder, name))
    making.licenses()
    site = records.values.get("site.yaml", {})
    making.files["_config.yml"] = yaml_text({
        "title": words(site.get("name")), "description": words(site.get("description")), "schema": "default"})
    making.files["_data/schemas/default.yml"] = yaml_text(making.schema())
    making.left += beside("site.yaml", site, {"name", "description"}, NO_FIELD)
    making.left += (Left(path=path, key=WHOLE, why=NO_FIELD) for path in records.values
                    if path == "synonyms.yaml" or path.startswith("columns/"))
    return Exported(format="JKAN", datasets=len(records.room("datasets")), files=making.files, copies=making.copies,
                    left=merged_left(making.left))


class _Making:
    """A JKAN site while it is put together."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.files: dict[str, str | bytes] = {}
        self.copies: dict[str, str] = {}
        self.left: list[Left] = []
        self.labels: dict[str, str] = {}      # label of a note -> its field
        self.used_licenses: dict[str, None] = {}

    def dataset(self, identifier: str, values: Values) -> None:
        """One dataset."""
        path = f"datasets/{identifier}/dataset.yaml"
        if words(values.get("status")) not in ("", "published"):
            self.left.append(Left(path=path, key=WHOLE, why=NOT_PUBLISHED))
            return
        matter: dict[str, Yaml] = {"schema": "default", "permalink": f"/data/{identifier}/"}
        matter |= {FIELDS[key][0]: value for key, value in self.fields(path, values).items()}
        files = exported_files(identifier, values, self.records)
        self.copies |= files.copies
        self.left += files.left
        matter |= {FIELDS["files"][0]: files.resources} if files.resources else {}
        matter |= self.notes(path, values)
        if former := self.formerly(path, values):
            matter["redirect_from"] = former
        self.files[f"_datasets/{identifier}.md"] = _with_matter(matter)
        self.left += beside(path, values, CARRIED, NO_FIELD)

    def fields(self, path: str, values: Values) -> dict[str, Yaml]:
        """The keys for which JKAN has fields."""
        contact, temporal = group(values.get("contact")), group(values.get("temporal"))
        publisher, license_id = words(values.get("publisher")), words(values.get("license"))
        found: dict[str, Yaml] = {
            "title": words(values.get("title")), "description": words(values.get("description")),
            "publisher": self.records.title("publishers", publisher) if publisher else "",
            "topics": [self.records.title("topics", words(each)) for each in listed(values.get("topics"))],
            "keywords": [words(each) for each in listed(values.get("keywords"))],
            "license": self.license(path, license_id) if license_id else "",
            **{f"contact.{key}": words(contact.get(key)) for key in ("name", "email", "phone", "url")},
            **{key: words(values.get(key)) for key in ("frequency", "issued", "modified", "spatial")},
            "temporal": _interval(words(temporal.get("start")), words(temporal.get("end"))),
        }
        self.left += (Left(path=path, key=key, why=why) for key, why in _altered(values))
        return {key: value for key, value in found.items() if value}

    def license(self, path: str, identifier: str) -> str:
        """What JKAN calls a license."""
        self.used_licenses[identifier] = None
        known = self.records.license(identifier)
        title = known.title if known else self.records.title("licenses", identifier)
        if known is not None and known.id != identifier:
            self.left.append(Left(path=path, key="license", why="comes back under the id that the license has by itself"))
        elif known is None and slug(title, "licenses") != identifier:
            self.left.append(Left(path=path, key="license", why="comes back under an id that is made of its title"))
        return title

    def notes(self, path: str, values: Values) -> dict[str, Yaml]:
        """The notes, and keys that become such, each as a field with its label."""
        found = {label: words(text) for label, text in group(values.get("notes")).items() if words(text)}
        for key in NOTED:
            if text := words(values.get(key)):
                self.left.append(Left(path=path, key=key, why=AS_NOTE))
                labels = (readable(key) if number == 1 else f"{readable(key)} ({number})" for number in count(1))
                found[next(label for label in labels if label not in found)] = text
        self.left += (Left(path=path, key=f"notes.{label}", why="a word that stands for nothing in other catalogs")
                      for label, text in found.items() if text.lower() in NO_WORDS)
        return {self.field(label): text for label, text in found.items()}

    def field(self, label: str) -> str:
        """The field of a label, the same in every dataset."""
        if label not in self.labels:
            taken = {*self.labels.values(), *(name for name, _ in FIELDS.values()), "schema", "permalink", "redirect_from",
                     "layout", "published", "slug"}
            stem = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "note"
            names = (stem if number == 1 else f"{stem}_{number}" for number in count(1))
            self.labels[label] = next(name for name in names if name not in taken)
        return self.labels[label]

    def formerly(self, path: str, values: Values) -> list[Yaml]:
        """Former paths. JKAN forwards from a former id too, but then it is a path."""
        former = [words(each) for each in listed(values.get("formerly"))]
        room = "data" if path.startswith("datasets/") else path.partition("/")[0]
        lost = [each for each in former if not is_site_path(each) or each.strip("/").partition("/")[0] in OURS]
        if lost:
            self.left.append(Left(path=path, key="formerly", why="forwarded from in JKAN, and not brought back from there"))
        return [each if each.startswith("/") else f"/{room}/{each}/" for each in former]

    def named(self, room: str, identifier: str, values: Values, how: tuple[str, str]) -> None:
        """One organization or category."""
        folder, name = how
        path = f"{room}/{identifier}.yaml"
        title = self.records.title(room, identifier)
        others = [other for other in self.records.room(room) if other < identifier]
        if any(comparable(self.records.title(room, other)) == comparable(title) for other in others):
            self.left.append(Left(path=path, key=WHOLE, why="another record has the same title, and becomes one with it"))
        matter: dict[str, Yaml] = {"permalink": f"/{room}/{identifier}/", name: title}
        if former := self.formerly(path, values):
            matter["redirect_from"] = former
        matter |= {"description": words(values.get("description"))} if words(values.get("description")) else {}
        self.files[f"{folder}/{identifier}.md"] = _with_matter(matter)
        self.left += beside(path, values, {"title", "description", "formerly"}, NO_FIELD)

    def licenses(self) -> None:
        """The table of licenses, with the texts of those that are the city's own."""
        rows: list[Yaml] = []
        for identifier in self.used_licenses:
            known = self.records.license(identifier)
            own = self.records.room("licenses").get(identifier, {})
            title = known.title if known else self.records.title("licenses", identifier)
            rows.append({"name": title} | ({"url": url} if (url := known.url if known else words(own.get("url"))) else {}))
            if text := words(own.get("description")):
                self.files[f"_licenses/{identifier}.md"] = _with_matter({"title": title}) + text + "\n"
            if own:
                path = f"licenses/{identifier}.yaml"
                self.left += beside(path, own, {"title", "url", "description"}, NO_FIELD)
                if slug(title, "licenses") != identifier:
                    self.left.append(Left(path=path, key=WHOLE, why="comes back under an id that is made of its title"))
        self.files["_data/licenses.yml"] = "".join(f"- {yaml_text(row).replace(chr(10), chr(10) + '  ').rstrip()}\n"
                                                   for row in rows if isinstance(row, Mapping)) or "[]\n"
        self.left += (Left(path=f"licenses/{identifier}.yaml", key=WHOLE, why="no dataset that went along has this license")
                      for identifier in self.records.room("licenses") if identifier not in self.used_licenses)

    def schema(self) -> dict[str, Yaml]:
        """Which field is what."""
        own: list[Yaml] = [{"field_name": name, "label": readable(key.rpartition(".")[2]), "datajson": means}
                           for key, (name, means) in FIELDS.items() if key != "files"]
        own += [{"field_name": name, "label": label} for label, name in self.labels.items()]
        files: list[Yaml] = [{"field_name": name, "label": readable(key), "datajson": means}
                             for key, (name, means) in FILE_FIELDS.items()]
        return {"dataset_fields": own, "resource_fields": files}


def _altered(values: Values) -> Iterator[tuple[str, str]]:
    """Values that are read in another way when they come back."""
    temporal, contact = group(values.get("temporal")), group(values.get("contact"))
    if temporal and not words(temporal.get("start")):
        yield "temporal", "JKAN's time needs a start"
    text = words(values.get("frequency"))
    if text and ((found := frequency(text)) is None or found.word != text):
        yield "frequency", "comes back as the word for it"
    if (text := words(values.get("description"))) and not alike(markdown(text, Ledger(), ""), text):
        yield "description", "single spaces at the ends of its lines do not come back"
    if (url := words(contact.get("url"))) and mended_url(url).url != url:
        yield "contact.url", "comes back with its characters encoded"
    for key in ("title", "spatial"):
        if (text := words(values.get(key))) and " ".join(text.split()) != text:
            yield key, "several spaces in a row come back as one"


def _interval(start: str, end: str) -> str:
    return f"{start}/{end or '..'}" if start else ""


def _with_matter(values: Mapping[str, Yaml]) -> str:
    return f"---\n{yaml_text(values)}---\n"
