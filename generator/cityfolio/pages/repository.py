"""Links into the repository that holds the catalog, in the forms that its common hosts use."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from cityfolio.model.records import Repository
from cityfolio.pages.routes import outward


def edit_url(repository: Repository | None, path: str) -> str:
    """Where a file of the catalog is edited in the browser; "" when no repository is named."""
    home = _home(repository)
    return f"{home}/{_edit_part(home)}/{_place(repository, path)}" if repository and home else ""


def view_url(repository: Repository | None, path: str) -> str:
    """Where a file of the catalog is read in the browser, which takes no account; "" when no repository is named."""
    home = _home(repository)
    if repository is None or not home:
        return ""
    part = "-/blob" if _is_gitlab(home) else "src/branch" if _is_gitea(home) else "blob"
    return f"{home}/{part}/{_place(repository, path)}"


def _place(repository: Repository, path: str) -> str:
    folder = repository.path.strip("/")
    return f"{quote(repository.branch)}/{quote(f'{folder}/{path}' if folder not in ('', '.') else path)}"


def issues_url(repository: Repository | None) -> str:
    """Where problems are reported; "" when no repository is named."""
    home = _home(repository)
    return f"{home}/{'-/issues' if _is_gitlab(home) else 'issues'}" if home else ""


def new_issue_url(repository: Repository | None, title: str, body: str, label: str = "") -> str:
    """Where something new is written, with title and text filled in; "" when no repository is named.

    GitHub takes a label by its name. GitLab takes one as a line of the text
    (https://docs.gitlab.com/user/project/quick_actions/), Gitea and what came of it by a number alone, which is not known.
    """
    issues = issues_url(repository)
    if not issues:
        return ""
    if _is_gitlab(issues):
        marked = f'{body}\n\n/label ~"{label}"' if label else body
        given = {"issue[title]": title, "issue[description]": marked}
    else:
        given = {"title": title, "body": body} | ({"labels": label} if label and not _is_gitea(issues) else {})
    return f"{issues}/new?{urlencode(given, quote_via=quote)}"


def new_file_url(repository: Repository | None, path: str, text: str) -> str:
    """Where a file of the catalog is begun in the browser, with name and text filled in where the host can; "" without one.

    GitHub and Gitea take the folder in the path and `filename` and `value` in the query; GitLab takes `file_name` alone.
    """
    home = _home(repository)
    if repository is None or not home:
        return ""
    above, _, name = path.rpartition("/")
    folder = "/".join(part for part in (repository.path.strip("/"), above) if part not in ("", "."))
    begin, named = ("-/new", {"file_name": name}) if _is_gitlab(home) else (
        "_new" if _edit_part(home) == "_edit" else "new", {"filename": name, "value": text})
    return f"{home}/{begin}/{quote(repository.branch)}/{quote(folder)}?{urlencode(named, quote_via=quote)}"


def _home(repository: Repository | None) -> str:
    """The repository's own page, without a final "/"; "" when none is named that can be linked to."""
    home = outward(repository.url) if repository and repository.url else "#"
    return "" if home == "#" else home.rstrip("/")


def _edit_part(url: str) -> str:
    if _is_gitlab(url):
        return "-/edit"
    return "_edit" if _is_gitea(url) else "edit"


def _is_gitea(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(name in host for name in ("codeberg", "gitea", "forgejo"))


def _is_gitlab(url: str) -> bool:
    return "gitlab" in (urlsplit(url).hostname or "")
