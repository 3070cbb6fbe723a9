"""What a browser says behind a page, collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response

BROKEN = 500
STATUS_TOLD = "the server responded with a status of"
"""Chromium says so of every answer from 400 on; the tests ask for the status itself."""


class Watch:
    """Console messages, script errors, answers of 500, requests that leave the house."""

    def __init__(self, house: str) -> None:
        self.house = house
        self.complaints: list[str] = []

    def over(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if STATUS_TOLD not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.house}/", "data:")):
            self.complaints.append(f"left the house for {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= BROKEN:
            self.complaints.append(f"{response.status} for {response.url}")
