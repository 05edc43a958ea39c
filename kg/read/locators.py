"""DOIs, arXiv ids, web addresses and code links: told from other text, and written in one way.

In: strings in whatever form a source gives. Out: normal forms, or None where there is none. What it cannot do: resolve.

A DOI: "10.", four to nine digits, a slash, any characters (ISO 26324; the pattern is Crossref's recommendation);
letters' case does not matter, so lower case is kept. An arXiv id: https://info.arxiv.org/help/arxiv_identifier.html.
"""

from __future__ import annotations

import re

__all__ = ["arxiv_id", "code_links", "doi", "web_address"]

_NEVER = "\x00-\x20\x7f-\xa0\u2000-\u206f\ud800-\uf8ff\ufff0-\uffff"
"""Controls, blanks, invisible marks, lone surrogates, private use: in no address, whatever a file holds."""
_DOI = re.compile(rf"10\.[0-9]{{4,9}}/[^\s\"<>{_NEVER}]{{1,200}}")
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.|www\.)?(?:doi\.org/|doi:)\s*", re.IGNORECASE)
_ARXIV_NEW = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_ARXIV_OLD = r"[a-z]{2,9}(?:-[a-z]{2,6})?(?:\.[A-Z]{2})?/[0-9]{7}"
_ARXIV_BARE = re.compile(rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v[0-9]{{1,3}})?")
_ARXIV_MARKED = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|e-print)/|huggingface\.co/papers/|\barxiv[.:]\s*|oai:arxiv\.org:)"
    rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v[0-9]{{1,3}})?(?![0-9])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"{{}}|\\^`{_NEVER}]{{1,2000}}")
_CODE_HOSTS = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com)/[\w.~-]+/[\w./~#-]+"
    r"|https?://[\w-]+\.github\.io(?:/[\w./~#-]*)?"
    r"|https?://anonymous\.4open\.science/[\w./~#-]+",
    re.IGNORECASE | re.ASCII,
)


def doi(text: str | None) -> str | None:
    """The DOI that a field holds, without its address, in lower case.

    >>> doi("https://doi.org/10.1162/NECO.1997.9.8.1735.")
    '10.1162/neco.1997.9.8.1735'
    """
    if not text:
        return None
    bare = _DOI_PREFIX.sub("", text.strip(), count=1)
    if "%" in bare:
        from urllib.parse import unquote

        bare = unquote(bare)
    found = _DOI.match(bare)
    return _unclosed(found[0]).lower() if found else None


def arxiv_id(text: str | None, *, bare: bool = False) -> str | None:
    """The arXiv id in an address, a DOI of arXiv's or "arXiv:...", without its version.

    `bare` takes an id that stands alone too, for fields that hold nothing else.

    >>> arxiv_id("http://arxiv.org/abs/1706.03762v5"), arxiv_id("10.48550/arXiv.1706.03762"), arxiv_id("1706.03762")
    ('1706.03762', '1706.03762', None)
    """
    if not text:
        return None
    text = text.strip()
    if bare and (alone := _ARXIV_BARE.fullmatch(text)):
        return alone[1]
    found = _ARXIV_MARKED.search(text[:2000])
    return found[1] if found else None


def web_address(text: str | None) -> str | None:
    """The first http address in a field, or None. Other schemes (javascript:, file:) are not addresses of papers.

    >>> web_address("see https://example.org/a.")
    'https://example.org/a'
    """
    found = _ADDRESS.search(text) if text else None
    return _unclosed(found[0]) if found else None


def code_links(text: str) -> tuple[str, ...]:
    """Addresses of source code in a text, sorted, each once; where it is kept is told by its host.

    >>> code_links("Code: https://github.com/a/b. Also (http://github.com/a/b.git).")
    ('http://github.com/a/b', 'https://github.com/a/b')
    """
    if "://" not in text:
        return ()
    return tuple(sorted({_unclosed(found[0]).removesuffix(".git") for found in _CODE_HOSTS.finditer(text)}))


def _unclosed(address: str) -> str:
    """Without the punctuation of the sentence around it, and without a bracket that was not opened inside."""
    address = address.rstrip(".,;:'\"*`")
    while address.endswith((")", "]")):
        opening = "(" if address.endswith(")") else "["
        if address.count(address[-1]) <= address.count(opening):
            break
        address = address[:-1].rstrip(".,;:'\"*`")
    return address
