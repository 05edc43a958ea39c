"""Loads an extractor in the fork server, before any worker is forked from it: workers share its pages and start at once.

Imported by name, with the extractor's name in the environment (`WARM`). On Linux alone: elsewhere libraries with
threads of their own do not survive a fork. A session of onnxruntime with one thread has none.
Measured with the trained model: 240 MB and 3 s once, then 16 MB a worker.
What it cannot do: fail; what cannot be loaded here is told by the worker that needs it.
"""

from __future__ import annotations

import contextlib
import os
import sys

from kg.errors import KgError

__all__ = ["WARM"]

WARM = "KG_WARM_EXTRACTOR"

if (_name := os.environ.get(WARM)) and sys.platform == "linux":
    from kg.flow.settings import extractor_of

    with contextlib.suppress(KgError):
        extractor_of(_name)
