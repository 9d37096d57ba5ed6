"""Takes the pictures of docs/pictures/ from the demonstration city in a browser: `make pictures`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
QUALITY = 0.72
MOST_BYTES = 600_000     # of all pictures together
# The browser writes WebP itself, so that nothing else is needed for it.
TO_WEBP = """async ([png, quality]) => {
  const bytes = Uint8Array.from(atob(png), (each) => each.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d", { alpha: false }).drawImage(picture, 0, 0);
  const made = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
  let text = "";
  for (let at = 0; at < made.length; at += 32768) text += String.fromCharCode.apply(null, made.subarray(at, at + 32768));
  return btoa(text);
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture to take: of which page, how wide, in which colors."""

    url: str
    width: int
    height: int
    is_dark: bool = False
    at: str = ""          # the selector of what stands at the top; "" for the top of the page
    ready: str = "main"   # the selector of what has to be there first


DESKTOP, PHONE = (1120, 720), (390, 720)
SHOTS: Mapping[str, Shot] = {
    "home.webp": Shot(url="/", width=DESKTOP[0], height=DESKTOP[1]),
    "dataset.webp": Shot(url="/data/street-repairs/", width=DESKTOP[0], height=DESKTOP[1]),
    "dictionary-phone.webp": Shot(url="/data/street-repairs/", width=PHONE[0], height=PHONE[1], at="#columns"),
    "measure-dark.webp": Shot(url="/measures/pothole-on-time/", width=DESKTOP[0], height=DESKTOP[1], is_dark=True),
    "search.webp": Shot(url="/search/?q=street+light", width=DESKTOP[0], height=DESKTOP[1], ready=".results h3 a"),
    "health.webp": Shot(url="/health/", width=DESKTOP[0], height=DESKTOP[1]),
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; the value is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def take(shot: Shot, site: str, browser: Browser) -> bytes:
    """One picture as WebP."""
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height}, reduced_motion="reduce",
                            color_scheme="dark" if shot.is_dark else "light", locale="en-US", timezone_id="UTC")
    try:
        answer = page.goto(site + shot.url)
        assert answer, shot.url
        assert answer.ok, f"{shot.url} is not there"
        page.locator(shot.ready).first.wait_for()
        page.evaluate("document.fonts.ready")
        if shot.at:
            page.locator(shot.at).first.evaluate("(each) => each.scrollIntoView()")
        png = b64encode(page.screenshot()).decode()
        page.goto("about:blank")
        return b64decode(page.evaluate(TO_WEBP, [png, QUALITY]))
    finally:
        page.close()


def pictures(site: Path, browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Every picture by its name, of a site that is already built."""
    with served(site) as address:
        for name, shot in SHOTS.items():
            yield name, take(shot, address, browser)


@contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    own = chromium.chromium_on_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(own) if own else None)
        yield browser
        browser.close()


def main(words: list[str]) -> int:
    """Take all pictures, and say what each weighs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built demonstration; without it, one is built")
    given = parser.parse_args(words)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, _browser() as browser:
        site = given.site or Path(scratch) / "site"
        if not given.site:
            build = [sys.executable, "-m", "cityfolio", "build", "--quiet", "--catalog", str(ROOT / "catalog")]
            subprocess.run([*build, "--output", str(site)], check=True)
        for name, body in pictures(site, browser):
            (PICTURES / name).write_bytes(body)
            print(f"docs/pictures/{name}: {len(body):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
