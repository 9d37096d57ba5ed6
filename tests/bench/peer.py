"""The plainest generator one could write with the same libraries: a page a dataset, nothing checked, nothing kept.

What ours costs is printed as a ratio to it, because seconds differ from machine to machine and the ratio does not.
Run as `python peer.py CATALOG OUTPUT`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import markdown
import yaml

PAGE = """<!doctype html><html lang="en"><head><title>{{ d.title }}</title></head><body><h1>{{ d.title }}</h1>{{ text }}
<ul>{% for f in d.files or [] %}<li><a href="{{ f.url }}">{{ f.title }}</a> {{ f.format }}</li>{% endfor %}</ul>
<dl>{% for key, value in d.items() %}<dt>{{ key }}</dt><dd>{{ value }}</dd>{% endfor %}</dl></body></html>"""


def main(catalog: Path, output: Path) -> None:
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    convert = markdown.Markdown(extensions=["tables"])
    for path in sorted(catalog.glob("datasets/*/dataset.yaml")):
        record = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        page = template.render(d=record, text=convert.reset().convert(record.get("description") or ""))
        folder = output / path.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(page)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
