"""Large pictures by WebGL: chosen for real GPUs alone, and the same picture as the canvas draws."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.serve.embed import explorer_page
from tests import samples
from tests.serve.chromium import needs_chromium, opened, until

pytestmark = needs_chromium

SOFTWARE = (
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "llvmpipe (LLVM 15.0.7, 256 bits)",
    "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)",
    "Apple Software Renderer",
    "Mozilla",
    "",
)
"""Drivers that calculate on the processor, and names that tell nothing."""

HARDWARE = "ANGLE (NVIDIA Corporation, NVIDIA GeForce RTX 4060/PCIe/SSE2, OpenGL 4.5.0)"

NAMED = """(name) => {
  const { prototype } = WebGL2RenderingContext, told = prototype.getParameter;
  prototype.getParameter = function (what) { return what === 0x9246 || what === 0x1F01 ? name : told.call(this, what); };
  const { prototype: canvas } = HTMLCanvasElement, made = canvas.getContext;
  canvas.getContext = function (kind, options) { return made.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false }); };
}"""
"""Gives the browser a driver of another name."""

SHOW = """async (scene) => {
  const canvas = document.querySelector('canvas'), picture = canvas.picture;
  const frame = () => new Promise(requestAnimationFrame);
  const before = picture.drawn;
  picture.look = { labels: false };
  picture.show(scene);
  while (picture.drawn === before) await frame();
  await frame();
  return canvas.dataset.renderer;
}"""


PIXELS = """() => {
  const canvas = document.querySelector('canvas'), { width, height } = canvas;
  const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  let text = '';
  for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
  return { height, bytes: btoa(text) };
}"""


def _scene(edges: int) -> dict[str, Any]:
    """A lattice of nodes of all kinds and sizes, each linked to the next ones."""
    kinds = ("TASK", "METHOD", "ARCH", "DATASET", "METRIC")
    nodes = [
        {
            "id": f"n{i}",
            "label": f"thing {i}",
            "x": (i % 40) * 30,
            "y": (i // 40) * 40,
            "r": 3 + i % 9,
            "kind": kinds[i % 5],
            "weight": i,
        }
        for i in range(800)
    ]
    joined = [
        {"a": i % 800, "b": (i * 7 + 1 + i // 800) % 800, "predicate": "usedFor", "label": "used for", "papers": 1}
        for i in range(edges)
    ]
    return {"nodes": nodes, "edges": joined}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The single file."""
    target = tmp_path_factory.mktemp("renderer") / "page.html"
    target.write_bytes(explorer_page(samples.graph()))
    return target.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser whose GPU is calculated: SwiftShader."""
    with opened("--enable-unsafe-swiftshader") as found:
        yield found


def _page(browser: Any, address: str, query: str, driver: str | None = None) -> Any:
    page = browser.new_page(viewport={"width": 700, "height": 520})
    if driver is not None:
        page.add_init_script(f"({NAMED})({driver!r})")
    page.goto(f"{address}{query}#/view/map")
    until(page, "document.querySelector('canvas')?.picture?.drawn > 0")
    return page


def _pixels(page: Any) -> Any:
    """What the canvas shows, (height, width, 4), 0 to 255."""
    found = page.evaluate(PIXELS)
    return np.frombuffer(base64.b64decode(found["bytes"]), dtype=np.uint8).reshape(found["height"], -1, 4).astype(float)


@pytest.mark.parametrize("driver", SOFTWARE)
def test_software_is_not_webgl(browser: Any, address: str, driver: str) -> None:
    """A driver that calculates on the processor, or hides its name, leaves the picture to the canvas."""
    page = _page(browser, address, "", driver)
    assert page.evaluate(SHOW, _scene(3000)) == "canvas"
    page.close()


def test_a_gpu_draws_what_is_large(browser: Any, address: str) -> None:
    """With a real driver a large picture is drawn by WebGL, a small one by the canvas, and the address can say no."""
    page = _page(browser, address, "", HARDWARE)
    assert page.evaluate(SHOW, _scene(3000)) == "webgl"
    assert page.evaluate(SHOW, _scene(100)) == "canvas"
    page.close()
    page = _page(browser, address, "?renderer=canvas", HARDWARE)
    assert page.evaluate(SHOW, _scene(3000)) == "canvas"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_draw_the_same(browser: Any, address: str, scheme: str) -> None:
    """Colours, shapes and places agree: few pixels differ by more than smoothing does, and selection is drawn on top."""
    found = {}
    for renderer in ("canvas", "webgl"):
        page = _page(browser, address, f"?renderer={renderer}")
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(SHOW, _scene(600)) == renderer
        page.evaluate("document.querySelector('canvas').picture.choose(405)")
        page.wait_for_timeout(200)
        found[renderer] = _pixels(page)
        page.close()
    apart = np.abs(found["canvas"] - found["webgl"]).max(axis=2)
    assert found["canvas"].std() > 10
    assert (apart > 64).mean() < 0.01
    assert apart.mean() < 10


def test_a_lost_gpu_is_replaced(browser: Any, address: str) -> None:
    """Where the GPU is taken away, the next drawing is the canvas's."""
    page = _page(browser, address, "?renderer=webgl")
    assert page.evaluate(SHOW, _scene(3000)) == "webgl"
    page.evaluate(
        "document.querySelector('canvas').picture.pens.gl.gl.getExtension('WEBGL_lose_context').loseContext()"
    )
    assert page.evaluate(SHOW, _scene(3000)) == "canvas"
    assert _pixels(page).std() > 10
    page.close()


def test_the_view_works_the_same(browser: Any, address: str, tmp_path: Path) -> None:
    """Keyboard, pointing and saving, with WebGL asked for in the address."""
    errors: list[str] = []
    page = _page(browser, address, "?renderer=webgl")
    page.on("pageerror", lambda error: errors.append(str(error)))
    assert page.evaluate("document.querySelector('canvas').dataset.renderer") == "webgl"
    page.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    until(page, "typeof document.querySelector('canvas').picture.look.chosen === 'number'")
    page.keyboard.press("+")
    for name, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as told:
            page.get_by_role("button", name=name, exact=True).click()
        assert Path(told.value.path()).read_bytes().startswith(begins)
    assert errors == []
    page.close()
