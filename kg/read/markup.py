"""Marked-up abstracts to text: HTML as OpenAlex and Zotero have it, JATS as Crossref has it.

Known tags go, each entity is decoded once, and everything else stays: `<script>` or `<s>` in a text is text.
In: a string of one field. Out: a string with paragraphs apart by an empty line. Structured abstracts keep their
labels ("Methods: ..."). What it cannot do: MathML without a TeX alternative, of which the characters remain.

Tags: JATS 1.3 (ANSI/NISO Z39.96), the abstract's part; HTML's phrasing and block elements.
"""

from __future__ import annotations

import html
import re

__all__ = ["plain_text", "superscript"]

_BLOCK = re.compile("p|div|br|sec|title|li|list|ul|ol|h[1-6]|abstract|section|tr|table|disp-formula")
_INLINE = re.compile(  # not <s>, <u> and <q>: in abstracts they are tokens more often than tags
    "i|b|em|strong|sub|sup|span|small|big|font|a|cite|code|kbd|tt|var|mark|abbr|nobr|wbr"
    "|italic|bold|underline|monospace|sc|ext-link|xref|named-content|styled-content|roman|uri|email|fn|label"
    "|inline-graphic|inline-formula|alternatives|tex-math|math|mrow|mi|mn|mo|msub|msup|msubsup|mfrac|mtext|mstyle"
    "|mover|munder|munderover|msqrt|mspace|mfenced|semantics|annotation|mtable|mtr|mtd"
)
_NS = r"(?:[a-z]{1,10}:)?"
_ATTRIBUTES = r"(?:\s+[\w:.-]{1,40}\s*=\s*(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'))*"
_TAG = re.compile(rf"<(/?){_NS}([a-z][a-z0-9-]{{0,20}}){_ATTRIBUTES}\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_PARAGRAPH = rf"(?:\s*<{_NS}p{_ATTRIBUTES}\s*>)?"
_TITLE = re.compile(rf"<{_NS}title{_ATTRIBUTES}\s*>([^<>]{{0,200}})</{_NS}title>{_PARAGRAPH}", re.IGNORECASE)


def _enclosed(opening: str, closing: str) -> re.Pattern[str]:
    """What stands between two marks. It never looks past the next opening mark, so that no input makes it slow."""
    inside = rf"((?:(?!{opening}|{closing}).){{0,20000}})"
    return re.compile(f"{opening}{inside}{closing}", re.IGNORECASE | re.DOTALL)


_TEX = _enclosed(rf"<{_NS}tex-math{_ATTRIBUTES}\s*>", f"</{_NS}tex-math>")
_ALTERNATIVES = _enclosed(f"<{_NS}alternatives>", f"</{_NS}alternatives>")
_CDATA = _enclosed(r"<!\[CDATA\[", r"\]\]>")
_COMMENT = _enclosed("<!--", "-->")
_SUP = re.compile(r"(.?)<(?:jats:)?sup>([^<>]{1,20})</(?:jats:)?sup>", re.IGNORECASE | re.DOTALL)
_EXPONENT = re.compile(r"[-+−–]?[0-9]+(?:\.[0-9]+)?|[a-z]", re.IGNORECASE)
_NOT_LABELS = frozenset({"abstract", "summary", ""})


def plain_text(marked: str) -> str:
    """The text of a marked-up field.

    >>> plain_text("<jats:title>Abstract</jats:title><jats:p>At 10<jats:sup>3</jats:sup> &lt; n &amp; more.</jats:p>")
    'At 10^3 < n & more.'
    """
    if "<" in marked:
        marked = _COMMENT.sub("", _CDATA.sub(lambda found: html.escape(found[1], quote=False), marked))
        marked = _ALTERNATIVES.sub(_tex_of, marked)
        marked = _TITLE.sub(_label, marked)
        marked = _SUP.sub(lambda found: found[1] + superscript(found[1], found[2]), marked)
        marked = _TAG.sub(_tag, marked)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), marked).strip()


def superscript(before: str, raised: str) -> str:
    """A raised text on the line: with a caret where it is a power, else as it is.

    >>> superscript("0", "-3"), superscript("1", "st")
    ('^-3', 'st')
    """
    power = _EXPONENT.fullmatch(raised.strip()) and before[-1:].isalnum()
    return f"^{raised.strip()}" if power else raised


def _tex_of(found: re.Match[str]) -> str:
    """Of several forms of a formula the TeX one, if there is one, else all that is there."""
    tex = _TEX.search(found[1])
    return tex[1] if tex else found[1]


def _label(found: re.Match[str]) -> str:
    label = found[1].strip().rstrip(":.")
    return "<p>" if label.lower() in _NOT_LABELS else f"<p>{label}: "


def _tag(found: re.Match[str]) -> str:
    name = found[2].lower()
    if _BLOCK.fullmatch(name):
        return "\n\n"
    return "" if _INLINE.fullmatch(name) else found[0]
