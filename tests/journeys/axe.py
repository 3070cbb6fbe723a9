"""axe-core in the page, at two widths and in both schemes, without exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

WIDE, PHONE, NARROWEST = 1280, 360, 320
Look = tuple[int, str]
LOOKS = (((WIDE, "light"), (PHONE, "dark")), ((PHONE, "light"), (WIDE, "dark")))
"""Each page is seen at both widths and in both schemes; the pairs take turns."""

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules to which a scheme makes a difference."""

RUN = """async (only) => {
  await Promise.all(document.getAnimations().map((fade) => fade.finished));
  const some = only.length ? {runOnly: only} : {};
  const found = await axe.run({resultTypes: ["violations"], preload: false, ...some});
  return found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""
UNFOLD = '() => document.querySelectorAll("details").forEach((d) => { d.open = true })'
TOO_WIDE = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame().then(frame);  // what follows the window's width has followed it
  return document.documentElement.scrollWidth > document.documentElement.clientWidth;
}"""


def violations(page: Page, turn: int = 0) -> list[str]:
    """What axe finds wrong with the page, with all that is folded away open."""
    return _looked_at(page, LOOKS[turn % 2])


def everywhere(page: Page) -> list[str]:
    """The same at both widths, each in both schemes."""
    return _looked_at(page, LOOKS[0], colours=LOOKS[1])


def _looked_at(
    page: Page, looks: Iterable[Look], colours: Iterable[Look] = ()
) -> list[str]:
    page.evaluate(f"() => {{ {AXE_SCRIPT}; }}")
    page.evaluate(UNFOLD)
    found = [line for look in looks for line in _seen(page, *look)]
    found += [line for look in colours for line in _seen(page, *look, only=COLOURS)]
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    if page.evaluate(TOO_WIDE):
        found.append(f"{page.url} is wider than {NARROWEST} pixels")
    return found


def _seen(page: Page, width: int, scheme: Any, only: Iterable[str] = ()) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    where = f"{page.url} at {width}, {scheme}"
    return [f"{where}: {line}" for line in page.evaluate(RUN, list(only))]
