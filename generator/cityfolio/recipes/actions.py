"""The actions that the workflows use, each by the digest of one version: a tag can be moved to other code, a digest cannot.

Each pair of digest and version was found alike in several public repositories. `dependabot.yml` asks a city for newer ones.
"""

from __future__ import annotations

ACTIONS: dict[str, tuple[str, str]] = {
    "checkout": ("actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683", "v4.2.2"),
    "setup-python": ("actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065", "v5.6.0"),
    "upload-artifact": ("actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02", "v4.6.2"),
    "download-artifact": ("actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093", "v4.3.0"),
    "upload-pages-artifact": ("actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa", "v3.0.1"),
    "deploy-pages": ("actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e", "v4.0.5"),
}
