"""Writes docs/map.md: every module of src/merilo with the first sentence of its docstring, room by room."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "docs" / "map.md"
HEAD = """# Where things are

Every module and what it is for, in the words of its own first sentence. Written by `make docs`; a test says
when it is out of date. How the rooms hang together is in [architecture.md](architecture.md).
"""


def make_map(root: Path = ROOT) -> str:
    """The text of docs/map.md."""
    source = root / "src"
    rooms: dict[str, list[Path]] = {}
    for path in sorted(source.glob("merilo/**/*.py")):
        rooms.setdefault(path.parent.relative_to(source).as_posix(), []).append(path)
    return HEAD + "".join(_room(name, files) for name, files in sorted(rooms.items()))


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring on one line; empty where there is none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", paragraph)[0]


def _room(name: str, files: list[Path]) -> str:
    """One section: the package's own sentence, then a table of its modules."""
    package = [path for path in files if path.name == "__init__.py"]
    modules = [path for path in files if path.name != "__init__.py"]
    text = f"\n## {name}\n"
    text += "".join(f"\n{first_sentence(path)}\n" for path in package)
    if modules:
        text += "\n| file | what it is for |\n|---|---|\n"
        text += "".join(f"| [{path.name}](../src/{name}/{path.name}) | {_cell(path)} |\n" for path in modules)
    return text


def _cell(path: Path) -> str:
    """The module's sentence as a table cell."""
    return first_sentence(path).replace("|", "\\|")


def main() -> None:
    """Write the file."""
    MAP.write_text(make_map(), encoding="utf-8")


if __name__ == "__main__":
    main()
