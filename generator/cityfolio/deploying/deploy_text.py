"""What `cityfolio deploy` says: sentences for people, and a report for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cityfolio.model.site import Entry
from cityfolio.problems import Problem, as_json
from cityfolio.publish.deploying.asking import in_words
from cityfolio.publish.deploying.plan import Plan
from cityfolio.publish.deploying.run import Deployed
from cityfolio.publish.deploying.target import Generation

LISTED_AT_MOST = 40
NAMES = {"assets": "hashed assets", "data": "data files", "pages": "pages", "feeds": "feeds and the like"}


def size(number: int) -> str:
    """Bytes as a person reads them."""
    amount = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:,.0f} {unit}" if unit == "bytes" else f"{amount:,.1f} {unit}"
        amount /= 1000
    return ""


def as_text(deployed: Deployed, seconds: float) -> str:
    """Close a deploy."""
    return "\n".join([*_lines(deployed, seconds, is_dry=False), *deployed.notes])


def as_dry_text(deployed: Deployed, cost: str, *, names_all: bool) -> str:
    """Say what a deploy would do, and what the host would be asked for."""
    listed = tuple(_listed(deployed.plan, "back" if deployed.done.put_back else "put"))
    shown = listed if names_all else listed[:LISTED_AT_MOST]
    rest = len(listed) - len(shown)
    more = [f"  ... and {rest:,} more; --verbose or --format json lists them all."] if rest else []
    return "\n".join([*_lines(deployed, 0, is_dry=True), *deployed.notes, *shown, *more, *_billed(deployed, cost)])


def _lines(deployed: Deployed, seconds: float, *, is_dry: bool) -> Iterator[str]:
    done = deployed.done
    if not (done.uploaded or done.put_back or done.removed or done.generation):
        yield f"{done.target} holds this site already: {done.unchanged:,} files. Nothing was sent."
        return
    stages = ", ".join(f"{number:,} {NAMES.get(stage, stage)}" for stage, number in done.uploaded.items()) or "no files"
    rate = f" in {seconds:.1f} s ({size(int(done.bytes / seconds))} a second)" if seconds and not is_dry else ""
    yield f"{'Would deploy' if is_dry else 'Deployed'} to {done.target}: {stages}; {size(done.bytes)}{rate}."
    if done.put_back:
        yield f"{done.put_back:,} files {'would be' if is_dry else 'were'} brought back from former sites, without being sent."
    yield f"{done.removed:,} files {'would be' if is_dry else 'were'} removed, {done.unchanged:,} are unchanged."
    if deployed.plan.leaving:
        yield f"{len(deployed.plan.leaving):,} former assets stay for a day, for pages that are open somewhere."
    if deployed.plan.otherwise:
        yield (f"{deployed.plan.otherwise:,} of the files did not change, and {'would be' if is_dry else 'were'} sent again "
               "because the host is told something else of them.")
    if done.generation:
        yield f"This is generation {done.generation}."


def _listed(plan: Plan, act: str) -> Iterator[str]:
    yield from (f"  {act:<8}{entry.bytes:>12,}  {entry.path}" for entry in _puts(plan))
    yield from (f"  remove                {path}" for batch in plan.removals for path in batch)


def _billed(deployed: Deployed, cost: str) -> Iterator[str]:
    if asks := in_words(deployed.asks):
        yield f"The host would be asked for: {asks}."
    if cost:
        yield f"What the host may bill: {cost}."


def _puts(plan: Plan) -> Iterator[Entry]:
    for entries in plan.puts.values():
        yield from entries


def as_report(deployed: Deployed, seconds: float, cost: str, *, is_dry: bool) -> dict[str, Any]:    # Any: JSON
    """The report that `--format json` prints."""
    done = deployed.done
    report: dict[str, Any] = {
        "target": done.target, "generation": done.generation, "dry_run": is_dry, "uploaded": dict(done.uploaded),
        "bytes": done.bytes, "put_back": done.put_back, "removed": done.removed, "unchanged": done.unchanged,
        "requests": done.requests, "seconds": round(seconds, 3), "sent_otherwise": deployed.plan.otherwise,
        "notes": list(deployed.notes),
    }
    if is_dry:
        report["puts"] = [{"path": entry.path, "bytes": entry.bytes} for entry in _puts(deployed.plan)]
        report["removes"] = [path for batch in deployed.plan.removals for path in batch]
        report["stays"] = dict(deployed.plan.leaving)
        report["asks"] = dict(deployed.asks)
        report["cost"] = cost
    return report | as_json(deployed.problems)


def listed(generations: Sequence[Generation]) -> str:
    """Generations that can be brought back, a line each."""
    lines = [f"{each.name}  {size(each.bytes):>10}  {each.revision[:12]}".rstrip() for each in generations]
    return "\n".join(lines) or "No former generation is kept."


def problems_only(problems: Sequence[Problem], **more: Any) -> dict[str, Any]:     # Any: JSON
    """A report of problems alone."""
    return {**more, **as_json(problems)}
