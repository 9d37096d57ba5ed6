"""The forms: pages on which a file of the catalog is written or mended in the browser, and nothing is sent anywhere.

A form is drawn from the declarations that the loader reads by. Its script fills it, checks it by the same rules, and ends in a
prefilled address at the code host, a file, or a patch. Without a script the fields are read as documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.model import performance, practice, records
from cityfolio.pages.edit_fields import FieldGroup, FieldView, form_fields
from cityfolio.pages.edit_routes import EDIT, EDIT_KNOWN, EDIT_RULES, edit_form_url, has_forms, has_sources, source_url
from cityfolio.pages.repository import edit_url, new_file_url
from cityfolio.pages.routes import outward
from cityfolio.pages.shell import Link, Page, Site
from cityfolio.pages.words import Words

SHEETS = ("edit",)
SCRIPT = "edit.js"
# What a script puts an id and a text in the place of.
ANY_ID, ANY_TEXT = "CITYFOLIO-ID", "CITYFOLIO-TEXT"
ASKED_AT_ONCE = 8             # of a kind of file without groups of its own; its further fields are folded


class Editable(Frozen, kw_only=True):
    """A kind of file that has a form: its type, and where its files are."""

    kind: str
    record: type
    path: str


EDITABLE: tuple[Editable, ...] = tuple(
    Editable(kind=kind, record=record, path=path.replace("ID", ANY_ID)) for kind, record, path in (
        ("dataset", records.DatasetRecord, "datasets/ID/dataset.yaml"),
        ("publisher", records.PublisherRecord, "publishers/ID.yaml"),
        ("topic", records.TopicRecord, "topics/ID.yaml"),
        ("column", records.ColumnRecord, "columns/ID.yaml"),
        ("license", records.LicenseRecord, "licenses/ID.yaml"),
        ("priority", performance.PriorityRecord, "priorities/ID.yaml"),
        ("goal", performance.GoalRecord, "goals/ID.yaml"),
        ("measure", performance.MeasureRecord, "measures/ID/measure.yaml"),
        ("commitment", practice.CommitmentRecord, "commitments/ID.yaml"),
        ("request", practice.RequestRecord, "requests/ID.yaml"),
        ("use", practice.UseRecord, "uses/ID.yaml"),
    ))


class EditKindView(Frozen, kw_only=True):
    """A kind of file on the page that leads to the forms."""

    link: Link
    says: str
    path: str


class EditView(Frozen, kw_only=True):
    """What `edit.html` shows."""

    kinds: tuple[EditKindView, ...]
    repository: str
    host: str                     # what the code host is called, by its address
    begin: str                    # where a dataset is begun there


class EditFormView(Frozen, kw_only=True):
    """What `edit-form.html` shows. `script` and `rules` are "" where nothing can be fetched."""

    kind: str
    crumbs: tuple[Link, ...]
    groups: tuple[FieldGroup, ...]
    has_preview: bool
    script: str
    rules: str
    known: str
    source: str                   # where the file as published is, with ANY_ID for the id; "" when none is
    path: str                     # in the catalog
    folder: str                   # the catalog's, in the repository
    begin: str                    # where a file is begun at the code host
    new_file: str                 # at the code host, with ANY_ID and, where it takes a text, ANY_TEXT
    edit_file: str
    today: str


def edit_pages(site: Site) -> Iterator[Page]:
    """The page that leads to the forms, and a form for each kind of file."""
    if not has_forms(site.catalog.site):
        return
    yield _index(site)
    for each in EDITABLE:
        yield _form(each, site)


def _index(site: Site) -> Page:
    _, repository = site.words.gettext, site.catalog.site.repository
    assert repository is not None
    named = kind_words(site.words)
    kinds = tuple(
        EditKindView(link=Link(href=site.link(EDIT, edit_form_url(each.kind)), text=named[each.kind][0]),
                     says=named[each.kind][1], path=each.path.replace(ANY_ID, "ID"))
        for each in EDITABLE)
    home = outward(repository.url)
    view = EditView(kinds=kinds, repository=home, host=home.partition("://")[2].partition("/")[0],
                    begin=_begin(EDITABLE[0], site))
    return Page(url=EDIT, kind="edit", template="edit.html", title=_("Add or mend"), view=view, source="site.yaml",
                description=_("Forms to add a dataset or to mend what is said of one, checked as you write."))


def _form(each: Editable, site: Site) -> Page:
    words, url = site.words, edit_form_url(each.kind)
    repository = site.catalog.site.repository
    assert repository is not None
    scripts = site.assets.scripts
    can_run = SCRIPT in scripts and not site.build.for_folder
    folder = repository.path.strip("/")
    view = EditFormView(
        kind=each.kind, crumbs=(Link(href=site.link(url, EDIT), text=words.gettext("Add or mend")),),
        groups=tuple(_groups(each, words)), has_preview=each.kind == "dataset",
        script=site.link(url, scripts[SCRIPT]) if can_run else "",
        rules=site.link(url, EDIT_RULES), known=site.link(url, EDIT_KNOWN),
        source=site.link(url, source_url(ANY_ID)) if each.kind == "dataset" and has_sources(site.catalog.site) else "",
        path=each.path, folder="" if folder == "." else folder,
        begin=_begin(each, site), new_file=new_file_url(repository, each.path, ANY_TEXT),
        edit_file=edit_url(repository, each.path),
        today=site.build.today.isoformat())
    return Page(url=url, kind="edit-form", template="edit-form.html", title=kind_words(words)[each.kind][0], view=view,
                source="site.yaml", sheets=SHEETS, listed=False)


def _begin(each: Editable, site: Site) -> str:
    repository = site.catalog.site.repository
    begun = new_file_url(repository, each.path.replace(ANY_ID, f"new-{each.kind}"), "")
    return begun or outward(repository.url if repository else None)


def kind_words(words: Words) -> dict[str, tuple[str, str]]:
    """What the form of each kind is called, and what such a file is."""
    _ = words.gettext
    return {
        "dataset": (_("Add or edit a dataset"), _("What a dataset holds, who answers for it, its files and its dictionary.")),
        "publisher": (_("Add or edit a publisher"), _("A department or body that answers for data.")),
        "topic": (_("Add or edit a topic"), _("A subject that residents look for.")),
        "column": (_("Add or edit a shared column"), _("A column that many datasets have, described once.")),
        "license": (_("Add or edit a license"), _("Terms of use that are not in the built-in list.")),
        "priority": (_("Add or edit a priority"), _("What goals belong to.")),
        "goal": (_("Add or edit a goal"), _("What the city means to reach.")),
        "measure": (_("Add or edit a measure"), _("How it is seen whether a goal is reached.")),
        "commitment": (_("Add or edit a commitment"), _("What the city promised about its data.")),
        "request": (_("Add or edit a request"), _("Data that somebody asked for, and the answer.")),
        "use": (_("Add or edit a use"), _("What somebody made with the data.")),
    }


def _groups(each: Editable, words: Words) -> Iterator[FieldGroup]:
    fields = form_fields(each.record, words)
    if each.kind != "dataset":
        yield FieldGroup(id="g-first", title=words.gettext("What is said of it"), fields=fields[:ASKED_AT_ONCE])
        if fields[ASKED_AT_ONCE:]:
            yield FieldGroup(id="g-more", title=words.gettext("More"), fields=fields[ASKED_AT_ONCE:], is_folded=True)
        return
    by_key = {field.key: field for field in fields}
    for name, title, keys in _dataset_groups(words):
        yield FieldGroup(id=f"g-{name}", title=title, fields=tuple(by_key.pop(key) for key in keys))
    yield FieldGroup(id="g-more", title=words.gettext("More that can be said"), fields=_by_weight(by_key), is_folded=True)


def _by_weight(left: dict[str, FieldView]) -> tuple[FieldView, ...]:
    """The fields that no group has: single values before groups and lists."""
    plain = [each for each in left.values() if each.control not in ("group", "list", "map")]
    return (*plain, *(each for each in left.values() if each not in plain))


def _dataset_groups(words: Words) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    _ = words.gettext
    return (
        ("what", _("What it is"), ("title", "summary", "description", "each_row_is", "topics", "keywords")),
        ("who", _("Who answers for it"), ("publisher", "contact")),
        ("when", _("When"), ("frequency", "modified", "issued", "temporal")),
        ("files", _("Files"), ("files",)),
        ("columns", _("Columns"), ("columns",)),
        ("limits", _("Know before you use it"), ("known_limits", "license", "status", "reason")),
    )
