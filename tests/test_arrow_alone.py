"""Arrow is used without pandas, which takes longer to import than a small table takes to read."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import cityfolio
from bench.making_catalogs import write_catalog

PACKAGE = Path(cityfolio.__file__).parent
ALONE = PACKAGE / "arrow_alone.py"


def said_by(program: str, *given: object) -> str:
    run = subprocess.run([sys.executable, "-c", program, *map(str, given)], capture_output=True, text=True, check=True)
    return run.stdout.splitlines()[-1]


def imports_at_work(source: str) -> list[str]:
    """The modules that are imported under another name when a program runs, not only when its types are checked."""
    tree = ast.parse(source)
    unseen = {each for block in ast.walk(tree) if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
              for each in ast.walk(block)}
    return [name.name for each in ast.walk(tree) if isinstance(each, ast.Import) and each not in unseen for name in each.names]


def test_a_build_makes_arrays_and_imports_no_pandas(tmp_path: Path) -> None:
    program = ("import atexit, sys; from cityfolio.cli import main\n"
               "atexit.register(lambda: print(*sorted({'pandas', 'pyarrow'} & set(sys.modules))))\n"
               "main(['build', '-q', '--catalog', sys.argv[1], '--output', sys.argv[2], '--no-cache'])")

    write_catalog(3, tmp_path / "catalog")

    assert said_by(program, tmp_path / "catalog", tmp_path / "site") == "pyarrow"



def test_who_asks_arrow_for_a_frame_of_pandas_gets_it() -> None:
    program = ("from cityfolio.arrow_alone import pa; table = pa.table({'trees': [3, None]})\n"
               "import pandas; back = pa.Table.from_pandas(pandas.DataFrame({'trees': [3]})).to_pydict()\n"
               "print(type(table.to_pandas()).__name__, back, pa.array(pandas.Series(['oak', None])).to_pylist())")

    assert said_by(program) == "DataFrame {'trees': [3]} ['oak', None]"


def test_pandas_can_be_imported_when_arrow_has_asked() -> None:
    assert said_by("import cityfolio.arrow_alone, pandas; print(pandas.Series([1, 2]).sum())") == "3"


def test_all_who_make_arrays_import_arrow_from_there() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path != ALONE]

    assert [path for path in modules if "pyarrow" in imports_at_work(path.read_text())] == []


def test_an_import_for_types_alone_is_not_taken_for_one_at_work() -> None:
    typed = "if TYPE_CHECKING:\n    import pyarrow as pa\n"

    assert (imports_at_work(typed), imports_at_work("def f():\n    import pyarrow as pa\n")) == ([], ["pyarrow"])
