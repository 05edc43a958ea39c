r"""LaTeX accents and escapes of BibTeX fields to characters; formulae stay as they are.

`M{\"u}ller` becomes `Müller`, `5\%` becomes `5%`, `{BERT}` becomes `BERT`; `$x_{1}$` is left alone, and so is every
command that is not an accent or a character. What it cannot do: typeset.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["decode_latex"]

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "i": "ı", "j": "ȷ", "dj": "đ", "DJ": "Đ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°",
    "textbackslash": "\\", "textasciitilde": "~", "textunderscore": "_", "ldots": "…", "dots": "…", "textmu": "µ",
}  # fmt: skip

_MATH = re.compile(  # none looks past the next mark of its kind, so that no input makes it slow
    r"(?<!\\)\$\$(?:(?!\$\$).){0,20000}\$\$"
    r"|(?<!\\)\$(?:[^$\\]|\\.){0,20000}\$"
    r"|\\\((?:(?!\\[()]).){0,20000}\\\)"
    r"|\\\[(?:(?!\\[\[\]]).){0,20000}\\\]",
    re.DOTALL,
)
_ACCENT = re.compile(
    r"""\{?\\(?:(?P<mark>[`'^~"=.])\s*|(?P<word>[uvHcdbkr])(?:\s+|(?=\{)))"""
    r"""(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z]))(?P<close>\}?)"""
)
_NAMED = re.compile(
    r"\{?\\(" + "|".join(sorted(_LETTERS, key=lambda name: (-len(name), name))) + r")(?![A-Za-z])(?:\{\}|\s(?=\S)|\})?"
)
_ESCAPED = re.compile(r"\\([%&#_{}$])")
_TIE = re.compile(r"(?<!/)~")
_BRACE = re.compile(r"[{}]")
_BEFORE_ARGUMENT = re.compile(r"(?:\\[A-Za-z]{1,30}|[_^]|\\[A-Za-z]{1,30}\})\Z")
_HIDDEN = {"{": "\ue000", "}": "\ue001", "$": "\ue002"}
_SHOWN = str.maketrans({hidden: shown for shown, hidden in _HIDDEN.items()})
_STYLE = re.compile(r"\\(?:emph|text(?:bf|it|tt|rm|sc|sf|up)|mbox|url)(?=\s*\{)")


def decode_latex(value: str) -> str:
    r"""The text of a BibTeX value.

    >>> decode_latex(r"{BERT} by M{\"u}ller: 5\% of $x_{1}$")
    'BERT by Müller: 5% of $x_{1}$'
    """
    if not any(mark in value for mark in "\\{}~"):
        return value
    parts: list[str] = []
    end = 0
    for formula in _MATH.finditer(value):
        parts += [_decode_prose(value[end : formula.start()]), formula[0]]
        end = formula.end()
    return "".join([*parts, _decode_prose(value[end:])])


def _decode_prose(text: str) -> str:
    text = _ACCENT.sub(_accented, text)
    text = _NAMED.sub(lambda found: _LETTERS[found[1]], text)
    text = _ESCAPED.sub(lambda found: _HIDDEN.get(found[1], found[1]), text)
    text = _STYLE.sub("", text)
    text = _TIE.sub(" ", text)
    return (_without_braces(text) if "{" in text or "}" in text else text).translate(_SHOWN)


def _without_braces(text: str) -> str:
    """Without the braces that only group; those that hold the argument of a command stay."""
    kept: list[str] = []
    open_braces: list[bool] = []
    end = 0
    for found in _BRACE.finditer(text):
        kept.append(text[end : found.start()])
        end = found.end()
        if found[0] == "{":
            argument = bool(_BEFORE_ARGUMENT.search(text, max(0, found.start() - 40), found.start()))
            open_braces.append(argument)
            kept.append("{" if argument else "")
        elif open_braces and open_braces.pop():
            kept.append("}")
    return "".join([*kept, text[end:]])


def _accented(found: re.Match[str]) -> str:
    letter = found["braced"] or found["bare"]
    whole = unicodedata.normalize("NFC", letter + _COMBINING[found["mark"] or found["word"]])
    opened = found[0].startswith("{")
    return whole + (found["close"] if not opened else "")
