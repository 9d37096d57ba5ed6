"""What the server writes into a page while it is edited, and its two own pages. Nothing of it is ever in a build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from cityfolio.model.review import Change, Diff
from cityfolio.problems import Problem

STYLE = "/-/serve.css"
PROBLEMS = "/-/problems/"
DIFF = "/-/diff/"
MAIN = re.compile(rb"<main\b[^>]*>")
BODY = re.compile(rb"<body\b[^>]*>")
WHOLE_MAIN = re.compile(rb"(<main\b[^>]*>).*</main>", re.DOTALL)
TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)
SHOWN_AT_MOST = 500
CHANGES_SHOWN = 20
SEVERITIES = ("error", "warning", "advice")


def page_notes(here: Sequence[Problem], everywhere: Sequence[Problem], changes: Sequence[Change], *, is_draft: bool,
               is_stale: bool) -> Markup:
    """What stands above a page: that it is a draft, that it is of before, its problems, and its changes. "" for nothing."""
    parts: list[Markup] = []
    if is_draft:
        parts.append(Markup('<p class="serve-line" data-kind="draft"><strong>Draft:</strong> not on the published site</p>'))
    if is_stale:
        parts.append(Markup('<p class="serve-line" data-kind="error"><strong>Not up to date:</strong> errors stop the build, '
                            "so the page is as it was before them.</p>"))
        here = (*here, *(each for each in everywhere if each.severity == "error" and each not in here))
    if here:
        is_open = Markup(" open") if any(each.severity != "advice" for each in here) else ""
        parts.append(Markup("<details{}><summary>{}</summary>{}</details>").format(
            is_open, f"Here: {counted(here)}", problem_list(here)))
    if changes:
        parts.append(Markup('<details><summary>{}</summary>{}<p><a href="{}">Everything that differs</a></p></details>').format(
            f"Differs from the main branch: {_of(len(changes), 'change')}", change_list(changes[:CHANGES_SHOWN]), DIFF))
    elsewhere = [each for each in everywhere if each not in here]
    if elsewhere:
        word = "Elsewhere" if here else "On other pages"
        parts.append(Markup('<p class="serve-line">{}: <a href="{}">{}</a></p>').format(word, PROBLEMS, counted(elsewhere)))
    if not parts:
        return Markup("")
    return Markup('<aside class="serve-notes" aria-label="While you edit" lang="en">{}</aside>').format(Markup("").join(parts))


def problems_body(problems: Sequence[Problem]) -> Markup:
    """The page of all problems, the gravest first."""
    ordered = sorted(problems, key=lambda each: SEVERITIES.index(each.severity))
    shown = problem_list(ordered[:SHOWN_AT_MOST])
    rest = len(ordered) - SHOWN_AT_MOST
    more = f"... and {rest:,} more; cityfolio check -v prints them." if rest > 0 else ""
    return Markup('<h1>Problems</h1><p>{}</p><div class="serve-notes" lang="en">{}</div><p>{}</p>').format(
        counted(problems) if problems else "No problems.", shown, more)


def diff_body(diff: Diff | None) -> Markup:
    """The page of everything that differs from the main branch."""
    if diff is None:
        return Markup("<h1>What differs</h1><p>There is no main branch to compare with, or it is still being compared.</p>")
    if not diff.changes:
        return Markup("<h1>What differs</h1><p>Nothing differs from {}.</p>").format(diff.base)
    return Markup('<h1>What differs</h1><p>{}</p><div class="serve-notes" lang="en">{}</div>').format(
        f"{_of(len(diff.changes), 'change')} since {diff.base}.", change_list(diff.changes))


def problem_list(problems: Iterable[Problem]) -> Markup:
    """Problems as a list: the place, what it says, the line, what would be right."""
    return Markup("<ol>{}</ol>").format(Markup("").join(_problem(each) for each in problems))


def change_list(changes: Iterable[Change]) -> Markup:
    """Changes as a list: how much they weigh, what it says, before and after."""
    return Markup("<ol>{}</ol>").format(Markup("").join(_change(each) for each in changes))


def counted(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity, the gravest first."""
    numbers = {each: sum(problem.severity == each for problem in problems) for each in SEVERITIES}
    words = [_of(number, kind) for kind, number in numbers.items() if number and kind != "advice"]
    return ", ".join([*words, *([f"{numbers['advice']:,} advice"] if numbers["advice"] else [])])


def with_notes(page: bytes, notes: Markup) -> bytes:
    """A page with notes above its content, and their style."""
    if not notes:
        return page
    where = MAIN.search(page) or BODY.search(page)
    if where is None:
        return page
    at = where.start() if where.re is MAIN else where.end()
    return _styled(page[:at] + str(notes).encode() + page[at:])


def with_content(page: bytes, title: str, content: Markup) -> bytes:
    """A page of the site with another content: what stands around it stays."""
    page = TITLE.sub(lambda _: f"<title>{escape(title)}</title>".encode(), page, count=1)
    return _styled(WHOLE_MAIN.sub(lambda found: found[1] + str(content).encode() + b"</main>", page, count=1))


def plain_page(title: str, content: Markup, policy: str) -> bytes:
    """A page for when there is none of the site whose look could be taken."""
    text = Markup('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
                  '<meta http-equiv="Content-Security-Policy" content="{}">'
                  '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head>'
                  '<body><main class="serve-alone">{}</main></body></html>').format(policy, title, content)
    return _styled(str(text).encode())


def _styled(page: bytes) -> bytes:
    return page.replace(b"</head>", f'<link rel="stylesheet" href="{STYLE}"></head>'.encode(), 1)


def _problem(problem: Problem) -> Markup:
    where = problem.where
    place = ":".join(str(part) for part in (where.path, where.line, where.column) if part is not None)
    excerpt = Markup("<pre>{}</pre>").format(_excerpt(problem)) if where.excerpt else Markup("")
    fix = Markup("<p>{}</p>").format(problem.fix) if problem.fix else Markup("")
    form = Markup('<li data-severity="{}"><p><code>{}</code></p><p><strong>{}:</strong> {} <code>[{}]</code></p>{}{}</li>')
    return form.format(problem.severity, place, problem.severity, problem.says, problem.code, excerpt, fix)


def _excerpt(problem: Problem) -> Markup:
    """The line with what is meant marked in it."""
    where, line = problem.where, problem.where.excerpt or ""
    if where.column is None:
        return escape(line)
    start = where.column - 1
    return Markup("{}<mark>{}</mark>{}").format(line[:start], line[start:start + where.width], line[start + where.width:])


def _change(change: Change) -> Markup:
    is_said = change.before in change.says and change.after in change.says      # "" is in everything
    values = Markup("") if is_said else Markup(" <del>{}</del> <ins>{}</ins>").format(change.before, change.after)
    return Markup('<li data-severity="{}"><p><code>{}</code></p><p><strong>{}:</strong> {}{}</p></li>').format(
        change.weight, change.where.path or change.about, change.weight, change.says, values)


def _of(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
