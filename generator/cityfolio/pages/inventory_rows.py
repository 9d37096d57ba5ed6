"""Rows of the inventory. They are built here and not in a template: of ten thousand datasets each stands on several pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.practice import Sensitivity, Worth
from cityfolio.pages import routes
from cityfolio.pages.freshness import status_word
from cityfolio.pages.markdown import excerpt, told
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words, cut
from cityfolio.practice.inventory import Needed, missing

LONGEST_REASON = 240          # characters; the dataset's page has all of them


class InventoryTable(Frozen, kw_only=True):
    """Rows of the inventory with what their columns are."""

    label: Markup
    has_publisher: bool
    has_use: bool          # whether it is known how often files were taken
    rows: Markup


def inventory_table(datasets: Iterable[Dataset], label: Markup, page: str, site: Site, *,
                    has_publisher: bool) -> InventoryTable:
    """Some datasets as rows of one page."""
    root, taken = site.root(page), site.taken
    rows = (_row(dataset, root, site, taken, has_publisher=has_publisher) for dataset in datasets)
    return InventoryTable(label=label, has_publisher=has_publisher, has_use=bool(taken), rows=Markup("\n".join(rows)))


def beside(datasets: Sequence[Dataset], site: Site) -> tuple[object, ...]:
    """What the rows of some datasets say that is not of these themselves: how often files were taken, who sees to a plan."""
    titles = {each.id: each.title for each in site.catalog.publishers}
    owners = {each.record.release.owner or "" for each in datasets if each.record.release}
    return ([site.taken.get(each.id, 0) for each in datasets] if site.taken else (),
            [titles.get(each) for each in sorted(owners)])


def downloads(catalog: Catalog) -> Mapping[str, int]:
    """How often the files of each dataset were taken in twelve months; nothing where nobody counted."""
    # All that is known of each dataset need not be gathered for it.
    table = catalog.practice.facts.get("datasets") if catalog.practice.usage else None
    found = {str(row["id"]): row.get("downloads") for row in table.rows} if table else {}
    return {name: count for name, count in found.items() if isinstance(count, int)}


def _row(dataset: Dataset, root: str, site: Site, taken: Mapping[str, int], *, has_publisher: bool) -> str:
    href = routes.href(root, routes.dataset_url(dataset.id), for_folder=site.build.for_folder)
    named = f'<th scope="row"><a href="{escape(href)}">{escape(told(dataset.title))}</a></th>'
    owner = f"<td>{_owner(dataset, root, site)}</td>" if has_publisher else ""
    use = f'<td class="num">{site.words.number(taken.get(dataset.id, 0))}</td>' if taken else ""
    return f"<tr>{named}{owner}{_inside(dataset, site)}{use}</tr>"


def _owner(dataset: Dataset, root: str, site: Site) -> str:
    if dataset.publisher is None:
        return ""
    href = routes.href(root, routes.publisher_url(dataset.publisher.id), for_folder=site.build.for_folder)
    return f'<a href="{escape(href)}">{escape(told(dataset.publisher.title))}</a>'


def _inside(dataset: Dataset, site: Site) -> str:
    """What a row says beside its links, which is the same on every page."""
    key = ("inventory row", dataset.id)
    if key not in site.kept:
        record, words = dataset.record, site.words
        cells = (escape(told(record.system_of_record or "")),
                 sensitivity_words(words)[record.sensitivity] if record.sensitivity else "",
                 worth_words(words)[record.value] if record.value else "")
        plan = plan_words(dataset, site)
        planned = f'<td class="plan">{plan}</td>' if plan else "<td></td>"
        status = f'<td class="status-cell">{_status(dataset, words)}</td>'
        site.kept[key] = "".join((status, *(f"<td>{cell}</td>" for cell in cells), planned,
                                  f"<td>{_gaps(dataset, words)}</td>"))
    return site.kept[key]


def _status(dataset: Dataset, words: Words) -> Markup:
    word = status_word(dataset.status, words)
    return word if dataset.status == "published" else Markup('<b class="mark" data-state="{}">{}</b>').format(
        dataset.status, word)


def plan_words(dataset: Dataset, site: Site) -> Markup:
    """When what is planned will be out, what is left to do, and why something is not published."""
    if dataset.status == "published":
        return Markup("")
    _, release, parts = site.words.gettext, dataset.record.release, list[Markup]()
    if dataset.status == "planned":
        parts.append(release_words(dataset, site))
        if release and release.earlier:
            days = site.words.all_of([site.words.time(day) for day in sorted(set(release.earlier))])
            parts.append(_("Named before: %(days)s.", days=days))
        if release and release.owner in (titles := {each.id: each.title for each in site.catalog.publishers}):
            parts.append(_("%(owner)s sees to it.", owner=told(titles[release.owner or ""])))
        if release and release.steps:
            parts.append(_("Left to do: %(steps)s", steps=told(excerpt(release.steps, LONGEST_REASON))))
    if dataset.record.reason:
        parts.append(escape(told(cut(dataset.record.reason, LONGEST_REASON))))
    return Markup("<br>").join(parts)


def release_words(dataset: Dataset, site: Site) -> Markup:
    """The day on which a planned dataset should be out, or by how many days that has passed."""
    words, release = site.words, dataset.record.release
    if release is None or release.on is None:
        return words.gettext("No day is named.")
    late = (site.build.today - release.on).days
    if late <= 0:
        return words.gettext("Out on %(day)s.", day=words.time(release.on))
    said = words.ngettext("Overdue by %(count)s day: it should have been out on %(day)s.",
                          "Overdue by %(count)s days: it should have been out on %(day)s.", late, day=words.time(release.on))
    return Markup('<b class="mark" data-state="late">{}</b>').format(said)


def _gaps(dataset: Dataset, words: Words) -> Markup:
    gaps = missing(dataset)
    if not gaps:
        return words.gettext("Complete")
    named = needed_words(words)
    return words.gettext("Missing: %(names)s", names=words.sentence_list([_lowered(named[each]) for each in gaps]))


def _lowered(word: Markup) -> Markup:
    return word[:1].lower() + word[1:]


def needed_words(words: Words) -> Mapping[Needed, Markup]:
    """What a complete row has."""
    _ = words.gettext
    return {"title": _("Title"), "publisher": _("Publisher"), "description": _("Description"),
            "sensitivity": _("Sensitivity"), "system_of_record": _("System of record")}


def sensitivity_words(words: Words) -> Mapping[Sensitivity, Markup]:
    """How far data may go."""
    _ = words.gettext
    return {"public": _("Public"), "internal": _("Internal"), "confidential": _("Confidential"), "protected": _("Protected")}


def worth_words(words: Words) -> Mapping[Worth, Markup]:
    """How much data is worth to residents."""
    _ = words.gettext
    return {"high": _("High"), "medium": _("Medium"), "low": _("Low")}
