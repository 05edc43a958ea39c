"""The figures of our own records: mention, entity, introduced, relation, claim.

In: gold and predicted sheets. Out: counts of one abstract by figure, and which scored predictions were right. The definitions are those of the shared
scorer (`tools/score.py`), which a test holds this module to:

    mention          same start, end and type            claim-sentence  sentences that hold a claim
    mention-overlap  overlapping, same type, one to one  claim-kind      (sentence, kind)
    span             same start and end, any type        claim-slot      (sentence, slot, filler), names folded
    entity           same type, one folded form shared   claim-value     (sentence, value)
    introduced       as entity, of any type              relation        same type, head and tail as entities
    relation-untyped any type, either way round
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from kg.evaluate.sheet import ClaimRow, RelationRow, Sheet, fold
from kg.evaluate.tally import Count, Counts, counted, matched

__all__ = ["FIGURES", "counts_of", "outcomes_of"]

FIGURES = (
    "mention", "mention-overlap", "span", "entity", "introduced", "relation", "relation-untyped", "claim-sentence", "claim-kind",
    "claim-slot", "claim-value",
)  # fmt: skip
"""The figures, in the order in which they are shown."""

Name = Callable[[str | None], str | None]
_EITHER_WAY = "COMPARED_WITH"


def _naming(gold: Sheet, predicted: Sheet) -> Name:
    """Names of either side as the gold entity that they stand for, where there is one."""
    key = {form: fold(entity.name) for entity in gold.entities for form in entity.forms}
    for entity in predicted.entities:
        target = next((key[form] for form in entity.forms if form in key), None)
        for form in entity.forms:
            key.setdefault(form, target or fold(entity.name))
    return lambda name: key.get(fold(name), fold(name)) if name else None


def _sentence(claim: ClaimRow, sentences: Sequence[tuple[int, int]]) -> int:
    """The gold sentence that a claim is about: its index, or the one that its offsets overlap most; -1 for none."""
    if isinstance(claim.sentence, int):
        return claim.sentence
    start, end = claim.sentence
    overlap: list[int] = [max(0, min(end, b) - max(start, a)) for a, b in sentences]
    best = max(overlap, default=0)
    return overlap.index(best) if best else -1


def _triple(relation: RelationRow, name: Name) -> tuple[Hashable, ...]:
    head, tail = name(relation.head) or "", name(relation.tail) or ""
    if relation.type == _EITHER_WAY:
        head, tail = min(head, tail), max(head, tail)
    return head, relation.type, tail


def _kinds(claims: Sequence[tuple[int, ClaimRow]]) -> set[tuple[Hashable, ...]]:
    return {(at, claim.kind) for at, claim in claims}


def _slots(claims: Sequence[tuple[int, ClaimRow]], name: Name) -> set[tuple[Hashable, ...]]:
    return {
        (sentence, slot, fold(filler) if slot == "value" else name(filler))
        for sentence, claim in claims
        for slot, filler in claim.slots
    }


def counts_of(gold: Sheet, predicted: Sheet) -> Counts:
    """The counts of one abstract: the figures under "", mentions by type under "type", relations and claims by theirs."""
    name = _naming(gold, predicted)
    mine = [(m.start, m.end, m.type) for m in predicted.mentions]
    true = [(m.start, m.end, m.type) for m in gold.mentions]
    triples, gold_triples = (({_triple(r, name) for r in s.relations}) for s in (predicted, gold))
    claims, gold_claims = ([(_sentence(c, gold.sentences), c) for c in s.claims] for s in (predicted, gold))
    slots, gold_slots = _slots(claims, name), _slots(gold_claims, name)
    kinds, gold_kinds = (_kinds(group) for group in (claims, gold_claims))
    pairs, gold_pairs = ({frozenset((h, t)) for h, _, t in group} for group in (triples, gold_triples))
    found: dict[tuple[str, str], Count] = {
        ("", "mention"): counted(set(mine), set(true)),
        ("", "mention-overlap"): matched(mine, true, lambda a, b: a[2] == b[2] and a[0] < b[1] and b[0] < a[1]),
        ("", "span"): counted({m[:2] for m in mine}, {m[:2] for m in true}),
        ("", "entity"): matched(
            predicted.entities, gold.entities, lambda a, b: a.type == b.type and bool(set(a.forms) & set(b.forms))
        ),
        ("", "introduced"): counted({name(x) for x in predicted.introduced}, {name(x) for x in gold.introduced}),
        ("", "relation"): counted(triples, gold_triples),
        ("", "relation-untyped"): counted(pairs, gold_pairs),
        ("", "claim-sentence"): counted({at for at, _ in claims}, {at for at, _ in gold_claims}),
        ("", "claim-kind"): counted(kinds, gold_kinds),
        ("", "claim-slot"): counted(slots, gold_slots),
        ("", "claim-value"): counted({s for s in slots if s[1] == "value"}, {s for s in gold_slots if s[1] == "value"}),
    }
    found |= _by("type", set(mine), set(true), 2)
    found |= _by("relation", triples, gold_triples, 1)
    found |= _by("kind", kinds, gold_kinds, 1)
    found |= _by("slot", slots, gold_slots, 1)
    return found


def _by(
    group: str, predicted: set[tuple[Hashable, ...]], gold: set[tuple[Hashable, ...]], at: int
) -> dict[tuple[str, str], Count]:
    """Counts apart for each value of one field."""
    return {
        (group, str(value)): counted((x for x in predicted if x[at] == value), (x for x in gold if x[at] == value))
        for value in sorted({x[at] for x in predicted | gold}, key=str)
    }


def outcomes_of(gold: Sheet, predicted: Sheet) -> dict[str, list[tuple[float, bool]]]:
    """For mentions, relations and claims that have a score: the score, and whether the prediction is right.

    A mention is right with start, end and type; a relation with type, head and tail; a claim with sentence and kind.
    """
    name = _naming(gold, predicted)
    mentions = {(m.start, m.end, m.type) for m in gold.mentions}
    triples = {_triple(r, name) for r in gold.relations}
    kinds = {(_sentence(c, gold.sentences), c.kind) for c in gold.claims}
    claims = {(_sentence(c, gold.sentences), c.kind, c.score) for c in predicted.claims}
    return {
        "mention": [(m.score, (m.start, m.end, m.type) in mentions) for m in predicted.mentions if m.score is not None],
        "relation": [(r.score, _triple(r, name) in triples) for r in predicted.relations if r.score is not None],
        "claim": [(score, (at, kind) in kinds) for at, kind, score in sorted(claims, key=str) if score is not None],
    }
