"""A real Chromium, headless, for tests."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.serve.pages import ASSETS

__all__ = ["AXE", "needs_chromium", "opened", "serious", "until"]

AXE = ASSETS.parent / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_FOUND = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _missing() -> bool:
    try:
        import playwright.sync_api
    except ImportError:
        return True
    return _FOUND is None or playwright.sync_api is None


needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(_missing(), reason="Chromium or playwright is not installed"),
]
"""Marks of a test that drives a browser."""


@contextmanager
def opened(*flags: str) -> Iterator[Any]:
    """A browser; `flags` come after those that keep it quiet."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_FOUND, args=[*_FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


def until(page: Any, expression: str, *, seconds: float = 20.0) -> Any:
    """Wait until an expression is true in the page; works under a policy without eval. Gives its value."""
    deadline = time.monotonic() + seconds
    while not (value := page.evaluate(expression)):
        if time.monotonic() > deadline:
            raise AssertionError(f"not so after {seconds} s: {expression}")
        page.wait_for_timeout(40)
    return value


def serious(page: Any) -> list[str]:
    """What axe-core finds that is serious or critical: rule, and the first place."""
    page.evaluate(Path(AXE).read_text(encoding="utf-8") + "; 0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{item['id']}: {item['nodes'][0]['html'][:160]} {item['nodes'][0]['failureSummary'][:200]}"
        for item in found["violations"]
        if item["impact"] in ("serious", "critical")
    ]
