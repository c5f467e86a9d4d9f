"""The shape of the code: who may import whom, who may touch the terminal, the disk and the network."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.module_order import ORDER

SOURCE = Path(__file__).parent.parent / "src" / "pubtrack"

FLOORS: tuple[tuple[str, ...], ...] = (
    ("model",),
    ("regular_files", "platform_folders", "docx_package"),
    ("config", "csl_json", "citation_scan"),
    ("bibtex",),
    ("csl", "people"),
    ("lists",),
    ("writers",),
    ("matching",),
    ("store",),
    ("compare_bib",),
    ("sources",),
    ("imports",),
    ("exports",),
    ("checks",),
    ("refresh",),
    ("documents",),
    ("site",),
    ("api",),
    ("cli",),
    ("__main__",),
)
"""The rooms from the ground up; a room may import those of lower floors, never its own floor or a higher one."""

ALLOWED = {
    "click": ("cli",),
    "rich": ("cli",),
    "requests": ("sources",),
    "urllib": ("sources", "writers", "lists", "model", "checks", "bibtex"),  # the last five only spell URLs
    "http": ("sources",),
    "socket": ("sources", "store"),  # store only asks for this machine's name, to say who holds a lock
    "pathlib": ("config", "platform_folders", "store", "csl", "documents", "writers", "cli"),
}
"""Modules that only these rooms may import."""


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    """The modules of the rooms; the package's own `__init__` offers names of all floors."""
    return sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """The dotted names that a file imports, at any depth, with their lines."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, node.lineno))
            if node.module == "pubtrack":
                found += ((f"pubtrack.{alias.name}", node.lineno) for alias in node.names)
    return tuple(found)


def test_every_room_has_its_floor() -> None:
    known = {name for floor in FLOORS for name in floor}
    assert {room(path) for path in modules()} <= known


def test_the_map_names_every_room_in_the_order_of_the_floors() -> None:
    page = (SOURCE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    mapped = [
        line.split("`")[1].removesuffix("/").removesuffix(".py") for line in page.splitlines() if line[:3] == "| `"
    ]
    there = {room(path) for path in modules()} - {"__main__"}
    assert set(mapped) - {"styles"} == there
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    floors = [floor[name] for name in mapped if name != "styles"]
    assert floors == sorted(floors)


def test_what_the_map_names_is_there() -> None:
    page = (SOURCE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"\b(?:[a-z_]+/)+(?:[a-z_]+\.py)?", page)
    known = {name for name in named if name.split("/")[0] in {room(path) for path in modules()}}
    assert len(known) > 30
    assert [name for name in sorted(known) if not (SOURCE / name).exists()] == []


def test_few_modules_lie_beside_the_rooms() -> None:
    assert len([path for path in SOURCE.glob("*.py") if path.stem != "__init__"]) <= 6


def test_every_room_says_what_comes_in_and_what_goes_out() -> None:
    rooms = [path for path in SOURCE.iterdir() if (path / "__init__.py").exists() and path.name != "styles"]
    assert 15 <= len(rooms) <= 18
    for path in rooms:
        said = ast.get_docstring(tree(path / "__init__.py")) or ""
        assert re.search(r"\b(?:in|comes? in|go in)\b.*\bout\b", " ".join(said.split())), path.name


def test_no_two_modules_share_a_name_but_those_of_plug_in_folders() -> None:
    """A plug-in folder names its files after formats, services, commands or subjects, which other folders have too."""
    plug_ins = {"writers", "exports", "citation_scan", "sources", "rules", "reports"}
    names: dict[str, list[str]] = {}
    for path in modules():
        if path.name != "__init__.py" and path.parent.name not in plug_ins:
            names.setdefault(path.stem.strip("_"), []).append(str(path.relative_to(SOURCE)))
    assert {name: paths for name, paths in names.items() if len(paths) > 1} == {}


def test_imports_point_down() -> None:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    wrong = []
    for path in modules():
        here = room(path)
        for name, line in imports(path):
            parts = name.split(".")
            if parts[0] != "pubtrack" or len(parts) < 2 or parts[1].startswith("_") or parts[1] == here:
                continue
            if floor[parts[1]] >= floor[here]:
                wrong.append(f"{path.relative_to(SOURCE)}:{line} imports {name}")
    assert wrong == []


def module_name(path: Path) -> str:
    return ".".join(("pubtrack", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


@cache
def dependencies() -> Mapping[str, frozenset[str]]:
    """The modules that each module imports, at any depth and for type checkers only too."""
    paths = {module_name(path): path for path in SOURCE.rglob("*.py")}
    found: dict[str, frozenset[str]] = {}
    for name, path in paths.items():
        targets: set[str] = set()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                targets.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = [f"{node.module}.{alias.name}" for alias in node.names]
                targets.update(one if one in paths else node.module for one in whole)
        found[name] = frozenset(targets & paths.keys())
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter(dependencies()).prepare()  # raises CycleError, which names the circle


def within_room(folder: str) -> Mapping[str, set[str]]:
    """What the modules and subfolders of a folder import of each other."""
    base = f"pubtrack.{folder.replace('/', '.')}"

    def part(name: str) -> str:
        return "__init__" if name == base else name.removeprefix(f"{base}.").partition(".")[0]

    own = {name for name in dependencies() if f"{name}.".startswith(f"{base}.")}
    found: dict[str, set[str]] = {part(name): set() for name in own}
    for name in own:
        found[part(name)] |= {part(other) for other in dependencies()[name] & own} - {part(name)}
    return found


def test_every_room_of_more_than_ten_files_has_an_order() -> None:
    files = Counter(path.parent.relative_to(SOURCE).as_posix() for path in modules())
    assert {folder for folder, count in files.items() if count > 10} - {"."} <= set(ORDER)


@pytest.mark.parametrize("folder", ORDER)
def test_modules_of_a_room_import_earlier_ones_only(folder: str) -> None:
    level = {name: number for number, names in enumerate(ORDER[folder]) for name in names.split()}
    top = len(ORDER[folder])
    imported = within_room(folder)
    assert set(level) <= set(imported)
    wrong = [
        f"{name} imports {other}"
        for name, others in sorted(imported.items())
        for other in sorted(others)
        if level.get(other, top) >= level.get(name, top)
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ALLOWED)
def test_only_its_rooms_import(module: str) -> None:
    users = {room(path) for path in modules() for name, _ in imports(path) if name.split(".")[0] == module}
    assert users <= set(ALLOWED[module])


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input")
    ]
    assert printing == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(SOURCE)) for path in modules() if path.stat().st_size and not ast.get_docstring(tree(path))
    ]
    assert silent == []


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["render", "--help"]])
def test_start_up_imports_only_click_and_the_standard_library(arguments: list[str]) -> None:
    """Nothing that a command needs is loaded before that command runs; only the version is."""
    program = (
        "import sys, contextlib, io; before = set(sys.modules)\n"
        "from pubtrack.cli import main\n"
        "try:\n"
        "    with contextlib.redirect_stdout(io.StringIO()): main(sys.argv[1:])\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(new - set(sys.stdlib_module_names) - {'click', 'pubtrack'}))\n"
        "print(*sorted(n for n in sys.modules if n.startswith('pubtrack.') and not n.startswith('pubtrack.cli')))\n"
    )
    result = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    foreign, own = result.stdout.split("\n")[:2]
    assert foreign == ""
    assert own == "pubtrack.model pubtrack.model.version"


def test_no_two_public_classes_share_a_name() -> None:
    names: dict[str, list[str]] = {}
    for path in modules():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                names.setdefault(node.name, []).append(module_name(path))
    assert {name: places for name, places in names.items() if len(places) > 1} == {}
