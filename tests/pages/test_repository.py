"""Links into the repository that holds the catalog."""

import pytest

from cityfolio.pages.repository import view_url
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
