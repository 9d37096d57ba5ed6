"""Addresses of the forms, of what their scripts fetch, and of the published sources; and whether there are any."""

from __future__ import annotations

from cityfolio.model.records import SiteRecord
from cityfolio.pages.routes import outward

EDIT = "/edit/"
EDIT_RULES = "/edit/rules.json"     # what each key may be, in the words of a check
EDIT_KNOWN = "/edit/known.json"     # the ids that are taken, by room, and words that point to personal data
SOURCE_NAME = "dataset.yaml"


def edit_form_url(kind: str) -> str:
    """The form for one kind of file: "dataset", "publisher" and so on."""
    return f"{EDIT}{kind}/"


def source_url(dataset_id: str) -> str:
    """The file that a dataset's page is made from, as it is written in the catalog."""
    return f"/data/{dataset_id}/{SOURCE_NAME}"


def has_forms(site: SiteRecord) -> bool:
    """Whether there are forms: where the catalog's repository is named, to which a change can go."""
    return bool(site.repository and outward(site.repository.url) != "#")


def has_sources(site: SiteRecord) -> bool:
    """Whether the files behind pages are published beside them: they are public in the repository already."""
    return has_forms(site) and site.repository is not None and site.repository.sources
