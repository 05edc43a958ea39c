"""Annotations of our own that stand apart from their texts: places and numbers alone, one JSON object a line.

Comes in: `annotations.jsonl` beside this file, and the abstracts that it speaks of, by id. Goes out: records in the form of
`gold.jsonl`. The file holds no word of any abstract, so it may lie in the tree where the abstracts may not; it is no part
of the wheel. How the annotations were made, and how well they agree with the experts', stands in `MODEL_CARD.md`.

    id          of the paper;  length, of its abstract in code points: a text of another length is another text
    sentences   [[start, end]]
    mentions    [[start, end, type, thing]]     type: index in GOLD_TYPES; thing: a number within the abstract
    introduced  [thing];  relations: [[thing, relation, thing]], relation an index in RELATIONS
    claims      [[sentence, kind, {slot: thing or [start, end]}]]
    part        "first" to "fifth", in the order in which they are learned from: from "second" on with a longer guide than the first
                had, from "fourth" on with a still longer one; "dev" for those that no training may see, so that models can be compared
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.train.corpora import GOLD_TYPES, KINDS, RELATIONS, SLOTS

__all__ = ["ANNOTATIONS", "annotated_papers", "detach", "read_standoff", "rejoin"]

PARTS = ("first", "second", "third", "fourth", "fifth", "dev")
ANNOTATIONS = Path(__file__).with_name("annotations.jsonl")


def detach(record: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The places of a record in the form of `gold.jsonl`, without its words.

    Things without a mention, relations of such, and fillers that are not words of their sentence in one piece are left out.

    >>> detach({"id": "a", "text": "We use BERT.", "sentences": [[0, 12]], "introduced": [], "relations": [], "claims": [],
    ...         "entities": [{"name": "BERT", "type": "ARCH", "aliases": []}],
    ...         "mentions": [{"start": 7, "end": 11, "type": "ARCH", "entity": "BERT"}]}, "dev")["mentions"]
    [[7, 11, 0, 0]]
    """
    named = {mention["entity"] for mention in record["mentions"]}
    number = {e["name"]: at for at, e in enumerate(e for e in record["entities"] if e["name"] in named)}
    forms = {form: e["name"] for e in record["entities"] for form in (e["name"], *e["aliases"])}
    relations = [
        [number[r["head"]], RELATIONS.index(r["type"]), number[r["tail"]]]
        for r in record["relations"]
        if r["head"] in number and r["tail"] in number
    ]
    return {
        "id": record["id"],
        "part": part,
        "length": len(record["text"]),
        "sentences": record["sentences"],
        "mentions": [
            [m["start"], m["end"], GOLD_TYPES.index(m["type"]), number[m["entity"]]] for m in record["mentions"]
        ],
        "introduced": [number[name] for name in record["introduced"] if name in number],
        "relations": relations,
        "claims": [
            [claim["sentence"], KINDS.index(claim["kind"]), dict(_fillers(claim, record, number, forms))]
            for claim in record["claims"]
        ],
    }


def _fillers(
    claim: Mapping[str, Any], record: Mapping[str, Any], number: Mapping[str, int], forms: Mapping[str, str]
) -> Iterator[tuple[str, int | list[int]]]:
    start, end = record["sentences"][claim["sentence"]]
    for slot in SLOTS:
        filler = claim[slot]
        if filler and slot != "value" and forms.get(filler) in number:
            yield slot, number[forms[filler]]
        elif filler and (at := record["text"].lower().find(filler.lower(), start, end)) >= 0:
            yield slot, [at, at + len(filler)]


def rejoin(places: Mapping[str, Any], title: str, text: str) -> dict[str, Any]:
    """The record of `places` over the words of its paper; a thing is called what its first mention is, and by number.

    Raises ValueError where the text is not the one that was annotated.
    """
    _same_text(places, text)
    found: dict[int, list[list[int]]] = {}
    for mention in places["mentions"]:
        found.setdefault(mention[3], []).append(mention)
    name = {thing: f"{text[own[0][0] : own[0][1]]} #{thing}" for thing, own in found.items()}
    claims = []
    for sentence, kind, fillers in places["claims"]:
        words = {slot: name[at] if isinstance(at, int) else text[at[0] : at[1]] for slot, at in fillers.items()}
        claims.append({"sentence": sentence, "kind": KINDS[kind], **dict.fromkeys(SLOTS), **words})
    return {
        "id": places["id"],
        "title": title,
        "text": text,
        "sentences": places["sentences"],
        "mentions": [
            {"start": start, "end": end, "text": text[start:end], "type": GOLD_TYPES[kind], "entity": name[thing]}
            for start, end, kind, thing in places["mentions"]
        ],
        "entities": [
            {
                "name": name[thing],
                "type": GOLD_TYPES[own[0][2]],
                "aliases": sorted({text[start:end] for start, end, _, _ in own}),
            }
            for thing, own in found.items()
        ],
        "introduced": [name[thing] for thing in places["introduced"]],
        "relations": [
            {"head": name[a], "type": RELATIONS[kind], "tail": name[b]} for a, kind, b in places["relations"]
        ],
        "claims": claims,
    }


def read_standoff(shared: Path, *parts: str, path: Path = ANNOTATIONS) -> list[dict[str, Any]]:
    """The records of these parts of the annotations in the tree over the abstracts in `shared`, in the order of the file.

    Raises KeyError for a paper that is not there, ValueError for one whose abstract is another and for a part that there is not.
    """
    if unknown := sorted(set(parts) - set(PARTS)) or not parts:
        raise ValueError(f"parts of the annotations are {', '.join(PARTS)}, not {unknown if parts else 'none'}")
    with path.open(encoding="utf-8") as lines:
        places = [one for one in map(json.loads, lines) if one["part"] in parts]
    return [rejoin(one, paper["title"] or "", paper["abstract"]) for one, paper in annotated_papers(shared, places)]


def annotated_papers(
    shared: Path, places: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Each of `places` with its paper, in their order. Raises KeyError for a paper that is not there, ValueError for another text."""
    wanted, papers = {one["id"] for one in places}, {}
    with gzip.open(shared / "abstracts" / "papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            if paper["id"] in wanted:
                papers[paper["id"]] = paper
    for one in places:
        _same_text(one, papers[one["id"]]["abstract"])
        yield one, papers[one["id"]]


def _same_text(places: Mapping[str, Any], text: str) -> None:
    if len(text) != places["length"]:
        raise ValueError(f"{places['id']}: the abstract has {len(text)} characters, {places['length']} were annotated")
