"""SciERC (Luan et al. 2018, arXiv:1808.09602), for the published comparison only: the set states no licence, so no model that ships may
learn from it. Its six types and seven relations are other ones than ours, so the network has layers of its own for them.

Comes in: `train.json`, `dev.json`, `test.json`, weights that have learned from our own annotations, and `scierc-annotations.jsonl`
beside this file: other abstracts, annotated for this comparison in the manner of the set, as places without words. Goes out:
predictions in the set's layout, and the figures that its literature gives: NER, relations by their boundaries, relations with
both types right (strict). Relations hold between mentions of one sentence. Thresholds are chosen on `dev`.

    id, length    as in `kg.train.standoff`;  sentences: [[start, end]]
    mentions      [[start, end, type]], type an index in TYPES
    relations     [[mention, relation, mention]], indices in `mentions` and in RELATIONS

Cannot: mentions within mentions (one in seventy of the set), and what stands behind the first 512 word pieces of a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kg.evaluate.public import public_counts
from kg.evaluate.tally import figure_of, total
from kg.extract.neural.tokens import Prepared, Tokeniser
from kg.train.batches import Item, items, padded
from kg.train.corpora import GOLD_TYPES, Example, placed_words
from kg.train.corpora import RELATIONS as OURS
from kg.train.fit import Recipe, fit
from kg.train.losses import WEIGHTS, greedy, mention_terms, mentions_judged, pair_loss
from kg.train.network import PAIR, SPAN, Network
from kg.train.standoff import annotated_papers

__all__ = [
    "ANNOTATIONS",
    "FIGURES",
    "RELATIONS",
    "TYPES",
    "ScierNetwork",
    "annotated",
    "begun",
    "documents",
    "judged",
    "scierc_figures",
]

TYPES = ("Task", "Method", "Metric", "Material", "OtherScientificTerm", "Generic")
RELATIONS = ("USED-FOR", "FEATURE-OF", "HYPONYM-OF", "PART-OF", "EVALUATE-FOR", "COMPARE", "CONJUNCTION")
FIGURES = ("SciERC NER", "SciERC Rel", "SciERC Rel+")
OWN_TYPES = (("TASK",), ("ARCH", "METHOD"), ("METRIC",), ("DATASET",), (), ())
OWN_RELATIONS = ("USED_FOR", None, "IS_A", "PART_OF", None, "COMPARED_WITH", None)
"""Which of our types and relations say about the same as those of the set, and hold the same way round."""
TYPICAL = 6.0
"""Pairs of a document that the loss of pairs is divided by, near the nine relations that one has."""
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
"""What the Penn Treebank writes for brackets and quotation marks; the set has kept it, our texts have none of it."""
ANNOTATIONS = Path(__file__).with_name("scierc-annotations.jsonl")
THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
Document = dict[str, Any]


class ScierNetwork(Network):
    """The network with output layers for the types and relations of SciERC; those of our own relations are not there."""

    def __init__(self, encoder: Path | None = None) -> None:
        super().__init__(encoder)
        self.types["scierc"] = nn.Linear(SPAN, 1 + len(TYPES))
        self.tags["scierc"] = nn.Linear(self.hidden, 1 + 2 * len(TYPES))
        self.mention_type = nn.Embedding(len(TYPES), PAIR)
        self.relation = nn.Linear(PAIR, len(RELATIONS))
        nn.init.normal_(self.mention_type.weight, std=0.1)
        nn.init.constant_(self.types["scierc"].bias[0], 5.0)
        nn.init.constant_(self.relation.bias, -3.0)


def begun(own: dict[str, torch.Tensor], fresh: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights of a network of ours as those of a `ScierNetwork`: layers of types and relations take over the rows of what is
    alike and keep `fresh` ones elsewhere; tags are begin and inside by turns."""
    kept = {name: value for name, value in own.items() if not name.startswith(("relation.", "mention_type."))}
    for layer in ("types.scierc", "tags.scierc", "mention_type", "relation"):
        for name in (f"{layer}.weight", f"{layer}.bias"):
            if name not in fresh:
                continue
            theirs, ours = fresh[name].clone(), own[name.replace("scierc", "gold")].float()
            none = int(layer.endswith("scierc"))
            wide = 2 if layer.startswith("tags") else 1
            theirs[:none] = ours[:none]
            if layer == "relation":
                rows = [(at, [OURS.index(like)]) for at, like in enumerate(OWN_RELATIONS) if like]
            else:
                rows = [(at, [GOLD_TYPES.index(one) for one in like]) for at, like in enumerate(OWN_TYPES) if like]
            for at, like in rows:
                for part in range(wide):
                    theirs[none + wide * at + part] = ours[[none + wide * one + part for one in like]].mean(0)
            kept[name] = theirs
    return kept


def documents(path: Path) -> list[Document]:
    """The JSON objects of a file, one a line, in its order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def example(document: Document) -> Example:
    """Text, sentences, mentions (each a thing of its own) and relations of a document."""
    text, spans = _placed(document)
    ends = [0]
    for sentence in document["sentences"]:
        ends.append(ends[-1] + len(sentence))
    found = {(a, b): TYPES.index(kind) for sentence in document["ner"] for a, b, kind in sentence}
    number = {span: at for at, span in enumerate(found)}
    return Example(
        id=document["doc_key"],
        set="scierc",
        prepared=Prepared(text=text, sentences=tuple((spans[a][0], spans[b - 1][1]) for a, b in pairwise(ends))),
        mentions=tuple((spans[a][0], spans[b][1], kind, number[a, b]) for (a, b), kind in found.items()),
        relations=tuple(
            (number[a, b], RELATIONS.index(kind), number[c, d])
            for sentence in document["relations"]
            for a, b, c, d, kind in sentence
        ),
    )


def _placed(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """The text of a document with common brackets, and where each of its words stands."""
    return placed_words([BRACKETS.get(word, word) for sentence in document["sentences"] for word in sentence])


def annotated(shared: Path, path: Path = ANNOTATIONS) -> list[Example]:
    """The abstracts that were annotated for this comparison. Raises as `kg.train.standoff.annotated_papers` does."""
    places = documents(path)
    return [
        Example(
            id=one["id"],
            set="scierc",
            prepared=Prepared(text=paper["abstract"], sentences=tuple((a, b) for a, b in one["sentences"])),
            mentions=tuple((start, end, kind, at) for at, (start, end, kind) in enumerate(one["mentions"])),
            relations=tuple((head, kind, tail) for head, kind, tail in one["relations"]),
        )
        for one, paper in annotated_papers(shared, places)
    ]


def losses(net: Network, group: Sequence[Item], *, predicted: bool, device: torch.device) -> dict[str, torch.Tensor]:
    """Weighted terms of one batch: spans, tagger, pairs of mentions."""
    ids, mask = (tensor.to(device) for tensor in padded(group))
    hidden = net.encode(ids, mask)
    terms, logits, _, _ = mention_terms(net, group, hidden)
    pairs, begin = hidden.new_zeros(()), 0
    for at, it in enumerate(group):
        own = logits[begin : begin + len(it.spans)].detach().softmax(-1).cpu()
        begin += len(it.spans)
        chosen, entity, types = mentions_judged(it, own, predicted)
        if len(chosen) > 1:
            places, words = it.spans[chosen].to(device), it.words[chosen].to(device)
            vectors = net.mentions_of(hidden[at], places, types.to(device))
            relations, _ = net.pairs_of(hidden[at], vectors, places, words)
            sentence = it.starts[chosen]
            pairs = pairs + pair_loss(relations.float(), entity, it, sentence[:, None] == sentence[None])
    terms["pairs"] = pairs / (TYPICAL * len(group))
    return {term: WEIGHTS[term] * value for term, value in terms.items()}


def _read(net: Network, found: Sequence[Item], mention: float, relation: float) -> Iterator[Document]:
    """What the network says of each text: mentions [start, end, type] and relations [a, b, c, d, label], in characters."""
    with torch.no_grad():
        for it in found:
            ids = it.ids.unsqueeze(0)
            hidden = net.encode(ids, torch.ones_like(ids))
            text = torch.zeros(len(it.spans), dtype=torch.long)
            types = net.types["scierc"](net.spans(hidden, text, it.spans)).softmax(-1)
            chosen = torch.tensor(greedy(1 - types[:, 0], it.words, mention), dtype=torch.long)
            kinds = types[chosen, 1:].argmax(-1).tolist()
            ends = [int(it.ends[index]) for index in chosen.tolist()]
            places = [(int(it.chars[index]), end) for index, end in zip(chosen.tolist(), ends, strict=True)]
            links = []
            if len(chosen) > 1:
                soft = types[chosen, 1:] / types[chosen, 1:].sum(-1, keepdim=True)
                vectors = net.mentions_of(hidden[0], it.spans[chosen], soft)
                logits, _ = net.pairs_of(hidden[0], vectors, it.spans[chosen], it.words[chosen])
                links = list(_links(logits, it.starts[chosen].tolist(), places, relation))
            yield {
                "ner": [[*place, TYPES[kind]] for place, kind in zip(places, kinds, strict=True)],
                "relations": links,
            }


def _links(
    logits: torch.Tensor, sentence: list[int], places: list[tuple[int, int]], threshold: float
) -> Iterator[list[Any]]:
    count = len(RELATIONS)
    for a in range(len(places)):
        for b in range(a + 1, len(places)):
            if sentence[a] == sentence[b]:
                scores = torch.cat([logits.new_zeros(1), logits[a, b], logits[b, a]]).softmax(-1)
                if float(1 - scores[0]) >= threshold:
                    best = int(scores[1:].argmax())
                    head, tail = (a, b) if best < count else (b, a)
                    yield [*places[head], *places[tail], RELATIONS[best % count]]


def judged(
    net: Network, path: Path, tokenise: Tokeniser, mention: float, relation: float, out: Path
) -> dict[str, float]:
    """F1 by figure on a file of documents; the predictions, in its layout, are written to `out`."""
    every = documents(path)
    found = items([example(document) for document in every], tokenise)
    with out.open("w", encoding="utf-8") as lines:
        for document, said in zip(every, _read(net, found, mention, relation), strict=True):
            _, spans = _placed(document)
            first, last = ({span[side]: at for at, span in enumerate(spans)} for side in (0, 1))
            ner = [[first[a], last[b], kind] for a, b, kind in said["ner"] if a in first and b in last]
            links = [
                [first[a], last[b], first[c], last[d], kind]
                for a, b, c, d, kind in said["relations"]
                if a in first and b in last and c in first and d in last
            ]
            fields = {"doc_key": document["doc_key"], "predicted_ner": [ner], "predicted_relations": [links]}
            lines.write(json.dumps(fields) + "\n")
    counts, _ = public_counts("SciERC", path, out)
    every_count = total(list(counts.values()))
    return {name: figure_of(every_count["", name]).f1 for name in FIGURES}


def scierc_figures(
    shared: Path, work: Path, tokenise: Tokeniser, start: Path, *, seed: int, threads: int = 1, epochs: int = 8
) -> dict[str, float]:
    """Learn from the annotated abstracts, then from the training part, choose thresholds on `dev`, judge on `test`; this model
    does not ship. Seeds share what was learned from the annotated abstracts: WORK/annotated and WORK/SEED are the folders."""
    data, folder = shared / "data" / "scierc", work / str(seed)
    before = _from_annotated(shared, work / "annotated", tokenise, start, threads)
    found = items([example(document) for document in documents(data / "train.json")], tokenise)
    recipe = Recipe(epochs=epochs, encoder_rate=1e-4, seed=seed, alone=0.3, threads=threads)
    net = fit(found, folder, recipe, start=before, make=ScierNetwork, terms_of=losses)

    def on(part: str, mention: float, relation: float) -> dict[str, float]:
        return judged(net, data / f"{part}.json", tokenise, mention, relation, folder / f"{part}.jsonl")

    mention = max(THRESHOLDS, key=lambda value: on("dev", value, 0.5)["SciERC NER"])
    relation = max(THRESHOLDS, key=lambda value: on("dev", mention, value)["SciERC Rel"])
    return on("test", mention, relation)


def _from_annotated(shared: Path, folder: Path, tokenise: Tokeniser, start: Path, threads: int) -> Path:
    """The file of weights that have learned from the annotated abstracts, from those of our own network in `start` on."""
    if not (folder / "weights.pt").exists():
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(0)
        torch.save(begun(torch.load(start, map_location="cpu"), ScierNetwork().state_dict()), folder / "start.pt")
        recipe = Recipe(epochs=2, encoder_rate=1e-4, alone=0.3, threads=threads)
        found = items(annotated(shared), tokenise)
        fit(found, folder, recipe, start=folder / "start.pt", make=ScierNetwork, terms_of=losses)
    return folder / "weights.pt"
