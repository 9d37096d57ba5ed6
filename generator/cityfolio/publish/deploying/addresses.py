"""Addresses of places for a site, and the kind of target that each begins: told apart by what stands before the colon.

A kind of target is a module with a function `target(address, around) -> Target`; it is imported when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module

from cityfolio.publish.deploying.target import Refused, Target

TARGETS = "cityfolio.publish.deploying.targets"
# What an address begins with -> the module.
KINDS: Mapping[str, str] = {
    "s3": "object_store",
    "gs": "object_store",
    "az": "object_store",
    "sftp": "sftp",
    "git+": "git_branch",
    "zip": "archive",
    "netlify": "netlify",
    "cloudflare": "cloudflare",
    "folder": "folder",
}
FORMS = ("Write a folder, s3://BUCKET, gs://BUCKET, az://ACCOUNT/CONTAINER, sftp://HOST/PATH, git+ADDRESS#BRANCH, zip:FILE, "
         "netlify:SITE or cloudflare:PROJECT.")
SCHEME = re.compile(r"([a-z][a-z0-9]+):|(git\+)", re.IGNORECASE)     # two letters at least: C:\site is a folder on Windows
NAMED = re.compile(r"([a-z][a-z0-9-]+):", re.IGNORECASE)             # as targets of plugins are called
LOGIN = re.compile(r"[^/\\:]+@[^/\\:]+:")      # as scp and git are told a machine
USER = re.compile(r"//[^/?#@]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a target is told of the world it works in."""

    now: Callable[[], datetime]                   # with its zone
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)    # it holds keys and tokens
    endpoint: str = ""                            # of a host that speaks another's language: MinIO, R2, SeaweedFS
    only_reads: bool = False                      # a dry run: nothing is written, not even a lock
    breaks_lock: bool = False                     # whoever holds the lock is known to be dead


def kind_of(address: str) -> str:
    """The kind of target that an address leads to; "" for a scheme that is not known."""
    found = SCHEME.match(address)
    if found is None:
        return "" if not address.strip() or LOGIN.match(address) else "folder"
    return KINDS.get((found[1] or found[2]).lower(), "")


def is_ours(address: str) -> bool:
    """Whether an address is of a kind that Cityfolio knows, or of none, so that no plugin is asked for it."""
    found = NAMED.match(address)
    return found is None or found[1].lower() in KINDS


def shown(address: str) -> str:
    """An address as it may be printed: who logs in and what stands in its query could be secrets."""
    return USER.sub("//***@", address).partition("?")[0]


def keeps_no_secret(address: str) -> None:
    """Raises Refused for an address with a secret in it: it would be seen in logs and lists of processes."""
    user = USER.search(address)
    if user and (":" in user[0].removeprefix("//") or not address.lower().startswith(("sftp:", "git+ssh:"))):
        raise Refused("the address holds a password or a token, which would be seen in logs and lists of processes",
                      "Leave it out; docs/reference/deploying.md says where each host's credentials are looked for.")


def target_at(address: str, around: Around) -> Target:
    """The target at an address. Raises Refused where there is no such kind of target, or the address lacks a part."""
    kind = kind_of(address)
    if not kind:
        raise Refused(f'no target is written "{shown(address)}"', FORMS)
    keeps_no_secret(address)
    keeps_no_secret(around.endpoint)
    made: Target = import_module(f"{TARGETS}.{kind}").target(address, around)
    return made
