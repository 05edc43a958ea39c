"""Pictures of every view for the documentation: python -m tests.serve.screenshots GRAPH -o DIR.

With Pillow installed they are written in a palette of 256 colours, a third of the size; without it as they come.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from pathlib import Path

from kg.serve import ServeOptions
from tests.serve.chromium import opened, until
from tests.serve.server import running

__all__ = ["VIEWS", "main"]

VIEWS = {
    "start": "/",
    "thing": "/thing/transformer",
    "paper": "/paper/adam-2014",
    "neighbourhood": "/view/graph?at=transformer",
    "map": "/view/map",
    "leaderboard": "/view/leaderboard?dataset=imagenet",
    "rivals": "/view/rivals",
    "growth": "/view/growth",
    "family": "/view/family?of=transformer",
    "paths": "/view/paths?from=bert&to=imagenet",
    "common": "/view/common?paper=bert-2018&paper=roberta-2019&paper=albert-2019",
    "gaps": "/view/gaps",
    "sparql": "/sparql",
}
"""The views and where each is seen; names of the sample corpus."""


SHOTS = (
    *((name, path, "light", 1280) for name, path in VIEWS.items()),
    ("map-dark", VIEWS["map"], "dark", 1280),
    ("thing-dark", VIEWS["thing"], "dark", 1280),
    ("thing-small", VIEWS["thing"], "light", 360),
    ("neighbourhood-small", VIEWS["neighbourhood"], "light", 360),
    ("leaderboard-small", VIEWS["leaderboard"], "dark", 360),
)
"""Name of the file, address, theme, and width in pixels."""


def _smaller(path: Path) -> None:
    if importlib.util.find_spec("PIL") is None:
        return
    image = importlib.import_module("PIL.Image").open(path).convert("RGB")
    # By coverage (1) and not by count (0), so that the few pixels of a small coloured mark keep their colour.
    image.quantize(256, method=1, kmeans=3, dither=0).save(path, optimize=True)


def main(arguments: list[str]) -> int:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    with running(given.graph, ServeOptions(title="Sample corpus")) as server, opened() as browser:
        for name, path, scheme, width in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page.goto(server.address + path)
            until(page, "!!document.querySelector('main h1') && !document.querySelector('.waiting')")
            if name == "sparql":
                page.locator(".yasqe .CodeMirror").first.wait_for()
            page.wait_for_timeout(700)
            target = given.output / f"{name}.png"
            page.screenshot(path=str(target))
            page.close()
            _smaller(target)
            print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
