"""Links from pages to the forms that edit what they are made from."""

from __future__ import annotations

from cityfolio.pages.edit_routes import edit_form_url, has_forms
from cityfolio.pages.routes import quoted
from cityfolio.pages.shell import Site


def form_link(dataset_id: str, from_url: str, site: Site) -> str:
    """The form that edits a dataset's file; "" where there is none, or where its script cannot run."""
    if site.build.for_folder or not has_forms(site.catalog.site):
        return ""
    return f"{site.link(from_url, edit_form_url('dataset'))}?id={quoted(dataset_id)}"
