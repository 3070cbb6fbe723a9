"""What PDFs need is looked for where it is, and missed by name where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.reading import pango

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    pango.missing.cache_clear()
    yield
    pango.missing.cache_clear()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take a library away from this machine."""

    def take(name: str) -> None:
        monkeypatch.setitem(pango.LIBRARIES, name, ("libnothing.so.0",))

    return take


def test_here_nothing_is_missing(settings: Any) -> None:
    settings.PDF = True

    assert (pango.missing(), pango.said(), pango.is_possible()) == ((), "ready", True)


@pytest.mark.parametrize("name", pango.LIBRARIES)
def test_a_library_that_is_not_here_is_named(
    name: str, settings: Any, without: Any
) -> None:
    settings.PDF = True
    without(name)

    assert pango.missing() == (name,)
    assert (pango.said(), pango.is_possible()) == (f"{name} missing", False)


def test_a_package_that_is_not_here_is_named(
    settings: Any, without: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF = True
    without("Pango")
    monkeypatch.setattr(pango, "find_spec", lambda _name: None)

    assert pango.said() == "Pango, WeasyPrint missing"


def test_a_house_may_do_without(settings: Any, without: Any) -> None:
    settings.PDF = False

    assert (pango.said(), pango.is_possible()) == ("switched off", False)
    without("Pango")
    pango.missing.cache_clear()
    assert pango.said() == "switched off, Pango missing"
