"""The program's own source, as trees that tests can ask."""

from __future__ import annotations

import ast
from pathlib import Path

APPS = ("articles", "config", "editorial", "reviews")
ROOT = Path(__file__).resolve().parents[2]

# Read while the tests are collected: once a browser's greenlets have run in this
# thread, Python 3.11 may lose count of its recursion inside the parser.
TREES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text())
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
}


def modules() -> dict[str, ast.Module]:
    """Every module of the program by its path, migrations apart."""
    return TREES


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    """Calls of a function or method of that name."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == name
    ]


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def imported(tree: ast.AST) -> set[str]:
    """Everything a module imports, by its full name."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                found |= {f"{module}.{alias.name}" for alias in names}
    return found


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def where(found: dict[str, bool]) -> list[str]:
    """The modules of which it is true."""
    return [path for path, true in found.items() if true]
