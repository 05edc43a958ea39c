"""Units and number words that abstracts of machine learning use; from our own reading, nothing copied.

Out: `UNIT`, a pattern that matches a unit right after a number, and `unit_of`, the unit's plain name.
"""

from __future__ import annotations

import re

__all__ = ["NUMBER_WORDS", "SCALES", "UNIT", "unit_of"]

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBER_WORDS = {word: float(value) for value, word in enumerate(_SMALL.split())} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0, "thousand": 1000.0,
}  # fmt: skip
"""Numbers that are written out; counts above twenty are rare in abstracts."""

SCALES = {
    "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12,
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip

_UNITS: tuple[tuple[str, str], ...] = (
    (r"\s?(?:percentage|percent|\\?%)[\s-]points?\b|\s?pp\b|\s?p\.p\.|\s?pts?\b", "percentage points"),
    (r"\s?\\?%|\s?percent\b|\s?per cent\b", "%"),
    (r"(?:\s(?:absolute|relative))?[\s-]points?\b(?!\s+clouds?)", "points"),
    (r"\s?(?:x|X|×|\$?\\times\$?)(?!\s?\d)(?![A-Za-z])|[\s-]times\b|[\s-]?folds?\b", "x"),
    (r"[\s-]orders?[\s-]of[\s-]magnitudes?\b", "orders of magnitude"),
    (r"\s?dB\b", "dB"),
    (r"\s?(?:ms|msec|milliseconds?)\b", "ms"),
    (r"\s?(?:µs|μs|us|microseconds?)\b", "µs"),
    (r"\s?(?:GPU|TPU|CPU)[\s-](?:hours?|days?)\b", "GPU time"),
    (r"\s?(?:s|secs?|seconds?)\b", "s"),
    (r"\s?(?:min|mins|minutes?)\b", "min"),
    (r"\s?(?:h|hrs?|hours?)\b", "h"),
    (r"\s?days?\b", "days"),
    (r"\s?weeks?\b", "weeks"),
    (r"\s?months?\b", "months"),
    (r"\s?(?:fps|FPS|frames per second|frames/s)\b", "fps"),
    (r"\s?[kMG]?Hz\b", "Hz"),
    (r"\s?[TGMK]i?B\b", "bytes"),
    (r"\s?(?:[KMGTPE]?FLOP[sS]?|(?:mega|giga|tera|peta|exa)flops?|[GTM]MACs?)\b", "FLOPs"),
    (r"\s?(?:bits?|bpc|bpp|bpd)\b", "bits"),
    (r"\s?(?:km/h|m/s|mm|cm|km|nm|µm|m)\b", "length"),
    (r"\s?(?:mW|kW|W|mJ|kWh|J|Pa|kPa|Ω|V)\b", "SI"),
    (r"\s?(?:°C?|degrees?|deg\b)", "degrees"),
    (r"\s?(?:USD|dollars?|euros?|EUR)\b", "currency"),
)  # fmt: skip
_AS_WRITTEN = frozenset({"GPU time", "Hz", "bytes", "FLOPs", "bits", "length", "SI", "currency"})

UNIT = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _UNITS))
"""A unit right after a number, with the space before it."""

_NAMED = tuple((re.compile(pattern), name) for pattern, name in _UNITS)


def unit_of(written: str | None) -> str | None:
    """The plain name of a unit as written; units with prefixes stay as written.

    >>> unit_of(" percentage points"), unit_of("\\\\%"), unit_of("×"), unit_of(" exaflops")
    ('percentage points', '%', 'x', 'exaflops')
    """
    if not written:
        return None
    for pattern, name in _NAMED:
        if pattern.fullmatch(written):
            return written.strip() if name in _AS_WRITTEN else name
    return written.strip() or None
