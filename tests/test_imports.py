"""The import rule: ``ingest → index ← bot → prompts``; evaluation may use them; none goes back."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
ROOMS = ("bot", "ingest", "index", "prompts", "evaluation", "training")
"""``training`` stands above all others, like ``evaluation``: nothing imports it."""
FORBIDDEN = {
    "index": {"training", "bot", "ingest", "prompts", "evaluation"},
    "ingest": {"training", "bot", "prompts", "evaluation"},
    "bot": {"training", "ingest", "evaluation"},
    "prompts": {"training", "bot", "ingest", "index", "evaluation"},
    "evaluation": {"training"},
}
OWNERS = {
    "faiss": ["index/vectors.py"],
    "bm25s": ["index/lexical.py"],
    "underthesea": ["index/text.py"],
    "onnxruntime": ["index/onnx_encoder.py"],
    "tokenizers": ["index/onnx_encoder.py"],
    "langchain_huggingface": ["index/encoder.py"],
    "langchain_openai": ["ingest/suggest/model.py"],
}
LOADERS = ("import_module", "__import__", "run_module")


def imported(source: str) -> set[str]:
    """The top-level modules that ``source`` imports anywhere, also by a constant name."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", None))
            if called in LOADERS:
                found.add(str(node.args[0].value))
    return {name if name.startswith(".") else name.partition(".")[0] for name in found}


def files(room: str) -> Iterator[Path]:
    return (p for p in sorted((REPOSITORY / room).rglob("*.py")) if "__pycache__" not in p.parts)


def importers(module: str, rooms: tuple[str, ...] = ROOMS) -> list[str]:
    return [
        path.relative_to(REPOSITORY).as_posix()
        for room in rooms
        for path in files(room)
        if module in imported(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import bot.answer as a, os", {"bot", "os"}),
        ("def f():\n    from ingest.read import read", {"ingest"}),
        ("if False:\n    from . import sibling", {"."}),
        ("importlib.import_module('evaluation.speed')", {"evaluation"}),
        ("__import__('bot')", {"bot"}),
        ("'import bot'", set()),
    ],
)
def test_every_way_of_importing_is_seen(source: str, modules: set[str]) -> None:
    assert imported(source) == modules


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_files_to_look_at(room: str) -> None:
    assert f"{room}/__init__.py" in [p.relative_to(REPOSITORY).as_posix() for p in files(room)]


@pytest.mark.parametrize(
    ("room", "other"), [(room, other) for room in FORBIDDEN for other in sorted(FORBIDDEN[room])]
)
def test_no_file_of_a_room_imports_a_room_it_must_not_know(room: str, other: str) -> None:
    assert importers(other, (room,)) == []


@pytest.mark.parametrize("library", OWNERS)
def test_a_search_library_is_imported_by_one_file(library: str) -> None:
    product = tuple(room for room in ROOMS if room != "training")  # training makes their files
    assert importers(library, product) == OWNERS[library]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_are_absolute(room: str) -> None:
    wrong = {
        path.name: names
        for path in files(room)
        if (names := {n for n in imported(path.read_text("utf-8")) if n.startswith(".")})
    }
    assert wrong == {}


def test_there_is_no_folder_for_everything_else() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    folders = {part for path in listed for part in Path(path).parts[:-1]}
    on_disk = {p.name for p in REPOSITORY.iterdir() if p.is_dir()}
    names = {"common", "utils", "util", "helpers"}
    assert (folders | on_disk) & names == set()


def test_no_test_package_hides_a_room() -> None:
    assert [str(p) for p in (REPOSITORY / "tests").rglob("__init__.py")] == []
