"""How a query's process and its parent talk: one byte, the length of the body in four, the body."""

from __future__ import annotations

import struct

__all__ = ["HEADER", "HELD"]

HEADER = struct.Struct(">cI")
"""How a frame begins: its kind and the length of its body."""

HELD = 1 << 21
"""Bytes of an answer that are held back before the first frame: what ends within them has its status told truly."""
