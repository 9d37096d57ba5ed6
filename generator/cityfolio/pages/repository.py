"""Links into the repository that holds the catalog, in the forms that its common hosts use."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from cityfolio.model.records import Repository
from cityfolio.pages.routes import outward


def edit_url(repository: Repository | None, path: str) -> str:
    """Where a file of the catalog is edited in the browser; "" when no repository is named."""
    home = _home(repository)
    if repository is None or not home:
        return ""
    folder = repository.path.strip("/")
    place = quote(f"{folder}/{path}" if folder not in ("", ".") else path)
    return f"{home}/{_edit_part(home)}/{quote(repository.branch)}/{place}"


def issues_url(repository: Repository | None) -> str:
    """Where problems are reported; "" when no repository is named."""
    home = _home(repository)
    return f"{home}/{'-/issues' if _is_gitlab(home) else 'issues'}" if home else ""


def new_issue_url(repository: Repository | None, title: str, body: str) -> str:
    """Where something new is written, with title and text filled in; "" when no repository is named."""
    issues = issues_url(repository)
    names = ("issue[title]", "issue[description]") if "/-/" in issues else ("title", "body")
    return f"{issues}/new?{urlencode(dict(zip(names, (title, body), strict=True)), quote_via=quote)}" if issues else ""


def _home(repository: Repository | None) -> str:
    """The repository's own page, without a final "/"; "" when none is named that can be linked to."""
    home = outward(repository.url) if repository and repository.url else "#"
    return "" if home == "#" else home.rstrip("/")


def _edit_part(url: str) -> str:
    if _is_gitlab(url):
        return "-/edit"
    host = urlsplit(url).hostname or ""
    return "_edit" if any(name in host for name in ("codeberg", "gitea", "forgejo")) else "edit"


def _is_gitlab(url: str) -> bool:
    return "gitlab" in (urlsplit(url).hostname or "")
