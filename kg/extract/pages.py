"""A text that is longer than any abstract is read in pages, so that time and memory grow with its length and no faster.

In: a paper and a function that reads one whole. Out: one record of the paper, as if it had been read at once, but for what spans pages: relations and
references ("our method") do not reach from one page into another. Entities of two pages are one where they share a form. A paper of
one page is read as it is. The longest of 86,545 abstracts but one has 4,650 characters; that one is a list of 16,262.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.domain import Claim, Entity, EntityType, Mention, Paper, Record, Relation, RelationType, Span
from kg.extract.entities import fold
from kg.extract.sentences import sentence_spans

__all__ = ["PAGE", "in_pages", "pages_of"]

PAGE = 6_000
"""Characters of a page, at most. Stages compare mentions of one page with each other, so this bounds what they hold."""


def in_pages(paper: Paper, read: Callable[[Paper], Record]) -> Record:
    """The record of a paper, by a reader that should not see more than a page at once."""
    if len(paper.text) <= PAGE:
        return read(paper)
    whole = _Whole(paper)
    for page in pages_of(paper.text):
        whole.add(read(replace(paper, text=page.of(paper.text))), page.start)
    return whole.record()


def pages_of(text: str) -> tuple[Span, ...]:
    """Stretches of at most `PAGE` characters that together hold all sentences; a longer sentence is cut, at a space if it has one.

    >>> [(page.start, page.end) for page in pages_of("One. Two.")]
    [(0, 9)]
    """
    pages: list[Span] = []
    for piece in _pieces(text):
        if pages and piece.end - pages[-1].start <= PAGE:
            pages[-1] = Span(start=pages[-1].start, end=piece.end)
        else:
            pages.append(piece)
    return tuple(pages)


def _pieces(text: str) -> Iterator[Span]:
    for sentence in sentence_spans(text):
        start = sentence.start
        while sentence.end - start > PAGE:
            space = text.rfind(" ", start + 1, start + PAGE)
            end = space if space > 0 else start + PAGE
            yield Span(start=start, end=end)
            start = end
        yield Span(start=start, end=sentence.end)


class _Whole:
    """A record that grows by pages."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._types: dict[str, EntityType] = {}
        self._forms: dict[str, dict[str, None]] = {}
        self._named: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._mentions: list[Mention] = []
        self._titled: tuple[Mention, ...] = ()
        self._introduced: dict[str, None] = {}
        self._relations: dict[tuple[str, RelationType, str], Relation] = {}
        self._claims: dict[Claim, None] = {}
        self._sentences: list[Span] = []
        self._extractor: str | None = None

    def add(self, page: Record, shift: int) -> None:
        """Put the record of the page that begins at `shift` behind what is there."""
        names = {entity.name: self._name(entity) for entity in page.entities}
        for mention in page.mentions:
            name = names.get(mention.entity or "")
            self._mentions.append(
                replace(
                    mention,
                    start=mention.start + shift,
                    end=mention.end + shift,
                    entity=name or mention.entity,
                    type=self._types[name] if name else mention.type,
                )
            )
        if not self._sentences:
            self._titled = page.title_mentions
        for relation in page.relations:
            self._relate(relation, names, shift)
        self._introduced.update(dict.fromkeys(names[name] for name in page.introduced))
        self._claims.update(dict.fromkeys(_moved_claim(claim, names, shift) for claim in page.claims))
        self._sentences += [_moved(sentence, shift) for sentence in page.sentences]
        self._extractor = page.extractor

    def record(self) -> Record:
        """All of it."""
        entities = tuple(
            Entity(name=name, type=kind, aliases=tuple(form for form in self._forms[name] if form != name))
            for name, kind in self._types.items()
        )
        titled = tuple(
            replace(mention, type=self._types.get(mention.entity or "", mention.type)) for mention in self._titled
        )
        relations = sorted(
            self._relations.values(), key=lambda r: (r.evidence or self._sentences[0], r.head, r.type, r.tail)
        )
        return Record(
            paper=self._paper,
            mentions=tuple(self._mentions),
            title_mentions=titled,
            entities=entities,
            introduced=tuple(self._introduced),
            relations=tuple(relations),
            claims=tuple(self._claims),
            sentences=tuple(self._sentences),
            extractor=self._extractor,
        )

    def _name(self, entity: Entity) -> str:
        """What an entity of a page is called in the whole: as the earliest one of which the name of either is a form of the other.
        That both are taken up by one word ("the network") joins nothing."""
        folded = [fold(form) for form in entity.forms]
        own = fold(entity.name)
        known = [self._named[own]] if own in self._named else []
        known += [self._called[key] for key in folded if key in self._called]
        name = known[0] if known else entity.name
        self._called.setdefault(fold(name), name)
        self._types.setdefault(name, entity.type)
        self._forms.setdefault(name, {}).update(dict.fromkeys(entity.forms))
        for key in folded:
            self._named.setdefault(key, name)
        return name

    def _relate(self, relation: Relation, names: dict[str, str], shift: int) -> None:
        """Keep a relation once, by its surest evidence."""
        head, tail = names[relation.head], names[relation.tail]
        key = (head, relation.type, tail)
        held = self._relations.get(key)
        if head != tail and (held is None or relation.score > held.score):
            evidence = None if relation.evidence is None else _moved(relation.evidence, shift)
            self._relations[key] = replace(relation, head=head, tail=tail, evidence=evidence)


def _moved(span: Span, shift: int) -> Span:
    return Span(start=span.start + shift, end=span.end + shift)


def _moved_claim(claim: Claim, names: dict[str, str], shift: int) -> Claim:
    def named(slot: str | None) -> str | None:
        return slot if slot is None else names.get(slot, slot)

    return replace(
        claim,
        sentence=_moved(claim.sentence, shift),
        subject=named(claim.subject),
        object=named(claim.object),
        metric=named(claim.metric),
        dataset=named(claim.dataset),
    )
