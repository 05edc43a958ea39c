"""Text inside XML. What the projection gives is one line of characters that XML 1.0 allows; here it is escaped."""

from __future__ import annotations

from kg.graph.columns import Scalar

__all__ = ["attribute", "element"]

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def element(value: Scalar) -> str:
    """A value as the text of an element; `>` is escaped too, so that no `]]>` comes about.

    >>> element("a]]> & <b>"), element(0.5)
    ('a]]&gt; &amp; &lt;b&gt;', '0.5')
    """
    return str(value).translate(_TEXT)


def attribute(value: Scalar) -> str:
    """A value in the quotes of an attribute.

    >>> attribute('say "x"')
    'say &quot;x&quot;'
    """
    return str(value).translate(_ATTRIBUTE)
