"""What hosts of sites take at most, for a build to say it before a deploy is refused.

Cloudflare Pages: https://developers.cloudflare.com/pages/platform/limits/. GitHub:
https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits and
https://docs.github.com/repositories/working-with-files/managing-large-files/about-large-files-on-github.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.model.site import Manifest
from cityfolio.problems import Problem

CLOUDFLARE_FILES = 20_000
CLOUDFLARE_BYTES = 25 << 20                           # of one file
NOT_COUNTED = frozenset({"_headers", "_redirects"})   # read by a host, and served by none
BESIDE = 2                                            # the manifest, and what a deploy writes for the next one


class Limits(Frozen, kw_only=True):
    """What one host takes; None for what it does not count."""

    name: str
    addresses: re.Pattern[str]            # of targets there
    files: int | None = None
    bytes_of_a_file: int | None = None
    bytes: int | None = None


CLOUDFLARE = Limits(name="Cloudflare Pages", addresses=re.compile(r"cloudflare:", re.IGNORECASE), files=CLOUDFLARE_FILES,
                    bytes_of_a_file=CLOUDFLARE_BYTES)
GITHUB = Limits(name="GitHub Pages", addresses=re.compile(r"git\+.*\bgithub\.com[/:]", re.IGNORECASE),
                bytes_of_a_file=100 << 20, bytes=1_000_000_000)
HOSTS = (CLOUDFLARE, GITHUB)


def beyond_limits(loaded: Loaded, manifest: Manifest) -> Iterator[Problem]:
    """What of a site that was written is more than a host takes that the settings name as a target."""
    targets = loaded.site.record.targets.items() if loaded.site else ()
    for name, target in targets:
        for limits in HOSTS:
            if limits.addresses.match(target.url):
                assert loaded.site is not None    # it has targets
                where = loaded.site.document.at("targets", name)
                yield from (Problem(code="target-full", where=where, says=says, fix=fix)
                            for says, fix in _beyond(limits, manifest))


def _beyond(limits: Limits, manifest: Manifest) -> Iterator[tuple[str, str]]:
    sizes = {each.path: each.bytes for each in manifest.entries.values() if each.path not in NOT_COUNTED}
    count, total = len(sizes) + BESIDE, sum(sizes.values())
    if limits.files is not None and count > limits.files:
        yield (f"the site has {count:,} files, and {limits.name} takes {limits.files:,}",
               "Name fewer kinds under `twins:` and `exports:`, or publish to another host.")
    if limits.bytes is not None and total > limits.bytes:
        yield (f"the site has {total:,} bytes, and {limits.name} takes {limits.bytes:,}",
               "Name fewer formats under `exports:`, or publish to another host.")
    if limits.bytes_of_a_file is None:
        return
    large = sorted(path for path, size in sizes.items() if size > limits.bytes_of_a_file)
    if large:
        more = f" and {len(large) - 1:,} more" if len(large) > 1 else ""
        yield (f"/{large[0]}{more} has {sizes[large[0]]:,} bytes, and {limits.name} takes {limits.bytes_of_a_file:,} a file",
               "Offer the file in another format or in parts, or publish to another host.")
