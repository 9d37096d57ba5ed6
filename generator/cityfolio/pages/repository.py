"""Links into the repository that holds the catalog, in the forms that its common hosts use.

A host is known by its name, or by `host:` in site.yaml where it runs under a name of the city's own. One that is like none of
these is told its addresses by `edit:` and `view:`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from cityfolio.frozen import Frozen
from cityfolio.model.records import HostName, Repository
from cityfolio.pages.routes import outward


class CodeHost(Frozen, kw_only=True):
    """How a host of repositories builds its addresses; "" for a page that it does not have."""

    names: tuple[str, ...]              # parts of the names of machines by which it is known
    edit: str
    view: str
    line: str                           # put behind either to lead to a line
    issues: str
    new_issue: str = ""                 # beside `issues`, with title and text in its query
    title: str = "title"                # how the query calls the title and the text of an issue
    body: str = "body"
    label: str = ""                     # where it takes a label by its name
    new_file: str = ""
    file_name: str = "filename"         # how the query calls the name and the text of a new file
    file_text: str = ""


# GitHub: https://docs.github.com/en/issues/tracking-your-work-with-issues/creating-an-issue#creating-an-issue-from-a-url-query.
# GitLab takes a label as a line of the text (https://docs.gitlab.com/user/project/quick_actions/); Gitea, and what came of it,
# by a number alone, which is not known. Azure DevOps has no address of its editor, so its file's page stands in for that.
HOSTS: Mapping[HostName, CodeHost] = {
    "github": CodeHost(
        names=("github",), edit="{home}/edit/{branch}/{path}", view="{home}/blob/{branch}/{path}", line="#L{line}",
        issues="{home}/issues", new_issue="{home}/issues/new", label="labels", new_file="{home}/new/{branch}/{folder}",
        file_text="value"),
    "gitlab": CodeHost(
        names=("gitlab",), edit="{home}/-/edit/{branch}/{path}", view="{home}/-/blob/{branch}/{path}", line="#L{line}",
        issues="{home}/-/issues", new_issue="{home}/-/issues/new", title="issue[title]", body="issue[description]",
        new_file="{home}/-/new/{branch}/{folder}", file_name="file_name"),
    "gitea": CodeHost(
        names=("codeberg", "gitea", "forgejo"), edit="{home}/_edit/{branch}/{path}",
        view="{home}/src/branch/{branch}/{path}", line="#L{line}", issues="{home}/issues", new_issue="{home}/issues/new",
        new_file="{home}/_new/{branch}/{folder}", file_text="value"),
    "bitbucket": CodeHost(
        names=("bitbucket",), edit="{home}/src/{branch}/{path}?mode=edit", view="{home}/src/{branch}/{path}",
        line="#lines-{line}", issues="{home}/issues", new_issue="{home}/issues/new"),
    "azure-devops": CodeHost(
        names=("dev.azure.com", "visualstudio.com"), edit="{home}?path=/{path}&version=GB{branch}",
        view="{home}?path=/{path}&version=GB{branch}",
        line="&line={line}&lineEnd={line}&lineStartColumn=1&lineEndColumn=999", issues="{project}/_workitems",
        new_issue="{project}/_workitems/create/Issue", title="[System.Title]", body="[System.Description]"),
}


def edit_url(repository: Repository | None, path: str, line: int | None = None) -> str:
    """Where a file of the catalog is edited in the browser, at a line of it; "" when no repository is named."""
    if repository is not None and repository.edit and _home(repository):
        return _filled(repository.edit, repository, path, line or 1)
    host = host_of(repository)
    return _file(host.edit, host, repository, path, line) if host else ""


def view_url(repository: Repository | None, path: str, line: int | None = None) -> str:
    """Where a file of the catalog is read in the browser, which takes no account; "" when no repository is named."""
    if repository is not None and repository.view and _home(repository):
        return _filled(repository.view, repository, path, line or 1)
    host = host_of(repository)
    return _file(host.view, host, repository, path, line) if host else ""


def issues_url(repository: Repository | None) -> str:
    """Where problems are reported; "" when no repository is named."""
    host = host_of(repository)
    return _filled(host.issues, repository, "", 1) if host else ""


def new_issue_url(repository: Repository | None, title: str, body: str, label: str = "") -> str:
    """Where something new is written, with title and text filled in; "" when no repository is named."""
    host = host_of(repository)
    if host is None:
        return ""
    if label and host is HOSTS["gitlab"]:
        body = f'{body}\n\n/label ~"{label}"'
    given = {host.title: title, host.body: body} | ({host.label: label} if label and host.label else {})
    return f"{_filled(host.new_issue, repository, '', 1)}?{urlencode(given, quote_via=quote)}"


def new_file_url(repository: Repository | None, path: str, text: str) -> str:
    """Where a file of the catalog is begun in the browser, with name and text filled in where the host can.

    "" when no repository is named, and where the host has no such page.
    """
    host = host_of(repository)
    if host is None or not host.new_file:
        return ""
    given = {host.file_name: path.rpartition("/")[2]} | ({host.file_text: text} if host.file_text else {})
    return f"{_filled(host.new_file, repository, path, 1)}?{urlencode(given, quote_via=quote)}"


def host_of(repository: Repository | None) -> CodeHost | None:
    """The host, as its name or the settings tell; GitHub's ways where neither does. None without a repository."""
    home = _home(repository)
    if repository is None or not home:
        return None
    if repository.host:
        return HOSTS[repository.host]
    machine = urlsplit(home).hostname or ""
    return next((host for host in HOSTS.values() if any(name in machine for name in host.names)), HOSTS["github"])


def _file(pattern: str, host: CodeHost, repository: Repository | None, path: str, line: int | None) -> str:
    return _filled(pattern + (host.line if line else ""), repository, path, line or 1)


def _filled(pattern: str, repository: Repository | None, path: str, line: int) -> str:
    assert repository is not None
    home, folder = _home(repository), repository.path.strip("/")
    whole = "/".join(part for part in (folder, path) if part not in ("", "."))
    slots = {"{home}": home, "{project}": home.partition("/_git/")[0], "{branch}": quote(repository.branch),
             "{path}": quote(whole), "{folder}": quote(whole.rpartition("/")[0]), "{line}": str(line)}
    for slot, value in slots.items():
        pattern = pattern.replace(slot, value)
    return pattern


def _home(repository: Repository | None) -> str:
    """The repository's own page, without a final "/"; "" when none is named that can be linked to."""
    home = outward(repository.url) if repository and repository.url else "#"
    return "" if home == "#" else home.rstrip("/")
