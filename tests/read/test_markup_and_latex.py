"""Markup to text: tags, entities, accents."""

from __future__ import annotations

import pytest

from kg.read.latex import decode_latex
from kg.read.markup import plain_text
from kg.read.text import flow


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("plain", "plain"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("&amp;lt;", "&lt;"),
        ("AT&T, x&y;, &unknown;", "AT&T, x&y;, &unknown;"),
        ("<b>bold</b> and <i>it</i>alic", "bold and italic"),
        ("H<sub>2</sub>O at 10<sup>-3</sup>, n<sup>2</sup>, 1<sup>st</sup>", "H2O at 10^-3, n^2, 1st"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a<b and c>d, token </s>", "a<b and c>d, token </s>"),
        ("<jats:title>Abstract</jats:title><jats:p>We do.</jats:p>", "We do."),
        (
            "<jats:sec><jats:title>Aims</jats:title><jats:p>One.</jats:p></jats:sec><jats:sec><jats:title>Results:</jats:title>"
            "<jats:p>Two.</jats:p></jats:sec>",
            "Aims: One.\nResults: Two.",
        ),
        ("x <!-- a <b>comment</b> --> y", "x y"),
        ("<![CDATA[a < b & c]]>", "a < b & c"),
        (
            "for <jats:inline-formula><jats:alternatives><jats:tex-math>$x^2$</jats:tex-math><mml:math><mml:mi>x</mml:mi>"
            "</mml:math></jats:alternatives></jats:inline-formula> only",
            "for $x^2$ only",
        ),
        ('<a href="https://example.org/?a=1&amp;b=2">link</a>', "link"),
        ("one<br/>two<p>three", "one\ntwo\nthree"),
    ],
)
def test_markup(marked: str, text: str) -> None:
    """Known tags go, entities are decoded once, everything else stays."""
    assert flow(plain_text(marked)).text == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"M{\"u}ller and M\"{u}ller and M\"uller", "Müller and Müller and Müller"),
        (r"{\'E}cole, Erd{\H{o}}s, \v{S}kola, na{\"\i}ve, Garc{\'\i}a", "École, Erdős, Škola, naïve, García"),
        (r"{\L}ukasz, \o re, stra{\ss}e, \aa", "Łukasz, øre, straße, å"),
        (r"{BERT}: {P}re-training", "BERT: Pre-training"),
        (r"5\% \& \_ \# \$3", "5% & _ # $3"),
        (r"set \{a, b\}", "set {a, b}"),
        (r"$x_{1} \in \{0, 1\}$ and \(y_{2}\)", r"$x_{1} \in \{0, 1\}$ and \(y_{2}\)"),
        (r"\textbf{bold} \emph{em}", "bold em"),
        (r"\foo{x} \alpha", r"\foo{x} \alpha"),
        (r"a~b http://example.org/~user", "a b http://example.org/~user"),
        ("no marks", "no marks"),
    ],
)
def test_latex(value: str, text: str) -> None:
    """Accents and escapes become characters, formulae and unknown commands stay."""
    assert decode_latex(value) == text
