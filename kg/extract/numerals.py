"""Numbers in running text, one by one: sign, digits, scale, tolerance, unit, and the modifier before.

In: a text. Out: `Numeral`s in order, each with the span of the number itself and of the number with its modifier.
`kg.extract.quantities` joins them to ranges and changes. Numbers inside names (CIFAR-10, GPT-2, v1.0, top-1, 3D,
mAP@0.5), years, list markers and references are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.domain import QuantityKind
from kg.extract.units import SCALES, UNIT, unit_of

__all__ = ["DIGITS", "LIMITS", "Numeral", "limit_before", "numerals"]

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_NUMBER = re.compile(
    r"(?<![\w.,@#/\\^_{}])(?<![A-Za-z_)\]{^][-−–])"
    rf"(?P<sign>(?<![\w%)])[-+−])?(?P<digits>{DIGITS})"
    r"(?P<power>[eE][-+−]?\d+(?!\w)|\$?\s?(?:×|x|\\times|\\cdot)\s?10\s?\^?\s?\{?[-−]?\d+\}?|(?<=10)\^\{?[-−]?\d+\}?)?"
)
_SCALE = re.compile(r"\s?(?:hundred|thousand|million|billion|trillion)s?\b|[kKMBT](?![A-Za-z])")
_TOLERANCE = re.compile(rf"\s?(?:±|\+/-|\+-|\$?\s?\\pm\s?\$?)\s?({DIGITS})")
_GLUED = re.compile(r"[A-Za-z_@^]|-(?!fold|times|point|order|\d)\w|\.\d|,\d|/\w")
_OPENING = re.compile(
    r"(?:[$€£(]\s?)?(?P<sign>(?:\\(?:sim|approx|leq?|geq?|lt|gt)\b|(?<![\d%])[<>≤≥~≈∼])=?)?\s?(?:\$\s?)?$"
)

LIMITS: dict[str, QuantityKind] = (
    dict.fromkeys(
        ("up to", "upto", "at most", "no more than", "less than", "fewer than", "lower than", "under", "below", "within",
         "as much as", "as many as", "as high as"),
        QuantityKind.UPPER_BOUND,
    )
    | dict.fromkeys(
        ("more than", "over", "at least", "greater than", "higher than", "larger than", "exceeding", "above", "no less than",
         "as little as", "as few as", "as low as", "down to", "beyond"),
        QuantityKind.LOWER_BOUND,
    )
    | dict.fromkeys(
        ("about", "around", "approximately", "roughly", "nearly", "almost", "close to", "approx.", "approx", "circa"),
        QuantityKind.APPROXIMATE,
    )
)  # fmt: skip
"""Words before a number that make it a limit or an estimate."""

_SIGNS = {
    **dict.fromkeys(("<", "≤", "\\le", "\\leq", "\\lt"), QuantityKind.UPPER_BOUND),
    **dict.fromkeys((">", "≥", "\\ge", "\\geq", "\\gt"), QuantityKind.LOWER_BOUND),
    **dict.fromkeys(("~", "≈", "∼", "\\sim", "\\approx"), QuantityKind.APPROXIMATE),
}
_LIMIT = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, LIMITS), key=len, reverse=True)) + r")\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|until|by|during|year)|et al\.?,?|[,(;&]|[A-Z][\w'’]+|(?:19|20)\d\d\s?[-–])\s?$"
)
_ORDINAL_BEFORE = re.compile(
    r"\b(?:[Ff]ig(?:ure|s?\.)|[Ss]ec(?:tion|\.)|[Tt]able|[Ee]q(?:uation|\.)|[Vv](?:ersion|er\.|\.)|[Tt]op|[Pp]hase|[Ss]tage|"
    r"[Ss]tep|[Tt]ask|[Pp]art|[Cc]hapter|[Ll]evel|[Tt]rack|[Ss]ubtask)\s?$"
)
_NAME_BEFORE = re.compile(r"(?:\b[A-Z]{2,}\w*|\b[A-Z]\w*[a-z]\w*[A-Z]\w*)\s$")
_MARKER_BEFORE = re.compile(r"(?:^|[\s;:,.])\(?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """One number. `start` includes modifier and sign, `core` is where sign or digits begin, `end` includes the unit."""

    start: int
    core: int
    end: int
    value: float
    scale: float = 1.0
    unit: str | None = None
    limit: QuantityKind | None = None
    tolerance: float | None = None
    signed: bool = False


def limit_before(text: str, start: int) -> tuple[int, QuantityKind | None]:
    """The modifier that ends right before a place: where it begins, and what it makes of the number.

    >>> limit_before("by up to 5", 9)
    (3, <QuantityKind.UPPER_BOUND: 'upper bound'>)
    """
    match = _LIMIT.search(text, max(0, start - 30), start)
    return (match.start(), LIMITS[match.group(1).lower()]) if match else (start, None)


def numerals(text: str) -> Iterator[Numeral]:
    """All numbers of a text that are quantities, in order."""
    position = taken = 0
    while (match := _NUMBER.search(text, position)) is not None:
        numeral = _numeral(text, match)
        position = max(match.end(), numeral.end if numeral else 0)
        if numeral is not None:
            # the sign that closes one number may look like the one that opens the next: "$0$0"
            yield replace(numeral, start=max(numeral.start, taken))
            taken = numeral.end


def _numeral(text: str, match: re.Match[str]) -> Numeral | None:
    end, factor = match.end(), 1.0
    if scale := _SCALE.match(text, end):
        end, factor = scale.end(), SCALES[scale.group().strip().removesuffix("s") or "1"]
    tolerance = None
    if spread := _TOLERANCE.match(text, end):
        end, tolerance = spread.end(), float(spread.group(1).replace(",", ""))
    core = match.start()
    opening = _OPENING.search(text, max(0, core - 16), core)
    sign, start = None, core
    if opening is not None:
        sign, start = opening["sign"], opening.start()
        while start < core and text[start] in " (\n\t":
            start += 1
        if text[start:core].count("$") == 1 and text[end : end + 1] == "$":
            end += 1
    unit = UNIT.match(text, end)
    if unit is not None and unit.end() > end:
        end = unit.end()
        if text[end : end + 1] == "$" and text[start:core].count("$") == 1:
            end += 1
    if _GLUED.match(text, end) or _is_label(text, match, start, end):
        return None
    core = start
    limit = _SIGNS.get((sign or "").rstrip("="))
    start, worded = limit_before(text, core)
    return Numeral(
        start=start,
        core=core,
        end=end,
        value=_value(match) * factor,
        scale=factor,
        unit=unit_of(unit.group() if unit else None),
        limit=worded or limit,
        tolerance=tolerance,
        signed=match["sign"] is not None,
    )


def _value(match: re.Match[str]) -> float:
    digits = match["digits"].replace(",", "")
    minus = "-" if match["sign"] in ("-", "−") else ""
    power = re.search(r"([-−+]?\d+)\}?$", match["power"][1:] if match["power"] else "")
    exponent = power.group(1).replace("−", "-") if power else "0"
    if power and match["power"].startswith("^"):
        digits = "1"
    elif power and match["power"][0] not in "eE":
        exponent = re.sub(r"^10(?=-?\d)", "", exponent)
    return float(f"{minus}{digits}e{exponent}")


def _is_label(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a bare number is a list marker, a year, a reference or the last part of a name."""
    if text[start:end] != match["digits"]:
        return False
    digits, before, after = match["digits"], text[max(0, start - 24) : start], text[end : end + 1]
    if after in (")", "]") and digits.isdigit() and len(digits) < 3 and _MARKER_BEFORE.search(before):
        return True
    if after == "." and digits.isdigit() and len(digits) < 3 and not before.strip():
        return True
    if before.endswith("[") or (_YEAR.fullmatch(digits) and _YEAR_BEFORE.search(before)):
        return True
    return bool(
        _ORDINAL_BEFORE.search(before) or (_NAME_BEFORE.search(before) and "." not in digits[:-2] and len(digits) < 4)
    )
