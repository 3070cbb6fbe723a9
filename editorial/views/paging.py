"""Lists in pages of fifty, without counting what nobody looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.http import HttpRequest

PER_PAGE = 50
LAST = 100_000


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list, with the addresses of its neighbours."""

    rows: list[Any]
    number: int
    before: str
    after: str


class Sliceable(Protocol):
    """What reads no more of a list than the slice it is asked for."""

    def __getitem__(self, wanted: slice, /) -> Iterable[Any]: ...


def sliced(request: HttpRequest, found: Sliceable, name: str = "page") -> Slice:
    """The page that the address asks for by `name`; the first when it makes no sense."""
    number = _number(request.GET.get(name, ""))
    start = (number - 1) * PER_PAGE
    rows = list(found[start : start + PER_PAGE + 1])
    return Slice(
        rows[:PER_PAGE],
        number,
        before=_address(request, name, number - 1) if number > 1 else "",
        after=_address(request, name, number + 1) if len(rows) > PER_PAGE else "",
    )


def keyed(
    request: HttpRequest, found: Sequence[Any], spelled: Callable[[Any], str]
) -> Slice:
    """
    A page of a list that is read by key, of what was `found` for it.

    Its address names the last row of the page before, or with `before` the first of
    the page behind; one row more than fits tells that the list goes on.
    """
    is_back = bool(request.GET.get("before"))
    has_more = len(found) > PER_PAGE
    rows = list(found[-PER_PAGE:] if is_back else found[:PER_PAGE])
    goes_back = has_more if is_back else bool(request.GET.get("after"))
    goes_on = has_more or is_back
    return Slice(
        rows,
        0,
        before=_beside(request, before=spelled(rows[0])) if rows and goes_back else "",
        after=_beside(request, after=spelled(rows[-1])) if rows and goes_on else "",
    )


def _number(asked: str) -> int:
    if asked.isascii() and asked.isdigit() and len(asked) <= len(str(LAST)):
        return min(max(int(asked), 1), LAST)
    return 1


def _address(request: HttpRequest, name: str, number: int) -> str:
    query = request.GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


def _beside(request: HttpRequest, **place: str) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update(place)
    return f"?{query.urlencode()}"
