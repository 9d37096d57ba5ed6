"""A hundred thousand pages, read with all that they load through nginx, while the site is deployed fifty times."""

from pathlib import Path

import pytest

from deploy.servers_nginx import NGINX
from deploy.visitors import visits_during

pytestmark = [pytest.mark.torture, pytest.mark.skipif(not NGINX, reason="nginx is not installed")]


def test_no_visitor_of_a_hundred_thousand_meets_a_page_without_its_assets(tmp_path: Path):
    visits = visits_during(deploys=50, reads=100_000, folder=tmp_path)

    print(f"\n{visits.requests:,} requests, {len(visits.editions)} editions seen, {len(visits.wrong)} wrong")
    assert visits.wrong == []
    assert visits.requests >= 299_900
    assert len(visits.editions) == 51
