"""Requests for data out of the issues of a code host: `requests/NAME.json`, as its REST API gives them.

GitHub's, GitLab's and Gitea's answers are read, and what `gh issue list --json` prints:
https://docs.github.com/en/rest/issues/issues, https://docs.gitlab.com/api/issues/, https://docs.gitea.com/api/.
Who wrote an issue is not kept, and e-mail addresses in its text are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from cityfolio.frozen import Frozen
from cityfolio.load.values import is_url
from cityfolio.load.yaml import FORBIDDEN, Document, Group
from cityfolio.model.practice import RequestRecord, RequestState
from cityfolio.problems import Location, Problem

MAX_BYTES = 20_000_000
LONGEST_TITLE, LONGEST_TEXT = 200, 8_000      # as RequestRecord has them
REFUSED = frozenset({"refused", "wontfix", "won't fix", "not_planned", "not planned", "declined"})
WITHDRAWN = frozenset({"withdrawn", "duplicate", "invalid"})
PLANNED = frozenset({"planned"})
OPEN = frozenset({"open", "opened", "reopened"})
FIX = 'Write it anew, such as with `gh api "repos/OWNER/NAME/issues?state=all" --paginate`.'

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Begun only where a word begins: else a long word without "@" would be gone through again from each of its letters.
_MAIL = re.compile(r"(?<![\w.+-])(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Issue(Frozen, kw_only=True):
    """One issue that is a request."""

    number: int
    record: RequestRecord


class Issues(Frozen, kw_only=True):
    """One file of them, and what is wrong with it."""

    path: str
    document: Document
    found: tuple[Issue, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_issues(path: str, body: bytes, label: str) -> Issues:
    """The issues of a file that bear the label, each once. No input raises."""
    document = Document(path, Group({}, {}, 1, 1), ())
    if len(body) > MAX_BYTES:
        return _refused(document, f"the file has {len(body):,} bytes, and {MAX_BYTES:,} are read")
    try:
        values = tuple(_flat(_values(body.decode(json.detect_encoding(body)))))
    except (ValueError, RecursionError) as error:
        return _refused(document, f"this is not JSON: {_reason(error)}")
    found: dict[str, Issue] = {}
    problems = []
    for place, value in enumerate(values, start=1):
        try:
            issue = _issue(value, label)
        except _UnreadableError as error:
            problems.append(_problem(path, f"entry {place} is no issue: {error}"))
            continue
        if issue:
            found[issue.record.link or str(issue.number)] = issue   # pages of an export may overlap: the later one counts
    return Issues(path=path, document=document, found=tuple(found.values()), problems=tuple(problems))


def same_address(url: str | None) -> str:
    """An issue's address in the one form by which two are compared: without scheme, final "/", query and place in the page."""
    parts = urlsplit(url or "")
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/').lower()}"


class _UnreadableError(Exception):
    """Says why an entry is no issue."""


def _refused(document: Document, says: str) -> Issues:
    return Issues(path=document.path, document=document, problems=(_problem(document.path, says),))


def _problem(path: str, says: str) -> Problem:
    return Problem(code="issues-unreadable", where=Location(path=path), says=says, fix=FIX)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} in line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "its text is in no encoding that JSON may have"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"


def _values(text: str) -> Iterator[Any]:  # Any: JSON
    """Every value of a text, one after the other: older `gh --paginate` writes an array for each page of the answer."""
    decoder, at, text = json.JSONDecoder(), 0, text.removeprefix("\ufeff").strip()
    if not text:
        raise json.JSONDecodeError("it is empty", text, 0)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def _flat(values: Iterable[Any]) -> Iterator[Any]:  # Any: JSON
    """Entries out of arrays, and out of arrays of arrays, which `gh --slurp` writes."""
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _issue(value: Any, label: str) -> Issue | None:  # Any: JSON
    """An issue of the export; None for one that is no request, and for a pull request, which GitHub lists among issues."""
    if not isinstance(value, Mapping):
        raise _UnreadableError("it is not an object")
    number = value.get("iid", value.get("number"))   # GitLab's "id" counts over all its projects
    if not isinstance(number, int) or isinstance(number, bool):
        raise _UnreadableError(f'the host says "{_text(value.get("message"))}"' if value.get("message") else "it has no number")
    labels = _labels(value.get("labels"))
    if value.get("pull_request") is not None or label.casefold() not in labels:
        return None
    asked = _day(value, "created_at", "createdAt")
    if asked is None:
        raise _UnreadableError(f"issue {number} has no day on which it was written")
    state = _state(value, labels)
    answered = _day(value, "closed_at", "closedAt") if state in ("answered", "refused") else None
    return Issue(number=number, record=RequestRecord(
        title=_cut(" ".join(_text(value.get("title")).split()), LONGEST_TITLE) or None,
        description=_cut(_said(value), LONGEST_TEXT) or None,
        asked=asked, state=state, answered=answered, link=_link(value)))


def _state(value: Mapping[str, Any], labels: frozenset[str]) -> RequestState:  # Any: JSON
    """How a request stands: what GitHub says of why it was closed counts as a label does."""
    reason = _text(value.get("state_reason") or value.get("stateReason")).casefold()
    told = labels | {reason}
    if _text(value.get("state")).casefold() in OPEN:
        return "planned" if told & PLANNED else "open"
    if told & WITHDRAWN:
        return "withdrawn"
    return "refused" if told & REFUSED else "answered"


def _labels(value: Any) -> frozenset[str]:  # Any: JSON
    """Names of labels in lower case: texts at GitLab, objects elsewhere."""
    listed = value if isinstance(value, list) else []
    return frozenset(_text(each.get("name") if isinstance(each, Mapping) else each).strip().casefold() for each in listed)


def _said(value: Mapping[str, Any]) -> str:  # Any: JSON
    """What was written, without the comments of an issue form and without e-mail addresses."""
    return _MAIL.sub("(address left out)", _COMMENT.sub("", _text(value.get("body") or value.get("description")))).strip()


def _link(value: Mapping[str, Any]) -> str | None:  # Any: JSON
    for name in ("html_url", "web_url", "url"):
        given = _text(value.get(name))
        if is_url(given, ("https", "http")):
            return given
    return None


def _day(value: Mapping[str, Any], *names: str) -> date | None:  # Any: JSON
    """The day of a moment, as the host writes it."""
    for name in names:
        try:
            return date.fromisoformat(_text(value.get(name))[:10])
        except ValueError:
            continue
    return None


def _text(value: Any) -> str:  # Any: JSON
    return FORBIDDEN.sub("", value.replace("\r\n", "\n")) if isinstance(value, str) else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest - 1].rstrip()}…"
