"""The command `cityfolio deploy`: arguments to calls, results to words."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from cityfolio.deploying.apart import keep_apart
from cityfolio.deploying.deploy_text import as_dry_text, as_report, as_text, listed, problems_only
from cityfolio.deploying.named import is_name, named_targets, plugins_for, unknown
from cityfolio.deploying.progress import moving
from cityfolio.deploying.server_settings import server_settings
from cityfolio.frozen import Frozen, replace
from cityfolio.moving.folder import catalog_folder
from cityfolio.options import environment, moment, options, working_folder
from cityfolio.plugins.sending import Errand, Order, as_report as as_sent, errand_at, in_words, sent
from cityfolio.problems import Problem, stops
from cityfolio.publish.compression import FORMS
from cityfolio.publish.deploying.addresses import Around, is_ours, kind_of, shown, target_at
from cityfolio.publish.deploying.check_target import seen, verify_target
from cityfolio.publish.deploying.guards import ALLOWANCES
from cityfolio.publish.deploying.packing import packing
from cityfolio.publish.deploying.run import KEEP, Orders, deploy as deployed_by, refused
from cityfolio.publish.deploying.sources import Site, former_site, site_in, undisturbed
from cityfolio.publish.deploying.target import Purging, Refused, Target
from cityfolio.speech import Speech

NEWEST = "newest"
WHOSE = ("CI_JOB_URL", "GITHUB_RUN_ID", "USER", "USERNAME")     # who deploys, for those who find the lock
FLAGS = {"older": "Replace a site that was built from a newer commit.", "smaller": "Let the site shrink by more than 25%.",
         "empty": "Deploy a site without a home page.", "foreign": "Replace files that no deploy has put there."}


@click.command("deploy")
@click.argument("target", metavar="TARGET", required=False)
@options("output", "catalog")
@click.option("--dry-run", is_flag=True, help="Say what would happen, file by file, and change nothing.")
@click.option("--rollback", is_flag=False, flag_value=NEWEST, metavar="[GENERATION]",
              help="Bring a former site back: the newest that is kept, or the one named.")
@click.option("--generations", is_flag=True, help="List the former sites that can be brought back.")
@click.option("--verify", is_flag=True, help="Read the published site again, all of it, and compare. Changes nothing.")
@click.option("--purge", metavar="PATH", help="Remove a file from every former site that is kept, as for reasons of privacy.")
@click.option("--print", "server", type=click.Choice(["nginx", "apache", "caddy"]),
              help="Print the settings of a web server of your own for this site, and change nothing.")
@click.option("--root", metavar="DIR", help="With --print: the folder of the site on that server.")
@click.option("--keep", type=click.IntRange(0, 100), metavar="N",
              help=f"How many former sites can be brought back; else keep: of the target in site.yaml, else {KEEP}.")
@click.option("--endpoint", metavar="URL", help="The server to speak to, for hosts that speak the language of S3.")
@click.option("--doubt", is_flag=True, help="Ask the host what it holds, and trust no manifest.")
@click.option("--break-lock", is_flag=True, help="Take the lock of a deploy that is known to be dead.")
@click.option("--no-visit", is_flag=True, help="Do not fetch some pages at the site's own address afterwards.")
@click.option("--workers", type=click.IntRange(1, 64), default=16, show_default=True, help="Files on their way at once.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Sentences for people, or a report for programs.")
@options("allow-plugins", "quiet", "verbose")
def deploy(**given: Any) -> None:    # Any: as the options declare
    """Put the built site on a host, so that no visitor meets half of it.

    TARGET is a folder, s3://BUCKET/PATH, gs://BUCKET/PATH, az://ACCOUNT/CONTAINER/PATH, sftp://HOST/PATH, git+ADDRESS#BRANCH,
    zip:FILE, netlify:SITE, cloudflare:PROJECT, what a plugin knows, or a name under `targets:` in site.yaml. Only what
    changed is sent. A deploy that was cut short is finished by the next one.
    """
    speech = Speech.of(given["form"], quiet=given["quiet"], verbose=given["verbose"])
    if given["target"] is None and given["server"] is None:
        raise click.UsageError("name a TARGET, or a server with --print.")
    _one_thing(given)
    try:
        if given["server"]:
            click.echo(server_settings(given["server"], given["output"], given["root"]), nl=False)
            return
        problems = _Command(given, speech).done()
    except Refused as refusal:
        problems = (refused(shown(given["target"] or str(given["output"])), refusal),)
        _print(speech, problems, {})
    sys.exit(1 if stops(problems, strict=False) else 0)


for _name in reversed(ALLOWANCES):
    deploy = click.option(f"--allow-{_name}", is_flag=True, help=FLAGS[_name])(deploy)


def _one_thing(given: Mapping[str, Any]) -> None:     # Any: as the options declare
    """Raises click.UsageError where nothing is said for what needs a word, or where two things are asked for at once."""
    for name in ("target", "rollback", "purge"):
        if given[name] is not None and not given[name].strip():
            raise click.UsageError(f"what is given as {name} is empty.")
    asked = [name for name in ("rollback", "generations", "verify", "purge") if given[name]]
    if len(asked) > 1:
        raise click.UsageError(f"one at a time: --{' or --'.join(asked)}.")
    if given["purge"] and given["dry_run"]:
        raise click.UsageError("a purge cannot be tried out: leave --dry-run away, or list what is kept with --generations.")
    if given["purge"] and ".." in given["purge"].split("/"):
        raise click.UsageError("--purge takes a path of the site, such as data/trees/trees.csv.")


def _print(speech: Speech, problems: tuple[Problem, ...], report: Mapping[str, Any]) -> None:     # Any: JSON
    if speech.form == "json":
        click.echo(json.dumps({**problems_only(problems), **report}, ensure_ascii=False, indent=2))
    else:
        speech.report(problems, "")


class _Command(Frozen):
    given: Mapping[str, Any]      # Any: as the options declare
    speech: Speech

    def done(self) -> tuple[Problem, ...]:
        """Do what was asked for, say what came of it, and give back what was wrong."""
        address, endpoint, keep, problems = self.addressed()
        if problems:
            _print(self.speech, problems, {})
            return problems
        if not is_ours(address):
            errand, problems = self.errand(address)
            if problems:
                _print(self.speech, problems, {})
                return problems
            if errand:
                with undisturbed(self.given["output"]):
                    return self.send(errand)
        others = {"the catalog": catalog_folder(self.given["catalog"]), "the built site": self.given["output"]}
        keep_apart(address, working_folder(), others)
        around = Around(now=moment, environment=environment(), endpoint=endpoint, breaks_lock=self.given["break_lock"],
                        only_reads=self.given["dry_run"] or self.given["verify"] or self.given["generations"])
        target = target_at(address, around)
        if kind_of(address) == "folder":
            # Also where no packed forms are wanted: those of an earlier deploy must not outlive their files.
            target = packing(target, FORMS if self.packs() else ())
        allowed = frozenset(each for each in ALLOWANCES if self.given[f"allow_{each}"])
        orders = Orders(now=moment(), owner=self.owner(), keep=keep, doubts=self.given["doubt"], is_dry=self.given["dry_run"],
                        allowed=allowed, workers=self.given["workers"])
        if self.given["generations"]:
            return self.list_generations(target)
        if self.given["verify"]:
            return self.verify(target, orders)
        if self.given["purge"]:
            return self.purge(target)
        if self.given["rollback"]:
            # Of a folder all of it is here: what was changed by hand since is put right, or told, before anything is done.
            return self.deploy(target, replace(orders, doubts=orders.doubts or kind_of(address) == "folder"))
        with undisturbed(self.given["output"]):
            return self.deploy(target, orders)

    def addressed(self) -> tuple[str, str, int, tuple[Problem, ...]]:
        """The address of the target, the server to speak to, and how many generations it keeps."""
        given, endpoint, keep = self.given["target"], self.given["endpoint"], self.given["keep"]
        known, errors = named_targets(catalog_folder(self.given["catalog"]))
        if given in known:
            record = known[given]
            kept = record.keep if record.keep is not None else KEEP
            return record.url, endpoint or record.endpoint or "", keep if keep is not None else kept, errors
        if is_name(given) and not Path(given).is_dir():
            return "", "", 0, errors or (unknown(given, known),)
        return given, endpoint or "", keep if keep is not None else KEEP, ()

    def errand(self, address: str) -> tuple[Errand | None, tuple[Problem, ...]]:
        """The target of a plugin at an address, and what is wrong with the plugins of the catalog."""
        plugins, problems = plugins_for(catalog_folder(self.given["catalog"]), allows_own=self.given["allow_plugins"])
        return errand_at(address, plugins), problems

    def send(self, errand: Errand) -> tuple[Problem, ...]:
        if asked := next((each for each in ("rollback", "generations", "verify", "purge") if self.given[each]), None):
            raise Refused(f"a target of a plugin cannot do --{asked}", "It can be deployed to, also with --dry-run.")
        site, problems = site_in(self.given["output"])
        if site is None:
            _print(self.speech, problems, {"target": shown(errand.address)})
            return problems
        is_dry = self.given["dry_run"]
        found, problems = sent(errand, site, Order(now=moment(), environment=environment(), is_dry=is_dry))
        _print(self.speech, problems, as_sent(found, shown(errand.address), is_dry=is_dry))
        if self.speech.form == "text" and not problems:
            self.speech.say(in_words(found, shown(errand.address), is_dry=is_dry))
        return problems

    def packs(self) -> bool:
        known, _ = named_targets(catalog_folder(self.given["catalog"]))
        return self.given["target"] in known and known[self.given["target"]].precompress

    def owner(self) -> str:
        return shown(next((said for name in WHOSE if (said := environment().get(name))), "somebody"))

    def list_generations(self, target: Target) -> tuple[Problem, ...]:
        found = target.generations()
        _print(self.speech, (), {"generations": [
            {"name": each.name, "revision": each.revision, "bytes": each.bytes} for each in found
        ]})
        if self.speech.form == "text":
            self.speech.say(listed(found))
        return ()

    def verify(self, target: Target, orders: Orders) -> tuple[Problem, ...]:
        with moving(self.speech) as bar:
            checked, problems = verify_target(target, replace(orders, told=bar.told, expects=bar.expects, waits=bar.waits))
        _print(self.speech, problems, {"target": target.name, "checked": checked})
        if not problems and self.speech.form == "text":
            self.speech.say(f"{target.name} holds what its manifest says: {checked:,} files were read again.")
        return problems

    def purge(self, target: Target) -> tuple[Problem, ...]:
        if not isinstance(target, Purging):
            raise Refused(f"of {target.name} no single file can be taken out of the former sites",
                          "Take the file out of the catalog, build, and deploy with --keep 0, so that none is kept. What was "
                          "committed to a branch stays in its history, unless ?history=orphan is in the address.")
        number = target.purge(self.given["purge"].lstrip("/"))
        _print(self.speech, (), {"target": target.name, "purged": number})
        if self.speech.form == "text":
            if not number:
                self.speech.say("Nothing that is kept holds it: look at how the path is written.")
            self.speech.say(f"{number:,} former states of {self.given['purge']} were removed from {target.name}. "
                            "What is published now is as it was.")
        return ()

    def deploy(self, target: Target, orders: Orders) -> tuple[Problem, ...]:
        site, problems = self.site(target)
        if site is None:
            _print(self.speech, problems, {"target": target.name})
            return problems
        started = perf_counter()
        with moving(self.speech) as bar:
            deployed = deployed_by(site, target, replace(orders, told=bar.told, expects=bar.expects, waits=bar.waits))
        seconds = perf_counter() - started
        visited: tuple[Problem, ...] = ()
        is_seen = site.manifest.base_url and not target.name.startswith("zip:")
        if deployed.done.generation and is_seen and not self.given["no_visit"]:
            _, visited = seen(site.manifest)
        deployed = replace(deployed, problems=(*deployed.problems, *visited))
        _print(self.speech, deployed.problems, as_report(deployed, seconds, target.traits.cost, is_dry=orders.is_dry))
        is_told = not stops(deployed.problems, strict=False) or (orders.is_dry and not deployed.plan.is_empty)
        if self.speech.form == "text" and is_told:
            cost, names_all = target.traits.cost, self.speech.verbose
            self.speech.say(as_dry_text(deployed, cost, names_all=names_all) if orders.is_dry else as_text(deployed, seconds))
            if site.unlisted:
                self.speech.say(f"{len(site.unlisted):,} files in {site.folder} were not published: no build wrote them.")
        return deployed.problems

    def site(self, target: Target) -> tuple[Site | None, tuple[Problem, ...]]:
        wanted = self.given["rollback"]
        if not wanted:
            return site_in(self.given["output"])
        if wanted == NEWEST:
            kept = target.generations()
            leading = [each for each in kept if each.leads_back]
            if kept and not leading:
                raise Refused("of the sites that are kept there none was deployed before the one that is seen",
                              "Name one, to go forward to it: `--generations` lists them.")
            if not leading:
                raise Refused("no former site is kept there", "Build the commit that you want, and deploy it.")
            wanted = leading[0].name
        return former_site(target.manifest_of(wanted)), ()
