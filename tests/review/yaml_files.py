"""YAML files as different people write them, drawn by hypothesis: the same keys in many ways, with comments everywhere."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.text("abcdefghij klmnop", min_size=1, max_size=30).map(str.strip).filter(bool)
COMMENT = WORDS.map(lambda words: f"# {words}")
LONG = st.lists(st.text("abcdefgh:", min_size=1, max_size=12).filter(lambda word: not word.endswith(":") and word != ":"),
                min_size=5, max_size=60).map(" ".join)


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """What stands behind the colon of a key, in one of the ways YAML has."""
    words = draw(WORDS | LONG)
    ways = [words, f'"{words}"', f"'{words}'", f"|\n  {words}\n\n  {words}", f">\n  {words}\n  {words}\n\n  {words}",
            f"|-\n  {words}", f">-  # why\n  {words}", f"|+\n  {words}\n\n", f"{words}\n  {words}", "", "~"]
    return draw(st.sampled_from(ways))


@st.composite
def lists(draw: st.DrawFn, indent: int) -> str:
    """A list of words, in brackets or a line each, with comments in it."""
    words = draw(st.lists(WORDS, min_size=1, max_size=4))
    margin = " " * draw(st.sampled_from([indent, indent + 2]))
    ways = [f" [{', '.join(words)}]", f" [{', '.join(words)},  # in it\n{margin}  # below\n{margin}]",
            "".join(f"\n{margin}- {word}" for word in words),
            "".join(f"\n{margin}# on {word}\n{margin}-   {word}  # behind" for word in words) + f"\n{margin}# at the end"]
    return draw(st.sampled_from(ways))


@st.composite
def groups(draw: st.DrawFn, indent: int) -> str:
    """Columns, in braces or a line each."""
    names = draw(st.lists(st.text("abcdef", min_size=1, max_size=5), min_size=1, max_size=4, unique=True))
    margin = " " * (indent + draw(st.sampled_from([2, 4])))
    title, comment = draw(WORDS), draw(COMMENT)
    ways = ["".join(f"\n{margin}{name}: {{type: integer, title: {title}}}" for name in names),
            "".join(f"\n{margin}{comment}\n{margin}{name}:  {comment}\n{margin}  type: integer\n\n{margin}  title: {title}"
                    f"\n{margin}  {comment}" for name in names),
            "".join(f"\n{margin}{name}:\n{margin}   title: {title}  {comment}" for name in names) + f"\n{margin}{comment}",
            " {" + ", ".join(f"{name}: {{title: {title},\n{margin}  type: integer}}" for name in names) + "}"]
    return draw(st.sampled_from(ways))


@st.composite
def files(draw: st.DrawFn) -> str:
    """The list `files:` of a dataset, each item begun in one of the ways YAML has."""
    begin = draw(st.sampled_from(["  - path: {0}\n    title: {1}", "  -\n    # inside\n    title: {1}\n    path: {0}",
                                  "  - # behind the dash\n    path: {0}", "  - {{path: {0}, title: {1}}}  # in braces"]))
    names = draw(st.lists(st.sampled_from(["a.csv", "b.csv", "c.csv"]), min_size=1, max_size=3, unique=True))
    items = [begin.format(name, draw(WORDS)) + draw(st.sampled_from(["", "\n    # below", "\n\n"])) for name in names]
    return "\n" + "\n".join(items)


@st.composite
def dataset_files(draw: st.DrawFn) -> str:
    """A whole dataset.yaml."""
    values = {
        "title": scalars(), "summary": scalars(), "description": scalars(), "reason": scalars(), "spatial": scalars(),
        "keywords": lists(0), "topics": lists(0), "columns": groups(0), "files": files(), "contact": st.just(" {email: a@b.c}"),
        "made_up": lists(0), "status": st.just("published  # for now"),
    }
    names = draw(st.lists(st.sampled_from(list(values)), min_size=1, max_size=8, unique=True))
    lines = draw(st.sampled_from([[], ["# yaml-language-server: $schema=dataset.schema.json"], ["---"], ["# About it.", ""]]))
    for name in names:
        lines = [*lines, *draw(st.lists(COMMENT | st.just(""), max_size=3))]
        value = draw(values[name])
        lines.append(f"{name}:{value}" if value.startswith((" ", "\n")) else f"{name}: {value}")
    ends = draw(st.sampled_from(["", "\n", "\n# at the end\n", "\n\n  # further in\n\n"]))
    return ("\n".join(lines) + ends).replace("\n", draw(st.sampled_from(["\n", "\n", "\n", "\r\n"])))
