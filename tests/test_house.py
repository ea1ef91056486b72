"""The house: rooms that import one way and by their doors, each with an example, in files of a readable size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from doctest import DocTestParser
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

RAG = ROOT / "rag"
# from what knows nothing of the others to what knows them all; those of one level do not know each other
LEVELS = (
    ("schema", "errors"),
    ("interfaces", "settings", "citation"),
    ("language",),
    ("read",),
    ("bind",),
    ("ledger", "search"),
    ("index",),
    ("check",),
    ("ask",),
    ("adapters",),
    ("wiring", "jsonform"),
    ("commands", "ui"),
    ("cli",),
    ("__main__",),
)
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}
ROOMS = sorted(path.parent.name for path in RAG.glob("*/__init__.py"))
# rooms whose parts are opened one by one, because each loads heavy packages of its own
CLOSED = set(ROOMS) - {"adapters", "commands", "ui"}
# the page checks uploads as the command does, and the command starts the page
BETWEEN = {("rag/ui/desk.py", "rag.commands.verification"), *(
    ("rag/commands/page.py", name) for name in ("rag.ui.access", "rag.ui.server")
)}  # fmt: skip
LONGEST = 300  # lines
LONGER = {"rag/schema.py": "every value of the program stands in one place"}  # file: why it may be longer


@dataclass(frozen=True)
class Import:
    """A file of the package that imports a module of it."""

    file: Path
    module: str

    @property
    def room(self) -> str:
        """The room, or the module at the top, that imports."""
        return self.file.relative_to(RAG).with_suffix("").parts[0]

    @property
    def into(self) -> str:
        """The room, or the module at the top, that is imported."""
        return self.module.split(".")[1]

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)} imports {self.module}"


def sources() -> list[Path]:
    return sorted(RAG.rglob("*.py"))


@cache
def doors(file: Path) -> frozenset[str]:
    """The names that a door opens to others."""
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
    opening = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return frozenset(alias.asname or alias.name for node in opening for alias in node.names)


def modules_of(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports; `from rag.room import module` is one of `rag.room.module`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        path = ROOT / (node.module or "").replace(".", "/")
        for alias in node.names:
            inner = (path / f"{alias.name}.py").exists() or (path / alias.name).is_dir()
            opened = alias.name in doors(path / "__init__.py")  # a function by the name of its module
            yield f"{node.module}.{alias.name}" if inner and not opened else node.module or ""


def imports() -> Iterator[Import]:
    """Every import of a module of the package from outside its room, also those made late or for types."""
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for module in modules_of(node):
                found = Import(file, module)
                if module.startswith("rag.") and found.into != found.room:
                    yield found


IMPORTS = sorted(set(imports()), key=str)


def test_every_room_has_its_place_in_the_order() -> None:
    top = {path.stem for path in RAG.glob("*.py")} - {"__init__"}
    assert set(LEVEL) == {*ROOMS, *top}


def test_nobody_imports_from_where_it_stands() -> None:
    for file in sources():
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes), file


def test_imports_go_one_way() -> None:
    wrong = [
        str(found)
        for found in IMPORTS
        if LEVEL[found.into] >= LEVEL[found.room]
        and (found.file.relative_to(ROOT).as_posix(), found.module) not in BETWEEN
    ]
    assert not wrong, "\n".join(wrong)


def test_rooms_are_entered_by_their_door() -> None:
    wrong = [str(found) for found in IMPORTS if found.into in CLOSED and found.module.count(".") > 1]
    assert not wrong, "\n".join(wrong)


def test_only_the_wiring_knows_the_adapters() -> None:
    assert {found.room for found in IMPORTS if found.into == "adapters"} == {"wiring"}


def test_adapters_know_what_they_carry() -> None:
    known = {found.into for found in IMPORTS if found.room == "adapters"}
    assert known <= {"schema", "errors", "interfaces", "read", "search"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_comes_in_and_what_goes_out(room: str) -> None:
    text = ast.get_docstring(ast.parse((RAG / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    told, _, _ = text.partition(">>>")
    assert len(told.split()) > 5, f"rag/{room}/__init__.py says nothing of the room"
    shown = [example for example in DocTestParser().get_examples(text) if example.want]
    assert shown, f"rag/{room}/__init__.py shows no example"


@pytest.mark.parametrize("room", sorted(CLOSED))
def test_the_door_names_all_that_it_opens(room: str) -> None:
    tree = ast.parse((RAG / room / "__init__.py").read_text(encoding="utf-8"))
    (named,) = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    ]
    assert len(set(named)) == len(named)
    assert set(named) == doors(RAG / room / "__init__.py")


def test_no_file_is_too_long_to_read() -> None:
    lines = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in sources()
    }
    assert {name for name, count in lines.items() if count > LONGEST} == set(LONGER)


def test_every_data_file_has_a_reader() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in sources())
    read = set(re.findall(r'(?:load_toml|load_tsv|read_text)\(\s*"([\w./]+)"', code))
    for file in RAG.glob("*/data/*"):
        assert f"{file.parent.parent.name}/{file.name}" in read, file
    for file in (*RAG.glob("ui/assets/*"), *RAG.glob("ui/templates/*")):
        assert re.search(rf"""["']{re.escape(file.name)}["']""", code), file
