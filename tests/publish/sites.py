"""Small sites for tests: outputs filled in wherever a test does not care, and folders compared file by file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from cityfolio.files import MemoryTree, Tree, sha256
from cityfolio.model.site import CopyOf, Entry, Manifest, Output
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.sinks import MemorySink, Sink
from cityfolio.publish.verify import Site, Verified, verify
from cityfolio.publish.write import Edition, Written, write_site

ROOT = Path(__file__).resolve().parents[2]
NOTHING = MemoryTree({})
EDITION = Edition(made_by="cityfolio 0.1.0", base_url="https://data.example.gov")


def html(body: str = "", head: str = "") -> str:
    """A sound page around some markup."""
    return f'<!doctype html>\n<html lang="en"><head><title>Page</title>{head}</head>\n<body>{body}</body></html>\n'


def an_output(url: str, body: str | bytes | CopyOf = "", **changed: str) -> Output:
    """One output; text that is not a whole page of HTML is made one, where the address is a page's."""
    if isinstance(body, str):
        is_page = url.endswith(("/", ".html")) and not body.startswith("<!doctype")
        body = (html(body) if is_page else body).encode()
    return Output(**{"url": url, "body": body, "media_type": "text/html", "kind": "other", "source": url, **changed})  # type: ignore[arg-type]


def a_site(**changed: str | bytes | CopyOf | None) -> list[Output]:
    """Outputs that make a sound site. Name one by its address without the first "/"; None leaves it out."""
    bodies: dict[str, str | bytes | CopyOf | None] = {
        "": '<a href="data/trees/">Trees</a>',
        "data/trees/": '<h1 id="top">Trees</h1><a href="../../">Home</a> <a href="trees.csv">CSV</a>',
        "data/trees/trees.csv": "species\noak\n",
        "assets/civic.0a1b2c3d.css": "body { color: black }",
    }
    bodies.update(changed)
    return [an_output(f"/{url}", body) for url, body in bodies.items() if body is not None]


def written(outputs: Iterable[Output], sink: Sink | Path, tree: Tree = NOTHING, edition: Edition = EDITION) -> Written:
    """Write a site into a sink or a folder."""
    return write_site(outputs, tree, FolderSink(sink) if isinstance(sink, Path) else sink, edition)


def codes(result: Written | Verified) -> list[str]:
    """The codes of the problems, in order."""
    return [problem.code for problem in result.problems]


def says(result: Written | Verified) -> list[str]:
    """What the problems say, in order."""
    return [problem.says for problem in result.problems]


def verified(kinds: Mapping[str, str] | None = None, base_url: str = "", **files: str | bytes) -> Verified:
    """Verify a site of these files. Names are paths with `__` for "/" and `_html`, `_css`, `_js`, `_csv` for the suffix."""
    bodies = {_path(name): body.encode() if isinstance(body, str) else body for name, body in files.items()}
    entries = {path: Entry(path=path, bytes=len(body), sha256=sha256(body)) for path, body in bodies.items()}
    manifest = Manifest(entries=entries, made_by="cityfolio 0.1.0", base_url=base_url)
    return verify(Site(read=bodies.__getitem__, manifest=manifest, kinds=kinds or {}))


def _path(name: str) -> str:
    stem, _, suffix = name.replace("__", "/").rpartition("_")
    return f"{stem}.{suffix}"


def contents(folder: Path) -> dict[str, bytes] | None:
    """Every file below a folder with its bytes; None when there is no folder."""
    if not folder.exists():
        return None
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def beside(folder: Path) -> list[str]:
    """The names in the folder that a folder lies in."""
    return sorted(os.listdir(folder.parent))


def in_memory(outputs: Iterable[Output]) -> dict[str, bytes]:
    """The files that a site should consist of."""
    sink = MemorySink()
    written(outputs, sink)
    return sink.site
