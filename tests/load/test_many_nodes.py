"""The names in the folder of a very large catalog, told in less room."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.files import LOOK, FolderTree, MemoryTree, Node
from cityfolio.load.many_nodes import ManyNodes
from golden_sites import GOLDEN

PARTS = st.sampled_from(["a", "b", "a-b", "a.b", "é", "data.csv"])
FILES = st.dictionaries(st.lists(PARTS, min_size=1, max_size=4).map("/".join), st.binary(max_size=3), max_size=12)


def listed(tree: FolderTree | MemoryTree) -> dict[str, Node]:
    """Nodes by their paths, as they are."""
    return {node.path: node for node in tree.nodes()}


@given(FILES)
def test_all_names_are_told_as_they_are(files: dict[str, bytes]) -> None:
    nodes = listed(MemoryTree({path: body for path, body in files.items()
                               if not any(other.startswith(f"{path}/") for other in files)}))
    many = ManyNodes(nodes)

    assert [*many.items()] == [*nodes.items()]
    assert len(many) == len(nodes)
    assert many.keys() - {"a"} == nodes.keys() - {"a"}


def test_of_files_on_disk_their_looks_are_told_too() -> None:
    nodes = listed(FolderTree(GOLDEN))

    assert any(len(node.look) == LOOK.size for node in nodes.values())
    assert [(each.bytes, each.look, each.kind) for each in ManyNodes(nodes).values()] \
        == [(each.bytes, each.look, each.kind) for each in nodes.values()]


@pytest.mark.parametrize("path", ["", "a", "/b", "b/", "b/c/d", "/"])
def test_nothing_is_told_of_what_is_not_there(path: str) -> None:
    many = ManyNodes(listed(MemoryTree({"b/c": b"1"})))

    assert path not in many
    assert many.get(path) is None
