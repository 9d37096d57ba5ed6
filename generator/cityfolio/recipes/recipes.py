"""The files of a repository that checks, previews and publishes its catalog by itself, for a code host and a web host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from cityfolio import __version__, files
from cityfolio.recipes.actions import ACTIONS

CodeHostName = Literal["github", "gitlab"]
WebHostName = Literal["pages", "netlify", "cloudflare", "s3", "none"]
CODE_HOSTS: tuple[CodeHostName, ...] = ("github", "gitlab")
WEB_HOSTS: tuple[WebHostName, ...] = ("pages", "netlify", "cloudflare", "s3", "none")

FOLDER = Path(__file__).resolve().parent / "files"
SLOT = re.compile(r"\[\[([a-z-]+)\]\]")
PYTHON = "3.12"
# What npm programs of hosts are called, by version: the newest when this version of Cityfolio was made.
PROGRAMS = {"netlify": "27.10.2", "wrangler": "4.164.0"}
# What the step that publishes is told: variables that anyone may read, and secrets of the protected environment.
VARIABLES: Mapping[WebHostName, tuple[str, ...]] = {
    "pages": (), "netlify": ("NETLIFY_SITE_ID",), "cloudflare": ("CLOUDFLARE_PROJECT", "CLOUDFLARE_ACCOUNT_ID"),
    "s3": ("BUCKET", "AWS_REGION", "AWS_ENDPOINT_URL"), "none": ("FOLDER",),
}
SECRETS: Mapping[WebHostName, tuple[str, ...]] = {
    "pages": (), "netlify": ("NETLIFY_AUTH_TOKEN",), "cloudflare": ("CLOUDFLARE_API_TOKEN",),
    "s3": ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "none": (),
}
# What runs the script of a host in GitLab: an image that has the program it calls.
IMAGES: Mapping[WebHostName, str] = {
    "pages": "", "netlify": "node:22", "cloudflare": "node:22", "none": "debian:12",
    "s3": "public.ecr.aws/aws-cli/aws-cli:2.27.50",
}


def recipe(code_host: CodeHostName, web_host: WebHostName, catalog: str = "catalog") -> dict[str, str]:
    """Every file by its path in the repository. `catalog` is the catalog's folder in it."""
    filling = _Filling(web_host, catalog)
    found = {"ci/build.sh": filling.of("ci/build.sh"), "ci/report.sh": filling.of("ci/report.sh"),
             "requirements.txt": filling.of("requirements.txt")}
    if web_host != "pages":
        found["ci/deploy.sh"] = filling.of(f"hosts/{web_host}.sh")
    if code_host == "gitlab":
        return found | {".gitlab-ci.yml": filling.of("gitlab/gitlab-ci.yml", deploy=filling.of(_deploying("gitlab", web_host)))}
    deploy = filling.of(_deploying("github", web_host), secrets=_secrets(web_host))
    workflows = {f".github/workflows/{name}.yaml": filling.of(f"github/{name}.yaml") for name in ("check", "comment", "links")}
    return found | workflows | {".github/workflows/publish.yaml": filling.of("github/publish.yaml", deploy=deploy),
                                ".github/dependabot.yml": filling.of("github/dependabot.yml")}


def _deploying(code_host: CodeHostName, web_host: WebHostName) -> str:
    return f"{code_host}/deploy-{'pages' if web_host == 'pages' else 'host'}.yaml"


def _secrets(web_host: WebHostName) -> str:
    lines = [f"          {name}: ${{{{ vars.{name} }}}}" for name in VARIABLES[web_host]]
    return "\n".join([*lines, *(f"          {name}: ${{{{ secrets.{name} }}}}" for name in SECRETS[web_host])])


class _Filling:
    """Puts into each file what is the same in all of them."""

    def __init__(self, web_host: WebHostName, catalog: str) -> None:
        actions = {name: f"{pinned} # {version}" for name, (pinned, version) in ACTIONS.items()}
        self.slots = {**actions, **PROGRAMS, "python": PYTHON, "version": __version__, "catalog": catalog,
                      "image": IMAGES[web_host]}

    def of(self, name: str, **more: str) -> str:
        """One file, filled in."""
        slots = {**self.slots, **more}
        text = files.read_bytes(FOLDER / name).decode()
        return SLOT.sub(lambda found: slots[found[1]].rstrip("\n"), text)
