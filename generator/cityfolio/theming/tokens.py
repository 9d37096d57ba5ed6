"""The tokens of the theme that comes along, read from its style sheet: name, value on light and on dark pages, and what for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.files import FolderTree
from cityfolio.folders import themes_root
from cityfolio.frozen import Frozen
from cityfolio.reference import MADE_BY

SHEET = "civic/assets/css/tokens.css"
_DECLARED = re.compile(r"^    --([\w-]+): ([^;]+);\s*(?:/\* (.+?) \*/)?$", re.MULTILINE)
_PAIR = re.compile(r"^      --([\w-]+): light-dark\((.+), (#\w+)\);$", re.MULTILINE)

_NAMED = re.compile(r"\.[a-z][\w-]*|(?<![\w.#:\[-])[a-z]+-[a-z-]+(?=[\s,>:{.\[)]|$)")   # ".facts", "list-filter"


class Token(Frozen, kw_only=True):
    """A custom property that a theme may set."""

    name: str      # "--accent"
    light: str
    dark: str      # the same as `light` where the scheme makes no difference
    purpose: str


def tokens() -> tuple[Token, ...]:
    """Every token, in the order of the style sheet."""
    text = FolderTree(themes_root()).read(SHEET).decode()
    dark = {name: value for name, _, value in _PAIR.findall(text)}
    return tuple(Token(name=f"--{name}", light=value, dark=dark.get(name, value), purpose=purpose)
                 for name, value, purpose in _DECLARED.findall(text))


def tokens_reference() -> str:
    """The page about every token, as Markdown."""
    return "\n".join([f"{MADE_BY}\n\n# Tokens of a theme\n\n{_INTRO}", *_rows(), f"\n{_CLASSES}", *_class_rows(), ""])


def _rows() -> Iterator[str]:
    yield "| token | light | dark | what it is for |"
    yield "| --- | --- | --- | --- |"
    for token in tokens():
        dark = f"`{token.dark}`" if token.dark != token.light else "the same"
        yield f"| `{token.name}` | `{token.light}` | {dark} | {token.purpose} |"


def classes() -> dict[str, tuple[str, ...]]:
    """The classes and elements of its own that each style sheet has rules for."""
    tree = FolderTree(themes_root() / "civic" / "assets" / "css")
    found = {}
    for node in tree.nodes():
        text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", tree.read(node.path).decode(), flags=re.DOTALL)
        selectors = " ".join(each for each in re.findall(r"([^{};]+)\{", text) if "@" not in each)
        names = (match[0] for match in _NAMED.finditer(selectors))
        found[node.path] = tuple(sorted({name for name in names if not name.startswith(".leaflet")}))
    return {sheet: names for sheet, names in found.items() if names}


def _class_rows() -> Iterator[str]:
    yield "| style sheet | classes and elements |"
    yield "| --- | --- |"
    for sheet, names in classes().items():
        yield f"| `{sheet}` | {', '.join(f'`{name}`' for name in names)} |"


_CLASSES = """\
## Classes

What the style sheets of `themes/civic/assets/css` have rules for. Each is about one component, and the gallery that
`cityfolio theme gallery` writes shows them all.
"""

_INTRO = """\
Every color, size and space of a page is a token: a custom property of CSS that `:root` has. A city sets those that it wants in
`catalog/theme/tokens.css`, a theme in a style sheet of its own, both in the layer `theme`. What is not set stays as it is here.

```css
@layer theme {
  :root {
    --radius: 0;
    --surface: light-dark(#ffffff, #12100e);
  }
}
```

`accent:` in `site.yaml` sets `--accent`, `--accent-hover`, `--accent-wash` and `--on-accent` for both colors of page. Where a
reader asks for more contrast, `--text-muted` is `--text`, and `--border` is `--border-strong`. Printed pages are light ones.

Keep 4.5 to 1 between words and the ground they stand on: `--text`, `--text-muted` and `--accent` on all three surfaces,
`--on-accent` on `--accent`, `--good`, `--warn` and `--bad` each on its wash. The edges of controls, `--border-strong`, need
3 to 1.
"""
