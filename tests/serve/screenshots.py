"""Pictures of every view for the documentation: python -m tests.serve.screenshots GRAPH -o DIR."""

from __future__ import annotations

import argparse
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
    "common": "/view/common?paper=adam-2014&paper=dropout-2014",
    "gaps": "/view/gaps",
    "sparql": "/sparql",
}
"""The views and where each is seen; names of the sample corpus."""


def main(arguments: list[str]) -> int:
    """Take them, 1280 by 800, and the map once more in the dark theme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    with running(given.graph, ServeOptions(title="Sample corpus")) as server, opened() as browser:
        shots = [(name, path, "light") for name, path in VIEWS.items()] + [("map-dark", VIEWS["map"], "dark")]
        for name, path, scheme in shots:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
            page.goto(server.address + path)
            until(page, "!!document.querySelector('main h1') && !document.querySelector('.waiting')")
            page.wait_for_timeout(700)
            page.screenshot(path=str(given.output / f"{name}.png"))
            page.close()
            print(given.output / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
