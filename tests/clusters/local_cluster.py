"""A Dask cluster on this machine, in processes of its own: `local_cluster.py WORKERS` says its address, ends with its input.

Not in the process of the tests: the threads of a scheduler would outlive the test that needs them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def a_local_cluster(workers: int) -> Iterator[str]:
    """The address of the scheduler of a cluster, as long as the block lasts."""
    # Workers import this program, and the tests' functions, as the tests do; what they reach of it is measured here.
    environment = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "generator"), str(ROOT / "tests")])
    with subprocess.Popen([sys.executable, __file__, str(workers)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait()


def _run(workers: int) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                      dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _run(int(sys.argv[1]))
