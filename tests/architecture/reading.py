"""The program's own source, as trees that tests can ask."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

APPS = ("articles", "config", "editorial", "reviews")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program by its path, migrations apart."""
    root = Path(settings.BASE_DIR)
    return {
        str(path.relative_to(root)): ast.parse(path.read_text())
        for app in APPS
        for path in sorted((root / app).rglob("*.py"))
        if "migrations" not in path.parts
    }


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
