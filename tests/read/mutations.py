"""Hostile files: good files of many entries in which one place is damaged, and what must survive the damage.

Each format builds a file from pieces, one an entry, so that a mutation knows which entry it touches. Entries that were
not touched, and are not next to the damage where the format has no boundaries of its own, must be read unchanged.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["BUILDERS", "MUTATIONS", "Built", "damaged"]

_WORDS = [
    "we",
    "measure",
    "how",
    "sparse",
    "gates",
    "change",
    "a",
    "network",
    "when",
    "data",
    "are",
    "noisy",
    "and",
    "labels",
    "arrive",
    "late",
    "so",
    "that",
    "training",
    "slows",
    "while",
    "accuracy",
    "on",
    "held",
    "out",
    "sets",
    "stays",
    "near",
    "what",
    "dense",
    "layers",
    "reach",
    "in",
    "the",
    "same",
    "time",
]


def sentence_of(chance: random.Random) -> str:
    """A sentence of ten to twenty words."""
    words = chance.choices(_WORDS, k=chance.randint(10, 20))
    return " ".join(words).capitalize() + "."


def texts(number: int, chance: random.Random) -> tuple[str, str, str]:
    """Id, title and abstract of an entry; titles are told apart by their number."""
    title = f"Study {number} of " + " ".join(chance.choices(_WORDS, k=5))
    abstract = " ".join(sentence_of(chance) for _ in range(chance.randint(3, 6)))
    return f"id{number}", title, abstract


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A file as pieces: what comes before, one piece an entry, what comes after; and the titles."""

    before: str
    pieces: tuple[str, ...]
    after: str
    titles: tuple[str, ...]
    neighbours: int = 0  # how many entries beside the damaged one the format cannot tell apart from it

    def data(self, replaced: dict[int, bytes] | None = None) -> bytes:
        """The file's bytes, some pieces replaced."""
        middle = [(replaced or {}).get(number, piece.encode("utf-8")) for number, piece in enumerate(self.pieces)]
        return b"".join([self.before.encode("utf-8"), *middle, self.after.encode("utf-8")])


def _built(
    count: int,
    chance: random.Random,
    piece: Callable[[str, str, str], str],
    before: str = "",
    after: str = "",
    neighbours: int = 0,
) -> Built:
    entries = [texts(number, chance) for number in range(count)]
    return Built(
        before=before,
        pieces=tuple(piece(*entry) for entry in entries),
        after=after,
        titles=tuple(entry[1] for entry in entries),
        neighbours=neighbours,
    )


def jsonl(count: int, chance: random.Random) -> Built:
    """Our own form, one object a line."""
    return _built(count, chance, lambda i, t, a: json.dumps({"id": i, "title": t, "abstract": a}) + "\n")


def array(count: int, chance: random.Random) -> Built:
    """Our own form, pretty-printed in an array."""

    def piece(name: str, title: str, abstract: str) -> str:
        fields = {"id": name, "title": title, "authors": [{"name": "A B"}, {"name": "C D"}], "abstract": abstract}
        lines = json.dumps(fields, indent=2).replace("\n", "\n  ")
        return f"  {lines},\n"

    return _built(
        count, chance, piece, before="[\n", after='  {"id": "last", "title": "Last", "abstract": "We end."}\n]\n'
    )


def csv(count: int, chance: random.Random) -> Built:
    """A table, everything quoted."""
    return _built(count, chance, lambda i, t, a: f'"{i}","{t}","{a}"\n', before="id,title,abstract\n")


def bibtex(count: int, chance: random.Random) -> Built:
    """BibTeX entries."""
    return _built(
        count,
        chance,
        lambda i, t, a: f"@article{{{i},\n  title = {{{t}}},\n  abstract = {{{a}}},\n  year = 2020\n}}\n\n",
    )


def ris(count: int, chance: random.Random) -> Built:
    """RIS references."""
    return _built(count, chance, lambda i, t, a: f"TY  - JOUR\nID  - {i}\nTI  - {t}\nAB  - {a}\nER  - \n\n")


def nbib(count: int, chance: random.Random) -> Built:
    """MEDLINE citations."""
    return _built(count, chance, lambda i, t, a: f"PMID- {int(i[2:]) + 1}\nTI  - {t}\nAB  - {a}\n\n")


def pubmed(count: int, chance: random.Random) -> Built:
    """PubMed XML."""
    return _built(
        count,
        chance,
        lambda i, t, a: (
            f"<PubmedArticle><MedlineCitation><PMID>{i}</PMID><Article><ArticleTitle>{t}</ArticleTitle>\n"
            f"<Abstract><AbstractText>{a}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
        ),
        before='<?xml version="1.0"?>\n<PubmedArticleSet>\n',
        after="</PubmedArticleSet>\n",
    )


def page(count: int, chance: random.Random) -> Built:
    """A saved page in the layout with dates."""
    return _built(
        count,
        chance,
        lambda i, t, a: f"{t}\n\n{a}\n\n  • 3 authors\n·\nMar 3, 2022\n\n",
        before="new\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nMar 11\n\n",
        neighbours=1,
    )


def plain(count: int, chance: random.Random) -> Built:
    """Plain text with rules between the entries."""
    return _built(count, chance, lambda i, t, a: f"{t}\n\n{a}\n\n---\n\n", neighbours=1)


BUILDERS: dict[str, Callable[[int, random.Random], Built]] = {
    "jsonl": jsonl,
    "array": array,
    "csv": csv,
    "bibtex": bibtex,
    "ris": ris,
    "nbib": nbib,
    "pubmed": pubmed,
    "page": page,
    "plain": plain,
}

_NASTY = (
    b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b'"', b"'", b"{", b"}", b"[", b"]", b"<", b">", b"&",
    b"&xx;", b"</", b"\\", b"\\ud83d", b"\r", b"\n", b"\n\n\n", b"\t", b"@", b"#", b"$", b"%", b",", b";", b'"",""',
    "\u202e".encode(), "\u0301".encode(), "\u2028".encode(), b"<script>alert(1)</script>", b'"]}', b"=cmd()", b"ER  - ",
    b"<!--", b"<![CDATA[", b"]]>", b"\n\n\xe2\x80\xa2 3 authors\n", b"1e999999", b"\x1a", b"\x0c",
)  # fmt: skip


def insert(piece: bytes, chance: random.Random) -> bytes:
    """Something nasty at a place."""
    at = chance.randint(1, max(1, len(piece) - 2))
    return piece[:at] + chance.choice(_NASTY) + piece[at:]


def delete(piece: bytes, chance: random.Random) -> bytes:
    """A stretch of up to 30 bytes gone, never the last two."""
    at = chance.randint(0, max(0, len(piece) - 4))
    return piece[:at] + piece[min(at + chance.randint(1, 30), len(piece) - 2) :]


def flip(piece: bytes, chance: random.Random) -> bytes:
    """One bit of one byte turned."""
    at = chance.randint(0, len(piece) - 2)
    return piece[:at] + bytes([piece[at] ^ (1 << chance.randint(0, 7))]) + piece[at + 1 :]


def overwrite(piece: bytes, chance: random.Random) -> bytes:
    """Random bytes over a stretch."""
    at = chance.randint(0, max(0, len(piece) - 40))
    noise = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
    return piece[:at] + noise + piece[at + len(noise) :]


def repeat(piece: bytes, chance: random.Random) -> bytes:
    """A stretch a thousand times."""
    at = chance.randint(0, max(0, len(piece) - 10))
    return piece[:at] + piece[at : at + 5] * 1000 + piece[at:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    insert,
    insert,
    insert,
    delete,
    flip,
    overwrite,
    repeat,
)


def damaged(built: Built, chance: random.Random) -> tuple[bytes, frozenset[str]]:
    """The file with one damaged entry, and the titles that must still be read."""
    hurt = chance.randrange(len(built.pieces))
    piece = built.pieces[hurt].encode("utf-8")
    for _ in range(chance.randint(1, 3)):
        piece = chance.choice(MUTATIONS)(piece, chance)
    near = range(hurt - built.neighbours, hurt + built.neighbours + 1)
    safe = frozenset(title for number, title in enumerate(built.titles) if number not in near)
    return built.data({hurt: piece}), safe
