"""A page of the explorer whose requests, errors and dialogs are written down."""

from __future__ import annotations

from typing import Any

from tests.serve.chromium import until

__all__ = ["Watched"]


class Watched:
    """One context with one page; what it asked for and what went wrong."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.base = address
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("console", lambda told: self.errors.append(told.text) if told.type == "error" else None)

    def _dialog(self, dialog: Any) -> None:
        self.errors.append("a dialog opened")
        dialog.dismiss()

    def go(self, path: str) -> Any:
        """Open an address and wait until its answer stands there."""
        self.page.goto("about:blank")
        self.page.goto(self.base + path)
        # A busy machine may take its time: what is told apart here is an answer from none.
        until(self.page, "!!document.querySelector('main h1')", seconds=90)
        until(self.page, "!document.querySelector('.waiting')", seconds=90)
        return self.page
