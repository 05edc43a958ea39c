r"""How the whitespace and the odd characters of a text are cleaned, once, before any offset is counted.

Two rules, one for each kind of input:

    exact   our own JSON and records, where offsets made elsewhere must stay right: every character keeps its place.
            Control characters (other than tab and newline), carriage returns and stray byte order marks become one
            space each, lone surrogates and noncharacters become U+FFFD; both ends are stripped.
    flow    all other formats, where line ends are layout: runs of whitespace (no-break and Unicode spaces too) become
            one space, paragraphs (an empty line between) are joined by one newline, control characters are removed.

What was replaced or removed is counted. Spelling, quotes, LaTeX, bidirectional marks and combining characters stay as
they are: they are text. What it cannot do: mend broken encodings.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Cleaned", "exact", "flow", "one_line"]

REPLACEMENT = "\ufffd"

_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")
_SPACING_CONTROL = re.compile("[\x0b\x0c\r\x1c-\x1f\x85]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


class Cleaned(NamedTuple):
    """A cleaned text, how many control characters went, and how many broken characters became U+FFFD."""

    text: str
    controls: int = 0
    broken: int = 0


def exact(text: str) -> Cleaned:
    r"""Every character in its place; see the module.

    >>> exact(" a\r\x00  b\n").text
    'a    b'
    """
    if text.isprintable():
        return Cleaned(text.strip())
    text, broken = _BROKEN.subn(REPLACEMENT, text)
    text, controls = _CONTROL.subn(" ", text)
    return Cleaned(_SPACING_CONTROL.sub(" ", text).strip(), controls, broken)


def flow(text: str) -> Cleaned:
    r"""Whitespace as layout; see the module.

    >>> flow("We  show\nthat\x00\n\n it\xa0works.").text
    'We show that\nit works.'
    """
    broken = controls = 0
    if not text.isprintable():
        text, broken = _BROKEN.subn(REPLACEMENT, text)
        text, controls = _CONTROL.subn("", text)
    if "\n" not in text:
        return Cleaned(" ".join(text.split()), controls, broken)
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH.split(text))
    return Cleaned("\n".join(part for part in paragraphs if part), controls, broken)


def one_line(text: str) -> str:
    r"""`flow` without paragraphs, for names, venues and other short fields.

    >>> one_line(" Journal\n of\tTests ")
    'Journal of Tests'
    """
    return " ".join(flow(text).text.split())
