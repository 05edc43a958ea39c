"""The loss of a batch: one term a head, each summed over what it judges and divided by a typical count a text.

Pairs, "introduced" and far subjects are judged between entities, since the annotation relates entities without saying
where: logits of all mention pairs are joined by log-sum-exp. Besides the annotated mentions, those that the network
finds by itself take part once it finds any (`predicted`): what matches no annotation is a thing without relations.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from kg.train.batches import Item, padded
from kg.train.corpora import RELATIONS
from kg.train.network import Network

__all__ = ["WEIGHTS", "greedy", "losses", "mention_terms", "mentions_judged", "pair_loss"]

WEIGHTS = {
    "types": 1.0,
    "tags": 0.5,
    "kinds": 0.5,
    "roles": 0.5,
    "slots": 0.5,
    "introduced": 0.6,
    "pairs": 1.5,
    "same": 0.5,
    "far": 0.2,
}
SAMPLED = 0.3
"""The share of spans without a slot that is judged in each step, with the weight of all."""
FILLING = 0.05
"""From what probability on a teacher's span is judged in every step."""
_COMPARED = RELATIONS.index("COMPARED_WITH")
_SYMMETRIC = frozenset({_COMPARED})


def greedy(probabilities: torch.Tensor, words: torch.Tensor, threshold: float) -> list[int]:
    """Indices of spans that do not overlap, the surest first: probabilities [spans] of being a mention, words [spans, 2]."""
    order = torch.argsort(probabilities, descending=True)
    chosen: list[int] = []
    taken: set[int] = set()
    for index in order.tolist():
        if probabilities[index] < threshold:
            break
        begin, end = words[index].tolist()
        covered = range(begin, end + 1)
        if taken.isdisjoint(covered):
            taken.update(covered)
            chosen.append(index)
    return sorted(chosen)


def losses(net: Network, group: Sequence[Item], *, predicted: bool, device: torch.device) -> dict[str, torch.Tensor]:
    """Weighted terms of one batch, all texts of one set."""
    ids, mask = (tensor.to(device) for tensor in padded(group))
    hidden = net.encode(ids, mask)
    terms: dict[str, torch.Tensor] = {}
    if group[0].example.mentions is not None:
        terms, logits, text, spans = mention_terms(net, group, hidden)
        if group[0].example.set == "gold":
            terms |= _gold(net, group, hidden, text, spans, logits.detach(), predicted)
    if group[0].example.roles is not None:
        vectors = torch.cat([net.sentences_of(hidden[at], it.sentences.to(device)) for at, it in enumerate(group)])
        roles = torch.tensor([role for it in group for role in it.example.roles or ()], device=device)
        terms["roles"] = nn.functional.cross_entropy(net.role(vectors).float(), roles, ignore_index=-1)
    return {term: WEIGHTS[term] * value for term, value in terms.items()}


def mention_terms(
    net: Network, group: Sequence[Item], hidden: torch.Tensor
) -> tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor, torch.Tensor]:
    """Terms of spans and of the tagger beside them, not weighted; then logits [spans, 1 + types], the text and the place of each span."""
    name, device = group[0].example.set, hidden.device
    text = torch.cat([torch.full((len(it.spans),), at) for at, it in enumerate(group)]).to(device)
    spans = torch.cat([it.spans for it in group]).to(device)
    logits = net.types[name](net.spans(hidden, text, spans)).float()
    types = torch.cat([_types(it, logits.shape[1]) for it in group]).to(device)
    annotated = sum(len(it.gold) for it in group) + 2.0 * len(group)
    at = torch.cat([torch.full((len(it.word_pieces),), i) for i, it in enumerate(group)]).to(device)
    pieces = torch.cat([it.word_pieces for it in group]).to(device)
    tags = net.tags[name](net.drop(hidden[at, pieces])).float()
    entropy = nn.functional.cross_entropy
    terms = {
        "types": entropy(logits, types, reduction="sum") / annotated,
        "tags": entropy(tags, torch.cat([it.tags for it in group]).to(device)) * 4,
    }
    return terms, logits, text, spans


def _gold(
    net: Network,
    group: Sequence[Item],
    hidden: torch.Tensor,
    text: torch.Tensor,
    spans: torch.Tensor,
    logits: torch.Tensor,
    predicted: bool,
) -> dict[str, torch.Tensor]:
    device, count = hidden.device, len(group)
    wanted = torch.cat([it.slots.float() for it in group]).to(device)
    filling = (wanted > FILLING).any(-1)
    judged = filling | (torch.rand(len(wanted)).to(device) < SAMPLED)
    weight = torch.where(filling[judged], 1.0, 1.0 / SAMPLED).unsqueeze(-1)
    slots = net.slot(net.slots(hidden, text[judged], spans[judged])).float()
    binary = nn.functional.binary_cross_entropy_with_logits
    filled = sum(float(it.slots.sum()) for it in group) + 2.0 * count
    terms = {"slots": binary(slots, wanted[judged], weight=weight, reduction="sum") / filled}
    zero = slots.new_zeros(())
    kinds, pairs, same, introduced, far = zero, zero, zero, zero, zero
    begin = 0
    for at, it in enumerate(group):
        own = logits[begin : begin + len(it.spans)].softmax(-1).cpu()
        begin += len(it.spans)
        states = hidden[at]
        vectors = net.sentences_of(states, it.sentences.to(device))
        target = _kinds(it, len(vectors), net.kind.out_features).to(device)
        kinds = kinds + binary(net.kind(vectors).float(), target, reduction="sum") / len(vectors)
        chosen, entity, types = mentions_judged(it, own, predicted)
        if len(chosen) < 2:
            continue
        places, words = it.spans[chosen].to(device), it.words[chosen].to(device)
        mentions = net.mentions_of(states, places, types.to(device))
        names, which = torch.unique(torch.tensor(entity), return_inverse=True)
        member = nn.functional.one_hot(which, len(names)).float().to(device)
        relation_logits, same_logits = net.pairs_of(states, mentions, places, words)
        same = same + _same_loss(same_logits.float(), which.to(device), it, chosen)
        pair_logits = _joined(relation_logits.float(), member)
        pairs = pairs + pair_loss(pair_logits, names.tolist(), it)
        own_logits = (net.introduced(mentions).float().exp().T @ member + 1e-6).log().flatten()
        new = torch.tensor([float(name in (it.example.introduced or ())) for name in names.tolist()], device=device)
        introduced = introduced + binary(own_logits, new, reduction="sum")
        far = far + _far_loss(net.far_of(vectors, mentions).float(), member, names.tolist(), it, chosen)
    typical = {"kinds": 0.2, "pairs": 10.0, "same": 4.0, "introduced": 2.0, "far": 2.0}
    sums = {"kinds": kinds, "pairs": pairs, "same": same, "introduced": introduced, "far": far}
    return terms | {term: value / (count * typical[term]) for term, value in sums.items()}


def _types(it: Item, count: int) -> torch.Tensor:
    """Probabilities [spans, count] of the types of each span: sure ones of an annotation, a teacher's own otherwise."""
    return nn.functional.one_hot(it.types, count).float() if it.soft is None else it.soft.types.float()


def _kinds(it: Item, sentences: int, count: int) -> torch.Tensor:
    """Probabilities [sentences, count] of the claim kinds of each sentence."""
    if it.soft is not None:
        return it.soft.kinds.float()
    target = torch.zeros(sentences, count)
    for row, found in enumerate(it.example.kinds or ()):
        target[row, list(found)] = 1.0
    return target


def mentions_judged(it: Item, own: torch.Tensor, predicted: bool) -> tuple[torch.Tensor, list[int], torch.Tensor]:
    """Span indices, entity of each, and soft types [mentions, types]; found ones that only overlap an annotation are left out."""
    gold = it.gold.tolist()
    chosen, entity = list(gold), list(it.entity)
    types = [nn.functional.one_hot(it.types[gold] - 1, own.shape[1] - 1).float()] if gold else []
    if predicted:
        covered = {word for index in gold for word in range(it.words[index][0], it.words[index][1] + 1)}
        extra = [
            index
            for index in greedy(1 - own[:, 0], it.words, 0.35)
            if covered.isdisjoint(range(it.words[index][0], it.words[index][1] + 1))
        ][:30]
        known = {name: at for at, name in zip(entity, gold, strict=True)}
        soft = own[:, 1:] / own[:, 1:].sum(-1, keepdim=True).clamp(min=1e-6)
        types = [torch.where(torch.rand(len(gold), 1) < 0.5, soft[gold], types[0])] if gold else []
        chosen += extra
        entity += [10_000 + index for index in extra if index not in known]
        types.append(soft[extra])
    return torch.tensor(chosen, dtype=torch.long), entity, torch.cat(types) if types else own[:0, 1:]


def _joined(logits: torch.Tensor, member: torch.Tensor) -> torch.Tensor:
    """Entity pairs [entities, entities, relations] from mention pairs by log-sum-exp; member [mentions, entities]."""
    top = logits.detach().amax()
    total = torch.einsum("ia,ijr,jb->abr", member, (logits - top).exp(), member)
    return (total + 1e-12).log() + top


def pair_loss(logits: torch.Tensor, names: list[int], it: Item, among: torch.Tensor | None = None) -> torch.Tensor:
    """Cross-entropy over [none, each relation forward, each backward] of every pair of things: logits [things, things, relations],
    names the entity numbers of the things; `among` [things, things] says which pairs are judged, all by default."""
    number = {name: at for at, name in enumerate(names)}
    count = len(names)
    wanted = torch.zeros(count, count, 1 + 2 * logits.shape[-1], dtype=torch.bool)
    wanted[..., 0] = True
    for head, kind, tail in it.example.relations or ():
        if head in number and tail in number and head != tail:
            a, b = number[head], number[tail]
            low, high = min(a, b), max(a, b)
            if wanted[low, high, 0]:
                wanted[low, high, 0] = False
            for forward in (True, False) if kind in _SYMMETRIC else (a < b,):
                wanted[low, high, 1 + kind + (0 if forward else logits.shape[-1])] = True
    low, high = torch.triu_indices(count, count, 1)
    if among is not None:
        kept = among[low, high]
        low, high = low[kept], high[kept]
    scores = torch.cat([logits.new_zeros(len(low), 1), logits[low, high], logits[high, low]], -1).log_softmax(-1)
    allowed = wanted[low, high].to(scores.device)
    return -scores.masked_fill(~allowed, -1e9).logsumexp(-1).sum()


def _same_loss(logits: torch.Tensor, which: torch.Tensor, it: Item, chosen: torch.Tensor) -> torch.Tensor:
    """Binary loss over pairs of mentions whose words differ: whether they are one thing."""
    stretches = [it.ids[first : last + 1].tolist() for first, last, _ in it.spans[chosen].tolist()]
    forms = torch.tensor([stretches.index(own) for own in stretches], device=logits.device)
    low, high = torch.triu_indices(len(which), len(which), 1, device=logits.device)
    judged = forms[low] != forms[high]
    low, high = low[judged], high[judged]
    return nn.functional.binary_cross_entropy_with_logits(
        logits[low, high], (which[low] == which[high]).float(), reduction="sum"
    )


def _far_loss(
    logits: torch.Tensor, member: torch.Tensor, names: list[int], it: Item, chosen: torch.Tensor
) -> torch.Tensor:
    """Binary loss over (sentence, entity) where the sentence does not name the entity and holds a claim."""
    joined = (logits.exp() @ member + 1e-6).log()
    target = torch.zeros_like(joined)
    judged = torch.zeros_like(joined)
    for row, kinds in enumerate(it.example.kinds or ()):
        judged[row] = float(bool(kinds))
    for sentence, index in zip(it.starts[chosen].tolist(), member.argmax(-1).tolist(), strict=True):
        judged[sentence, index] = 0.0
    for sentence, name in it.example.far or ():
        if name in names:
            target[sentence, names.index(name)] = 1.0
    return nn.functional.binary_cross_entropy_with_logits(joined, target, weight=judged, reduction="sum")
