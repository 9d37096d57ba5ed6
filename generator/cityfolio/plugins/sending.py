"""A built site handed to the target of a plugin, under `cityfolio deploy NAME:ADDRESS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from cityfolio import files
from cityfolio.frozen import Frozen
from cityfolio.plugins.guard import Faulty, Used, aside, sound
from cityfolio.plugins.hooks import Sending, Sent, Target
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.texts import a_kind
from cityfolio.problems import Problem
from cityfolio.publish.deploying.addresses import KINDS, keeps_no_secret
from cityfolio.publish.deploying.sources import Site
from cityfolio.publish.deploying.target import Refused


class Errand(Frozen, kw_only=True):
    """A target of a plugin at an address."""

    used: Used
    target: Target
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a site is to be sent."""

    now: datetime
    environment: Mapping[str, str] = field(repr=False)
    is_dry: bool


def errand_at(address: str, plugins: Plugins) -> Errand | None:
    """The target of a plugin that an address leads to; None where it leads to one of Cityfolio's, or to none."""
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    found = ((used, each) for used in plugins.used for name, each in used.plugin.targets.items() if name == scheme)
    if scheme in KINDS or (first := next(found, None)) is None:
        return None
    keeps_no_secret(address)
    return Errand(used=first[0], target=first[1], address=address)


def sent(errand: Errand, site: Site, order: Order) -> tuple[Sent, tuple[Problem, ...]]:
    """Send a site, and say what was sent. Raises Refused where the other machine did not do what was asked."""
    assert site.folder is not None
    sending = Sending(address=errand.address, manifest=site.manifest, read=partial(_file, site, site.folder),
                      environment=order.environment, now=order.now, is_dry=order.is_dry)
    try:
        found: object = aside(partial(errand.target, sending))
        if not isinstance(found, Sent):
            raise Faulty(errand.used.fault(f"gave {a_kind(found)} in `targets`, where a Sent is asked for"))
        sound(errand.used, "targets", found)
    except (Refused, KeyboardInterrupt):
        raise
    except Faulty as faulty:
        return Sent(), (faulty.problem,)
    except BaseException as error:  # noqa: BLE001 - it is told as what it is: a fault of that plugin
        return Sent(), (errand.used.failed("targets", error),)
    return found, ()


def _file(site: Site, folder: Path, path: str) -> bytes:
    """A file of the site; nothing else of this machine is read for a plugin."""
    if path not in site.manifest.entries:
        raise KeyError(path)
    return files.read_bytes(folder / path)


def in_words(sent: Sent, address: str, *, is_dry: bool) -> str:
    """What was sent, for people."""
    said = [f"{len(names):,} {word}" for word, names in (("added", sent.added), ("changed", sent.changed),
                                                        ("removed", sent.removed)) if names]
    if not said:
        return f"{address} holds this already: {sent.unchanged:,} unchanged. Nothing was sent."
    listed = [f"  {mark} {name}" for mark, names in (("+", sent.added), ("~", sent.changed), ("-", sent.removed))
              for name in names] if is_dry else []
    head = f"{'Would send' if is_dry else 'Sent'} to {address}: {', '.join(said)}, {sent.unchanged:,} unchanged."
    return "\n".join([head, *listed])


def as_report(sent: Sent, address: str, *, is_dry: bool) -> Mapping[str, object]:
    """What was sent, for programs."""
    return {"target": address, "dry_run": is_dry, "added": sent.added, "changed": sent.changed, "removed": sent.removed,
            "unchanged": sent.unchanged}
