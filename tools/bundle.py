"""Bundles the theme's scripts and brings its font, into themes/civic/assets/bundle/, which git does not keep.

    NAME.js                         assets/js/entries/NAME.js with all it imports, one file, for browsers of 2020 and later;
                                    those of assets/js/modules/ as modules, which pages import when they are needed
    sqlite3.wasm                    what the SQL console reckons with
    public-sans-latin.woff2         the font, for Latin text
    public-sans-latin-ext.woff2     and for the letters of other languages written in Latin
    public-sans-license.txt         the font's license, which must travel with it

Standard library only. The build hook calls it for wheels and editable installs.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import nodejs

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "themes" / "civic"
SCRIPTS = THEME / "assets" / "js"
BUNDLE = THEME / "assets" / "bundle"
STAMP = BUNDLE / "bundle.sha256"
FONT = THEME / "node_modules" / "@fontsource-variable" / "public-sans"
SQLITE = THEME / "node_modules" / "@sqlite.org" / "sqlite-wasm" / "dist" / "sqlite3.wasm"
FONT_FILES = {
    "files/public-sans-latin-wght-normal.woff2": "public-sans-latin.woff2",
    "files/public-sans-latin-ext-wght-normal.woff2": "public-sans-latin-ext.woff2",
    "LICENSE": "public-sans-license.txt",
}
ESBUILD = ("--bundle", "--minify", "--target=es2020", "--charset=utf8", "--legal-comments=eof")
# What stands in pages is IIFE, because a browser refuses to load modules from a folder (file://).
FORMATS = {"entries": "iife", "modules": "esm"}
# Names of the engine's own that nothing outside it reads; shortened, they spare readers some 250 bytes of 6,000.
ENGINE = "search.js"
SHORTENED = (
    "firsts", "backwards", "candidates", "longer", "onwards", "alike", "backward", "around", "reaches",
    "placeFile", "placesBeside", "isSaid", "isHalf", "documents", "weight", "sums", "give", "settle",
    "putFirst", "learnParents", "withColumns", "titled", "holding", "passes", "rankedAnew", "bestPart",
    "kindOf", "wholes", "parents", "partsStart", "varint", "lexicon", "peaks", "marks", "docs", "gaps",
    "codes", "nth", "hits", "counts", "slots", "beside", "common", "parts", "shard", "entry", "once", "place",
    "places", "kept", "masks", "isRanked", "phrases", "named", "goesOn", "hasParts", "scores", "asked",
    "facet", "shown", "file", "chosen", "order", "result", "telling", "body", "peak", "bytes", "header", "step", "start", "end",
    "root", "entries", "read", "sorts", "unsaid", "foremost", "numbers", "of", "spelled", "mistaken",
)


def make() -> bool:
    """Make the bundle, and say whether there was need: what was made from the same sources is left alone.

    Raises OSError or RuntimeError when Node or a package cannot be had, or a script is faulty.
    """
    if is_fresh():
        return False
    nodejs.npm_ci(THEME, nodejs.FOR_BUNDLING)
    shutil.rmtree(BUNDLE, ignore_errors=True)
    BUNDLE.mkdir(parents=True)
    for source, name in FONT_FILES.items():
        shutil.copyfile(FONT / source, BUNDLE / name)
    shutil.copyfile(SQLITE, BUNDLE / SQLITE.name)
    _bundle_scripts()
    STAMP.write_text(digest(), encoding="ascii")
    return True


def is_fresh() -> bool:
    """Whether the bundle was made from the sources as they are now."""
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == digest()


def _bundle_scripts() -> None:
    # esbuild's own script finds the program for this machine, so it works without the package's install script.
    command = [str(nodejs.node(nodejs.FOR_BUNDLING)), str(THEME / "node_modules" / "esbuild" / "bin" / "esbuild")]
    for folder, form in FORMATS.items():
        for source in sorted((SCRIPTS / folder).glob("*.js")):
            options = [f"--outdir={BUNDLE}", f"--format={form}", *ESBUILD]
            if source.name == ENGINE:
                options.append(f"--mangle-props=^({'|'.join(SHORTENED)})$")
            done = subprocess.run([*command, str(source), *options], capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"esbuild failed:\n{done.stderr}")


def digest() -> str:
    """The digest of everything the bundle is made from, in hexadecimal."""
    digest = hashlib.sha256()
    for path in [Path(__file__).resolve(), THEME / "package-lock.json", *sorted(SCRIPTS.rglob("*.js"))]:
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    make()
