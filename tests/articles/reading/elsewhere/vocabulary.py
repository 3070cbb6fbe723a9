"""
JSON-LD held against the vocabulary of schema.org, as a package ships it.

The package's own models take seconds each to be made; its tables of types, properties
and what each may hold say the same.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import schema_org

Node = dict[str, Any]

WORDS = {"Text", "URL"}


def check(graph: Node) -> None:
    """Fail on a type, a name or a value that schema.org does not know."""
    assert graph["@context"] == "https://schema.org"
    nodes = {node["@id"]: node for node in graph["@graph"]}
    assert [wrong for node in graph["@graph"] for wrong in problems(node, nodes)] == []


def problems(node: Node, nodes: dict[str, Node]) -> list[str]:
    kind = node["@type"]
    known = {
        found.schema_name: set(found.ranges)
        for one in ([kind] if isinstance(kind, str) else kind)
        for found in getattr(schema_org, one).SCHEMA_PROPERTIES
    }
    found = []
    for name, values in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            found.append(f"{kind} has no {name}")
            continue
        for value in values if isinstance(values, list) else [values]:
            found += held(value, known[name], f"{name} of {kind}", nodes)
    return found


def held(value: Any, ranges: set[str], where: str, nodes: dict[str, Node]) -> list[str]:
    if isinstance(value, dict):
        node = nodes[value["@id"]] if set(value) == {"@id"} else value
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        types = {t for kind in kinds for t in getattr(schema_org, kind).SCHEMA_TYPES}
        fits = bool(types & ranges)
        return [*([] if fits else [f"{where} is no {kinds}"]), *problems(node, nodes)]
    if ranges & WORDS or ("Date" in ranges and is_day(value)):
        return []
    return [f"{where} is not {value!r}"]


def is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True
