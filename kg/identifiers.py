"""Readable identifiers: what a node is called in IRIs, files and addresses.

In: names as people write them. Out: short ASCII slugs that never depend on what else is in the graph. A slug that
lost something (symbols, other scripts, length) gets eight hex digits of the name's SHA-256, so that two names never
share a slug by accident. What it cannot do: decide whether two names are one thing; that is `kg.link`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

__all__ = ["ONTOLOGY", "RESOURCE", "NodeId", "content_hash", "slug"]

ONTOLOGY = "https://w3id.org/abstract-kg/ontology#"
RESOURCE = "https://w3id.org/abstract-kg/resource/"

_MAX_SLUG = 80
_SPACES = re.compile(r"[\s_\-‐-―/]+")
_LOST = re.compile(r"[^a-z0-9.\-]+")


def content_hash(*parts: str, digits: int = 8) -> str:
    """The first hex digits of the SHA-256 of the parts, joined by a unit separator.

    >>> content_hash("a", "b")
    'f04cdced'
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def slug(name: str) -> str:
    """A name as the last part of an IRI: lower case ASCII letters, digits, dots and single hyphens.

    >>> slug("CIFAR-10"), slug("Inception v3")
    ('cifar-10', 'inception-v3')
    >>> slug("C++") == slug("C")
    False
    """
    spaced = _SPACES.sub("-", name.strip().lower())
    plain = unicodedata.normalize("NFKD", spaced)
    kept = _LOST.sub("", plain).strip("-.")
    short = kept[:_MAX_SLUG].rstrip("-.")
    if short and short == spaced:
        return short
    digest = content_hash(spaced)
    return f"{short}-{digest}" if short else digest


@dataclass(frozen=True, slots=True, order=True)
class NodeId:
    """A node's identifier, parsed once: `kind` is paper, thing or claim, `name` the rest.

    >>> NodeId.parse("thing/cifar-10").iri
    'https://w3id.org/abstract-kg/resource/thing/cifar-10'
    """

    kind: str
    name: str

    def __post_init__(self) -> None:
        if self.kind not in ("paper", "thing", "claim") or not self.name:
            raise ValueError(f"{self.kind}/{self.name} is not a node id")

    @classmethod
    def parse(cls, text: str) -> NodeId:
        """From "thing/cifar-10" or from the whole IRI; ValueError if it is neither."""
        kind, slash, name = text.removeprefix(RESOURCE).partition("/")
        if not slash:
            raise ValueError(f"{text!r} is not a node id")
        return cls(kind, name)

    @classmethod
    def paper(cls, paper_id: str) -> NodeId:
        """The node of a paper, from the paper's own id; ids that differ only in case or punctuation stay apart.

        >>> str(NodeId.paper("2203.01522")), str(NodeId.paper("10.1000/A"))
        ('paper/2203.01522', 'paper/10.1000-a-d1d34dd4')
        """
        short = slug(paper_id)
        return cls("paper", short if short == paper_id else f"{short}-{content_hash(paper_id)}")

    @property
    def iri(self) -> str:
        """The whole IRI."""
        return f"{RESOURCE}{self.kind}/{self.name}"

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"
