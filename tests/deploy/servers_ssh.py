"""An SSH server on loopback with keys and settings of its own, which begins and ends with a test module."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
HAS_RSYNC = bool(shutil.which("rsync") and shutil.which("ssh"))
SEPARATE = Path("/run/sshd")     # must be there when root starts the server; the system makes it when it starts its own
FILES_ONLY = "ForceCommand internal-sftp"


@dataclass(frozen=True, slots=True)
class SshHost:
    """A server, and the folder that it gives to a site."""

    port: int
    home: Path              # keys, settings and logs
    folder: Path

    @property
    def settings(self) -> Path:
        """What a client has in place of ~/.ssh/config."""
        return self.home / "ssh_config"

    def address(self, folder: Path | None = None, more: str = "") -> str:
        """Where a site lies, by the host's name in the settings."""
        return f"sftp://city-web{folder or self.folder}?config={self.settings}{more}"

    @property
    def log(self) -> str:
        """What the server told."""
        return (self.home / "sshd.log").read_text("utf-8", "replace")


@contextmanager
def an_ssh_host(home: Path, *more: str, umask: int = 0o077) -> Iterator[SshHost]:
    """Start a server, with more lines in its settings, and stop it by its process id."""
    if not (SSHD and shutil.which("ssh-keygen")):
        pytest.skip("sshd is not installed: Debian's openssh-server")
    home.mkdir(parents=True)
    for name in ("host_key", "client_key", "other_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)], check=True)
    port = _free_port()
    host_key, client_key = ((home / f"{name}.pub").read_text() for name in ("host_key", "client_key"))
    (home / "authorized_keys").write_text(client_key)
    (home / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(host_key.split()[:2])}\n")
    subsystem = () if any(line.startswith("Subsystem") for line in more) else ("Subsystem sftp internal-sftp",)
    (home / "sshd_config").write_text("\n".join((
        f"Port {port}", "ListenAddress 127.0.0.1", f'HostKey "{home}/host_key"', f'AuthorizedKeysFile "{home}/authorized_keys"',
        "PidFile none", "UsePAM no", "StrictModes no", "PasswordAuthentication no", "PermitRootLogin prohibit-password",
        "MaxStartups 100", f'SetEnv "HOME={home}"', *subsystem, *more, "")))
    (home / "ssh_config").write_text("\n".join((
        "Host city-web", "  HostName 127.0.0.1", f"  Port {port}", f"  User {getpass.getuser()}",
        f'  IdentityFile "{home}/client_key"', "  IdentitiesOnly yes",
        f'  UserKnownHostsFile "{home}/known_hosts"', "  GlobalKnownHostsFile /dev/null", "")))
    if os.geteuid() == 0:
        SEPARATE.mkdir(mode=0o755, exist_ok=True)
    with (home / "sshd.log").open("wb") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(home / "sshd_config")], stderr=log, stdin=subprocess.DEVNULL,
                                   umask=umask)
        try:
            _wait_for(port, process, home / "sshd.log")
            (home / "web").mkdir()
            yield SshHost(port, home, home / "web")
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"sshd did not start: {log.read_text('utf-8', 'replace')}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("sshd does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
