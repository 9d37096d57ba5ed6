"""What the server writes into a page while it is edited. Nothing of it is ever in a build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen
from cityfolio.model.review import Change
from cityfolio.problems import Problem

STYLE = "/-/serve.css"
PROBLEMS = "/-/problems/"
DIFF = "/-/diff/"
MAIN = re.compile(rb"<main\b[^>]*>")
BODY = re.compile(rb"<body\b[^>]*>")
WHOLE_MAIN = re.compile(rb"(<main\b[^>]*>).*</main>", re.DOTALL)
TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)
CODE = re.compile(r"`([^`]+)`")
CHANGES_SHOWN = 20
SEVERITIES = ("error", "warning", "advice")


class Told(Frozen, kw_only=True):
    """Everything that is to be said above a page."""

    here: Sequence[Problem] = ()            # of the files behind it
    everywhere: Sequence[Problem] = ()
    changes: Sequence[Change] = ()          # since the main branch
    is_draft: bool = False
    is_stale: bool = False                  # the page is as it was before errors
    is_compared_anew: bool = False          # the changes are of before the last edit


def page_notes(told: Told) -> Markup:
    """What stands above a page: that it is a draft, that it is of before, its problems, and its changes. "" for nothing."""
    parts: list[Markup] = []
    if told.is_draft:
        parts.append(Markup('<p class="serve-line" data-kind="draft"><strong>Draft:</strong> not on the published site</p>'))
    if told.is_stale:
        parts.append(Markup('<p class="serve-line" data-kind="error"><strong>Not up to date:</strong> errors stop the build, '
                            "so the page is as it was before them.</p>"))
    stopping = [each for each in told.everywhere if each.severity == "error" and each not in told.here] if told.is_stale else []
    if told.here:
        parts.append(_folded(f"Here: {counted(told.here)}", problem_list(told.here),
                             is_open=any(each.severity != "advice" for each in told.here)))
    if stopping:
        where = " elsewhere" if told.here else ""
        parts.append(_folded(f"Errors{where} that stop the build: {len(stopping):,}", problem_list(stopping), is_open=True))
    parts += _changes(told)
    elsewhere = [each for each in told.everywhere if each not in told.here and each not in stopping]
    if elsewhere:
        word = "Elsewhere" if told.here else "On other pages"
        parts.append(Markup('<p class="serve-line">{}: <a href="{}">{}</a></p>').format(word, PROBLEMS, counted(elsewhere)))
    if not parts:
        return Markup("")
    return Markup('<aside class="serve-notes" aria-label="While you edit" lang="en">{}</aside>').format(Markup("").join(parts))


def _changes(told: Told) -> list[Markup]:
    if not told.changes:
        return []
    before = ", before the last edit" if told.is_compared_anew else ""
    link = Markup('<p><a href="{}">Everything that differs</a></p>').format(DIFF)
    return [_folded(f"Differs from the main branch: {numbered(len(told.changes), 'change')}{before}",
                    change_list(told.changes[:CHANGES_SHOWN]) + link, is_open=False)]


def _folded(summary: str, content: Markup, *, is_open: bool) -> Markup:
    return Markup("<details{}><summary>{}</summary>{}</details>").format(Markup(" open" if is_open else ""), summary, content)


def problem_list(problems: Iterable[Problem]) -> Markup:
    """Problems as a list: the place, what it says, the line, what would be right."""
    return Markup("<ol>{}</ol>").format(Markup("").join(_problem(each) for each in problems))


def change_list(changes: Iterable[Change]) -> Markup:
    """Changes as a list: how much they weigh, what it says, before and after."""
    return Markup("<ol>{}</ol>").format(Markup("").join(_change(each) for each in changes))


def said(text: str) -> Markup:
    """A sentence about files: what stands between backticks in it is written as in a file."""
    return Markup(CODE.sub(lambda found: f"<code>{found[1]}</code>", str(escape(text))))


def counted(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity, the gravest first."""
    numbers = {each: sum(problem.severity == each for problem in problems) for each in SEVERITIES}
    words = [numbered(number, kind) for kind, number in numbers.items() if number and kind != "advice"]
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
    fix = Markup("<p>{}</p>").format(said(problem.fix)) if problem.fix else Markup("")
    form = Markup('<li data-severity="{}"><p><code>{}</code></p><p><strong>{}:</strong> {} <code>[{}]</code></p>{}{}</li>')
    return form.format(problem.severity, place, problem.severity, said(problem.says), problem.code, excerpt, fix)


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
        change.weight, change.where.path or change.about, change.weight, said(change.says), values)


def numbered(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
