"""The kinds of reasons for which one check does not pass: 374 say no day at all, 32 hold a period in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.health import HealthCheck
from cityfolio.pages import routes
from cityfolio.pages.health_counts import at_fault
from cityfolio.pages.health_lines import LINES_OF_A_PAGE
from cityfolio.pages.health_words import reason
from cityfolio.pages.words import Words

Found = Sequence[tuple[Dataset, HealthCheck]]


class Kind(Frozen, kw_only=True):
    """The datasets of one check that do not pass for the same reason."""

    says: Markup
    found: Found
    url: str            # of the first of them in the list of the check
    anchor: str         # of it too, without "#"


def kinds(identifier: str, found: Found, words: Words) -> tuple[Kind, ...]:
    """A check's datasets by the kind of their reason: faults before what cannot be told, the most frequent first."""
    by_words: defaultdict[tuple[bool, Markup], list[tuple[Dataset, HealthCheck]]] = defaultdict(list)
    for dataset, check in found:
        by_words[check.state == "unknown", kind_words(check, words)].append((dataset, check))
    made: list[Kind] = []
    start = 0
    for (_, says), each in sorted(by_words.items(), key=lambda one: (one[0][0], -len(one[1]), one[0][1])):
        url = routes.health_url(identifier, start // LINES_OF_A_PAGE + 1)
        made.append(Kind(says=says, found=each, url=url, anchor=f"kind-{len(made) + 1}"))
        start += len(each)
    return tuple(made)


@found_lately
def kinds_of(catalog: Catalog, words: Words) -> Mapping[str, tuple[Kind, ...]]:
    """The kinds of every check, by its id."""
    return {identifier: kinds(identifier, found, words) for identifier, found in at_fault(catalog).items()}


def anchors(found: Sequence[Kind]) -> Mapping[str, str]:
    """The id of the list's entry at which each kind begins, by dataset; none where there is but one kind."""
    return {kind.found[0][0].id: kind.anchor for kind in found} if len(found) > 1 else {}


def kind_said(kind: Kind, words: Words) -> Markup:
    """A kind with how many datasets are of it."""
    return words.ngettext("%(count)s dataset: %(why)s", "%(count)s datasets: %(why)s", len(kind.found), why=kind.says)


def kind_words(check: HealthCheck, words: Words) -> Markup:
    """A check's reason without what is of one dataset alone; "" where there is but one kind of reason."""
    _ = words.gettext
    if check.id == "modified":
        return _("it says how often and not when") if "frequency" in check.facts else reason(check, words)
    if check.id == "license":
        return reason(check, words)
    if check.id == "on-time" and check.state == "unknown":
        return (_("a schedule is promised, and the day of the last change is not known") if "frequency" in check.facts
                else _("nothing says how often it is renewed"))
    if check.id == "dictionary":
        return _("columns have no meaning") if check.of else _("there is no dictionary")
    return reason(check, words) if check.state == "unknown" else _("at fault")
