"""What a host takes at most is said by a build, of every host that the settings name."""

from __future__ import annotations

import pytest

from cities import SITE, a_city, loaded
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.limits import CLOUDFLARE_BYTES, CLOUDFLARE_FILES, beyond_limits


def said(target: str, files: int = 1, largest: int = 1) -> list[str]:
    """What is said of a site with so many files, of which one is large, and one target."""
    entries = [Entry(path=f"{number}.csv", bytes=1, sha256="") for number in range(files - 1)]
    manifest = Manifest(entries={each.path: each for each in (*entries, Entry(path="large.csv", bytes=largest, sha256=""))})
    city = loaded(a_city(**{"site.yaml": f'{SITE}targets: {{live: {{url: "{target}"}}}}\n'}))
    return [each.says for each in beyond_limits(city, manifest)]


def test_a_site_of_more_files_than_cloudflare_takes_is_told_of() -> None:
    assert said("cloudflare:city-data", files=CLOUDFLARE_FILES) == [
        "the site has 20,002 files, and Cloudflare Pages takes 20,000"]


def test_what_a_deploy_writes_beside_the_site_counts_too() -> None:
    assert said("cloudflare:city-data", files=CLOUDFLARE_FILES - 2) == []


@pytest.mark.parametrize(("target", "largest", "says"), [
    ("cloudflare:city-data", CLOUDFLARE_BYTES + 1,
     "/large.csv has 26,214,401 bytes, and Cloudflare Pages takes 26,214,400 a file"),
    ("git+https://github.com/city/data#gh-pages", 200 << 20,
     "/large.csv has 209,715,200 bytes, and GitHub Pages takes 104,857,600 a file"),
    ("git+ssh://git@github.com/city/data#gh-pages", 200 << 20,
     "/large.csv has 209,715,200 bytes, and GitHub Pages takes 104,857,600 a file"),
], ids=["cloudflare", "github", "github by ssh"])
def test_a_file_that_is_too_large_for_a_host_is_named(target: str, largest: int, says: str) -> None:
    assert said(target, largest=largest) == [says]


def test_a_site_that_is_too_heavy_for_github_is_told_of() -> None:
    assert "the site has 1,000,000,001 bytes, and GitHub Pages takes 1,000,000,000" in said(
        "git+https://github.com/city/data#gh-pages", files=2, largest=1_000_000_000)


@pytest.mark.parametrize("target", ["s3://city-data", "./www", "git+https://git.example.gov/city/data#pages", "netlify:city"])
def test_nothing_is_said_of_hosts_whose_limits_are_not_known(target: str) -> None:
    assert said(target, files=CLOUDFLARE_FILES * 2, largest=2_000_000_000) == []
