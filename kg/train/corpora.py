"""The annotated sets as one kind of example each: text, sentences, and whatever labels that set has.

Comes in: the shared folder. Goes out: lists of `Example`. What a set does not annotate is None, and no loss is taken
there. SciERC is not read: it states no licence, so nothing that ships may learn from it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extract.neural.tokens import Prepared

__all__ = ["GOLD_TYPES", "KINDS", "LABELS", "ROLES", "SLOTS", "Example", "csabstruct", "gold", "placed_words", "public"]

GOLD_TYPES = ("ARCH", "METHOD", "DATASET", "TASK", "METRIC")
KINDS = ("CONTRIBUTION", "RESULT", "COMPARISON", "FINDING", "LIMITATION")
RELATIONS = (
    "USED_FOR",
    "EVALUATED_ON",
    "TRAINED_ON",
    "MEASURED_BY",
    "PART_OF",
    "IS_A",
    "BASED_ON",
    "OUTPERFORMS",
    "COMPARED_WITH",
)
SLOTS = ("subject", "object", "metric", "dataset", "value")
ROLES = ("background", "objective", "method", "result", "other")
LABELS = {
    "gold": GOLD_TYPES,
    "scirex": ("Method", "Task", "Metric", "Material"),
    "tdmsci": ("TASK", "DATASET", "METRIC"),
    "crossner": (
        *("algorithm", "task", "metrics", "field", "product", "misc", "conference", "organisation", "researcher"),
        *("programlang", "university", "country", "person", "location"),
    ),
}
"""The mention types of each set, in the order of its output layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One text with the labels of its set.

    mentions    (start, end, type index in LABELS[set], entity number) in the text; None: not annotated
    introduced  entity numbers; relations: (head entity, relation index, tail entity)
    kinds       per sentence, the claim kinds as indices; roles: per sentence, the CSAbstruct role or -1
    slots       (sentence, slot index, start, end) of each stretch that fills a slot; far: (sentence, entity) subjects
                that the sentence does not name
    """

    id: str
    set: str
    prepared: Prepared
    mentions: tuple[tuple[int, int, int, int], ...] | None = None
    introduced: frozenset[int] | None = None
    relations: tuple[tuple[int, int, int], ...] | None = None
    kinds: tuple[frozenset[int], ...] | None = None
    roles: tuple[int, ...] | None = None
    slots: tuple[tuple[int, int, int, int], ...] | None = None
    far: tuple[tuple[int, int], ...] | None = None


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def gold(shared: Path) -> list[Example]:
    """Our own annotated abstracts, in the order of the file."""
    return [gold_example(record) for record in _lines(shared / "gold" / "gold.jsonl")]


def gold_example(record: dict[str, Any]) -> Example:
    """The example of one gold record (or of a record in the program's own form that a teacher wrote)."""
    text = record["text"]
    sentences = tuple((int(start), int(end)) for start, end in record["sentences"])
    number = {form: at for at, e in enumerate(record["entities"]) for form in (e["name"], *e["aliases"])}
    number |= {e["name"]: at for at, e in enumerate(record["entities"])}
    mentions = tuple(
        (m["start"], m["end"], GOLD_TYPES.index(m["type"]), number.get(m.get("entity") or m["text"], -1 - at))
        for at, m in enumerate(record["mentions"])
    )
    kinds: list[set[int]] = [set() for _ in sentences]
    slots: set[tuple[int, int, int, int]] = set()
    far: set[tuple[int, int]] = set()
    for claim in record["claims"]:
        at = claim["sentence"] if isinstance(claim["sentence"], int) else _sentence(claim["sentence"], sentences)
        kinds[at].add(KINDS.index(claim["kind"]))
        for index, slot in enumerate(SLOTS):
            if not claim[slot]:
                continue
            found = [m for m in mentions if number.get(claim[slot], -1) == m[3] and slot != "value"]
            inside = [m for m in found if sentences[at][0] <= m[0] < sentences[at][1]]
            if inside:
                slots |= {(at, index, start, end) for start, end, _, _ in inside}
            elif found:
                if slot == "subject":
                    far.add((at, found[0][3]))
            else:
                begin = text.lower().find(claim[slot].lower(), *sentences[at])
                if begin >= 0:
                    slots.add((at, index, begin, begin + len(claim[slot])))
    return Example(
        id=record["id"],
        set="gold",
        prepared=Prepared(text=text, sentences=sentences, title=record["title"] or ""),
        mentions=mentions,
        introduced=frozenset(number[name] for name in record["introduced"] if name in number),
        relations=tuple(
            (number[r["head"]], RELATIONS.index(r["type"]), number[r["tail"]])
            for r in record["relations"]
            if r["head"] in number and r["tail"] in number
        ),
        kinds=tuple(frozenset(kind) for kind in kinds),
        slots=tuple(sorted(slots)),
        far=tuple(sorted(far)),
    )


def _sentence(span: list[int], sentences: tuple[tuple[int, int], ...]) -> int:
    overlap = [min(span[1], end) - max(span[0], start) for start, end in sentences]
    return max(range(len(overlap)), key=overlap.__getitem__)


def placed_words(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens of a public set as a text, and where in it each of them stands."""
    text, spans = "", []
    for word in words:
        glue = "" if not text or word in ",.;:)%]'" or text[-1] in "([" or "-" in (word, text[-1]) else " "
        text += glue
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def _tagged(path: Path, name: str) -> Iterator[Example]:
    """Sentences in CoNLL form: the word first, its BIO tag last, tab separated."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    for at, block in enumerate(blocks):
        rows = [line.split("\t") for line in block.splitlines() if line.strip()]
        if rows:
            text, spans = placed_words([row[0] for row in rows])
            mentions = tuple(_bio([row[-1] for row in rows], spans, LABELS[name]))
            prepared = Prepared(text=text, sentences=((0, len(text)),))
            yield Example(id=f"{name}-{path.stem}-{at}", set=name, prepared=prepared, mentions=mentions)


def _bio(tags: list[str], spans: list[tuple[int, int]], types: tuple[str, ...]) -> Iterator[tuple[int, int, int, int]]:
    begin: int | None = None
    for at, tag in enumerate([*tags, "O"]):
        if begin is not None and not tag.startswith("I-"):
            yield spans[begin][0], spans[at - 1][1], types.index(tags[begin][2:]), -1
            begin = None
        if tag.startswith("B-") or (tag.startswith("I-") and begin is None):
            begin = at


def _scirex(path: Path, words_per_text: int = 280, sections: int = 3) -> Iterator[Example]:
    """Title, abstract and introduction of each paper, in stretches of whole sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            limit = paper["sections"][min(sections, len(paper["sections"])) - 1][1]
            groups: list[list[list[int]]] = [[]]
            for sentence in paper["sentences"]:
                if sentence[1] > limit:
                    break
                if groups[-1] and sentence[1] - groups[-1][0][0] > words_per_text:
                    groups.append([])
                groups[-1].append(sentence)
            for at, group in enumerate(group for group in groups if group):
                yield _stretch(paper, group, f"scirex-{paper['doc_id']}-{at}")


def _stretch(paper: dict[str, Any], group: list[list[int]], name: str) -> Example:
    begin, end = group[0][0], group[-1][1]
    text, spans = placed_words(paper["words"][begin:end])
    mentions = tuple(
        (spans[a - begin][0], spans[b - 1 - begin][1], LABELS["scirex"].index(kind), -1)
        for a, b, kind in paper["ner"]
        if begin <= a and b <= end
    )
    sentences = tuple((spans[a - begin][0], spans[b - 1 - begin][1]) for a, b in group if b > a)
    return Example(id=name, set="scirex", prepared=Prepared(text=text, sentences=sentences), mentions=mentions)


def csabstruct(shared: Path, part: str) -> Iterator[Example]:
    """Abstracts whose sentences have a role, of the part "train", "dev" or "test"."""
    for row in _lines(shared / "data" / "csabstruct" / f"{part}.jsonl"):
        text, sentences = "", []
        for sentence in row["sentences"]:
            text += " " if text else ""
            sentences.append((len(text), len(text) + len(sentence)))
            text += sentence
        roles = tuple(ROLES.index(label) if label in ROLES else -1 for label in row["labels"])
        prepared = Prepared(text=text, sentences=tuple(sentences))
        yield Example(id=f"csabstruct-{part}-{row['abstract_id']}", set="csabstruct", prepared=prepared, roles=roles)


def public(shared: Path) -> list[Example]:
    """The licensed public sets: SciREX (abstract and introduction), TDMSci, CrossNER-AI and CSAbstruct, train parts."""
    data = shared / "data"
    found = list(_scirex(data / "scirex" / "train.jsonl.gz"))
    found += _tagged(data / "tdmsci" / "train.conll", "tdmsci")
    for part in ("train", "dev", "test"):
        found += _tagged(data / "crossner-ai" / f"{part}.txt", "crossner")
    found += csabstruct(shared, "train")
    return found
