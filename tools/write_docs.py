"""Writes the reference pages that are drawn from the program: `make docs`. A test holds that they are up to date."""

from __future__ import annotations

from pathlib import Path

from cityfolio.cli import main
from cityfolio.editor_schema import json_schema, schema_names, schema_text
from cityfolio.feeds.mapping import standards_reference
from cityfolio.plugins.reference import plugins_reference
from cityfolio.practice.facts_reference import facts_reference
from cityfolio.reference import catalog_reference, command_reference
from cityfolio.theming.tokens import tokens_reference

DOCS = Path(__file__).resolve().parent.parent / "docs"


def pages() -> dict[str, str]:
    """The text of every page that is drawn from the program, by its path below docs/."""
    schemas = {f"reference/schema/{name}.schema.json": schema_text(json_schema(record))
               for name, record in schema_names().items()}
    return {"reference/catalog.md": catalog_reference(), "reference/commands.md": command_reference(main),
            "reference/standards.md": standards_reference(), "reference/facts.md": facts_reference(),
            "reference/plugins.md": plugins_reference(),
            "reference/theme-tokens.md": tokens_reference(), **schemas}


if __name__ == "__main__":
    for name, text in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(DOCS.parent))
