"""Links into the repository that holds the catalog."""

import pytest

from cityfolio.pages.repository import edit_url, issues_url, new_file_url, new_issue_url, view_url
from pages.factories import a_repository


@pytest.mark.parametrize(("home", "address"), [
    ("https://github.com/city/data", "https://github.com/city/data/blob/main/catalog/attestations/a%20b.yaml"),
    ("https://gitlab.com/city/data", "https://gitlab.com/city/data/-/blob/main/catalog/attestations/a%20b.yaml"),
    ("https://codeberg.org/city/data/", "https://codeberg.org/city/data/src/branch/main/catalog/attestations/a%20b.yaml"),
], ids=["GitHub", "GitLab", "Gitea"])
def test_a_file_is_read_without_an_account(home: str, address: str):
    assert view_url(a_repository(url=home, path="catalog"), "attestations/a b.yaml") == address


def test_without_a_repository_no_file_can_be_read():
    assert view_url(None, "site.yaml") == ""


AZURE = "https://dev.azure.com/city/open/_git/data"
AT_12 = "&line=12&lineEnd=12&lineStartColumn=1&lineEndColumn=999"
LINES = {
    "GitHub": ("https://github.com/city/data", "https://github.com/city/data/edit/main/catalog/site.yaml#L12"),
    "GitLab": ("https://gitlab.com/city/data", "https://gitlab.com/city/data/-/edit/main/catalog/site.yaml#L12"),
    "Gitea": ("https://codeberg.org/city/data", "https://codeberg.org/city/data/_edit/main/catalog/site.yaml#L12"),
    "Bitbucket": ("https://bitbucket.org/city/data",
                  "https://bitbucket.org/city/data/src/main/catalog/site.yaml?mode=edit#lines-12"),
    "Azure DevOps": (AZURE, f"{AZURE}?path=/catalog/site.yaml&version=GBmain{AT_12}"),
}


@pytest.mark.parametrize(("home", "address"), LINES.values(), ids=LINES)
def test_a_file_is_edited_at_its_line(home: str, address: str) -> None:
    assert edit_url(a_repository(url=home, path="catalog"), "site.yaml", 12) == address


def test_a_host_under_a_name_of_its_own_is_told_by_the_settings() -> None:
    repository = a_repository(url="https://code.example.gov/city/data", host="gitlab", path=".")

    assert edit_url(repository, "site.yaml") == "https://code.example.gov/city/data/-/edit/main/site.yaml"


def test_a_host_like_no_other_is_told_its_addresses() -> None:
    repository = a_repository(url="https://code.example.gov/", path="catalog",
                              edit="https://code.example.gov/e/{branch}/{path}?at={line}",
                              view="https://code.example.gov/v/{branch}/{path}")

    assert edit_url(repository, "topics/a.yaml", 3) == "https://code.example.gov/e/main/catalog/topics/a.yaml?at=3"
    assert view_url(repository, "topics/a.yaml", 3) == "https://code.example.gov/v/main/catalog/topics/a.yaml"


def test_azure_devops_keeps_issues_beside_its_repositories() -> None:
    assert issues_url(a_repository(url=AZURE)) == "https://dev.azure.com/city/open/_workitems"
    assert new_issue_url(a_repository(url=AZURE), "A b", "c") == (
        "https://dev.azure.com/city/open/_workitems/create/Issue?%5BSystem.Title%5D=A%20b&%5BSystem.Description%5D=c")


def test_where_a_host_cannot_begin_a_file_there_is_no_link() -> None:
    assert new_file_url(a_repository(url=AZURE), "topics/a.yaml", "title: A\n") == ""
