"""The ways to narrow the data list: by topic, publisher, format and freshness, each value a page built ahead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.pages import routes
from cityfolio.pages.freshness import freshness_word
from cityfolio.pages.markdown import told
from cityfolio.pages.rows import memberships
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words

FOLD_BEYOND = 8      # more values than these are folded away, the rarest first


class Value(Frozen, kw_only=True):
    """One topic, publisher, format or freshness with the datasets that share it."""

    dimension: str
    id: str
    title: str
    datasets: tuple[Dataset, ...]

    @property
    def url(self) -> str:
        """Its page."""
        return routes.facet_url(self.dimension, self.id)


class Dimension(Frozen, kw_only=True):
    """One way to narrow the list, its commonest value first."""

    name: str
    title: Markup
    values: tuple[Value, ...]


class Filter(Frozen, kw_only=True):
    """A dimension as shown: links as markup, the rarer ones apart."""

    name: str
    title: Markup
    first: Markup
    rest: Markup


@found_lately
def dimensions(catalog: Catalog, words: Words) -> tuple[Dimension, ...]:
    """Every way to narrow the list that has a value."""
    members: dict[str, list[Dataset]] = defaultdict(list)
    for dataset in catalog.datasets:
        for name in memberships(dataset):
            members[name].append(dataset)
    titles = {**_titles(catalog), **{f"freshness/{state}": freshness_word(state, words)
                                     for state in ("on-time", "late", "unknown")}}
    _ = words.gettext
    named = (("topic", _("Topic")), ("publisher", _("Publisher")), ("format", _("Format")), ("freshness", _("Freshness")))
    made = (Dimension(name=name, title=title, values=tuple(_values(name, members, titles))) for name, title in named)
    return tuple(dimension for dimension in made if dimension.values)


def filters(shown: Iterable[Dimension], from_url: str, site: Site, list_of: str = "") -> tuple[Filter, ...]:
    """The filters as links from one page. The value that its list is of (`list_of`) is marked, and leads back to all data."""
    return tuple(_filter(dimension, from_url, list_of, site) for dimension in shown)


def _values(name: str, members: dict[str, list[Dataset]], titles: dict[str, str]) -> Iterator[Value]:
    found = [(key, datasets) for key, datasets in members.items() if key.startswith(f"{name}/")]
    for key, datasets in sorted(found, key=lambda each: (-len(each[1]), titles[each[0]].casefold(), each[0])):
        yield Value(dimension=name, id=key.partition("/")[2], title=titles[key], datasets=tuple(datasets))


def _titles(catalog: Catalog) -> dict[str, str]:
    titles = {f"topic/{topic.id}": topic.title for topic in catalog.topics}
    titles |= {f"publisher/{publisher.id}": publisher.title for publisher in catalog.publishers}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for dataset in catalog.published:
        for file in dataset.files:
            spellings[f"format/{routes.format_id(file.format)}"][file.format] += 1
    # "gdb" and "GDB" share a page, which is named by the spelling used most.
    return titles | {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}


def _filter(dimension: Dimension, from_url: str, list_of: str, site: Site) -> Filter:
    links = [_link(value, from_url, site) if value.url == list_of else _link_away(value, site.root(from_url), site)
             for value in dimension.values]
    fold = len(links) > FOLD_BEYOND + 1
    first = links[:FOLD_BEYOND] if fold else links
    rest = links[len(first):]
    return Filter(
        name=dimension.name, title=dimension.title, first=Markup("\n".join(first)), rest=Markup("\n".join(rest)),
    )


def _link(value: Value, from_url: str, site: Site) -> str:
    """The filter that the page itself is: it leads back to the whole list."""
    return _item(value, site.link(from_url, routes.DATA), ' aria-current="true"', site)


def _link_away(value: Value, root: str, site: Site) -> str:
    """A filter that leads to its page. A hundred pages show the same hundred, so each is made once."""
    key = ("filter", value.url, root)
    if key not in site.kept:
        site.kept[key] = _item(value, routes.href(root, value.url, for_folder=site.build.for_folder), "", site)
    return site.kept[key]


def _item(value: Value, href: str, mark: str, site: Site) -> str:
    count = site.words.number(len(value.datasets))
    return (f'<li><a href="{escape(href)}" data-filter="{escape(value.dimension)}/{escape(value.id)}"{mark}>'
            f"{escape(told(value.title))}</a> <span>{count}</span></li>")
