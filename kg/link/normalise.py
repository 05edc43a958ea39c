"""A name as people write it becomes a key: the same for every writing of one name.

    "Convolutional Neural Networks (CNNs)", "convolutional-neural network"  ──▶  "convolutional neural network"

In: one surface form. Out: lower-case words with single spaces; digits and the symbols that tell names apart (C++, C#,
A*, F1, recall@10, GPT-3.5) stay. Folded away: case, Unicode variants, accents, LaTeX and Markdown remnants, quotes,
hyphens, leading articles, plurals, British spelling, an abbreviation in brackets after its own long form.
`squash` goes one step on: what is left when spaces do not count either ("back propagation", "backpropagation").
What it cannot do: tell what a name means. Two things may share a key; that is for types and papers to say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.link.spelling import american, singular

__all__ = ["fold", "initials_match", "is_short", "squash"]

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "delta", "Σ": "sigma",
    "Ω": "omega", "Φ": "phi", "Ψ": "psi", "Λ": "lambda", "Θ": "theta", "Π": "pi", "∞": "infinity",
}  # fmt: skip
_GREEK_TABLE = str.maketrans({letter: f"{name}" for letter, name in _GREEK.items()})
_TEX_GREEK = re.compile(r"\\(var)?(" + "|".join(sorted(set(_GREEK.values()), key=len, reverse=True)) + r")(?![a-zA-Z])")
_TEX_COMMAND = re.compile(
    r"\\(?:text\w*|math\w*|operatorname|emph|mbox|rm|it|bf|tt|sc|cal|ell|boldsymbol|bm|left|right)\b\*?"
)
_TEX_OTHER = re.compile(r"\\[a-zA-Z]{2,}|\\")
_MARKDOWN = re.compile(r"\*\*|__(?=\S)|`|‘|’|“|”|\"|''")
_BRACKETED = re.compile(r"\s*[\(\[]([^()\[\]]{1,20})[\)\]]")
_POSSESSIVE = re.compile(r"'s\b")
_STAR = re.compile(r"(?<![A-Za-z*])([A-Z])\*(?!\*)")
_AT = re.compile(r"\s*@\s*")
_SUBSCRIPT = re.compile(r"(?<=\w)[_^](?=\d)")
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:\.\d+)*(?:@[^\W_]+)?(?:\++(?!\w)|\#(?!\w)|\*|%)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_ARTICLES = re.compile(r"\s*(?:(?:the|an?|our|this|these|its|their)\s+)+(?=\S)", re.IGNORECASE)
_LONGEST = 200
"""Characters before a bracket that are looked at for what it abbreviates."""
_SIMPLE = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
"""Names that need no more than their words folded: most of them."""
_DIGITS_MEET = re.compile(r"(?<=\d) (?=\d)")


def _plain(name: str) -> str:
    """Without Unicode variants, accents, LaTeX and Markdown."""
    text = unicodedata.normalize("NFKC", name)
    if "\\" in text or "$" in text:
        text = text.replace("\\ell", "l").replace("\\&", "&").replace("\\%", "%").replace("\\_", " ")
        text = _TEX_GREEK.sub(r"\2", text)
        text = _TEX_OTHER.sub("", _TEX_COMMAND.sub("", text))
    text = _MARKDOWN.sub(lambda m: "'" if m.group() in "‘’" else "", text).replace("$", "").replace("~", " ")
    text = text.translate(_GREEK_TABLE).replace("{", "").replace("}", "")
    if not text.isascii():
        split = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(c for c in split if unicodedata.category(c) != "Mn"))
    return text


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> str:
    """One word of a key: plural and spelling folded, but names in capitals keep their last S."""
    letters = raw.rstrip("+#*%")
    mark = raw[len(letters) :]
    lower = letters.lower()
    if sum(c.isupper() for c in letters) > 1:
        if len(letters) > 2 and letters.endswith("s") and not letters[-2].islower():
            return lower[:-1] + mark
        if letters.endswith("s") and letters[-2].islower() and letters[1:].upper() != letters[1:]:
            return singular(lower) + mark
        return lower + mark
    return american(singular(lower)) + mark


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The key of a name: folded words with single spaces; never empty for a name that is not blank.

    >>> fold("Convolutional Neural Networks (CNNs)")
    'convolutional neural network'
    >>> fold("the CIFAR-10"), fold("C++"), fold("F1"), fold("3D"), fold(r"$\\ell_1$ regularisation")
    ('cifar 10', 'c++', 'f1', '3d', 'l1 regularization')
    """
    if _SIMPLE.fullmatch(name) and not _ARTICLES.match(name):
        return " ".join([_word(raw) for raw in name.replace("-", " ").split()])
    text = _ARTICLES.sub("", _plain(name), count=1) if _ARTICLES.match(name) else _plain(name)
    text = _BRACKETED.sub(
        lambda m: (
            "" if initials_match(m.group(1), text[max(0, m.start() - _LONGEST) : m.start()]) else f" {m.group(1)} "
        ),
        text,
    )
    text = _POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
    text = _SUBSCRIPT.sub("", _AT.sub("@", _THOUSANDS.sub("", text)))
    text = _STAR.sub(r"\1★", text).replace("*", " ").replace("★", "*")
    words = [_word(raw) for raw in _WORD.findall(text)]
    return " ".join(words) or " ".join(name.casefold().split()) or name


@lru_cache(maxsize=1 << 16)
def squash(key: str) -> str:
    """A key without its spaces; two numbers that meet stay apart.

    >>> squash("cifar 10") == squash("cifar10"), squash("gpt 3 5"), squash("back propagation")
    (True, 'gpt3 5', 'backpropagation')
    """
    return _DIGITS_MEET.sub("\0", key).replace(" ", "").replace("\0", " ")


def is_short(form: str) -> bool:
    """Whether a form looks like an abbreviation: one word of 2 to 10 characters with at least two capitals.

    >>> [is_short(form) for form in ("LSTM", "CNNs", "mAP", "kNN", "Transformer", "deep RL", "ResNet")]
    [True, True, True, True, False, False, True]
    """
    return 2 <= len(form) <= 10 and not form.islower() and " " not in form and sum(map(str.isupper, form)) >= 2


def initials_match(short: str, long: str) -> bool:
    """Whether `short` may abbreviate `long`: its letters are in it in order, each word's initial before the others.

    The test of Schwartz and Hearst (2003, Pacific Symposium on Biocomputing 8:451), from the left and stricter: the
    first letters meet (or X for "ex"), the words that give no letter are short ones, and the long form has more letters.

    >>> initials_match("CNNs", "Convolutional Neural Networks"), initials_match("CNN", "deep convolutional neural network")
    (True, False)
    """
    letters = [c for c in _plain(short).strip() if c.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and letters[-2].isupper():
        letters.pop()
    letters = [c.lower() for c in letters]
    words = [word.lower() for word in re.findall(r"[^\W_]+", _plain(long))]
    if len(letters) < 2 or not words or sum(map(len, words)) <= len(letters) + 1:
        return False
    if len(words) == 1:
        return _scattered("".join(letters), words[0]) and words[0][0] == letters[0]
    if letters[0] == "x" and words[0].startswith("ex"):
        words[0] = words[0][1:]
    return words[0][0] == letters[0] and _spelled(tuple(letters), tuple(words))


_LINK_WORDS = frozenset(
    {"of", "the", "and", "for", "in", "with", "to", "on", "a", "an", "by", "from", "via", "as", "at"}
)


def _scattered(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _spelled(letters: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the words, each by its initial and perhaps more, spell the letters; only link words may be passed over."""
    reached = {0}
    for number, word in enumerate(words):
        after: set[int] = set()
        for at in reached:
            if number and word in _LINK_WORDS:
                after.add(at)
            if at < len(letters) and word[0] == letters[at]:
                rest = word[1:]
                end = at + 1
                after.add(end)
                while end < len(letters) and letters[end] in rest:
                    rest = rest[rest.index(letters[end]) + 1 :]
                    end += 1
                    after.add(end)
        reached = after
        if not reached:
            return False
    return len(letters) in reached
