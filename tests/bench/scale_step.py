"""One build, or one removal, in a process of its own; what it took, as one line of JSON on standard output.

    python -m tests.bench.scale_step build FOLDER EXTRACTOR LOG FILE
    python -m tests.bench.scale_step remove FOLDER EXTRACTOR LOG ID

A process of its own starts cold, as a user's does, and its memory is its own. Progress goes to LOG as JSON lines, at
the end of what is there.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import fields
from pathlib import Path

from kg.build import BuildOptions, build, remove
from kg.flow.pool import cpu_seconds
from kg.flow.progress import JsonLog


def main(action: str, folder: str, extractor: str, log: str, what: str) -> None:
    """Do it, and tell the report, with `wall` and `cpu_total` in seconds."""
    options = BuildOptions(extractor=extractor)
    begun = time.monotonic()
    with Path(log).open("a", encoding="utf-8") as out:
        if action == "build":
            report = build([what], folder, options=options, progress=JsonLog(out))
        else:
            report = remove(folder, [what], options=options, progress=JsonLog(out))
    told = {field.name: getattr(report, field.name) for field in fields(report)}
    told |= {"wall": time.monotonic() - begun, "cpu_total": cpu_seconds()}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
