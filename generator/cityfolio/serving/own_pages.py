"""The two pages of the server itself: all problems, and everything that differs from the main branch."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cityfolio.model.review import Diff
from cityfolio.problems import Problem
from cityfolio.serving.notes import SEVERITIES, change_list, counted, numbered, problem_list, said
from cityfolio.serving.work import Comparison

SHOWN_AT_MOST = 500
LISTED = Markup('<div class="serve-notes" lang="en">{}</div>')
COMPARING = "The files are being compared with the main branch now; the page loads itself again when that is done."
NO_BRANCH = "There is no main branch to compare with."
WAITING = "The files cannot be compared with the main branch until the errors are mended."
BROKEN_OFF = "The comparison broke off, for a reason that the terminal tells. The next change starts it again."
ANEW = "This is of before the last change."


def problems_page(problems: Sequence[Problem], *, has_pages: bool) -> tuple[str, Markup]:
    """The title and content of the page of all problems, the gravest first."""
    ordered = sorted(problems, key=lambda each: SEVERITIES.index(each.severity))
    rest = len(ordered) - SHOWN_AT_MOST
    title = "Problems" if has_pages else "Errors stop the build"
    lede = counted(problems) if problems else "No problems"
    if not has_pages:
        lede = f"There is no page to show yet: {lede}. Mend the errors, and the site is here at once"
    content = Markup("<h1>{}</h1><p>{}.</p>").format(title, lede)
    if ordered:
        content += LISTED.format(problem_list(ordered[:SHOWN_AT_MOST]))
    if rest > 0:
        content += Markup("<p>{}</p>").format(said(f"... and {rest:,} more; `cityfolio check -v` prints them."))
    return title, content


def diff_page(comparison: Comparison, *, is_stale: bool) -> tuple[str, Markup]:
    """The title and content of the page of everything that differs from the main branch; the last that was found stays."""
    content = Markup("<h1>What differs</h1>")
    if comparison.state != "done":
        content += Markup("<p>{}</p>").format(_state(comparison, is_stale))
    if comparison.is_old:
        content += Markup("<p>{}</p>").format(ANEW)
    return "What differs", content + (_found(comparison.diff) if comparison.diff else Markup(""))


def _state(comparison: Comparison, is_stale: bool) -> str:
    if comparison.state == "broken-off":
        return WAITING if is_stale else BROKEN_OFF
    return NO_BRANCH if comparison.state == "no-branch" else COMPARING


def _found(diff: Diff) -> Markup:
    if not diff.changes:
        return Markup("<p>Nothing differs from {}.</p>").format(diff.base)
    remarks = Markup("").join(Markup("<p>{}</p>").format(each) for each in diff.remarks)
    return Markup("<p>{}</p>{}").format(f"{numbered(len(diff.changes), 'change')} since {diff.base}.", remarks) + LISTED.format(
        change_list(diff.changes))
