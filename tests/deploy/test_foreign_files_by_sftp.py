"""A file by hand on a host that is reached by SSH is not replaced unasked, also where the site has been deployed before."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.servers_ssh import FILES_ONLY, an_ssh_host
from deploy.small_sites import a_site, at, deployed

pytest.importorskip("asyncssh")


def test_a_later_deploy_replaces_no_file_of_others_unless_that_is_allowed(tmp_path: Path):
    with an_ssh_host(tmp_path / "host", FILES_ONLY) as host:
        address = host.address(host.folder / "site")
        deployed(a_site(tmp_path / "one"), at(address))
        (host.folder / "site" / "current" / "about.html").write_text("By hand")

        refused = deployed(a_site(tmp_path / "two", about="About"), at(address), 1)
        allowed = deployed(a_site(tmp_path / "three", about="About"), at(address), 2, allowed=frozenset({"foreign"}))

    assert [each.code for each in refused.problems] == ["deploy-foreign"]
    assert allowed.problems == ()
