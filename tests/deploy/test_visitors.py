"""What visitors meet while a site is deployed to the folder that nginx shows: a few of the many reads of the long campaign."""

from pathlib import Path

import pytest

from deploy.servers_nginx import NGINX
from deploy.visitors import visits_during

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


def test_no_visitor_meets_a_page_without_its_assets_while_the_site_is_deployed(tmp_path: Path):
    visits = visits_during(deploys=3, reads=400, folder=tmp_path)

    assert visits.wrong == []
    assert set(visits.editions) == {b"edition-0", b"edition-1", b"edition-2", b"edition-3"}
